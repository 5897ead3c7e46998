// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "model/dataset.hpp"

namespace help {

/// The ids of the roster, of students, staff and bodies, which are one space without regard to capital letters; and who a new person may be
/// that is in the roster already. `data` must outlive it.
class RosterIds {
 public:
  explicit RosterIds(const Dataset& data);

  /// Takes an id for somebody new; false where it is somebody else's.
  bool take(std::string_view id);

  /// The student who is probably meant: with the same id but for zeros in front, which spreadsheets add and take away, or with the same
  /// name in the same class, on whichever days. Null: there is none.
  [[nodiscard]] const Student* twin_of_student(std::string_view id, std::string_view name, std::optional<ClassIndex> in) const;
  /// The same of a member of staff: with the same id but for zeros in front, or with the same name.
  [[nodiscard]] const Staff* twin_of_staff(std::string_view id, std::string_view name) const;

 private:
  std::unordered_set<std::string> used_;
  std::unordered_map<std::string, const Student*> students_by_number_;
  std::map<std::pair<ClassIndex, std::string>, const Student*> students_by_name_;
  std::unordered_map<std::string, const Staff*> staff_by_number_;
  std::unordered_map<std::string, const Staff*> staff_by_name_;
};

}  // namespace help
