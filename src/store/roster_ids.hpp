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
#include "store/sheet_rows.hpp"

namespace help {

/// The ids of the roster, of students, staff and bodies, which are one space without regard to capital letters; and who a new person may be
/// that is in the roster already. `data` must outlive it.
class RosterIds {
 public:
  explicit RosterIds(const Dataset& data);

  /// Takes an id for a new student; else why not: it is no id, or that of somebody else, or somebody is known who is probably meant. That
  /// is who has the same id but for zeros in front, which spreadsheets add and take away, or the same name in the same class, on whichever
  /// days.
  [[nodiscard]] std::optional<RowFault> take_for_student(const std::string& id, std::string_view name, std::optional<ClassIndex> in);
  /// The same for a new member of staff, where the same name is enough, one that was taken before included.
  [[nodiscard]] std::optional<RowFault> take_for_staff(const std::string& id, std::string_view name);

 private:
  [[nodiscard]] std::optional<RowFault> fault_of_id(const std::string& id) const;
  [[nodiscard]] const Student* twin_of_student(std::string_view id, std::string_view name, std::optional<ClassIndex> in) const;
  [[nodiscard]] const Staff* twin_of_staff(std::string_view id, std::string_view name) const;

  std::unordered_set<std::string> used_;
  std::unordered_map<std::string, const Student*> students_by_number_;
  std::map<std::pair<ClassIndex, std::string>, const Student*> students_by_name_;
  std::unordered_map<std::string, const Staff*> staff_by_number_;
  std::unordered_map<std::string, const Staff*> staff_by_name_;
  std::map<std::string, std::string> new_staff_;  ///< ids by name
};

}  // namespace help
