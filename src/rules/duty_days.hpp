// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "model/dataset.hpp"
#include "model/school_days.hpp"

namespace help {

/// For whom school days are counted: a class, a grade, or (both empty) the school.
struct DayGroup {
  std::optional<ClassIndex> in_class;
  std::optional<int> grade;

  friend auto operator<=>(const DayGroup&, const DayGroup&) = default;
};

/// What every day is for every group, worked out once.
class SchoolDayBook {
 public:
  SchoolDayBook(const Dataset& data, Period span);

  /// The group that stands for all that have the same days: the classes of a year group have, but for those that a closure names.
  [[nodiscard]] DayGroup same_days(const DayGroup& group) const;
  [[nodiscard]] const std::vector<DayKind>& kinds(const DayGroup& group);  ///< by day of the span
  [[nodiscard]] Period span() const { return span_; }
  /// School days from `from` to `until`, both included, as far as they lie in the span.
  [[nodiscard]] int school_days(const DayGroup& group, Date from, Date until);

 private:
  const Dataset& data_;
  Period span_;
  std::vector<ClassIndex> first_alike_;  ///< by class: the first that has the same days
  std::map<DayGroup, std::vector<DayKind>> kinds_;
};

/// Whether what is due on `due` is due soon on `today`: no more than the policy's number of active days are left (`active_days` are, after
/// today). The holidays have none: what is due after them is soon when so many school days take no longer.
[[nodiscard]] bool is_soon(const Dataset& data, Date today, Date due, int active_days);

/// A window of a duty, before anybody's case, pair, leave is looked at. It is the same for all groups.
struct WindowSpan {
  Period unit;           ///< the calendar unit …
  Period days;           ///< … cut to the days on which the duty is alive
  Date closing;          ///< no entry after this day can serve it
  std::size_t term = 0;  ///< that its last day belongs to; 0 where help.yaml has none
  Period book;           ///< it is worked out where something of these days is wanted: the term with the holidays before it, or the unit
};

/// A window of a duty for one group.
struct GroupWindow {
  Date due = {};
  Date until = {};         ///< the last day on which an entry can serve it
  Date first_active = {};  ///< Date::max() where there is none
  int days = 0;            ///< active days by the calendar, closures left out of account
  bool asks = false;       ///< there are as many as the floor
};

/// The active days of a duty for one group.
struct GroupDays {
  DayCount planned;  ///< by the calendar
  DayCount open;     ///< without closures
  std::vector<GroupWindow> windows;
};

/// The windows and active days of one duty.
class DutyDays {
 public:
  DutyDays(const Dataset& data, const Duty& duty, SchoolDayBook& book);

  /// Of `every`: all windows that begin in the span, by first day.
  [[nodiscard]] const std::vector<WindowSpan>& windows() const { return windows_; }
  [[nodiscard]] const GroupDays& group(const DayGroup& group);
  /// Whether active days are plain calendar days.
  [[nodiscard]] bool by_calendar() const;
  [[nodiscard]] int floor() const;
  /// The day by which a window is due; it moves off days without school.
  [[nodiscard]] Date due_day(const DueDay& by, const Period& unit, const Period& window, const DayCount& open) const;
  /// After this day a contact with the due day `due` can no longer be made up for.
  [[nodiscard]] Date closing(Date due) const;
  [[nodiscard]] bool alive(Date day) const;
  /// All days that are looked at.
  [[nodiscard]] Period span() const { return book_.span(); }

 private:
  void find_windows();
  [[nodiscard]] Period bound_of(const Period& unit, Date day) const;
  void add_windows(const Period& unit, const Period& bound);
  [[nodiscard]] GroupWindow judge(std::size_t window, const GroupDays& days) const;

  const Dataset& data_;
  const Duty& duty_;
  SchoolDayBook& book_;
  std::vector<Period> stretches_;
  std::vector<WindowSpan> windows_;
  std::map<DayGroup, GroupDays> groups_;
};

}  // namespace help
