// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "model/date.hpp"

namespace help {

/// Which day is meant where several fit.
enum class DayMeant : std::uint8_t {
  past,    ///< the last one up to today: when something was done
  coming,  ///< the next one from today on: when something is due
};

/// The day that people name: 2026-11-18, 2026/11/18, 2026年11月18日; 11-18, 11/18, 11.18, 11月18日, 18日; today, yesterday, tomorrow, 今天,
/// 昨天, 前天, 明天, 后天; wed, wednesday, 周三, 星期三, 礼拜三; 上周三 and 下周三 of the week before and after this one. Nothing for any
/// other text.
[[nodiscard]] std::optional<Date> date_of_words(std::string_view text, Date today, DayMeant meant);

}  // namespace help
