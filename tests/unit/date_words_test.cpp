// SPDX-License-Identifier: MIT
#include "model/date_words.hpp"

#include <doctest/doctest.h>

#include <string>

namespace help {
namespace {

std::string past(std::string_view text, const char* today = "2026-03-02") {
  const auto day = date_of_words(text, *parse_date(today), DayMeant::past);
  return day ? to_string(*day) : "";
}

std::string coming(std::string_view text, const char* today = "2026-03-02") {
  const auto day = date_of_words(text, *parse_date(today), DayMeant::coming);
  return day ? to_string(*day) : "";
}

}  // namespace

TEST_CASE("days are named as people name them") {  // 2026-03-02 is a Monday
  CHECK(past("today") == "2026-03-02");
  CHECK(past("Today") == "2026-03-02");
  CHECK(past("今天") == "2026-03-02");
  CHECK(past("yesterday") == "2026-03-01");
  CHECK(past("昨天") == "2026-03-01");
  CHECK(past("前天") == "2026-02-28");
  CHECK(coming("明天") == "2026-03-03");
  CHECK(coming("后天") == "2026-03-04");
}

TEST_CASE("a weekday is the last one for what was done, and the next one for what is due") {
  CHECK(past("周三") == "2026-02-25");
  CHECK(past("星期三") == "2026-02-25");
  CHECK(past("礼拜天") == "2026-03-01");
  CHECK(past("周日") == "2026-03-01");
  CHECK(past("周一") == "2026-03-02");  // today
  CHECK(past("wed") == "2026-02-25");
  CHECK(past("Wednesday") == "2026-02-25");
  CHECK(coming("周三") == "2026-03-04");
  CHECK(coming("mon") == "2026-03-02");
  CHECK(past("上周三") == "2026-02-25");
  CHECK(past("上周日") == "2026-03-01");
  CHECK(past("上周三", "2026-03-01") == "2026-02-18");
  CHECK(past("本周一") == "2026-03-02");
  CHECK(coming("下周三") == "2026-03-11");
  CHECK(past("上上周五") == "2026-02-20");
  for (const char* text : {"周", "周末", "we", "上周", "周三下午", "tues day"}) CHECK(past(text) == "");
}

TEST_CASE("numbers are a day of this year, or of the last or next one") {
  CHECK(past("2025-11-18") == "2025-11-18");
  CHECK(past("2025/11/8") == "2025-11-08");
  CHECK(past("2025年11月18日") == "2025-11-18");
  CHECK(past("11-18") == "2025-11-18");
  CHECK(past("11/18") == "2025-11-18");
  CHECK(past("11月18日") == "2025-11-18");
  CHECK(past("3-2") == "2026-03-02");
  CHECK(past("03.01") == "2026-03-01");
  CHECK(coming("3-1") == "2027-03-01");
  CHECK(coming("3-10") == "2026-03-10");
  CHECK(past("2-29") == "2024-02-29");
  CHECK(past("28日") == "2026-02-28");
  CHECK(past("2号") == "2026-03-02");
  CHECK(past("31日") == "2026-01-31");
  CHECK(coming("31日") == "2026-03-31");
  for (const char* text : {"", "18", "2026", "11-31", "13-1", "0-1", "11-18-", "-11-18", "11--18", "2025-2-30", "99999-1-1", "1-1-1-1",
                           "11月", "someday", "2025-11-18x"}) {
    CAPTURE(text);
    CHECK(past(text) == "");
  }
}

}  // namespace help
