// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "rules/decision_steps.hpp"
#include "rules/release.hpp"
#include "support/build.hpp"
#include "support/command_call.hpp"
#include "support/loaded.hpp"

namespace help::tests {
namespace {

using test::CommandCall;
using test::day;
using test::loaded;

constexpr const char* list_of_five =
    "- {id: e7jmgbwp7g, list: 2026-02-27, at: 2026-02-27, term: 2026-spring, policy: base, exams: [2026-01-16-final], students: 5}\n"
    "- {id: a420m8202x, of: e7jmgbwp7g, student: S1, outcome: identified, rules: [final], subjects: [数学]}\n"
    "- {id: fggc3dgw3r, of: e7jmgbwp7g, student: S2, outcome: identified, rules: [final], subjects: [数学]}\n"
    "- {id: yfv2n5ptd1, of: e7jmgbwp7g, student: S3, outcome: identified, rules: [final], subjects: [数学]}\n"
    "- {id: eg3tw75nyk, of: e7jmgbwp7g, student: S4, outcome: pending, rules: [final], subjects: [数学]}\n"
    "- {id: 8315ynm64w, of: e7jmgbwp7g, student: S5, outcome: watch, rules: [final], subjects: [数学]}\n";

constexpr const char* three_steps =
    "decide:\n  steps:\n"
    "    - {id: excluding, who: principal, decides: [excluded]}\n"
    "    - {id: class, who: class-teacher}\n"
    "    - {id: office, who: office}\n";

/// Five students of one class, its teacher on leave from 2026-03-09 to 2026-03-13, an office with a member.
MemoryFiles school_deciding(const std::string& decide = "") {
  std::string students;
  for (const char* id : {"S1", "S2", "S3", "S4", "S5"})
    students += "- {id: " + std::string(id) + ", name: 学生" + id + ", classes: [{class: 2025-1, from: 2025-09-01}]}\n";
  return MemoryFiles({{"help.yaml",
                       "school: {name: 春晖实验学校}\nterms:\n  - {id: 2025-fall, year: 2025, from: 2025-09-01, until: 2026-01-23}\n"
                       "  - {id: 2026-spring, year: 2025, from: 2026-02-25, until: 2026-07-03}\n"},
                      {"policy.yaml", "policy: {id: base, name: 底本}\nexclude: [physiological]\n" + decide},
                      {"roster/students.yaml", students},
                      {"roster/staff.yaml",
                       "- {id: T1, name: 王芳, leave: [{from: 2026-03-09, until: 2026-03-13, substitute: T2}]}\n- {id: T2, name: 李强}\n"
                       "- {id: T3, name: 赵敏}\n"},
                      {"roster/classes.yaml", "- {id: 2025-1, name: 七（1）班, cohort: 2025, entry-grade: 7, leaders: [{staff: T1}]}\n"},
                      {"roster/bodies.yaml", "- {id: B1, name: 教务处, kind: office, members: [{member: T3}]}\n"},
                      {"lists/2026-02-27.yaml", list_of_five}});
}

CommandCall decide_call() { return {.command = "decide", .me = "T1", .today = "2026-03-02", .files = school_deciding()}; }

const std::vector<std::string> all_five{"S1", "S2", "S3", "S4", "S5", "confirm", "一起补"};

SuggestionStanding standing_of(const Dataset& data, const char* on, std::size_t place) {
  const DecisionSteps steps(data, day(on));
  return steps.standing(steps.suggestions(*steps.last_list())[place], *steps.last_list());
}

constexpr auto open = SuggestionStanding::State::open;
constexpr auto waiting = SuggestionStanding::State::waiting;
constexpr auto settled = SuggestionStanding::State::settled;

}  // namespace

TEST_CASE("where the third of five files cannot be written, the two before it are named, and the same once more writes the rest") {
  bool met = false;
  for (int nth = 1; nth < 400 && !met; ++nth) {
    CommandCall call = decide_call();
    call.files.fail(nth, FileResult::full);
    const int status = call.run(all_five);
    if (call.files.written().size() != 2) continue;
    met = true;
    CHECK(status == 3);
    CHECK(call.err.find("events/S3.yaml was not written") != std::string::npos);
    CHECK(call.err.find("written before that: events/S1.yaml") != std::string::npos);
    CHECK(call.err.find("written before that: events/S2.yaml") != std::string::npos);
    CHECK(call.err.find("written before that: events/S3.yaml") == std::string::npos);
    const std::string first = call.files.files().at("events/S1.yaml");
    CHECK(call.run(all_five) == 0);
    CHECK(call.files.files().at("events/S1.yaml") == first);
    CHECK(call.files.written().size() == 5);
    CHECK(call.files.files().contains("events/S5.yaml"));
  }
  CHECK(met);
}

TEST_CASE("a decision that was not confirmed by the disk has its own status, and repeating it changes nothing") {
  CommandCall call = decide_call();
  call.files.fail_writing(FileResult::unconfirmed);
  CHECK(call.run(all_five) == 4);
  const auto files = call.files.files();
  call.files.fail_writing(FileResult::done);
  CHECK(call.run(all_five) == 0);
  CHECK(call.files.files() == files);
}

TEST_CASE("while another process writes, nothing is decided") {
  CommandCall call = decide_call();
  call.files.be_locked_by("4711");
  CHECK(call.run(all_five) == 3);
  CHECK(call.files.written().empty());
}

TEST_CASE("what one of many may not be decided keeps all of them from being written") {
  CommandCall call = decide_call();
  CHECK(call.run({"S1", "dismiss", "病假"}) == 0);
  CHECK(call.run({"S2", "S1", "S3", "dismiss", "别的理由"}) == 2);
  CHECK(call.files.written().size() == 1);
}

TEST_CASE("a decision that was withdrawn can be made again on the same day") {
  CommandCall call = decide_call();
  CHECK(call.run({"S1", "confirm"}) == 0);
  const std::string before = call.files.files().at("events/S1.yaml");
  const std::string id = before.substr(before.find("{id: ") + 5, 10);
  CHECK(call.run({"--void", id, "记错了人"}) == 0);
  CHECK(call.run({"S1", "confirm"}) == 0);
  const Dataset data = loaded(call.files);
  REQUIRE(data.events.size() == 1);
  CHECK(data.events.front().id != id);
}

TEST_CASE("bytes of a file of events stay as they are, whatever its line ends") {
  CommandCall call = decide_call();
  const std::string old = "# 张老师\r\n- {id: k7f3q2w9xc, date: 2026-03-01, kind: praise}";
  call.files.files()["events/S1.yaml"] = old;
  CHECK(call.run({"S1", "confirm"}) == 0);
  const std::string now = call.files.files().at("events/S1.yaml");
  CHECK(now.starts_with(old + "\r\n- {id: "));
  CHECK(now.ends_with("}\r\n"));
}

TEST_CASE("of two decisions of one day the one that was written later holds, whatever their ids, and a correction keeps its place") {
  MemoryFiles files = school_deciding();
  const std::string confirmed = "- {id: zzzzzzzzzz, date: 2026-03-02, kind: confirmed}\n";
  const std::string dismissed = "- {id: aaaaaaaaaa, date: 2026-03-02, kind: dismissed}\n";
  files.files()["events/S1.yaml"] = confirmed + dismissed;
  files.files()["events/S2.yaml"] = dismissed + confirmed;
  files.files()["events/S3.yaml"] =
      confirmed + dismissed + "- {id: bbbbbbbbbb, at: 2026-03-03, fixes: zzzzzzzzzz, date: 2026-03-02, kind: confirmed, by: T1}\n";
  const Dataset data = loaded(files);
  const DecisionSteps steps(data, day("2026-03-02"));
  CHECK(steps.decision({0, {}}).state == CaseState::dismissed);
  CHECK(steps.decision({1, {}}).state == CaseState::confirmed);
  CHECK(steps.decision({2, {}}).state == CaseState::dismissed);
}

TEST_CASE("an exclusion that is taken back leaves what was confirmed before it") {
  MemoryFiles files = school_deciding();
  const std::string exclusion =
      "- {id: b000000000, date: 2026-03-02, kind: excluded, basis: physiological}\n- {id: c000000000, date: 2026-03-03, kind: included}\n";
  files.files()["events/S1.yaml"] = "- {id: a000000000, date: 2026-03-01, kind: confirmed}\n" + exclusion;
  files.files()["events/S2.yaml"] = exclusion;
  const Dataset data = loaded(files);
  CHECK(DecisionSteps(data, day("2026-03-02")).decision({0, {}}).state == CaseState::excluded);
  CHECK(DecisionSteps(data, day("2026-03-03")).decision({0, {}}).state == CaseState::confirmed);
  CHECK(DecisionSteps(data, day("2026-03-03")).decision({1, {}}).state == CaseState::none);
}

TEST_CASE("without steps a suggestion is open until anybody decides; pending and watched ones are nobody's turn") {
  MemoryFiles files = school_deciding();
  files.files()["events/S1.yaml"] = "- {id: a000000000, date: 2026-03-02, kind: confirmed}\n";
  files.files()["events/S2.yaml"] = "- {id: b000000000, date: 2026-02-26, kind: dismissed}\n";
  files.files()["events/S3.yaml"] = "- {id: c000000000, date: 2026-02-27, kind: dismissed}\n";
  const Dataset data = loaded(files);
  CHECK(standing_of(data, "2026-03-01", 0).state == open);
  CHECK(standing_of(data, "2026-03-02", 0).state == settled);
  CHECK(standing_of(data, "2026-03-02", 1).state == open);  // suggested again since
  CHECK(standing_of(data, "2026-03-02", 2).state == settled);
  CHECK(standing_of(data, "2026-03-02", 3).state == waiting);
  CHECK(standing_of(data, "2026-03-02", 4).state == settled);
}

TEST_CASE("steps follow each other; one that does not confirm is nobody's turn, and a dismissal ends the round") {
  MemoryFiles files = school_deciding(three_steps);
  files.files()["events/S1.yaml"] =
      "- {id: a000000000, date: 2026-03-02, kind: confirmed, by: T1}\n- {id: b000000000, date: 2026-03-03, kind: confirmed, by: T3}\n";
  files.files()["events/S2.yaml"] =
      "- {id: c000000000, date: 2026-03-02, kind: confirmed, by: T1, role: class-teacher}\n"
      "- {id: d000000000, date: 2026-03-03, kind: dismissed, by: T3, role: office}\n";
  const Dataset data = loaded(files);
  CHECK(standing_of(data, "2026-03-01", 0).next == 1);
  CHECK(standing_of(data, "2026-03-02", 0).next == 2);
  CHECK(standing_of(data, "2026-03-03", 0).state == settled);
  CHECK(standing_of(data, "2026-03-03", 1).state == settled);
}

TEST_CASE("a substitute holds the step of who is on leave, on the days of the leave, and a member speaks for an office") {
  const Dataset data = loaded(school_deciding(three_steps));
  const CaseKey about{0, {}};
  const auto names = [&](const char* on, std::size_t step) {
    const DecisionSteps steps(data, day(on));
    std::string all;
    for (const auto& holder : steps.holders(steps.step(about, step), about)) all += data.id_of(holder.party) + " ";
    return all;
  };
  CHECK(names("2026-03-06", 1) == "T1 ");
  CHECK(names("2026-03-09", 1) == "T2 ");
  CHECK(names("2026-03-13", 1) == "T2 ");
  CHECK(names("2026-03-14", 1) == "T1 ");
  CHECK(names("2026-03-06", 2) == "B1 ");
  const DecisionSteps before(data, day("2026-03-06"));
  const DecisionSteps during(data, day("2026-03-09"));
  CHECK(before.role_in(before.step(about, 1), 1, about).empty());
  CHECK(during.role_in(during.step(about, 1), 1, about) == "class-teacher");
  CHECK(before.role_in(before.step(about, 2), 2, about) == "office");
  CHECK(before.role_in(before.step(about, 2), 0, about).empty());
}

TEST_CASE("what is pending is open again once the exam was held that it waits for, if the student sat it") {
  MemoryFiles files = school_deciding();
  files.files()["events/S1.yaml"] = "- {id: a000000000, date: 2026-03-02, kind: pending, until: midterm}\n";
  files.files()["events/S2.yaml"] = "- {id: b000000000, date: 2026-03-02, kind: pending, until: 2026-04-10-midterm}\n";
  files.files()["events/S3.yaml"] = "- {id: c000000000, date: 2026-03-02, kind: pending, until: midterm}\n";
  const auto exam = [](const std::string& date, const std::string& rows) {
    return "exam: {id: " + date + "-midterm, kind: midterm, term: 2026-spring, date: " + date +
           "}\nsubjects:\n  数学: {full: 100}\ncolumns: [数学]\nscores:\n" + rows;
  };
  files.files()["grades/2026-03-02-midterm.yaml"] = exam("2026-03-02", "  S1: [50]\n");  // the day itself is not after it
  files.files()["grades/2026-04-10-midterm.yaml"] = exam("2026-04-10", "  S1: [50]\n  S2: [absent]\n");
  const Dataset data = loaded(files);
  CHECK(standing_of(data, "2026-04-09", 0).state == waiting);
  CHECK(standing_of(data, "2026-04-10", 0).state == open);
  CHECK(standing_of(data, "2026-04-10", 1).state == open);
  CHECK(standing_of(data, "2026-04-10", 2).state == waiting);
}

TEST_CASE("a criterion of release asks for the latest exams in a row, held after the case was opened") {
  struct Row {
    const char* before;  // on the day of the confirmation
    const char* first;   // 2026-04-10
    const char* second;  // 2026-05-20
    const char* retest;  // of the second
    bool is_met;
  };
  const std::vector<Row> rows{
      {"90", "60", "60", "-", true},      {"90", "59.99", "60", "-", false}, {"90", "60", "59.99", "-", false},
      {"90", "60", "absent", "-", false}, {"90", "60", "void", "-", false},  {"90", "60", "exempt", "-", false},
      {"90", "60", "40", "60", true},     {"90", "60", "~", "-", false},     {"90", "-", "60", "-", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.first);
    CAPTURE(row.second);
    CAPTURE(row.retest);
    MemoryFiles files = school_deciding("decide: {release: [{id: two, exams: {kind: routine}, times: 2}]}\n");
    files.files()["events/S1.yaml"] = "- {id: a000000000, date: 2026-03-02, kind: confirmed, subject: 数学}\n";
    const auto add = [&](const std::string& date, const std::string& kind, const std::string& mark, const std::string& retests) {
      if (mark == "-") return;
      const std::string id = date + "-" + kind;
      files.files()["grades/" + id + ".yaml"] =
          "exam: {id: " + id + ", kind: " + kind + ", term: 2026-spring, date: " + date + retests +
          "}\nsubjects:\n  数学: {full: 100}\n  语文: {full: 100}\ncolumns: [数学, 语文]\nscores:\n  S1: [" + mark + ", 10]\n";
    };
    add("2026-03-02", "unit", row.before, "");
    add("2026-04-10", "midterm", row.first, "");
    add("2026-05-20", "unit", row.second, "");
    add("2026-05-25", "unit", row.retest, ", retests: 2026-05-20-unit");
    const Dataset data = loaded(files);
    const auto cases = open_cases(data, DecisionSteps(data, day("2026-06-01")));
    REQUIRE(cases.size() == 1);
    REQUIRE(cases.front().judgements.size() == 1);
    CHECK(cases.front().judgements.front().is_met == row.is_met);
    CHECK(cases.front().since == day("2026-03-02"));
  }
}

TEST_CASE("a case of the whole student is released by marks in every subject, and shown once") {
  MemoryFiles files = school_deciding("decide: {release: [{id: one, exams: {kind: midterm}, times: 1, at-least: 65%}]}\n");
  files.files()["events/S1.yaml"] =
      "- {id: a000000000, date: 2026-03-02, kind: confirmed}\n- {id: b000000000, date: 2026-03-03, kind: confirmed, subject: 数学}\n";
  const auto with = [&](const std::string& marks) {
    files.files()["grades/2026-04-10-midterm.yaml"] =
        "exam: {id: 2026-04-10-midterm, kind: midterm, term: 2026-spring, date: 2026-04-10}\nsubjects:\n  数学: {full: 150}\n"
        "  语文: {full: 100}\ncolumns: [数学, 语文]\nscores:\n  S1: [" +
        marks + "]\n";
    const Dataset data = loaded(files);
    const auto cases = open_cases(data, DecisionSteps(data, day("2026-06-01")));
    REQUIRE(cases.size() == 1);
    return cases.front().judgements.front().is_met;
  };
  CHECK(with("97.5, 65"));
  CHECK(!with("97.49, 65"));
  CHECK(!with("97.5, 64.99"));
  CHECK(with("97.5, exempt"));
  CHECK(!with("exempt, exempt"));
}

}  // namespace help::tests
