// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "diag/diagnostic.hpp"

namespace help {

/// How the bytes of a text file stand for characters.
enum class Encoding : std::uint8_t { utf8, utf16_le, utf16_be, gb18030 };

/// What people call it: `UTF-8`, `UTF-16LE`, `UTF-16BE`, `GB18030`.
[[nodiscard]] std::string_view name_of(Encoding encoding);

/// The encoding of a word of the mapping file (`utf-8`, `utf-16le`, `utf-16be`, `gb18030`).
[[nodiscard]] std::optional<Encoding> parse_encoding(std::string_view word);

/// Puts the text of `bytes` into `text` as UTF-8. Strict: gives the offset of the first byte that is part of no character (`text` then
/// holds what stands before). No byte order mark is looked for. GB18030 is that of 2005, as the C library of the build knows it.
[[nodiscard]] std::optional<std::size_t> decode(std::string_view bytes, Encoding encoding, std::string& text);

/// A text file as UTF-8, without its byte order mark, and how it was written.
struct DecodedText {
  std::string text;
  Encoding encoding = Encoding::utf8;
  bool marked = false;  ///< it began with a byte order mark
};

/// Decodes a table of texts. A byte order mark decides; else what the mapping `stated`; else strict UTF-8; else strict GB18030, if it
/// reads as Chinese text and not as UTF-8 with a few broken bytes. What holds a zero byte is UTF-16 if that is beyond doubt. Anything else
/// is one error in `problems` (`csv/encoding`, `csv/nul`) with the byte at which it was seen, and false.
bool decode_table(std::string_view name, std::string bytes, std::optional<Encoding> stated, DecodedText& decoded, Diagnostics& problems);

}  // namespace help
