// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "diag/message.hpp"
#include "render/document.hpp"
#include "rules/assignment.hpp"

namespace help {

// An assignment in words.

/// What speaks for a pair: for people, one each; then how it came to be, if not by the score.
[[nodiscard]] std::vector<Message> reasons_of(const Dataset& data, const Assignment& assignment, const ProposedPair& pair);
/// The same for programs.
[[nodiscard]] Cell reasons_cell(const Dataset& data, const PairScore& score);

/// What overriding a pair costs, by the first figure that differs.
[[nodiscard]] Message price_words(const ProposedPair& pair);
/// All figures, or null.
[[nodiscard]] Cell price_cell(const ProposedPair& pair);

[[nodiscard]] Message obstacle_words(Obstacle obstacle);
/// Why nobody takes care of a student, and what would help.
[[nodiscard]] Message why_unplaced(const Dataset& data, const Assignment& assignment, const UnplacedUnit& one);
[[nodiscard]] Message relief_words(const Dataset& data, const Assignment& assignment, const UnplacedUnit& one);
/// Why a pair of today ends.
[[nodiscard]] Message why_ended(const EndedPair& one);
/// The same as a code: away, excluded … not-eligible, better.
[[nodiscard]] std::string code_of(const EndedPair& one);

/// "grade 4: nobody is grade-leader".
[[nodiscard]] Message gap_words(const Dataset& data, const ChainGap& gap);

}  // namespace help
