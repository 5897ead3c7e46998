// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "rules/obligations.hpp"
#include "support/build.hpp"
#include "support/loaded.hpp"

namespace help::test {
namespace {

/// A class of one student who is a case, with two agencies, of which one is paired with the student. The holidays last from 24 January to
/// 24 February.
MemoryFiles school_owing(std::string_view cadence) {
  MemoryFiles files;
  files.files() = {
      {"help.yaml", help_of_two_terms},
      {"roster/students.yaml", "- {id: S1, name: 甲, classes: [{class: c1, from: 2025-09-01}], transferred: 2025-11-12}\n"},
      {"roster/staff.yaml",
       "- {id: T1, name: 班主任, roles: []}\n- {id: T2, name: 数学, roles: []}\n- {id: T3, name: 语文, roles: []}\n"
       "- {id: T4, name: 校长, roles: [{role: principal}], leave: [{from: 2025-11-10, until: 2025-11-13}]}\n"},
      {"roster/classes.yaml", "- {id: c1, name: 七一, cohort: 2025, entry-grade: 7, leaders: [{staff: T1}]}\n"},
      {"roster/teaching.yaml", "- {staff: T2, subject: 数学, class: c1}\n- {staff: T3, subject: 语文, class: c1}\n"},
      {"roster/bodies.yaml", "- {id: B-east, name: 东镇, kind: agency}\n- {id: B-west, name: 西镇, kind: agency}\n"},
      {"pairs/2025.yaml", "- {id: k7f3q2w9x0, student: S1, body: B-west, role: agency, from: 2025-09-01}\n"},
      {"events/S1.yaml", "- {id: k7f3q2w9x1, date: 2025-09-01, kind: confirmed}\n"},
      {"grades/2026-01-20-final.yaml",
       "exam: {id: 2026-01-20-final, name: 期末, kind: final, term: 2025-fall, date: 2026-01-20}\nsubjects:\n  数学: {full: 100}\n"
       "columns: [数学]\nscores:\n  S1: [50]\n"},
      {"policy.yaml", "policy: {id: ours, name: 我校, label: 帮扶学生}\ncadence:\n  - {id: duty, " + std::string(cadence) + "}\n"}};
  return files;
}

/// Every obligation of the running term, one a line: its due day, its state and who owes it.
std::vector<std::string> owed(const MemoryFiles& files, std::string_view today) {
  const Dataset data = loaded(files);
  std::vector<std::string> lines;
  const auto all = obligations(data, {.today = day(today)});
  for (const Obligation& item : all.items) {
    lines.push_back(to_string(item.due) + " " + std::string(word_of(item.state)));
    for (const Ower& ower : all.owers_of(item)) {
      const bool is_body = ower.party.kind == Party::Kind::body;
      lines.back() += " " + (is_body ? data.bodies[ower.party.index].id : data.staff[ower.party.index].id);
    }
  }
  return lines;
}

using Lines = std::vector<std::string>;

constexpr std::string_view after_final = "who: class-teacher, does: talk, for: each case, after: {exam: final}, within: 7 days";

}  // namespace

TEST_CASE("What falls due after the holidays is known from the day of the exam, and due soon a week before") {
  const auto files = school_owing(after_final);
  CHECK(owed(files, "2026-01-19").empty());
  CHECK(owed(files, "2026-01-20") == Lines{"2026-02-25 due T1"});
  CHECK(owed(files, "2026-01-23") == Lines{"2026-02-25 due T1"});  // one school day is left, after the holidays
  CHECK(owed(files, "2026-01-24") == Lines{"2026-02-25 due T1"});
  CHECK(owed(files, "2026-02-17") == Lines{"2026-02-25 due T1"});
  CHECK(owed(files, "2026-02-18") == Lines{"2026-02-25 due-soon T1"});
  CHECK(owed(files, "2026-02-25") == Lines{"2026-02-25 due-soon T1"});
  CHECK(owed(files, "2026-02-26") == Lines{"2026-02-25 overdue T1"});
}

TEST_CASE("What is due within the term is due soon by school days") {
  const auto files = school_owing("who: class-teacher, does: talk, for: each case, after: {exam: final}, within: 3 days");
  CHECK(owed(files, "2026-01-20") == Lines{"2026-01-23 due-soon T1"});
  const auto week = school_owing("who: class-teacher, does: talk, for: school, once: {by: 2025-11-18}");
  CHECK(owed(week, "2025-11-12") == Lines{"2025-11-18 due T1"});       // four school days are left
  CHECK(owed(week, "2025-11-13") == Lines{"2025-11-18 due-soon T1"});  // three, and a weekend
}

TEST_CASE("What is done ahead of its term counts in the term in which it is due") {
  auto files = school_owing(after_final);
  files.files()["log/2026-01/T1.yaml"] = "- {id: k7f3q2w9x2, date: 2026-01-21, kind: talk, student: S1}\n";
  CHECK(owed(files, "2026-01-20") == Lines{"2026-02-25 due T1"});
  CHECK(owed(files, "2026-01-21").empty());
  CHECK(owed(files, "2026-01-24") == Lines{"2026-02-25 done T1"});
}

TEST_CASE("A date that returns is asked for in the terms that are known") {
  const auto november = school_owing("who: principal, does: plan, for: school, once: {by: 11-28}");
  CHECK(owed(november, "2025-10-15") == Lines{"2025-11-28 due T4"});
  CHECK(owed(november, "2026-03-02").empty());  // that of the next school year is not known yet
  const auto may = school_owing("who: principal, does: plan, for: school, once: {by: 05-20}");
  CHECK(owed(may, "2025-10-15").empty());  // nor was anybody told of the one before the first term
  CHECK(owed(may, "2026-03-02") == Lines{"2026-05-20 due T4"});
  const auto last_day = school_owing("who: principal, does: plan, for: school, once: {by: 07-03}");
  CHECK(owed(last_day, "2026-06-01") == Lines{"2026-07-03 due T4"});
  const auto day_after = school_owing("who: principal, does: plan, for: school, once: {by: 07-04}");
  CHECK(owed(day_after, "2026-06-01").empty());
}

TEST_CASE("Who must do it together cannot while one of them is away") {
  const std::string_view rest = "does: talk, for: each case, every: week, make-up: none, from: 2025-11-10, until: 2025-11-16";
  CHECK(owed(school_owing("who: [class-teacher, principal], together: true, " + std::string(rest)), "2025-11-17") ==
        Lines{"2025-11-16 waived T1 T4"});
  CHECK(owed(school_owing("who: [class-teacher, principal], " + std::string(rest)), "2025-11-17") == Lines{"2025-11-16 missed T1 T4"});
}

TEST_CASE("Where a substitute owes it on the due day, what the holder does counts, in time and late") {
  for (const std::string share : {"any", "each"}) {
    CAPTURE(share);
    auto files =
        school_owing("who: mentor, share: " + share + ", does: talk, for: each case, every: week, from: 2025-11-10, until: 2025-11-16");
    files.files()["pairs/2025.yaml"] = "- {id: k7f3q2w9x0, student: S1, staff: T2, role: mentor, from: 2025-09-01}\n";
    files.files()["roster/staff.yaml"] =
        "- {id: T1, name: 班主任}\n- {id: T2, name: 数学, leave: [{from: 2025-11-16, until: 2025-11-16, substitute: T3}]}\n"
        "- {id: T3, name: 语文}\n- {id: T4, name: 校长}\n";
    CHECK(owed(files, "2025-11-17") == Lines{"2025-11-16 overdue T3"});
    for (const auto& [date, state] : {std::pair{"2025-11-11", "done"}, {"2025-11-18", "done-late"}}) {
      files.files()["log/2025-11/T2.yaml"] = "- {id: k7f3q2w9x4, date: " + std::string(date) + ", kind: talk, student: S1}\n";
      CHECK(owed(files, "2025-11-19") == Lines{"2025-11-16 " + std::string(state) + " T3"});
    }
  }
}

TEST_CASE("Leave waives by what it leaves of the window; lateness and the time to make up go by the school's days") {
  const auto leave = [](std::string_view from, std::string_view until) {
    auto files = school_owing("who: class-teacher, does: talk, for: each case, every: week, from: 2025-11-10, until: 2025-11-16");
    files.files()["roster/staff.yaml"] = "- {id: T1, name: 班主任, leave: [{from: " + std::string(from) + ", until: " + std::string(until) +
                                         "}]}\n- {id: T2, name: 数学}\n- {id: T3, name: 语文}\n- {id: T4, name: 校长}\n";
    return files;
  };
  CHECK(owed(leave("2025-11-11", "2025-11-14"), "2025-11-17") == Lines{"2025-11-16 waived T1"});   // one school day was left
  CHECK(owed(leave("2025-11-12", "2025-11-14"), "2025-11-17") == Lines{"2025-11-16 overdue T1"});  // two
  const Dataset data = loaded(leave("2025-11-17", "2026-01-23"));
  const auto all = obligations(data, {.today = day("2025-11-21")});
  REQUIRE(all.items.size() == 1);
  CHECK(all.items.front().overdue_days == 5);
}

TEST_CASE("Only teachers of the duty's subjects owe it") {
  const auto files = school_owing(
      "who: [class-teacher, subject-teacher], subjects: [数学], does: talk, for: each case, after: {exam: final}, within: 3 days");
  CHECK(owed(files, "2026-01-20") == Lines{"2026-01-23 due-soon T1 T2"});
}

TEST_CASE("Where pairs say which body takes care of a student, the others owe nothing") {
  CHECK(owed(school_owing("who: agency, does: visit, for: each case, after: {exam: final}, within: 3 days"), "2026-01-20") ==
        Lines{"2026-01-23 due-soon B-west"});
  CHECK(owed(school_owing("who: agency, does: visit, for: school, once: {by: 2025-11-18}"), "2025-11-13") ==
        Lines{"2025-11-18 due-soon B-east B-west"});
}

TEST_CASE("A subject taken away before the last day of a term is a change of post; one that ends with the term is none") {
  const auto until = [](std::string_view last) {
    auto files = school_owing("who: mentor, does: report, for: each pair, after: post-change, within: 7 days");
    files.files()["pairs/2025.yaml"] = "- {id: k7f3q2w9x0, student: S1, staff: T2, role: mentor, from: 2025-09-01}\n";
    files.files()["roster/teaching.yaml"] = "- {staff: T2, subject: 数学, class: c1, until: " + std::string(last) + "}\n";
    return files;
  };
  CHECK(owed(until("2025-11-14"), "2025-11-17") == Lines{"2025-11-24 due T2"});
  CHECK(owed(until("2026-01-22"), "2026-01-23") == Lines{"2026-02-25 due T2"});
  CHECK(owed(until("2026-01-23"), "2026-01-30").empty());
}

TEST_CASE("What a mentor's predecessor left undone is not made up for by the mentor") {
  auto files = school_owing("who: mentor, does: talk, for: each case, every: week, from: 2025-11-10, until: 2025-11-23");
  files.files()["pairs/2025.yaml"] =
      "- {id: k7f3q2w9x0, student: S1, staff: T2, role: mentor, from: 2025-09-01, until: 2025-11-16}\n"
      "- {id: k7f3q2w9x3, student: S1, staff: T3, role: mentor, from: 2025-11-17}\n";
  files.files()["log/2025-11/T3.yaml"] =
      "- {id: k7f3q2w9x4, date: 2025-11-18, kind: talk, student: S1}\n- {id: k7f3q2w9x5, date: 2025-11-19, kind: talk, student: S1}\n";
  CHECK(owed(files, "2025-11-20") == Lines{"2025-11-16 overdue T2", "2025-11-23 done T3"});
  files.files()["log/2025-11/T2.yaml"] = "- {id: k7f3q2w9x6, date: 2025-11-16, kind: talk, student: S1}\n";
  CHECK(owed(files, "2025-11-20") == Lines{"2025-11-16 done T2", "2025-11-23 done T3"});
}

TEST_CASE("A record of one subject sets only its teacher's duty off") {
  auto files = school_owing("who: subject-teacher, does: talk, for: each case, after: {record: problem-raised}, within: 3 days");
  files.files()["log/2025-11/T1.yaml"] = "- {id: k7f3q2w9x4, date: 2025-11-12, kind: problem-raised, student: S1, subject: 数学}\n";
  CHECK(owed(files, "2025-11-12") == Lines{"2025-11-17 due-soon T2"});
}

TEST_CASE("Who is told may be named by the kind of body") {
  auto files = school_owing("who: class-teacher, does: notice, for: school, to: agency, once: {by: 2025-11-18}");
  files.files()["log/2025-11/T1.yaml"] = "- {id: k7f3q2w9x4, date: 2025-11-17, kind: notice, to: [parents]}\n";
  CHECK(owed(files, "2025-11-17") == Lines{"2025-11-18 due-soon T1"});
  files.files()["log/2025-11/T1.yaml"] = "- {id: k7f3q2w9x4, date: 2025-11-17, kind: notice, to: [B-east]}\n";
  CHECK(owed(files, "2025-11-17") == Lines{"2025-11-18 done T1"});
}

TEST_CASE("Who will come counts as transferred until then and in the first term here") {
  const std::string_view rest =
      "who: class-teacher, does: talk, for: each case, every: month, make-up: none, during: {months: [10, 12, 3]}";
  CHECK(owed(school_owing("only: [transferred], " + std::string(rest)), "2026-01-20") ==
        Lines{"2025-10-31 missed T1", "2025-12-31 missed T1"});
  CHECK(owed(school_owing("only: [transferred], " + std::string(rest)), "2026-04-01").empty());
  CHECK(owed(school_owing("unless: [transferred], " + std::string(rest)), "2026-04-01") == Lines{"2026-03-31 missed T1"});
}

}  // namespace help::test
