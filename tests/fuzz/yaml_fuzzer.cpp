// SPDX-License-Identifier: MIT
// Any bytes: read or refused with a located error, the same with and without the reader of record lines.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "support/tree_text.hpp"

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

void check_problems(const help::tests::Reading& reading) {
  require(reading.read || help::has_error(reading.problems), "what is refused has an error");
  for (const help::Diagnostic& one : reading.problems) {
    require(one.where.line > 0 && one.where.column > 0, "every problem has a place");
    require(one.from <= one.until && one.until <= one.excerpt.size(), "the marked part lies in the excerpt");
  }
}

void check_tree(const help::Tree& tree) {
  for (std::size_t index = 0; index < tree.nodes.size(); ++index) {
    const help::Node& node = tree.nodes[index];
    require(node.next > index && node.next <= tree.nodes.size(), "a subtree ends behind its root and in the tree");
    require(node.offset <= tree.source.size(), "a node stands in the source");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto fast = help::tests::read_whole(bytes, true);
  const auto slow = help::tests::read_whole(bytes, false);
  check_problems(fast);
  check_problems(slow);
  if (fast.read) check_tree(fast.tree);
  require(fast.text() == slow.text(), "both ways give the same tree and the same problems");
  return 0;
}
