// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/date.hpp"

namespace help {

/// A term of help.yaml.
struct Term {
  std::string id;
  std::string name;
  int year = 0;  ///< the year in which its school year begins
  Period days;
  Date midterm = {};  ///< the day from which it counts as past its middle
};

struct NamedPeriod {
  std::string name;
  Period days;
};

struct MakeUpDay {
  Date date = {};
  std::string because;
};

struct Closure {
  Period days;
  std::string because;
  std::vector<std::string> classes;  ///< ids; both empty: the whole school
  std::vector<int> grades;
};

/// Days of the week with school, bit 0 = Monday … bit 6 = Sunday.
struct SchoolWeek {
  std::uint8_t days = 0b0011111;
  std::vector<std::pair<int, std::uint8_t>> by_grade;
};

/// The school's calendar. Terms stand in order and do not overlap.
struct Calendar {
  std::vector<Term> terms;
  std::vector<NamedPeriod> breaks;
  std::vector<MakeUpDay> make_up_days;
  std::vector<Closure> closures;
  SchoolWeek week;

  /// The term that a day belongs to: the one that holds it, else the coming one, after the last the last; nothing without terms.
  [[nodiscard]] std::optional<std::size_t> term_of(Date day) const;
  /// Index of the term with this id.
  [[nodiscard]] std::optional<std::size_t> find_term(std::string_view id) const;
  /// The school year of a day: that of its term; without terms, the year that began on the last first of September.
  [[nodiscard]] int school_year(Date day) const;
};

}  // namespace help
