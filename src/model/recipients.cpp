// SPDX-License-Identifier: MIT
#include "model/recipients.hpp"

#include "model/role_name.hpp"

namespace help {

std::set<std::string_view> roles_in_use(const Dataset& data) {
  const auto usual = usual_roles();
  std::set<std::string_view> roles(usual.begin(), usual.end());
  for (const Staff& one : data.staff) {
    for (const Role& role : one.roles) roles.insert(role.role);
  }
  for (const Pair& pair : data.pairs) roles.insert(pair.role);
  return roles;
}

std::set<std::string_view> recipient_words(const Dataset& data) {
  std::set<std::string_view> words = roles_in_use(data);
  for (const Duty& duty : data.policy.cadence.duties) {
    words.insert(duty.to.begin(), duty.to.end());
    for (const DutyHolder& holder : duty.who) words.insert(holder.role);
  }
  return words;
}

}  // namespace help
