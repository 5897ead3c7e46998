// SPDX-License-Identifier: MIT
#include "store/text_lines.hpp"

#include <algorithm>

namespace help {

std::vector<std::string_view> lines_of(std::string_view bytes) {
  std::vector<std::string_view> lines;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    lines.push_back(bytes.substr(0, end == std::string_view::npos ? end : end + 1));
    bytes.remove_prefix(lines.back().size());
  }
  return lines;
}

std::string_view end_of(std::string_view line) {
  if (!line.ends_with('\n')) {
    return {};
  }
  return line.substr(line.size() - (line.ends_with("\r\n") ? 2 : 1));
}

std::string_view without_end(std::string_view line) { return line.substr(0, line.size() - end_of(line).size()); }

void append_line(std::string& bytes, std::string_view line) {
  const std::string_view end = bytes.find("\r\n") != std::string::npos ? "\r\n" : "\n";
  if (!bytes.empty() && !bytes.ends_with('\n')) bytes += end;
  bytes.append(without_end(line)).append(end);
}

bool is_blank_or_comment(std::string_view line) {
  const std::string_view text = without_end(line);
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string_view::npos || text[first] == '#';
}

}  // namespace help
