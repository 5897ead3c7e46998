// SPDX-License-Identifier: MIT
#include "model/cadence.hpp"

#include <algorithm>
#include <array>

namespace help {
namespace {

// In the order of the enum.
constexpr std::array<std::string_view, 8> every_words{"day", "school-day", "week", "two-weeks", "half-month", "month", "term", "year"};
constexpr std::array<std::string_view, 6> trigger_words{"exam", "event", "assigned", "enrolled", "post-change", "record"};
constexpr std::array<std::string_view, 8> due_words{"", "", "month-end", "term-start", "term-middle", "term-end", "before-term", ""};

std::string two_digits(unsigned number) { return std::string(number < 10 ? "0" : "") + std::to_string(number); }

}  // namespace

std::string_view word_of(Every every) { return every_words[static_cast<std::size_t>(every)]; }

std::optional<Every> parse_every(std::string_view word) {
  const auto found = std::ranges::find(every_words, word);
  if (found == every_words.end()) return std::nullopt;
  return static_cast<Every>(found - every_words.begin());
}

std::string_view word_of(Trigger::Kind kind) { return trigger_words[static_cast<std::size_t>(kind)]; }

std::string text_of(const DueDay& day) {
  if (day.kind == DueDay::Kind::weekday) return std::string(weekday_words.at(day.weekday));
  if (day.kind != DueDay::Kind::date) return std::string(due_words[static_cast<std::size_t>(day.kind)]);
  const std::string in_year = two_digits(day.date.month) + "-" + two_digits(day.date.day);
  return day.date.year ? std::to_string(*day.date.year) + "-" + in_year : in_year;
}

}  // namespace help
