// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "store/yaml.hpp"

namespace help::tests {

/// Every node of a tree, one a line: what two readings of one file must have in common.
inline std::string tree_text(const Tree& tree) {
  std::string result;
  for (const Node& node : tree.nodes) {
    result += std::to_string(static_cast<int>(node.kind)) + (node.flow ? " flow " : " ") + std::to_string(node.offset) + " " +
              std::to_string(node.next) + " " + std::string(node.text) + "\n";
  }
  return result;
}

/// Code and place of every problem, sorted as they are shown.
inline std::string problems_text(Diagnostics problems) {
  sort_diagnostics(problems);
  std::string result;
  for (const Diagnostic& one : problems) {
    result += std::to_string(one.where.line) + ":" + std::to_string(one.where.column) + " " + std::string(one.code) + "\n";
  }
  return result;
}

/// What came of reading some bytes: the problems, and the tree if there is one.
struct Reading {
  bool read = false;
  Tree tree = {};
  Diagnostics problems = {};

  [[nodiscard]] std::string text() const { return problems_text(problems) + (read ? tree_text(tree) : "refused\n"); }
};

/// Checks the bytes and reads them as YAML. `bytes` must outlive the result.
inline Reading read_whole(std::string_view bytes, bool use_fast_path) {
  Reading reading;
  reading.read =
      check_bytes("file.yaml", bytes, reading.problems) && read_yaml("file.yaml", bytes, reading.tree, reading.problems, use_fast_path);
  return reading;
}

}  // namespace help::tests
