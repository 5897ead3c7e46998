// SPDX-License-Identifier: MIT
#include "model/date.hpp"

#include <charconv>

namespace help {
namespace {

/// The number that exactly these digits name; nothing if one of them is no digit.
std::optional<unsigned> number_of(std::string_view text) {
  unsigned number = 0;
  for (const char letter : text) {
    if (letter < '0' || letter > '9') return std::nullopt;
    number = number * 10 + static_cast<unsigned>(letter - '0');
  }
  return number;
}

void append_padded(std::string& text, unsigned number, std::size_t width) {
  char buffer[16];
  const auto written = std::to_chars(buffer, buffer + sizeof buffer, number);
  const auto length = static_cast<std::size_t>(written.ptr - buffer);
  if (length < width) text.append(width - length, '0');
  text.append(buffer, length);
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number_of(text.substr(0, 4));
  const auto month = number_of(text.substr(5, 2));
  const auto day = number_of(text.substr(8, 2));
  if (!year || !month || !day || *year < 1900 || *year > 2199) return std::nullopt;
  const std::chrono::year_month_day named{std::chrono::year{static_cast<int>(*year)}, std::chrono::month{*month}, std::chrono::day{*day}};
  if (!named.ok()) return std::nullopt;
  return day_of(named);
}

std::string to_string(Date day) {
  const std::chrono::year_month_day named{day};
  std::string text;
  text.reserve(10);
  append_padded(text, static_cast<unsigned>(static_cast<int>(named.year())), 4);
  text += '-';
  append_padded(text, static_cast<unsigned>(named.month()), 2);
  text += '-';
  append_padded(text, static_cast<unsigned>(named.day()), 2);
  return text;
}

}  // namespace help
