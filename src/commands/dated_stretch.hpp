// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/date.hpp"

namespace help {

/// What the days of a row of a table mean beside those that stand already.
struct Stretch {
  enum class Fate : std::uint8_t {
    there,    ///< the row is about the one at `place`, its days perhaps corrected
    fresh,    ///< it is about days of which nothing is said yet
    unclear,  ///< it may be about several, or the one that stands is over and nobody said since when it holds again
  };
  Fate fate = Fate::fresh;
  std::size_t place = 0;
};

/// Of the entries of `list` that `is_it` chooses (the same role, the same group): that with the same first day; else the only one that
/// shares a day with the row. A row without a first day is about the entry of today, else about the only one that is not over.
template <typename Dated, typename IsIt>
Stretch stretch_of_row(const std::vector<Dated>& list, const IsIt& is_it, std::optional<Date> from, std::optional<Date> until, Date today) {
  const Period row{.from = from.value_or(Date::min()), .until = until.value_or(Date::max())};
  std::vector<std::size_t> shared;
  std::optional<std::size_t> same_end;
  bool is_any = false;
  for (std::size_t place = 0; place < list.size(); ++place) {
    if (!is_it(list[place])) continue;
    const Period& days = list[place].days;
    is_any = true;
    if (from ? days.from == *from : days.contains(today)) return {Stretch::Fate::there, place};
    if (!from && days.until == row.until) same_end = place;
    if (days.overlaps(row) && (from || days.until >= today)) shared.push_back(place);
  }
  if (same_end) return {Stretch::Fate::there, *same_end};
  if (shared.size() == 1) return {Stretch::Fate::there, shared.front()};
  return {shared.empty() && (from || !is_any) ? Stretch::Fate::fresh : Stretch::Fate::unclear, 0};
}

}  // namespace help
