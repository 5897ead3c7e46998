// SPDX-License-Identifier: MIT
#include "model/assigning.hpp"

#include <algorithm>
#include <array>

namespace help {
namespace {

constexpr std::array<std::string_view, 5> needs_words{"same-class", "other-class", "same-grade", "subject", "same-body"};
constexpr std::array<std::string_view, 4> level_words{"school", "grade", "class", "student"};

}  // namespace

std::string_view word_of(PairNeeds needs) { return needs_words[static_cast<std::size_t>(needs)]; }

std::optional<PairNeeds> parse_pair_needs(std::string_view word) {
  const auto found = std::ranges::find(needs_words, word);
  return found == needs_words.end() ? std::nullopt : std::optional(static_cast<PairNeeds>(found - needs_words.begin()));
}

std::string_view word_of(ChainLink::Level level) { return level_words[static_cast<std::size_t>(level)]; }

}  // namespace help
