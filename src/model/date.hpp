// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace help {

/// A plain calendar day, without time or zone.
using Date = std::chrono::sys_days;

/// The day that `text` names as YYYY-MM-DD in the Gregorian calendar, years 1900 to 2199; nothing for any other text.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);

/// YYYY-MM-DD.
[[nodiscard]] std::string to_string(Date day);

/// Days from `from` to `until`, both included.
struct Period {
  Date from = Date::min();
  Date until = Date::max();

  [[nodiscard]] bool contains(Date day) const { return from <= day && day <= until; }
  [[nodiscard]] bool overlaps(const Period& other) const { return from <= other.until && other.from <= until; }
  friend bool operator==(const Period&, const Period&) = default;
};

}  // namespace help
