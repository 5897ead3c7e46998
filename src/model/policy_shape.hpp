// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace help {

/// The parameters that a kind of rule can take; each has one key in policy.yaml and one place in `Parameters`.
enum class Parameter : std::uint8_t {
  exam,
  exams,
  since,
  basis,
  below,
  share_below,
  score_below,
  times,
  last,
  ending,
  missing_in_run,
  missing_marks,
  within_term,
  of,
  by,
  at_least_fall,
  count,
  at_least_count,
  count_window,
  indicators,
  groups,
  students
};

struct ParameterUse {
  Parameter parameter = Parameter::exam;
  bool required = false;
  bool or_another = false;  ///< at least one of the parameters marked so is due
};

/// What the policy reader needs to know of a kind of rule: it is handed these, so that `store` knows no rule by name.
struct RuleShape {
  std::string_view kind;
  const char* meaning;
  std::span<const ParameterUse> parameters;
};

}  // namespace help
