// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace help {

/// Columns of a terminal that the text takes: Chinese characters two, marks and joiners none, an emoji of several characters as one.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// How many bytes from the start fill at most `columns`, never a part of a character.
[[nodiscard]] std::size_t bytes_within(std::string_view text, std::size_t columns);

/// The text followed by as many spaces as are missing to `columns` (or led by them).
[[nodiscard]] std::string pad_right(std::string_view text, std::size_t columns);
[[nodiscard]] std::string pad_left(std::string_view text, std::size_t columns);

/// The columns of the widest line of a text with line ends.
[[nodiscard]] std::size_t widest_line(std::string_view text);

/// The text broken into lines of at most `columns`, at line ends, at spaces and between Chinese characters, never before closing
/// punctuation; a word that is too long is cut. At least one line. `columns` >= 2.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t columns);

}  // namespace help
