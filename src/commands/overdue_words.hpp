// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "render/document.hpp"
#include "rules/obligations.hpp"

namespace help {

/// How obligations read: who owes what, about whom.
class ObligationWords {
 public:
  /// `all_years`: the log of all years was read, so that "never" can be said.
  ObligationWords(const Dataset& data, const Obligations& all, bool all_years);

  [[nodiscard]] const Duty& duty(const Obligation& item) const { return data_.policy.cadence.duties[item.duty]; }
  /// The name of the duty, with how many of how many where it asks for several.
  [[nodiscard]] Message what(const Obligation& item) const;
  /// Who owes it; where nobody holds the role, that.
  [[nodiscard]] Message who(const Obligation& item) const;
  /// About whom or what, with the class of a student.
  [[nodiscard]] Message whom(const Obligation& item) const;
  /// The student whom it is about, with the class of today, or of the due day where there is none today.
  [[nodiscard]] Message student(StudentIndex student, const Obligation& item) const;
  /// overdue by so many days, never met …
  [[nodiscard]] Message state(const Obligation& item) const;
  [[nodiscard]] Message party(const Party& party) const;
  /// By name (with the id, where several have it) and class of a day.
  [[nodiscard]] std::string student_name(StudentIndex student, Date day) const;
  /// The roles that owe it, without a name.
  [[nodiscard]] Message roles(const Obligation& item) const;

  [[nodiscard]] Cell party_cell(const Party& party) const;
  [[nodiscard]] Cell target_cell(const Obligation& item) const;
  /// For programs: everything of an obligation, by the columns of `item_columns`.
  [[nodiscard]] std::vector<Cell> item_row(const Obligation& item) const;
  [[nodiscard]] static std::vector<Column> item_columns();

 private:
  const Dataset& data_;
  const Obligations& all_;
  bool all_years_;
  std::set<std::string_view> shared_names_;  ///< of several students, or several members of staff: they are shown with their ids
};

}  // namespace help
