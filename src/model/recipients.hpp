// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string_view>

#include "model/dataset.hpp"

namespace help {

/// Roles that somebody has or may have: the usual ones, those of the staff on any day, and those of pairs. The texts are those of `data`.
[[nodiscard]] std::set<std::string_view> roles_in_use(const Dataset& data);

/// What a record may go `to` besides the people and bodies of the roster: roles, also those that the policy's duties ask for, and the words
/// that its cadence wants something to go to (`parents`, `archive` …). The texts are those of `data`.
[[nodiscard]] std::set<std::string_view> recipient_words(const Dataset& data);

}  // namespace help
