// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dataset.hpp"
#include "rules/identify.hpp"
#include "rules/kinds.hpp"

namespace help::test {

/// A day; ends the test program where the text is none.
inline Date day(std::string_view text) {
  const auto parsed = parse_date(text);
  if (!parsed) std::abort();
  return *parsed;
}

/// A mark as it is written in a file: "59.5", "absent", "~"; "-" = no such mark at all.
inline Mark mark_of(std::string_view text) {
  for (const auto state : {Mark::State::no_entry, Mark::State::absent, Mark::State::exempt, Mark::State::deferred, Mark::State::voided}) {
    if (text == word_of(state)) return Mark(state);
  }
  if (text == "-") return Mark{};
  const auto hundredths = parse_hundredths(text);
  if (!hundredths) std::abort();
  return Mark::of(*hundredths);
}

/// Small sentences that make an exam.
class BuiltExam {
 public:
  BuiltExam(std::string id, ExamKind kind, std::string_view date, std::size_t term) {
    exam_.id = std::move(id);
    exam_.name = exam_.id;
    exam_.kind = kind;
    exam_.date = day(date);
    exam_.term = term;
  }
  BuiltExam& subject(SubjectIndex subject, int full, int pass) {
    exam_.subjects.push_back({subject, full * 100, pass * 100});
    return *this;
  }
  BuiltExam& retests(std::string id) {
    exam_.retests = std::move(id);
    return *this;
  }
  BuiltExam& row(StudentIndex student, std::initializer_list<std::string_view> marks) {
    std::vector<Mark> row;
    for (const auto mark : marks) row.push_back(mark_of(mark));
    rows_.emplace_back(student, std::move(row));
    return *this;
  }
  [[nodiscard]] Exam exam() const {
    auto sorted = rows_;
    std::ranges::stable_sort(sorted, {}, &std::pair<StudentIndex, std::vector<Mark>>::first);
    Exam made = exam_;
    for (const auto& [student, marks] : sorted) {
      made.students.push_back(student);
      made.marks.insert(made.marks.end(), marks.begin(), marks.end());
    }
    return made;
  }

 private:
  Exam exam_;
  std::vector<std::pair<StudentIndex, std::vector<Mark>>> rows_;
};

/// Small sentences that make a school. It has four terms (2024-fall, 2025-spring, 2025-fall, 2026-spring), one class c1 of the cohort 2025
/// in grade 7, and the subjects 语文 and 数学, each out of 100 with 60 to pass.
class School {
 public:
  static constexpr SubjectIndex chinese = 0;
  static constexpr SubjectIndex maths = 1;
  static constexpr std::size_t fall = 2;    // 2025-09-01 to 2026-01-20
  static constexpr std::size_t spring = 3;  // 2026-02-25 to 2026-07-05

  School() {
    const auto term = [&](std::string id, int year, std::string_view from, std::string_view until) {
      data_.calendar.terms.push_back({std::move(id), "", year, {day(from), day(until)}, day(from)});
    };
    term("2024-fall", 2024, "2024-09-01", "2025-01-20");
    term("2025-spring", 2024, "2025-02-20", "2025-07-05");
    term("2025-fall", 2025, "2025-09-01", "2026-01-20");
    term("2026-spring", 2025, "2026-02-25", "2026-07-05");
    data_.subjects = {"语文", "数学"};
    add_class("c1", 2025, 7);
    question_.today = day("2026-03-01");
    data_.policy.identify.reserve(32);  // so that a sentence may go on after the next rule
    data_.policy.none_below = 1;
    data_.policy.tentative_below = 1;
  }

  [[nodiscard]] Dataset& data() { return data_; }
  [[nodiscard]] Policy& policy() { return data_.policy; }
  [[nodiscard]] Question& question() { return question_; }

  ClassIndex add_class(std::string id, int cohort, int entry_grade) {
    data_.classes.push_back({std::move(id), "", cohort, entry_grade, {}});
    return static_cast<ClassIndex>(data_.classes.size() - 1);
  }
  /// Students have the ids S0, S1 … and stand in class `in` for ever.
  StudentIndex student(ClassIndex in = 0) {
    Student student;
    student.id = "S" + std::to_string(data_.students.size());
    student.classes = {{in, {}}};
    data_.students.push_back(std::move(student));
    return static_cast<StudentIndex>(data_.students.size() - 1);
  }
  Student& of(StudentIndex student) { return data_.students[student]; }

  /// An exam of 语文 and 数学, both out of 100.
  BuiltExam& exam(std::string id, ExamKind kind, std::string_view date, std::size_t term) {
    return empty_exam(std::move(id), kind, date, term).subject(chinese, 100, 60).subject(maths, 100, 60);
  }
  BuiltExam& empty_exam(std::string id, ExamKind kind, std::string_view date, std::size_t term) {
    return exams_.emplace_back(std::move(id), kind, date, term);
  }
  /// The final of the fall of 2025, the `previous final` of the question.
  BuiltExam& final_exam() { return exam("final", ExamKind::final_exam, "2026-01-15", fall); }

  Rule& rule(std::string id, std::string_view kind) {
    Rule rule;
    rule.id = std::move(id);
    rule.kind = kind;
    const auto kinds = rule_kinds();
    const auto row = std::ranges::find(kinds, kind, &RuleKind::name);
    if (row == kinds.end()) std::abort();
    rule.kind_index = static_cast<std::size_t>(row - kinds.begin());
    return data_.policy.identify.emplace_back(std::move(rule));
  }
  /// mark-below on the previous final, any subject, below 60.
  Rule& final_below_60() {
    auto& made = rule("final-below-60", "mark-below");
    made.parameters.exam = previous_final();
    made.parameters.below = {Line::Kind::mark, 6000};
    return made;
  }
  static ExamChoice previous_final() {
    ExamChoice choice;
    choice.kinds = {ExamKind::final_exam};
    choice.term = ExamChoice::TermChoice::previous;
    return choice;
  }
  static ExamChoice current(ExamKind kind) {
    ExamChoice choice;
    choice.kinds = {kind};
    choice.term = ExamChoice::TermChoice::current;
    return choice;
  }

  Event& event(EventKind kind, StudentIndex student, std::string_view date) {
    Event event;
    event.id = "e" + std::to_string(data_.events.size());
    event.kind = kind;
    event.student = student;
    event.date = day(date);
    return data_.events.emplace_back(std::move(event));
  }

  /// Puts everything in the order that Dataset promises.
  Dataset& ready() {
    data_.exams.clear();
    for (const auto& each : exams_) data_.exams.push_back(each.exam());
    std::ranges::sort(data_.exams, [](const Exam& a, const Exam& b) { return std::pair(a.date, a.id) < std::pair(b.date, b.id); });
    std::ranges::stable_sort(data_.events, {}, &Event::date);
    data_.index();
    return data_;
  }
  Identified answer() { return identify(ready(), question_); }
  std::vector<Judgement> why(StudentIndex student) { return explain(ready(), question_, student); }
  /// The only judgement of the only rule on a student.
  Judgement judgement(StudentIndex student) {
    const auto all = why(student);
    if (all.size() != 1) std::abort();
    return all.front();
  }
  /// The ids of the list, in its order; "S1/数学" for an item of one subject.
  std::vector<std::string> listed() { return names(answer().items); }
  std::vector<std::string> names(const std::vector<IdentifiedItem>& items) const {
    std::vector<std::string> ids;
    for (const auto& item : items) {
      ids.push_back(data_.students[item.student].id + (item.subject ? "/" + data_.subjects[*item.subject] : ""));
    }
    return ids;
  }

 private:
  Dataset data_;
  Question question_;
  std::deque<BuiltExam> exams_;  // so that a sentence may go on after the next exam
};

using Names = std::vector<std::string>;

}  // namespace help::test
