// SPDX-License-Identifier: MIT
#include "rules/triggers.hpp"

#include <algorithm>
#include <chrono>

namespace help {
namespace {

bool contains_kind(const std::vector<ExamKind>& kinds, ExamKind kind) {
  return kinds.empty() ? kind != ExamKind::entry : std::ranges::find(kinds, kind) != kinds.end();
}

void add(const StreamView& view, Date day, std::optional<ExamIndex> exam, std::vector<Happening>& found) {
  if (view.stream.presence.contains(day)) found.push_back({day, exam, false});
}

void add_assigned(const StreamView& view, std::vector<Happening>& found) {
  if (view.stream.target.kind == Target::Kind::pair) return add(view, view.stream.presence.from, std::nullopt, found);
  Date last = Date::min();
  for (const Holding& holding : view.stream.holdings) {
    const bool owes = !view.stream.only || holding.party == *view.stream.only;  // where each owes it, another's pair asks nothing
    if (!holding.of_pair || !owes || holding.days.from == last) continue;
    last = holding.days.from;
    add(view, holding.days.from, std::nullopt, found);
  }
}

void add_enrolled(const StreamView& view, std::vector<Happening>& found) {
  if (!view.stream.student) return;
  const Student& student = view.world.data.students[*view.stream.student];
  Date first = Date::max();
  for (const Membership& membership : student.classes) first = std::min(first, membership.days.from);
  if (student.transferred) first = *student.transferred;
  if (first != Date::min() && first != Date::max()) add(view, first, std::nullopt, found);
}

void add_records(const StreamView& view, std::vector<Happening>& found) {
  const auto& kinds = view.duty.after.records;
  const auto& target_subject = view.stream.target.subject;
  std::vector<std::uint32_t> of_school;
  auto entries = view.entries;
  if (view.duty.target == DutyFor::school) {
    of_school = view.world.log.of_kinds(kinds);
    entries = of_school;
  }
  for (const auto index : entries) {
    const Interaction& entry = view.world.data.log.entries[index];
    if (std::ranges::find(kinds, entry.kind) == kinds.end()) continue;
    const bool other_subject = target_subject && entry.subject && *entry.subject != *target_subject;
    if (!other_subject) add(view, entry.date, std::nullopt, found);
  }
}

}  // namespace

std::vector<Happening> Triggers::of(const StreamView& view) {
  std::vector<Happening> found;
  switch (view.duty.after.kind) {
    case Trigger::Kind::exam:
      add_exams(view, found);
      break;
    case Trigger::Kind::event:
      add_events(view, found);
      break;
    case Trigger::Kind::assigned:
      add_assigned(view, found);
      break;
    case Trigger::Kind::enrolled:
      add_enrolled(view, found);
      break;
    case Trigger::Kind::post_change:
      add_post_changes(view, found);
      break;
    case Trigger::Kind::record:
      add_records(view, found);
      break;
  }
  std::ranges::stable_sort(found, {}, &Happening::day);
  return found;
}

// ---- exams

const std::vector<bool>& Triggers::classes_that_sat(ExamIndex exam) {
  if (exam_classes_.empty()) exam_classes_.resize(data_.exams.size());
  auto& classes = exam_classes_[exam];
  if (classes.empty()) {
    classes.assign(data_.classes.size() + 1, false);
    for (const StudentIndex student : data_.exams[exam].students) {
      if (const auto in = data_.class_of(student, data_.exams[exam].date)) classes[*in] = true;
    }
  }
  return classes;
}

void Triggers::add_exams(const StreamView& view, std::vector<Happening>& found) {
  const auto& subject = view.stream.target.subject;
  for (ExamIndex index = 0; index < data_.exams.size(); ++index) {
    const Exam& exam = data_.exams[index];
    if (exam.date > today_ || !exam.retests.empty() || !contains_kind(view.duty.after.exams, exam.kind)) continue;
    if (subject && !exam.column_of(*subject)) continue;
    if (sat(view, index)) add(view, exam.date, index, found);
  }
}

bool Triggers::sat(const StreamView& view, ExamIndex exam) {
  const Date day = data_.exams[exam].date;
  const auto& classes = classes_that_sat(exam);
  if (view.stream.student) {
    const auto in = data_.class_of(*view.stream.student, day);
    return in && classes[*in];
  }
  const Target& target = view.stream.target;
  if (target.kind == Target::Kind::school_class) return classes[target.index];
  if (target.kind != Target::Kind::grade) return true;
  for (ClassIndex in = 0; in < data_.classes.size(); ++in) {
    if (classes[in] && data_.grade_of(in, day) == static_cast<int>(target.index)) return true;
  }
  return false;
}

// ---- events of cases

void Triggers::add_events(const StreamView& view, std::vector<Happening>& found) const {
  const auto& kinds = view.duty.after.events;
  const Target& target = view.stream.target;
  // A case is identified when it opens, be it by an exclusion; a second subject of an open case opens nothing.
  const bool opens = std::ranges::find(kinds, EventKind::confirmed) != kinds.end();
  if (opens && view.duty.target == DutyFor::student_case) add(view, view.stream.presence.from, std::nullopt, found);
  if (view.stream.student) return add_events_of(view, *view.stream.student, found);
  for (StudentIndex student = 0; student < data_.students.size(); ++student) {
    std::vector<Happening> own;
    add_events_of(view, student, own);
    for (const Happening& event : own) {
      const auto in = data_.class_of(student, event.day);
      const bool concerns = target.kind == Target::Kind::school || (target.kind == Target::Kind::school_class && in == target.index) ||
                            (target.kind == Target::Kind::grade && in && data_.grade_of(*in, event.day) == static_cast<int>(target.index));
      if (concerns) found.push_back(event);
    }
  }
}

void Triggers::add_events_of(const StreamView& view, StudentIndex student, std::vector<Happening>& found) const {
  const auto& kinds = view.duty.after.events;
  const auto& subject = view.stream.target.subject;
  Date last = Date::min();
  for (const auto index : view.world.cases.events(student)) {
    const Event& event = data_.events[index];
    if (std::ranges::find(kinds, event.kind) == kinds.end() || event.date == last) continue;
    if (subject && event.subject && *event.subject != *subject) continue;
    const bool opening = event.kind == EventKind::confirmed || event.kind == EventKind::reopened;
    if (opening && view.duty.target == DutyFor::student_case) continue;
    last = event.date;
    if (view.stream.presence.contains(event.date)) found.push_back({event.date, std::nullopt, event.kind == EventKind::released});
  }
}

// ---- posts

/// Posts that end with a term or between terms are no change.
bool Triggers::ends_in_mid_term(Date last) const {
  return std::ranges::any_of(data_.calendar.terms, [last](const Term& term) { return term.days.from <= last && last < term.days.until; });
}

void Triggers::add_post_changes(const StreamView& view, std::vector<Happening>& found) const {
  std::optional<StaffIndex> staff;
  if (view.stream.target.kind == Target::Kind::pair) staff = data_.pairs[view.stream.target.index].staff;
  if (view.stream.target.kind == Target::Kind::staff) staff = view.stream.target.index;
  if (!staff) return;
  std::vector<Date> lasts;
  for (const Role& role : data_.staff[*staff].roles) lasts.push_back(role.days.until);
  for (const Teaching& teaching : data_.teaching) {
    if (teaching.staff == *staff) lasts.push_back(teaching.days.until);
  }
  for (const SchoolClass& which : data_.classes) {
    for (const Leader& leader : which.leaders) {
      if (leader.staff == *staff) lasts.push_back(leader.days.until);
    }
  }
  if (data_.staff[*staff].left) lasts.push_back(*data_.staff[*staff].left);
  std::ranges::sort(lasts);
  lasts.erase(std::unique(lasts.begin(), lasts.end()), lasts.end());
  for (const Date last : lasts) {
    if (ends_in_mid_term(last) && view.stream.presence.contains(last)) found.push_back({last + one_day, std::nullopt, true});
  }
}

}  // namespace help
