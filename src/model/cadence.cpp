// SPDX-License-Identifier: MIT
#include "model/cadence.hpp"

#include <algorithm>
#include <array>

namespace help {
namespace {

// In the order of the enum.
constexpr std::array<std::string_view, 8> every_words{"day", "school-day", "week", "two-weeks", "half-month", "month", "term", "year"};

}  // namespace

std::string_view word_of(Every every) { return every_words[static_cast<std::size_t>(every)]; }

std::optional<Every> parse_every(std::string_view word) {
  const auto found = std::ranges::find(every_words, word);
  if (found == every_words.end()) return std::nullopt;
  return static_cast<Every>(found - every_words.begin());
}

}  // namespace help
