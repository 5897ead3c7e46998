// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "diag/message.hpp"
#include "model/dataset.hpp"
#include "render/document.hpp"

namespace help {

// Parts of a policy in plain words.

/// The names of ids of the policy; an id that it does not know is its own name.
[[nodiscard]] Message names_of(const std::vector<Named>& known, const std::vector<std::string>& ids);
[[nodiscard]] Message words_of(const ExamChoice& choice);
[[nodiscard]] Message words_of(const Line& line);
[[nodiscard]] Message words_of(const Policy& policy, const Condition& condition);
/// `03-31`; `2026-03-31`, where the year is said.
[[nodiscard]] std::string words_of(const PolicyDate& date);

/// Who takes care of whom: a row for each entry of `assign`, or for the one that is `wanted`.
[[nodiscard]] Table assign_table(const Policy& policy, const std::string& wanted, Format format);
/// Who answers for whom: a row for each link of `chain`.
[[nodiscard]] Table chain_table(const Policy& policy, Format format);
/// Who decides, in which order: a row for each step.
[[nodiscard]] Table steps_table(const Policy& policy, const std::string& wanted, Format format);
/// When a case is over: a row for each criterion.
[[nodiscard]] Table release_table(const Policy& policy, const std::string& wanted, Format format);
/// The other numbers, each by its key, also where the policy leaves it as it usually is.
[[nodiscard]] Table numbers_table(const Policy& policy);

}  // namespace help
