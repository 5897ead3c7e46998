// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace help {

/// What the marks of a row come to.
struct MarkSum {
  std::int64_t hundredths = 0;
  std::size_t present = 0;  ///< marks that are numbers
  std::size_t all = 0;      ///< subjects, with those that have no mark
};

/// Whether a total (or an average, of those present or of all subjects) that a table shows is that of the marks, as far as it is rounded;
/// nothing where the cell is no number.
[[nodiscard]] std::optional<bool> agrees_with(std::string_view shown, const MarkSum& sum, bool is_average);

}  // namespace help
