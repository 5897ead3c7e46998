// SPDX-License-Identifier: MIT
#include "model/school_days.hpp"

#include <algorithm>
#include <chrono>

namespace help {
namespace {

using std::chrono::year_month_day;

std::uint8_t school_week(const SchoolWeek& week, std::optional<int> grade) {
  if (grade) {
    const auto own = std::ranges::find(week.by_grade, *grade, &std::pair<int, std::uint8_t>::first);
    if (own != week.by_grade.end()) return own->second;
  }
  return week.days;
}

bool concerns(const Closure& closure, const SchoolGroup& group, std::optional<int> grade) {
  if (closure.classes.empty() && closure.grades.empty()) return true;
  if (grade && std::ranges::find(closure.grades, *grade) != closure.grades.end()) return true;
  return !group.class_id.empty() && std::ranges::find(closure.classes, group.class_id) != closure.classes.end();
}

Period month_of(Date day) {
  const year_month_day named{day};
  return {day_of(named.year() / named.month() / 1), day_of(named.year() / named.month() / std::chrono::last)};
}

Period half_month_of(Date day) {
  const Period month = month_of(day);
  const Date fifteenth = month.from + Days{14};
  return day <= fifteenth ? Period{month.from, fifteenth} : Period{fifteenth + one_day, month.until};
}

Period two_weeks_of(const Calendar& calendar, Date day) {
  const auto term = calendar.term_of(day);
  const Date monday = monday_of(day);
  const Date start = term ? monday_of(calendar.terms[*term].days.from) : monday;
  const auto weeks = (monday - start).count() / 7;
  const Date first = weeks % 2 == 0 ? monday : monday - Days{7};
  return {first, first + Days{13}};
}

Period term_unit_of(const Calendar& calendar, Date day) {
  const auto term = calendar.term_of(day);
  return term ? book_of(calendar, *term) : Period{};
}

std::vector<Period> terms_of(const Calendar& calendar) {
  std::vector<Period> all;
  for (const Term& term : calendar.terms) all.push_back(term.days);
  return all;
}

/// Days in no term, and the breaks.
std::vector<Period> holidays(const Calendar& calendar, Period span) {
  std::vector<Period> all;
  Date from = span.from;
  for (const Term& term : calendar.terms) {
    if (term.days.from > from) all.push_back({from, term.days.from - one_day});
    from = std::max(from, term.days.until + one_day);
  }
  if (from <= span.until) all.push_back({from, span.until});
  for (const NamedPeriod& one : calendar.breaks) all.push_back(one.days);
  return joined(std::move(all));
}

std::vector<Period> months(std::uint16_t wanted, Period span) {
  std::vector<Period> all;
  for (Period month = month_of(span.from); month.from <= span.until; month = month_of(month.until + one_day)) {
    const auto number = static_cast<unsigned>(year_month_day{month.from}.month());
    if ((wanted >> (number - 1) & 1U) != 0) all.push_back(month);
  }
  return all;
}

}  // namespace

std::vector<Period> joined(std::vector<Period> parts) {
  std::ranges::sort(parts, [](const Period& a, const Period& b) { return std::pair(a.from, a.until) < std::pair(b.from, b.until); });
  std::vector<Period> whole;
  for (const Period& part : parts) {
    if (part.from > part.until) continue;
    if (!whole.empty() && (whole.back().until == Date::max() || part.from <= whole.back().until + one_day)) {
      whole.back().until = std::max(whole.back().until, part.until);
    } else {
      whole.push_back(part);
    }
  }
  return whole;
}

DayKind day_kind(const Calendar& calendar, const SchoolGroup& group, Date day) {
  const auto term = std::ranges::find_if(calendar.terms, [day](const Term& one) { return one.days.contains(day); });
  if (term == calendar.terms.end()) return DayKind::no_school;
  const auto index = static_cast<std::size_t>(term - calendar.terms.begin());
  const std::optional<int> grade = index < group.grade_in_term.size() ? std::optional(group.grade_in_term[index]) : std::nullopt;
  const bool made_up = std::ranges::any_of(calendar.make_up_days, [day](const MakeUpDay& one) { return one.date == day; });
  if (!made_up) {
    if (std::ranges::any_of(calendar.breaks, [day](const NamedPeriod& one) { return one.days.contains(day); })) return DayKind::no_school;
    if ((static_cast<unsigned>(school_week(calendar.week, grade)) >> weekday_of(day) & 1U) == 0) return DayKind::no_school;
  }
  const bool closed = std::ranges::any_of(
      calendar.closures, [&](const Closure& closure) { return closure.days.contains(day) && concerns(closure, group, grade); });
  return closed ? DayKind::closed : DayKind::school;
}

DayCount::DayCount(Period span) : span_(span), before_(static_cast<std::size_t>((span.until - span.from).count()) + 2, 0) {}

void DayCount::mark(Date day) {
  if (span_.contains(day)) before_[static_cast<std::size_t>((day - span_.from).count()) + 1] = 1;
}

void DayCount::sum() {
  for (std::size_t day = 1; day < before_.size(); ++day) before_[day] += before_[day - 1];
}

int DayCount::between(Date from, Date until) const {
  if (before_.empty()) return 0;
  from = std::max(from, span_.from);
  until = std::min(until, span_.until);
  if (from > until) return 0;
  return before_[static_cast<std::size_t>((until - span_.from).count()) + 1] -
         before_[static_cast<std::size_t>((from - span_.from).count())];
}

std::optional<Date> DayCount::first_between(Date from, Date until) const {
  if (between(from, until) == 0) return std::nullopt;
  const auto start = before_.begin() + std::max<std::ptrdiff_t>((from - span_.from).count(), 0);
  const auto found = std::upper_bound(start, before_.end(), *start);
  return span_.from + Days{found - before_.begin() - 1};
}

std::optional<Date> DayCount::last_between(Date from, Date until) const {
  if (between(from, until) == 0) return std::nullopt;
  const auto end = before_.begin() + (std::min(until, span_.until) - span_.from).count() + 1;
  const auto found = std::lower_bound(before_.begin(), end, *end);
  return span_.from + Days{found - before_.begin() - 1};
}

Period unit_of(const Calendar& calendar, Every every, Date day) {
  switch (every) {
    case Every::day:
    case Every::school_day:
      return {day, day};
    case Every::week:
      return {monday_of(day), monday_of(day) + Days{6}};
    case Every::two_weeks:
      return two_weeks_of(calendar, day);
    case Every::half_month:
      return half_month_of(day);
    case Every::month:
      return month_of(day);
    case Every::term:
      return term_unit_of(calendar, day);
    case Every::year:
      return days_of_year(calendar, calendar.school_year(day));
  }
  return {day, day};
}

Period book_of(const Calendar& calendar, std::size_t term) {
  const Date from = term == 0 ? Date::min() : calendar.terms[term - 1].days.until + one_day;
  const Date until = term + 1 == calendar.terms.size() ? Date::max() : calendar.terms[term].days.until;
  return {from, until};
}

Date monday_of(Date day) { return day - Days{weekday_of(day)}; }

Period days_of_year(const Calendar& calendar, int year) {
  Period all{Date::max(), Date::min()};
  for (std::size_t term = 0; term < calendar.terms.size(); ++term) {
    if (calendar.terms[term].year != year) continue;
    const Period book = book_of(calendar, term);
    all = {std::min(all.from, book.from), std::max(all.until, book.until)};
  }
  if (all.from <= all.until || !calendar.terms.empty()) return all;
  const auto september = [](int of) { return day_of(std::chrono::year{of} / std::chrono::September / 1); };
  return {september(year), september(year + 1) - one_day};
}

Date first_known_day(const Calendar& calendar, Date today) {
  if (calendar.terms.empty()) return today - Days{400};
  return std::min(today, calendar.terms.front().days.from) - Days{92};
}

Date in_year(const PolicyDate& date, int year) {
  const std::chrono::year_month month{std::chrono::year{date.year.value_or(year)}, std::chrono::month{date.month}};
  const year_month_day named{month / std::chrono::day{date.day}};
  return day_of(named.ok() ? named : month / std::chrono::last);
}

std::vector<Period> days_of(const Phase& phase, Period span) {
  std::vector<Period> all;
  const int first = static_cast<int>(year_month_day{span.from}.year()) - 1;
  const int last = static_cast<int>(year_month_day{span.until}.year()) + 1;
  for (int year = first; year <= last; ++year) {
    const Date from = in_year(phase.from, year);
    Date until = in_year(phase.until, year);
    if (until < from && !phase.until.year) until = in_year(phase.until, year + 1);
    const Period days{from, until};
    if (from <= until && days.overlaps(span) && (all.empty() || !(all.back() == days))) all.push_back(days);
  }
  return all;
}

std::vector<Period> stretches(const Calendar& calendar, const During& during, std::span<const Phase> phases, Period span) {
  std::vector<Period> all;
  switch (during.kind) {
    case During::Kind::term:
      all = terms_of(calendar);
      break;
    case During::Kind::holidays:
      all = holidays(calendar, span);
      break;
    case During::Kind::always:
      all = {span};
      break;
    case During::Kind::months:
      all = months(during.months, span);
      break;
    case During::Kind::phases:
      for (const std::size_t phase : during.in) {
        const auto days = days_of(phases[phase], span);
        all.insert(all.end(), days.begin(), days.end());
      }
      break;
  }
  if (during.kind == During::Kind::term) return all;  // two terms that touch stay two
  all = joined(std::move(all));
  const bool of_terms = during.kind == During::Kind::months || during.kind == During::Kind::phases;
  std::vector<Period> within;
  for (const Period& part : all) {
    for (const Period& bound : of_terms ? terms_of(calendar) : std::vector{span}) {
      const Period cut{std::max(part.from, bound.from), std::min(part.until, bound.until)};
      if (cut.from <= cut.until) within.push_back(cut);
    }
  }
  return within;
}

}  // namespace help
