// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

namespace help {

inline constexpr std::size_t npos = std::string_view::npos;

// What Chinese keyboards give in place of the signs of YAML.
inline constexpr std::string_view wide_colon = "：";
inline constexpr std::string_view wide_space = "\u3000";

/// Where a text in quotes that opens at `at` ends: one past its closing quote, or npos if it is never closed.
[[nodiscard]] std::size_t end_of_quoted(std::string_view source, std::size_t at);

/// Where a block scalar ends whose `|` or `>` stands at `at`, inside a block that begins in column `parent` (from 0; -1: none):
/// one past its last line. npos if the sign does not begin a block scalar.
[[nodiscard]] std::size_t end_of_block_scalar(std::string_view source, std::size_t at, int parent);

/// The first byte at or after `at` that is no space, line end or part of a comment; the end of the source if there is none.
[[nodiscard]] std::size_t skip_blanks_and_comments(std::string_view source, std::size_t at);

/// The first byte of the line on which `at` stands, and one past its last (its LF, or the end).
[[nodiscard]] std::size_t line_start(std::string_view source, std::size_t at);
[[nodiscard]] std::size_t line_end(std::string_view source, std::size_t at);

/// True if every line after the first of `from` to `until` that is not blank is indented by more than `column` (from 0; -1: any).
[[nodiscard]] bool continues_inside(std::string_view source, std::size_t from, std::size_t until, int column);

/// True for a word that could be a key: letters of any script, digits, `-` and `_`, the first of them no digit.
[[nodiscard]] bool looks_like_key(std::string_view word);

/// True for a space, tab, CR, LF, and for the end of the source.
[[nodiscard]] bool is_blank_at(std::string_view source, std::size_t at);

}  // namespace help
