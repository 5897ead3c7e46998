// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/cadence.hpp"
#include "model/calendar.hpp"
#include "model/date.hpp"

namespace help {

/// For whom a day is a school day.
struct SchoolGroup {
  std::string_view class_id = {};       ///< empty: not of one class
  std::vector<int> grade_in_term = {};  ///< by index of Calendar::terms; empty: of no grade
};

/// Joins periods that overlap or touch; the rest stay, by first day. Periods without a day are left out.
[[nodiscard]] std::vector<Period> joined(std::vector<Period> parts);

/// What a day is.
enum class DayKind : std::uint8_t {
  no_school,  ///< outside the terms, a break, or not a day of the school week
  closed,     ///< a school day that a closure took away
  school,
};

/// One day, looked up the plain way: only days of terms; a make-up day is a school day even where a break or weekend stands.
[[nodiscard]] DayKind day_kind(const Calendar& calendar, const SchoolGroup& group, Date day);

/// Numbers of marked days in any stretch, in constant time.
class DayCount {
 public:
  DayCount() = default;
  /// No day of `span` is marked yet.
  explicit DayCount(Period span);

  void mark(Date day);
  /// To be called once, after the last `mark`.
  void sum();

  /// Marked days from `from` to `until`, both included; days outside the span are not marked.
  [[nodiscard]] int between(Date from, Date until) const;
  [[nodiscard]] bool has(Date day) const { return between(day, day) == 1; }
  [[nodiscard]] std::optional<Date> first_between(Date from, Date until) const;
  [[nodiscard]] std::optional<Date> last_between(Date from, Date until) const;

 private:
  Period span_{};
  std::vector<std::int32_t> before_;  // number of marked days before each day of the span, and one past it
};

/// The calendar unit that holds a day: the week from Monday to Sunday, 1-15 or 16-end, the month … Two weeks are counted from the week of
/// the term's first day. A term reaches back over the holidays before it; a school year is its terms.
[[nodiscard]] Period unit_of(const Calendar& calendar, Every every, Date day);

/// The book of a term: its days and the holidays before it; that of the last term has no end.
[[nodiscard]] Period book_of(const Calendar& calendar, std::size_t term);

/// The Monday of the week of a day.
[[nodiscard]] Date monday_of(Date day);

/// The days of the school year that begins in `year`: the books of its terms. The last day is before the first where help.yaml has terms,
/// and none of that year; without terms a school year begins on the first of September.
[[nodiscard]] Period days_of_year(const Calendar& calendar, int year);

/// The first day about which anything is asked, three months before the first term or today: the holidays before that term have no
/// beginning.
[[nodiscard]] Date first_known_day(const Calendar& calendar, Date today);

/// The date in a calendar year, its own year if it names one.
[[nodiscard]] Date in_year(const PolicyDate& date, int year);

/// The stretches of days on which a duty can be alive, by first day, without overlap. Months and phases are cut to the terms; holidays and
/// `always` to `span`.
[[nodiscard]] std::vector<Period> stretches(const Calendar& calendar, const During& during, std::span<const Phase> phases, Period span);

/// The days of a phase that touch `span`, by first day: one stretch, or one a year where its dates have no year.
[[nodiscard]] std::vector<Period> days_of(const Phase& phase, Period span);

}  // namespace help
