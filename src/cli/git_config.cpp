// SPDX-License-Identifier: MIT
#include "cli/git_config.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "diag/characters.hpp"

namespace help {
namespace {

constexpr std::string_view git_blanks = " \t\r";

/// Git's words for it, or a file mode in octal that lets the group write.
bool lets_group_write(const std::string& value) {
  constexpr std::array<std::string_view, 8> words{"1", "2", "all", "everybody", "group", "on", "true", "world"};
  if (value == "yes" || std::ranges::find(words, value) != words.end()) return true;
  const bool is_octal = value.size() == 4 && value.front() == '0' && value.find_first_not_of("01234567") == std::string::npos;
  return is_octal && ((value[2] - '0') & 2) != 0;
}

}  // namespace

bool shares_repository(std::string_view git_config) {
  bool in_core = false;
  bool shared = false;
  for (std::size_t at = 0; at < git_config.size();) {
    const std::size_t end = std::min(git_config.find('\n', at), git_config.size());
    std::string_view line = git_config.substr(at, end - at);
    at = end + 1;
    line = trimmed(line.substr(0, line.find_first_of("#;")), git_blanks);
    if (line.starts_with('[')) {
      const std::size_t closing = line.find(']');
      in_core = small_letters(trimmed(line.substr(1, closing == std::string_view::npos ? closing : closing - 1), git_blanks)) == "core";
      line = closing == std::string_view::npos ? std::string_view() : trimmed(line.substr(closing + 1), git_blanks);
    }
    const std::size_t sign = line.find('=');
    if (!in_core || small_letters(trimmed(line.substr(0, sign), git_blanks)) != "sharedrepository") continue;
    std::string value = sign == std::string_view::npos ? "true" : small_letters(trimmed(line.substr(sign + 1), git_blanks));
    std::erase(value, '"');
    shared = lets_group_write(value);
  }
  return shared;
}

}  // namespace help
