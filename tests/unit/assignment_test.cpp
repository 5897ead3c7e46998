// SPDX-License-Identifier: MIT
#include "rules/assignment.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "support/build.hpp"
#include "support/loaded.hpp"

namespace help::test {
namespace {

/// Two classes; S1 and S2 of c1 and S3 of c2 are cases, weak in mathematics. T2 teaches it in c1, T3 in c2; T1 leads c1.
MemoryFiles school_assigning(std::string_view entry) {
  MemoryFiles files;
  files.files() = {
      {"help.yaml", help_of_two_terms},
      {"roster/students.yaml",
       "- {id: S1, name: 甲, classes: [{class: c1}]}\n- {id: S2, name: 乙, classes: [{class: c1}]}\n- {id: S3, name: 丙, classes: [{class: "
       "c2}]}\n- {id: S4, name: 丁, classes: [{class: c1}]}\n"},
      {"roster/staff.yaml",
       "- {id: T1, name: 班主任}\n- {id: T2, name: 数学, leave: [{from: 2025-11-10, until: 2025-11-14}]}\n- {id: T3, name: 数学二, left: "
       "2026-01-23}\n- {id: T4, name: 组长, roles: [{role: dean, grade: 7}]}\n"},
      {"roster/classes.yaml",
       "- {id: c1, name: 七一, cohort: 2025, entry-grade: 7, leaders: [{staff: T1}]}\n- {id: c2, name: 八一, cohort: 2024, entry-grade: "
       "7}\n"},
      {"roster/teaching.yaml",
       "- {staff: T2, subject: 数学, class: c1}\n- {staff: T3, subject: 数学, class: c2}\n- {staff: T1, subject: 语文, class: c1}\n"},
      {"events/S1.yaml", "- {id: k7f3q2w9x1, date: 2025-09-01, kind: confirmed, subject: 数学}\n"},
      {"events/S2.yaml", "- {id: k7f3q2w9x2, date: 2025-09-01, kind: confirmed, subject: 数学}\n"},
      {"events/S3.yaml", "- {id: k7f3q2w9x3, date: 2025-09-01, kind: confirmed, subject: 数学}\n"},
      {"policy.yaml", "policy: {id: ours, name: 我校}\nassign:\n  - {id: entry, role: mentor, " + std::string(entry) + "}\n"}};
  return files;
}

struct Asked {
  Dataset data;
  Assignment answer;

  /// "S1-T2" for each pair, then "S3-" for each student who has too few.
  [[nodiscard]] std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    for (const ProposedPair& pair : answer.pairs)
      lines.push_back(data.students[answer.units[pair.unit].student].id + "-" + data.id_of(answer.candidates[pair.candidate].party));
    for (const UnplacedUnit& one : answer.unplaced) lines.push_back(data.students[answer.units[one.unit].student].id + "-");
    return lines;
  }
  [[nodiscard]] std::vector<std::string> ended() const {
    std::vector<std::string> ids;
    for (const EndedPair& one : answer.ended) ids.push_back(data.pairs[one.pair].id);
    return ids;
  }
};

Asked ask(const MemoryFiles& files, std::string_view today, bool keep = false) {
  Asked asked{.data = loaded(files), .answer = {}};
  auto answer = assign(asked.data, {.today = day(today), .rule = 0, .keep = keep});
  REQUIRE(answer);
  asked.answer = std::move(*answer);
  return asked;
}

using Lines = std::vector<std::string>;

TEST_CASE("a teacher of the weak subject in the own class comes first") {
  CHECK(ask(school_assigning("who: subject-teacher, load: {most: 3}"), "2025-10-10").lines() == Lines{"S1-T2", "S2-T2", "S3-T3"});
}

TEST_CASE("`not` keeps class teachers out, and who is on leave or has left is given nobody") {
  CHECK(ask(school_assigning("who: subject-teacher, must: same-class, load: {most: 3}"), "2025-11-10").lines() ==
        Lines{"S1-T1", "S2-T1", "S3-T3"});
  CHECK(ask(school_assigning("who: subject-teacher, must: same-class, not: class-teacher, load: {most: 3}"), "2025-11-14").lines() ==
        Lines{"S3-T3", "S1-", "S2-"});
  CHECK(ask(school_assigning("who: subject-teacher, must: same-class, not: class-teacher, load: {most: 3}"), "2025-11-15").lines() ==
        Lines{"S1-T2", "S2-T2", "S3-T3"});
  CHECK(ask(school_assigning("who: subject-teacher, must: same-class, load: {most: 3}"), "2026-01-23").lines() ==
        Lines{"S1-T2", "S2-T2", "S3-T3"});
  CHECK(ask(school_assigning("who: subject-teacher, must: same-class, load: {most: 3}"), "2026-01-24").lines() ==
        Lines{"S1-T2", "S2-T2", "S3-"});
}

TEST_CASE("what keeps everybody out is counted, and what would help is named") {
  const auto asked = ask(school_assigning("who: subject-teacher, must: same-class, not: class-teacher, load: {most: 3}"), "2025-11-10");
  const UnplacedUnit& first = asked.answer.unplaced.front();
  CHECK(first.why == UnplacedUnit::Why::no_candidate);
  CHECK(first.obstacles == std::map<Obstacle, int>{{Obstacle::away, 1}, {Obstacle::excluded, 1}, {Obstacle::same_class, 1}});
  REQUIRE(first.relief);
  CHECK(asked.data.id_of(asked.answer.candidates[*first.relief].party) == "T3");
  CHECK(first.relief_obstacle == Obstacle::same_class);
}

TEST_CASE("a role that is limited to a grade reaches only its students") {
  CHECK(ask(school_assigning("who: dean, load: {most: 3}"), "2025-10-10").lines() == Lines{"S1-T4", "S2-T4", "S3-"});
}

TEST_CASE("a pair that stands is held to the last day of its term, and not a day longer") {
  MemoryFiles files = school_assigning("who: subject-teacher, load: {most: 2}, holds: term, weights: {kept: 0}");
  files.files()["pairs/2025.yaml"] = "- {id: k7f3q2w9x0, student: S1, staff: T1, role: mentor, from: 2025-10-01}\n";
  const auto held = ask(files, "2026-01-23");
  CHECK(held.lines() == Lines{"S1-T1", "S2-T2", "S3-T3"});
  CHECK(held.answer.pairs.front().origin == PairOrigin::held);
  const auto free = ask(files, "2026-01-24");
  CHECK(free.lines() == Lines{"S1-T2", "S2-T2", "S3-T1"});
  CHECK(free.ended() == Lines{"k7f3q2w9x0"});
  CHECK(free.answer.ended.front().obstacles == 0);
}

TEST_CASE("with --keep a pair that stands goes on though another would have a better score") {
  MemoryFiles files = school_assigning("who: subject-teacher, load: {most: 2}, weights: {kept: 0}");
  files.files()["pairs/2025.yaml"] = "- {id: k7f3q2w9x0, student: S1, staff: T1, role: mentor, from: 2025-10-01}\n";
  CHECK(ask(files, "2025-10-10").lines() == Lines{"S1-T2", "S2-T2", "S3-T3"});
  CHECK(ask(files, "2025-10-10", true).lines() == Lines{"S1-T1", "S2-T2", "S3-T3"});
}

TEST_CASE("leave takes no pair apart; who may no longer be a mentor is replaced, held or not") {
  MemoryFiles files = school_assigning("who: subject-teacher, must: same-class, load: {most: 2}, holds: school-year");
  files.files()["pairs/2025.yaml"] =
      "- {id: k7f3q2w9x0, student: S1, staff: T2, role: mentor, from: 2025-10-01}\n"
      "- {id: k7f3q2w9x9, student: S3, staff: T3, role: mentor, from: 2025-10-01}\n";
  CHECK(ask(files, "2025-11-12").lines() == Lines{"S1-T2", "S2-T1", "S3-T3"});
  const auto after = ask(files, "2026-02-26");
  CHECK(after.lines() == Lines{"S1-T2", "S2-T2", "S3-"});
  CHECK(after.ended() == Lines{"k7f3q2w9x9"});
}

TEST_CASE("pairs of students who are not in question are a load of whoever has them") {
  MemoryFiles files = school_assigning("who: subject-teacher, must: same-class, not: class-teacher, load: {most: 2}");
  files.files()["pairs/2025.yaml"] = "- {id: k7f3q2w9x0, student: S4, staff: T2, role: mentor, from: 2025-10-01}\n";
  const auto asked = ask(files, "2025-10-10");
  CHECK(asked.lines() == Lines{"S1-T2", "S3-T3", "S2-"});
  CHECK(asked.answer.unplaced.front().why == UnplacedUnit::Why::full);
}

TEST_CASE("the last day of a span is that of the term, of the school year's last term, or counts from the first day on") {
  const auto data = loaded(school_assigning("who: staff, load: {most: 1}"));
  const auto end = [&](PairSpan span, std::string_view from) {
    const auto last = end_of(data.calendar, span, day(from));
    return last ? to_string(*last) : std::string("never");
  };
  CHECK(end({PairSpan::Kind::open}, "2025-10-01") == "never");
  CHECK(end({PairSpan::Kind::term}, "2025-10-01") == "2026-01-23");
  CHECK(end({PairSpan::Kind::term}, "2026-02-01") == "2026-07-03");
  CHECK(end({PairSpan::Kind::school_year}, "2025-10-01") == "2026-07-03");
  CHECK(end({PairSpan::Kind::term}, "2026-07-04") == "never");
  CHECK(end({PairSpan::Kind::days, 7}, "2025-10-01") == "2025-10-07");
}

/// S1 is a case as a whole; S1 fails 数学, and S4 is strong in it alone.
MemoryFiles whole_case(std::string_view entry) {
  MemoryFiles files = school_assigning(entry);
  files.files()["events/S1.yaml"] = "- {id: k7f3q2w9x1, date: 2025-09-25, kind: confirmed}\n";
  files.files()["events/S2.yaml"] = "";
  files.files()["events/S3.yaml"] = "";
  files.files()["grades/2025-09-20-unit.yaml"] =
      "exam: {id: 2025-09-20-unit, kind: unit, term: 2025-fall, date: 2025-09-20}\nsubjects: {数学: {full: 100}, 语文: {full: "
      "100}}\ncolumns: [数学, 语文]\nscores:\n  S1: [50, 90]\n  S2: [90, 90]\n  S4: [95, 60]\n";
  return files;
}

TEST_CASE("what is praised in a subject makes nobody weak in it") {
  MemoryFiles files = whole_case("who: subject-teacher, must: subject, load: {most: 3}");
  CHECK(ask(files, "2025-10-10").lines() == Lines{"S1-T2"});
  files.files()["events/S1.yaml"] += "- {id: k7f3q2w9x8, date: 2025-10-03, kind: praise, subject: 语文}\n";
  CHECK(ask(files, "2025-10-10").lines() == Lines{"S1-T2"});
}

TEST_CASE("a subject that was confirmed for itself is weak besides those that a whole case fails, and one that was released is not") {
  MemoryFiles files = whole_case("for: each subject, who: subject-teacher, must: subject, load: {most: 3}");
  files.files()["events/S1.yaml"] += "- {id: k7f3q2w9x8, date: 2025-10-03, kind: confirmed, subject: 语文}\n";
  CHECK(ask(files, "2025-10-10").lines() == Lines{"S1-T2", "S1-T1"});
  files.files()["events/S1.yaml"] += "- {id: k7f3q2w9x9, date: 2025-10-05, kind: released, subject: 数学}\n";
  CHECK(ask(files, "2025-10-10").lines() == Lines{"S1-T1"});
}

TEST_CASE("a whole case that fails nothing is weak in what it was listed for, and without a list in nothing, which is said") {
  MemoryFiles files = whole_case("who: subject-teacher, must: subject, load: {most: 3}");
  auto& grades = files.files()["grades/2025-09-20-unit.yaml"];
  grades.replace(grades.find("S1: [50"), 7, "S1: [80");
  const auto without = ask(files, "2025-10-10");
  CHECK(without.lines() == Lines{"S1-"});
  CHECK(without.answer.unplaced.front().why == UnplacedUnit::Why::no_weak_subject);
  files.files()["policy.yaml"].replace(files.files()["policy.yaml"].find("role: mentor"), 12, "role: mentor, for: each subject");
  CHECK(ask(files, "2025-10-10").lines() == Lines{"S1-"});
  files.files()["lists/2025-09-24.yaml"] =
      "- {id: e7jmgbwp7g, list: 2025-09-24, at: 2025-09-24, term: 2025-fall, policy: ours, exams: [2025-09-20-unit], students: 1}\n"
      "- {id: a420m8202x, of: e7jmgbwp7g, student: S1, outcome: identified, rules: [r], subjects: [语文]}\n";
  CHECK(ask(files, "2025-10-10").lines() == Lines{"S1-T1"});
}

TEST_CASE("a pair that was ended today does not stand; one that runs out today still does") {
  MemoryFiles files = school_assigning("who: subject-teacher, load: {most: 2}, holds: term");
  files.files()["pairs/2025.yaml"] = "- {id: k7f3q2w9x0, student: S1, staff: T1, role: mentor, from: 2025-10-01, until: 2025-10-10}\n";
  CHECK(ask(files, "2025-10-10").lines().front() == "S1-T1");
  files.files()["pairs/2025.yaml"] =
      "- {id: k7f3q2w9x0, student: S1, staff: T1, role: mentor, from: 2025-10-01}\n"
      "- {id: k7f3q2w9xa, at: 2025-10-10, ends: k7f3q2w9x0, until: 2025-10-10, because: \"离岗\"}\n";
  const auto after = ask(files, "2025-10-10");
  CHECK(after.lines().front() == "S1-T2");
  CHECK(after.ended().empty());
  CHECK(ask(files, "2025-10-09").lines().front() == "S1-T1");
}

TEST_CASE("a pair that begins later stands already, and takes a place") {
  MemoryFiles files = school_assigning("who: subject-teacher, load: {most: 1}");
  files.files()["pairs/2025.yaml"] = "- {id: k7f3q2w9x0, student: S1, staff: T3, role: mentor, from: 2025-11-01}\n";
  const auto asked = ask(files, "2025-10-10");
  CHECK(asked.lines() == Lines{"S1-T3", "S2-T2", "S3-T1"});
  CHECK(asked.answer.pairs.front().origin == PairOrigin::held);
  CHECK(asked.ended().empty());
  // Whoever takes care until then goes on, and the place of the next one is taken.
  files.files()["pairs/2025.yaml"] += "- {id: k7f3q2w9xb, student: S1, staff: T1, role: mentor, from: 2025-09-01, until: 2025-10-31}\n";
  CHECK(ask(files, "2025-10-10").lines() == Lines{"S1-T1", "S2-T2", "S3-"});
  // Ended on its first day it never begins.
  files.files()["pairs/2025.yaml"] =
      "- {id: k7f3q2w9x0, student: S1, staff: T3, role: mentor, from: 2025-11-01}\n"
      "- {id: k7f3q2w9xa, at: 2025-10-10, ends: k7f3q2w9x0, until: 2025-11-01, because: \"作罢\"}\n";
  const auto cancelled = ask(files, "2025-10-10");
  CHECK(cancelled.lines().back() == "S3-T3");
  CHECK(cancelled.ended().empty());
}

TEST_CASE("two entries of one role share the places of a run, and no student") {
  MemoryFiles files = school_assigning("who: staff, load: {most: 1}, only: [{class: [c1]}]");
  files.files()["policy.yaml"] += "  - {id: other, role: mentor, who: staff, load: {most: 1}, only: [{class: [c2]}]}\n";
  const auto data = load(files, rule_shapes(), {}).data;
  std::vector<Assignment> made;
  made.push_back(*assign(data, {.today = day("2025-10-10"), .rule = 0}));
  made.push_back(*assign(data, {.today = day("2025-10-10"), .rule = 1}, made));
  std::vector<std::string> carers;
  for (const Assignment& one : made) {
    for (const ProposedPair& pair : one.pairs) carers.push_back(data.id_of(one.candidates[pair.candidate].party));
  }
  std::ranges::sort(carers);
  CHECK(carers.size() == 3);
  CHECK(std::ranges::adjacent_find(carers) == carers.end());
  CHECK(!shared_student(data, 0, day("2025-10-10")));
  files.files()["policy.yaml"] += "  - {id: third, role: mentor, who: staff, load: {most: 1}, only: [{grade: [7]}]}\n";
  const auto shared = shared_student(load(files, rule_shapes(), {}).data, 2, day("2025-10-10"));
  REQUIRE(shared);
  CHECK(shared->other == 0);
}

TEST_CASE("a pair fixed by hand is fixed where the two could be one, and where the order names a subject in that one") {
  MemoryFiles files = whole_case("for: each subject, who: students, must: subject, load: {most: 1}, strong: 85%");
  auto& grades = files.files()["grades/2025-09-20-unit.yaml"];
  grades.replace(grades.find("S1: [50, 90]"), 12, "S1: [50, 50]");
  const std::string order = "{id: k7f3q2w9x7, date: 2025-09-25, pair: fixed, role: mentor, student: S1, with: S4";
  files.files()["prefs/2025.yaml"] = "- " + order + "}\n";
  const auto best = ask(files, "2025-10-10");
  CHECK(best.lines() == Lines{"S1-S4", "S1-S2"});
  CHECK(best.answer.units[best.answer.pairs.front().unit].subject == best.data.find_subject("数学"));
  CHECK(best.answer.unmet_orders.empty());
  files.files()["prefs/2025.yaml"] = "- " + order + ", subject: 语文}\n";
  const auto named = ask(files, "2025-10-10");
  CHECK(named.lines() == Lines{"S1-S2", "S1-S4"});
}

TEST_CASE("a pair that ends before its time is marked, so that a reason can be asked for") {
  MemoryFiles files = school_assigning("who: subject-teacher, must: same-class, load: {most: 2}, holds: school-year");
  files.files()["pairs/2025.yaml"] = "- {id: k7f3q2w9x9, student: S3, staff: T3, role: mentor, from: 2025-10-01}\n";
  CHECK(ask(files, "2026-02-26").answer.ended.front().early);
  files.files()["policy.yaml"].replace(files.files()["policy.yaml"].find("school-year"), 11, "term");
  CHECK(!ask(files, "2026-02-26").answer.ended.front().early);
}

}  // namespace
TEST_CASE("what a forced pair costs is the difference of the two assignments, and nobody is forced who is full or may not") {
  const MemoryFiles files = school_assigning("who: subject-teacher, not: class-teacher, load: {most: 2}");
  const Dataset data = loaded(files);
  const AssignQuestion question{.today = day("2025-10-10"), .rule = 0};
  const auto wanted = [&](const char* student, const char* staff) {
    return WantedPair{.student = *data.find_student(student), .subject = {}, .carer = {Party::Kind::staff, *data.find_staff(staff)}};
  };
  const auto forcing = force(data, question, wanted("S1", "T3"));
  REQUIRE(forcing);
  REQUIRE(forcing->answer == Forcing::Answer::possible);
  REQUIRE(forcing->price);
  const AppointmentValue& before = forcing->before.value;
  const AppointmentValue& after = forcing->after.value;
  CHECK(forcing->price->missing == after.missing - before.missing);
  CHECK(forcing->price->cost == after.cost - before.cost);
  CHECK(forcing->price->load == after.load - before.load);
  CHECK(forcing->price->cost > 0);
  CHECK(std::ranges::any_of(forcing->after.pairs, [&](const ProposedPair& pair) {
    return forcing->after.units[pair.unit].student == 0 && data.id_of(forcing->after.candidates[pair.candidate].party) == "T3";
  }));
  CHECK(force(data, question, wanted("S1", "T2"))->answer == Forcing::Answer::proposed);
  CHECK(force(data, question, wanted("S4", "T2"))->answer == Forcing::Answer::not_in_question);
  CHECK(force(data, question, wanted("S1", "T4"))->answer == Forcing::Answer::no_candidate);
  const auto excluded = force(data, question, wanted("S1", "T1"));
  CHECK(excluded->answer == Forcing::Answer::obstacles);
  CHECK(excluded->obstacles == 1U << static_cast<unsigned>(Obstacle::excluded));
}

TEST_CASE("in two-way choice a forced pair costs those who would rather have each other") {
  MemoryFiles files = school_assigning("who: subject-teacher, not: class-teacher, load: {most: 1}, mode: two-way");
  files.files()["prefs/2025.yaml"] =
      "- {id: k7f3q2w9a1, date: 2025-09-01, of: S1, role: mentor, prefers: [T2, T3]}\n"
      "- {id: k7f3q2w9a2, date: 2025-09-01, of: S2, role: mentor, prefers: [T2, T3]}\n"
      "- {id: k7f3q2w9a3, date: 2025-09-01, of: T2, role: mentor, prefers: [S1, S2]}\n"
      "- {id: k7f3q2w9a4, date: 2025-09-01, of: T3, role: mentor, prefers: [S1, S2]}\n";
  const Dataset data = loaded(files);
  const WantedPair wanted{.student = 1, .subject = {}, .carer = {Party::Kind::staff, *data.find_staff("T2")}};
  const auto forcing = force(data, {.today = day("2025-10-10"), .rule = 0}, wanted);
  REQUIRE(forcing);
  CHECK(forcing->answer == Forcing::Answer::possible);
  CHECK(!forcing->price);
  CHECK(forcing->blocking == 1);  // S1 and T2
}

TEST_CASE("fellow students may only if they are what the entry asks of them, on the day") {
  MemoryFiles files = school_assigning("who: students, peers: [{group: [cadre]}], load: {most: 3}");
  files.files()["policy.yaml"] = "groups: [{id: cadre, name: 学生干部}]\n" + files.files()["policy.yaml"];
  files.files()["roster/students.yaml"] += "- {id: S5, name: 戊, classes: [{class: c1}], groups: [{group: cadre, until: 2025-10-10}]}\n";
  CHECK(ask(files, "2025-10-10").lines() == Lines{"S1-S5", "S2-S5", "S3-S5"});
  CHECK(ask(files, "2025-10-11").lines() == Lines{"S1-", "S2-", "S3-"});
}

TEST_CASE("who is the right one for a category or cause of the archive gets the points once") {
  MemoryFiles files = school_assigning(
      "who: [subject-teacher, dean], not: class-teacher, load: {most: 3}, weights: {fit: 200}, fits: [{category: shy, cause: family, who: "
      "dean}]");
  files.files()["policy.yaml"] += "archive: {categories: [{id: shy, name: 怕问}], causes: [{id: family, name: 家庭}]}\n";
  CHECK(ask(files, "2025-10-10").lines() == Lines{"S1-T2", "S2-T2", "S3-T3"});
  files.files()["cases/S1.yaml"] = "categories: [shy]\ncauses: [{cause: family}]\n";
  files.files()["cases/S2.yaml"] = "causes: [{cause: family, subject: 语文}]\n";  // no cause of the weak subject
  const auto asked = ask(files, "2025-10-10");
  CHECK(asked.lines() == Lines{"S1-T4", "S2-T2", "S3-T3"});
  CHECK(asked.answer.pairs.front().score.points == 200);
  CHECK(asked.answer.pairs.front().score.parts.front().code == "shy");
}

}  // namespace help::test
