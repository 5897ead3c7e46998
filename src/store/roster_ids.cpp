// SPDX-License-Identifier: MIT
#include "store/roster_ids.hpp"

#include <algorithm>

#include "diag/characters.hpp"
#include "store/cell_text.hpp"

namespace help {
namespace {

std::string id_without_zeros(std::string_view id) {
  id.remove_prefix(std::min(id.find_first_not_of('0'), id.size()));
  return small_letters(id);
}

template <typename People>
typename People::mapped_type found_or_null(const People& people, const typename People::key_type& key) {
  const auto found = people.find(key);
  return found == people.end() ? nullptr : found->second;
}

}  // namespace

RosterIds::RosterIds(const Dataset& data) {
  for (const Student& student : data.students) {
    used_.insert(small_letters(student.id));
    students_by_number_.emplace(id_without_zeros(student.id), &student);
    for (const Membership& membership : student.classes)
      students_by_name_.emplace(std::pair(membership.in, name_key(student.name)), &student);
  }
  for (const Staff& member : data.staff) {
    used_.insert(small_letters(member.id));
    staff_by_number_.emplace(id_without_zeros(member.id), &member);
    staff_by_name_.emplace(name_key(member.name), &member);
  }
  for (const Body& body : data.bodies) used_.insert(small_letters(body.id));
}

bool RosterIds::take(std::string_view id) { return used_.insert(small_letters(id)).second; }

const Student* RosterIds::twin_of_student(std::string_view id, std::string_view name, std::optional<ClassIndex> in) const {
  if (const Student* found = found_or_null(students_by_number_, id_without_zeros(id))) return found;
  return in ? found_or_null(students_by_name_, std::pair(*in, name_key(name))) : nullptr;
}

const Staff* RosterIds::twin_of_staff(std::string_view id, std::string_view name) const {
  if (const Staff* found = found_or_null(staff_by_number_, id_without_zeros(id))) return found;
  return found_or_null(staff_by_name_, name_key(name));
}

}  // namespace help
