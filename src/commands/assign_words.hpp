// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "diag/message.hpp"
#include "render/document.hpp"
#include "rules/assignment.hpp"

namespace help {

// An assignment in words.

/// What speaks for a pair: for people, one each; then how it came to be, if not by the score.
[[nodiscard]] std::vector<Message> reasons_of(const Dataset& data, const Assignment& assignment, const ProposedPair& pair);
/// The same in words that are the same in every language: `subject 数学`, `same-class` …
[[nodiscard]] std::vector<std::string> reason_codes(const Dataset& data, const ProposedPair& pair);
/// The same for programs.
[[nodiscard]] Cell reasons_cell(const Dataset& data, const PairScore& score);

/// What another choice costs, by the first figure that differs; of a chosen pair by those who would object.
[[nodiscard]] Message price_words(const std::optional<AppointmentValue>& price, std::optional<std::int64_t> blocking);
/// All figures, or null.
[[nodiscard]] Cell price_cell(const std::optional<AppointmentValue>& price);

[[nodiscard]] Message obstacle_words(Obstacle obstacle, Party::Kind carer);
/// Those of bits by Obstacle.
[[nodiscard]] std::vector<Obstacle> obstacles_of(std::uint16_t bits);
/// Why nobody takes care of a student, and what would help.
[[nodiscard]] Message why_unplaced(const Dataset& data, const Assignment& assignment, const UnplacedUnit& one);
[[nodiscard]] Message relief_words(const Dataset& data, const Assignment& assignment, const UnplacedUnit& one);
/// Why a pair of today ends.
[[nodiscard]] Message why_ended(const Dataset& data, const EndedPair& one);
/// The same as a code: away, excluded … not-eligible, better.
[[nodiscard]] std::string code_of(const EndedPair& one);

/// "grade 4: nobody is grade-leader".
[[nodiscard]] Message gap_words(const Dataset& data, const ChainGap& gap);

}  // namespace help
