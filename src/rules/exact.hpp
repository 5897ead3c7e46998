// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model/policy.hpp"

namespace help {

__extension__ typedef __int128 Integer128;

/// An exact share, `numerator / denominator`; the denominator is positive.
struct Share {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
};

/// Negative, zero or positive as `a` is less than, equal to or greater than `b`. Never rounded.
[[nodiscard]] int compare(Share a, Share b);

/// The smallest mark, in hundredths, that is not below the line. A mark with two places is below the line exactly where it is below this.
[[nodiscard]] std::int64_t limit_of(const Line& line, std::int64_t full, std::int64_t pass);

/// What a standard score needs to know of a group: how many values, their sum and the sum of their squares.
/// Values lie between 0 and 2^50, and there are at most 2^20.
struct Spread {
  std::int64_t size = 0;
  Integer128 sum = 0;
  Integer128 squares = 0;

  void add(std::int64_t value) {
    ++size;
    sum += value;
    squares += static_cast<Integer128>(value) * value;
  }
};

/// Whether all values of a group are the same: then it has no standard scores.
[[nodiscard]] bool all_equal(const Spread& group);

/// A value and the group that it stands in.
struct Standing {
  Spread group;
  std::int64_t value = 0;
};

/// Whether the population standard score is below `hundredths` / 100. Exact. The values must not all be equal.
[[nodiscard]] bool standard_score_below(const Standing& standing, std::int64_t hundredths);

/// The standard score in hundredths, rounded down. Exact. The values must not all be equal.
[[nodiscard]] std::int64_t standard_score(const Standing& standing);

/// By how many hundredths the standard score fell, rounded down (negative where it rose). Exact: it fell by at least n hundredths
/// exactly where this is at least n.
[[nodiscard]] std::int64_t standard_score_fall(const Standing& then, const Standing& now);

/// Stands for "no value" among the values of rows.
inline constexpr std::int64_t no_value = -1;

/// Where each row stands in its group.
struct Standings {
  std::vector<std::int64_t> values;  ///< by row; `no_value` where there is none
  std::vector<std::int32_t> ranks;   ///< by row: 1 + how many of the group are greater
  std::vector<std::int32_t> below;   ///< by row: how many of the group are less
  std::vector<Spread> groups;        ///< by group
};

/// Ranks rows within their groups. `group_of[row]` < `group_count`; a value is `no_value` or at least 0.
[[nodiscard]] Standings rank_rows(std::vector<std::int64_t> values, std::span<const std::uint32_t> group_of, std::size_t group_count);

}  // namespace help
