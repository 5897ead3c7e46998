// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "diag/message.hpp"
#include "model/dataset.hpp"

namespace help {

/// What the text of a class means.
struct ClassWritten {
  std::optional<ClassIndex> one;    ///< the class that is meant
  std::vector<ClassIndex> several;  ///< without one: those that may be
};

/// The class that somebody means who writes its name in another way: brackets of either width or none, 七1, 七年级1班, 初一1班, 701 for
/// 七（1）班. 初一 is the first year of a class that begins with grade 6 or 7, 高一 that of one that begins with grade 10.
///
/// Names of classes say a grade, and may be those of last year or of next year: with a `school_year` (the calendar year in which it began)
/// a text with a grade means the class that is in that grade then, and where another class has the name, nobody can tell.
[[nodiscard]] ClassWritten class_written(const std::vector<SchoolClass>& classes, std::string_view text,
                                         std::optional<int> school_year = std::nullopt);

/// Why the text means no class, or no single one.
[[nodiscard]] Message why_no_class(const std::vector<SchoolClass>& classes, std::string_view text, const ClassWritten& found);

}  // namespace help
