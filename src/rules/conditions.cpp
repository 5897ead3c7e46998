// SPDX-License-Identifier: MIT
#include "rules/conditions.hpp"

#include <algorithm>

namespace help {

bool in_group(const Student& student, std::span<const std::string> groups, Date day) {
  return std::ranges::any_of(student.groups, [&](const GroupMembership& membership) {
    return membership.days.contains(day) && std::ranges::find(groups, membership.group) != groups.end();
  });
}

bool counts_as_transferred(const Dataset& data, StudentIndex student, Date day, Date today) {
  const auto& arrival = data.students[student].transferred;
  if (!arrival || *arrival > today) return false;
  if (day < *arrival) return true;
  const auto first = data.calendar.term_of(*arrival);
  const auto then = data.calendar.term_of(day);
  return first && then && *then < *first + static_cast<std::size_t>(std::max(0, data.policy.transferred_terms));
}

bool is_true_of(const Dataset& data, StudentIndex student, const Condition& condition, Date day, Date today) {
  const auto in = data.class_of(student, day);
  const auto has_grade = [&](const std::vector<int>& grades) {
    return in && std::ranges::find(grades, data.grade_of(*in, day)) != grades.end();
  };
  switch (condition.kind) {
    case Condition::Kind::transferred:
      return counts_as_transferred(data, student, day, today);
    case Condition::Kind::grade:
      return has_grade(condition.grades);
    case Condition::Kind::in_class:
      return in && std::ranges::find(condition.names, data.classes[*in].id) != condition.names.end();
    case Condition::Kind::group:
      return in_group(data.students[student], condition.names, day);
    case Condition::Kind::cohort:
      return std::ranges::any_of(condition.cohorts, [&](const auto& cohort) {
        return cohort.first == data.calendar.school_year(day) && has_grade(cohort.second);
      });
  }
  return false;
}

}  // namespace help
