// SPDX-License-Identifier: MIT
// Any bytes as a roster with marks: whatever an import writes loads without an error, and the same table again changes nothing.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "rules/kinds.hpp"
#include "store/csv.hpp"
#include "store/import_plan.hpp"
#include "store/load.hpp"
#include "store/text_encoding.hpp"
#include "support/memory_files.hpp"

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

help::MemoryFiles folder() {
  return help::MemoryFiles(
      {{"help.yaml", "school: {name: A}\nterms:\n  - {id: t, year: 2025, from: 2025-09-01, until: 2026-07-03}\n"},
       {"policy.yaml", "policy: {id: p, name: P}\nidentify:\n  - {id: r, kind: mark-below, exam: latest, below: pass}\n"},
       {"roster/staff.yaml", "- {id: T1, name: T}\n"},
       {"roster/classes.yaml", "- {id: old, name: Old, cohort: 2024, entry-grade: 7}\n"},
       {"roster/students.yaml",
        "# by hand\n- {id: \"1\", name: A, classes: [{class: old, from: 2024-09-01}]}\n- {id: \"3\", name: C}  # c\n"},
       {"grades/2025-10-10-a.yaml",
        "exam: {id: 2025-10-10-a, kind: unit, term: t, date: 2025-10-10}\nsubjects:\n  X: {full: 100}\ncolumns: [X]\nscores:\n"
        "  \"1\": [50]  # a\n  \"3\": [~]\n"}});
}

constexpr const char* mapping_text =
    "import: {id: m}\n"
    "table: {header: 0}\n"
    "student: {id: {column: \"1\"}}\n"
    "roster:\n"
    "  classes: [{id: new, name: New, cohort: 2025, entry-grade: 7}]\n"
    "  class: {column: \"3\", names: {n: new}}\n"
    "  name: {column: \"2\"}\n"
    "  from: 2025-09-01\n"
    "  transferred: {column: \"4\"}\n"
    "marks:\n"
    "  subjects: {X: {full: 100}, \"a: #\": {full: 20, pass: 12.5}}\n"
    "  exams:\n"
    "    - {id: 2025-10-10-a, kind: unit, term: t, date: 2025-10-10, columns: {X: \"5\", \"a: #\": \"6\"}}\n"
    "    - {id: 2025-11-11-b, kind: quiz, term: t, date: 2025-11-11, columns: {X: \"7\"}}\n"
    "  states: {absent: [x], void: [\"-1\"], no-entry: [\"\"]}\n";

help::ImportPlan plan(const help::MemoryFiles& files, const help::Mapping& mapping, const help::Sheet& sheet) {
  static const auto shapes = help::rule_shapes();
  const help::Loaded loaded = help::load(files, shapes, {});
  require(!help::has_error(loaded.problems), "what was written loads without an error");
  std::map<std::string, std::string> existing;
  for (const std::string& path : help::files_of_import(mapping)) {
    if (const auto found = files.files().find(path); found != files.files().end()) existing.emplace(path, found->second);
  }
  help::Diagnostics problems;
  help::ImportPlan made = help::plan_import(loaded.data, mapping, sheet, existing, problems);
  require(problems.empty(), "nothing is wrong with the mapping or the folder");
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  help::Sheet sheet;
  help::Mapping mapping;
  help::Diagnostics problems;
  require(help::read_mapping("m.yaml", mapping_text, mapping, problems), "the mapping is sound");
  help::DecodedText decoded;
  if (!help::decode_table("a.csv", std::string(reinterpret_cast<const char*>(data), size), std::nullopt, decoded, problems)) return 0;
  if (!help::read_csv("a.csv", std::move(decoded.text), ',', sheet, problems)) return 0;
  help::MemoryFiles files = folder();
  const help::ImportPlan first = plan(files, mapping, sheet);
  for (const help::PlannedFile& file : first.files) {
    if (file.differs) (void)files.replace(file.path, file.bytes);
  }
  const help::ImportPlan second = plan(files, mapping, sheet);
  for (const help::PlannedFile& file : second.files) require(!file.differs, "the same table again changes nothing");
  require(second.refused.size() == first.refused.size(), "the same rows are refused again");
  return 0;
}
