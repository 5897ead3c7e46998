// SPDX-License-Identifier: MIT
// Any table without a mapping, and what is said beside it: the guess is refused, or what is written by it loads without an error, and the
// same table, read by the mapping that was kept, brings nothing new and refuses the same rows. Forms and their records too. The first line
// of the bytes is what is said: a letter each (see `said`); the rest is the table.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "commands/import.hpp"
#include "render/catalogue.hpp"
#include "rules/kinds.hpp"
#include "support/memory_files.hpp"

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

help::MemoryFiles school() {
  return help::MemoryFiles(
      {{"help.yaml",
        "school: {name: A}\nterms:\n  - {id: 2025-fall, year: 2025, from: 2025-09-01, until: 2026-01-23}\n"
        "  - {id: 2026-spring, year: 2025, from: 2026-02-25, until: 2026-07-03}\n"},
       {"policy.yaml",
        "policy: {id: p, name: P}\nindicators: [{id: shy, name: 内向}]\nidentify:\n  - {id: r, kind: mark-below, exam: latest, below: "
        "pass}\nassign:\n  - {id: m, role: mentor, who: subject-teacher, load: {most: 3}}\n"},
       {"roster/staff.yaml", "- {id: T1, name: 王芳}\n- {id: T2, name: 赵敏}\n"},
       {"roster/classes.yaml",
        "- {id: 2025-1, name: 七（1）班, cohort: 2025, entry-grade: 7}\n"
        "- {id: 2025-2, name: 七（2）班, cohort: 2025, entry-grade: 7}\n"},
       {"roster/students.yaml",
        "- {id: \"01\", name: 张三, classes: [{class: 2025-1, from: 2025-09-01}]}\n"
        "- {id: \"02\", name: 李四, classes: [{class: 2025-1, from: 2025-09-01}]}\n"
        "- {id: \"03\", name: 赵敏, classes: [{class: 2025-2, from: 2025-09-01}], left: 2026-03-01}\n"
        "- {id: \"04\", name: 赵敏, classes: [{class: 2025-2, from: 2025-09-01}]}\n"},
       {"grades/2025-11-10-midterm.yaml",
        "exam: {id: 2025-11-10-midterm, name: 期中, kind: midterm, term: 2025-fall, date: 2025-11-10}\nsubjects:\n  语文: {full: 150, "
        "pass: 90}\n  数学: {full: 150, pass: 90}\ncolumns: [语文, 数学]\nscores:\n  \"01\": [101, 88]\n  \"02\": [~, 90]\n"},
       {"grades/2026-03-20-monthly.yaml",
        "exam: {id: 2026-03-20-monthly, name: 三月, kind: monthly, term: 2026-spring, date: 2026-03-20}\nsubjects:\n  语文: {full: "
        "150, pass: 90}\ncolumns: [语文]\nscores:\n  \"01\": [absent]\n"}});
}

/// What somebody says beside the table. What is said of a guess is not said again of the mapping that came of it.
help::ImportOptions said(std::string_view letters, bool again) {
  help::ImportOptions options{.file = "a.csv"};
  for (const char letter : letters.substr(0, 12)) {
    switch (letter) {
      case 'n':
        options.exams = {"2026-05-10-unit"};
        options.kind = "unit";
        options.date = "2026-05-10";
        break;
      case 'o':
        options.exams = {"2025-11-10-midterm"};
        break;
      case 'f':
        options.full = {"语文=150/90,数学=120"};
        break;
      case 'm':
        options.full = {"语文=150"};
        break;
      case 's':
        if (!again) options.subject = "语文";
        break;
      case 'c':
        options.classes = {"2025-1"};
        break;
      case 'd':
        options.from = "2026-03-02";
        break;
      case 'a':
        options.add_students = true;
        break;
      case 'k':
        options.skip_refused = true;
        break;
      case 'r':
        options.replace = true;
        break;
      case 'x':
        if (!again) options.columns = {"X=学号"};
        break;
      case 't':
        if (!again) options.states = {"缺=absent"};
        break;
      default:
        break;
    }
  }
  return options;
}

help::Answer answer(const help::MemoryFiles& folder, const help::MemoryFiles& outside, const help::ImportOptions& options) {
  static const auto shapes = help::rule_shapes();
  static const help::Catalogue chinese("zh");
  static const help::Catalogue english("en");
  const help::Loaded loaded = help::load(folder, shapes, {});
  if (help::has_error(loaded.problems)) {
    for (const auto& [path, bytes] : folder.files()) std::fprintf(stderr, "--- %s\n%s", path.c_str(), bytes.c_str());
    for (const auto& one : loaded.problems) std::fprintf(stderr, "%s: %s\n", one.where.path.c_str(), english.text(one.message).c_str());
  }
  require(!help::has_error(loaded.problems), "what was written loads without an error");
  help::Talk talk;
  talk.text = [](const help::Message& message, std::string_view language) { return (language == "zh" ? chinese : english).text(message); };
  const help::Context context{.data = loaded.data,
                              .problems = loaded.problems,
                              .folder = &folder,
                              .outside = &outside,
                              .today = *help::parse_date("2026-06-01"),
                              .language = "zh",
                              .format = help::Format::json,
                              .talk = &talk};
  return help::answer_import(context, options);
}

/// How many rows of the table say anything.
std::int64_t rows_of(const help::Answer& made) {
  const auto& fields = made.document.facts.fields;
  const auto found = std::ranges::find(fields, std::string_view("rows"), [](const auto& field) { return field.first; });
  return found == fields.end() ? -1 : std::get<std::int64_t>(found->second.value);
}

std::set<std::int64_t> refused_lines(const help::Answer& made) {
  std::set<std::int64_t> lines;
  for (const help::Table& table : made.document.tables) {
    if (table.key != "refused") continue;
    for (const auto& row : table.rows) lines.insert(std::get<std::int64_t>(row.front().value));
  }
  return lines;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(bytes.find('\n'), bytes.size());
  const std::string letters = bytes.substr(0, end);
  const help::MemoryFiles outside({{"a.csv", bytes.substr(std::min(end + 1, bytes.size()))}});
  help::MemoryFiles folder = school();
  const help::Answer first = answer(folder, outside, said(letters, false));
  require(first.changes.empty() || first.refusals.empty(), "what is refused writes nothing");
  if (first.changes.empty()) return 0;
  for (const help::FileChange& change : first.changes) folder.files()[change.path] = change.bytes;
  const bool is_kept = folder.files().contains("imports/marks.yaml") || folder.files().contains("imports/marks-long.yaml") ||
                       folder.files().contains("imports/marks-by-exam.yaml") || folder.files().contains("imports/roster.yaml");
  const help::Answer second = answer(folder, outside, said(letters, is_kept));
  if (!is_kept && second.document.tables.empty()) return 0;  // what was unclear before may be so again; it is told, and nothing written
  if (second.document.tables.empty()) {
    for (const auto& [path, text] : folder.files()) std::fprintf(stderr, "--- %s\n%s", path.c_str(), text.c_str());
    const help::Catalogue english("en");
    for (const auto& one : second.problems) std::fprintf(stderr, "%s: %s\n", one.where.path.c_str(), english.text(one.message).c_str());
    for (const auto& one : second.refusals) std::fprintf(stderr, "%s\n", english.text(one).c_str());
  }
  require(!second.document.tables.empty(), "the mapping that was kept reads the table again");
  require(second.changes.empty(), "the same table again changes nothing");
  require(rows_of(second) == rows_of(first), "the same rows say something");
  require(refused_lines(second) == refused_lines(first), "the same rows are refused");
  return 0;
}
