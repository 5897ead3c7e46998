// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "commands/overdue_words.hpp"
#include "rules/archives.hpp"

namespace help {

// Archives that lack something, in words.

/// The parts by name, or for programs by code.
[[nodiscard]] Cell parts_cell(const std::vector<ArchivePart>& parts, bool for_people);
/// People by name (nobody yet, where there are none), or for programs by kind, id and name.
[[nodiscard]] Cell parties_cell(const ObligationWords& words, const std::vector<Party>& parties, bool for_people);

/// Who keeps it; where nobody holds the role, that.
[[nodiscard]] Message keepers_words(const Dataset& data, const ObligationWords& words, const ArchiveState& state);
/// overdue by so many days, due soon …
[[nodiscard]] Message state_words(const ArchiveState& state);

}  // namespace help
