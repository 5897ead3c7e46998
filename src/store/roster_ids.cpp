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

const Student* RosterIds::twin_of_student(std::string_view id, std::string_view name, std::optional<ClassIndex> in) const {
  if (const Student* found = found_or_null(students_by_number_, id_without_zeros(id))) return found;
  return in ? found_or_null(students_by_name_, std::pair(*in, name_key(name))) : nullptr;
}

const Staff* RosterIds::twin_of_staff(std::string_view id, std::string_view name) const {
  if (const Staff* found = found_or_null(staff_by_number_, id_without_zeros(id))) return found;
  return found_or_null(staff_by_name_, name_key(name));
}

std::optional<RowFault> RosterIds::fault_of_id(const std::string& id) const {
  if (!is_id_text(id) || is_shortened_number(id)) {
    return RowFault{.column = {},
                    .code = "import/not-an-id",
                    .reason = say("'{0}' is no id", id),
                    .hint = say("an id has 1 to 32 letters, digits, - or _, and begins with a letter or digit")};
  }
  if (!used_.contains(small_letters(id))) return std::nullopt;
  return RowFault{.column = {},
                  .code = "import/id-taken",
                  .reason = say("'{0}' is the id of somebody else, or differs from one by capital letters only", id),
                  .hint = say("ids of students, staff and bodies are unique, without regard to capital letters")};
}

std::optional<RowFault> RosterIds::take_for_student(const std::string& id, std::string_view name, std::optional<ClassIndex> in) {
  if (auto fault = fault_of_id(id)) return fault;
  if (const Student* twin = twin_of_student(id, name, in)) {
    return RowFault{.column = {},
                    .code = "import/known-already",
                    .reason = say("{0} {1} may be {2} {3}, who is in the roster already", id, name, twin->id, twin->name),
                    .hint = say("correct the id in the table; if this is another child, add the line to roster/students.yaml by hand")};
  }
  used_.insert(small_letters(id));
  return std::nullopt;
}

std::optional<RowFault> RosterIds::take_for_staff(const std::string& id, std::string_view name) {
  if (auto fault = fault_of_id(id)) return fault;
  const Staff* twin = twin_of_staff(id, name);
  const auto [new_twin, is_first] = new_staff_.try_emplace(name_key(name), id);
  if (twin != nullptr || !is_first) {
    return RowFault{.column = {},
                    .code = "import/known-already",
                    .reason = twin != nullptr
                                  ? say("{0} {1} may be {2} {3}, who is in the roster already", id, name, twin->id, twin->name)
                                  : say("{0} {1} may be {2} {3}, who is in the table already", id, name, new_twin->second, name),
                    .hint = say("correct the id in the table; if this is another person, add the line to roster/staff.yaml by hand")};
  }
  used_.insert(small_letters(id));
  return std::nullopt;
}

}  // namespace help
