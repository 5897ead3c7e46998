// SPDX-License-Identifier: MIT
#include "store/derived_total.hpp"

#include <algorithm>

#include "store/cell_text.hpp"

namespace help {
namespace {

constexpr std::size_t most_digits = 12;

/// A number with its decimals: 96.17 is 9617 with two.
struct ShownNumber {
  std::int64_t digits = 0;
  std::int64_t scale = 1;  ///< ten to the number of decimals
};

std::optional<ShownNumber> shown_number(std::string_view text) {
  ShownNumber number;
  bool has_point = false;
  std::size_t digits = 0;
  for (const char sign : text) {
    if (sign == '.' && !has_point && digits > 0) {
      has_point = true;
    } else if (sign >= '0' && sign <= '9' && ++digits <= most_digits) {
      number.digits = number.digits * 10 + (sign - '0');
      number.scale *= has_point ? 10 : 1;
    } else {
      return std::nullopt;
    }
  }
  return digits == 0 ? std::nullopt : std::optional(number);
}

/// Whether `shown` is sum / count, rounded up or down to its decimals.
bool is_rounded(const ShownNumber& shown, std::int64_t sum, std::int64_t count) {
  const std::int64_t difference = shown.digits * 100 * count - sum * shown.scale;
  const bool is_exact_form = shown.scale >= 100 && count == 1;
  return (difference < 0 ? -difference : difference) <= (is_exact_form ? 0 : 50 * count);
}

}  // namespace

std::optional<bool> agrees_with(std::string_view shown, const MarkSum& sum, bool is_average) {
  const auto number = shown_number(narrow(cell_text(shown)));
  if (!number) {
    return std::nullopt;
  }
  if (!is_average) {
    return is_rounded(*number, sum.hundredths, 1);
  }
  const auto agrees = [&](std::size_t count) {
    return is_rounded(*number, sum.hundredths, static_cast<std::int64_t>(std::max<std::size_t>(count, 1)));
  };
  return agrees(sum.present) || agrees(sum.all);
}

}  // namespace help
