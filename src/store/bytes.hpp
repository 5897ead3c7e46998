// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace help {

/// Why a character may not stand in a file, not even as an escape in quotes.
enum class RefusedKind : std::uint8_t {
  broken,     ///< not UTF-8
  control,    ///< C0 but tab and line feed, DEL, C1
  line_end,   ///< a line end other than LF and CRLF: CR alone, U+0085, U+2028, U+2029
  direction,  ///< turns the direction of writing: U+061C, U+200E/F, U+202A-E, U+2066-9
  invisible,  ///< U+200B, U+FEFF, and U+200C/D other than between letters of scripts that need them, or emoji
};

struct RefusedCharacter {
  RefusedKind kind = RefusedKind::broken;
  std::size_t at = 0;     ///< its first byte
  std::size_t bytes = 0;  ///< how many it takes
  char32_t code = 0;      ///< the code point; of a broken byte, the byte
};

/// The first character at or after byte `from` that is refused everywhere. A CR before LF is not.
[[nodiscard]] std::optional<RefusedCharacter> find_refused_character(std::string_view text, std::size_t from = 0);

/// Whether all of `bytes`, which are not UTF-8, can be GB18030, and read so are Chinese text rather than chance.
[[nodiscard]] bool reads_as_chinese_gb18030(std::string_view bytes);

/// How a character that cannot be shown is written in messages: `U+202E`.
[[nodiscard]] std::string code_point_name(char32_t code);

}  // namespace help
