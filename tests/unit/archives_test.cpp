// SPDX-License-Identifier: MIT
#include "rules/archives.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "support/build.hpp"
#include "support/loaded.hpp"

namespace help::test {
namespace {

/// A class of two students; S1 is a case from 2025-10-09 on. Marks of 数学: October 50 of 100, November 58, January 66 of 120.
MemoryFiles school_with_archives(std::string_view archive) {
  const auto exam = [](std::string_view id, std::string_view kind, std::string_view full, std::string_view mark) {
    const std::string day(id.substr(0, 10));
    return "exam: {id: " + std::string(id) + ", name: 考试, kind: " + std::string(kind) + ", term: 2025-fall, date: " + day +
           "}\nsubjects:\n  数学: {full: " + std::string(full) + "}\ncolumns: [数学]\nscores:\n  S1: [" + std::string(mark) + "]\n";
  };
  MemoryFiles files;
  files.files() = {
      {"help.yaml",
       "school: {name: 档案学校}\npolicy: policy.yaml\nterms:\n"
       "  - {id: 2025-fall, year: 2025, from: 2025-09-01, until: 2026-01-23}\n"},
      {"roster/students.yaml",
       "- {id: S1, name: 甲, classes: [{class: c1, from: 2025-09-01}]}\n"
       "- {id: S2, name: 乙, classes: [{class: c1, from: 2025-09-01}]}\n"},
      {"roster/staff.yaml", "- {id: T1, name: 班主任, roles: []}\n- {id: T2, name: 辅导员, roles: [{role: counsellor}]}\n"},
      {"roster/classes.yaml", "- {id: c1, name: 七一, cohort: 2025, entry-grade: 7, leaders: [{staff: T1}]}\n"},
      {"roster/teaching.yaml", "- {staff: T1, subject: 数学, class: c1}\n"},
      {"events/S1.yaml", "- {id: k7f3q2w9x1, date: 2025-10-09, kind: confirmed}\n"},
      {"grades/2025-10-15-monthly.yaml", exam("2025-10-15-monthly", "monthly", "100", "50")},
      {"grades/2025-11-12-midterm.yaml", exam("2025-11-12-midterm", "midterm", "100", "58")},
      {"grades/2026-01-16-final.yaml", exam("2026-01-16-final", "final", "120", "66")},
      {"policy.yaml", "policy: {id: ours, name: 我校}\narchive: {requires: [causes, baseline], within: 5 days, who: counsellor}\n"}};
  if (!archive.empty()) files.files()["cases/S1.yaml"] = std::string(archive);
  return files;
}

/// State, mark reached / mark needed, day of decision of the only goal.
std::string progress(std::string_view goal, std::string_view today, std::string_view more = {}) {
  const Dataset data =
      loaded(school_with_archives("opened: 2025-10-20\nbaseline: {exam: 2025-10-15-monthly, marks: {数学: 50}}\ngoals:\n  - {id: g1, " +
                                  std::string(goal) + "}\n" + std::string(more)));
  REQUIRE(data.archives.size() == 1);
  const GoalProgress found = progress_of(data, data.archives[0], data.archives[0].goals.at(0), day(today));
  const auto text = [](const std::optional<Mark>& mark) { return mark ? to_string(*mark) : "-"; };
  return std::string(word_of(found.state)) + " " + text(found.reached) + "/" + text(found.needed) +
         (found.decided ? " " + to_string(*found.decided) : "");
}

/// What the archive of S1 lacks, when it is due, who owes it, how late it is.
std::string state(std::string_view archive, std::string_view today) {
  const Dataset data = loaded(school_with_archives(archive));
  const auto states = archive_states(data, day(today));
  if (states.empty()) return "nobody";
  REQUIRE(states.size() == 1);
  std::string text = "due " + to_string(states[0].due) + ", lacks";
  for (const ArchivePart part : states[0].missing) text += " " + std::string(word_of(part));
  text += ", owed by";
  for (const StaffIndex who : states[0].keepers) text += " " + data.staff[who].id;
  return text + ", " + std::to_string(states[0].overdue_days) + " days late";
}

}  // namespace

TEST_CASE("A goal with a mark is met by the first mark that reaches it, and missed when its exam has passed without") {
  CHECK(progress("subject: 数学, at-least: 55%, exam: midterm", "2025-11-11") == "open -/-");
  CHECK(progress("subject: 数学, at-least: 55%, exam: midterm", "2025-11-12") == "met 58/55 2025-11-12");
  CHECK(progress("subject: 数学, at-least: 58, exam: midterm", "2025-11-12") == "met 58/58 2025-11-12");
  CHECK(progress("subject: 数学, at-least: 60%, exam: midterm", "2025-11-12") == "missed 58/60 2025-11-12");
  // Another exam after that does not decide again.
  CHECK(progress("subject: 数学, at-least: 50%, exam: midterm", "2026-01-20") == "met 58/50 2025-11-12");
  CHECK(progress("subject: 数学, at-least: 55%, exam: 2026-01-16-final", "2026-01-20") == "met 66/66 2026-01-16");
  CHECK(progress("subject: 数学, at-least: 56%, exam: 2026-01-16-final", "2026-01-20") == "missed 66/67.2 2026-01-16");
}

TEST_CASE("A retest counts for a goal as it does among the marks, and may be the exam that a goal names") {
  const auto with_retest = [](std::string_view goal, std::string_view today) {
    MemoryFiles files = school_with_archives("opened: 2025-10-20\ngoals:\n  - {id: g1, " + std::string(goal) + "}\n");
    files.files()["grades/2025-11-26-retest.yaml"] =
        "exam: {id: 2025-11-26-retest, kind: midterm, term: 2025-fall, date: 2025-11-26, retests: 2025-11-12-midterm}\n"
        "subjects:\n  数学: {full: 100}\ncolumns: [数学]\nscores:\n  S1: [63]\n";
    const Dataset data = loaded(files);
    const GoalProgress found = progress_of(data, data.archives[0], data.archives[0].goals.at(0), day(today));
    return std::string(word_of(found.state)) + (found.reached ? " " + to_string(*found.reached) : "") +
           (found.decided ? " " + to_string(*found.decided) : "");
  };
  CHECK(with_retest("subject: 数学, at-least: 60%, exam: midterm", "2025-11-25") == "missed 58 2025-11-12");
  CHECK(with_retest("subject: 数学, at-least: 60%, exam: midterm", "2025-11-26") == "met 63 2025-11-26");
  CHECK(with_retest("subject: 数学, at-least: 60%, exam: midterm, by: 2025-11-25", "2025-11-26") == "missed 58 2025-11-12");
  CHECK(with_retest("subject: 数学, at-least: 60%, exam: 2025-11-26-retest", "2025-11-26") == "met 63 2025-11-26");
  CHECK(with_retest("subject: 数学, at-least: 70%, exam: 2025-11-26-retest", "2025-11-26") == "missed 63 2025-11-26");
}

TEST_CASE("A goal without an exam can be met by any mark from its day to its last day") {
  CHECK(progress("subject: 数学, at-least: 55%", "2025-11-12") == "met 58/55 2025-11-12");
  CHECK(progress("subject: 数学, at-least: 90%", "2026-01-20") == "open 66/108");
  CHECK(progress("subject: 数学, at-least: 90%, by: 2025-12-31", "2026-01-20") == "missed 58/90 2025-12-31");
  // The exam before the goal was set is no success of it.
  CHECK(progress("subject: 数学, at-least: 50%, from: 2025-11-20", "2025-11-20") == "open -/-");
  CHECK(progress("subject: 数学, at-least: 50%, from: 2025-11-20", "2026-01-16") == "met 66/60 2026-01-16");
}

TEST_CASE("A rise is measured from the baseline, brought to the full mark of the later exam") {
  CHECK(progress("subject: 数学, raise: 8, exam: midterm", "2025-11-12") == "met 58/58 2025-11-12");
  CHECK(progress("subject: 数学, raise: 8.5, exam: midterm", "2025-11-12") == "missed 58/58.5 2025-11-12");
  CHECK(progress("subject: 数学, raise: 6, exam: final", "2026-01-16") == "met 66/66 2026-01-16");
  // A subject without a mark at the start cannot be compared.
  CHECK(progress("subject: 英语, raise: 6, exam: final", "2026-01-16") == "open -/-");
}

TEST_CASE("A goal in words is as somebody said, and missed after its last day") {
  CHECK(progress("text: 每天交作业", "2025-12-31") == "open -/-");
  CHECK(progress("text: 每天交作业, by: 2025-12-30", "2025-12-30") == "open -/-");
  CHECK(progress("text: 每天交作业, by: 2025-12-30", "2025-12-31") == "missed -/- 2025-12-30");
  CHECK(progress("text: 每天交作业, by: 2025-12-30, met: true, on: 2025-12-20", "2025-12-31") == "met -/- 2025-12-20");
  CHECK(progress("text: 每天交作业, met: true, on: 2025-12-20", "2025-12-19") == "open -/-");
  CHECK(progress("text: 每天交作业, met: false, on: 2025-12-20", "2025-12-20") == "missed -/- 2025-12-20");
}

TEST_CASE("An event that names the goal decides it") {
  MemoryFiles files = school_with_archives("opened: 2025-10-20\ngoals:\n  - {id: g1, text: 每天交作业}\n  - {id: g2, text: 每天预习}\n");
  files.files()["events/S1.yaml"] += "- {id: k7f3q2w9x2, date: 2025-12-01, kind: goal-met, goal: g1}\n";
  const Dataset data = loaded(files);
  const auto state_of = [&](std::size_t goal, std::string_view today) {
    return word_of(progress_of(data, data.archives.at(0), data.archives[0].goals.at(goal), day(today)).state);
  };
  CHECK(state_of(0, "2025-11-30") == "open");
  CHECK(state_of(0, "2025-12-01") == "met");
  CHECK(state_of(1, "2025-12-01") == "open");
}

TEST_CASE("The archive of an open case has what the policy asks for, in time") {
  CHECK(state("", "2025-10-08") == "nobody");
  CHECK(state("", "2025-10-09") == "due 2025-10-14, lacks causes baseline, owed by T2, 0 days late");
  CHECK(state("", "2025-10-14") == "due 2025-10-14, lacks causes baseline, owed by T2, 0 days late");
  // Friday, then the weekend, then Monday.
  CHECK(state("", "2025-10-17") == "due 2025-10-14, lacks causes baseline, owed by T2, 3 days late");
  CHECK(state("", "2025-10-20") == "due 2025-10-14, lacks causes baseline, owed by T2, 4 days late");
  CHECK(state("keeper: T1\ncauses: []\n", "2025-10-17") == "due 2025-10-14, lacks causes baseline, owed by T1, 3 days late");
  CHECK(state("causes: [{cause: family}]\nbaseline: {exam: 2025-10-15-monthly, marks: {数学: 50}}\n", "2025-10-17") ==
        "due 2025-10-14, lacks, owed by T2, 0 days late");
}

TEST_CASE("A private part that is locked counts as not there") {
  MemoryFiles files = school_with_archives("opened: 2025-10-20\n");
  files.files()["cases/S1.private.yaml"] = std::string("\0GITCRYPT\0\x01\x02", 12);
  CHECK(loaded(files).archives.at(0).sensitive.empty());
  files.files()["cases/S1.private.yaml"] = "health: 哮喘\n";
  const Dataset data = loaded(files);
  REQUIRE(data.archives.at(0).sensitive.size() == 1);
  CHECK(data.archives[0].sensitive[0].text == "哮喘");
}

TEST_CASE("An archive that lacks something is due, then due soon, then overdue") {
  const auto state_on = [](std::string_view today) {
    const Dataset data = loaded(school_with_archives(""));
    const auto states = archive_states(data, day(today));
    REQUIRE(states.size() == 1);
    return word_of(states[0].state);
  };
  CHECK(state_on("2025-10-09") == "due-soon");  // Friday, Monday and Tuesday are left
  CHECK(state_on("2025-10-14") == "due-soon");
  CHECK(state_on("2025-10-15") == "overdue");
  MemoryFiles later = school_with_archives("");
  later.files()["policy.yaml"] = "policy: {id: ours, name: 我校}\narchive: {requires: [causes], within: 6 days}\n";
  CHECK(archive_states(loaded(later), day("2025-10-09")).at(0).state == ObligationState::due);
  CHECK(archive_states(loaded(later), day("2025-10-10")).at(0).state == ObligationState::due_soon);
  later.files()["cases/S1.yaml"] = "causes: [{cause: family}]\n";
  CHECK(archive_states(loaded(later), day("2025-12-10")).at(0).state == ObligationState::done);
}

}  // namespace help::test
