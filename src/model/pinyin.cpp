// SPDX-License-Identifier: MIT
#include "model/pinyin.hpp"

#include <algorithm>
#include <iterator>

#include "model/pinyin_table.hpp"

namespace help {

std::vector<std::string_view> pinyin_of(char32_t character) {
  const auto* found = std::ranges::lower_bound(pinyin_table::characters, static_cast<std::uint32_t>(character), {},
                                               [](std::uint32_t packed) { return packed >> 14U; });
  if (found == std::end(pinyin_table::characters) || *found >> 14U != character) return {};
  const auto set = *found & 0x3fffU;
  std::vector<std::string_view> readings;
  for (auto at = pinyin_table::set_begins[set]; at < pinyin_table::set_begins[set + 1]; ++at) {
    readings.emplace_back(pinyin_table::syllables[pinyin_table::set_members[at]]);
  }
  return readings;
}

bool is_pinyin_syllable(std::u32string_view text) {
  return std::ranges::any_of(pinyin_table::syllables, [&](std::string_view syllable) { return std::ranges::equal(syllable, text); });
}

}  // namespace help
