// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "store/read_cadence.hpp"
#include "store/reading.hpp"

namespace help {

/// Reads `assign` and `chain` of a policy that its shape has judged.
void read_assigning(Reading& reading, const std::string& path, const Value& root, const ReadConditions& read_conditions);

}  // namespace help
