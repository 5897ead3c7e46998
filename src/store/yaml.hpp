// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"

namespace help {

/// The kinds of node that are left once anchors, aliases, tags and documents are refused.
enum class NodeKind : std::uint8_t {
  null,    ///< nothing, or `~`, or `null`
  plain,   ///< a scalar without quotes
  quoted,  ///< a scalar in quotes, or a block scalar
  sequence,
  mapping,
};

/// One node of a tree, in document order. The nodes of its subtree follow it directly, up to `next`.
/// A mapping is followed by key, value, key, value …
struct Node {
  NodeKind kind = NodeKind::null;
  bool flow = false;           ///< written with brackets
  std::uint32_t offset = 0;    ///< of its first byte in the source (the opening quote or bracket; for a null, of where it would stand)
  std::uint32_t next = 0;      ///< index of the first node after the subtree
  std::string_view text = {};  ///< of a scalar, decoded; points into the source or into the tree's own store
};

/// A file's nodes. Owns decoded texts; the source must outlive it.
struct Tree {
  std::string_view source = {};
  std::vector<Node> nodes = {};  ///< nodes[0] is the root; empty: the file holds nothing (or could not be read)
  std::deque<std::string> decoded = {};

  void clear() {
    source = {};
    nodes.clear();
    decoded.clear();
  }
};

/// A place in a tree: what the readers walk over. Cheap to copy; valid as long as the tree.
class Value {
 public:
  Value(const Tree& tree, std::uint32_t index) : tree_(&tree), index_(index) {}

  [[nodiscard]] const Node& node() const { return tree_->nodes[index_]; }
  [[nodiscard]] NodeKind kind() const { return node().kind; }
  [[nodiscard]] std::string_view text() const { return node().text; }
  [[nodiscard]] bool is_null() const { return kind() == NodeKind::null; }
  [[nodiscard]] bool is_scalar() const { return kind() == NodeKind::plain || kind() == NodeKind::quoted; }
  [[nodiscard]] bool is_sequence() const { return kind() == NodeKind::sequence; }
  [[nodiscard]] bool is_mapping() const { return kind() == NodeKind::mapping; }
  [[nodiscard]] const Tree& tree() const { return *tree_; }
  [[nodiscard]] std::uint32_t index() const { return index_; }

  /// Walks over children: `for (auto child = v.first(); child != v.end(); child = child.after())`. For a mapping, keys and values
  /// alternate.
  [[nodiscard]] Value first() const { return {*tree_, index_ + 1}; }
  [[nodiscard]] Value after() const { return {*tree_, node().next}; }
  [[nodiscard]] Value end() const { return {*tree_, node().next}; }
  friend bool operator==(const Value& a, const Value& b) { return a.index_ == b.index_; }

 private:
  const Tree* tree_;
  std::uint32_t index_;
};

/// Limits of every YAML file (schemas/README.md).
struct YamlLimits {
  static constexpr std::uint32_t depth = 16;
  static constexpr std::uint32_t line_bytes = 64U << 10U;
  static constexpr std::uint32_t nodes = 2'000'000;
  static constexpr std::uint32_t open_brackets_on_a_line = 64;
};

/// Reports what is wrong with the bytes of a file before any parser sees them: encoding, control characters, byte order
/// mark, conflict markers, long lines. True if a parser may go on.
bool check_bytes(std::string_view path, std::string_view bytes, Diagnostics& problems);

/// Reads one YAML document strictly. Everything that is read stands in the tree; everything that the format does not allow
/// (anchors, aliases, tags, second documents, leftovers, unclosed quotes, duplicate keys, depth) is a located problem.
///
/// `bytes` must have passed `check_bytes`. Returns false, with at least one error in `problems`, if no tree could be made.
/// Lines in the form that the program itself writes are read by `read_record_line` unless `use_fast_path` is false; the tree is the same.
bool read_yaml(std::string_view path, std::string_view bytes, Tree& tree, Diagnostics& problems, bool use_fast_path = true);

/// Whether ` #` directly follows a plain scalar on its line: the rest of what was typed is taken for a comment.
[[nodiscard]] bool comment_follows(const Value& value);

/// A problem at `value`: fills place, excerpt and marked part from the tree's source.
[[nodiscard]] Diagnostic problem_at(std::string_view path, const Value& value, Severity severity, std::string_view code, Message message,
                                    Message hint = {});

/// A problem at bytes `from` to `until` of `source`.
[[nodiscard]] Diagnostic problem_at(std::string_view path, std::string_view source, std::size_t from, std::size_t until, Severity severity,
                                    std::string_view code, Message message, Message hint = {});

}  // namespace help
