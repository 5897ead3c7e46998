// SPDX-License-Identifier: MIT
#include "commands/dated_stretch.hpp"

#include <doctest/doctest.h>

using namespace help;

namespace {

struct DatedEntry {
  char what = 'a';
  Period days;
};

std::optional<Date> day(const char* text) { return parse_date(text); }
Period days(const char* from, const char* until) {
  return {.from = parse_date(from).value_or(Date::min()), .until = parse_date(until).value_or(Date::max())};
}

Stretch found(const std::vector<DatedEntry>& list, const char* from, const char* until) {
  return stretch_of_row(
      list, [](const DatedEntry& one) { return one.what == 'a'; }, day(from), day(until), *day("2026-03-02"));
}

constexpr auto there = Stretch::Fate::there;
constexpr auto fresh = Stretch::Fate::fresh;
constexpr auto unclear = Stretch::Fate::unclear;

}  // namespace

TEST_CASE("a row with a first day is about the entry that begins on it, else about the only one that shares a day") {
  const std::vector<DatedEntry> list{{'b', {}}, {'a', days("2024-09-01", "2025-07-04")}, {'a', days("2025-09-01", "2026-07-03")}};
  CHECK(found(list, "2025-09-01", "").place == 2);
  CHECK(found(list, "2026-02-25", "").place == 2);
  CHECK(found(list, "2024-09-01", "").place == 1);
  CHECK(found(list, "2026-07-03", "").place == 2);
  CHECK(found(list, "2026-07-04", "").fate == fresh);
  CHECK(found(list, "2025-07-05", "2025-08-31").fate == fresh);
  CHECK(found(list, "2025-07-04", "2025-09-01").fate == unclear);
  CHECK(found({{'b', {}}}, "2025-09-01", "").fate == fresh);
}

TEST_CASE("a row without a first day is about the entry of today, else about the only one that is not over") {
  CHECK(found({}, "", "").fate == fresh);
  CHECK(found({{'a', days("2026-03-02", "")}}, "", "").fate == there);
  CHECK(found({{'a', days("2026-03-03", "")}, {'a', days("2025-09-01", "2026-03-02")}}, "", "").place == 1);
  CHECK(found({{'a', days("2025-09-01", "2026-03-01")}}, "", "").fate == unclear);
  CHECK(found({{'a', days("2025-09-01", "2026-03-01")}}, "", "2026-03-01").fate == there);
  CHECK(found({{'a', days("2026-09-01", "2026-12-01")}}, "", "").fate == there);
  CHECK(found({{'a', days("2026-09-01", "2026-12-01")}, {'a', days("2027-09-01", "2027-12-01")}}, "", "").fate == unclear);
}
