// SPDX-License-Identifier: MIT
#include "rules/owing.hpp"

#include <algorithm>
#include <chrono>

#include "rules/conditions.hpp"

namespace help {

bool Owing::settle(StreamWindow& made) const {
  const Date day = std::min(made.window.due, stream_.presence.until);
  const auto true_of = [&](const Condition& one) { return holds(one, day); };
  if (!std::ranges::all_of(duty_.only, true_of) || std::ranges::any_of(duty_.unless, true_of)) return false;
  made.window.owers = owers_on(day);
  if (made.window.owers.empty() && stream_.only) return false;
  made.waiver = waiver_of(made);
  return true;
}

bool Owing::holds(const Condition& condition, Date day) const {
  std::optional<ClassIndex> in;
  if (stream_.student) in = data_.class_of(*stream_.student, day);
  if (stream_.target.kind == Target::Kind::school_class) in = stream_.target.index;
  std::optional<int> grade;
  if (in) grade = data_.grade_of(*in, day);
  if (stream_.target.kind == Target::Kind::grade) grade = static_cast<int>(stream_.target.index);
  const auto has_grade = [&](const std::vector<int>& grades) { return grade && std::ranges::find(grades, *grade) != grades.end(); };
  switch (condition.kind) {
    case Condition::Kind::transferred:
      return stream_.student && counts_as_transferred(data_, *stream_.student, day, view_.world.question.today);
    case Condition::Kind::grade:
      return has_grade(condition.grades);
    case Condition::Kind::in_class:
      return in && std::ranges::find(condition.names, data_.classes[*in].id) != condition.names.end();
    case Condition::Kind::group:
      return stream_.student && in_group(data_.students[*stream_.student], condition.names, day);
    case Condition::Kind::cohort:
      return std::ranges::any_of(condition.cohorts, [&](const auto& cohort) {
        return cohort.first == data_.calendar.school_year(day) && has_grade(cohort.second);
      });
  }
  return false;
}

bool Owing::is_of_stream(const Holding& holding, Date day) const {
  return holding.days.contains(day) && (!stream_.only || holding.party == *stream_.only);
}

std::vector<Ower> Owing::owers_on(Date day) const {
  std::vector<Ower> owers;
  for (const Holding& holding : stream_.holdings) {
    if (!is_of_stream(holding, day)) continue;
    Ower ower{holding.party, std::nullopt};
    if (holding.party.kind == Party::Kind::staff) {
      if (const auto substitute = view_.world.holders.substitute_of(holding.party.index, day)) {
        ower = {{Party::Kind::staff, *substitute}, holding.party};
      }
    }
    const auto known = std::ranges::find(owers, ower.party, &Ower::party);
    if (known == owers.end()) {
      owers.push_back(ower);
    } else if (!ower.acts_for) {
      known->acts_for.reset();  // in one's own right before in another's
    } else if (known->acts_for) {
      known->acts_for = std::min(*known->acts_for, *ower.acts_for);
    }
  }
  return owers;
}

/// Whether nobody can do it on a day: everybody who holds the duty is away, and nobody stands in. Who must do it together cannot where one
/// part of them is away.
bool Owing::unattended(Date day) const {
  if (!duty_.together) return all_away(day, std::nullopt);
  for (std::uint32_t part = 0; part < duty_.who.size(); ++part) {
    if (all_away(day, part)) return true;
  }
  return false;
}

bool Owing::all_away(Date day, std::optional<std::uint32_t> part) const {
  bool anybody = false;
  for (const Holding& holding : stream_.holdings) {
    if (!is_of_stream(holding, day) || (part && holding.part != *part)) continue;
    anybody = true;
    const bool away = view_.world.holders.on_leave(holding.party, day) &&
                      !(holding.party.kind == Party::Kind::staff && view_.world.holders.substitute_of(holding.party.index, day));
    if (!away) return false;
  }
  return anybody;
}

bool Owing::has_leave(const Period& days) const {
  const auto touches = [&](const std::vector<Leave>& leaves) {
    return std::ranges::any_of(leaves, [&](const Leave& leave) { return leave.days.overlaps(days); });
  };
  if (stream_.student && touches(data_.students[*stream_.student].leave)) return true;
  return std::ranges::any_of(stream_.holdings, [&](const Holding& holding) {
    if (holding.party.kind == Party::Kind::body) return false;
    return touches(holding.party.kind == Party::Kind::staff ? data_.staff[holding.party.index].leave
                                                            : data_.students[holding.party.index].leave);
  });
}

/// What left the window fewer active days than the floor, or than it had by the calendar where it was cut short.
Waiver Owing::waiver_of(const StreamWindow& made) const {
  const Period days{made.window.first, made.window.last};
  const int planned = made.group->planned.between(days.from, days.until);
  if (planned == 0) return Waiver::none;  // a day between terms
  const int floor = std::min(view_.days.floor(), planned);
  if (made.group->open.between(days.from, days.until) < floor) return Waiver::closure;
  if (!has_leave(days)) return Waiver::none;
  int with_student = 0;
  int attended = 0;
  for (Date day = days.from; day <= days.until; day += Days{1}) {
    if (!made.group->open.has(day)) continue;
    if (stream_.student && view_.world.holders.on_leave({Party::Kind::student, *stream_.student}, day)) continue;
    ++with_student;
    if (!unattended(day)) ++attended;
  }
  if (with_student < floor) return Waiver::student_leave;
  return attended < floor ? Waiver::staff_leave : Waiver::none;
}

}  // namespace help
