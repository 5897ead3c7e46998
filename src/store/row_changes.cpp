// SPDX-License-Identifier: MIT
#include "store/row_changes.hpp"

#include <utility>

namespace help {
namespace {

std::string text_of_first_day(const Period& days) { return days.from == Date::min() ? std::string() : to_string(days.from); }
std::string text_of_last_day(const Period& days) { return days.until == Date::max() ? std::string() : to_string(days.until); }

}  // namespace

void RowChanges::add(Message what, const std::string& before, std::string after) {
  changes_.push_back({.path = path_,
                      .line = line_,
                      .student = id_,
                      .name = name_,
                      .what = std::move(what),
                      .before = before.empty() ? "~" : before,
                      .after = std::move(after),
                      .overwrites = !before.empty()});
}

void RowChanges::add_days(const Message& of_what, const Period& before, const Period& after) {
  if (before.from != after.from) add(say("{0}, from", of_what), text_of_first_day(before), text_of_first_day(after));
  if (before.until != after.until) add(say("{0}, until", of_what), text_of_last_day(before), text_of_last_day(after));
}

std::string with_days(std::string text, const Period& days) {
  for (const std::string& day : {text_of_first_day(days), text_of_last_day(days)}) {
    if (!day.empty()) text += (text.empty() ? "" : " ") + day;
  }
  return text;
}

}  // namespace help
