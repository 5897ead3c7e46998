// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "rules/exact.hpp"
#include "support/build.hpp"

namespace help::test {
namespace {

using State = Judgement::State;

/// Students S0, S1 … of one class with these marks in 语文 in the previous final.
struct Marks {
  School school;
  explicit Marks(std::initializer_list<std::string_view> marks) {
    auto& exam = school.empty_exam("final", ExamKind::final_exam, "2026-01-15", School::fall).subject(School::chinese, 100, 60);
    for (const auto mark : marks) exam.row(school.student(), {mark});
  }
};

TEST_CASE("a percentile is the share strictly below; equals share it") {
  Marks marks({"10", "20", "20", "40", "50"});
  auto& rule = marks.school.rule("p", "percentile-below");
  rule.parameters.exam = School::previous_final();
  rule.parameters.share = 2000;
  CHECK(marks.school.listed() == Names{"S0"});  // S1 and S2: 20 % is not below 20 %
  rule.parameters.share = 2001;
  CHECK(marks.school.listed() == Names{"S0", "S1", "S2"});
  const auto hit = marks.school.judgement(1);
  CHECK(hit.evidence[0].rank == 3);
  CHECK(hit.evidence[0].group_size == 5);
  CHECK(hit.evidence[0].percentile == 2000);
}

TEST_CASE("no percentile in a group below the least size, a tentative one below the next") {
  Marks marks({"10", "20", "30", "absent"});
  auto& rule = marks.school.rule("p", "percentile-below");
  rule.parameters.exam = School::previous_final();
  rule.parameters.share = 5000;
  marks.school.policy().none_below = 4;  // three marks are present
  CHECK(marks.school.judgement(0).reason == Reason::small_group);
  marks.school.policy().none_below = 3;
  marks.school.policy().tentative_below = 4;
  CHECK(marks.school.judgement(0).state == State::hit);
  CHECK(marks.school.judgement(0).evidence[0].tentative);
  marks.school.policy().tentative_below = 3;
  CHECK(!marks.school.judgement(0).evidence[0].tentative);
}

TEST_CASE("the group is the class or the grade on the exam's day") {
  School school;
  const auto other = school.add_class("c2", 2025, 7);
  const auto older = school.add_class("c3", 2024, 7);
  for (const auto in : {ClassIndex{0}, ClassIndex{0}, other, older}) school.student(in);
  school.of(0).classes = {{0, {Date::min(), day("2026-01-31")}}, {older, {day("2026-02-01"), Date::max()}}};
  school.empty_exam("final", ExamKind::final_exam, "2026-01-15", School::fall)
      .subject(0, 100, 60)
      .row(0, {"50"})
      .row(1, {"60"})
      .row(2, {"40"})
      .row(3, {"10"});
  auto& rule = school.rule("p", "percentile-below");
  rule.parameters.exam = School::previous_final();
  rule.parameters.share = 1;
  rule.parameters.of = Compared::school_class;
  CHECK(school.listed() == Names{"S0", "S2", "S3"});
  rule.parameters.of = Compared::grade;
  CHECK(school.listed() == Names{"S2", "S3"});
}

TEST_CASE("a student who is exempt from a subject is compared by the share of full, not by the smaller total") {
  School school;
  auto& exam = school.empty_exam("final", ExamKind::final_exam, "2026-01-15", School::fall).subject(0, 100, 60).subject(1, 150, 90);
  exam.row(school.student(), {"90", "exempt"});  // 90 of 100
  exam.row(school.student(), {"80", "120"});     // 200 of 250
  exam.row(school.student(), {"70", "105"});     // 175 of 250
  exam.row(school.student(), {"exempt", "60"});  // 60 of 150
  auto& rule = school.rule("p", "percentile-below");
  rule.parameters.exam = School::previous_final();
  rule.parameters.share = 2500;
  for (const auto basis : {Basis::Kind::total, Basis::Kind::average}) {
    rule.parameters.basis.kind = basis;
    CHECK(school.listed() == Names{"S3"});
    CHECK(school.judgement(3).evidence[0].rank == 4);
    CHECK(school.judgement(3).evidence[0].group_size == 4);
  }
}

TEST_CASE("a standard score uses the population formula and is compared exactly") {
  // Mean 50, population deviation 10: S0 stands at exactly -1.
  Marks marks({"40", "60", "40", "60"});
  auto& rule = marks.school.rule("z", "standard-score-below");
  rule.parameters.exam = School::previous_final();
  rule.parameters.score = -100;
  CHECK(marks.school.listed().empty());
  rule.parameters.score = -99;
  CHECK(marks.school.listed() == Names{"S0", "S2"});
  rule.parameters.score = 100;
  CHECK(marks.school.listed() == Names{"S0", "S2"});
  rule.parameters.score = 101;
  CHECK(marks.school.listed().size() == 4);
  CHECK(marks.school.judgement(0).evidence[0].standard_score == -100);
}

TEST_CASE("where all marks are equal there is no standard score") {
  Marks marks({"40", "40", "40"});
  auto& rule = marks.school.rule("z", "standard-score-below");
  rule.parameters.exam = School::previous_final();
  rule.parameters.score = 300;
  CHECK(marks.school.judgement(0).reason == Reason::no_spread);
}

TEST_CASE("a fall in rank is measured from the latest such exam before") {
  School school;
  auto& before = school.empty_exam("mid", ExamKind::midterm, "2025-11-10", School::fall).subject(0, 100, 60);
  auto& after = school.empty_exam("final", ExamKind::final_exam, "2026-01-15", School::fall).subject(0, 100, 60);
  for (const auto* mark : {"90", "80", "70", "60"}) before.row(school.student(), {mark});
  after.row(0, {"50"}).row(1, {"80"}).row(2, {"70"}).row(3, {"absent"});
  auto& rule = school.rule("fall", "fall");
  rule.parameters.exam = School::previous_final();
  rule.parameters.since.kinds = {ExamKind::midterm};
  rule.parameters.score = 200;
  const auto hit = school.judgement(0);
  CHECK(hit.state == State::hit);
  CHECK(hit.evidence[0].earlier_rank == 1);
  CHECK(hit.evidence[0].rank == 3);
  CHECK(hit.evidence[0].figure == 200);
  CHECK(school.judgement(3).reason == Reason::missing_marks);
  rule.parameters.score = 201;
  CHECK(school.listed().empty());
  rule.parameters.by = FallBy::standard_score;
  rule.parameters.score = 100;
  CHECK(school.listed() == Names{"S0"});
  rule.parameters.since.kinds = {ExamKind::final_exam};
  CHECK(school.answer().rules_without_exam.size() == 1);  // the final cannot be measured from itself
}

TEST_CASE("standard scores of far apart sizes are compared without rounding") {
  Spread small;
  for (const auto value : {0, 0, 0, 4}) small.add(value);
  Spread large;
  for (const std::int64_t value : {0, 0, 0, 4}) large.add(value * (std::int64_t{1} << 45));
  // The same shape at another scale: the same scores, to the last bit.
  for (const std::int64_t hundredths : {-58, -57, 0, 173, 174}) {
    CHECK(standard_score_below({small, 0}, hundredths) == standard_score_below({large, 0}, hundredths));
    CHECK(standard_score_below({small, 4}, hundredths) == standard_score_below({large, std::int64_t{4} << 45}, hundredths));
  }
  CHECK(standard_score({small, 0}) == -58);  // -0.577…, rounded down
  CHECK(standard_score({large, 0}) == -58);
  CHECK(standard_score({small, 4}) == 173);
  CHECK(standard_score_fall({small, 4}, {large, 0}) == 230);  // 1.732… + 0.577…
  CHECK(standard_score_fall({small, 4}, {large, std::int64_t{4} << 45}) == 0);
  CHECK(standard_score_fall({small, 0}, {small, 4}) == -231);
}

TEST_CASE("ranks by counting and by sorting are the same") {
  std::vector<std::int64_t> dense;
  std::vector<std::int64_t> sparse;
  std::vector<std::uint32_t> groups;
  for (std::int64_t row = 0; row < 200; ++row) {
    const auto value = row % 7 == 0 ? no_value : row * 37 % 50;
    dense.push_back(value);
    sparse.push_back(value == no_value ? no_value : value * 1'000'003 + value);
    groups.push_back(static_cast<std::uint32_t>(row % 3));
  }
  const auto counted_ranks = rank_rows(dense, groups, 3);
  const auto sorted_ranks = rank_rows(sparse, groups, 3);
  CHECK(counted_ranks.ranks == sorted_ranks.ranks);
  CHECK(counted_ranks.below == sorted_ranks.below);
  for (std::size_t row = 0; row < dense.size(); ++row) {
    if (dense[row] == no_value) continue;
    int greater = 0;
    for (std::size_t other = 0; other < dense.size(); ++other) greater += groups[other] == groups[row] && dense[other] > dense[row] ? 1 : 0;
    CHECK(counted_ranks.ranks[row] == greater + 1);
  }
}

}  // namespace
}  // namespace help::test
