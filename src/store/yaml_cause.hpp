// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "store/problem_list.hpp"
#include "store/tree_builder.hpp"

namespace help {

/// Reports why a parser could not go on at `stop`: reads the lines from the entry's first to the place again, the way a
/// person would, and names the first thing that people are known to get wrong; else says that it is not valid YAML there.
/// Adds exactly one problem. `source` ends where the document does.
void report_cause(std::string_view source, const Stop& stop, ProblemList& problems);

}  // namespace help
