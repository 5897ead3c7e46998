// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/dataset.hpp"

namespace help::test {

/// What is owed in the running term, worked out the slow and obvious way: day by day, and by trying every way in which entries could serve
/// windows. One line an obligation, in order: duty, target, who owes it, days, state. Shares no code with `obligations`.
///
/// It knows duties of class teachers, of roles of the staff and of pairs, for cases, pairs, classes and the school.
[[nodiscard]] std::vector<std::string> ask_cadence_oracle(const Dataset& data, Date today);

}  // namespace help::test
