// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <chrono>
#include <tuple>

#include "model/code_name.hpp"
#include "model/role_name.hpp"
#include "model/school_days.hpp"
#include "rules/duty_days.hpp"
#include "rules/obligations.hpp"

namespace help {
namespace {

/// The table hangs on walls: who is called by the names of children stands in it by the role.
Message who_of(const Dataset& data, const Duty& duty) {
  std::vector<Message> names;
  for (const DutyHolder& who : duty.who) {
    const bool of_body = who.kind == DutyHolder::Kind::body_kind && !is_called_by_children(who.role);
    std::vector<Message> bodies;
    for (const Body& body : data.bodies) {
      if (of_body && body.kind == who.role) bodies.push_back(as_data(body.name));
    }
    names.push_back(bodies.empty() ? name_of_role(who.role) : joined(bodies));
  }
  return joined(names);
}

Message unit_name(Every every) {
  switch (every) {
    case Every::day:
      return say("every day");
    case Every::school_day:
      return say("every school day");
    case Every::week:
      return say("every week");
    case Every::two_weeks:
      return say("every two weeks");
    case Every::half_month:
      return say("every half month");
    case Every::month:
      return say("every month");
    case Every::term:
      return say("every term");
    case Every::year:
      return say("every school year");
  }
  return {};
}

Message weekday_name(unsigned weekday) {
  const std::array<Message, 7> names{say("Monday"), say("Tuesday"),  say("Wednesday"), say("Thursday"),
                                     say("Friday"), say("Saturday"), say("Sunday")};
  return names.at(weekday);
}

Message due_name(const DueDay& by) {
  switch (by.kind) {
    case DueDay::Kind::window_end:
      return {};
    case DueDay::Kind::weekday:
      return weekday_name(by.weekday);
    case DueDay::Kind::month_end:
      return say("the end of the month");
    case DueDay::Kind::term_start:
      return say("the end of the term's first week");
    case DueDay::Kind::term_middle:
      return say("the middle of the term");
    case DueDay::Kind::term_end:
      return say("the end of the term");
    case DueDay::Kind::before_term:
      return say("the day before the term begins");
    case DueDay::Kind::date: {
      const std::string day = to_string(in_year(by.date, 2000));
      return as_data(by.date.year ? day : day.substr(5));
    }
  }
  return {};
}

Message times_of(const Duty& duty) {
  if (duty.average) return counted(duty.at_least, "{0} time on average", "{0} times on average");
  if (duty.at_most && *duty.at_most != duty.at_least) return say("{0} to {1} times", duty.at_least, *duty.at_most);
  return counted(duty.at_least, "{0} time", "{0} times");
}

Message event_name(const Dataset& data, const Duty& duty) {
  switch (duty.after.kind) {
    case Trigger::Kind::exam: {
      std::vector<Message> kinds;
      for (const ExamKind kind : duty.after.exams) kinds.push_back(name_of(kind));
      return kinds.empty() ? say("an exam") : say("an exam ({0})", joined(kinds));
    }
    case Trigger::Kind::event: {
      std::vector<Message> kinds;
      for (const EventKind kind : duty.after.events) kinds.push_back(name_of(kind));
      return joined(kinds);
    }
    case Trigger::Kind::assigned:
      return say("the beginning of a pair");
    case Trigger::Kind::enrolled:
      return say("the student's coming to the school");
    case Trigger::Kind::post_change:
      return say("a change of post");
    case Trigger::Kind::record: {
      std::vector<Message> kinds;
      for (const InteractionKindIndex kind : duty.after.records) kinds.push_back(name_of(data.policy.kinds[kind]));
      return joined(kinds);
    }
  }
  return {};
}

Message when_of(const Dataset& data, const Duty& duty, std::optional<Date> due) {
  switch (duty.timing) {
    case Timing::every:
      if (duty.due.empty()) return say("{0}, {1}", unit_name(duty.every), times_of(duty));
      return say("{0}, {1}, by {2}", unit_name(duty.every), times_of(duty), due_name(duty.due.front()));
    case Timing::after:
      return counted(duty.within_days, "within {0} day of {1}", "within {0} days of {1}", event_name(data, duty));
    case Timing::once:
      return due ? say("by {0}", to_string(*due)) : Message{};
    case Timing::unchecked:
      return say("as needed");
  }
  return {};
}

Message remark_of(const std::string& source, const std::string& because) {
  if (source.empty() || because.empty()) return as_data(source + because);
  return say("{0}: {1}", source, because);
}

/// When something stands in the table: dated rows, then by unit, then what follows events, then what nobody is held to.
int place_of(const Duty& duty) {
  switch (duty.timing) {
    case Timing::once:
      return 0;
    case Timing::every:
      return 10 - static_cast<int>(duty.every);
    case Timing::after:
      return 20;
    case Timing::unchecked:
      return 30;
  }
  return 30;
}

class TaskTable {
 public:
  TaskTable(const Dataset& data, std::size_t term) : data_(data), term_(data.calendar.terms[term]), book_(book_of(data.calendar, term)) {
    book_.from = std::max(book_.from, term_.days.from - Days{120});
    book_.until = std::min(book_.until, term_.days.until);
  }

  std::vector<TaskRow> rows() {
    phases();
    const auto& duties = data_.policy.cadence.duties;
    for (std::uint32_t index = 0; index < duties.size(); ++index) {
      if (!duties[index].in_force.overlaps(term_.days)) continue;
      if (duties[index].timing == Timing::once) {
        dated(index, duties[index]);
      } else {
        add(index, duties[index], std::nullopt);
      }
    }
    std::ranges::stable_sort(rows_, {}, [&](const TaskRow& row) {
      const int place = row.duty ? place_of(duties[*row.duty]) : 0;
      return std::tuple(place, row.due.value_or(Date::max()), row.phase ? 0 : 1);
    });
    return std::move(rows_);
  }

 private:
  void phases() {
    const auto& phases = data_.policy.cadence.phases;
    for (std::size_t index = 0; index < phases.size(); ++index) {
      for (const Period& days : days_of(phases[index], book_)) {
        rows_.push_back({.duty = std::nullopt,
                         .phase = index,
                         .what = as_data(phases[index].name),
                         .who = name_of_role(phases[index].who),
                         .when = say("{0} – {1}", to_string(days.from), to_string(days.until)),
                         .remark = as_data(phases[index].source),
                         .first = days.from,
                         .due = days.until});
      }
    }
  }

  void add(std::uint32_t index, const Duty& duty, std::optional<Date> due) {
    rows_.push_back({.duty = index,
                     .phase = std::nullopt,
                     .what = as_data(duty.name),
                     .who = who_of(data_, duty),
                     .when = when_of(data_, duty, due),
                     .remark = remark_of(duty.source, duty.because),
                     .first = std::nullopt,
                     .due = due});
  }

  void dated(std::uint32_t index, const Duty& duty) {
    SchoolDayBook days(data_, {book_.from - Days{7}, book_.until});
    DutyDays duty_days(data_, duty, days);
    for (const DueDay& by : duty.due) {
      for (const Date nominal : occurrences(by)) {
        if (!book_.contains(nominal)) continue;
        Date due = nominal;
        const DayCount& open = duty_days.group({}).open;
        if (by.kind != DueDay::Kind::before_term) due = open.last_between(std::min(term_.days.from, due), due).value_or(due);
        add(index, duty, due);
      }
    }
  }

  [[nodiscard]] std::vector<Date> occurrences(const DueDay& by) const {
    switch (by.kind) {
      case DueDay::Kind::term_start:
        return {std::min(term_.days.until, unit_of(data_.calendar, Every::week, term_.days.from).until)};
      case DueDay::Kind::term_middle:
        return {term_.midterm};
      case DueDay::Kind::before_term:
        return {term_.days.from - Days{1}};
      case DueDay::Kind::date: {
        if (by.date.year) return {in_year(by.date, 0)};
        const int year = static_cast<int>(std::chrono::year_month_day{term_.days.from}.year());
        return {in_year(by.date, year - 1), in_year(by.date, year), in_year(by.date, year + 1)};
      }
      default:
        return {term_.days.until};
    }
  }

  const Dataset& data_;
  const Term& term_;
  Period book_;
  std::vector<TaskRow> rows_;
};

}  // namespace

std::vector<TaskRow> task_table(const Dataset& data, std::size_t term) { return TaskTable(data, term).rows(); }

}  // namespace help
