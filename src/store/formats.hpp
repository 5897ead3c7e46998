// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

#include "model/policy_shape.hpp"
#include "store/shape.hpp"

namespace help {

/// A kind of file that the program reads, with the shape of its contents.
struct FileFormat {
  std::string_view name;  ///< of its schema: schemas/NAME.schema.json
  const char* meaning;    ///< a message of the catalogue
  std::string_view path;  ///< where it lies in a records folder; empty: anywhere
  Shape (*shape)(std::span<const RuleShape> kinds);
};

/// Every kind of file, in the order of schemas/README.md.
[[nodiscard]] std::span<const FileFormat> file_formats();
[[nodiscard]] const FileFormat* find_format(std::string_view name);

// The shapes, one a file.
[[nodiscard]] Shape help_shape();
[[nodiscard]] Shape policy_shape(std::span<const RuleShape> kinds);
/// A condition of `only` or `unless`.
[[nodiscard]] Shape condition_shape();
/// The kinds of exams that a rule means: one or a list of them, `routine` or `any`.
[[nodiscard]] Shape exam_kinds_shape();
/// The keys of the policy that say who owes which care.
[[nodiscard]] std::vector<Field> cadence_fields();
/// A list of codes with the names that people call them by.
[[nodiscard]] Shape named_list(const char* meaning);
/// The keys of the policy that say who takes care of whom.
[[nodiscard]] std::vector<Field> assign_fields();
/// The roles of `who`: one word or a list of them.
[[nodiscard]] Shape who_shape();
[[nodiscard]] Shape students_shape();
[[nodiscard]] Shape staff_shape();
[[nodiscard]] Shape classes_shape();
[[nodiscard]] Shape teaching_shape();
[[nodiscard]] Shape bodies_shape();
[[nodiscard]] Shape grades_shape();
[[nodiscard]] Shape counts_shape();
[[nodiscard]] Shape lists_shape();
[[nodiscard]] Shape events_shape();
[[nodiscard]] Shape archive_shape();
[[nodiscard]] Shape private_archive_shape();
/// What the policy says about archives.
[[nodiscard]] Field archive_rules_field();
[[nodiscard]] Shape pairs_shape();
[[nodiscard]] Shape prefs_shape();
[[nodiscard]] Shape log_shape();
[[nodiscard]] Shape mapping_shape();
[[nodiscard]] Shape aliases_shape();

/// The keys that one kind of rule takes in the policy, besides those that every rule has.
[[nodiscard]] std::vector<Field> rule_fields(const RuleShape& kind);

}  // namespace help
