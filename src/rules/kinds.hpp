// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "model/policy_shape.hpp"
#include "rules/identify.hpp"

namespace help {

class Judge;
struct PreparedRule;

/// One kind of identification rule: a row of the one table in `kinds.cpp`. The policy reader, the schema, `identify`, `--why` and the
/// contract tests all read the rows.
struct RuleKind {
  std::string_view name;                     ///< the word in policy.yaml
  const char* meaning;                       ///< one sentence, a message of the catalogue
  std::span<const ParameterUse> parameters;  ///< which parameters it takes, and which it must have
  /// Judges one student: appends one judgement, or one for each subject where the basis is per-subject. A judgement of the whole
  /// student that does not hit may be left out unless `judge.explains()`.
  void (*judge)(const Judge& judge, const PreparedRule& rule, StudentIndex student, std::vector<Judgement>& found);
};

/// Every kind, in the order of schemas/README.md.
[[nodiscard]] std::span<const RuleKind> rule_kinds();

/// The same rows as the policy reader and the schema see them.
[[nodiscard]] std::vector<RuleShape> rule_shapes();

}  // namespace help
