// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "support/build.hpp"

namespace help::test {
namespace {

using State = Judgement::State;

/// BF-29: transferred students with 50 to 59 in the final wait for the midterm.
struct Pending {
  School school;
  Pending() {
    school.student();
    school.final_exam().row(0, {"90", "55"});
    auto& rule = school.final_below_60();
    rule.outcome = Outcome::pending;
    rule.confirm = Confirm{School::current(ExamKind::midterm), {Line::Kind::percent, 6000}};
    school.question().today = day("2026-06-01");
  }
  void midterm(std::string_view chinese, std::string_view maths) {
    school.exam("midterm", ExamKind::midterm, "2026-05-01", School::spring).row(0, {chinese, maths});
  }
};

TEST_CASE("a pending case waits until the confirming exam is there") {
  Pending pending;
  auto answer = pending.school.answer();
  REQUIRE(answer.items.size() == 1);
  CHECK(answer.items[0].outcome == Outcome::pending);
  pending.midterm("90", "59.5");
  answer = pending.school.answer();
  CHECK(answer.items[0].outcome == Outcome::identified);
  CHECK(answer.items[0].hits[0].evidence.size() == 2);
  pending.school.question().today = day("2026-04-30");
  CHECK(pending.school.answer().items[0].outcome == Outcome::pending);
}

TEST_CASE("a pending case is cleared by the confirming exam, and stays pending without a mark there") {
  Pending cleared;
  cleared.midterm("60", "60");
  CHECK(cleared.school.listed().empty());
  CHECK(cleared.school.judgement(0).state == State::cleared);
  Pending absent;
  absent.midterm("absent", "absent");
  CHECK(absent.school.judgement(0).state == State::waiting);
}

TEST_CASE("where cases are per subject, the same subject decides") {
  Pending pending;
  pending.midterm("30", "80");
  auto& basis = pending.school.policy().identify[0].parameters.basis;
  CHECK(pending.school.judgement(0).state == State::hit);  // any-subject: any
  basis.kind = Basis::Kind::per_subject;
  CHECK(pending.school.listed().empty());
}

TEST_CASE("identified beats pending beats watch, and all hits stay") {
  School school;
  school.student();
  school.final_exam().row(0, {"50", "90"});
  school.final_below_60().outcome = Outcome::watch;
  school.final_below_60().outcome = Outcome::pending;
  CHECK(school.answer().items[0].outcome == Outcome::pending);
  school.final_below_60();
  const auto item = school.answer().items.at(0);
  CHECK(item.outcome == Outcome::identified);
  CHECK(item.hits.size() == 3);
}

TEST_CASE("most in need first: outcome, subjects, shortfall, id") {
  School school;
  for (int number = 0; number < 5; ++number) school.student();
  school.final_exam().row(0, {"50", "90"}).row(1, {"59", "59"}).row(2, {"40", "90"}).row(3, {"90", "50"}).row(4, {"absent", "absent"});
  school.final_below_60();
  auto& missed = school.rule("missed", "missed-exams");
  missed.outcome = Outcome::watch;
  CHECK(school.listed() == Names{"S1", "S2", "S0", "S3", "S4"});
}

/// Five students below the line, by need: S0, then S1 and S2 alike, S3, S4.
struct Five {
  School school;
  Five() {
    for (int number = 0; number < 5; ++number) school.student();
    school.final_exam().row(0, {"10", "90"}).row(1, {"20", "90"}).row(2, {"20", "90"}).row(3, {"30", "90"}).row(4, {"40", "90"});
    school.final_below_60();
  }
  void places(int count, bool ties) { school.policy().places = Places{count, PlacesPer::school, ties}; }
};

TEST_CASE("places are cut by need; equals get in together, or not at all") {
  Five five;
  five.places(2, true);
  CHECK(five.school.listed() == Names{"S0", "S1", "S2"});
  CHECK(five.school.names(five.school.answer().just_outside) == Names{"S3", "S4"});
  five.places(2, false);
  CHECK(five.school.listed() == Names{"S0"});
  CHECK(five.school.names(five.school.answer().just_outside) == Names{"S1", "S2", "S3", "S4"});
  five.places(3, false);
  CHECK(five.school.listed() == Names{"S0", "S1", "S2"});
  five.places(0, true);
  CHECK(five.school.listed().empty());
}

TEST_CASE("the next five are just outside") {
  School school;
  auto& exam = school.empty_exam("final", ExamKind::final_exam, "2026-01-15", School::fall).subject(0, 100, 60);
  for (int number = 0; number < 9; ++number) exam.row(school.student(), {std::to_string(10 + number)});
  school.final_below_60();
  school.policy().places = Places{2, PlacesPer::school, true};
  CHECK(school.answer().just_outside.size() == 5);
}

TEST_CASE("pending, excluded and dismissed students take no place") {
  Five five;
  five.places(1, true);
  five.school.policy().exclude = {"physiological"};
  five.school.event(EventKind::excluded, 0, "2026-02-01").basis = "physiological";
  five.school.event(EventKind::dismissed, 1, "2026-02-01");
  CHECK(five.school.listed() == Names{"S1", "S2", "S0"});
}

TEST_CASE("places can be those of a grade or a class") {
  Five five;
  const auto other = five.school.add_class("c2", 2024, 7);
  five.school.of(3).classes = {{other, {}}};
  five.places(1, false);
  five.school.policy().places->per = PlacesPer::grade;
  CHECK(five.school.listed() == Names{"S0", "S3"});
  five.school.policy().places->per = PlacesPer::school_class;
  CHECK(five.school.listed() == Names{"S0", "S3"});
}

TEST_CASE("an excluded student with a hit is shown last; without the policy's basis there is no exclusion") {
  Five five;
  five.school.event(EventKind::excluded, 0, "2026-02-01").basis = "physiological";
  CHECK(five.school.listed().front() == "S0");
  five.school.policy().exclude = {"physiological"};
  CHECK(five.school.listed().back() == "S0");
  CHECK(five.school.answer().items.back().exclusion_basis == "physiological");
  five.school.event(EventKind::included, 0, "2026-02-02");
  CHECK(five.school.listed().front() == "S0");
}

TEST_CASE("a decision dated after today is not seen") {
  Five five;
  five.school.policy().exclude = {"physiological"};
  five.school.event(EventKind::excluded, 0, "2026-03-02").basis = "physiological";
  CHECK(five.school.listed().front() == "S0");
}

TEST_CASE("a dismissed student stays dismissed on the same evidence, new evidence suggests again") {
  Five five;
  auto& event = five.school.event(EventKind::dismissed, 0, "2026-02-01");
  event.rules = {"final-below-60"};
  event.exams = {"final"};
  CHECK(five.school.answer().items.front().state == CaseState::dismissed);
  auto& rule = five.school.rule("midterm", "mark-below");
  rule.parameters.exam = School::current(ExamKind::midterm);
  rule.parameters.below = {};
  five.school.exam("midterm", ExamKind::midterm, "2026-02-27", School::spring).row(0, {"50", "90"});
  CHECK(five.school.answer().items.front().state == CaseState::none);
}

TEST_CASE("a released student is suggested again on evidence from after the release only") {
  Five five;
  five.school.event(EventKind::released, 0, "2026-02-01");
  CHECK(five.school.answer().items.front().state == CaseState::released);
  five.school.data().events[0].date = day("2026-01-14");  // the day before the final
  CHECK(five.school.answer().items.front().state == CaseState::none);
}

TEST_CASE("a decision on one subject is of that subject only") {
  School school;
  school.student();
  school.final_exam().row(0, {"50", "50"});
  school.final_below_60().parameters.basis.kind = Basis::Kind::per_subject;
  school.event(EventKind::confirmed, 0, "2026-02-01").subject = School::maths;
  auto items = school.answer().items;
  REQUIRE(items.size() == 2);
  CHECK(items[0].state == CaseState::confirmed);
  CHECK(items[1].state == CaseState::none);
}

/// A teacher of 数学 in c1 who must have two students.
struct Minimum {
  School school;
  Minimum() {
    for (int number = 0; number < 4; ++number) school.student();
    school.final_exam().row(0, {"90", "50"}).row(1, {"90", "70"}).row(2, {"50", "61"}).row(3, {"90", "absent"});
    school.final_below_60();
    school.data().staff.push_back({"T1", "", {}, {}, {}});
    school.data().teaching.push_back({0, School::maths, 0, {}});
    school.policy().minimum = MinimumPerTeacher{2, {"数学"}, School::previous_final(), ""};
  }
};

TEST_CASE("the nearest students are added until a teacher has the minimum") {
  Minimum minimum;
  const auto answer = minimum.school.answer();
  CHECK(minimum.school.names(answer.items) == Names{"S0", "S2", "S2/数学"});
  CHECK(answer.items[2].for_minimum);
  CHECK(answer.items[2].outcome == Outcome::watch);
  CHECK(answer.short_of_minimum.empty());
}

TEST_CASE("a teacher is short where no marks are left, and excluded students are not added") {
  Minimum minimum;
  minimum.school.policy().exclude = {"physiological"};
  minimum.school.event(EventKind::excluded, 2, "2026-02-01").basis = "physiological";
  minimum.school.policy().minimum->students = 4;
  const auto answer = minimum.school.answer();
  CHECK(minimum.school.names(answer.items) == Names{"S0", "S1/数学", "S2"});
  REQUIRE(answer.short_of_minimum.size() == 1);
  CHECK(answer.short_of_minimum[0].has == 2);
  CHECK(answer.short_of_minimum[0].needs == 4);
  minimum.school.data().teaching[0].days.until = day("2026-02-28");
  CHECK(minimum.school.answer().short_of_minimum.empty());
}

TEST_CASE("new, continuing and gone compare with the last list by today") {
  Five five;
  const auto list = [&](std::string_view at, std::initializer_list<StudentIndex> students) {
    SavedList saved{"L" + std::string(at), std::string(at), day(at), {}};
    for (const auto student : students) saved.items.push_back({student, std::nullopt, Outcome::identified});
    five.school.data().lists.push_back(saved);
  };
  CHECK(!five.school.answer().last_list);
  five.school.student();
  list("2026-01-20", {4});
  list("2026-02-01", {0, 5});
  list("2026-03-02", {1});
  const auto answer = five.school.answer();
  CHECK(answer.last_list == 1);
  CHECK(answer.items[0].change == Change::continuing);
  CHECK(answer.items[1].change == Change::fresh);
  REQUIRE(answer.gone.size() == 1);
  CHECK(answer.gone[0].student == 5);
}

}  // namespace
}  // namespace help::test
