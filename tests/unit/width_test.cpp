// SPDX-License-Identifier: MIT
#include "render/width.hpp"

#include <doctest/doctest.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <string>

namespace {

std::string utf8(utf8proc_int32_t code) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto length = utf8proc_encode_char(code, bytes.data());
  return {bytes.begin(), bytes.begin() + length};
}

std::size_t width_of(utf8proc_int32_t code) { return code == 0xfe0f ? 2 : static_cast<std::size_t>(utf8proc_charwidth(code)); }

}  // namespace

TEST_CASE("two characters are as wide as Unicode's own rules for what joins say") {
  // What the reader takes a short cut for: the edges of each range, before every character there is.
  for (const utf8proc_int32_t first : {0x20, 0x7e, 0x4dff, 0x4e00, 0x5f20, 0x9fff, 0xa000, 0xff00, 0xff01, 0xff3f, 0xff40, 0x00e9}) {
    std::size_t wrong = 0;
    for (utf8proc_int32_t second = 0x20; second <= 0x1ffff; ++second) {
      if (!utf8proc_codepoint_valid(second)) continue;
      utf8proc_int32_t state = 0;
      const bool apart = utf8proc_grapheme_break_stateful(first, second, &state);
      const auto due = apart ? width_of(first) + width_of(second) : std::max(width_of(first), width_of(second));
      if (help::display_width(utf8(first) + utf8(second)) != due) ++wrong;
    }
    CAPTURE(first);
    CHECK(wrong == 0);
  }
}

TEST_CASE("bytes that are no UTF-8 are counted one by one") {
  CHECK(help::display_width("\xe5"
                            "ab") == 3);
  CHECK(help::display_width("\xe5\xbc") == 2);
  CHECK(help::display_width("\xef\xbc") == 2);
}
