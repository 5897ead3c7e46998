// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "assets/assets.hpp"
#include "rules/identify.hpp"
#include "rules/kinds.hpp"
#include "store/check_folder.hpp"
#include "store/load.hpp"
#include "support/memory_files.hpp"

namespace help {
namespace {

constexpr const char* after_the_last_exam = "2026-08-01";
constexpr const char* day_to_try = "2026-03-02";

Date day(std::string_view text) { return parse_date(text).value(); }

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

}  // namespace

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
    CHECK(listed(data, answer, [](const IdentifiedItem& item) { return item.change == Change::fresh; }) ==
          Ids{"20230318", "20240227", "20240316"});
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

TEST_CASE("Every example policy can be read on its own") {
  for (const Asset& policy : policies()) {
    MemoryFiles folder;
    folder.files()["help.yaml"] = "school: {name: 学校}\nterms:\n  - {id: 2025-fall, year: 2025, from: 2025-09-01, until: 2026-01-20}\n";
    folder.files()["policy.yaml"] = std::string(policy.bytes);
    const Loaded loaded = load(folder, rule_shapes(), {});
    CAPTURE(policy.name);
    CHECK_FALSE(has_error(loaded.problems));
    CHECK_FALSE((loaded.data.policy.identify.empty() && loaded.data.policy.cadence.duties.empty()));
    CHECK(std::ranges::all_of(loaded.data.policy.identify, [](const Rule& rule) { return !rule.source.empty() || !rule.because.empty(); }));
  }
}

}  // namespace help
