// SPDX-License-Identifier: MIT
#include "model/school_days.hpp"

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <string_view>

#include "support/build.hpp"

namespace help::test {
namespace {

constexpr Days one_day{1};

/// The holidays and working weekends that the State Council announced for 2023 to 2026, and terms as schools of Zhejiang had them.
Calendar published() {
  Calendar calendar;
  const auto term = [&](std::string id, int year, std::string_view from, std::string_view until) {
    const Period period{day(from), day(until)};
    calendar.terms.push_back({std::move(id), "", year, period, period.from + (period.until - period.from) / 2});
  };
  term("2022-spring", 2022, "2023-02-06", "2023-06-30");
  term("2023-fall", 2023, "2023-09-01", "2024-01-31");
  term("2024-spring", 2023, "2024-02-26", "2024-06-28");
  term("2024-fall", 2024, "2024-09-01", "2025-01-21");
  term("2025-spring", 2024, "2025-02-10", "2025-07-01");
  term("2025-fall", 2025, "2025-09-01", "2026-01-31");
  term("2026-spring", 2025, "2026-03-02", "2026-07-08");
  constexpr std::array<std::pair<std::string_view, std::string_view>, 22> breaks{
      {{"2022-12-31", "2023-01-02"}, {"2023-01-21", "2023-01-27"}, {"2023-04-05", "2023-04-05"}, {"2023-04-29", "2023-05-03"},
       {"2023-06-22", "2023-06-24"}, {"2023-09-29", "2023-10-06"}, {"2024-01-01", "2024-01-01"}, {"2024-02-10", "2024-02-17"},
       {"2024-04-04", "2024-04-06"}, {"2024-05-01", "2024-05-05"}, {"2024-06-10", "2024-06-10"}, {"2024-09-15", "2024-09-17"},
       {"2024-10-01", "2024-10-07"}, {"2025-01-01", "2025-01-01"}, {"2025-04-04", "2025-04-06"}, {"2025-05-01", "2025-05-05"},
       {"2025-05-31", "2025-06-02"}, {"2025-10-01", "2025-10-08"}, {"2026-01-01", "2026-01-03"}, {"2026-04-04", "2026-04-06"},
       {"2026-05-01", "2026-05-05"}, {"2026-06-19", "2026-06-21"}}};
  for (const auto& [from, until] : breaks) calendar.breaks.push_back({"", {day(from), day(until)}});
  constexpr std::array<std::string_view, 19> worked{"2023-01-28", "2023-01-29", "2023-04-23", "2023-05-06", "2023-06-25",
                                                    "2023-10-07", "2023-10-08", "2024-02-04", "2024-02-18", "2024-04-07",
                                                    "2024-04-28", "2024-05-11", "2024-09-14", "2024-09-29", "2024-10-12",
                                                    "2025-04-27", "2025-09-28", "2025-10-11", "2026-01-04"};
  for (const auto date : worked) calendar.make_up_days.push_back({day(date), ""});
  calendar.make_up_days.push_back({day("2026-05-09"), ""});
  return calendar;
}

DayCount counted_days(const Calendar& calendar, const SchoolGroup& group, Period span) {
  DayCount count(span);
  for (Date date = span.from; date <= span.until; date += one_day) {
    if (day_kind(calendar, group, date) == DayKind::school) count.mark(date);
  }
  count.sum();
  return count;
}

int days_between(std::string_view from, std::string_view until) {
  return counted_days(published(), {}, {day("2023-01-01"), day("2026-12-31")}).between(day(from), day(until));
}

}  // namespace

TEST_CASE("School days of months with holidays and worked weekends are those of the published calendars") {
  CHECK(days_between("2023-04-01", "2023-04-30") == 20);  // 20 weekdays, without the 5th, with Sunday the 23rd
  CHECK(days_between("2023-10-01", "2023-10-31") == 19);  // 22 weekdays, without the 2nd to 6th, with the weekend of the 7th
  CHECK(days_between("2024-02-01", "2024-02-29") == 4);   // the leap day is a school day; the 4th and 18th lie outside the terms
  CHECK(days_between("2024-05-01", "2024-05-31") == 21);
  CHECK(days_between("2024-09-01", "2024-09-30") == 21);
  CHECK(days_between("2025-10-01", "2025-10-31") == 18);
  CHECK(days_between("2025-12-29", "2026-01-04") == 4);  // over the year's end: Monday to Wednesday, and Sunday the 4th
  CHECK(days_between("2026-05-01", "2026-05-31") == 19);
  CHECK(days_between("2024-07-01", "2024-08-31") == 0);
}

TEST_CASE("Counting in constant time gives what counting day by day gives") {
  const Calendar calendar = published();
  const Period span{day("2023-08-20"), day("2024-03-10")};
  const DayCount count = counted_days(calendar, {}, span);
  for (Date from = span.from - Days{3}; from <= span.until; from += Days{5}) {
    int slow = 0;
    std::optional<Date> first;
    std::optional<Date> last;
    for (Date until = from; until <= span.until + Days{3}; until += one_day) {
      if (span.contains(until) && day_kind(calendar, {}, until) == DayKind::school) {
        ++slow;
        if (!first) first = until;
        last = until;
      }
      REQUIRE(count.between(from, until) == slow);
      REQUIRE(count.first_between(from, until) == first);
      REQUIRE(count.last_between(from, until) == last);
    }
  }
}

TEST_CASE("A closure takes school days from whom it names, and a grade may have a week of its own") {
  Calendar calendar = published();
  calendar.closures.push_back({{day("2023-11-06"), day("2023-11-07")}, "", {"c1"}, {}});
  calendar.closures.push_back({{day("2023-11-08"), day("2023-11-08")}, "", {}, {9}});
  calendar.week.by_grade = {{9, 0b0111111}};
  const SchoolGroup first{"c1", std::vector<int>(calendar.terms.size(), 7)};
  const SchoolGroup ninth{"c9", std::vector<int>(calendar.terms.size(), 9)};
  CHECK(day_kind(calendar, first, day("2023-11-06")) == DayKind::closed);
  CHECK(day_kind(calendar, {}, day("2023-11-06")) == DayKind::school);
  CHECK(day_kind(calendar, ninth, day("2023-11-08")) == DayKind::closed);
  CHECK(day_kind(calendar, first, day("2023-11-08")) == DayKind::school);
  CHECK(day_kind(calendar, ninth, day("2023-11-11")) == DayKind::school);  // a Saturday
  CHECK(day_kind(calendar, first, day("2023-11-11")) == DayKind::no_school);
}

TEST_CASE("Calendar units: weeks, half months, two weeks from the term's first week, terms with the holidays before them, school years") {
  const Calendar calendar = published();
  const auto unit = [&](Every every, std::string_view date) {
    const Period period = unit_of(calendar, every, day(date));
    return to_string(period.from) + ".." + to_string(period.until);
  };
  CHECK(unit(Every::week, "2024-01-01") == "2024-01-01..2024-01-07");
  CHECK(unit(Every::week, "2023-12-31") == "2023-12-25..2023-12-31");
  CHECK(unit(Every::half_month, "2024-02-15") == "2024-02-01..2024-02-15");
  CHECK(unit(Every::half_month, "2024-02-16") == "2024-02-16..2024-02-29");
  CHECK(unit(Every::half_month, "2025-02-28") == "2025-02-16..2025-02-28");
  CHECK(unit(Every::two_weeks, "2023-09-01") == "2023-08-28..2023-09-10");  // the term begins on a Friday: that week is the first
  CHECK(unit(Every::two_weeks, "2023-09-11") == "2023-09-11..2023-09-24");
  CHECK(unit(Every::term, "2024-02-01") == "2024-02-01..2024-06-28");
  CHECK(unit(Every::year, "2024-03-01") == "2023-07-01..2024-06-28");
}

TEST_CASE("A date of a policy without a year is in every year, the leap day on the last of February") {
  CHECK(to_string(in_year({std::nullopt, 2, 29}, 2024)) == "2024-02-29");
  CHECK(to_string(in_year({std::nullopt, 2, 29}, 2025)) == "2025-02-28");
  CHECK(to_string(in_year({2023, 11, 28}, 2025)) == "2023-11-28");
  const Phase winter{"w", "", {std::nullopt, 12, 1}, {std::nullopt, 2, 28}, "", ""};
  const auto found = days_of(winter, {day("2025-01-10"), day("2025-12-31")});
  REQUIRE(found.size() == 2);
  CHECK(to_string(found[0].from) == "2024-12-01");
  CHECK(to_string(found[1].until) == "2026-02-28");
}

}  // namespace help::test
