// SPDX-License-Identifier: MIT
#include "model/calendar.hpp"

#include <algorithm>

namespace help {

std::optional<std::size_t> Calendar::term_of(Date day) const {
  if (terms.empty()) return std::nullopt;
  const auto ends_in_time = std::ranges::find_if(terms, [day](const Term& term) { return day <= term.days.until; });
  if (ends_in_time == terms.end()) return terms.size() - 1;
  return static_cast<std::size_t>(ends_in_time - terms.begin());
}

std::optional<std::size_t> Calendar::find_term(std::string_view id) const {
  const auto found = std::ranges::find(terms, id, &Term::id);
  if (found == terms.end()) return std::nullopt;
  return static_cast<std::size_t>(found - terms.begin());
}

int Calendar::school_year(Date day) const {
  if (const auto term = term_of(day)) return terms[*term].year;
  const std::chrono::year_month_day named{day};
  const auto year = static_cast<int>(named.year());
  return named.month() >= std::chrono::September ? year : year - 1;
}

}  // namespace help
