// SPDX-License-Identifier: MIT
#include "commands/import.hpp"

#include <doctest/doctest.h>

#include <string>

#include "rules/kinds.hpp"
#include "support/memory_files.hpp"

using namespace help;

namespace {

struct ImportWorld {
  MemoryFiles folder{{{"help.yaml", "school: {name: A}\nterms:\n  - {id: t, year: 2025, from: 2025-09-01, until: 2026-07-03}\n"},
                      {"policy.yaml", "policy: {id: p, name: P}\nidentify:\n  - {id: r, kind: mark-below, exam: latest, below: pass}\n"},
                      {"roster/students.yaml", "- {id: \"1\", name: 张三}\n- {id: \"2\", name: 李四}\n"}}};
  MemoryFiles outside{{{"map.yaml",
                        "import: {id: unit}\nstudent: {id: {column: 学号}}\nmarks:\n  subjects: {数学: {full: 100}}\n"
                        "  exams: [{id: 2025-10-10-a, kind: unit, term: t, date: 2025-10-10, columns: {数学: 数}}]\n"}}};

  Answer answer(const std::string& table, ImportOptions options = {}, Format format = Format::text) {
    outside.files()["marks.csv"] = table;
    const Loaded loaded = load(folder, rule_shapes(), {});
    REQUIRE_FALSE(has_error(loaded.problems));
    options.file = "marks.csv";
    options.map = "map.yaml";
    const Context context{.data = loaded.data,
                          .problems = loaded.problems,
                          .folder = &folder,
                          .outside = &outside,
                          .today = *parse_date("2025-11-01"),
                          .language = "en",
                          .format = format};
    return answer_import(context, options);
  }
};

const Table& table_of(const Answer& answer, std::string_view key) {
  for (const Table& table : answer.document.tables) {
    if (table.key == key) return table;
  }
  FAIL("no such table");
  return answer.document.tables[0];
}

}  // namespace

TEST_CASE("an import that brings something gives its files and the git lines") {
  ImportWorld world;
  const Answer answer = world.answer("学号,数\n1,50\n2,60\n");
  CHECK(answer.refusals.empty());
  CHECK(answer.problems.empty());
  REQUIRE(answer.changes.size() == 1);
  CHECK(answer.changes[0].path == "grades/2025-10-10-a.yaml");
  CHECK(answer.changes[0].is_new);
  REQUIRE(answer.after_writing.size() == 3);
  CHECK(answer.after_writing[1].data == "  git add grades/2025-10-10-a.yaml");
  CHECK(answer.after_writing[2].data == "  git commit -m 'import unit'");
}

TEST_CASE("a refused row keeps everything from being written, but is shown with the rest") {
  ImportWorld world;
  const std::string table = "学号,数\n1,x\n2,60\n";
  const Answer answer = world.answer(table);
  CHECK(answer.changes.empty());
  CHECK(answer.refusals.size() == 1);
  REQUIRE(table_of(answer, "refused").rows.size() == 1);
  const Answer skipping = world.answer(table, {.skip_refused = true});
  CHECK(skipping.refusals.empty());
  REQUIRE(skipping.changes.size() == 1);
  CHECK(skipping.changes[0].bytes.ends_with("scores:\n  \"2\": [60]\n"));
}

TEST_CASE("an entry of the folder changes only with --replace; a late mark needs none") {
  ImportWorld world;
  world.folder.files()["grades/2025-10-10-a.yaml"] =
      "exam: {id: 2025-10-10-a, kind: unit, term: t, date: 2025-10-10}\nsubjects:\n  数学: {full: 100}\ncolumns: [数学]\nscores:\n  \"1\": "
      "[50]\n  \"2\": [~]\n";
  const Answer late = world.answer("学号,数\n1,50\n2,60\n");
  CHECK(late.refusals.empty());
  CHECK(late.changes.size() == 1);
  const Answer other = world.answer("学号,数\n1,51\n2,60\n");
  CHECK(other.changes.empty());
  REQUIRE(other.refusals.size() == 1);
  CHECK(other.refusals[0].count == 1);
  CHECK(world.answer("学号,数\n1,51\n2,60\n", {.replace = true}).changes.size() == 1);
}

TEST_CASE("people are shown the first twenty rows and how many there are besides, machines all") {
  ImportWorld world;
  std::string table = "学号,数\n";
  for (int row = 0; row < 25; ++row) table += "x" + std::to_string(row) + ",1\n";
  const Answer text = world.answer(table);
  CHECK(table_of(text, "refused").rows.size() == 20);
  REQUIRE(text.document.foot.size() == 1);
  CHECK(text.document.foot[0].count == 5);
  CHECK(table_of(world.answer(table, {}, Format::json), "refused").rows.size() == 25);
  CHECK(table_of(world.answer(table, {}, Format::csv), "review").rows.size() == 25);
}

TEST_CASE("files that cannot be read are named") {
  ImportWorld world;
  world.outside.files().erase("map.yaml");
  CHECK(world.answer("学号,数\n").refusals.size() == 1);
}

TEST_CASE("problems of the table and of the mapping stop everything") {
  ImportWorld world;
  CHECK(world.answer("学号,\"数\n1,50\n").problems.at(0).code == "csv/open-quote");
  CHECK(world.answer("学号,语\n1,50\n").problems.at(0).code == "import/unknown-column");
  world.outside.files()["map.yaml"] = "import: {id: unit}\n";
  CHECK(has_error(world.answer("学号,数\n1,50\n").problems));
}
