// SPDX-License-Identifier: MIT
#include "rules/archives.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <tuple>

#include "model/code_name.hpp"
#include "rules/duty_days.hpp"
#include "rules/holders.hpp"
#include "rules/sitting.hpp"

namespace help {
namespace {

/// In the order of GoalState.
constexpr std::array<CodeName, 3> goal_states{{{"open", later("open")}, {"met", later("met")}, {"missed", later("not met")}}};

/// The duty of keeping archives, as the engine of duties would name its holders.
Duty keeping(const ArchiveRules& rules) {
  Duty duty;
  const std::string role(keeping_role(rules));
  const auto kind = role == "class-teacher"     ? DutyHolder::Kind::class_teacher
                    : role == "subject-teacher" ? DutyHolder::Kind::subject_teacher
                                                : DutyHolder::Kind::role;
  duty.who.push_back({kind, role});
  return duty;
}

}  // namespace

std::string_view keeping_role(const ArchiveRules& rules) { return rules.who.empty() ? std::string_view("class-teacher") : rules.who; }

const Archive* archive_of(const Dataset& data, StudentIndex student) {
  const auto found = std::ranges::lower_bound(data.archives, student, {}, &Archive::student);
  return found != data.archives.end() && found->student == student ? &*found : nullptr;
}

std::vector<ArchiveState> archive_states(const Dataset& data, Date today) {
  const ArchiveRules& rules = data.policy.archive;
  std::vector<ArchiveState> states;
  if (rules.required.empty()) return states;
  const Cases cases(data, today);
  const Holders holders(data);
  const Duty duty = keeping(rules);
  const Days within{rules.within_days.value_or(0)};
  SchoolDayBook book(data, {first_known_day(data.calendar, today), today + within});
  for (StudentIndex student = 0; student < data.students.size(); ++student) {
    const auto days = cases.of_student(student);
    const auto open = std::ranges::find_if(days, [&](const Period& part) { return part.contains(today); });
    if (open == days.end()) continue;
    ArchiveState state{.student = student, .since = open->from, .due = open->from + within};
    const Archive* const archive = archive_of(data, student);
    state.has_file = archive != nullptr;
    for (const ArchivePart part : rules.required) {
      if (archive == nullptr || !archive->has(part)) state.missing.push_back(part);
    }
    if (archive != nullptr && archive->keeper) {
      state.keepers.push_back(*archive->keeper);
    } else {
      for (const Holding& one : holders.of(duty, {Target::Kind::student, student, std::nullopt})) {
        if (one.party.kind == Party::Kind::staff && one.days.contains(today)) state.keepers.push_back(one.party.index);
      }
    }
    if (!state.missing.empty()) {
      const DayGroup group{.in_class = data.class_of(student, today), .grade = std::nullopt};
      state.overdue_days = book.school_days(group, state.due + one_day, today);
      const bool soon = today > state.due || is_soon(data, today, state.due, book.school_days(group, today + one_day, state.due));
      state.state = state.overdue_days > 0 ? ObligationState::overdue : soon ? ObligationState::due_soon : ObligationState::due;
    }
    states.push_back(std::move(state));
  }
  std::ranges::stable_sort(states, {}, [&](const ArchiveState& state) {
    const auto in = data.class_of(state.student, today);
    return std::tuple(!in.has_value(), in.value_or(0), state.student);
  });
  return states;
}

std::string_view word_of(GoalState state) { return goal_states[static_cast<std::size_t>(state)].code; }
Message name_of(GoalState state) {
  const CodeName* const found = &goal_states[static_cast<std::size_t>(state)];
  return say(found->name);
}

namespace {

/// What a metric asks for in an exam: hundredths of a mark out of the full mark of the subject there.
std::optional<std::int32_t> needed_in(const Dataset& data, const Archive& archive, const Goal& goal, const ExamSubject& column) {
  if (goal.at_least) {
    const std::int64_t value = goal.at_least->value;
    if (goal.at_least->kind == Line::Kind::mark) return static_cast<std::int32_t>(value);
    // Rounded up: a mark below it is below the share.
    return static_cast<std::int32_t>((value * column.full + 9'999) / 10'000);
  }
  if (!archive.baseline) return std::nullopt;
  const auto was = std::ranges::find(archive.baseline->marks, *goal.subject, &std::pair<SubjectIndex, Mark>::first);
  if (was == archive.baseline->marks.end() || !was->second.present()) return std::nullopt;
  const auto exam = data.find_exam(archive.baseline->exam);
  const auto old_column = exam ? data.exams[*exam].column_of(*goal.subject) : std::nullopt;
  const std::int64_t before = was->second.hundredths();
  const std::int64_t old_full = old_column ? data.exams[*exam].subjects[*old_column].full : column.full;
  // A mark of another full mark is compared as the same share of it.
  return static_cast<std::int32_t>((before * column.full + old_full - 1) / old_full + *goal.raise);
}

/// A retest decides where the goal names it; else it is a part of the exam that it repeats.
bool decides(const Goal& goal, const Exam& exam) {
  if (!goal.exam.empty()) return exam.id == goal.exam;
  return exam.retests.empty() && (!goal.exam_kind || exam.kind == *goal.exam_kind);
}

/// The student's mark in an exam as it counts on a day, with the retests until then.
MarkCell counted_mark(const Dataset& data, ExamIndex index, std::size_t column, StudentIndex student, Date day) {
  const Exam& exam = data.exams[index];
  std::vector<ExamIndex> retests;
  for (ExamIndex other = 0; other < data.exams.size(); ++other) {
    const Exam& again = data.exams[other];
    if (again.retests == exam.id && again.date <= day && again.row_of(student)) retests.push_back(other);
  }
  const ExamSubject& subject = exam.subjects[column];
  if (retests.empty())
    return {.mark = exam.mark(student, subject.subject), .full = subject.full, .pass = subject.pass, .retest = std::nullopt};
  const Sitting sitting(data, index, retests);
  const auto row = sitting.row_of(student);
  return row == Sitting::no_row ? MarkCell{} : sitting.cell(row, column);
}

GoalProgress by_marks(const Dataset& data, const Archive& archive, const Goal& goal, Date today) {
  GoalProgress progress;
  const Date from = goal.from.value_or(archive.opened.value_or(Date::min()));
  for (ExamIndex index = 0; index < data.exams.size(); ++index) {
    const Exam& exam = data.exams[index];
    const bool in_time = (goal.exam.empty() ? exam.date >= from : true) && exam.date <= goal.by.value_or(Date::max());
    if (exam.date > today || !in_time || !decides(goal, exam)) continue;
    const auto column = exam.column_of(*goal.subject);
    if (!column) continue;
    const MarkCell cell = counted_mark(data, index, *column, archive.student, std::min(today, goal.by.value_or(Date::max())));
    const auto needed = needed_in(data, archive, goal, {.subject = *goal.subject, .full = cell.full, .pass = cell.pass});
    if (!needed || !cell.mark.present()) continue;
    progress.needed = Mark::of(*needed);
    progress.reached = cell.mark;
    progress.exam = index;
    if (cell.mark.hundredths() >= *needed) {
      progress.state = GoalState::met;
      progress.decided = cell.retest ? data.exams[*cell.retest].date : exam.date;
      return progress;
    }
    // The exam that the goal names, or the first of its kind, has decided.
    if (!goal.exam.empty() || goal.exam_kind) {
      progress.state = GoalState::missed;
      progress.decided = exam.date;
      return progress;
    }
  }
  return progress;
}

/// What the events of the student say of the goal: they name it by its id.
std::optional<std::pair<bool, Date>> by_events(const Dataset& data, const Archive& archive, const Goal& goal, Date today) {
  std::optional<std::pair<bool, Date>> said;
  for (const Event& event : data.events) {
    if (event.student != archive.student || event.date > today || event.goal != goal.id) continue;
    if (event.kind == EventKind::goal_met) said = {true, event.date};
    if (event.kind == EventKind::goal_missed) said = {false, event.date};
  }
  return said;
}

}  // namespace

GoalProgress progress_of(const Dataset& data, const Archive& archive, const Goal& goal, Date today) {
  GoalProgress progress;
  const bool has_metric = goal.subject && (goal.at_least || goal.raise);
  if (has_metric) progress = by_marks(data, archive, goal, today);
  if (!has_metric || progress.state == GoalState::open) {
    const bool decided_by_now = goal.met && goal.on.value_or(today) <= today;
    if (const auto said = by_events(data, archive, goal, today)) {
      progress.state = said->first ? GoalState::met : GoalState::missed;
      progress.decided = said->second;
    } else if (decided_by_now) {
      progress.state = *goal.met ? GoalState::met : GoalState::missed;
      progress.decided = goal.on;
    }
  }
  if (progress.state == GoalState::open && goal.by && *goal.by < today) {
    progress.state = GoalState::missed;
    progress.decided = goal.by;
  }
  return progress;
}

}  // namespace help
