// SPDX-License-Identifier: MIT
// Any bytes as one file of a small school: the folder is read or refused, the same with and without the readers of lines and rows, and
// `identify` answers for whatever was read. The first byte says which file; the rest is that file.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "rules/identify.hpp"
#include "rules/kinds.hpp"
#include "store/load.hpp"
#include "support/memory_files.hpp"
#include "support/tree_text.hpp"

namespace {

using namespace help;

struct SchoolFile {
  const char* path;
  const char* bytes;
};

// The grade tables stand first: they are what the row reader reads.
constexpr std::array<SchoolFile, 12> school{{
    {"grades/2025-11-12-midterm.yaml",
     "exam: {id: 2025-11-12-midterm, name: 期中考试, kind: midterm, term: 2025-fall, date: 2025-11-12}\nsubjects:\n  语文: {full: 150, "
     "pass: 90}\n"
     "  数学: {full: 100}\ncolumns: [语文, 数学]\nscores:\n  \"20250101\": [88.5, 42]\n  \"20250102\": [absent, 77]\n  \"20250103\": [120, "
     "~]\n"},
    {"counts/2025-11.yaml",
     "counts: {id: 2025-11, name: 十一月, from: 2025-11-01, until: 2025-11-30}\ncolumns: [absences]\nrows:\n  \"20250101\": [2]\n  "
     "\"20250103\": [~]\n"},
    {"help.yaml",
     "school: {name: 春晖实验学校}\nlanguage: zh\npolicy: policy.yaml\nterms:\n  - {id: 2025-fall, name: 上学期, year: 2025, from: "
     "2025-09-01, until: 2026-01-23, "
     "midterm: 2025-11-10}\n  - {id: 2026-spring, year: 2025, from: 2026-02-25, until: 2026-07-03}\nbreaks:\n  - {name: 国庆节, from: "
     "2025-10-01, until: "
     "2025-10-08}\n"},
    {"policy.yaml",
     "policy: {id: ours, label: 帮扶学生}\nindicators: [{id: inferiority, name: 自卑}]\nexclude: [physiological]\nidentify:\n"
     "  - {id: below-pass, kind: mark-below, exam: latest, basis: any-subject, below: pass}\n"
     "  - {id: in-a-row, kind: failed-in-a-row, exams: {kind: routine}, times: 2}\n"
     "  - {id: absent, kind: count-at-least, count: absences, at-least: 2, within: 40 days}\n"
     "  - {id: low, kind: percentile-below, exam: {kind: midterm, term: current}, basis: total, below: 20%, of: grade}\n"},
    {"roster/students.yaml",
     "- {id: \"20250101\", name: 欧阳娜娜, classes: [{class: 2025-1, from: 2025-09-01}]}\n"
     "- {id: \"20250102\", name: 张三, classes: [{class: 2025-1, from: 2025-09-01}], transferred: 2025-09-15}\n"
     "- {id: \"20250103\", name: 李四, classes: [{class: 2025-1, from: 2025-09-01}], left: 2026-01-01}\n"},
    {"roster/staff.yaml",
     "- {id: T001, name: 王芳, roles: [{role: grade-leader, grade: 7, from: 2025-09-01}]}\n- {id: T002, name: 赵敏}\n"},
    {"roster/classes.yaml", "- {id: 2025-1, name: 七（1）班, cohort: 2025, entry-grade: 7, leaders: [{staff: T001, from: 2025-09-01}]}\n"},
    {"roster/teaching.yaml", "- {staff: T002, subject: 数学, class: 2025-1, from: 2025-09-01}\n"},
    {"roster/bodies.yaml", "- {id: B-math, name: 数学组, kind: subject-group, members: [{member: T002, from: 2025-09-01}]}\n"},
    {"events/20250101.yaml", "- {id: k7f3q2w9xc, date: 2025-11-18, kind: confirmed, by: T001, because: \"期中\"}\n"},
    {"lists/2025-11-20.yaml",
     "- {id: 3k7f9q2w1x, list: 2025-11-20, at: 2025-11-20, term: 2025-fall, policy: ours, exams: [2025-11-12-midterm], students: 1}\n"
     "- {id: 9xq2w3k7f1, of: 3k7f9q2w1x, student: \"20250101\", outcome: identified, rules: [below-pass], evidence: \"…\"}\n"},
    {"pairs/2025-fall.yaml", "- {id: k7f3q2w9xc, student: \"20250101\", staff: T002, role: mentor, from: 2025-11-20}\n"},
}};

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

/// What the tables came to, as text: students and cells, in order.
std::string tables_text(const Dataset& data) {
  std::string result;
  for (const auto& exam : data.exams) {
    result += exam.id + "\n";
    for (const auto& subject : exam.subjects) {
      result += data.subjects[subject.subject] + " " + std::to_string(subject.full) + " " + std::to_string(subject.pass) + "\n";
    }
    for (const auto student : exam.students) result += data.students[student].id + "\n";
    for (const auto mark : exam.marks) result += to_string(mark) + "\n";
  }
  for (const auto& table : data.counts) {
    result += table.id + "\n";
    for (const auto student : table.students) result += data.students[student].id + "\n";
    for (const auto count : table.counts) result += std::to_string(count) + "\n";
  }
  return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  MemoryFiles files;
  for (const auto& file : school) files.files()[file.path] = file.bytes;
  files.files()[school[*data % school.size()].path] = std::string(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto kinds = rule_shapes();
  const auto fast = load(files, kinds, {});
  const auto slow = load(files, kinds, {.use_fast_path = false});
  require(tests::problems_text(fast.problems) == tests::problems_text(slow.problems), "both ways give the same problems");
  if (has_error(fast.problems)) return 0;
  require(tables_text(fast.data) == tables_text(slow.data), "both ways give the same tables");
  for (const char* today : {"2025-11-20", "2026-03-02"}) {
    const auto found = identify(fast.data, {.today = *parse_date(today)});
    for (const auto& item : found.items) require(item.student < fast.data.students.size(), "who is found is a student");
  }
  return 0;
}
