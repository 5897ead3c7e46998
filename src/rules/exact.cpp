// SPDX-License-Identifier: MIT
#include "rules/exact.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace help {
namespace {

__extension__ typedef unsigned __int128 Natural128;

/// A whole number of up to 1024 bits with a sign: wide enough for the fourth powers that comparing two standard scores takes.
class Wide {
 public:
  Wide() = default;
  Wide(Integer128 number) : negative_(number < 0) {  // NOLINT(google-explicit-constructor): a formula reads as a formula
    const auto size = negative_ ? Natural128{0} - static_cast<Natural128>(number) : static_cast<Natural128>(number);
    limbs_[0] = static_cast<std::uint64_t>(size);
    limbs_[1] = static_cast<std::uint64_t>(size >> 64U);
    used_ = limbs_[1] != 0 ? 2 : limbs_[0] != 0 ? 1 : 0;
  }

  /// -1, 0 or 1.
  [[nodiscard]] int sign() const { return used_ == 0 ? 0 : negative_ ? -1 : 1; }

  /// Negative, zero or positive, signs left out.
  [[nodiscard]] int compare_size(const Wide& other) const {
    if (used_ != other.used_) return used_ < other.used_ ? -1 : 1;
    for (std::size_t limb = used_; limb-- > 0;) {
      if (limbs_[limb] != other.limbs_[limb]) return limbs_[limb] < other.limbs_[limb] ? -1 : 1;
    }
    return 0;
  }

  friend Wide operator*(const Wide& a, const Wide& b) {
    Wide product;
    for (std::size_t i = 0; i < a.used_; ++i) {
      Natural128 carry = 0;
      for (std::size_t j = 0; j < b.used_ || carry != 0; ++j) {
        carry += product.limbs_[i + j];
        if (j < b.used_) carry += static_cast<Natural128>(a.limbs_[i]) * b.limbs_[j];
        product.limbs_[i + j] = static_cast<std::uint64_t>(carry);
        carry >>= 64U;
      }
    }
    product.trim();
    product.negative_ = a.negative_ != b.negative_;
    return product;
  }

  friend Wide operator-(const Wide& a, const Wide& b) {
    if (a.sign() * b.sign() < 0) return sum_of_sizes(a, b, a.negative_);
    if (a.compare_size(b) < 0) return difference_of_sizes(b, a, !b.negative_);
    return difference_of_sizes(a, b, a.negative_);
  }

 private:
  static Wide sum_of_sizes(const Wide& a, const Wide& b, bool negative) {
    Wide sum;
    Natural128 carry = 0;
    for (std::size_t limb = 0; limb < limb_count; ++limb) {
      carry += static_cast<Natural128>(a.limbs_[limb]) + b.limbs_[limb];
      sum.limbs_[limb] = static_cast<std::uint64_t>(carry);
      carry >>= 64U;
    }
    sum.trim();
    sum.negative_ = negative;
    return sum;
  }

  /// `greater` is not the smaller one.
  static Wide difference_of_sizes(const Wide& greater, const Wide& smaller, bool negative) {
    Wide difference;
    bool borrow = false;
    for (std::size_t limb = 0; limb < greater.used_; ++limb) {
      const auto taken = static_cast<Natural128>(smaller.limbs_[limb]) + (borrow ? 1U : 0U);
      borrow = taken > greater.limbs_[limb];
      difference.limbs_[limb] = greater.limbs_[limb] - static_cast<std::uint64_t>(taken);
    }
    difference.trim();
    difference.negative_ = negative;
    return difference;
  }

  void trim() {
    used_ = limb_count;
    while (used_ > 0 && limbs_[used_ - 1] == 0) --used_;
  }

  static constexpr std::size_t limb_count = 16;
  std::array<std::uint64_t, limb_count> limbs_{};
  std::size_t used_ = 0;
  bool negative_ = false;
};

/// The sign of `number - factor * sqrt(square)`; `square` >= 0.
int compare_with_root(const Wide& number, const Wide& factor, const Wide& square) {
  const int root_sign = square.sign() == 0 ? 0 : factor.sign();
  if (number.sign() != root_sign) return number.sign() < root_sign ? -1 : 1;
  const int sizes = (number * number).compare_size(factor * factor * square);
  return number.sign() < 0 ? -sizes : sizes;
}

/// A standard score as `distance / sqrt(square)`: n·x − S over the root of n·Q − S².
struct Score {
  Integer128 distance = 0;
  Wide square;

  explicit Score(const Standing& standing)
      : distance(static_cast<Integer128>(standing.group.size) * standing.value - standing.group.sum),
        square(Wide(standing.group.size) * Wide(standing.group.squares) - Wide(standing.group.sum) * Wide(standing.group.sum)) {}

  /// The sign of `100 * score - hundredths`.
  [[nodiscard]] int compare_hundredths(std::int64_t hundredths) const {
    if (square.sign() == 0) return hundredths < 0 ? 1 : hundredths > 0 ? -1 : 0;
    return compare_with_root(distance * 100, hundredths, square);
  }
};

/// The sign of `100 * (then - now) - hundredths`.
int compare_fall(const Score& then, const Score& now, std::int64_t hundredths) {
  if (then.square.sign() == 0) return -now.compare_hundredths(-hundredths);
  if (now.square.sign() == 0) return then.compare_hundredths(hundredths);
  // then >= now + hundredths: by signs, then by the squares of both sides.
  const int left = then.distance < 0 ? -1 : then.distance > 0 ? 1 : 0;
  const int right = now.compare_hundredths(-hundredths);
  if (left != right) return left < right ? -1 : 1;
  const Wide a = then.distance * 100;
  const Wide b = now.distance * 100;
  const Wide line = hundredths;
  const Wide rational = a * a * now.square - b * b * then.square - line * line * then.square * now.square;
  const int squares = compare_with_root(rational, Wide(2) * line * b * then.square, now.square);
  return left < 0 ? -squares : squares;
}

/// The greatest whole number that `at_least` accepts: it accepts all up to some number and none above. `guess` only saves time.
template <typename AtLeast>
std::int64_t greatest(std::int64_t guess, AtLeast at_least) {
  while (!at_least(guess)) --guess;
  while (at_least(guess + 1)) ++guess;
  return guess;
}

/// Single marks of ordinary groups fit 128 bits, which is faster.
bool fits(const Spread& group) { return group.size < (1 << 20) && group.squares < (Integer128{1} << 78); }

// Floating point only says where to begin to look.
double about(const Standing& standing) {
  const auto size = static_cast<double>(standing.group.size);
  const auto mean = static_cast<double>(standing.group.sum) / size;
  const auto variance = static_cast<double>(standing.group.squares) / size - mean * mean;
  return variance > 0 ? 100.0 * (static_cast<double>(standing.value) - mean) / std::sqrt(variance) : 0.0;
}

/// The groups' rows one after another: those of group g stand from `start[g]` up to `start[g + 1]`.
struct RowsByGroup {
  std::vector<std::uint32_t> start;
  std::vector<std::uint32_t> rows;
};

RowsByGroup rows_by_group(std::span<const std::int64_t> values, std::span<const std::uint32_t> group_of, std::size_t group_count) {
  RowsByGroup sorted;
  sorted.start.assign(group_count + 1, 0);
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (values[row] != no_value) ++sorted.start[group_of[row] + 1];
  }
  std::partial_sum(sorted.start.begin(), sorted.start.end(), sorted.start.begin());
  sorted.rows.resize(sorted.start.back());
  auto next = sorted.start;
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (values[row] != no_value) sorted.rows[next[group_of[row]]++] = static_cast<std::uint32_t>(row);
  }
  return sorted;
}

/// What all values of a group are multiples of: marks are mostly whole or half.
std::int64_t common_step(const Standings& standings, std::span<const std::uint32_t> rows) {
  for (const std::int64_t step : {100, 50, 10}) {
    if (std::ranges::all_of(rows, [&](std::uint32_t row) { return standings.values[row] % step == 0; })) return step;
  }
  return 1;
}

/// By counting how often each value occurs: no sorting where the values are dense.
void rank_by_counting(Standings& standings, std::span<const std::uint32_t> rows, std::int64_t least, std::int64_t step,
                      std::vector<std::int32_t>& less) {
  const auto place = [&](std::uint32_t row) { return static_cast<std::size_t>((standings.values[row] - least) / step); };
  for (const auto row : rows) ++less[place(row) + 1];
  std::partial_sum(less.begin(), less.end(), less.begin());
  for (const auto row : rows) {
    standings.below[row] = less[place(row)];
    standings.ranks[row] = static_cast<std::int32_t>(rows.size()) - less[place(row) + 1] + 1;
  }
}

void rank_by_sorting(Standings& standings, std::span<std::uint32_t> rows) {
  const auto& values = standings.values;
  std::ranges::sort(rows, {}, [&](std::uint32_t row) { return values[row]; });
  for (std::size_t first = 0; first < rows.size();) {
    std::size_t end = first;
    while (end < rows.size() && values[rows[end]] == values[rows[first]]) ++end;
    for (auto place = first; place < end; ++place) {
      standings.below[rows[place]] = static_cast<std::int32_t>(first);
      standings.ranks[rows[place]] = static_cast<std::int32_t>(rows.size() - end + 1);
    }
    first = end;
  }
}

}  // namespace

int compare(Share a, Share b) {
  const auto left = static_cast<Integer128>(a.numerator) * b.denominator;
  const auto right = static_cast<Integer128>(b.numerator) * a.denominator;
  return left < right ? -1 : left > right ? 1 : 0;
}

std::int64_t limit_of(const Line& line, std::int64_t full, std::int64_t pass) {
  switch (line.kind) {
    case Line::Kind::mark:
      return line.value;
    case Line::Kind::percent:
      return (line.value * full + 9'999) / 10'000;
    case Line::Kind::pass:
      break;
  }
  return pass;
}

bool all_equal(const Spread& group) {
  if (fits(group)) return group.size * group.squares == group.sum * group.sum;
  return Score({group, 0}).square.sign() == 0;
}

bool standard_score_below(const Standing& standing, std::int64_t hundredths) {
  const auto& group = standing.group;
  if (fits(group) && hundredths > -10'000 && hundredths < 10'000) {
    const auto square = group.size * group.squares - group.sum * group.sum;
    const auto distance = 100 * (static_cast<Integer128>(group.size) * standing.value - group.sum);
    if ((distance < 0) != (hundredths < 0)) return distance < 0;
    const auto line_squared = square * hundredths * hundredths;
    return distance < 0 ? distance * distance > line_squared : distance * distance < line_squared;
  }
  const Score score(standing);
  return score.square.sign() != 0 && score.compare_hundredths(hundredths) < 0;
}

std::int64_t standard_score(const Standing& standing) {
  const Score score(standing);
  return greatest(static_cast<std::int64_t>(std::floor(about(standing))),
                  [&](std::int64_t hundredths) { return score.compare_hundredths(hundredths) >= 0; });
}

std::int64_t standard_score_fall(const Standing& then, const Standing& now) {
  const Score before(then);
  const Score after(now);
  return greatest(static_cast<std::int64_t>(std::floor(about(then) - about(now))),
                  [&](std::int64_t hundredths) { return compare_fall(before, after, hundredths) >= 0; });
}

Standings rank_rows(std::vector<std::int64_t> values, std::span<const std::uint32_t> group_of, std::size_t group_count) {
  Standings standings;
  standings.values = std::move(values);
  standings.ranks.assign(standings.values.size(), 0);
  standings.below.assign(standings.values.size(), 0);
  standings.groups.resize(group_count);
  auto sorted = rows_by_group(standings.values, group_of, group_count);
  std::vector<std::int32_t> less;
  for (std::size_t group = 0; group < group_count; ++group) {
    const auto rows = std::span(sorted.rows).subspan(sorted.start[group], sorted.start[group + 1] - sorted.start[group]);
    if (rows.empty()) continue;
    auto least = standings.values[rows.front()];
    auto most = least;
    for (const auto row : rows) {
      standings.groups[group].add(standings.values[row]);
      least = std::min(least, standings.values[row]);
      most = std::max(most, standings.values[row]);
    }
    const auto step = common_step(standings, rows);
    const auto different = static_cast<std::size_t>((most - least) / step) + 1;
    if (different <= 4 * rows.size() + 256) {
      less.assign(different + 1, 0);
      rank_by_counting(standings, rows, least, step, less);
    } else {
      rank_by_sorting(standings, rows);
    }
  }
  return standings;
}

}  // namespace help
