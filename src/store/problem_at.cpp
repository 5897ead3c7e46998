// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>

#include "diag/characters.hpp"
#include "store/yaml.hpp"

namespace help {
namespace {

// A line longer than this is shown in part: what people need to see is what stands around the place.
constexpr std::size_t longest_line_shown = 4096;
constexpr std::size_t shown_before = 256;
constexpr std::size_t shown_after = 1024;
constexpr std::string_view left_out = "…";

bool inside_character(std::string_view source, std::size_t at) {
  return at < source.size() && (static_cast<unsigned char>(source[at]) & 0xC0U) == 0x80U;
}

struct Span {
  std::size_t from;
  std::size_t until;
};

Span line_around(std::string_view source, std::size_t at) {
  const std::size_t before = at == 0 ? std::string_view::npos : source.rfind('\n', at - 1);
  const std::size_t from = before == std::string_view::npos ? 0 : before + 1;
  std::size_t until = std::min(source.find('\n', at), source.size());
  if (until > from && source[until - 1] == '\r') --until;
  return {from, until};
}

// A mark that ends inside a character ends behind it; bytes that are no characters stand for themselves.
std::size_t end_of_characters(std::string_view source, Span marked) {
  std::size_t at = marked.from;
  while (at < marked.until) at += character_at(source, at).bytes;
  return at;
}

void fill_excerpt(Diagnostic& problem, std::string_view source, Span line, Span marked) {
  Span shown = line;
  if (line.until - line.from > longest_line_shown) {
    shown.from = std::max(line.from, marked.from - std::min(marked.from, shown_before));
    shown.until = std::min(line.until, marked.from + shown_after);
    while (shown.from > line.from && inside_character(source, shown.from)) --shown.from;
    while (shown.until < line.until && inside_character(source, shown.until)) ++shown.until;
  }
  const std::string_view lead = shown.from > line.from ? left_out : "";
  problem.excerpt = std::string(lead) + std::string(source.substr(shown.from, shown.until - shown.from));
  if (shown.until < line.until) problem.excerpt += left_out;
  const auto in_excerpt = [&](std::size_t at) {
    return static_cast<std::uint32_t>(std::clamp(at, shown.from, shown.until) - shown.from + lead.size());
  };
  problem.from = in_excerpt(marked.from);
  problem.until = std::max(in_excerpt(marked.until), problem.from);
}

// A bracket stands for its whole value: a marked part that ends at the bracket says enough.
std::size_t end_of_mark(const Value& value) {
  const std::string_view source = value.tree().source;
  const std::size_t from = value.node().offset;
  if (value.kind() == NodeKind::plain) return from + value.text().size();
  const bool on_source = value.kind() == NodeKind::quoted && value.text().data() == source.data() + from + 1;
  if (on_source) return from + value.text().size() + 2;
  if (value.kind() != NodeKind::quoted || from >= source.size() || (source[from] != '"' && source[from] != '\'')) return from + 1;
  for (std::size_t at = from + 1; at < source.size() && source[at] != '\n'; ++at) {
    if (source[from] == '"' && source[at] == '\\') {
      ++at;
    } else if (source[at] == source[from]) {
      return at + 1;
    }
  }
  return from + 1;
}

}  // namespace

Diagnostic problem_at(std::string_view path, std::string_view source, std::size_t from, std::size_t until, Severity severity,
                      std::string_view code, Message message, Message hint) {
  from = std::min(from, source.size());
  until = std::clamp(until, from, source.size());
  const Span line = line_around(source, from);
  Diagnostic problem{.severity = severity, .code = code, .message = std::move(message), .hint = std::move(hint)};
  problem.where.path = path;
  problem.where.line =
      static_cast<std::uint32_t>(std::count(source.begin(), source.begin() + static_cast<std::ptrdiff_t>(line.from), '\n') + 1);
  problem.where.column = static_cast<std::uint32_t>(count_characters(source.substr(line.from, from - line.from)) + 1);
  fill_excerpt(problem, source, line, {from, end_of_characters(source, {from, until})});
  return problem;
}

Diagnostic problem_at(std::string_view path, const Value& value, Severity severity, std::string_view code, Message message, Message hint) {
  return problem_at(path, value.tree().source, value.node().offset, end_of_mark(value), severity, code, std::move(message),
                    std::move(hint));
}

}  // namespace help
