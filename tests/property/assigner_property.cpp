// SPDX-License-Identifier: MIT
// Assignments that are saved, on random small schools: what was saved stands, nobody is left alone by it, and nobody has too many.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "commands/assign_view.hpp"
#include "rules/kinds.hpp"
#include "store/load.hpp"
#include "support/build.hpp"
#include "support/memory_files.hpp"

namespace help::test {
namespace {

constexpr const char* today = "2025-10-10";

class School {
 public:
  explicit School(std::uint32_t seed) : random_(seed) {
    files_.files() = {
        {"help.yaml",
         "school: {name: 随机学校}\npolicy: policy.yaml\nterms:\n  - {id: 2025-fall, year: 2025, from: 2025-09-01, until: 2026-01-23}\n"},
        {"roster/classes.yaml",
         "- {id: c1, name: 七一, cohort: 2025, entry-grade: 7, leaders: [{staff: T1}]}\n- {id: c2, name: 七二, cohort: 2025, entry-grade: "
         "7}\n"},
        {"grades/2025-09-20-unit.yaml", ""},
        {"policy.yaml", policy()}};
    people();
  }

  /// One run of `assign --save` on the day: how many lines were written.
  std::size_t save(bool keep) {
    const Dataset data = loaded();
    std::vector<Assignment> made;
    for (std::uint32_t rule = 0; rule < data.policy.assigning.rules.size(); ++rule) {
      auto one = assign(data, {.today = day(today), .rule = rule, .keep = keep}, made);
      REQUIRE(one);
      made.push_back(std::move(*one));
    }
    const Context context{.data = data, .problems = {}, .folder = &files_, .today = day(today), .language = "en"};
    Answer answer;
    save_assignments(context, made, {}, answer);
    REQUIRE(answer.refusals.empty());
    std::size_t lines = 0;
    for (const FileChange& change : answer.changes) {
      std::string& bytes = files_.files()[change.path];
      REQUIRE(change.bytes.starts_with(bytes));
      lines += static_cast<std::size_t>(std::count(change.bytes.begin() + std::ssize(bytes), change.bytes.end(), '\n'));
      bytes = change.bytes;
    }
    check(made);
    return lines;
  }

  /// All files, for whoever looks for the reason of a failure.
  [[nodiscard]] std::string text() const {
    std::string all;
    for (const auto& [path, bytes] : files_.files()) all += "== " + path + "\n" + bytes;
    return all;
  }

  /// Something changes: a pair of today is forbidden, a ban is lifted, or a case comes or ends.
  void change() {
    const Dataset data = loaded();
    std::string& prefs = files_.files()["prefs/2025.yaml"];
    const auto what = random(4);
    if (what == 0) {
      prefs.clear();
    } else if (what < 3 && !data.pairs.empty()) {
      const Pair& pair = data.pairs[random(data.pairs.size())];
      prefs += "- {id: " + id() + ", date: 2025-10-01, pair: banned, role: " + pair.role + ", student: " + data.students[pair.student].id +
               ", with: " + data.id_of(pair.carer()) + "}\n";
    } else {
      const std::string student = "S" + std::to_string(random(students_));
      files_.files()["events/" + student + ".yaml"] +=
          "- {id: " + id() + ", date: 2025-10-09, kind: " + (random(2) == 0 ? "released" : "confirmed") + "}\n";
    }
  }

 private:
  std::size_t random(std::size_t below) { return random_() % below; }
  std::string id() {
    std::string number = std::to_string(++ids_);
    return "k" + std::string(9 - number.size(), '0') + number;
  }

  std::string entry(const std::string& id, const std::string& only) {
    const std::vector<std::string> who{"staff", "subject-teacher", "students", "[subject-teacher, class-teacher]"};
    const std::vector<std::string> must{"", ", must: subject", ", must: same-class", ", must: [subject, same-class]"};
    const std::vector<std::string> mode{"", ", mode: both, unlisted: last", ", mode: two-way, unlisted: last"};
    const std::vector<std::string> held{"", ", holds: term", ", holds: 5 days"};
    return "  - {id: " + id + ", role: mentor, who: " + who[random(who.size())] + must[random(must.size())] + mode[random(mode.size())] +
           held[random(held.size())] + (random(3) == 0 ? ", for: each subject" : "") + (random(3) == 0 ? ", exactly: 2" : "") +
           ", load: {most: " + std::to_string(1 + random(3)) + "}" + only + "}\n";
  }

  std::string policy() {
    std::string text = "policy: {id: ours, name: 我校}\nassign:\n";
    if (random(3) != 0) return text + entry("entry", "");
    return text + entry("first", ", only: [{class: [c1]}]") + entry("second", ", only: [{class: [c2]}]");
  }

  void people() {
    students_ = 3 + random(5);
    std::string roster;
    std::string marks =
        "exam: {id: 2025-09-20-unit, kind: unit, term: 2025-fall, date: 2025-09-20}\nsubjects: {数学: {full: 100}, 语文: "
        "{full: 100}}\ncolumns: [数学, 语文]\nscores:\n";
    for (std::size_t one = 0; one < students_; ++one) {
      const std::string student = "S" + std::to_string(one);
      roster +=
          "- {id: " + student + ", name: 学生" + std::to_string(one) + ", classes: [{class: c" + std::to_string(1 + random(2)) + "}]}\n";
      marks += "  " + student + ": [" + std::to_string(40 + 10 * random(7)) + ", " + std::to_string(40 + 10 * random(7)) + "]\n";
      if (random(3) == 0) continue;
      const std::string subject = random(2) == 0 ? ", subject: 数学" : "";
      files_.files()["events/" + student + ".yaml"] = "- {id: " + id() + ", date: 2025-09-25, kind: confirmed" + subject + "}\n";
    }
    files_.files()["roster/students.yaml"] = roster;
    files_.files()["grades/2025-09-20-unit.yaml"] = marks;
    std::string staff;
    std::string teaching;
    for (std::size_t one = 1; one <= 2 + random(3); ++one) {
      const std::string teacher = "T" + std::to_string(one);
      staff += "- {id: " + teacher + ", name: 教师" + std::to_string(one) + "}\n";
      teaching += "- {staff: " + teacher + ", subject: " + (random(2) == 0 ? "数学" : "语文") + ", class: c" +
                  std::to_string(1 + random(2)) + "}\n";
    }
    files_.files()["roster/staff.yaml"] = staff;
    files_.files()["roster/teaching.yaml"] = teaching;
  }

  [[nodiscard]] Dataset loaded() const {
    auto result = load(files_, rule_shapes(), {});
    for (const auto& problem : result.problems) {
      INFO(problem.where.path << ":" << problem.where.line << " " << problem.code);
      REQUIRE(problem.severity != Severity::error);
    }
    return std::move(result.data);
  }

  /// Of tomorrow, since what ends today still has its last day.
  void check(const std::vector<Assignment>& made) const {
    const Dataset data = loaded();
    const Date tomorrow = day(today) + Days{1};
    for (const Assignment& one : made) {
      const AssignRule& rule = data.policy.assigning.rules[one.question.rule];
      const auto is_there = [&](const Pair& pair) { return pair.role == rule.role && pair.days.contains(tomorrow); };
      for (const ProposedPair& proposed : one.pairs) {
        const CareUnit& unit = one.units[proposed.unit];
        const auto same = std::ranges::count_if(data.pairs, [&](const Pair& pair) {
          return is_there(pair) && pair.student == unit.student && pair.carer() == one.candidates[proposed.candidate].party &&
                 (!unit.subject || pair.subject == unit.subject);
        });
        CHECK(same == 1);
      }
      for (const CareCandidate& carer : one.candidates) {
        const auto load =
            std::ranges::count_if(data.pairs, [&](const Pair& pair) { return is_there(pair) && pair.carer() == carer.party; });
        int most = 0;
        for (const AssignRule& other : data.policy.assigning.rules) most = std::max(most, other.load_most);
        CHECK(load <= most);
      }
    }
  }

  std::mt19937 random_;
  MemoryFiles files_;
  std::size_t students_ = 0;
  int ids_ = 0;
};

TEST_CASE("what assign saves stands: once more writes nothing, nobody placed is alone tomorrow, and nobody has too many") {
  for (std::uint32_t seed = 0; seed < 400; ++seed) {
    CAPTURE(seed);
    School school(seed);
    school.save(seed % 2 == 0);
    const auto again = [&] {
      const std::string before = school.text();
      INFO(before);
      CHECK(school.save(seed % 2 == 0) == 0);
    };
    again();
    for (int changes = 0; changes < 3; ++changes) {
      school.change();
      school.save(seed % 2 == 0);
      again();
    }
  }
}

}  // namespace
}  // namespace help::test
