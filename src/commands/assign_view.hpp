// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "commands/command.hpp"
#include "rules/assignment.hpp"

namespace help {

/// What is shown of assignments; it does not change them.
struct AssignFilter {
  std::optional<ClassIndex> in_class{};
  std::optional<int> grade{};
  std::optional<StudentIndex> student{};
  std::optional<Party> carer{};

  [[nodiscard]] bool narrows() const { return in_class || grade || student || carer; }
};

[[nodiscard]] Document assign_document(const Context& context, std::span<const Assignment> assignments, const AssignFilter& filter);
/// Numbers only, of no group under five.
[[nodiscard]] Document assign_public_document(const Context& context, std::span<const Assignment> assignments);

/// What it would cost to make a pair, and what else would change (help.assign-force/1). `typed`: STUDENT=CARER or STUDENT/SUBJECT=CARER.
void show_forcing(const Context& context, const AssignQuestion& question, const std::string& typed, Answer& answer);

/// Adds the lines of new pairs, and the ends of those that are not made again, to the files in pairs/. `because`: why pairs end; empty:
/// the code of the reason.
void save_assignments(const Context& context, std::span<const Assignment> assignments, const std::string& because, Answer& answer);

}  // namespace help
