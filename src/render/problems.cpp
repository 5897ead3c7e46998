// SPDX-License-Identifier: MIT
#include <algorithm>

#include "render/escape.hpp"
#include "render/render.hpp"
#include "render/width.hpp"

namespace help {
namespace {

constexpr std::string_view ellipsis = "...";

std::string place_of(const Place& place) {
  std::string text = shown(place.path);
  if (place.line > 0) text += ":" + std::to_string(place.line);
  if (place.line > 0 && place.column > 0) text += ":" + std::to_string(place.column);
  return text;
}

std::string painted(std::string_view text, std::string_view code, bool colour) {
  return colour ? "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m" : std::string(text);
}

std::string_view colour_of(Severity severity) { return severity == Severity::error ? "1;31" : "1;33"; }

/// A source line with its marked part, in display columns.
struct Excerpt {
  std::string line;
  std::size_t caret = 0;   ///< columns before the marked part
  std::size_t marked = 1;  ///< columns of the marked part, at least 1
};

Excerpt excerpt_of(const Diagnostic& problem) {
  const std::string_view source = problem.excerpt;
  const std::size_t from = std::min<std::size_t>(problem.from, source.size());
  const std::size_t until = std::clamp<std::size_t>(problem.until, from, source.size());
  const std::string before = shown(source.substr(0, from));
  const std::string marked = shown(source.substr(from, until - from));
  return {before + marked + shown(source.substr(until)), display_width(before), std::max<std::size_t>(display_width(marked), 1)};
}

/// Columns `first` and following of `text`, at most `columns` of them; a wide character cut in half is a space.
std::string columns_of(std::string_view text, std::size_t first, std::size_t columns) {
  std::size_t begin = bytes_within(text, first);
  std::size_t skipped = display_width(text.substr(0, begin));
  std::string out;
  if (skipped < first && begin < text.size()) {
    const std::size_t wide = bytes_within(text.substr(begin), first - skipped + 1);
    begin += wide;
    skipped = display_width(text.substr(0, begin));
    out.assign(skipped - first, ' ');
  }
  const std::string_view rest = text.substr(begin);
  return out + std::string(rest.substr(0, bytes_within(rest, columns - std::min(columns, out.size()))));
}

/// The part around the mark that fits into `width` columns, with "..." where something is left out.
Excerpt clipped(Excerpt excerpt, std::size_t width) {
  const std::size_t total = display_width(excerpt.line);
  if (total <= width) return excerpt;
  const std::size_t inner = width - 2 * ellipsis.size();
  const std::size_t wanted = std::min(excerpt.marked, inner);
  std::size_t first = 0;
  if (excerpt.caret + wanted > width - ellipsis.size()) first = excerpt.caret - std::min(excerpt.caret, (inner - wanted) / 2);
  const bool cut_front = first > 0;
  const std::size_t room = width - (cut_front ? ellipsis.size() : 0);
  const bool cut_back = total - first > room;
  std::string line = columns_of(excerpt.line, first, room - (cut_back ? ellipsis.size() : 0));
  if (cut_front) line.insert(0, ellipsis);
  if (cut_back) line += ellipsis;
  excerpt.line = std::move(line);
  excerpt.caret = excerpt.caret - first + (cut_front ? ellipsis.size() : 0);
  excerpt.marked = std::min(excerpt.marked, width - std::min(width - 1, excerpt.caret));
  return excerpt;
}

void append_excerpt(std::string& out, const Diagnostic& problem, const std::string& gutter, const Look& look) {
  if (problem.excerpt.empty() || problem.where.line == 0) return;
  const std::string number = std::to_string(problem.where.line);
  const std::size_t room = std::max<std::size_t>(look.width, 40) - gutter.size() - 3;
  const Excerpt excerpt = clipped(excerpt_of(problem), room);
  out += "  " + number + " | " + excerpt.line + "\n";
  out += gutter + " | " + std::string(excerpt.caret, ' ') +
         painted(std::string(excerpt.marked, '^'), colour_of(problem.severity), look.colour) + "\n";
}

/// Lines after the first stand under the first.
std::string indented(const std::string& text, std::size_t columns) {
  std::string out;
  for (const char letter : text) {
    out += letter;
    if (letter == '\n') out.append(columns, ' ');
  }
  return out;
}

void append_problem(std::string& out, const Diagnostic& problem, const Look& look) {
  const Catalogue& words = look.catalogue;
  const std::string severity(words.translate(problem.severity == Severity::error ? later("error") : later("warning")));
  out += place_of(problem.where) + ": " + painted(severity + ":", colour_of(problem.severity), look.colour) + " " +
         words.shown_text(problem.message) + " [" + std::string(problem.code) + "]\n";
  const std::string gutter(2 + std::to_string(problem.where.line).size(), ' ');
  append_excerpt(out, problem, gutter, look);
  if (!problem.hint.empty()) {
    out += gutter + " = " + indented(words.shown_text(say("hint: {0}", problem.hint)), gutter.size() + 3) + "\n";
  }
  if (!problem.related.path.empty()) {
    out += place_of(problem.related) + ": " + words.shown_text(say("note: {0}", problem.related_note)) + "\n";
  }
}

}  // namespace

std::string problems_as_text(const Diagnostics& problems, const Look& look) {
  std::string out;
  for (const Diagnostic& problem : problems) append_problem(out, problem, look);
  return out;
}

std::string problems_as_short_lines(const Diagnostics& problems, const Catalogue& catalogue) {
  std::string out;
  for (const Diagnostic& problem : problems) {
    // "error" and "warning" stay English here: editors look for them.
    out += place_of(problem.where) + (problem.severity == Severity::error ? ": error: " : ": warning: ") +
           catalogue.shown_text(problem.message) + " [" + std::string(problem.code) + "]\n";
  }
  return out;
}

std::string problems_as_github(const Diagnostics& problems, const Catalogue& catalogue) {
  std::string out;
  for (const Diagnostic& problem : problems) {
    out += problem.severity == Severity::error ? "::error file=" : "::warning file=";
    out += github_property(shown(problem.where.path));
    if (problem.where.line > 0) out += ",line=" + std::to_string(problem.where.line);
    if (problem.where.line > 0 && problem.where.column > 0) out += ",col=" + std::to_string(problem.where.column);
    out += ",title=" + github_property(problem.code) + "::";
    std::string text = catalogue.shown_text(problem.message);
    if (!problem.hint.empty()) text += "\n" + catalogue.shown_text(say("hint: {0}", problem.hint));
    out += github_text(text) + "\n";
  }
  return out;
}

}  // namespace help
