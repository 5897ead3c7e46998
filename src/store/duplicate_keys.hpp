// SPDX-License-Identifier: MIT
#pragma once

#include "store/problem_list.hpp"
#include "store/yaml.hpp"

namespace help {

/// Reports each key that stands in its mapping before; the first place is named with it. In the order of the file.
void report_duplicate_keys(const Tree& tree, ProblemList& problems);

}  // namespace help
