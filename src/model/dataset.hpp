// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/archive.hpp"
#include "model/calendar.hpp"
#include "model/date.hpp"
#include "model/indices.hpp"
#include "model/interaction.hpp"
#include "model/mark.hpp"
#include "model/policy.hpp"

namespace help {

struct Membership {
  ClassIndex in = 0;
  Period days;
};

struct GroupMembership {
  std::string group;
  Period days;
};

struct Leave {
  Period days;
  std::string because;
  std::optional<StaffIndex> substitute;  ///< staff only
};

struct Student {
  std::string id;
  std::string name;
  std::vector<Membership> classes;  ///< never two on one day
  std::optional<Date> transferred;  ///< came from another school on this day
  std::optional<Date> left;         ///< last day here
  std::vector<GroupMembership> groups;
  std::vector<Leave> leave;
};

struct Role {
  std::string role;
  Period days;
  std::optional<ClassIndex> in_class;
  std::optional<int> grade;
  std::optional<BodyIndex> body;
  std::string subject;  ///< empty: none
};

struct Staff {
  std::string id;
  std::string name;
  std::vector<Role> roles;
  std::optional<Date> left;
  std::vector<Leave> leave;
};

struct Leader {
  StaffIndex staff = 0;
  Period days;
};

struct SchoolClass {
  std::string id;
  std::string name;
  int cohort = 0;  ///< school year of entry
  int entry_grade = 0;
  std::vector<Leader> leaders;
};

struct Teaching {
  StaffIndex staff = 0;
  SubjectIndex subject = 0;
  ClassIndex in = 0;
  Period days;
};

struct BodyMember {
  std::string member;  ///< id of a student or member of staff
  Period days;
};

struct Body {
  std::string id;
  std::string name;
  std::string kind;
  std::optional<BodyIndex> parent;
  std::vector<BodyMember> members;
  std::vector<Leader> responsible;
};

/// Bodies of these kinds are called by the names of children: families, partnerships of students.
[[nodiscard]] bool is_called_by_children(std::string_view body_kind);

enum class ExamKind : std::uint8_t { final_exam, midterm, monthly, unit, quiz, mock, diagnostic, entry, other };
/// The word in files: final, midterm …
[[nodiscard]] std::string_view word_of(ExamKind kind);
[[nodiscard]] std::optional<ExamKind> parse_exam_kind(std::string_view word);

struct ExamSubject {
  SubjectIndex subject = 0;
  std::int32_t full = 0;  ///< hundredths
  std::int32_t pass = 0;  ///< hundredths; a mark below it is a failure
};

/// One exam: columns of marks, dense by row. Rows are in the order of student indices.
struct Exam {
  std::string id;
  std::string name;
  ExamKind kind = ExamKind::other;
  std::size_t term = 0;  ///< index into Calendar::terms
  Date date = {};
  std::string retests;                 ///< id of the exam that this one repeats; empty: none
  std::vector<ExamSubject> subjects;   ///< in the order of the columns
  std::vector<StudentIndex> students;  ///< ascending, one a row
  std::vector<Mark> marks;             ///< row-major: row * subjects.size() + column

  /// The mark in a subject; not examined where there is no row or no column.
  [[nodiscard]] Mark mark(StudentIndex student, SubjectIndex subject) const;
  /// The row of a student, if there is one.
  [[nodiscard]] std::optional<std::size_t> row_of(StudentIndex student) const;
  /// The column of a subject, if there is one.
  [[nodiscard]] std::optional<std::size_t> column_of(SubjectIndex subject) const;
  [[nodiscard]] Mark at(std::size_t row, std::size_t column) const { return marks[row * subjects.size() + column]; }
};

/// Counted facts of a period: absences, homework not handed in …
struct CountTable {
  std::string id;
  std::string name;
  Period days;
  std::vector<std::string> columns;
  std::vector<StudentIndex> students;  ///< ascending
  std::vector<std::int32_t> counts;    ///< row-major; -1 = no entry
};

enum class EventKind : std::uint8_t {
  confirmed,
  dismissed,
  excluded,
  included,
  pending,
  released,
  reopened,  // states of a case
  observed,
  cleared,  // an indicator set, taken back
  goal_met,
  goal_missed,
  praise,
  progress,
  regress,
  note  // facts
};
[[nodiscard]] std::string_view word_of(EventKind kind);
[[nodiscard]] std::optional<EventKind> parse_event_kind(std::string_view word);

/// What happened to a student's case; fixes and voids are already applied: a fix has the place of what it replaces.
struct Event {
  std::string id;
  Date date = {};
  EventKind kind = EventKind::note;
  StudentIndex student = 0;
  std::optional<SubjectIndex> subject;  ///< of one subject only
  std::string by;                       ///< id of a member of staff; may be empty
  std::string role = {};                ///< in which it was decided; may be empty
  std::string basis;                    ///< of an exclusion
  std::string indicator;                ///< of an observation
  std::string goal;                     ///< id of the goal of the student's archive that was met or missed
  std::vector<std::string> rules;       ///< a dismissal: on which rules …
  std::vector<std::string> exams;       ///< … and exams it was decided
  std::string because;
  std::string list = {};   ///< id of the run of `identify` that it answers; may be empty
  std::string until = {};  ///< pending: the exam that it waits for, by its id or kind; may be empty
};

/// Whether the event decides about a case; the others are observations and facts.
[[nodiscard]] constexpr bool is_decision(EventKind kind) { return kind <= EventKind::reopened; }

enum class Outcome : std::uint8_t { identified, pending, watch };
[[nodiscard]] std::string_view word_of(Outcome outcome);
[[nodiscard]] std::optional<Outcome> parse_outcome(std::string_view word);

struct ListItem {
  StudentIndex student = 0;
  std::optional<SubjectIndex> subject;
  Outcome outcome = Outcome::identified;
  std::vector<SubjectIndex> subjects = {};  ///< those below the line
  std::vector<std::string> rules = {};      ///< ids of the rules that spoke
};

/// One saved run of `identify`.
struct SavedList {
  std::string id;    ///< record id of the run
  std::string name;  ///< the list's name, its file without the ending
  Date at = {};
  std::vector<ListItem> items;
  std::vector<std::string> exams = {};  ///< ids of those that were used
};

struct Pair {
  std::string id;
  StudentIndex student = 0;
  std::optional<StaffIndex> staff;  ///< exactly one of staff, peer, body
  std::optional<StudentIndex> peer;
  std::optional<BodyIndex> body;
  std::string role;
  std::optional<SubjectIndex> subject;
  Period days;
  std::string because;
  std::string file;    ///< the path in which it stands
  bool ended = false;  ///< an `ends` line closes it on the last of its days

  /// Whether nothing of it is left for a day and those that follow: it is over, or was ended on that day (or on its first, if that is
  /// later). A pair that merely runs out still stands on its last day.
  [[nodiscard]] bool is_over(Date day) const { return days.until < day || (ended && days.until <= std::max(day, days.from)); }
  /// Who takes care of the student.
  [[nodiscard]] Party carer() const;
};

struct School {
  std::string name;
  std::string language;  ///< zh, en or empty
  std::string policy_path;
  std::vector<std::string> allowed_hosts;
};

/// Everything a records folder says. `store::load` makes these promises true when it reports no error:
/// ids are unique, indices are in range, marks lie between 0 and full, periods do not end before they begin.
struct Dataset {
  School school;
  Calendar calendar;
  Policy policy;
  std::vector<Student> students;  ///< in the order of the file
  std::vector<Staff> staff;
  std::vector<SchoolClass> classes;
  std::vector<Body> bodies;
  std::vector<Teaching> teaching;
  std::vector<std::string> subjects;   ///< names; a SubjectIndex is a place here
  std::vector<Exam> exams;             ///< by date, then id
  std::vector<CountTable> counts;      ///< by first day, then id
  std::vector<Event> events;           ///< by date, then student's id; those of one student and day as they were written
  std::vector<SavedList> lists;        ///< by day, then place in the file
  std::vector<Pair> pairs;             ///< by first day, then id
  std::vector<Wish> wishes;            ///< by date, then id
  std::vector<PairOrder> pair_orders;  ///< by date, then id
  std::vector<Archive> archives;       ///< by student
  InteractionLog log;                  ///< of the months that were asked for

  [[nodiscard]] std::optional<StudentIndex> find_student(std::string_view id) const;
  [[nodiscard]] std::optional<StaffIndex> find_staff(std::string_view id) const;
  [[nodiscard]] std::optional<ClassIndex> find_class(std::string_view id) const;
  [[nodiscard]] std::optional<BodyIndex> find_body(std::string_view id) const;
  [[nodiscard]] std::optional<SubjectIndex> find_subject(std::string_view name) const;
  [[nodiscard]] std::optional<ExamIndex> find_exam(std::string_view id) const;

  [[nodiscard]] const std::string& id_of(const Party& party) const;
  [[nodiscard]] const std::string& name_of(const Party& party) const;
  /// Whether the party's name is that of a child: a student, or a body that is called by students.
  [[nodiscard]] bool is_called_by_child(const Party& party) const;

  /// The class of a student on a day; nothing when in none (not yet here, or gone).
  [[nodiscard]] std::optional<ClassIndex> class_of(StudentIndex student, Date day) const;
  /// The grade of a class on a day: entry grade + school years since entry.
  [[nodiscard]] int grade_of(ClassIndex in, Date day) const;

  // Look-up tables; `index()` fills them from the vectors above.
  std::unordered_map<std::string, StudentIndex> student_by_id;
  std::unordered_map<std::string, StaffIndex> staff_by_id;
  std::unordered_map<std::string, ClassIndex> class_by_id;
  std::unordered_map<std::string, BodyIndex> body_by_id;
  std::unordered_map<std::string, SubjectIndex> subject_by_name;
  void index();
};

}  // namespace help
