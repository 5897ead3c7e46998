// SPDX-License-Identifier: MIT
#pragma once

#include "commands/command.hpp"
#include "rules/identify.hpp"

namespace help {

/// What everybody may read of an answer of `identify` (help.identify-public/1): how many students are identified, of the school, by grade,
/// by class and by rule; no name, no id, no group under five.
///
/// Nothing can be worked out from the numbers either. A whole is divided into grades, a grade into classes, only where each part has no
/// student or at least five, and where at least five of the part are not identified: then every sum and difference of what is shown is a
/// sum of such parts. Rules overlap, so their numbers are given in steps of five, and not at all where they add up too tightly. This holds
/// for one document; whoever publishes two of them (of two days, of a part of the school) gives their difference away too.
[[nodiscard]] Document public_document(const Context& context, const Identified& answer);

}  // namespace help
