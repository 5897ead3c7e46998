// SPDX-License-Identifier: MIT
// Prints what every code of GB18030 is decoded to, four bytes little end first each, FFFFFFFF where it is refused: all codes of one byte,
// all pairs of bytes whose first is not ASCII, all codes of four bytes in their form. gb18030_test.py compares it with Python's codec.
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "diag/characters.hpp"
#include "store/text_encoding.hpp"

namespace {

void print(std::string_view bytes) {
  std::string text;
  std::uint32_t point = 0xFFFFFFFF;
  if (!help::decode(bytes, help::Encoding::gb18030, text)) {
    const help::Character found = help::character_at(text, 0);
    // Two characters are no code of one.
    point = found.bytes == text.size() ? static_cast<std::uint32_t>(found.code) : 0xFFFFFFFE;
  }
  for (unsigned shift = 0; shift < 32; shift += 8) std::putchar(static_cast<int>((point >> shift) & 0xFFU));
}

}  // namespace

int main() {
  const auto byte = [](unsigned value) { return static_cast<char>(value); };
  for (unsigned one = 0; one <= 0xFF; ++one) print(std::string(1, byte(one)));
  for (unsigned one = 0x80; one <= 0xFF; ++one) {
    for (unsigned two = 0; two <= 0xFF; ++two) print(std::string{byte(one), byte(two)});
  }
  for (unsigned one = 0x81; one <= 0xFE; ++one) {
    for (unsigned two = '0'; two <= '9'; ++two) {
      for (unsigned three = 0x81; three <= 0xFE; ++three) {
        for (unsigned four = '0'; four <= '9'; ++four) print(std::string{byte(one), byte(two), byte(three), byte(four)});
      }
    }
  }
  return 0;
}
