// SPDX-License-Identifier: MIT
#include "rules/cases.hpp"

#include <algorithm>
#include <set>

#include "model/school_days.hpp"

namespace help {

Cases::Cases(const Dataset& data, Date today) : data_(data), start_(data.students.size() + 1, 0) {
  for (const Event& event : data.events) {
    if (event.date <= today) ++start_[event.student + 1];
  }
  for (std::size_t student = 1; student < start_.size(); ++student) start_[student] += start_[student - 1];
  events_.resize(start_.back());
  auto next = start_;
  for (std::uint32_t event = 0; event < data.events.size(); ++event) {
    if (data.events[event].date <= today) events_[next[data.events[event].student]++] = event;
  }
}

std::span<const std::uint32_t> Cases::events(StudentIndex student) const {
  return std::span(events_).subspan(start_[student], start_[student + 1] - start_[student]);
}

void Cases::add_open_days(StudentIndex student, std::optional<SubjectIndex> subject, std::vector<Period>& days) const {
  const Date end = data_.students[student].left.value_or(Date::max());
  bool confirmed = false;
  bool excluded = false;
  Date since = {};
  for (const auto index : events(student)) {
    const Event& event = data_.events[index];
    if (event.subject && event.subject != subject) continue;
    const bool was_open = confirmed || excluded;
    switch (event.kind) {
      case EventKind::confirmed:
      case EventKind::reopened:
        confirmed = true;
        break;
      case EventKind::excluded:
        excluded = excluded || std::ranges::find(data_.policy.exclude, event.basis) != data_.policy.exclude.end();
        break;
      case EventKind::included:
        excluded = false;
        break;
      case EventKind::dismissed:
      case EventKind::released:
      case EventKind::pending:
        confirmed = excluded = false;
        break;
      default:
        break;
    }
    const bool open = confirmed || excluded;
    if (open && !was_open) since = event.date;
    if (!open && was_open) days.push_back({since, std::min(event.date, end)});
  }
  if (confirmed || excluded) days.push_back({since, end});
}

std::vector<Period> Cases::of_subject(StudentIndex student, SubjectIndex subject) const {
  std::vector<Period> days;
  add_open_days(student, subject, days);
  return joined(std::move(days));
}

std::vector<Period> Cases::of_whole_student(StudentIndex student) const {
  std::vector<Period> days;
  add_open_days(student, std::nullopt, days);
  return joined(std::move(days));
}

std::vector<Period> Cases::of_student(StudentIndex student) const {
  std::set<SubjectIndex> subjects;
  for (const auto index : events(student)) {
    if (data_.events[index].subject) subjects.insert(*data_.events[index].subject);
  }
  std::vector<Period> days;
  add_open_days(student, std::nullopt, days);
  for (const SubjectIndex subject : subjects) add_open_days(student, subject, days);
  return joined(std::move(days));
}

}  // namespace help
