// SPDX-License-Identifier: MIT
#include "rules/year_groups.hpp"

#include <algorithm>

namespace help {

YearGroups::YearGroups(const Dataset& data, std::span<const ExamIndex> held, const std::vector<bool>& here, Date today)
    : data_(data), today_(today), sat_(data.exams.size()), is_held_(data.exams.size(), false), unit_of_(data.students.size(), 0) {
  std::vector<bool> has_entry(data.students.size(), false);
  for (const auto exam : held) {
    is_held_[exam] = true;
    if (data.exams[exam].kind != ExamKind::entry) continue;
    for (const auto student : data.exams[exam].students) has_entry[student] = true;
  }
  for (StudentIndex student = 0; student < data.students.size(); ++student) only_group_.push_back(only_group(student));
  find_who_sat(held, here);
  std::map<std::vector<bool>, Unit> units;
  const auto unit_with = [&](const std::vector<bool>& exams) {
    const auto [unit, added] = units.try_emplace(exams, static_cast<Unit>(held_for_.size()));
    if (added) held_for_.push_back(exams);
    return unit->second;
  };
  std::map<YearGroup, Unit> unit_of_group;
  for (StudentIndex student = 0; student < data.students.size(); ++student) {
    if (!here[student]) continue;
    const auto group = only_group_[student];
    if (!group || has_entry[student]) {
      unit_of_[student] = unit_with(held_for_student(student));
      continue;
    }
    auto known = unit_of_group.find(*group);
    if (known == unit_of_group.end()) known = unit_of_group.emplace(*group, unit_with(held_for_group(*group))).first;
    unit_of_[student] = known->second;
  }
  if (held_for_.empty()) held_for_.push_back(is_held_);
}

YearGroups::YearGroup YearGroups::group_of(ClassIndex in) const { return data_.classes[in].cohort - data_.classes[in].entry_grade; }

std::optional<YearGroups::YearGroup> YearGroups::only_group(StudentIndex student) const {
  std::optional<YearGroup> only;
  for (const Membership& one : data_.students[student].classes) {
    if (one.days.from > today_) continue;
    if (only && *only != group_of(one.in)) return std::nullopt;
    only = group_of(one.in);
  }
  return only;
}

std::optional<YearGroups::YearGroup> YearGroups::group_on(StudentIndex student, Date day) const {
  if (only_group_[student]) return only_group_[student];
  const auto then = data_.class_of(student, day);
  const auto in = then ? then : data_.class_of(student, today_);
  return in ? std::optional(group_of(*in)) : std::nullopt;
}

void YearGroups::find_who_sat(std::span<const ExamIndex> held, const std::vector<bool>& here) {
  std::map<YearGroup, std::size_t> size;
  for (StudentIndex student = 0; student < here.size(); ++student) {
    const auto group = here[student] ? group_on(student, today_) : std::nullopt;
    if (group) ++size[*group];
  }
  for (const auto index : held) {
    const auto& exam = data_.exams[index];
    if (exam.kind == ExamKind::entry) continue;
    std::map<YearGroup, std::size_t> rows;
    auto last = rows.end();
    for (const auto student : exam.students) {
      const auto group = group_on(student, exam.date);
      if (!group) continue;
      // Rows of one year group mostly follow each other.
      if (last == rows.end() || last->first != *group) last = rows.try_emplace(*group, 0).first;
      ++last->second;
    }
    for (const auto& [group, count] : rows) {
      if (count * 20 >= exam.students.size() || count * 2 >= size[group]) sat_[index].insert(group);
    }
  }
}

std::vector<bool> YearGroups::held_for_group(YearGroup group) const {
  std::vector<bool> exams(sat_.size(), false);
  for (std::size_t exam = 0; exam < exams.size(); ++exam) exams[exam] = sat_[exam].contains(group);
  return exams;
}

std::vector<bool> YearGroups::held_for_student(StudentIndex student) const {
  std::vector<bool> exams(sat_.size(), false);
  for (std::size_t index = 0; index < exams.size(); ++index) {
    if (!is_held_[index]) continue;
    const auto& exam = data_.exams[index];
    if (exam.kind == ExamKind::entry) {
      exams[index] = has_row(exam, student);
    } else {
      const auto group = group_on(student, exam.date);
      exams[index] = !group || sat_[index].contains(*group);
    }
  }
  return exams;
}

bool YearGroups::has_row(const Exam& exam, StudentIndex student) const { return std::ranges::binary_search(exam.students, student); }

}  // namespace help
