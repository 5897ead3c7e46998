// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "model/dataset.hpp"
#include "store/sheet.hpp"

namespace help {

/// No exam has a higher full mark (schemas/grades.schema.json), in hundredths.
inline constexpr std::int32_t highest_full_mark = 10000'00;

/// A title that says the full mark beside what it means: 语文（120分）, 数学(满分150).
struct FullInTitle {
  std::string title;      ///< the rest, as `title_key` gives it
  std::int32_t full = 0;  ///< hundredths, above 0
};
/// Nothing where no full mark stands there, or not without doubt.
[[nodiscard]] std::optional<FullInTitle> full_in_title(std::string_view title);

/// The full mark of a column in a row called 满分; nothing without such a row, or where it holds no number there.
[[nodiscard]] std::optional<std::int32_t> full_in_row(const Sheet& sheet, std::size_t column);

/// What the exams of one kind have in common.
struct UsualLimits {
  ExamSubject limits;
  std::string exam;  ///< id of the latest of them
};
/// The full and pass mark of a subject in all exams of a kind that one of `grades` sat, where they are the same in all of them and each
/// of the grades sat one. No grades: in all exams of the kind. Nothing where there is no such exam, or they differ.
[[nodiscard]] std::optional<UsualLimits> usual_limits(const Dataset& data, std::string_view subject, ExamKind kind,
                                                      const std::set<int>& grades);

/// The full and pass mark of a subject in the latest exam that has it.
[[nodiscard]] std::optional<ExamSubject> latest_limits(const Dataset& data, std::string_view subject);

}  // namespace help
