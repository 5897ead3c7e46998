// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "store/reading.hpp"

namespace help {

/// Reads the conditions under a key of a record of the policy.
using ReadConditions = std::function<std::vector<Condition>(const Value& item, std::string_view key)>;

/// The roles under `who` of a record of the policy: one word or a list of them.
[[nodiscard]] std::vector<DutyHolder> holders_at(const Value& item, std::string_view key);

/// Reads `phases`, `cadence`, `evidence`, `floors` and `due-soon` of a policy that its shape has judged; kinds of interaction and groups
/// are already read.
void read_cadence(Reading& reading, const std::string& path, const Value& root, const ReadConditions& read_conditions);

}  // namespace help
