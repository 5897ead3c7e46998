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

}  // namespace help
