// SPDX-License-Identifier: MIT
#include "model/date_words.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <utility>

#include "diag/characters.hpp"

namespace help {
namespace {

using Relative = std::pair<std::string_view, int>;

constexpr std::array relative{Relative{"today", 0},    Relative{"今天", 0},  Relative{"今日", 0},  Relative{"yesterday", -1},
                              Relative{"昨天", -1},    Relative{"昨日", -1}, Relative{"前天", -2}, Relative{"大前天", -3},
                              Relative{"tomorrow", 1}, Relative{"明天", 1},  Relative{"明日", 1},  Relative{"后天", 2},
                              Relative{"大后天", 3}};

/// Monday is 0.
std::optional<int> parse_weekday(std::string_view text) {
  for (std::size_t i = 0; i < weekday_words.size(); ++i) {
    if (text.size() >= 3 && weekday_words[i].starts_with(text)) return static_cast<int>(i);
  }
  for (const std::string_view begin : {"周", "星期", "礼拜"}) {
    if (!text.starts_with(begin)) continue;
    constexpr std::array<std::string_view, 9> ends{"一", "二", "三", "四", "五", "六", "日", "天", "末"};
    const auto found = std::ranges::find(ends, text.substr(begin.size()));
    if (found == ends.end() || *found == "末") return std::nullopt;  // a weekend has two days
    return std::min(static_cast<int>(found - ends.begin()), 6);
  }
  return std::nullopt;
}

std::optional<Date> by_weekday(std::string_view text, Date today, DayMeant meant) {
  const Date monday = today - Days(weekday_of(today));
  for (const auto& [word, weeks] :
       {std::pair<std::string_view, int>{"上上", -2}, {"上", -1}, {"本", 0}, {"这", 0}, {"下下", 2}, {"下", 1}}) {
    if (!text.starts_with(word)) continue;
    const auto wanted = parse_weekday(text.substr(word.size()));
    return wanted ? std::optional(monday + Days(7 * weeks + *wanted)) : std::nullopt;
  }
  const auto wanted = parse_weekday(text);
  if (!wanted) return std::nullopt;
  const int back = (static_cast<int>(weekday_of(today)) - *wanted + 7) % 7;
  return meant == DayMeant::past ? today - Days(back) : today + Days((7 - back) % 7);
}

/// The numbers of a text like 2026年11月18日 or 11/18; empty if it is none.
struct Numbers {
  std::array<int, 3> values{};
  std::size_t count = 0;
};

Numbers numbers_in(std::string_view text) {
  Numbers found;
  while (!text.empty()) {
    int value = 0;
    std::size_t length = 0;
    for (; length < text.size() && length < 4 && text[length] >= '0' && text[length] <= '9'; ++length)
      value = value * 10 + (text[length] - '0');
    if (length == 0 || found.count == 3) return {};
    found.values[found.count++] = value;
    text.remove_prefix(length);
    if (text.empty()) break;
    const bool ends = text == "日" || text == "号" || text == "號";
    constexpr std::array<std::string_view, 5> signs{"-", "/", ".", "年", "月"};
    const auto sign = std::ranges::find_if(signs, [&](std::string_view one) { return text.starts_with(one); });
    if (ends) return found;
    if (sign == signs.end() || text.size() == sign->size()) return {};
    text.remove_prefix(sign->size());
  }
  return found;
}

std::optional<Date> known_day(int year, int month, int day) {
  const std::chrono::year_month_day named{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                          std::chrono::day(static_cast<unsigned>(day))};
  return named.ok() && year >= 1900 && year < 2200 ? std::optional(day_of(named)) : std::nullopt;
}

std::optional<Date> by_numbers(std::string_view text, Date today, DayMeant meant) {
  const Numbers found = numbers_in(text);
  const auto& values = found.values;
  if (found.count == 3) return values[0] >= 1900 ? known_day(values[0], values[1], values[2]) : std::nullopt;
  const std::chrono::year_month_day now{today};
  const int step = meant == DayMeant::past ? -1 : 1;
  const auto fits = [&](const std::optional<Date>& day) { return day && (meant == DayMeant::past ? *day <= today : *day >= today); };
  if (found.count == 2) {
    for (int year = static_cast<int>(now.year()), tries = 0; tries < 9; year += step, ++tries) {  // 29 February comes every fourth year
      if (const auto day = known_day(year, values[0], values[1]); fits(day)) return day;
    }
    return std::nullopt;
  }
  if (found.count != 1 || (!text.ends_with("日") && !text.ends_with("号") && !text.ends_with("號"))) return std::nullopt;
  for (std::chrono::year_month month{now.year(), now.month()}, last = month + std::chrono::months(step * 3); month != last;
       month += std::chrono::months(step)) {
    if (const auto day = known_day(static_cast<int>(month.year()), static_cast<int>(static_cast<unsigned>(month.month())), values[0]);
        fits(day))
      return day;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Date> date_of_words(std::string_view text, Date today, DayMeant meant) {
  const std::string small = small_letters(text);
  const auto found = std::ranges::find(relative, std::string_view(small), &Relative::first);
  if (found != relative.end()) return today + Days(found->second);
  if (const auto day = by_weekday(small, today, meant)) return day;
  return by_numbers(small, today, meant);
}

}  // namespace help
