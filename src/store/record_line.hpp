// SPDX-License-Identifier: MIT
#pragma once

#include "store/problem_list.hpp"
#include "store/yaml.hpp"

namespace help {

/// Reads a file whose lines are comments, blank, or records `- {key: value, …}` in the form that the program writes, without
/// yaml-cpp. A record in another form goes through yaml-cpp by itself. The tree and the problems are those of `read_document`.
///
/// `tree.source` holds the file and the tree no nodes. False: this is not such a file; the tree is empty again and nothing was reported.
bool read_record_lines(Tree& tree, ProblemList& problems);

/// Reads a head of a table in the form that the program writes: lines `key: {…}` or `key: […]`, and `key:` with such lines below it,
/// indented by two. The tree is that of `read_document`. False as above.
bool read_head_lines(Tree& tree);

}  // namespace help
