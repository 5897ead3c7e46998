// SPDX-License-Identifier: MIT
#pragma once

#include "rules/identify.hpp"
#include "rules/sitting.hpp"

namespace help {

/// A mark against a line.
[[nodiscard]] Evidence mark_evidence(const Sitting& sitting, const MarkCell& cell, SubjectIndex subject, const Line& line);

/// An average or total against a line.
[[nodiscard]] Evidence figure_evidence(const Sitting& sitting, const Figure& figure, const Line& line, bool average);

/// How far a mark lies below a line, as an exact share of full.
[[nodiscard]] Share mark_shortfall(const MarkCell& cell, const Line& line);

/// Keeps the larger shortfall, in lowest terms.
void count_shortfall(Judgement& judgement, Share shortfall);

/// Adds where the row stands in its group: rank, size, share below. Nothing where the group is smaller than the policy allows.
void add_standing(Evidence& evidence, const Policy& policy, const Sitting& sitting, const Standings& standings, std::size_t row,
                  Compared by);

}  // namespace help
