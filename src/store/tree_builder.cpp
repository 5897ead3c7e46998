// SPDX-License-Identifier: MIT
#include "store/tree_builder.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "diag/characters.hpp"
#include "store/bytes.hpp"
#include "store/yaml_text.hpp"

namespace help {
namespace {

constexpr std::array<std::string_view, 2> full_width_commas{"，", "、"};
constexpr std::array<std::string_view, 2> wide_spaces{"\u3000", "\u00A0"};
constexpr std::size_t longest_value = 64U << 10U;
constexpr std::string_view line_blanks = " \r";

// The word for null that stands at `at`, whole; else nothing.
std::string_view null_word_at(std::string_view source, std::size_t at) {
  for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
    if (!source.substr(std::min(at, source.size())).starts_with(word)) continue;
    const std::size_t end = at + word.size();
    const bool whole = is_blank_at(source, end) || std::string_view(",]}:").find(source[end]) != npos;
    if (whole) return source.substr(at, word.size());
  }
  return {};
}

bool has_wide_edge(std::string_view text) {
  return std::ranges::any_of(wide_spaces, [text](std::string_view space) { return text.starts_with(space) || text.ends_with(space); });
}

}  // namespace

bool is_disabled_record(std::string_view comment) {
  std::string_view text = comment.substr(std::min(comment.find_first_not_of('#'), comment.size()));
  text = trimmed(text, line_blanks);
  if (text.starts_with('-')) {
    text = trimmed(text.substr(1), line_blanks);
    return text.starts_with('{') && text.ends_with('}') && text.find(": ") != npos;
  }
  if (!text.starts_with('"')) return false;
  const std::size_t end = end_of_quoted(text, 0);
  if (end == npos || !text.substr(end).starts_with(": [")) return false;
  return text.ends_with(']');
}

TreeBuilder::TreeBuilder(Tree& tree, std::size_t from, std::size_t until, ProblemList& problems)
    : tree_(&tree),
      source_(tree.source.substr(0, until)),
      problems_(&problems),
      position_(from),
      line_(from),
      entry_(from),
      first_node_(static_cast<std::uint32_t>(tree.nodes.size())) {}

Stop TreeBuilder::stop_at(std::size_t at, Trap otherwise) const {
  Stop stop{
      .at = at, .until = at + 1, .otherwise = otherwise, .entry = entry_, .leftover = frames_.empty() && tree_->nodes.size() > first_node_};
  for (const Frame& frame : frames_) {
    if (!frame.flow) stop.columns.push_back(frame.column);
  }
  return stop;
}

void TreeBuilder::give_up_at(std::size_t at, Trap otherwise) {
  if (std::exchange(stopped_, true)) return;
  unexplained_ = true;
  stop_ = stop_at(at, otherwise);
}

void TreeBuilder::give_up(Trap trap, std::size_t from, std::size_t until, std::string_view text) {
  if (std::exchange(stopped_, true)) return;
  stop_ = stop_at(from);
  report(*problems_, trap, from, until, text);
}

// ---- what stands between two values

char TreeBuilder::sign_due() const {
  if (frames_.empty()) return 0;
  const Frame& frame = frames_.back();
  if (frame.mapping && frame.children % 2 == 1) return ':';
  if (!frame.flow) return frame.mapping ? '\0' : '-';
  return frame.children > 0 ? ',' : '\0';
}

int TreeBuilder::block_column() const {
  const auto block = std::ranges::find(frames_.rbegin(), frames_.rend(), false, &Frame::flow);
  return block == frames_.rend() ? -1 : block->column;
}

void TreeBuilder::pass_comment(bool alone) {
  const std::size_t end = line_end(source_, position_);
  if (alone && is_disabled_record(source_.substr(position_, end - position_))) report(*problems_, Trap::disabled_record, position_, end);
  position_ = end;
}

// The sign that is due must be a sign of its own: `-` before a space, and in the column of its block.
bool TreeBuilder::pass_sign(char sign) {
  if (sign == '-') {
    const bool first = frames_.back().children == 0;
    const bool fits = first || (new_line_ && static_cast<int>(position_ - line_) == frames_.back().column);
    if (!fits || !is_blank_at(source_, position_ + 1)) return false;
  }
  if (sign == ':' && new_line_ && !in_flow()) return false;
  ++position_;
  return true;
}

// Moves over spaces, comments and at most one `sign` up to `until`. At the end of the way, new_line_ tells whether a line end was among
// them.
bool TreeBuilder::pass_gap(std::size_t until, char sign, bool sign_needed) {
  if (until < position_) {
    give_up_at(position_);
    return false;
  }
  bool passed = sign == 0;
  new_line_ = position_ == 0 || position_ == line_;
  while (position_ < until) {
    const char next = source_[position_];
    if (next == '\n') {
      line_ = ++position_;
      new_line_ = true;
    } else if (next == ' ' || next == '\r') {
      ++position_;
    } else if (next == '\t') {
      report(*problems_, Trap::tab, position_, position_ + 1);
      ++position_;
    } else if (next == '#') {
      const bool alone = source_.substr(line_, position_ - line_).find_first_not_of(' ') == npos;
      if (position_ > 0 && !is_blank_at(source_, position_ - 1)) report(*problems_, Trap::comment_without_space, position_, position_ + 1);
      pass_comment(alone);
    } else if (passed || next != sign || !pass_sign(sign)) {
      give_up_at(position_);
      return false;
    } else {
      passed = true;
    }
  }
  if (passed || !sign_needed) return true;
  give_up_at(until);
  return false;
}

// A list may begin in the column of the key that it belongs to; everything else on a line of its own stands further in.
bool TreeBuilder::fits_column(std::size_t at, bool block_sequence) const {
  if (frames_.empty()) return true;
  const Frame& frame = frames_.back();
  const int column = static_cast<int>(at - line_);
  if (frame.flow) return !new_line_ || column > block_column();
  const bool key = frame.mapping && frame.children % 2 == 0;
  if (key) return column == frame.column && (new_line_ || frame.children == 0);
  return !new_line_ || column > frame.column || (block_sequence && frame.mapping && column == frame.column);
}

// Accounts for everything up to a value that stands at `at`.
bool TreeBuilder::begin_node(std::size_t at, bool block_sequence) {
  if (stopped_) return false;
  if (at >= source_.size()) {
    give_up_at(source_.size());
    return false;
  }
  if (!pass_gap(at, sign_due(), true)) return false;
  if (!fits_column(at, block_sequence)) {
    give_up_at(at);
    return false;
  }
  if (!in_flow()) entry_ = line_;
  const char first = source_[at];
  if (first == '&' || first == '!') {
    const std::size_t end = std::min(source_.find_first_of(" \r\n,]}", at), source_.size());
    give_up(first == '&' ? Trap::anchor : Trap::tag, at, end, source_.substr(at, end - at));
    return false;
  }
  return true;
}

bool TreeBuilder::add_node(NodeKind kind, bool flow, std::size_t at, std::string_view text) {
  if (tree_->nodes.size() >= YamlLimits::nodes) {
    give_up(Trap::too_many_values, at, at + 1, std::to_string(YamlLimits::nodes));
    return false;
  }
  const auto index = static_cast<std::uint32_t>(tree_->nodes.size());
  tree_->nodes.push_back({.kind = kind, .flow = flow, .offset = static_cast<std::uint32_t>(at), .next = index + 1, .text = text});
  if (!frames_.empty()) ++frames_.back().children;
  return true;
}

// ---- collections

void TreeBuilder::open(NodeKind kind, bool flow, std::size_t at) {
  if (stopped_) return;
  if (key_is_due()) {
    give_up_at(at, Trap::complex_key);
    return;
  }
  if (!begin_node(at, kind == NodeKind::sequence && !flow)) return;
  if (frames_.size() >= YamlLimits::depth) {
    give_up(Trap::depth, at, at + 1, std::to_string(YamlLimits::depth));
    return;
  }
  const char bracket = kind == NodeKind::mapping ? '{' : '[';
  if (flow && source_[at] != bracket) {
    // yaml-cpp makes a mapping of a pair in square brackets; people forgot the braces, or meant a text.
    give_up_at(at, Trap::pair_without_braces);
    return;
  }
  const auto index = static_cast<std::uint32_t>(tree_->nodes.size());
  if (!add_node(kind, flow, at, {})) return;
  frames_.push_back(
      {.node = index, .children = 0, .column = static_cast<int>(at - line_), .mapping = kind == NodeKind::mapping, .flow = flow});
  if (flow) position_ = at + 1;
}

void TreeBuilder::close() {
  if (stopped_) return;
  const Frame frame = frames_.back();
  if (frame.flow) {
    const char bracket = frame.mapping ? '}' : ']';
    const char comma = frame.children > 0 ? ',' : '\0';
    // Only spaces, comments and one comma may stand before the bracket: the first byte that is neither is the bracket, or wrong.
    std::size_t end = position_;
    while (end < source_.size() && source_[end] != bracket) end = source_[end] == '#' ? line_end(source_, end) : end + 1;
    if (end >= source_.size()) {
      give_up_at(position_);
      return;
    }
    if (!pass_gap(end, comma, false)) return;
    if (new_line_ && static_cast<int>(end - line_) < block_column()) {
      give_up_at(end);
      return;
    }
    position_ = end + 1;
  }
  tree_->nodes[frame.node].next = static_cast<std::uint32_t>(tree_->nodes.size());
  frames_.pop_back();
}

void TreeBuilder::alias(std::size_t at) {
  if (!begin_node(at)) return;
  const std::size_t end = std::min(source_.find_first_of(" \r\n,]}", at), source_.size());
  give_up(Trap::alias, at, end, source_.substr(at, end - at));
}

// ---- nulls

void TreeBuilder::null(std::size_t at) {
  if (stopped_) return;
  const std::string_view word = at >= position_ ? null_word_at(source_, at) : std::string_view{};
  if (word.empty()) {
    implicit_null();
    return;
  }
  if (key_is_due()) {
    give_up(Trap::complex_key, at, at + word.size());
    return;
  }
  if (!begin_node(at)) return;
  if (add_node(NodeKind::null, false, at, {})) position_ = at + word.size();
}

// A null that is not written: the parser gives no place for it, so it stands behind the sign that announces it.
void TreeBuilder::implicit_null() {
  if (frames_.empty() || (frames_.back().mapping && !frames_.back().flow && key_is_due())) {
    give_up_at(skip_blanks_and_comments(source_, position_), Trap::missing_key);
    return;
  }
  const Frame frame = frames_.back();
  const char sign = sign_due();
  const std::size_t end = skip_blanks_and_comments(source_, position_);
  const bool announced = sign != 0 && end < source_.size() && source_[end] == sign;
  if (!pass_gap(announced ? end + 1 : end, announced ? sign : '\0', announced)) return;
  if (frame.flow && sign == ':' && !announced) {
    const Node& key = tree_->nodes.back();
    const bool misread = key.kind == NodeKind::plain && (key.text.find(wide_colon) != npos || key.text.find(':') != npos);
    if (key.kind != NodeKind::null && !misread) report(*problems_, Trap::key_without_value, key.offset, key.offset + 1, key.text);
  } else if (frame.flow && sign != ':') {
    if (frame.mapping && end < source_.size() && source_[end] == ':') {
      give_up(Trap::missing_key, end, end + 1);
      return;
    }
    report(*problems_, Trap::empty_entry, position_, position_ + 1);
  } else if (!announced) {
    give_up_at(end);
    return;
  }
  if (!in_flow()) entry_ = line_;
  add_node(NodeKind::null, false, position_, {});
}

// ---- scalars

void TreeBuilder::scalar(std::size_t at, const std::string& value) {
  if (!begin_node(at)) return;
  const char first = source_[at];
  if (first == '"' || first == '\'') {
    quoted(at, value);
  } else if ((first == '|' || first == '>') && !in_flow()) {
    block_scalar(at, value);
  } else {
    plain(at, value);
  }
}

void TreeBuilder::finish_scalar(NodeKind kind, std::size_t at, std::size_t end, std::string_view text) {
  if (text.size() > longest_value) report(*problems_, Trap::long_value, at, at + 1, std::to_string(longest_value));
  if (!add_node(kind, false, at, text)) return;
  const std::size_t last_line = source_.substr(at, end - at).rfind('\n');
  if (last_line != npos) line_ = at + last_line + 1;
  position_ = end;
}

std::string_view TreeBuilder::keep(std::size_t at, std::string_view raw, const std::string& value) {
  if (raw == value) return raw;
  if (const auto found = find_refused_character(value)) {
    report(*problems_, Trap::refused_character, at, at + raw.size() + 2, code_point_name(found->code));
  }
  return tree_->decoded.emplace_back(value);
}

void TreeBuilder::quoted(std::size_t at, const std::string& value) {
  const std::size_t end = end_of_quoted(source_, at);
  if (end == npos || !continues_inside(source_, at, end, block_column()) || (key_is_due() && line_end(source_, at) < end)) {
    give_up(Trap::unclosed_quote, at, at + 1, source_.substr(at, 1));
    return;
  }
  const std::string_view text = keep(at, source_.substr(at + 1, end - at - 2), value);
  finish_scalar(NodeKind::quoted, at, end, text);
}

void TreeBuilder::block_scalar(std::size_t at, const std::string& value) {
  const std::size_t end = key_is_due() ? npos : end_of_block_scalar(source_, at, block_column());
  if (end == npos) {
    give_up_at(at);
    return;
  }
  finish_scalar(NodeKind::quoted, at, end, keep(at, {}, value));
  if (position_ > 0 && source_[position_ - 1] == '\n') line_ = position_;
}

void TreeBuilder::plain(std::size_t at, const std::string& value) {
  const std::string_view text = source_.substr(at, value.size());
  const bool own_line = source_.substr(line_, at - line_).find_first_not_of(" -") == npos;
  if (text != value) {
    const std::string_view line = trimmed(source_.substr(at, line_end(source_, at) - at), line_blanks);
    const std::size_t before = problems_->errors();
    inspect_plain(at, line, own_line);
    give_up_at(at, Trap::multi_line_text);
    stop_.until = at + line.size();
    unexplained_ = problems_->errors() == before;
    return;
  }
  inspect_plain(at, text, own_line);
  finish_scalar(NodeKind::plain, at, at + text.size(), text);
}

// Finds what yaml-cpp takes for a text although it was meant as structure.
void TreeBuilder::inspect_plain(std::size_t at, std::string_view text, bool own_line) {
  if (text.front() == ':' || text.front() == '?' || text == "-") {
    report(*problems_, Trap::sign, at, at + 1, text.substr(0, 1));
    return;
  }
  if (has_wide_edge(text)) report(*problems_, Trap::full_width_space, at, at + text.size(), text);
  if (key_is_due()) {
    inspect_key(at, text);
    return;
  }
  if (in_flow()) {
    for (const std::string_view comma : full_width_commas) {
      const std::size_t found = text.find(comma);
      if (found == npos) continue;
      const std::string_view rest = trimmed(text.substr(found + comma.size()), line_blanks);
      const std::size_t colon = std::min(rest.find(':'), rest.find(wide_colon));
      const bool hides_entry = colon != npos && looks_like_key(rest.substr(0, colon)) && static_cast<unsigned char>(rest.front()) < 0x80;
      if (!frames_.back().mapping || hides_entry) report(*problems_, Trap::full_width_comma, at + found, at + found + comma.size(), comma);
    }
    return;
  }
  if (!own_line) return;
  const std::size_t wide = text.find(wide_colon);
  const std::size_t colon = text.find(':');
  if (wide != npos) {
    report(*problems_, Trap::full_width_colon, at + wide, at + wide + wide_colon.size(), text.substr(0, wide));
  } else if (text.size() > 1 && text.front() == '-' && (text[1] < '0' || text[1] > '9') && text[1] != '.') {
    report(*problems_, Trap::dash_without_space, at, at + 1);
  } else if (colon != npos && looks_like_key(text.substr(0, colon)) && text.substr(colon + 1).find_first_of("/\\") != 0) {
    report(*problems_, Trap::colon_without_space, at, at + colon + 1, text.substr(0, colon));
  }
}

void TreeBuilder::inspect_key(std::size_t at, std::string_view text) {
  const std::size_t wide = text.find(wide_colon);
  const std::size_t colon = text.find(':');
  if (text == "<<") {
    report(*problems_, Trap::merge_key, at, at + text.size());
  } else if (text.front() == '-' && !in_flow()) {
    report(*problems_, Trap::dash_without_space, at, at + 1);
  } else if (wide != npos) {
    report(*problems_, Trap::full_width_colon, at + wide, at + wide + wide_colon.size(), text.substr(0, wide));
  } else if (colon != npos) {
    report(*problems_, Trap::colon_without_space, at, at + colon + 1, text.substr(0, colon));
  }
}

void TreeBuilder::finish() {
  if (stopped_) return;
  if (!frames_.empty()) {
    give_up_at(source_.size());
    return;
  }
  pass_gap(source_.size(), '\0', false);
}

}  // namespace help
