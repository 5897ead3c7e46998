// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstdint>

namespace help {

/// A cost in three words, an earlier one before all later ones. Sums and differences are taken word by word, so that a word never runs into
/// the next one; who uses it makes sure that no sum leaves 62 bits.
struct FlowCost {
  std::int64_t first = 0;
  std::int64_t second = 0;
  std::int64_t third = 0;

  friend constexpr auto operator<=>(const FlowCost&, const FlowCost&) = default;
  friend constexpr FlowCost operator+(const FlowCost& a, const FlowCost& b) {
    return {a.first + b.first, a.second + b.second, a.third + b.third};
  }
  friend constexpr FlowCost operator-(const FlowCost& a, const FlowCost& b) {
    return {a.first - b.first, a.second - b.second, a.third - b.third};
  }
  friend constexpr FlowCost operator-(const FlowCost& a) { return {-a.first, -a.second, -a.third}; }
};

}  // namespace help
