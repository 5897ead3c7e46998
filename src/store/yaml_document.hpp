// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "store/problem_list.hpp"
#include "store/yaml.hpp"

namespace help {

/// Reads bytes `from` to `until` of `tree.source`, which begin and end a line, as one document through yaml-cpp and appends its
/// nodes to the tree. False, with at least one error added, if they are not sound; what was appended is taken back then.
bool read_document(Tree& tree, std::size_t from, std::size_t until, ProblemList& problems);

}  // namespace help
