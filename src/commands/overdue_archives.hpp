// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "commands/overdue_view.hpp"
#include "rules/archives.hpp"

namespace help {

// Archives that lack what the policy asks for are owed like other duties: by a day, by those who keep them.

/// Those that lack something, as far as the filter lets them through, most pressing first: the longest overdue, then by due day. A filter
/// for an entry of the cadence lets none through.
[[nodiscard]] std::vector<ArchiveState> owed_archives(const Dataset& data, Date today, const OverdueFilter& filter);

/// What is to be done about archives, in the answer of `overdue_document`: how many, and a table, rows or days, as the format has them.
void add_archives(const Context& context, const ObligationWords& words, const std::vector<ArchiveState>& states,
                  const OverdueFilter& filter, Document& document);

}  // namespace help
