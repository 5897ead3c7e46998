// SPDX-License-Identifier: MIT
// Any bytes as what a policy says about cadence, in a small school with a log: the policy is refused, or what is owed is worked out on some
// days, twice with the same answer.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "rules/kinds.hpp"
#include "rules/obligations.hpp"
#include "store/load.hpp"
#include "support/memory_files.hpp"

namespace {

using namespace help;

MemoryFiles school() {
  MemoryFiles files;
  files.files() = {
      {"help.yaml",
       "school: {name: 春晖实验学校}\npolicy: policy.yaml\nterms:\n"
       "  - {id: 2025-fall, year: 2025, from: 2025-09-01, until: 2026-01-23, midterm: 2025-11-10}\n"
       "  - {id: 2026-spring, year: 2025, from: 2026-02-25, until: 2026-07-03}\n"
       "breaks:\n  - {name: 国庆节, from: 2025-10-01, until: 2025-10-08}\nmake-up-days:\n  - {date: 2025-09-28, because: 调休}\n"
       "closures:\n  - {from: 2025-11-20, until: 2025-11-21, because: 停课, classes: [2025-1]}\n"
       "school-week: {days: [mon, tue, wed, thu, fri], grades: [{grade: 8, days: [mon, tue, wed, thu, fri, sat]}]}\n"},
      {"roster/students.yaml",
       "- {id: S1, name: 欧阳娜娜, classes: [{class: 2025-1, from: 2025-09-01}], groups: [{group: left-behind}]}\n"
       "- {id: S2, name: 张三, classes: [{class: 2025-1, from: 2025-09-01}], transferred: 2025-10-15, leave: [{from: 2025-11-03, until: "
       "2025-11-14}]}\n"
       "- {id: S3, name: 李四, classes: [{class: 2024-1, from: 2024-09-01}], left: 2026-01-01}\n"},
      {"roster/staff.yaml",
       "- {id: T1, name: 王芳, roles: [{role: grade-leader, grade: 7}, {role: principal}]}\n"
       "- {id: T2, name: 赵敏, roles: [], leave: [{from: 2025-10-20, until: 2025-11-07, substitute: T3}]}\n"
       "- {id: T3, name: 孙丽, roles: [{role: counsellor, body: B-math, until: 2025-12-01}]}\n"},
      {"roster/classes.yaml",
       "- {id: 2025-1, name: 七（1）班, cohort: 2025, entry-grade: 7, leaders: [{staff: T1, until: 2025-11-12}, {staff: T3, from: "
       "2025-11-13}]}\n"
       "- {id: 2024-1, name: 八（1）班, cohort: 2024, entry-grade: 7, leaders: [{staff: T2}]}\n"},
      {"roster/teaching.yaml",
       "- {staff: T2, subject: 数学, class: 2025-1}\n- {staff: T3, subject: 语文, class: 2025-1, until: 2025-11-14}\n"},
      {"roster/bodies.yaml",
       "- {id: B-math, name: 数学组, kind: subject-group, members: [{member: T2}], responsible: [{staff: T1}]}\n"
       "- {id: B-town, name: 镇, kind: agency}\n"},
      {"events/S1.yaml",
       "- {id: k7f3q2w9xc, date: 2025-09-18, kind: confirmed, subject: 数学}\n- {id: k7f3q2w9xd, date: 2025-11-02, kind: progress}\n"
       "- {id: k7f3q2w9xe, date: 2025-12-20, kind: released}\n"},
      {"events/S2.yaml", "- {id: k7f3q2w9xf, date: 2025-10-15, kind: confirmed}\n"},
      {"pairs/2025-fall.yaml",
       "- {id: k7f3q2w9x1, student: S1, staff: T2, role: mentor, from: 2025-09-20}\n"
       "- {id: k7f3q2w9x2, student: S1, peer: S2, role: peer, from: 2025-09-20, until: 2025-12-20}\n"
       "- {id: k7f3q2w9x3, student: S2, body: B-town, role: agency, from: 2025-10-20}\n"},
      {"grades/2025-10-15-unit.yaml",
       "exam: {id: 2025-10-15-unit, name: 考, kind: unit, term: 2025-fall, date: 2025-10-15}\nsubjects:\n  数学: {full: 100}\n"
       "columns: [数学]\nscores:\n  S1: [50]\n  S2: [absent]\n"},
      {"grades/2026-01-20-final.yaml",
       "exam: {id: 2026-01-20-final, name: 考, kind: final, term: 2025-fall, date: 2026-01-20}\nsubjects:\n  数学: {full: 100}\n"
       "  语文: {full: 100}\ncolumns: [数学, 语文]\nscores:\n  S1: [50, 60]\n  S2: [70, ~]\n"},
      {"log/2025-10/T1.yaml",
       "- {id: k7f3q2w9x4, date: 2025-10-09, kind: talk, student: S1, note: \"谈\"}\n"
       "- {id: k7f3q2w9x5, date: 2025-10-16, kind: home-visit, with: [T2], students: [S1, S2], present: [mother], student-present: false}\n"
       "- {id: k7f3q2w9x6, date: 2025-10-30, kind: notice, to: [parents, T3], class: 2025-1}\n"},
      {"log/2025-10/T2.yaml",
       "- {id: k7f3q2w9x7, date: 2025-10-17, kind: tutoring, student: S1, subject: 数学}\n"
       "- {id: k7f3q2w9x8, date: 2025-10-24, kind: talk, by: T3, student: S1}\n"
       "- {id: k7f3q2w9x9, date: 2025-10-31, kind: research-meeting, body: B-math, with: [T1, T3]}\n"},
      {"log/2025-11/B-town.yaml", "- {id: k7f3q2w9xa, date: 2025-11-06, kind: visit, student: S2}\n"},
      {"log/2026-01/S2.yaml", "- {id: k7f3q2w9xb, date: 2026-01-21, kind: pair-help, student: S1}\n"}};
  return files;
}

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

/// Checks what is promised of every answer on the way.
std::string text_of(const Dataset& data, const Obligations& all) {
  std::string text;
  for (const Obligation& item : all.items) {
    require(item.duty < data.policy.cadence.duties.size(), "a duty is one of the policy's");
    require(item.first <= item.last && item.first <= item.due, "a window has days");
    require(item.owed > 0 && item.served >= 0 && item.overdue_days >= 0 && item.above >= 0, "nothing is counted below nothing");
    text += std::to_string(item.duty) + " " + std::to_string(static_cast<int>(item.target.kind)) + std::to_string(item.target.index) + " " +
            to_string(item.first) + ".." + to_string(item.last) + " " + to_string(item.due) + " " + std::string(word_of(item.state)) + " " +
            std::to_string(item.served) + "/" + std::to_string(item.owed);
    for (const Ower& ower : all.owers_of(item)) text += " by " + std::to_string(ower.party.index);
    for (const JudgedEntry& entry : all.entries_of(item)) {
      require(entry.entry < data.log.entries.size(), "an entry is one of the log's");
      require(data.log.entries[entry.entry].date <= all.today, "what is dated after today is not seen");
      text += " " + std::to_string(entry.entry) + std::string(word_of(entry.verdict));
    }
    text += "\n";
  }
  for (const auto index : pressing(all)) text += std::to_string(index) + " ";
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const MemoryFiles fixed = school();
  MemoryFiles files = fixed;
  files.files()["policy.yaml"] =
      "policy: {id: ours, name: 我校, label: 帮扶学生}\ngroups: [{id: left-behind, name: 留守}]\nexclude: [physiological]\n" +
      std::string(reinterpret_cast<const char*>(data), size);
  const auto loaded = load(files, rule_shapes(), {});
  if (has_error(loaded.problems)) return 0;
  for (const char* today : {"2025-10-31", "2026-01-22", "2026-02-10", "2026-07-20"}) {
    const ObligationQuestion question{.today = *parse_date(today), .windows = {}, .duty = {}, .student = {}, .with_entries = true};
    const std::string text = text_of(loaded.data, obligations(loaded.data, question));
    require(text == text_of(loaded.data, obligations(loaded.data, question)), "the same question has the same answer");
  }
  for (std::size_t term = 0; term < loaded.data.calendar.terms.size(); ++term) static_cast<void>(task_table(loaded.data, term));
  return 0;
}
