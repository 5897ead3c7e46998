// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace help {

/// A number of days, in half the room of `std::chrono::days`: a log has a million dates.
using Days = std::chrono::duration<std::int32_t, std::chrono::days::period>;

inline constexpr Days one_day{1};

/// A plain calendar day, without time or zone.
using Date = std::chrono::sys_time<Days>;

/// The day of that name; for a name that no day has (`!ok()`), any.
[[nodiscard]] constexpr Date day_of(std::chrono::year_month_day name) { return std::chrono::sys_days(name); }

/// The days of the week, from Monday.
inline constexpr std::array<std::string_view, 7> weekday_words{"monday", "tuesday",  "wednesday", "thursday",
                                                               "friday", "saturday", "sunday"};

/// 0 = Monday.
[[nodiscard]] constexpr unsigned weekday_of(Date day) { return std::chrono::weekday{day}.iso_encoding() - 1; }

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

/// The days that are in both; without any, `from` is after `until`.
[[nodiscard]] inline Period overlap(const Period& a, const Period& b) { return {std::max(a.from, b.from), std::min(a.until, b.until)}; }

}  // namespace help
