// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "support/build.hpp"

namespace help::test {
namespace {

using State = Judgement::State;

/// A school with one student whose marks in 数学 stand one after another, a fortnight apart; "|" begins the next term.
struct Series {
  School school;
  explicit Series(std::initializer_list<std::string_view> marks) {
    school.student();
    auto date = day("2025-09-10");
    std::size_t term = School::fall;
    for (const auto mark : marks) {
      if (mark == "|") {
        date = day("2026-02-26");
        term = School::spring;
        continue;
      }
      school.empty_exam("e" + to_string(date), ExamKind::monthly, to_string(date), term).subject(School::maths, 100, 60).row(0, {mark});
      date += Days{term == School::fall ? 14 : 1};
    }
  }
  Rule& in_a_row(int times) {
    auto& rule = school.rule("row", "failed-in-a-row");
    rule.parameters.times = times;
    return rule;
  }
};

TEST_CASE("failures in a row that end with the latest exam") {
  CHECK(Series({"70", "59", "59.5"}).school.data().students.size() == 1);
  Series two({"70", "59", "59.5"});
  two.in_a_row(2);
  CHECK(two.school.judgement(0).state == State::hit);
  CHECK(two.school.judgement(0).evidence.size() == 2);
  Series ended({"50", "50", "60"});
  ended.in_a_row(2);
  CHECK(ended.school.judgement(0).state == State::not_hit);
  CHECK(ended.school.judgement(0).count == 0);
}

TEST_CASE("failures in a row anywhere") {
  Series series({"50", "50", "60", "70"});
  auto& rule = series.in_a_row(2);
  rule.parameters.ending = RunEnding::any;
  const auto hit = series.school.judgement(0);
  CHECK(hit.state == State::hit);
  CHECK(hit.count == 2);
  CHECK(hit.evidence.size() == 2);
  rule.parameters.times = 3;
  CHECK(series.school.judgement(0).state == State::not_hit);
}

TEST_CASE("a missing mark is skipped, or breaks the run") {
  for (const auto missing : {"absent", "deferred", "void", "~"}) {
    Series series({"50", missing, "50"});
    auto& rule = series.in_a_row(2);
    CHECK(series.school.judgement(0).state == State::hit);
    rule.parameters.missing = RunMissing::break_run;
    CHECK(series.school.judgement(0).state == State::not_hit);
  }
  Series at_end({"50", "50", "absent"});
  auto& rule = at_end.in_a_row(2);
  CHECK(at_end.school.judgement(0).state == State::hit);
  rule.parameters.missing = RunMissing::break_run;
  CHECK(at_end.school.judgement(0).state == State::not_hit);
}

TEST_CASE("exempt and not examined never break a run") {
  for (const auto nothing : {"exempt", "-"}) {
    Series series({"50", nothing, "50"});
    series.in_a_row(2).parameters.missing = RunMissing::break_run;
    CHECK(series.school.judgement(0).state == State::hit);
  }
}

TEST_CASE("runs cross the end of a term unless the rule stays within it") {
  Series series({"50", "|", "50"});
  auto& rule = series.in_a_row(2);
  CHECK(series.school.judgement(0).state == State::hit);
  rule.parameters.within_term = true;
  CHECK(series.school.judgement(0).state == State::not_hit);
  CHECK(series.school.judgement(0).count == 1);
}

TEST_CASE("only the last exams of a choice are looked at") {
  Series series({"50", "50", "50", "70", "50"});
  auto& rule = series.in_a_row(2);
  rule.parameters.ending = RunEnding::any;
  CHECK(series.school.judgement(0).state == State::hit);
  rule.parameters.exam.last = 2;
  CHECK(series.school.judgement(0).state == State::not_hit);
}

TEST_CASE("a run is of one subject") {
  School school;
  school.student();
  school.exam("e1", ExamKind::monthly, "2025-10-01", School::fall).row(0, {"50", "90"});
  school.exam("e2", ExamKind::monthly, "2025-11-01", School::fall).row(0, {"90", "50"});
  school.rule("row", "failed-in-a-row").parameters.times = 2;
  CHECK(school.listed().empty());
}

TEST_CASE("so many of the last exams failed, of one subject") {
  Series series({"50", "70", "50", "absent", "50"});
  auto& rule = series.school.rule("often", "failed-of-last");
  rule.parameters.times = 3;
  rule.parameters.last = 5;
  CHECK(series.school.judgement(0).state == State::hit);
  rule.parameters.last = 4;
  CHECK(series.school.judgement(0).state == State::not_hit);
  CHECK(series.school.judgement(0).count == 2);
  rule.parameters.times = 2;
  rule.parameters.last = 9;  // fewer were held: the failures are enough
  CHECK(series.school.judgement(0).state == State::hit);

  School school;
  school.student();
  school.exam("e1", ExamKind::monthly, "2025-10-01", School::fall).row(0, {"50", "50"});
  auto& both = school.rule("often", "failed-of-last");
  both.parameters.times = 2;
  both.parameters.last = 3;
  CHECK(school.listed().empty());
}

TEST_CASE("a rule that came into force later judges only the exams since then") {
  Series series({"50", "50", "50"});
  auto& rule = series.in_a_row(2);
  rule.in_force.from = day("2025-09-20");
  CHECK(series.school.judgement(0).count == 2);
  rule.in_force.from = day("2025-10-01");
  CHECK(series.school.judgement(0).state == State::not_hit);
  rule.in_force = {Date::min(), day("2025-10-01")};
  CHECK(series.school.judgement(0).reason == Reason::not_in_force);
}

TEST_CASE("averages can fail in a row, too") {
  School school;
  school.student();
  school.exam("e1", ExamKind::monthly, "2025-10-01", School::fall).row(0, {"50", "69"});
  school.exam("e2", ExamKind::monthly, "2025-11-01", School::fall).row(0, {"69.99", "50"});
  auto& rule = school.rule("row", "failed-in-a-row");
  rule.parameters.times = 2;
  rule.parameters.below = {Line::Kind::mark, 6000};
  CHECK(school.listed().empty());
  rule.parameters.basis.kind = Basis::Kind::average;
  CHECK(school.listed() == Names{"S0"});
}

TEST_CASE("only absent is a missed exam, and an exam counts once") {
  School school;
  for (int number = 0; number < 3; ++number) school.student();
  school.exam("e1", ExamKind::monthly, "2025-10-01", School::fall)
      .row(0, {"absent", "absent"})
      .row(1, {"absent", "90"})
      .row(2, {"deferred", "void"});
  school.exam("e2", ExamKind::monthly, "2025-11-01", School::fall).row(0, {"90", "90"}).row(1, {"90", "absent"}).row(2, {"~", "exempt"});
  auto& rule = school.rule("missed", "missed-exams");
  rule.parameters.times = 2;
  CHECK(school.listed() == Names{"S1"});
  rule.parameters.times = 1;
  CHECK(school.listed() == Names{"S0", "S1"});
  CHECK(school.judgement(0).shortfall_numerator == school.judgement(0).shortfall_denominator);
}

TEST_CASE("who sat the retest has not missed the exam") {
  School school;
  school.student();
  school.exam("e1", ExamKind::monthly, "2025-10-01", School::fall).row(0, {"absent", "90"});
  school.exam("e1r", ExamKind::other, "2025-10-08", School::fall).retests("e1").row(0, {"80", "-"});
  school.rule("missed", "missed-exams");
  CHECK(school.listed().empty());
}

TEST_CASE("counts are added up over the term, the year or the last days") {
  School school;
  school.student();
  const auto add = [&](std::string_view from, std::string_view until, int absences) {
    school.data().counts.push_back({std::string(from), "", {day(from), day(until)}, {"absences", "late"}, {0}, {absences, 50}});
  };
  add("2025-10-01", "2025-10-31", 3);
  add("2026-02-25", "2026-02-28", 2);
  add("2026-03-01", "2026-03-31", 9);  // not over yet
  auto& rule = school.rule("absences", "count-at-least");
  rule.parameters.count = "absences";
  rule.parameters.times = 2;
  CHECK(school.judgement(0).count == 2);
  rule.parameters.window.kind = CountWindow::Kind::year;
  CHECK(school.judgement(0).count == 5);
  rule.parameters.window = {CountWindow::Kind::days, 5};  // from 2026-02-25
  CHECK(school.judgement(0).count == 2);
  rule.parameters.window.days = 4;
  CHECK(school.judgement(0).reason == Reason::no_count);
  rule.parameters.window = {};
  rule.parameters.times = 3;
  CHECK(school.judgement(0).state == State::not_hit);
}

TEST_CASE("an indicator counts once, however often it was seen, until it is cleared") {
  School school;
  school.student();
  school.event(EventKind::observed, 0, "2026-02-01").indicator = "inferiority";
  school.event(EventKind::observed, 0, "2026-02-10").indicator = "inferiority";
  school.event(EventKind::observed, 0, "2026-02-11").indicator = "moody";
  school.event(EventKind::observed, 0, "2026-03-02").indicator = "apart";
  school.of(0).groups = {{"left-behind", {}}};
  auto& rule = school.rule("signs", "flagged");
  rule.parameters.indicators = {"inferiority", "moody", "apart"};
  rule.parameters.times = 3;
  CHECK(school.judgement(0).count == 2);
  rule.parameters.groups = {"left-behind"};
  CHECK(school.judgement(0).state == State::hit);
  CHECK(school.answer().rules_reading_groups == std::vector<std::string>{"signs"});
  school.event(EventKind::cleared, 0, "2026-02-12").indicator = "moody";
  CHECK(school.judgement(0).state == State::not_hit);
}

TEST_CASE("a student who is named by hand is on the list") {
  School school;
  school.student();
  school.student();
  school.rule("by-hand", "listed").parameters.students = {"S1", "S9"};
  CHECK(school.listed() == Names{"S1"});
}

}  // namespace
}  // namespace help::test
