// SPDX-License-Identifier: MIT
#include "commands/form_stamps.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace help;

namespace {

constexpr FormEntry as_text = FormEntry::text;

std::string stamp_of(std::vector<StampedCell> cells) { return stamp_of_row(FormKind::roster, std::move(cells)); }

std::string stamp_of_one(FormEntry entry, std::string text) { return stamp_of({{"cell", entry, std::move(text)}}); }

/// A form of the roster, whose rows are those of `rows`.
Sheet sheet_of(const std::vector<std::vector<std::string>>& rows) {
  Sheet sheet("form.xlsx", {});
  std::uint32_t line = 0;
  for (const auto& row : rows) {
    sheet.begin_row(++line);
    for (const std::string& cell : row) sheet.add_decoded_cell(cell);
  }
  return sheet;
}

}  // namespace

TEST_CASE("a stamp is 16 hex digits that may never change, lest forms that are being filled in lose their memory") {
  CHECK(stamp_of({{"student", as_text, "20250101"}, {"name", as_text, "秦俊恒"}}) == "b46fd9afd5e89692");
}

TEST_CASE("a stamp does not depend on the order of the columns, nor on empty cells") {
  const std::string stamp = stamp_of({{"student", as_text, "1"}, {"name", as_text, "甲"}});
  CHECK(stamp.size() == 16);
  CHECK(stamp_of({{"name", as_text, "甲"}, {"student", as_text, "1"}}) == stamp);
  CHECK(stamp_of({{"name", as_text, "甲"}, {"left", FormEntry::date, ""}, {"student", as_text, "1"}}) == stamp);
  CHECK(stamp_of({{"left", FormEntry::date, ""}}).empty());
}

TEST_CASE("a stamp tells what stands in which column of which form") {
  const std::string stamp = stamp_of({{"student", as_text, "1"}, {"name", as_text, "甲"}});
  CHECK(stamp_of({{"student", as_text, "甲"}, {"name", as_text, "1"}}) != stamp);
  CHECK(stamp_of({{"student", as_text, "1"}, {"class", as_text, "甲"}}) != stamp);
  CHECK(stamp_of({{"student", as_text, "1"}}) != stamp);
  CHECK(stamp_of_row(FormKind::marks, {{"student", as_text, "1"}, {"name", as_text, "甲"}}) != stamp);
  CHECK(stamp_of({{"a", as_text, "bc"}}) != stamp_of({{"ab", as_text, "c"}}));
}

TEST_CASE("days and numbers are the same however a spreadsheet shows them, ids and texts are not") {
  CHECK(stamp_of_one(FormEntry::date, "2026-03-02") == stamp_of_one(FormEntry::date, "2026/3/2"));
  CHECK(stamp_of_one(FormEntry::date, "2026-03-02") == stamp_of_one(FormEntry::date, "2026-03-02 00:00:00"));
  CHECK(stamp_of_one(FormEntry::date, "2026-03-02") != stamp_of_one(FormEntry::date, "2026-03-03"));
  CHECK(stamp_of_one(FormEntry::number, "12.5") == stamp_of_one(FormEntry::number, "12.50"));
  CHECK(stamp_of_one(FormEntry::number, "12.5") != stamp_of_one(FormEntry::number, "12.05"));
  CHECK(stamp_of_one(FormEntry::number, "~") != stamp_of_one(FormEntry::number, "0"));
  CHECK(stamp_of_one(as_text, "0101") != stamp_of_one(as_text, "101"));
  CHECK(stamp_of_one(as_text, "2025-01-01") != stamp_of_one(as_text, "2025/1/1"));
  CHECK(stamp_of_one(as_text, "一\r\n二") == stamp_of_one(as_text, "一\n二"));
}

TEST_CASE("rows that nobody has touched are known in any order, under columns in any order; others are not") {
  const auto row = [](const std::string& id, const std::string& name) {
    return stamp_of({{"student", as_text, id}, {"name", as_text, name}, {"since", FormEntry::date, "2025-09-01"}});
  };
  const StampsRead stamps{.rows = {row("1", "甲"), row("2", "乙"), row("3", "丙")}, .titles = {}};
  FoundForm form{.kind = FormKind::roster, .header = 1, .columns = {{"student", 1}, {"since", 0}, {"name", 3}}, .others = {}};
  const Sheet sheet = sheet_of({{"since", "student", "more", "name"},
                                {"2025/9/1", "3", "", "丙"},
                                {"2025-09-01", "2", "", "已"},
                                {"2025-09-01", "1", "a remark", "甲"},
                                {"2025-09-01", "4", "", "丁"},
                                {"2025-09-01", "3", "", "丙"}});
  CHECK(lines_as_written(form, sheet, stamps) == std::set<std::uint32_t>{2, 4, 6});
  CHECK(lines_as_written(form, sheet, {}).empty());
}

TEST_CASE("of a form of marks the columns count that it was written with, not those that somebody put beside them") {
  const auto row = [](const std::string& mark) {
    return stamp_of_row(FormKind::marks, {{"student", as_text, "1"}, {"=语文", FormEntry::number, mark}});
  };
  const StampsRead stamps{.rows = {row("90")}, .titles = {"语文"}};
  const FoundForm form{.kind = FormKind::marks, .header = 1, .columns = {{"student", 0}}, .others = {{"语文", 1}, {"总分", 2}}};
  const Sheet sheet = sheet_of({{"学号", "语文", "总分"}, {"1", "90.00", "90"}, {"1", "90", "91"}, {"1", "91", "91"}, {"1", "", "90"}});
  CHECK(lines_as_written(form, sheet, stamps) == std::set<std::uint32_t>{2, 3});
}
