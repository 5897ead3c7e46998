// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "rules/identify.hpp"

namespace help {

class Judge;

/// What the school has decided about a student, or one subject of a student, by the day of the question.
struct Decision {
  CaseState state = CaseState::none;
  const Event* event = nullptr;  ///< the one that says so
};

/// The decision that holds by `events` (in their order): of the whole student where `subject` is empty, else of the student or the
/// subject. While a case is pending its state is none, and `event` says so. An exclusion counts only where the policy knows its basis;
/// one that was taken back leaves what was confirmed before it.
[[nodiscard]] Decision decision_by(const Dataset& data, std::span<const std::uint32_t> events, std::optional<SubjectIndex> subject);

/// The same, of a student's events by the day of the question.
[[nodiscard]] Decision decision_of(const Judge& judge, StudentIndex student, std::optional<SubjectIndex> subject);

/// The state of an item. A dismissal or release holds as long as the item has no evidence that is newer than it.
[[nodiscard]] Decision state_of(const Judge& judge, const IdentifiedItem& item);

}  // namespace help
