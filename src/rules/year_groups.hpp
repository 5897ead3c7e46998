// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "model/dataset.hpp"

namespace help {

/// Which exams were held for whom. Grades often sit their exams on days and papers of their own, so that the latest final is not the same
/// one for every student.
///
/// An exam was held for a year group (classes of one cohort and entry grade) if one in twenty of its rows, or half of the year group, are
/// of that year group: a stray row makes no exam. It was held for a student if it was for the year group that the student was in on that
/// day, or else is in today; for who is in no class, always. A mark brought from another school (`entry`) is held for those who have one.
class YearGroups {
 public:
  /// A set of students for whom the same exams were held.
  using Unit = std::uint32_t;

  /// `held`: the exams of the question, by date. `here`: by student; the others are of no unit of their own.
  YearGroups(const Dataset& data, std::span<const ExamIndex> held, const std::vector<bool>& here, Date today);

  [[nodiscard]] Unit unit_of(StudentIndex student) const { return unit_of_[student]; }
  /// At least one.
  [[nodiscard]] std::size_t units() const { return held_for_.size(); }
  [[nodiscard]] bool held_for(Unit unit, ExamIndex exam) const { return held_for_[unit][exam]; }

 private:
  using YearGroup = int;
  [[nodiscard]] YearGroup group_of(ClassIndex in) const;
  /// The year group of all classes that the student has been in so far; nothing where there are several, or none.
  [[nodiscard]] std::optional<YearGroup> only_group(StudentIndex student) const;
  /// The year group of the student on a day, or else today.
  [[nodiscard]] std::optional<YearGroup> group_on(StudentIndex student, Date day) const;
  void find_who_sat(std::span<const ExamIndex> held, const std::vector<bool>& here);
  [[nodiscard]] std::vector<bool> held_for_group(YearGroup group) const;
  [[nodiscard]] std::vector<bool> held_for_student(StudentIndex student) const;
  [[nodiscard]] bool has_row(const Exam& exam, StudentIndex student) const;

  const Dataset& data_;
  Date today_;
  std::vector<std::optional<YearGroup>> only_group_;  // by student
  std::vector<std::set<YearGroup>> sat_;              // by exam; of exams that are not `entry`
  std::vector<bool> is_held_;                         // by exam
  std::vector<Unit> unit_of_;
  std::vector<std::vector<bool>> held_for_;  // by unit, then exam
};

}  // namespace help
