// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/problem_list.hpp"
#include "store/yaml.hpp"
#include "store/yaml_trap.hpp"

namespace help {

/// Where building stopped, for the search for the cause.
struct Stop {
  std::size_t at = 0;             ///< the byte that does not fit
  std::size_t until = 0;          ///< one past the last of what does not fit
  Trap otherwise = Trap::syntax;  ///< what it is if no better cause is found
  std::size_t entry = 0;          ///< the line start of the last entry that began outside of all brackets
  std::vector<int> columns = {};  ///< where the blocks begin that are open, outermost first
  bool leftover = false;          ///< the root was complete
};

/// Makes nodes of a parser's events, and trusts them only as far as the source bears them out: every byte between two
/// values must be a space, a comment, or the one sign that is due there. So nothing in the file is passed over silently.
class TreeBuilder {
 public:
  /// Builds from bytes `from` to `until` of `tree.source`; nodes are appended to the tree.
  TreeBuilder(Tree& tree, std::size_t from, std::size_t until, ProblemList& problems);

  /// The events, each with the offset that the parser gives. After a stop they do nothing.
  void open(NodeKind kind, bool flow, std::size_t at);
  void close();
  void scalar(std::size_t at, const std::string& value);
  void null(std::size_t at);
  void alias(std::size_t at);
  /// Checks that nothing is left over.
  void finish();

  /// True once the tree can no longer be made.
  [[nodiscard]] bool stopped() const { return stopped_; }
  /// True if `stopped()` and no problem was reported yet: the cause must be searched.
  [[nodiscard]] bool unexplained() const { return unexplained_; }
  [[nodiscard]] Stop stop_at(std::size_t at, Trap otherwise = Trap::syntax) const;
  [[nodiscard]] const Stop& stop() const { return stop_; }
  /// Up to where the source is accounted for.
  [[nodiscard]] std::size_t position() const { return position_; }

 private:
  struct Frame {
    std::uint32_t node;
    std::uint32_t children;
    int column;  ///< of a block: where its entries begin
    bool mapping;
    bool flow;
  };

  [[nodiscard]] bool in_flow() const { return !frames_.empty() && frames_.back().flow; }
  [[nodiscard]] bool key_is_due() const { return !frames_.empty() && frames_.back().mapping && frames_.back().children % 2 == 0; }
  [[nodiscard]] char sign_due() const;
  [[nodiscard]] int block_column() const;
  [[nodiscard]] bool fits_column(std::size_t at, bool block_sequence) const;

  bool begin_node(std::size_t at, bool block_sequence = false);
  bool pass_gap(std::size_t until, char sign, bool sign_needed);
  bool pass_sign(char sign);
  void pass_comment(bool alone);
  bool add_node(NodeKind kind, bool flow, std::size_t at, std::string_view text);
  void implicit_null();
  void block_scalar(std::size_t at, const std::string& value);
  void quoted(std::size_t at, const std::string& value);
  void plain(std::size_t at, const std::string& value);
  void inspect_plain(std::size_t at, std::string_view text, bool own_line);
  void inspect_key(std::size_t at, std::string_view text);
  std::string_view keep(std::size_t at, std::string_view raw, const std::string& value);
  void finish_scalar(NodeKind kind, std::size_t at, std::size_t end, std::string_view text);
  void give_up(Trap trap, std::size_t from, std::size_t until, std::string_view text = {});
  void give_up_at(std::size_t at, Trap otherwise = Trap::syntax);

  Tree* tree_;
  std::string_view source_;  ///< ends where the document does
  ProblemList* problems_;
  std::vector<Frame> frames_;
  std::size_t position_;
  std::size_t line_;  ///< the start of the line on which position_ stands
  std::size_t entry_;
  std::uint32_t first_node_;
  bool new_line_ = true;  ///< the last gap held a line end
  bool stopped_ = false;
  bool unexplained_ = false;
  Stop stop_;
};

/// True if the comment at bytes `from` to `until` (with its `#`) looks like a record that was switched off.
[[nodiscard]] bool is_disabled_record(std::string_view comment);

}  // namespace help
