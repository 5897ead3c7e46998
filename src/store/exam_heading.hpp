// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "model/calendar.hpp"
#include "model/dataset.hpp"

namespace help {

/// What a heading says of the exam whose marks stand below it: 2025-2026学年第一学期期末考试成绩表. Nothing that may mean something else,
/// too.
struct ExamHeading {
  std::vector<ExamKind> kinds;      ///< any of them may be meant; empty: it names none
  std::optional<int> month;         ///< 三月月考, 2026年3月
  std::optional<int> year;          ///< of the month
  std::optional<int> school_year;   ///< the year in which it begins
  bool is_single_year = false;      ///< 2026学年, which some count from its end
  std::optional<std::size_t> half;  ///< 0: 第一学期, 1: 第二学期
};

[[nodiscard]] ExamHeading read_exam_heading(std::string_view text);

/// An exam as far as headings speak of it.
struct HeadedExam {
  std::string_view name;
  ExamKind kind = ExamKind::other;
  Date date = {};
  std::string_view term;  ///< id
};

/// Whether a heading plainly speaks of another exam: of another kind, of a month more than ten days away, of another term. What the name of
/// the exam says itself is no other.
[[nodiscard]] bool is_of_another_exam(std::string_view heading, const HeadedExam& exam, const Calendar& calendar);

}  // namespace help
