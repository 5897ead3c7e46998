// SPDX-License-Identifier: MIT
#include "store/duplicate_keys.hpp"

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

namespace help {
namespace {

struct SeenKey {
  std::string_view text;
  std::uint32_t index;
};

struct Twin {
  std::uint32_t first;
  std::uint32_t again;
};

void collect_keys(const Tree& tree, std::uint32_t mapping, std::vector<SeenKey>& keys) {
  keys.clear();
  const std::uint32_t end = tree.nodes[mapping].next;
  for (std::uint32_t key = mapping + 1; key < end; key = tree.nodes[key + 1].next) keys.push_back({tree.nodes[key].text, key});
}

constexpr std::size_t few = 16;

void find_twins(std::vector<SeenKey>& keys, std::vector<Twin>& twins) {
  if (keys.size() <= few) {
    for (std::size_t again = 1; again < keys.size(); ++again) {
      for (std::size_t first = 0; first < again; ++first) {
        if (keys[first].text != keys[again].text) continue;
        twins.push_back({keys[first].index, keys[again].index});
        break;
      }
    }
    return;
  }
  std::ranges::sort(keys, [](const SeenKey& a, const SeenKey& b) { return std::tie(a.text, a.index) < std::tie(b.text, b.index); });
  for (std::size_t i = 0, first = 0; i < keys.size(); ++i) {
    if (keys[i].text != keys[first].text) first = i;
    if (i != first) twins.push_back({keys[first].index, keys[i].index});
  }
}

}  // namespace

void report_duplicate_keys(const Tree& tree, ProblemList& problems) {
  std::vector<SeenKey> keys;
  std::vector<Twin> twins;
  for (std::uint32_t index = 0; index < tree.nodes.size(); ++index) {
    if (tree.nodes[index].kind != NodeKind::mapping) continue;
    collect_keys(tree, index, keys);
    find_twins(keys, twins);
  }
  std::ranges::sort(twins, {}, &Twin::again);
  for (const Twin& twin : twins) {
    const Value first(tree, twin.first);
    const Value again(tree, twin.again);
    const Diagnostic place = problem_at({}, first, Severity::error, {}, {});
    const Node& node = again.node();
    Diagnostic* const added = problems.add(
        node.offset, node.offset + node.text.size(), "yaml/duplicate-key",
        say("The key “{0}” stands here a second time; the first is on line {1}", node.text, place.where.line), say("keep one of the two"));
    if (added == nullptr) continue;
    added->related = {.path = added->where.path, .line = place.where.line, .column = place.where.column};
    added->related_note = say("the key stands here first");
  }
}

}  // namespace help
