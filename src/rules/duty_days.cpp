// SPDX-License-Identifier: MIT
#include "rules/duty_days.hpp"

#include <algorithm>
#include <chrono>

namespace help {
namespace {

SchoolGroup group_of(const Dataset& data, const DayGroup& group) {
  SchoolGroup school;
  if (group.in_class) {
    const SchoolClass& which = data.classes[*group.in_class];
    school.class_id = which.id;
    for (const Term& term : data.calendar.terms) school.grade_in_term.push_back(which.entry_grade + term.year - which.cohort);
  } else if (group.grade) {
    school.grade_in_term.assign(data.calendar.terms.size(), *group.grade);
  }
  return school;
}

}  // namespace

bool is_soon(const Dataset& data, Date today, Date due, int active_days) {
  const int soon = data.policy.cadence.due_soon;
  if (active_days > soon) return false;
  const bool in_one_term =
      std::ranges::any_of(data.calendar.terms, [&](const Term& term) { return term.days.contains(today) && term.days.contains(due); });
  const std::chrono::weeks as_weeks{(soon + 4) / 5};
  return in_one_term || due - today <= as_weeks;
}

SchoolDayBook::SchoolDayBook(const Dataset& data, Period span) : data_(data), span_(span) {
  const auto is_named = [&](const SchoolClass& which) {
    return std::ranges::any_of(data.calendar.closures,
                               [&](const Closure& one) { return std::ranges::find(one.classes, which.id) != one.classes.end(); });
  };
  std::map<int, ClassIndex> first_of_year_group;
  for (ClassIndex index = 0; index < data.classes.size(); ++index) {
    const SchoolClass& which = data.classes[index];
    first_alike_.push_back(is_named(which) ? index
                                           : first_of_year_group.try_emplace(which.cohort - which.entry_grade, index).first->second);
  }
}

DayGroup SchoolDayBook::same_days(const DayGroup& group) const {
  return group.in_class ? DayGroup{.in_class = first_alike_[*group.in_class], .grade = group.grade} : group;
}

const std::vector<DayKind>& SchoolDayBook::kinds(const DayGroup& group) {
  const auto [place, is_new] = kinds_.try_emplace(same_days(group));
  if (is_new) {
    const SchoolGroup school = group_of(data_, group);
    for (Date day = span_.from; day <= span_.until; day += one_day) place->second.push_back(day_kind(data_.calendar, school, day));
  }
  return place->second;
}

int SchoolDayBook::school_days(const DayGroup& group, Date from, Date until) {
  const Period days = overlap({from, until}, span_);
  if (days.until < days.from) return 0;
  const auto first = kinds(group).begin() + (days.from - span_.from).count();
  return static_cast<int>(std::count(first, first + (days.until - days.from).count() + 1, DayKind::school));
}

DutyDays::DutyDays(const Dataset& data, const Duty& duty, SchoolDayBook& book)
    : data_(data), duty_(duty), book_(book), stretches_(stretches(data.calendar, duty.during, data.policy.cadence.phases, book.span())) {
  if (duty.timing == Timing::every) find_windows();
}

bool DutyDays::by_calendar() const { return duty_.during.kind == During::Kind::holidays || duty_.during.kind == During::Kind::always; }

bool DutyDays::alive(Date day) const {
  return std::ranges::any_of(stretches_, [day](const Period& one) { return one.contains(day); });
}

int DutyDays::floor() const {
  if (duty_.floor) return *duty_.floor;
  if (duty_.timing != Timing::every) return 1;
  const Floors& floors = data_.policy.cadence.floors;
  switch (duty_.every) {
    case Every::day:
    case Every::school_day:
      return floors.day;
    case Every::week:
      return floors.week;
    case Every::two_weeks:
    case Every::half_month:
      return floors.half_month;
    case Every::month:
      return floors.month;
    case Every::term:
    case Every::year:
      return floors.term;
  }
  return 1;
}

Date DutyDays::closing(Date due) const {
  const auto& terms = data_.calendar.terms;
  if (duty_.during.kind == During::Kind::holidays) {
    const auto stretch = std::ranges::find_if(stretches_, [due](const Period& one) { return one.contains(due); });
    return stretch == stretches_.end() ? Date::max() : stretch->until;
  }
  const bool of_year = duty_.timing == Timing::every && duty_.every == Every::year;
  if (duty_.during.kind == During::Kind::always && !of_year) {
    const auto term = data_.calendar.term_of(due);
    return term ? book_of(data_.calendar, *term).until : Date::max();
  }
  const auto own = data_.calendar.term_of(due);
  for (std::size_t next = own ? *own + 1 : terms.size(); next < terms.size(); ++next) {
    if (!of_year || terms[next].year > terms[*own].year) return terms[next].days.from - one_day;
  }
  return Date::max();
}

void DutyDays::find_windows() {
  if (stretches_.empty()) return;
  const Date end = stretches_.back().until;
  for (Date day = stretches_.front().from; day <= end;) {
    const Period unit = unit_of(data_.calendar, duty_.every, day);
    const Period bound = bound_of(unit, day);
    if (bound.until < day) break;
    add_windows(unit, bound);
    if (bound.until >= end) break;
    day = bound.until + one_day;
  }
}

/// Two weeks are counted anew from each term; of terms and years nothing is known after the last term.
Period DutyDays::bound_of(const Period& unit, Date day) const {
  const auto& terms = data_.calendar.terms;
  const auto term = data_.calendar.term_of(day);
  if (!term) return unit;
  if (duty_.every == Every::two_weeks) return overlap(unit, book_of(data_.calendar, *term));
  const bool of_terms = duty_.every == Every::term || duty_.every == Every::year;
  return of_terms ? overlap(unit, {Date::min(), terms.back().days.until}) : unit;
}

void DutyDays::add_windows(const Period& unit, const Period& bound) {
  const auto kind = duty_.during.kind;
  const bool one_a_stretch = kind == During::Kind::holidays;
  const bool one_a_unit = kind == During::Kind::always || duty_.every == Every::year;
  std::optional<std::size_t> last_term;
  const std::size_t before = windows_.size();
  auto stretch = std::ranges::lower_bound(stretches_, bound.from, {}, &Period::until);
  for (; stretch != stretches_.end() && stretch->from <= bound.until; ++stretch) {
    const Period part = overlap(*stretch, bound);
    if (part.from > part.until) continue;
    const auto term = data_.calendar.term_of(part.until);
    const bool joins = windows_.size() > before && !one_a_stretch && (one_a_unit || term == last_term);
    if (joins) {
      windows_.back().days.until = part.until;
    } else {
      windows_.push_back({.unit = unit, .days = part, .closing = Date::max(), .book = unit});
    }
    last_term = term;
  }
  for (std::size_t window = before; window < windows_.size(); ++window) {
    WindowSpan& span = windows_[window];
    span.closing = closing(span.days.until);
    span.term = data_.calendar.term_of(span.days.until).value_or(0);
    if (duty_.every != Every::year && !data_.calendar.terms.empty()) span.book = book_of(data_.calendar, span.term);
  }
}

Date DutyDays::due_day(const DueDay& by, const Period& unit, const Period& window, const DayCount& open) const {
  const auto& calendar = data_.calendar;
  const auto term = calendar.term_of(window.from);
  const auto weekday = [](Date day) { return std::chrono::weekday{day}.iso_encoding() - 1; };
  Date due = window.until;
  switch (by.kind) {
    case DueDay::Kind::window_end:
    case DueDay::Kind::before_term:
      return window.until;
    case DueDay::Kind::weekday: {
      const Date last = duty_.every == Every::week || duty_.every == Every::two_weeks ? unit.until : window.until;
      due = last - Days{(weekday(last) + 7 - by.weekday) % 7};
      break;
    }
    case DueDay::Kind::month_end:
      due = std::min(unit.until, unit_of(calendar, Every::month, window.until).until);
      break;
    case DueDay::Kind::term_start:
      if (term) due = unit_of(calendar, Every::week, calendar.terms[*term].days.from).until;
      break;
    case DueDay::Kind::term_middle:
      if (term) due = calendar.terms[*term].midterm;
      break;
    case DueDay::Kind::term_end:
      if (const auto ending = calendar.term_of(window.until)) due = calendar.terms[*ending].days.until;
      break;
    case DueDay::Kind::date: {
      const auto year = [](Date day) { return static_cast<int>(std::chrono::year_month_day{day}.year()); };
      due = in_year(by.date, year(window.from));
      if (due < window.from) due = in_year(by.date, year(window.until));
      break;
    }
  }
  due = std::clamp(due, window.from, window.until);
  if (open.has(due)) return due;
  if (const auto back = open.last_between(window.from, due)) return *back;
  return open.first_between(due, window.until).value_or(due);
}

GroupWindow DutyDays::judge(std::size_t window, const GroupDays& days) const {
  const WindowSpan& span = windows_[window];
  GroupWindow judged;
  judged.days = days.planned.between(span.days.from, span.days.until);
  judged.asks = judged.days >= floor();
  judged.first_active = days.open.first_between(span.days.from, span.days.until).value_or(Date::max());
  judged.due = due_day(duty_.due.empty() ? DueDay{} : duty_.due.front(), span.unit, span.days, days.open);
  return judged;
}

const GroupDays& DutyDays::group(const DayGroup& group) {
  const auto [place, is_new] = groups_.try_emplace(book_.same_days(group));
  GroupDays& found = place->second;
  if (!is_new) return found;
  found.planned = DayCount(book_.span());
  found.open = DayCount(book_.span());
  const bool plain = by_calendar();
  const std::vector<DayKind>* kinds = plain ? nullptr : &book_.kinds(group);
  for (const Period& stretch : stretches_) {
    const Period part = overlap(stretch, book_.span());
    for (Date day = part.from; day <= part.until; day += one_day) {
      const DayKind kind = plain ? DayKind::school : (*kinds)[static_cast<std::size_t>((day - book_.span().from).count())];
      if (kind != DayKind::no_school) found.planned.mark(day);
      if (kind == DayKind::school) found.open.mark(day);
    }
  }
  found.planned.sum();
  found.open.sum();
  for (std::size_t window = 0; window < windows_.size(); ++window) found.windows.push_back(judge(window, found));
  Date next_end = Date::max();
  Date next_closing = Date::max();
  for (std::size_t window = windows_.size(); window-- > 0;) {
    GroupWindow& one = found.windows[window];
    const WindowSpan& span = windows_[window];
    const bool has_next = next_end != Date::max() && next_closing == span.closing;
    one.until = duty_.make_up == MakeUp::none     ? span.days.until
                : duty_.make_up == MakeUp::window ? (has_next ? std::min(next_end, span.closing) : span.closing)
                                                  : span.closing;
    if (!one.asks) continue;
    next_end = span.days.until;
    next_closing = span.closing;
  }
  return found;
}

}  // namespace help
