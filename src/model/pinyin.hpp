// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

namespace help {

/// Every reading of a Chinese character in today's language, surnames included, as it is typed: no tones, ü as v ("lv"). In alphabetical
/// order; empty for a character without readings.
///
/// Source: Unihan (kMandarin, kTGHZ2013, kXHC1983, kHanyuPinlu) and a few surnames, packed by the build.
[[nodiscard]] std::vector<std::string_view> pinyin_of(char32_t character);

/// Whether the text is one toneless syllable, such as "liang".
[[nodiscard]] bool is_pinyin_syllable(std::u32string_view text);

}  // namespace help
