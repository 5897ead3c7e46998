// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "support/build.hpp"

namespace help::test {
namespace {

using State = Judgement::State;

TEST_CASE("a mark below the line is a hit, the line itself is not") {
  School school;
  for (int number = 0; number < 4; ++number) school.student();
  school.final_exam().row(0, {"59.5", "80"}).row(1, {"60", "60"}).row(2, {"59.99", "100"}).row(3, {"0", "100"});
  school.final_below_60();
  CHECK(school.listed() == Names{"S3", "S0", "S2"});
}

TEST_CASE("a share of full is compared without rounding") {
  School school;
  for (int number = 0; number < 3; ++number) school.student();
  // 33.33 % of 150 is 49.995.
  school.empty_exam("final", ExamKind::final_exam, "2026-01-15", School::fall)
      .subject(School::maths, 150, 90)
      .row(0, {"49.99"})
      .row(1, {"50"})
      .row(2, {"50.01"});
  school.final_below_60().parameters.below = {Line::Kind::percent, 3333};
  CHECK(school.listed() == Names{"S0"});
  const auto hit = school.judgement(0);
  CHECK(hit.shortfall_numerator * 30'000 == hit.shortfall_denominator);  // (49.995 - 49.99) / 150
}

TEST_CASE("the pass mark of the subject is the line where the policy says pass") {
  School school;
  school.student();
  school.student();
  school.empty_exam("final", ExamKind::final_exam, "2026-01-15", School::fall).subject(0, 150, 90).row(0, {"89.99"}).row(1, {"90"});
  school.final_below_60().parameters.below = {};
  CHECK(school.listed() == Names{"S0"});
}

TEST_CASE("a missing mark is never below a line") {
  School school;
  for (int number = 0; number < 6; ++number) school.student();
  school.final_exam()
      .row(0, {"absent", "absent"})
      .row(1, {"deferred", "void"})
      .row(2, {"~", "~"})
      .row(3, {"exempt", "exempt"})
      .row(4, {"absent", "59"});
  school.final_below_60();
  CHECK(school.listed() == Names{"S4"});
  CHECK(school.judgement(0).reason == Reason::missing_marks);
  CHECK(school.judgement(3).reason == Reason::no_mark);
  CHECK(school.judgement(5).reason == Reason::no_mark);
}

TEST_CASE("any-subject makes one item with every failing subject, per-subject one item each") {
  School school;
  school.student();
  school.final_exam().row(0, {"50", "40"});
  auto& rule = school.final_below_60();
  auto items = school.answer().items;
  REQUIRE(items.size() == 1);
  CHECK(items[0].subjects == std::vector<SubjectIndex>{0, 1});
  CHECK(items[0].hits[0].evidence.size() == 2);
  rule.parameters.basis.kind = Basis::Kind::per_subject;
  CHECK(school.listed() == Names{"S0/数学", "S0/语文"});
}

TEST_CASE("named subjects are the only ones that are judged") {
  School school;
  school.student();
  school.student();
  school.final_exam().row(0, {"50", "90"}).row(1, {"90", "50"});
  school.final_below_60().parameters.basis.subjects = {"数学"};
  CHECK(school.listed() == Names{"S1"});
}

TEST_CASE("a class of which the only student was absent sat the exam; one with no entry may not have the subject") {
  for (const auto* state : {"absent", "deferred", "void"}) {
    CAPTURE(state);
    School school;
    school.student();
    school.final_below_60().parameters.basis.kind = Basis::Kind::average;
    school.final_exam().row(0, {"90", state});
    CHECK(school.judgement(0).reason == Reason::missing_marks);
    CHECK(school.answer().no_mark.size() == 1);
  }
  for (const auto* state : {"~", "exempt", "-"}) {
    CAPTURE(state);
    School school;
    school.student();
    school.final_below_60().parameters.basis.kind = Basis::Kind::average;
    school.final_exam().row(0, {"50", state});
    CHECK(school.judgement(0).state == Judgement::State::hit);
  }
}

TEST_CASE("an average is compared as an exact fraction") {
  School school;
  school.student();
  school.student();
  school.final_exam().row(0, {"59.99", "60"}).row(1, {"59.99", "60.01"});
  school.final_below_60().parameters.basis.kind = Basis::Kind::average;
  CHECK(school.listed() == Names{"S0"});
  CHECK(school.judgement(0).evidence[0].figure == 5999);  // 59.995, rounded down
}

TEST_CASE("one missing mark: not judged, left out or nought, as the policy says") {
  School school;
  school.student();
  school.student();
  school.final_exam().row(0, {"70", "absent"}).row(1, {"70", "90"});
  auto& basis = school.final_below_60().parameters.basis;
  basis.kind = Basis::Kind::average;
  CHECK(school.judgement(0).reason == Reason::missing_marks);
  basis.missing = MissingMarks::present_only;
  CHECK(school.judgement(0).state == State::not_hit);
  basis.missing = MissingMarks::zero;
  CHECK(school.judgement(0).state == State::hit);
}

TEST_CASE("a total counts the subjects that the class sat, or the named ones") {
  School school;
  const auto other = school.add_class("c2", 2025, 7);
  school.student();
  school.student(other);
  school.student(other);
  school.final_exam().row(0, {"90", "~"}).row(1, {"90", "~"}).row(2, {"80", "70"});
  auto& rule = school.final_below_60();
  rule.parameters.basis.kind = Basis::Kind::total;
  rule.parameters.below = {Line::Kind::mark, 10'000};
  CHECK(school.listed() == Names{"S0"});  // nobody of c1 sat 数学; S1 lacks a mark that the class has
  rule.parameters.basis.subjects = {"语文", "数学"};
  CHECK(school.listed().empty());
}

TEST_CASE("the latest of the chosen kinds and term is judged") {
  School school;
  school.student();
  school.exam("f1", ExamKind::final_exam, "2025-06-20", 1).row(0, {"10", "10"});
  school.exam("m1", ExamKind::midterm, "2025-11-10", School::fall).row(0, {"20", "20"});
  school.final_exam().row(0, {"59", "90"});
  school.exam("entry", ExamKind::entry, "2026-02-26", School::spring).row(0, {"30", "30"});
  auto& rule = school.final_below_60();
  CHECK(school.data().exams.empty());
  CHECK(school.answer().items.at(0).hits.at(0).evidence.at(0).mark == Mark::of(5900));
  rule.parameters.exam = {};
  CHECK(school.answer().items.at(0).hits.at(0).evidence.at(0).mark == Mark::of(5900));  // `latest` is never an entry mark
  rule.parameters.exam.id = "f1";
  CHECK(school.answer().items.at(0).hits.at(0).evidence.at(0).mark == Mark::of(1000));
  rule.parameters.exam = School::current(ExamKind::entry);
  CHECK(school.answer().items.at(0).hits.at(0).evidence.at(0).mark == Mark::of(3000));
}

TEST_CASE("a rule without an exam says so, and nothing dated after today is an exam") {
  School school;
  school.student();
  school.exam("later", ExamKind::midterm, "2026-03-02", School::spring).row(0, {"10", "10"});
  school.final_below_60().parameters.exam = School::current(ExamKind::midterm);
  auto answer = school.answer();
  CHECK(answer.items.empty());
  CHECK(answer.rules_without_exam == std::vector<std::string>{"final-below-60"});
  school.question().today = day("2026-03-02");
  CHECK(school.listed() == Names{"S0"});
}

TEST_CASE("the question may name another term, or pin an exam") {
  School school;
  school.student();
  school.exam("m1", ExamKind::midterm, "2025-11-10", School::fall).row(0, {"50", "90"});
  school.exam("m2", ExamKind::midterm, "2025-12-10", School::fall).row(0, {"90", "90"});
  school.final_below_60().parameters.exam = School::current(ExamKind::midterm);
  CHECK(school.listed().empty());
  school.question().term = School::fall;
  CHECK(school.listed().empty());
  school.question().exam = "m1";
  CHECK(school.listed() == Names{"S0"});
}

TEST_CASE("after a retest the latest mark counts, or the best") {
  School school;
  for (int number = 0; number < 4; ++number) school.student();
  school.final_exam().row(0, {"50", "90"}).row(1, {"58", "90"}).row(2, {"absent", "90"}).row(3, {"50", "90"});
  school.exam("retest", ExamKind::other, "2026-02-01", School::fall)
      .retests("final")
      .row(0, {"70", "-"})
      .row(1, {"40", "-"})
      .row(2, {"30", "-"})
      .row(3, {"absent", "-"});
  school.final_below_60();
  CHECK(school.listed() == Names{"S2", "S1", "S3"});
  CHECK(school.judgement(1).evidence[0].retest.has_value());
  school.policy().best_of_retests = true;
  CHECK(school.listed() == Names{"S2", "S3", "S1"});
  school.question().today = day("2026-01-31");
  school.question().term = School::spring;
  CHECK(school.listed() == Names{"S0", "S3", "S1"});
}

TEST_CASE("a retest out of another full mark is measured by its own") {
  School school;
  school.student();
  school.student();
  school.empty_exam("final", ExamKind::final_exam, "2026-01-15", School::fall).subject(0, 150, 90).row(0, {"80"}).row(1, {"80"});
  school.empty_exam("retest", ExamKind::other, "2026-02-01", School::fall)
      .subject(0, 100, 60)
      .retests("final")
      .row(0, {"60"})
      .row(1, {"59.5"});
  school.final_below_60().parameters.below = {};
  CHECK(school.listed() == Names{"S1"});
}

TEST_CASE("at least so many subjects failed in one exam") {
  School school;
  school.student();
  school.student();
  school.final_exam().row(0, {"59", "59"}).row(1, {"59", "60"});
  auto& rule = school.rule("two", "failed-subjects");
  rule.parameters.exam = School::previous_final();
  rule.parameters.times = 2;
  CHECK(school.listed() == Names{"S0"});
  CHECK(school.judgement(1).count == 1);
  CHECK(school.judgement(1).needed == 2);
}

TEST_CASE("transferred holds for exams before the transfer and in the first terms after it") {
  School school;
  school.student();
  school.exam("spring", ExamKind::final_exam, "2025-06-20", 1).row(0, {"50", "90"});
  school.final_exam().row(0, {"50", "90"});
  auto& rule = school.final_below_60();
  rule.only = {Condition{}};
  CHECK(school.judgement(0).reason == Reason::condition);
  school.of(0).transferred = day("2026-02-25");
  CHECK(school.judgement(0).state == State::hit);
  school.of(0).transferred = day("2025-09-01");
  CHECK(school.judgement(0).state == State::hit);
  school.of(0).transferred = day("2025-06-01");
  CHECK(school.judgement(0).reason == Reason::condition);
  school.policy().transferred_terms = 2;
  CHECK(school.judgement(0).state == State::hit);
  school.of(0).transferred = day("2026-03-02");  // after today: not seen
  CHECK(school.judgement(0).reason == Reason::condition);
}

TEST_CASE("class and group are judged on the exam's day, grade and cohort on the day of the question") {
  School school;
  const auto other = school.add_class("c2", 2025, 7);
  school.student();
  school.of(0).classes = {{0, {Date::min(), day("2026-01-31")}}, {other, {day("2026-02-01"), Date::max()}}};
  school.of(0).groups = {{"left-behind", {Date::min(), day("2026-01-31")}}};
  school.final_exam().row(0, {"50", "90"});
  auto& rule = school.final_below_60();
  const auto holds = [&](Condition condition) {
    rule.only = {std::move(condition)};
    const bool only = school.judgement(0).state == State::hit;
    rule.unless = std::move(rule.only);
    rule.only.clear();
    CHECK((school.judgement(0).state == State::hit) != only);
    rule.unless.clear();
    return only;
  };
  CHECK(holds({.kind = Condition::Kind::in_class, .grades = {}, .names = {"c1"}, .cohorts = {}}));
  CHECK(!holds({.kind = Condition::Kind::in_class, .grades = {}, .names = {"c2"}, .cohorts = {}}));
  CHECK(holds({.kind = Condition::Kind::group, .grades = {}, .names = {"left-behind"}, .cohorts = {}}));
  CHECK(holds({.kind = Condition::Kind::grade, .grades = {6, 7}, .names = {}, .cohorts = {}}));
  CHECK(!holds({.kind = Condition::Kind::grade, .grades = {8}, .names = {}, .cohorts = {}}));
  CHECK(holds({.kind = Condition::Kind::cohort, .grades = {}, .names = {}, .cohorts = {{2025, {7}}}}));
  CHECK(!holds({.kind = Condition::Kind::cohort, .grades = {}, .names = {}, .cohorts = {{2024, {7}}}}));
}

TEST_CASE("a rule judges exams of its own period only") {
  School school;
  school.student();
  school.final_exam().row(0, {"50", "90"});
  auto& rule = school.final_below_60();
  rule.in_force = {day("2026-01-15"), day("2026-01-15")};
  CHECK(school.listed() == Names{"S0"});
  rule.in_force = {day("2026-01-16"), Date::max()};
  CHECK(school.judgement(0).reason == Reason::not_in_force);
}

TEST_CASE("who has left, or is in no class any more, is not judged; who never was in one is") {
  School school;
  for (int number = 0; number < 4; ++number) school.student();
  school.final_exam().row(0, {"50", "90"}).row(1, {"50", "90"}).row(2, {"50", "90"}).row(3, {"50", "90"});
  school.of(0).left = day("2026-02-28");
  school.of(1).left = day("2026-03-01");
  school.of(2).classes = {{0, {Date::min(), day("2026-02-28")}}};
  school.of(3).classes.clear();
  school.final_below_60();
  CHECK(school.listed() == Names{"S1", "S3"});
  CHECK(school.answer().items[1].grade == 0);
  CHECK(school.judgement(0).reason == Reason::not_here);
}

TEST_CASE("no mark to judge by: who came from elsewhere, and who is missing from a class that sat the exam") {
  School school;
  const auto other = school.add_class("c2", 2024, 7);
  school.student();
  school.student();
  school.student(other);
  school.student(other);
  school.of(3).transferred = day("2026-02-25");
  school.final_exam().row(0, {"90", "90"});
  school.final_below_60();
  const auto answer = school.answer();
  REQUIRE(answer.no_mark.size() == 2);  // c2 did not sit the exam, but S3 came from elsewhere
  CHECK(answer.no_mark[0].student == 1);
  CHECK(answer.no_mark[1].student == 3);
  REQUIRE(answer.not_judged.size() == 1);
  CHECK(answer.not_judged[0].students == 2);
}

}  // namespace
}  // namespace help::test
