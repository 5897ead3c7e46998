// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "support/build.hpp"

namespace help::test {
namespace {

/// Two students of grade 7 and two of grade 8; grade 8 sits its final two days after grade 7.
struct TwoGrades {
  TwoGrades() {
    const auto eight = school.add_class("c2", 2024, 7);
    for (const ClassIndex in : {ClassIndex{0}, ClassIndex{0}, eight, eight}) school.student(in);
  }
  BuiltExam& final_of_7() { return school.exam("final-7", ExamKind::final_exam, "2026-01-13", School::fall); }
  BuiltExam& final_of_8() { return school.exam("final-8", ExamKind::final_exam, "2026-01-15", School::fall); }

  School school;
};

TEST_CASE("grades with finals of their own are each judged by their own") {
  TwoGrades both;
  both.final_of_7().row(0, {"30", "90"}).row(1, {"90", "90"});
  both.final_of_8().row(2, {"90", "90"}).row(3, {"90", "30"});
  both.school.final_below_60();
  CHECK(both.school.listed() == Names{"S0", "S3"});
  CHECK(both.school.answer().exams.size() == 2);
}

TEST_CASE("who has no row in the final of the own grade is not judged by an earlier one") {
  TwoGrades both;
  both.school.exam("early", ExamKind::final_exam, "2026-01-05", School::fall).row(0, {"30", "30"}).row(1, {"30", "30"});
  both.final_of_7().row(1, {"90", "90"});
  both.school.final_below_60();
  CHECK(both.school.listed().empty());
}

TEST_CASE("a stray row does not make an exam one of another grade") {
  TwoGrades both;
  for (int number = 0; number < 30; ++number) both.school.student(0);
  for (int number = 0; number < 30; ++number) both.school.student(1);
  auto& seven = both.final_of_7().row(0, {"30", "90"}).row(1, {"90", "90"});
  auto& eight = both.final_of_8().row(1, {"90", "90"});
  for (StudentIndex student = 4; student < 34; ++student) seven.row(student, {"90", "90"});
  for (StudentIndex student = 34; student < 64; ++student) eight.row(student, {"90", "90"});
  both.school.final_below_60();
  CHECK(both.school.listed() == Names{"S0"});
}

TEST_CASE("the last exams of a run are the last ones of the own grade") {
  TwoGrades both;
  both.final_of_7().row(0, {"30", "90"}).row(1, {"90", "90"});
  both.final_of_8().row(2, {"90", "90"}).row(3, {"90", "90"});
  auto& rule = both.school.rule("failed", "failed-of-last");
  rule.parameters.exam.kinds = {ExamKind::final_exam};
  rule.parameters.times = 1;
  rule.parameters.last = 1;
  CHECK(both.school.listed() == Names{"S0"});
}

TEST_CASE("a pending case waits for the midterm of the own grade") {
  TwoGrades both;
  both.final_of_7().row(0, {"55", "90"}).row(1, {"90", "90"});
  both.final_of_8().row(2, {"55", "90"}).row(3, {"90", "90"});
  both.school.exam("midterm-8", ExamKind::midterm, "2026-02-27", School::spring).row(2, {"90", "90"}).row(3, {"90", "90"});
  auto& rule = both.school.final_below_60();
  rule.outcome = Outcome::pending;
  rule.confirm = {School::current(ExamKind::midterm), {Line::Kind::mark, 6000}};
  CHECK(both.school.listed() == Names{"S0"});
}

TEST_CASE("every student who came from elsewhere is judged by the own mark of the old school") {
  TwoGrades both;
  for (const StudentIndex student : {0U, 2U}) both.school.of(student).transferred = day("2026-02-25");
  both.school.exam("entry-1", ExamKind::entry, "2026-02-25", School::spring).row(0, {"30", "90"});
  both.school.exam("entry-2", ExamKind::entry, "2026-02-26", School::spring).row(2, {"90", "30"});
  auto& rule = both.school.rule("entry", "mark-below");
  rule.parameters.exam = School::current(ExamKind::entry);
  rule.parameters.below = {Line::Kind::mark, 6000};
  CHECK(both.school.listed() == Names{"S0", "S2"});
}

TEST_CASE("the nearest students of a teacher of two grades come from the exams of both") {
  TwoGrades both;
  both.final_of_7().row(0, {"70", "70"}).row(1, {"90", "90"});
  both.final_of_8().row(2, {"90", "65"}).row(3, {"90", "90"});
  auto& data = both.school.data();
  data.staff.emplace_back().id = "T1";
  for (const ClassIndex in : {0U, 1U}) data.teaching.push_back({0, School::maths, in, {}});
  data.policy.minimum = MinimumPerTeacher{.students = 2, .subjects = {"数学"}, .nearest = School::previous_final()};
  CHECK(both.school.listed() == Names{"S0/数学", "S2/数学"});
}

}  // namespace
}  // namespace help::test
