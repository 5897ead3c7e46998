// SPDX-License-Identifier: MIT
#include "store/yaml_text.hpp"

#include <algorithm>

#include "diag/characters.hpp"

namespace help {
namespace {

bool is_blank_line(std::string_view line) { return line.find_first_not_of(" \r") == npos; }

int indent_of(std::string_view line) { return static_cast<int>(std::min(line.find_first_not_of(' '), line.size())); }

}  // namespace

std::size_t line_start(std::string_view source, std::size_t at) {
  const std::size_t before = at == 0 ? npos : source.rfind('\n', at - 1);
  return before == npos ? 0 : before + 1;
}

std::size_t line_end(std::string_view source, std::size_t at) { return std::min(source.find('\n', at), source.size()); }

bool is_blank_at(std::string_view source, std::size_t at) {
  return at >= source.size() || source[at] == ' ' || source[at] == '\t' || source[at] == '\r' || source[at] == '\n';
}

std::size_t skip_blanks_and_comments(std::string_view source, std::size_t at) {
  while (at < source.size() && (is_blank_at(source, at) || source[at] == '#')) at = source[at] == '#' ? line_end(source, at) : at + 1;
  return at;
}

std::size_t end_of_quoted(std::string_view source, std::size_t at) {
  const char quote = source[at];
  for (std::size_t i = at + 1; i < source.size(); ++i) {
    if (quote == '"' && source[i] == '\\') {
      ++i;
    } else if (source[i] == quote) {
      if (quote == '"' || i + 1 >= source.size() || source[i + 1] != quote) return i + 1;
      ++i;
    }
  }
  return npos;
}

std::size_t end_of_block_scalar(std::string_view source, std::size_t at, int parent) {
  const std::size_t header_end = line_end(source, at);
  std::string_view header = source.substr(at + 1, header_end - at - 1);
  int indent = 0;
  std::size_t signs = 0;
  for (; signs < header.size() && signs < 2 && std::string_view("+-123456789").find(header[signs]) != npos; ++signs) {
    if (header[signs] >= '1' && header[signs] <= '9') indent = std::max(parent, 0) + (header[signs] - '0');
  }
  header.remove_prefix(signs);
  const std::size_t rest = header.find_first_not_of(" \r");
  if (rest != npos && (header[rest] != '#' || rest == 0)) return npos;
  std::size_t end = std::min(header_end + 1, source.size());
  for (std::size_t from = end; from < source.size();) {
    const std::size_t until = line_end(source, from);
    const std::string_view line = source.substr(from, until - from);
    from = std::min(until + 1, source.size());
    if (is_blank_line(line)) continue;
    if (indent == 0) indent = std::max(indent_of(line), std::max(parent, 0) + 1);
    if (indent_of(line) < indent) break;
    end = from;
  }
  return end;
}

bool continues_inside(std::string_view source, std::size_t from, std::size_t until, int column) {
  for (std::size_t at = line_end(source, from) + 1; at < until; at = line_end(source, at) + 1) {
    const std::string_view line = source.substr(at, line_end(source, at) - at);
    if (!is_blank_line(line) && indent_of(line) <= column) return false;
  }
  return true;
}

bool looks_like_key(std::string_view word) {
  constexpr std::size_t longest = 64;
  if (word.empty() || word.size() > longest || (word.front() >= '0' && word.front() <= '9')) return false;
  for (std::size_t at = 0; at < word.size();) {
    const Character one = character_at(word, at);
    const bool letter = (one.code >= 'a' && one.code <= 'z') || (one.code >= 'A' && one.code <= 'Z');
    const bool sign = one.code == '-' || one.code == '_' || (one.code >= '0' && one.code <= '9');
    const bool other_script = one.code >= 0xC0 && (one.code < 0x2000 || one.code > 0x303F) && (one.code < 0xFF00 || one.code > 0xFFEF);
    if (!letter && !sign && !other_script) return false;
    at += one.bytes;
  }
  return true;
}

}  // namespace help
