// SPDX-License-Identifier: MIT
#include "store/full_marks.hpp"

#include <algorithm>

#include "store/cell_text.hpp"

namespace help {
namespace {

std::set<int> grades_of(const Dataset& data, const Exam& exam) {
  std::set<int> grades;
  for (const StudentIndex student : exam.students) {
    if (const auto in = data.class_of(student, exam.date)) grades.insert(data.grade_of(*in, exam.date));
  }
  return grades;
}

}  // namespace

std::optional<FullInTitle> full_in_title(std::string_view title) {
  const std::string key = title_key(title);
  const std::size_t open = key.find('(');
  if (open == std::string::npos || open == 0 || !key.ends_with(')')) return std::nullopt;
  std::string_view inside = std::string_view(key).substr(open + 1, key.size() - open - 2);
  constexpr std::string_view full = "满分";
  constexpr std::string_view points = "分";
  bool says_full = false;
  if (inside.starts_with(full)) {
    inside.remove_prefix(full.size());
    if (inside.starts_with(':')) inside.remove_prefix(1);
    says_full = true;
  }
  if (inside.ends_with(points)) {
    inside.remove_suffix(points.size());
    says_full = true;
  }
  const auto mark = mark_of_text(inside);
  if (!says_full || !mark || *mark == 0 || *mark > highest_full_mark) return std::nullopt;
  return FullInTitle{.title = key.substr(0, open), .full = *mark};
}

std::optional<std::int32_t> full_in_row(const Sheet& sheet, std::size_t column) {
  constexpr std::size_t columns_looked_at = 5;
  for (std::size_t row = 0; row < sheet.row_count(); ++row) {
    for (std::size_t at = 0; at < std::min(sheet.width(row), columns_looked_at); ++at) {
      if (at == column || title_key(sheet.cell(row, at)) != "满分") continue;
      const auto mark = mark_of_text(cell_text(sheet.cell(row, column)));
      if (mark && *mark > 0 && *mark <= highest_full_mark) return mark;
    }
  }
  return std::nullopt;
}

std::optional<UsualLimits> usual_limits(const Dataset& data, std::string_view subject, ExamKind kind, const std::set<int>& grades) {
  const auto place = data.find_subject(subject);
  std::optional<UsualLimits> usual;
  std::set<int> sat;
  for (const Exam& exam : data.exams) {
    const auto column = place ? exam.column_of(*place) : std::nullopt;
    if (!column || exam.kind != kind) continue;
    const std::set<int> there = grades.empty() ? std::set<int>{} : grades_of(data, exam);
    if (!grades.empty() && std::ranges::none_of(there, [&](int grade) { return grades.contains(grade); })) continue;
    const ExamSubject& limits = exam.subjects[*column];
    if (usual && (usual->limits.full != limits.full || usual->limits.pass != limits.pass)) return std::nullopt;
    usual = UsualLimits{.limits = limits, .exam = exam.id};
    sat.insert(there.begin(), there.end());
  }
  const bool is_of_all = std::ranges::all_of(grades, [&](int grade) { return sat.contains(grade); });
  return is_of_all ? usual : std::nullopt;
}

std::optional<ExamSubject> latest_limits(const Dataset& data, std::string_view subject) {
  const auto place = data.find_subject(subject);
  std::optional<ExamSubject> latest;
  for (const Exam& exam : data.exams) {
    if (const auto column = place ? exam.column_of(*place) : std::nullopt) latest = exam.subjects[*column];
  }
  return latest;
}

}  // namespace help
