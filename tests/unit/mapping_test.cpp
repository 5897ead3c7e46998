// SPDX-License-Identifier: MIT
#include "store/mapping.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace help;

namespace {

struct ReadMapping {
  bool done = false;
  Mapping mapping;
  Diagnostics problems;
  [[nodiscard]] std::string code() const { return problems.empty() ? "" : std::string(problems[0].code); }
};

ReadMapping read_sample(const std::string& text) {
  ReadMapping result;
  result.done = read_mapping("map.yaml", text, result.mapping, result.problems);
  return result;
}

const std::string start = "import: {id: unit}\nstudent: {id: {column: 学号}}\n";
const std::string subjects = "marks:\n  subjects: {语文: {full: 150, pass: 90}, 数学: {full: 100}}\n";
const std::string exam = "id: 2026-01-20-final, kind: final, term: 2025-fall, date: 2026-01-20";

std::string wide(const std::string& columns, const std::string& rest = "") {
  return start + subjects + "  exams:\n    - {" + exam + ", columns: " + columns + "}\n" + rest;
}

}  // namespace

TEST_CASE("a wide mapping is read") {
  const ReadMapping wide_one = read_sample("table: {separator: tab, header: 3}\n" +
                                           wide("{语文: 语, 数学: 数}", "  states: {absent: [缺考], no-entry: [\"\", \"0\"]}\n"));
  REQUIRE(wide_one.problems.empty());
  REQUIRE(wide_one.done);
  const Mapping& mapping = wide_one.mapping;
  CHECK(mapping.id == "unit");
  CHECK(mapping.separator == '\t');
  CHECK(mapping.header == 3);
  CHECK_FALSE(mapping.encoding);
  CHECK(mapping.student.id.text == "学号");
  CHECK(mapping.source.substr(mapping.student.id.from, mapping.student.id.until - mapping.student.id.from) == "学号");
  REQUIRE(mapping.marks);
  CHECK(mapping.marks->subjects[0].pass == 9000);
  CHECK_FALSE(mapping.marks->subjects[1].pass);
  CHECK(mapping.marks->exams[0].columns[1].first == 1);
  CHECK(mapping.marks->exams[0].columns[1].second.text == "数");
  CHECK(mapping.marks->states == std::vector<std::pair<std::string, Mark::State>>{
                                     {"缺考", Mark::State::absent}, {"", Mark::State::no_entry}, {"0", Mark::State::no_entry}});
}

TEST_CASE("a roster with ids of the row number is read") {
  const ReadMapping roster = read_sample(
      "import: {id: uci}\ntable: {separator: \";\", header: 0}\nstudent: {id: {row-number: true, prefix: m, width: 3}}\n"
      "roster:\n  classes: [{id: mat, name: Mathematics, cohort: 2014, entry-grade: 10}]\n  class: {fixed: mat}\n  from: 2014-09-01\n");
  REQUIRE(roster.problems.empty());
  const Mapping& mapping = roster.mapping;
  CHECK(mapping.student.by_row_number);
  CHECK(mapping.student.prefix == "m");
  CHECK(mapping.student.width == 3);
  CHECK(mapping.header == 0);
  CHECK(mapping.roster->classes[0].entry_grade == 10);
  CHECK(mapping.roster->in.fixed.text == "mat");
  CHECK(mapping.roster->from == *parse_date("2014-09-01"));
}

TEST_CASE("what contradicts itself is refused with its place") {
  CHECK(read_sample("").code() == "mapping/empty");
  CHECK(read_sample("# nothing\n").code() == "mapping/empty");
  CHECK(read_sample("table: {separator: \":\"}\n" + wide("{语文: 语}")).code() == "mapping/separator");
  CHECK(read_sample("import: {id: a}\nstudent: {id: {row-number: false}}\nroster: {}\n").code() == "mapping/student-id");
  CHECK(read_sample("import: {id: a}\nstudent: {id: {column: x, prefix: m}}\nroster: {}\n").code() == "mapping/student-id");
  CHECK(read_sample("import: {id: a}\nstudent: {id: {row-number: true, prefix: 学}}\nroster: {}\n").code() == "mapping/student-id");
  CHECK(read_sample(start + "roster: {class: {fixed: mat}}\n").code() == "mapping/class-without-day");
  CHECK(read_sample(start + "roster: {classes: [{id: a, name: a, cohort: 2020, entry-grade: 1, leaders: [{staff: T1}]}]}\n").code() ==
        "mapping/leaders");
  CHECK(read_sample(wide("{英语: 英}")).code() == "mapping/unknown-subject");
  CHECK(read_sample(wide("{}")).code() == "mapping/exam-without-columns");
  CHECK(read_sample(start + subjects + "  exams: [{" + exam + "}]\n").code() == "mapping/exam-without-columns");
  CHECK(
      read_sample(start + "marks:\n  subjects: {数学: {full: 100, pass: 101}}\n  exams: [{" + exam + ", columns: {数学: 数}}]\n").code() ==
      "mapping/pass-above-full");
  CHECK(read_sample(wide("{语文: 语}", "    - {" + exam + ", columns: {数学: 数}}\n")).code() == "mapping/exam-twice");
  CHECK(read_sample(wide("{语文: 语}", "  states: {absent: [\"-\"], void: [\"-\"]}\n")).code() == "mapping/state-twice");
  CHECK(read_sample(start + subjects + "  exams: [{" + exam + ", columns: {数学: 数}, label: 期末}]\n").code() ==
        "mapping/label-without-long");
}

TEST_CASE("a long mapping says of each row which exam and which subject it is about") {
  const std::string one = "  exams: [{" + exam + "}]\n";
  CHECK(read_sample(start + subjects + "  long: {exam: 考试, subject: 科目, mark: 成绩}\n" + one).code() == "mapping/exam-without-label");
  CHECK(read_sample(start + subjects + "  long: {mark: 成绩}\n" + one).code() == "mapping/long-subject");
  CHECK(read_sample(start + subjects + "  long: {subject: 科目, mark: 成绩}\n" + one).done);
  CHECK(read_sample(start + "marks:\n  subjects: {数学: {full: 100}}\n  long: {mark: 成绩}\n" + one).done);
  CHECK(read_sample(start + subjects + "  long: {subject: 科目, mark: 成绩}\n  exams: [{" + exam + ", columns: {数学: 数}}]\n").code() ==
        "mapping/columns-in-long");
  const std::string two =
      "  exams: [{" + exam + ", label: 期末}, {id: 2026-01-21-x, kind: unit, term: 2025-fall, date: 2026-01-21, label: 期末}]\n";
  CHECK(read_sample(start + subjects + "  long: {exam: 考试, subject: 科目, mark: 成绩}\n" + two).code() == "mapping/label-twice");
  CHECK(read_sample(start + subjects + "  long: {subject: 科目, mark: 成绩}\n" + two).code() == "mapping/long-exam");
}

TEST_CASE("problems of the shape are found by the shape") {
  CHECK(read_sample(start + "rooster: {}\n").problems.size() >= 1);
  CHECK_FALSE(read_sample("- a\n").done);
  CHECK_FALSE(read_sample("import: {id: a}\n").done);
}
