// SPDX-License-Identifier: MIT
#include "commands/cells.hpp"

#include <set>
#include <utility>

namespace help {

Message joined(const std::vector<std::string>& parts) {
  std::vector<Message> messages;
  for (const auto& part : parts) messages.push_back(as_data(part));
  return joined(messages);
}

std::string class_name(const Dataset& data, std::optional<ClassIndex> in) {
  if (!in) return {};
  const auto& which = data.classes[*in];
  return which.name.empty() ? which.id : which.name;
}

Cell text_or_null(std::string_view text) { return text.empty() ? Cell() : Cell(text); }
Cell number_or_null(std::optional<int> number) { return number ? Cell(*number) : Cell(); }
Message lines_in_cell(std::vector<Message> lines, Format format) {
  constexpr std::string_view line_end = "{0}\n{1}";  // the same in every language
  Message whole;
  for (auto& line : lines) {
    if (whole.empty()) {
      whole = std::move(line);
    } else if (format == Format::text || format == Format::xlsx) {
      whole = Message{.id = line_end, .arguments = {std::move(whole), std::move(line)}};
    } else {
      whole = say("{0}; {1}", std::move(whole), std::move(line));
    }
  }
  return whole;
}

Message incomplete_words(const Diagnostics& problems, bool is_public) {
  constexpr std::size_t files_named = 3;
  std::set<std::string> paths;
  for (const Diagnostic& problem : problems) {
    if (problem.severity == Severity::error) paths.insert(problem.where.path);
  }
  if (is_public || paths.size() > files_named) {
    return counted(static_cast<std::int64_t>(paths.size()),
                   "INCOMPLETE: {0} file has errors, and what they spoil is left out; what was done may look undone.",
                   "INCOMPLETE: {0} files have errors, and what they spoil is left out; what was done may look undone.");
  }
  return say("INCOMPLETE: what errors spoil is left out, in {0}; what was done may look undone.",
             joined(std::vector<std::string>(paths.begin(), paths.end())));
}

bool is_for_people(Format format) { return format == Format::text || format == Format::markdown || format == Format::xlsx; }

}  // namespace help
