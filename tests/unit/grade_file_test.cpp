// SPDX-License-Identifier: MIT
#include "store/grade_file.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace help;

namespace {

const std::string head_of_file =
    "# marks of the autumn\nexam: {id: e}\nsubjects:\n  语文: {full: 150, pass: 90}  # three hours\ncolumns: [语文]\nscores:\n";
const std::vector<Mark> ninety{Mark::of(9000)};

}  // namespace

TEST_CASE("a changed row keeps its comment, every other byte stays") {
  GradeFile file;
  REQUIRE(file.read(head_of_file + "  # best first\n  \"2\": [87]   # was ill\n\n  \"1\": [ absent ]\n"));
  file.set("2", ninety);
  CHECK(file.bytes() == head_of_file + "  # best first\n  \"2\": [90]   # was ill\n\n  \"1\": [ absent ]\n");
}

TEST_CASE("a new row comes at its place where the rows stand in order, else at the end") {
  GradeFile file;
  REQUIRE(file.read(head_of_file + "  \"1\": [1]\n  \"3\": [3]\n"));
  file.set("2", ninety);
  file.set("0", ninety);
  CHECK(file.bytes() == head_of_file + "  \"0\": [90]\n  \"1\": [1]\n  \"2\": [90]\n  \"3\": [3]\n");
  REQUIRE(file.read(head_of_file + "  \"3\": [3]\n  \"1\": [1]\n"));
  file.set("2", ninety);
  CHECK(file.bytes() == head_of_file + "  \"3\": [3]\n  \"1\": [1]\n  \"2\": [90]\n");
}

TEST_CASE("line ends stay what they were, and a missing one at the end is mended") {
  GradeFile file;
  REQUIRE(file.read("subjects:\r\n  a: {full: 9}\r\ncolumns: [a]\r\nscores:\r\n  \"1\": [1]"));
  file.set("2", ninety);
  CHECK(file.bytes() == "subjects:\r\n  a: {full: 9}\r\ncolumns: [a]\r\nscores:\r\n  \"1\": [1]\r\n  \"2\": [90]\r\n");
}

TEST_CASE("a subject is added behind the others and the rows get no entry") {
  GradeFile file;
  REQUIRE(file.read(head_of_file + "  \"1\": [88] # x\n"));
  const std::vector<std::string> known{"语文"};
  REQUIRE(file.add_column(known, {"数学", 15000, 9000}));
  CHECK(file.bytes() ==
        "# marks of the autumn\nexam: {id: e}\nsubjects:\n  语文: {full: 150, pass: 90}  # three hours\n  数学: {full: 150, pass: 90}\n"
        "columns: [语文, 数学]\nscores:\n  \"1\": [88, ~] # x\n");
}

TEST_CASE("a header in another form gets no subject") {
  GradeFile file;
  const std::vector<std::string> known{"a"};
  REQUIRE(file.read("subjects: {a: {full: 9}}\ncolumns: [a]\nscores:\n  \"1\": [1]\n"));
  CHECK_FALSE(file.add_column(known, {"b", 900, {}}));
  REQUIRE(file.read("subjects:\n  a: {full: 9}\ncolumns:\n  - a\nscores:\n  \"1\": [1]\n"));
  CHECK_FALSE(file.add_column(known, {"b", 900, {}}));
}

TEST_CASE("rows in another form are found, with their line") {
  GradeFile file;
  for (const char* row : {"  1: [1]\n", "  '1': [1]\n", "  \"1\": 1\n", "  \"1\":\n    - 1\n", "  \"1\": [x]\n", "  \"1\": [1]#\n",
                          "  \"1\": [1, 2\n", "  \"1\": []\n", "x: 1\n", "  \"1\": [01]\n", "    \"1\": [1]\n"}) {
    CAPTURE(row);
    CHECK_FALSE(file.read(head_of_file + "  \"0\": [1]\n" + row));
    CHECK(file.bad_line() == 8);
  }
  CHECK_FALSE(file.read("exam: {id: e}\n"));
  CHECK_FALSE(file.read(head_of_file + "  \"1\": [1]\n  \"1\": [2]\n"));
}

TEST_CASE("the marks of a row are read") {
  GradeFile file;
  REQUIRE(file.read(head_of_file + "  \"1\": [87.5, ~, absent, exempt, deferred, void]\n"));
  const auto marks = file.marks_of("1");
  REQUIRE(marks);
  CHECK(std::vector<Mark>(marks->begin(), marks->end()) == std::vector<Mark>{Mark::of(8750), Mark(Mark::State::no_entry),
                                                                             Mark(Mark::State::absent), Mark(Mark::State::exempt),
                                                                             Mark(Mark::State::deferred), Mark(Mark::State::voided)});
  CHECK_FALSE(file.marks_of("2"));
}
