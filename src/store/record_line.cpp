// SPDX-License-Identifier: MIT
#include "store/record_line.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "store/tree_builder.hpp"
#include "store/yaml_document.hpp"
#include "store/yaml_trap.hpp"

namespace help {
namespace {

enum class LineLetter : std::uint8_t {
  other,   ///< ends a text without quotes, or makes it unsafe
  begin,   ///< may begin such a text and stand in it
  inside,  ///< may stand in it, not begin it
  wide,    ///< the lead byte of characters of which some are unsafe
};

consteval std::array<LineLetter, 256> letters_of_plain_text() {
  std::array<LineLetter, 256> table{};
  const auto set = [&table](unsigned first, unsigned last, LineLetter letter) {
    for (unsigned byte = first; byte <= last; ++byte) table[byte] = letter;
  };
  set(0x80, 0xFF, LineLetter::begin);
  set('0', '9', LineLetter::begin);
  set('a', 'z', LineLetter::begin);
  set('A', 'Z', LineLetter::begin);
  for (const char sign : std::string_view("-_./+%()=")) {
    const auto byte = static_cast<unsigned char>(sign);
    set(byte, byte, LineLetter::inside);
  }
  for (const unsigned lead : {0xC2U, 0xE3U, 0xEFU}) set(lead, lead, LineLetter::wide);
  return table;
}

constexpr std::array<LineLetter, 256> line_letters = letters_of_plain_text();

LineLetter letter_at(const char* at) { return line_letters[static_cast<unsigned char>(*at)]; }

// The no-break and full-width space, `、`, `，` and `：`: the slow path looks at them closely.
bool is_unsafe_wide(const char* at, const char* end) {
  const std::string_view rest(at, static_cast<std::size_t>(end - at));
  return rest.starts_with("\u00A0") || rest.starts_with("\u3000") || rest.starts_with("、") || rest.starts_with("，") ||
         rest.starts_with("：");
}

constexpr int deepest = 4;
constexpr std::size_t longest_key = 128;  // yaml-cpp takes 1024; longer ones than these are its affair

// Reads one record; every function leaves at_ behind what it read, and gives false where the line is not in the strict form.
class RecordReader {
 public:
  RecordReader(Tree& tree, const char* at, const char* end) : tree_(&tree), at_(at), end_(end) {}

  bool read() { return take('-') && take(' ') && mapping(1) && at_ == end_; }

  /// `key: value` with a value in one line.
  bool read_entry() { return plain_key() && take(':') && take(' ') && value(0) && at_ == end_; }

  /// `key:` alone; its value stands in the lines below.
  bool read_key() { return plain_key() && take(':') && at_ == end_; }

 private:
  [[nodiscard]] bool is(char sign) const { return at_ < end_ && *at_ == sign; }
  bool take(char sign) {
    if (!is(sign)) return false;
    ++at_;
    return true;
  }

  [[nodiscard]] std::uint32_t offset_of(const char* at) const { return static_cast<std::uint32_t>(at - tree_->source.data()); }

  std::uint32_t add(NodeKind kind, bool flow, const char* at, std::string_view text) {
    const auto index = static_cast<std::uint32_t>(tree_->nodes.size());
    tree_->nodes.push_back({.kind = kind, .flow = flow, .offset = offset_of(at), .next = index + 1, .text = text});
    return index;
  }

  bool close(std::uint32_t index) {
    tree_->nodes[index].next = static_cast<std::uint32_t>(tree_->nodes.size());
    return true;
  }

  bool mapping(int depth) {
    const std::uint32_t index = add(NodeKind::mapping, true, at_, {});
    if (!take('{')) return false;
    if (take('}')) return true;
    do {
      if (!key() || !take(':') || !take(' ') || !value(depth)) return false;
      if (take('}')) return close(index);
    } while (take(',') && take(' '));
    return false;
  }

  bool sequence(int depth) {
    const std::uint32_t index = add(NodeKind::sequence, true, at_, {});
    if (!take('[')) return false;
    if (take(']')) return true;
    do {
      if (!value(depth)) return false;
      if (take(']')) return close(index);
    } while (take(',') && take(' '));
    return false;
  }

  bool key() {
    const char* const from = at_;
    while (at_ < end_ && ((*at_ >= 'a' && *at_ <= 'z') || (*at_ == '-' && at_ > from))) ++at_;
    const std::string_view text(from, static_cast<std::size_t>(at_ - from));
    if (text.empty() || text.size() > longest_key || text == "null") return false;
    add(NodeKind::plain, false, from, text);
    return true;
  }

  bool plain_key() {
    const char* const from = at_;
    return plain() && static_cast<std::size_t>(at_ - from) <= longest_key;
  }

  bool value(int depth) {
    if (at_ >= end_) return false;
    switch (*at_) {
      case '"':
        return quoted();
      case '{':
        return depth < deepest && mapping(depth + 1);
      case '[':
        return depth < deepest && sequence(depth + 1);
      case '~':
        add(NodeKind::null, false, at_, {});
        ++at_;
        return true;
      default:
        return plain();
    }
  }

  bool quoted() {
    const char* const open = at_++;
    while (at_ < end_ && *at_ != '"' && *at_ != '\\') ++at_;
    if (at_ >= end_) return false;
    if (*at_ == '\\') return escaped(open);
    add(NodeKind::quoted, false, open, {open + 1, static_cast<std::size_t>(at_ - open - 1)});
    ++at_;
    return true;
  }

  // The escapes that the program itself writes.
  bool escaped(const char* open) {
    std::string text(open + 1, at_);
    for (; at_ < end_ && *at_ != '"'; ++at_) {
      if (*at_ != '\\') {
        text += *at_;
        continue;
      }
      if (++at_ >= end_) return false;
      switch (*at_) {
        case '"':
        case '\\':
          text += *at_;
          break;
        case 'n':
          text += '\n';
          break;
        case 't':
          text += '\t';
          break;
        default:
          return false;
      }
    }
    if (!take('"')) return false;
    add(NodeKind::quoted, false, open, tree_->decoded.emplace_back(std::move(text)));
    return true;
  }

  bool plain() {
    const char* const from = at_;
    const bool negative = *at_ == '-' && end_ - at_ > 1 && at_[1] >= '0' && at_[1] <= '9';
    if (negative) ++at_;
    if (letter_at(at_) == LineLetter::other || letter_at(at_) == LineLetter::inside) return false;
    for (; at_ < end_; ++at_) {
      const LineLetter letter = letter_at(at_);
      if (letter == LineLetter::begin || letter == LineLetter::inside) continue;
      if (letter == LineLetter::wide) {
        if (is_unsafe_wide(at_, end_)) return false;
      } else if (*at_ != ' ' || end_ - at_ < 2 || letter_at(at_ + 1) == LineLetter::other) {
        break;
      }
    }
    const std::string_view text(from, static_cast<std::size_t>(at_ - from));
    if (text == "null" || text == "Null" || text == "NULL") return false;
    add(NodeKind::plain, false, from, text);
    return true;
  }

  Tree* tree_;
  const char* at_;
  const char* end_;
};

// A parser for each line costs twice as much as one for the whole file.
constexpr std::size_t most_slow_records = 10'000;

// The file, line by line.
class RecordFileReader {
 public:
  explicit RecordFileReader(Tree& tree) : tree_(&tree) {}

  bool read() {
    const std::string_view source = tree_->source;
    // A node takes seven bytes or more: growing step by step would touch twice the memory.
    if (source.starts_with("- {")) tree_->nodes.reserve(source.size() / 6);
    for (std::size_t from = 0; from < source.size();) {
      const std::size_t until = std::min(source.find('\n', from), source.size());
      if (!line(from, until) || tree_->nodes.size() > YamlLimits::nodes) return false;
      from = until + 1;
    }
    if (!tree_->nodes.empty()) tree_->nodes.front().next = static_cast<std::uint32_t>(tree_->nodes.size());
    return true;
  }

  void report_comments(ProblemList& problems) const {
    for (const Comment& one : disabled_) report(problems, Trap::disabled_record, one.from, one.until);
  }

 private:
  struct Comment {
    std::size_t from;
    std::size_t until;
  };

  bool line(std::size_t from, std::size_t until) {
    const std::string_view source = tree_->source;
    std::string_view text = source.substr(from, until - from);
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (text.starts_with("- ")) return record(from, until, text);
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return true;
    if (text[first] != '#') return false;
    if (is_disabled_record(text.substr(first))) disabled_.push_back({from + first, until});
    return true;
  }

  bool record(std::size_t from, std::size_t until, std::string_view text) {
    if (tree_->nodes.empty()) tree_->nodes.push_back({.kind = NodeKind::sequence, .offset = static_cast<std::uint32_t>(from)});
    const std::size_t nodes_before = tree_->nodes.size();
    const std::size_t decoded_before = tree_->decoded.size();
    if (RecordReader(*tree_, text.data(), text.data() + text.size()).read()) return true;
    tree_->nodes.resize(nodes_before);
    while (tree_->decoded.size() > decoded_before) tree_->decoded.pop_back();
    return slow_record(from, until);
  }

  // The line as a document: a list of one entry, in brackets, so that it cannot go on in the next line.
  bool slow_record(std::size_t from, std::size_t until) {
    if (++slow_records_ > most_slow_records) return false;
    Diagnostics unused;
    ProblemList problems({}, tree_->source, {}, unused);
    const std::size_t list = tree_->nodes.size();
    if (!read_document(*tree_, from, until, problems) || !unused.empty()) return false;
    std::vector<Node>& nodes = tree_->nodes;
    const bool one_entry = nodes.size() > list + 1 && !nodes[list].flow && nodes[list].kind == NodeKind::sequence && nodes[list + 1].flow &&
                           nodes[list + 1].next == nodes.size();
    if (!one_entry) return false;
    nodes.erase(nodes.begin() + static_cast<std::ptrdiff_t>(list));
    for (std::size_t index = list; index < nodes.size(); ++index) --nodes[index].next;
    return true;
  }

  Tree* tree_;
  std::vector<Comment> disabled_ = {};
  std::size_t slow_records_ = 0;
};

// The head of a table: entries in one line, and blocks of such entries, indented by two.
class HeadReader {
 public:
  explicit HeadReader(Tree& tree) : tree_(&tree) {}

  bool read() {
    const std::string_view source = tree_->source;
    if (!source.ends_with('\n')) return false;
    open(0);
    for (std::size_t from = 0; from < source.size();) {
      const std::size_t until = source.find('\n', from);
      if (!line(from, until)) return false;
      from = until + 1;
    }
    if (block_is_due_) return false;
    while (!open_.empty()) close();
    return true;
  }

 private:
  bool line(std::size_t from, std::size_t until) {
    const std::string_view text = tree_->source.substr(from, until - from);
    if (text.starts_with("  ")) {
      if (block_is_due_) open(from + 2);
      block_is_due_ = false;
      return open_.size() == 2 && reader(from + 2, until).read_entry();
    }
    if (block_is_due_) return false;
    if (open_.size() == 2) close();
    if (!text.ends_with(':')) return reader(from, until).read_entry();
    block_is_due_ = true;
    return reader(from, until).read_key();
  }

  RecordReader reader(std::size_t from, std::size_t until) { return {*tree_, tree_->source.data() + from, tree_->source.data() + until}; }

  void open(std::size_t at) {
    open_.push_back(tree_->nodes.size());
    tree_->nodes.push_back({.kind = NodeKind::mapping, .offset = static_cast<std::uint32_t>(at)});
  }

  void close() {
    tree_->nodes[open_.back()].next = static_cast<std::uint32_t>(tree_->nodes.size());
    open_.pop_back();
  }

  Tree* tree_;
  std::vector<std::size_t> open_ = {};  ///< the mappings that are not closed
  bool block_is_due_ = false;           ///< after `key:`
};

}  // namespace

bool read_record_lines(Tree& tree, ProblemList& problems) {
  RecordFileReader file(tree);
  if (!file.read()) {
    tree.nodes.clear();
    tree.decoded.clear();
    return false;
  }
  file.report_comments(problems);
  return true;
}

bool read_head_lines(Tree& tree) {
  if (HeadReader(tree).read()) return true;
  tree.nodes.clear();
  tree.decoded.clear();
  return false;
}

}  // namespace help
