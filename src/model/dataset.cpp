// SPDX-License-Identifier: MIT
#include "model/dataset.hpp"

#include <algorithm>
#include <array>

namespace help {
namespace {

// Each table is in the order of its enum.
constexpr std::array<std::string_view, 9> exam_kind_words{"final", "midterm",    "monthly", "unit", "quiz",
                                                          "mock",  "diagnostic", "entry",   "other"};
constexpr std::array<std::string_view, 15> event_kind_words{"confirmed",   "dismissed", "excluded", "included", "pending",
                                                            "released",    "reopened",  "observed", "cleared",  "goal-met",
                                                            "goal-missed", "praise",    "progress", "regress",  "note"};
constexpr std::array<std::string_view, 3> outcomes{"identified", "pending", "watch"};

template <typename Enum, std::size_t Size>
std::optional<Enum> parse_word(const std::array<std::string_view, Size>& words, std::string_view word) {
  const auto found = std::ranges::find(words, word);
  if (found == words.end()) return std::nullopt;
  return static_cast<Enum>(found - words.begin());
}

template <typename Map>
auto look_up(const Map& map, std::string_view key) -> std::optional<typename Map::mapped_type> {
  const auto found = map.find(std::string(key));
  if (found == map.end()) return std::nullopt;
  return found->second;
}

template <typename Index, typename Things, typename Key>
void fill(std::unordered_map<std::string, Index>& map, const Things& things, Key key) {
  map.clear();
  map.reserve(things.size());
  for (std::size_t place = 0; place < things.size(); ++place) map.emplace(key(things[place]), static_cast<Index>(place));
}

}  // namespace

std::string_view word_of(ExamKind kind) { return exam_kind_words[static_cast<std::size_t>(kind)]; }
std::optional<ExamKind> parse_exam_kind(std::string_view word) { return parse_word<ExamKind>(exam_kind_words, word); }

std::string_view word_of(EventKind kind) { return event_kind_words[static_cast<std::size_t>(kind)]; }
std::optional<EventKind> parse_event_kind(std::string_view word) { return parse_word<EventKind>(event_kind_words, word); }

std::string_view word_of(Outcome outcome) { return outcomes[static_cast<std::size_t>(outcome)]; }
std::optional<Outcome> parse_outcome(std::string_view word) { return parse_word<Outcome>(outcomes, word); }

std::optional<std::size_t> Exam::row_of(StudentIndex student) const {
  const auto found = std::ranges::lower_bound(students, student);
  if (found == students.end() || *found != student) return std::nullopt;
  return static_cast<std::size_t>(found - students.begin());
}

std::optional<std::size_t> Exam::column_of(SubjectIndex subject) const {
  const auto found = std::ranges::find(subjects, subject, &ExamSubject::subject);
  if (found == subjects.end()) return std::nullopt;
  return static_cast<std::size_t>(found - subjects.begin());
}

Mark Exam::mark(StudentIndex student, SubjectIndex subject) const {
  const auto row = row_of(student);
  const auto column = column_of(subject);
  return row && column ? at(*row, *column) : Mark{};
}

std::optional<StudentIndex> Dataset::find_student(std::string_view id) const { return look_up(student_by_id, id); }
std::optional<StaffIndex> Dataset::find_staff(std::string_view id) const { return look_up(staff_by_id, id); }
std::optional<ClassIndex> Dataset::find_class(std::string_view id) const { return look_up(class_by_id, id); }
std::optional<BodyIndex> Dataset::find_body(std::string_view id) const { return look_up(body_by_id, id); }
std::optional<SubjectIndex> Dataset::find_subject(std::string_view name) const { return look_up(subject_by_name, name); }

std::optional<ExamIndex> Dataset::find_exam(std::string_view id) const {
  const auto found = std::ranges::find(exams, id, &Exam::id);
  if (found == exams.end()) return std::nullopt;
  return static_cast<ExamIndex>(found - exams.begin());
}

bool is_called_by_children(std::string_view body_kind) { return body_kind == "family" || body_kind == "partnership"; }

bool Dataset::is_called_by_child(const Party& party) const {
  return party.kind == Party::Kind::student || (party.kind == Party::Kind::body && is_called_by_children(bodies[party.index].kind));
}

Party Pair::carer() const {
  if (staff) return {Party::Kind::staff, *staff};
  if (peer) return {Party::Kind::student, *peer};
  return {Party::Kind::body, body.value_or(0)};
}

const std::string& Dataset::id_of(const Party& party) const {
  switch (party.kind) {
    case Party::Kind::staff:
      return staff[party.index].id;
    case Party::Kind::student:
      return students[party.index].id;
    case Party::Kind::body:
      break;
  }
  return bodies[party.index].id;
}

const std::string& Dataset::name_of(const Party& party) const {
  switch (party.kind) {
    case Party::Kind::staff:
      return staff[party.index].name;
    case Party::Kind::student:
      return students[party.index].name;
    case Party::Kind::body:
      break;
  }
  return bodies[party.index].name;
}

std::optional<ClassIndex> Dataset::class_of(StudentIndex student, Date day) const {
  const auto& who = students[student];
  if (who.left && day > *who.left) return std::nullopt;
  const auto found = std::ranges::find_if(who.classes, [day](const Membership& membership) { return membership.days.contains(day); });
  if (found == who.classes.end()) return std::nullopt;
  return found->in;
}

int Dataset::grade_of(ClassIndex in, Date day) const {
  const auto& which = classes[in];
  return which.entry_grade + calendar.school_year(day) - which.cohort;
}

void Dataset::index() {
  fill(student_by_id, students, [](const Student& student) -> const std::string& { return student.id; });
  fill(staff_by_id, staff, [](const Staff& member) -> const std::string& { return member.id; });
  fill(class_by_id, classes, [](const SchoolClass& which) -> const std::string& { return which.id; });
  fill(body_by_id, bodies, [](const Body& body) -> const std::string& { return body.id; });
  fill(subject_by_name, subjects, [](const std::string& name) -> const std::string& { return name; });
}

}  // namespace help
