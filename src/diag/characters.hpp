// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace help {

/// One character of a UTF-8 text.
struct Character {
  char32_t code = 0;       ///< the code point; of a byte that belongs to no character, 0x110000 + the byte
  std::uint8_t bytes = 1;  ///< how many bytes it takes, from 1
  bool valid = true;       ///< false: not UTF-8 (overlong, surrogate, above U+10FFFF, cut off); `bytes` is 1 then
};

/// The character that begins at byte `at`, which must be inside the text.
[[nodiscard]] Character character_at(std::string_view text, std::size_t at);

/// Whether all bytes are visible characters of ASCII, or spaces.
[[nodiscard]] bool is_printable_ascii(std::string_view text);

/// How many characters the text has; a byte that belongs to no character counts as one.
[[nodiscard]] std::size_t count_characters(std::string_view text);

[[nodiscard]] constexpr bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/// The text with the capital letters of ASCII as small ones; all else stays.
[[nodiscard]] std::string small_letters(std::string_view text);

/// The text without the `blanks` around it.
[[nodiscard]] std::string_view trimmed(std::string_view text, std::string_view blanks = " ");

/// The texts in one, with `between` them.
[[nodiscard]] std::string joined_text(std::span<const std::string> texts, std::string_view between);

/// Whether the text is what spreadsheets show in place of a value: #N/A, #REF! …
[[nodiscard]] bool is_error_value(std::string_view text);

/// Whether a spreadsheet may take the text for a formula or an error; quotes (`'`) in front do not count. Who writes such a text into a
/// table puts one
/// `'` in front, who reads it takes one away: so every text comes back as it was.
[[nodiscard]] bool is_formula_text(std::string_view text);

}  // namespace help
