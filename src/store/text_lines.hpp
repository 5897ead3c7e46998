// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace help {

/// The lines of a file, each with its end (LF or CRLF); the last may have none.
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view bytes);
/// A line without its end.
[[nodiscard]] std::string_view without_end(std::string_view line);
/// The end of a line: LF, CRLF or nothing.
[[nodiscard]] std::string_view end_of(std::string_view line);
/// The file with a line more, which ends as its others do; every byte that is there stays.
void append_line(std::string& bytes, std::string_view line);
/// A line that says nothing to a reader of YAML.
[[nodiscard]] bool is_blank_or_comment(std::string_view line);

}  // namespace help
