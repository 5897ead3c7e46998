// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "diag/diagnostic.hpp"
#include "store/mapping.hpp"

namespace help {

/// Reads imports/aliases.yaml. False, with at least one error in `problems`, if it cannot be used.
bool read_aliases(std::string path, const std::string& bytes, std::vector<Alias>& aliases, Diagnostics& problems);

/// The line of an alias in that file.
[[nodiscard]] std::string alias_line(const Alias& alias);

}  // namespace help
