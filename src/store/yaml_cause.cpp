// SPDX-License-Identifier: MIT
#include "store/yaml_cause.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <vector>

#include "store/yaml_text.hpp"
#include "store/yaml_trap.hpp"

namespace help {
namespace {

constexpr std::string_view full_width_comma = "，";
constexpr std::size_t longest_plain_key = 1024;

// Reads lines as a person means them. Every step gives true once a cause was reported.
class CauseFinder {
 public:
  CauseFinder(std::string_view source, std::size_t from, std::size_t until, ProblemList& problems)
      : source_(source), at_(from), until_(until), problems_(&problems) {}

  bool find() {
    // Whether an open bracket is closed in time shows only behind the place.
    while (at_ < until_ || (at_ < source_.size() && !brackets_.empty())) {
      if (read_line()) return true;
    }
    if (!brackets_.empty()) return unclosed_bracket();
    return !bare_.empty() && found(Trap::missing_colon, offset_of(bare_), offset_of(bare_) + bare_.size(), bare_);
  }

 private:
  struct Bracket {
    std::size_t at;
    char sign;
    bool value = false;     ///< after the colon of an entry
    bool entry = false;     ///< something of this entry was read
    bool complete = false;  ///< its value was in brackets, and they are closed
  };

  bool found(Trap trap, std::size_t from, std::size_t until, std::string_view text = {}) {
    report(*problems_, trap, from, until, text);
    return true;
  }
  bool found_sign(Trap trap, std::size_t at) { return found(trap, at, at + 1, source_.substr(at, 1)); }

  [[nodiscard]] std::size_t offset_of(std::string_view text) const { return static_cast<std::size_t>(text.data() - source_.data()); }
  [[nodiscard]] char at(std::size_t place) const { return place < source_.size() ? source_[place] : '\n'; }
  [[nodiscard]] bool at_line_end() const { return at(at_) == '\n' || at(at_) == '\r'; }
  void skip_spaces() { at_ = std::min(source_.find_first_not_of(" \t", at_), source_.size()); }
  void next_line() { at_ = std::min(line_end(source_, at_) + 1, source_.size()); }
  [[nodiscard]] std::string_view rest_of_line(std::size_t from) const { return source_.substr(from, line_end(source_, from) - from); }

  bool read_line() {
    indent_ = static_cast<int>(std::min(source_.find_first_not_of(' ', at_), source_.size()) - at_);
    at_ += static_cast<std::size_t>(indent_);
    if (at_ >= source_.size()) return false;
    if (at(at_) == '\t') {
      return found(Trap::tab, at_, at_ + 1);
    }
    if (at_line_end() || at(at_) == '#') {
      next_line();
      return false;
    }
    if (!brackets_.empty()) return read_line_in_brackets();
    return read_block_line();
  }

  // ---- outside of brackets

  bool read_block_line() {
    const std::string_view line = rest_of_line(at_);
    if (line.starts_with(wide_space)) return found(Trap::full_width_space, at_, at_ + wide_space.size(), line);
    if (indent_ == 0) {
      const bool marker = (line.starts_with("---") || line.starts_with("...")) && is_blank_at(source_, at_ + 3);
      if (marker) return found(Trap::document, at_, at_ + 3, line.substr(0, 3));
      if (line.front() == '%') return found_sign(Trap::directive, at_);
    }
    while (at(at_) == '-' && is_blank_at(source_, at_ + 1)) {
      ++at_;
      skip_spaces();
    }
    if (at_line_end()) {
      next_line();
      return false;
    }
    const bool number = at(at_ + 1) >= '0' && at(at_ + 1) <= '9';
    if (at(at_) == '-' && !number && at(at_ + 1) != '.') return found(Trap::dash_without_space, at_, at_ + 1);
    if (at(at_) == '?' && is_blank_at(source_, at_ + 1)) return found(Trap::complex_key, at_, at_ + 1);
    if (at(at_) == ':' && is_blank_at(source_, at_ + 1)) return found(Trap::missing_key, at_, at_ + 1);
    return read_block_text(true);
  }

  // A key or a value that begins at at_; what follows it on the line.
  bool read_block_text(bool key_possible) {
    const char first = at(at_);
    if (first == '"' || first == '\'') return read_block_quoted(key_possible);
    if (first == '[' || first == '{') return open_bracket() || read_flow();
    if (first == '|' || first == '>') return skip_block_scalar();
    if (first == '#') {
      next_line();
      return false;
    }
    if (bad_first_sign(first)) return true;
    if (first == '-' && is_blank_at(source_, at_ + 1)) return found_sign(Trap::sign, at_);
    if (std::string_view(",]}").find(first) != npos) return found_sign(first == ',' ? Trap::sign : Trap::wrong_bracket, at_);
    return read_block_plain(key_possible);
  }

  bool bad_first_sign(char first) {
    const std::size_t end = std::min(source_.find_first_of(" \r\n,]}", at_), source_.size());
    const std::string_view word = source_.substr(at_, end - at_);
    switch (first) {
      case '@':
      case '`':
      case '%':
        return found_sign(Trap::sign, at_);
      case '*':
        return found(Trap::alias, at_, end, word);
      case '&':
        return found(Trap::anchor, at_, end, word);
      case '!':
        return found(Trap::tag, at_, end, word);
      default:
        return false;
    }
  }

  bool skip_block_scalar() {
    const std::size_t end = end_of_block_scalar(source_, at_, indent_);
    if (end == npos) return found_sign(Trap::sign, at_);
    at_ = end;
    return false;
  }

  bool read_block_quoted(bool key_possible) {
    const std::size_t open = at_;
    if (!read_quoted(indent_)) return true;
    skip_spaces();
    if (at(at_) == ':' && is_blank_at(source_, at_ + 1) && key_possible) return read_value_of_key(source_.substr(open, at_ - open), open);
    if (at_line_end() || at(at_) == '#') {
      next_line();
      return false;
    }
    return found(at(at_) == ':' ? Trap::colon_without_space : Trap::after_quote, at_, at_ + 1, source_.substr(open, at_ - open));
  }

  // Moves behind the closing quote; false if a cause was reported.
  bool read_quoted(int column) {
    const std::size_t open = at_;
    const std::size_t end = end_of_quoted(source_, open);
    if (end == npos || !continues_inside(source_, open, end, column)) {
      if (!find_escape(open, line_end(source_, open))) unclosed_quote(open);
      return false;
    }
    // A quote that closes on a later line was more likely forgotten where its own line ends.
    if (line_end(source_, open) < end && end > until_) {
      unclosed_quote(open);
      return false;
    }
    if (find_escape(open, end)) return false;
    at_ = end;
    return true;
  }

  void unclosed_quote(std::size_t open) { found_sign(Trap::unclosed_quote, open); }

  bool find_escape(std::size_t open, std::size_t end) {
    if (at(open) != '"') return false;
    for (std::size_t i = open + 1; i + 1 < end; ++i) {
      if (at(i) != '\\') continue;
      const std::size_t length = length_of_escape(i + 1);
      if (length == 0) return found(Trap::escape, i, i + 2, source_.substr(i, 2));
      i += length;
    }
    return false;
  }

  // How many bytes after the backslash belong to the escape; 0: there is no such escape.
  [[nodiscard]] std::size_t length_of_escape(std::size_t place) const {
    const char sign = at(place);
    const std::size_t digits = sign == 'x' ? 2 : sign == 'u' ? 4 : sign == 'U' ? 8 : 0;
    if (digits == 0) return std::string_view("0abtnvfre \"'\\/N_LP\t\r\n").find(sign) == npos ? 0 : 1;
    std::uint32_t code = 0;
    const std::string_view text = source_.substr(place + 1, digits);
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), code, 16);
    const bool whole = text.size() == digits && problem == std::errc{} && end == text.data() + text.size();
    const bool character = code < 0xD800 || (code > 0xDFFF && code <= 0x10FFFF);
    return whole && character ? digits + 1 : 0;
  }

  bool read_value_of_key(std::string_view key, std::size_t key_at) {
    if (key.size() > longest_plain_key) return found(Trap::long_key, key_at, key_at + key.size(), std::to_string(longest_plain_key));
    ++at_;
    skip_spaces();
    if (at_line_end()) {
      next_line();
      return false;
    }
    return read_block_text(false);
  }

  // Where a plain text ends on its line: at `: `, ` #` or the line's end.
  [[nodiscard]] std::size_t end_of_plain(std::size_t from) const {
    const std::size_t end = line_end(source_, from);
    for (std::size_t i = from; i < end; ++i) {
      if (source_[i] == ':' && is_blank_at(source_, i + 1)) return i;
      if (source_[i] == '#' && i > from && is_blank_at(source_, i - 1)) return i;
    }
    return end;
  }

  bool read_block_plain(bool key_possible) {
    const std::size_t from = at_;
    at_ = end_of_plain(from);
    const std::string_view text = source_.substr(from, at_ - from);
    const bool colon = at(at_) == ':';
    if (colon && key_possible) {
      const std::size_t wide = text.find(wide_colon);
      if (wide != npos && !looks_like_key(text))
        return found(Trap::full_width_colon, from + wide, from + wide + wide_colon.size(), text.substr(0, wide));
      return read_value_of_key(text, from);
    }
    if (colon) return found(Trap::colon_in_text, at_, at_ + 1);
    next_line();
    if (!key_possible) return false;
    const bool after_dash = source_.substr(line_start(source_, from), from - line_start(source_, from)).find('-') != npos;
    if (bare_.empty() && !after_dash) bare_ = text;
    return text_without_key(from, text);
  }

  // A line that is neither entry nor key, in a place where a key is expected.
  bool text_without_key(std::size_t from, std::string_view text) {
    const std::size_t wide = text.find(wide_colon);
    if (wide != npos) return found(Trap::full_width_colon, from + wide, from + wide + wide_colon.size(), text.substr(0, wide));
    const std::size_t colon = text.find(':');
    const bool address = text.substr(std::min(colon, text.size())).starts_with("://");
    if (colon != npos && !address && looks_like_key(text.substr(0, colon))) {
      return found(Trap::colon_without_space, from, from + colon + 1, text.substr(0, colon));
    }
    return false;
  }

  // ---- inside brackets

  bool open_bracket() {
    brackets_.push_back({.at = at_, .sign = at(at_)});
    ++at_;
    return false;
  }

  bool unclosed_bracket() {
    const Bracket& last = brackets_.back();
    if (comment_ != npos && line_start(source_, comment_) == line_start(source_, last.at)) {
      return found(Trap::cut_by_comment, comment_, comment_ + 1);
    }
    return found(Trap::unclosed_bracket, last.at, last.at + 1, last.sign == '{' ? "}" : "]");
  }

  bool read_line_in_brackets() {
    const bool closes = at(at_) == ']' || at(at_) == '}';
    const bool new_record = at(at_) == '-' && is_blank_at(source_, at_ + 1);
    const int outer = static_cast<int>(brackets_.front().at - line_start(source_, brackets_.front().at));
    if (new_record || (indent_ == 0 && outer > 0 && !closes)) return unclosed_bracket();
    return read_flow();
  }

  // Reads on to the end of the line, or to where the last bracket closes.
  bool read_flow() {
    while (!brackets_.empty()) {
      skip_spaces();
      if (at_line_end() || (at(at_) == '#' && is_blank_at(source_, at_ - 1))) {
        if (rest_of_line(at_).find_first_of("]}") != npos) comment_ = at_;
        next_line();
        return false;
      }
      if (read_flow_token()) return true;
    }
    return read_after_brackets();
  }

  bool read_after_brackets() {
    skip_spaces();
    if (at_line_end() || at(at_) == '#') {
      next_line();
      return false;
    }
    const char next = at(at_);
    if (next == ']' || next == '}') return found_sign(Trap::wrong_bracket, at_);
    return found(next == ':' ? Trap::complex_key : Trap::after_bracket, at_, at_ + 1);
  }

  bool read_flow_token() {
    Bracket& bracket = brackets_.back();
    const char next = at(at_);
    switch (next) {
      case '[':
      case '{':
        if (bracket.entry && !bracket.value) return found_sign(Trap::bracket_in_text, at_);
        bracket.entry = true;
        return open_bracket();
      case ']':
      case '}':
        return close_bracket(bracket);
      case ',':
        return next_entry(bracket);
      case ':':
        return flow_colon(bracket);
      case '"':
      case '\'':
        return read_flow_quoted(bracket);
      case '|':
      case '>':
      case '#':
        return found_sign(Trap::sign, at_);
      case '?':
        return found_sign(is_blank_at(source_, at_ + 1) ? Trap::complex_key : Trap::question_mark, at_);
      case '-':
        if (is_blank_at(source_, at_ + 1)) return found_sign(Trap::sign, at_);
        break;
      default:
        break;
    }
    return bad_first_sign(next) || read_flow_plain(bracket);
  }

  bool close_bracket(const Bracket& bracket) {
    const char wanted = bracket.sign == '{' ? '}' : ']';
    if (at(at_) != wanted) return found_sign(Trap::wrong_bracket, at_);
    if (bracket.sign == '{' && bracket.entry && !bracket.value && !last_key_.empty()) return key_alone();
    ++at_;
    brackets_.pop_back();
    if (!brackets_.empty()) brackets_.back().complete = true;
    return false;
  }

  bool next_entry(Bracket& bracket) {
    if (!bracket.entry) return found(Trap::empty_entry, at_, at_ + 1);
    if (bracket.sign == '{' && !bracket.value && !last_key_.empty()) return key_alone();
    bracket.entry = bracket.value = bracket.complete = false;
    last_key_ = {};
    ++at_;
    return false;
  }

  // A key in braces that no colon follows: the colon is of the wrong kind, or lacks its space, or is not there.
  bool key_alone() {
    const std::size_t from = offset_of(last_key_);
    const std::size_t wide = last_key_.find(wide_colon);
    if (wide != npos) return found(Trap::full_width_colon, from + wide, from + wide + wide_colon.size(), last_key_.substr(0, wide));
    const std::size_t colon = last_key_.find(':');
    if (colon != npos) return found(Trap::colon_without_space, from, from + colon + 1, last_key_.substr(0, colon));
    return found(Trap::key_without_value, from, from + last_key_.size(), last_key_);
  }

  bool flow_colon(Bracket& bracket) {
    if (!bracket.entry) return found(Trap::missing_key, at_, at_ + 1);
    if (bracket.value) return found(Trap::colon_in_text, at_, at_ + 1);
    bracket.value = true;
    bracket.complete = false;
    last_key_ = {};
    ++at_;
    return false;
  }

  bool read_flow_quoted(Bracket& bracket) {
    const std::size_t open = at_;
    if (!read_quoted(indent_)) return true;
    bracket.entry = true;
    skip_spaces();
    if (at_line_end() || std::string_view(",]}:#").find(at(at_)) != npos) return false;
    // `"a" b: 1`: the entry before ends here, a new one begins.
    const std::size_t end = std::min(source_.find_first_of(":,]}\r\n", at_), source_.size());
    const std::string_view word = source_.substr(at_, end - at_);
    if (at(end) == ':' && looks_like_key(word)) return found(Trap::missing_comma, at_, end, word);
    return found(Trap::after_quote, at_, at_ + 1, source_.substr(open, at_ - open));
  }

  [[nodiscard]] std::size_t end_of_flow_plain(std::size_t from) const {
    const std::size_t end = line_end(source_, from);
    for (std::size_t i = from; i < end; ++i) {
      const char next = source_[i];
      if (std::string_view(",[]{}?").find(next) != npos) return i;
      if (next == ':' && (is_blank_at(source_, i + 1) || std::string_view(",]}").find(at(i + 1)) != npos)) return i;
      if (next == '#' && i > from && is_blank_at(source_, i - 1)) return i;
    }
    return end;
  }

  bool read_flow_plain(Bracket& bracket) {
    const std::size_t from = at_;
    at_ = end_of_flow_plain(from);
    std::string_view text = source_.substr(from, at_ - from);
    text = text.substr(0, text.find_last_not_of(" \r") + 1);
    const char next = at(at_);
    if (bracket.complete) return found(next == ':' ? Trap::missing_comma : Trap::after_bracket, from, from + text.size(), text);
    if (next == '?') return found_sign(Trap::question_mark, at_);
    if (next == '[' || next == '{') return found_sign(Trap::bracket_in_text, at_);
    if (next == ':' && bracket.value) return entry_inside_text(from, text);
    if (bracket.entry && !bracket.value && bracket.sign == '{') return found(Trap::missing_comma, from, at_, text);
    if (bracket.sign == '{' && !bracket.value) last_key_ = text;
    bracket.entry = true;
    return false;
  }

  // `a: 1 b: 2`, `a: 1，b: 2`: the text of the value holds the next key.
  bool entry_inside_text(std::size_t from, std::string_view text) {
    const std::size_t wide = text.rfind(full_width_comma);
    if (wide != npos) return found(Trap::full_width_comma, from + wide, from + wide + full_width_comma.size(), full_width_comma);
    const std::size_t space = text.rfind(' ');
    const std::string_view word = space == npos ? text : text.substr(space + 1);
    const bool ascii = std::ranges::all_of(word, [](char one) { return static_cast<unsigned char>(one) < 0x80; });
    if (space != npos && ascii && looks_like_key(word)) return found(Trap::missing_comma, from + space + 1, from + text.size(), word);
    return found(Trap::colon_in_text, at_, at_ + 1);
  }

  std::string_view source_;
  std::size_t at_;
  std::size_t until_;
  ProblemList* problems_;
  std::vector<Bracket> brackets_ = {};
  std::string_view last_key_ = {};
  std::string_view bare_ = {};  ///< the first line that is neither entry nor key
  std::size_t comment_ = npos;  ///< the last comment that holds a closing bracket
  int indent_ = 0;
};

bool wrong_indentation(std::string_view source, const Stop& stop) {
  const std::size_t from = line_start(source, stop.at);
  const std::size_t first = source.find_first_not_of(' ', from);
  if (first == npos || first >= line_end(source, stop.at)) return false;
  return std::ranges::find(stop.columns, static_cast<int>(first - from)) == stop.columns.end();
}

}  // namespace

void report_cause(std::string_view source, const Stop& stop, ProblemList& problems) {
  const std::size_t at = std::min(stop.at, source.size());
  const std::size_t entry = std::min(stop.entry, line_start(source, at));
  if (CauseFinder(source, entry, line_end(source, at), problems).find()) return;
  const std::size_t end = std::clamp(stop.until, at, std::max(line_end(source, at), at));
  if (stop.otherwise != Trap::syntax) {
    report(problems, stop.otherwise, at, end);
  } else if (stop.leftover) {
    report(problems, Trap::leftover, at, end);
  } else {
    report(problems, wrong_indentation(source, stop) ? Trap::indentation : Trap::syntax, at, end);
  }
}

}  // namespace help
