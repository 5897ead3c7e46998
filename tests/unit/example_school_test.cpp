// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string>

#include "assets/assets.hpp"
#include "commands/identify_list.hpp"
#include "rules/identify.hpp"
#include "rules/kinds.hpp"
#include "rules/obligations.hpp"
#include "store/check_folder.hpp"
#include "store/load.hpp"
#include "support/build.hpp"
#include "support/memory_files.hpp"

namespace help {
namespace {

constexpr const char* after_the_last_exam = "2026-08-01";
constexpr const char* day_to_try = "2026-03-02";

using test::day;

MemoryFiles example_folder() {
  std::map<std::string, std::string, std::less<>> files;
  for (const Asset& file : example_school()) {
    files.emplace(file.name, file.bytes);
  }
  return MemoryFiles(std::move(files));
}

Loaded load_example(const MemoryFiles& folder) { return load(folder, rule_shapes(), {}); }

/// Ids of the students whose item is wanted.
std::set<std::string> listed(const Dataset& data, const Identified& answer, auto&& wanted) {
  std::set<std::string> ids;
  for (const IdentifiedItem& item : answer.items) {
    if (wanted(item)) {
      ids.insert(data.students[item.student].id);
    }
  }
  return ids;
}

using Ids = std::set<std::string>;

/// What a day says of the duties of the example school.
class Care {
 public:
  explicit Care(std::string_view today)
      : data_(load_example(example_folder()).data), all_(obligations(data_, {.today = day(today), .with_entries = true})) {}

  /// The state of what was due on a day, about a student (of a subject, where duties are by subject).
  [[nodiscard]] std::string state(std::string_view duty, std::string_view student, std::string_view due,
                                  std::string_view subject = "") const {
    const Obligation* found = find(duty, student, due, subject);
    return found == nullptr ? "none" : std::string(word_of(found->state));
  }
  [[nodiscard]] std::string waiver(std::string_view duty, std::string_view student, std::string_view due) const {
    const Obligation* found = find(duty, student, due, "");
    return found == nullptr ? "none" : std::string(word_of(found->waiver));
  }
  /// What became of the entries, by id of who did it, in order.
  [[nodiscard]] std::string entries(std::string_view duty, std::string_view student, std::string_view due,
                                    std::string_view subject = "") const {
    const Obligation* found = find(duty, student, due, subject);
    std::string text;
    for (const JudgedEntry& one : found == nullptr ? std::span<const JudgedEntry>() : all_.entries_of(*found)) {
      if (one.verdict == EntryVerdict::other_kind || one.verdict == EntryVerdict::other_window) continue;
      const Interaction& entry = data_.log.entries[one.entry];
      if (!text.empty()) text += ", ";
      text += to_string(entry.date).substr(5) + " " + data_.id_of(entry.by) + " " + std::string(word_of(one.verdict));
    }
    return text;
  }
  [[nodiscard]] std::string owers(std::string_view duty, std::string_view student, std::string_view due,
                                  std::string_view subject = "") const {
    const Obligation* found = find(duty, student, due, subject);
    std::string text;
    for (const Ower& one : found == nullptr ? std::span<const Ower>() : all_.owers_of(*found)) {
      text += data_.staff[one.party.index].id;
      if (one.acts_for) text += " for " + data_.staff[one.acts_for->index].id;
    }
    return text;
  }
  /// The due days in a state, of a duty about no student, for whom it is: "T016 2026-04-30".
  [[nodiscard]] std::set<std::string> elsewhere(std::string_view duty, ObligationState state) const {
    std::set<std::string> found;
    for (const Obligation& one : all_.items) {
      if (data_.policy.cadence.duties[one.duty].id != duty || one.state != state) continue;
      const auto owers = all_.owers_of(one);
      const Party party = owers.empty() ? Party{} : owers.front().party;
      const std::string who = party.kind == Party::Kind::body ? data_.bodies[party.index].id : data_.staff[party.index].id;
      found.insert(who + " " + to_string(one.due));
    }
    return found;
  }
  [[nodiscard]] Tally all() const { return tally(all_); }

 private:
  [[nodiscard]] const Obligation* find(std::string_view duty, std::string_view student, std::string_view due,
                                       std::string_view subject) const {
    for (const Obligation& one : all_.items) {
      const bool about = (one.target.kind == Target::Kind::student && data_.students[one.target.index].id == student) ||
                         (one.target.kind == Target::Kind::pair && data_.students[data_.pairs[one.target.index].student].id == student);
      const bool of_subject = subject.empty() || (one.target.subject && data_.subjects[*one.target.subject] == subject);
      if (about && of_subject && data_.policy.cadence.duties[one.duty].id == duty && one.due == day(due)) return &one;
    }
    return nullptr;
  }

  Dataset data_;
  Obligations all_;
};

}  // namespace

TEST_CASE("the saved list of the example school is what identify would have saved on that day, before the decisions of the day") {
  const MemoryFiles folder = example_folder();
  Dataset data = load_example(folder).data;
  const Date saved = day("2026-02-27");
  std::erase_if(data.events, [&](const Event& event) { return event.date >= saved; });
  data.lists.clear();
  const std::string& there = folder.files().at("lists/2026-02-27.yaml");
  CHECK(there.substr(there.find('\n') + 1) == list_lines(data, identify(data, {.today = saved})).text);
}

TEST_CASE("The example school has neither errors nor warnings") {
  const MemoryFiles folder = example_folder();
  Loaded loaded = load_example(folder);
  const auto no_schema = [](std::string_view) { return std::optional<std::string_view>(); };
  Diagnostics doubts = check_folder(folder, loaded.data, day(after_the_last_exam), no_schema);
  doubts.insert(doubts.end(), loaded.problems.begin(), loaded.problems.end());
  for (const Diagnostic& problem : doubts) {
    MESSAGE(problem.where.path << ':' << problem.where.line << ' ' << problem.code);
  }
  CHECK(doubts.empty());
}

TEST_CASE("The example school has the size that its page states") {
  const Dataset data = load_example(example_folder()).data;
  CHECK(data.students.size() == 401);
  CHECK(data.classes.size() == 9);
  CHECK(data.staff.size() == 45);
  CHECK(data.exams.size() == 7);
}

TEST_CASE("The awkward cases of the example school come out as its page says") {
  const Dataset data = load_example(example_folder()).data;
  const Identified answer = identify(data, {.today = day(day_to_try)});
  const Ids all = listed(data, answer, [](const IdentifiedItem&) { return true; });
  CHECK(all.size() == 37);

  SUBCASE("a mark on the line is no failure, half a point below it is one") {
    CHECK_FALSE(all.contains("20250112"));
    CHECK(all.contains("20250118"));
    CHECK(all.contains("20250131"));
  }
  SUBCASE("both students who share the last place get in, the next does not") {
    CHECK(all.contains("20240227"));
    CHECK(all.contains("20240316"));
    CHECK_FALSE(all.contains("20240145"));
  }
  SUBCASE("pending are the two who came from elsewhere with 50 to 59 percent") {
    CHECK(listed(data, answer, [](const IdentifiedItem& item) { return item.outcome == Outcome::pending; }) == Ids{"20240146", "20250246"});
    CHECK(all.contains("20250247"));
  }
  SUBCASE("watched are missed exams, a great fall, homework, two signs and the one named by hand") {
    CHECK(listed(data, answer, [](const IdentifiedItem& item) { return item.outcome == Outcome::watch; }) ==
          Ids{"20230109", "20230318", "20230336", "20250215", "20250328"});
  }
  SUBCASE("who passed the retest is not on the list, who failed it is") {
    CHECK_FALSE(all.contains("20240207"));
    CHECK_FALSE(all.contains("20230119"));
    CHECK(all.contains("20240222"));
  }
  SUBCASE("who left is not on the list") {
    CHECK_FALSE(all.contains("20240139"));
    CHECK_FALSE(all.contains("20250309"));
  }
  SUBCASE("void, deferred and missing entries are no failures") {
    CHECK_FALSE(all.contains("20240128"));
    CHECK_FALSE(all.contains("20240233"));
    CHECK_FALSE(all.contains("20240301"));
  }
  SUBCASE("one sign seen by two people counts once") { CHECK_FALSE(all.contains("20240307")); }
  SUBCASE("decisions: confirmed, dismissed on this evidence only, excluded, taken back") {
    const auto in_state = [&](CaseState state) {
      return listed(data, answer, [&](const IdentifiedItem& item) { return item.state == state; });
    };
    CHECK(in_state(CaseState::confirmed) == Ids{"20250104"});
    CHECK(in_state(CaseState::dismissed) == Ids{"20250317"});
    CHECK(in_state(CaseState::excluded) == Ids{"20250305"});
    CHECK(all.contains("20250323"));
    CHECK(all.contains("20230302"));
  }
  SUBCASE("since the saved list three are new and two are out") {
    // Who is excluded is no suggestion, so that no saved list has him.
    CHECK(listed(data, answer, [](const IdentifiedItem& item) {
            return item.change == Change::fresh && item.state != CaseState::excluded;
          }) == Ids{"20230318", "20240227", "20240316"});
    Ids gone;
    for (const ListItem& item : answer.gone) {
      gone.insert(data.students[item.student].id);
    }
    CHECK(gone == Ids{"20230119", "20240207"});
  }
}

TEST_CASE("The midterm decides the pending students of the example school") {
  const Dataset data = load_example(example_folder()).data;
  const Identified answer = identify(data, {.today = day("2026-05-06")});
  CHECK(listed(data, answer, [](const IdentifiedItem& item) { return item.outcome == Outcome::pending; }).empty());
  const Ids identified = listed(data, answer, [](const IdentifiedItem& item) { return item.outcome == Outcome::identified; });
  CHECK(identified.contains("20240146"));
  CHECK_FALSE(identified.contains("20250246"));
}

TEST_CASE("The term of care of the example school comes out as its page says") {
  const Care care("2026-06-30");

  SUBCASE("about six of seven are on time, and some of everything is not") {
    const Tally all = care.all();
    CHECK(all.on_time * 100 / all.owed >= 85);
    CHECK(all.on_time * 100 / all.owed <= 90);
    CHECK(all.late > 20);
    CHECK(all.missed > 20);
    CHECK(all.overdue > 10);
  }
  SUBCASE("Thursday is in time; Friday and the Saturday that makes up for a holiday are late") {
    CHECK(care.entries("talk", "20250104", "2026-03-05") == "03-05 T016 counted");
    CHECK(care.entries("talk", "20250104", "2026-03-12") == "03-13 T016 counted-late");
    CHECK(care.entries("talk", "20250104", "2026-05-07") == "05-09 T016 counted-late");
  }
  SUBCASE("two talks on one day serve one week, or make up for the week before") {
    CHECK(care.entries("talk", "20240104", "2026-03-12") == "03-10 T017 counted, 03-10 T017 not-needed");
    CHECK(care.state("talk", "20240104", "2026-03-19") == "missed");
    CHECK(care.state("talk", "20230221", "2026-04-16") == "done-late");
    CHECK(care.state("talk", "20230221", "2026-04-23") == "done");
  }
  SUBCASE("a closed class has less time, a closed week is waived") {
    CHECK(care.state("talk", "20250208", "2026-06-02") == "done");
    CHECK(care.state("talk", "20250247", "2026-06-02") == "done-late");
    CHECK(care.state("talk", "20250244", "2026-06-02") == "missed");
    CHECK(care.waiver("talk", "20230130", "2026-06-18") == "closure");
  }
  SUBCASE("leave: a substitute, nobody to stand in, a student away") {
    CHECK(care.owers("talk", "20250131", "2026-04-16") == "T027 for T026");
    CHECK(care.entries("talk", "20250131", "2026-04-16") == "04-15 T027 counted");
    CHECK(care.state("talk", "20250244", "2026-04-23") == "missed");
    CHECK(care.owers("talk-after-exam", "20240209", "2026-04-29", "英语") == "T045 for T023");
    CHECK(care.entries("talk", "20250323", "2026-05-14") == "05-14 T012 counted");
    CHECK(care.waiver("talk", "20250323", "2026-05-21") == "staff-leave");
    CHECK(care.state("talk", "20230123", "2026-03-26") == "done");
    CHECK(care.waiver("talk", "20230123", "2026-05-28") == "student-leave");
    CHECK(care.waiver("talk", "20240130", "2026-05-14") == "student-leave");
  }
  SUBCASE("one talk with five students counts for the three whose mentor it is") {
    for (const char* student : {"20240209", "20240305", "20240323"})
      CHECK(care.entries("talk", student, "2026-03-26") == "03-25 T013 counted");
  }
  SUBCASE("no note, the wrong student, a talk that did not take place, a line that stands twice") {
    CHECK(care.entries("talk", "20230132", "2026-04-16") == "04-14 T028 lacks-field");
    CHECK(care.entries("talk", "20250118", "2026-03-19") == "03-17 T016 counted");
    CHECK(care.state("talk", "20240121", "2026-04-30") == "missed");
    CHECK(care.entries("talk", "20230130", "2026-04-02") == "04-01 T014 counted");
  }
  SUBCASE("pairs and cases that begin and end in mid-term") {
    CHECK(care.state("talk", "20230119", "2026-03-05") == "none");
    CHECK(care.state("talk", "20230238", "2026-05-14") == "done");
    CHECK(care.state("talk", "20230238", "2026-05-21") == "none");
    CHECK(care.owers("talk", "20240204", "2026-04-23") == "T018");
    CHECK(care.owers("talk", "20240204", "2026-04-30") == "T044");
    CHECK(care.state("home-visit", "20240146", "2026-03-31") == "none");
    CHECK(care.state("home-visit", "20240146", "2026-04-30") == "none");  // four days are left of April
    CHECK(care.state("home-visit", "20240146", "2026-05-31") == "done");
    CHECK(care.state("home-visit", "20250305", "2026-05-31") == "overdue");  // excluded, and owed the same care
    CHECK(care.state("home-visit", "20250246", "2026-03-31") == "none");     // pending
  }
  SUBCASE("visits, calls and a parents' meeting are contacts with the family") {
    CHECK(care.entries("family", "20240143", "2026-07-03").starts_with("03-17 T017 counted, 05-08 T017 counted"));
    CHECK(care.state("family", "20250305", "2026-07-03") == "done");
    CHECK(care.state("family", "20230132", "2026-07-03") == "due-soon");
  }
  SUBCASE("where the whole student is the case, each subject is owed a talk after the exam") {
    CHECK(care.state("talk-after-exam", "20240209", "2026-04-29", "数学") == "overdue");
    CHECK(care.state("talk-after-exam", "20240209", "2026-04-29", "道法") == "done-late");
    CHECK(care.state("talk-after-exam", "20240209", "2026-04-29", "科学") == "done");
    CHECK(care.state("talk-after-exam", "20230123", "2026-04-29", "科学") == "waived");
  }
  SUBCASE("meetings and papers") {
    CHECK(care.elsewhere("office-meeting", ObligationState::done_late) == std::set<std::string>{"T001 2026-05-29"});
    CHECK(care.elsewhere("archive", ObligationState::overdue) == std::set<std::string>{"T014 2026-03-31"});
    CHECK(care.elsewhere("research-meeting", ObligationState::missed) ==
          std::set<std::string>{"B-humanities 2026-03-15", "B-maths 2026-05-24", "B-maths 2026-05-31"});
    CHECK(care.elsewhere("research-meeting", ObligationState::done_late) == std::set<std::string>{"B-humanities 2026-06-21"});
    CHECK(care.elsewhere("study-meeting", ObligationState::missed) ==
          std::set<std::string>{"T013 2026-05-03", "T016 2026-05-17", "T024 2026-04-19", "T024 2026-05-31"});
    CHECK(care.elsewhere("report", ObligationState::done_late).contains("T017 2026-05-29"));
    CHECK(care.elsewhere("report", ObligationState::missed).contains("T016 2026-04-30"));
    CHECK(care.elsewhere("term-summary", ObligationState::due_soon).size() == 3);
  }
}

TEST_CASE("Every example policy can be read on its own, without an error or a warning") {
  for (const Asset& policy : policies()) {
    MemoryFiles folder;
    folder.files()["help.yaml"] = "school: {name: 学校}\nterms:\n  - {id: 2025-fall, year: 2025, from: 2025-09-01, until: 2026-01-20}\n";
    folder.files()["policy.yaml"] = std::string(policy.bytes);
    const Loaded loaded = load(folder, rule_shapes(), {});
    CAPTURE(policy.name);
    const auto no_schema = [](std::string_view) { return std::optional<std::string_view>(); };
    Diagnostics doubts = check_folder(folder, loaded.data, day(day_to_try), no_schema);
    doubts.insert(doubts.end(), loaded.problems.begin(), loaded.problems.end());
    for (const Diagnostic& problem : doubts) MESSAGE(problem.where.path << ':' << problem.where.line << ' ' << problem.code);
    CHECK(doubts.empty());
    CHECK_FALSE((loaded.data.policy.identify.empty() && loaded.data.policy.cadence.duties.empty()));
    CHECK(std::ranges::all_of(loaded.data.policy.identify, [](const Rule& rule) { return !rule.source.empty() || !rule.because.empty(); }));
  }
}

TEST_CASE("Whom an example policy pairs, what its archives choose from and its chain have a source; no choice has its name twice") {
  for (const Asset& policy : policies()) {
    if (policy.name == "start") continue;  // nobody's plan
    MemoryFiles folder;
    folder.files()["help.yaml"] = "school: {name: 学校}\n";
    folder.files()["policy.yaml"] = std::string(policy.bytes);
    const Policy read = load(folder, rule_shapes(), {}).data.policy;
    CAPTURE(policy.name);
    CHECK(std::ranges::none_of(read.assigning.rules, [](const AssignRule& rule) { return rule.source.empty(); }));
    CHECK(std::ranges::none_of(read.assigning.chain, [](const ChainLink& link) { return link.source.empty(); }));
    for (const auto* choices : {&read.archive.categories, &read.archive.causes, &read.archive.analysis, &read.archive.countermeasures}) {
      CHECK((choices->empty() || !read.archive.source.empty()));
      CHECK(std::ranges::none_of(*choices, [](const Named& one) { return one.name.empty() || one.name == one.id; }));
      std::set<std::string_view> names;
      for (const Named& one : *choices) CHECK(names.insert(one.name).second);
    }
  }
}

}  // namespace help
