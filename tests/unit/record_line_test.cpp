// SPDX-License-Identifier: MIT
#include "store/record_line.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>

#include "support/tree_text.hpp"

namespace help::tests {
namespace {

// Reads the record by itself and between others, in both ways: the trees and the problems must be the same.
void same_both_ways(const std::string& record) {
  CAPTURE(record);
  for (const std::string& bytes : {record + "\n", record, "- {id: a}\n" + record + "\n- {id: b}\n", "# x\r\n\r\n" + record + "\r\n"}) {
    const Reading fast = read_whole(bytes, true);
    const Reading slow = read_whole(bytes, false);
    CHECK(fast.text() == slow.text());
  }
}

bool is_read_by_lines(const std::string& bytes) {
  Tree tree;
  tree.source = bytes;
  Diagnostics problems;
  ProblemList list("f", bytes, "yaml/more", problems);
  const bool read = read_record_lines(tree, list);
  CHECK(problems.empty());
  if (!read) CHECK(tree.nodes.empty());
  return read;
}

TEST_CASE("records in the form of the program are read like yaml-cpp reads them") {
  for (const char* record : {
           R"(- {id: "20230104", name: 欧阳娜娜, classes: [{class: 2025-1, from: 2025-09-01}]})",
           R"(- {id: T012, name: 王芳, roles: [{role: grade-leader, grade: 7}], leave: []})",
           R"(- {id: k7f3q2w9xc, because: "作业\"拖拉\"\\，\n每天\t一题", subject: ~})",
           R"(- {name: 七（1）班, share: 60%, below: -1.5, path: a/b.c, sum: 1+1=2, who: (a) b c})",
           R"(- {a: {}, b: [], c: [[{d: [1, 2]}]], e: "", f: "~", g: ","})",
           R"(- {})",
           R"(- {a: 张・三, b: é, c: 𠀀, d: “x”…})",
       }) {
    same_both_ways(record);
    CHECK(is_read_by_lines(std::string(record) + "\n"));
  }
}

TEST_CASE("records in another form are read one by one, with the same result") {
  for (const char* record : {
           "- {id: 'x', note: 'it''s'}",
           "- {id: x} # by hand",
           "- {id : x}",
           "- { id: x }",
           "- {id: x,name: y}",
           "- {id:  x}",
           "-   {id: x}",
           "- {\"id\": x}",
           "- {姓名: 张三}",
           "- {id: null}",
           "- {id: Null, a: nulls}",
           "- {id: x, }",
           "- [a, b]",
           "- {note: \"\\u5f20\\x41\"}",
           "- {note: 家长说：好，下周}",
           "- {name: 张　三}",
           "- {a: }",
           "- {a: a:b}",
           "- {a: x#y}",
           "- {a: a'b\"c}",
           "- {a: 5 , b: [ 1 ]}",
           "- {A: x}",
           "- {a: [[[[[1]]]]]}",
       }) {
    same_both_ways(record);
    CHECK(is_read_by_lines(std::string(record) + "\n"));
  }
}

TEST_CASE("what is no list of records on lines of their own is left to yaml-cpp as a whole") {
  for (const char* bytes : {
           "- a\n",
           "- id: x\n",
           "a: 1\n",
           "- {id: x,\n   a: y}\n",
           "- - {id: x}\n",
           "  - {id: x}\n",
           "- {id: x}\nb: 1\n",
           "- {id: x}}\n",
           "- {id: x\n",
           "- {id: *x}\n",
           "- {a:1}\n",
           "- {a: 1}\n---\n- {a: 2}\n",
           "- \"x\"\n",
           "[]\n",
           "- {id: x}\n  y\n",
       }) {
    CAPTURE(bytes);
    CHECK_FALSE(is_read_by_lines(bytes));
    CHECK(read_whole(bytes, true).text() == read_whole(bytes, false).text());
  }
}

TEST_CASE("a key twice and a record in a comment are found in the strict form too") {
  const Reading twice = read_whole("- {id: a, name: b, id: c}\n", true);
  CHECK(problems_text(twice.problems) == "1:20 yaml/duplicate-key\n");
  const Reading off = read_whole("- {id: a}\n# - {id: b, name: c}\n", true);
  CHECK(off.read);
  CHECK(problems_text(off.problems) == "2:1 yaml/disabled-record\n");
}

TEST_CASE("a tree that is read again into the same memory holds only the new file") {
  Reading reading;
  const std::string first = "- {id: a, note: \"x\\\"y\"}\n- {id: b}\n";
  const std::string second = "- {id: c}\n";
  REQUIRE(read_yaml("f", first, reading.tree, reading.problems));
  REQUIRE(read_yaml("f", second, reading.tree, reading.problems));
  CHECK(tree_text(reading.tree) == tree_text(read_whole(second, false).tree));
  CHECK(reading.tree.decoded.empty());
}

bool is_read_as_head(const std::string& bytes) {
  Tree tree;
  tree.source = bytes;
  const bool read = read_head_lines(tree);
  if (!read) CHECK(tree.nodes.empty());
  return read;
}

TEST_CASE("heads of tables in the form of the program are read like yaml-cpp reads them") {
  for (const std::string& bytes : std::initializer_list<std::string>{
           "exam: {id: 2026-11-12-midterm, name: 期中考试, kind: midterm, date: 2026-11-12}\nsubjects:\n  语文: {full: 150, pass: 90}\n  "
           "数学: {full: 150}\n"
           "columns: [语文, 数学]\n",
           "counts: {id: 2026-11, name: \"十一月\\n\", from: 2026-11-01}\ncolumns: [absences, homework-missing]\n",
           "a: b\n",
           "a:\n  b: c d\n  e: -1.5\nf: ~\n",
           "a:\n  b: {}\nc:\n  d: []\n",
           "a b: \"x\"\n",
           "a: {b: 1}\na: {c: 2}\n",
           "a:\n  b: 1\n  b: 2\n",
       }) {
    CAPTURE(bytes);
    CHECK(is_read_as_head(bytes));
    CHECK(read_whole(bytes, true).text() == read_whole(bytes, false).text());
  }
}

TEST_CASE("heads in another form are left to yaml-cpp, with the same result") {
  for (const std::string& bytes : std::initializer_list<std::string>{
           "",
           "\n",
           "a: b",
           "a:\n",
           "a:\nb: c\n",
           "  a: b\n",
           "a: b\n  c: d\n",
           "a: {b: c}\n  d: e\n",
           "a:\n  b:\n    c: d\n",
           "a:\n    b: c\n",
           "a:\n  b: c\n   d: e\n",
           "a:\n  - b\n",
           "a:\n- b\n",
           "a: b # c\n",
           "# c\na: b\n",
           "a: b\n\nc: d\n",
           "a: b \n",
           "a:  b\n",
           "a : b\n",
           "a: b\r\n",
           "a: 'b'\n",
           "\"a\": b\n",
           "a: b: c\n",
           "a: |\n  b\n",
           "a: {b: c\n",
           "a: [b]]\n",
           "a：b\n",
           "null: a\n",
           "~: a\n",
           "---\na: b\n",
           "a: b\n...\n",
           std::string(129, 'k') + ": 1\n",
           std::string(1025, 'k') + ": 1\n",
           "a: {" + std::string(1025, 'k') + ": 1}\n",
       }) {
    CAPTURE(bytes);
    CHECK_FALSE(is_read_as_head(bytes));
    CHECK(read_whole(bytes, true).text() == read_whole(bytes, false).text());
  }
}

TEST_CASE("more values than the limit are refused where the limit is passed") {
  std::string bytes;
  for (int i = 0; i < 150'000; ++i) bytes += "- {a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}\n";
  const Reading fast = read_whole(bytes, true);
  CHECK_FALSE(fast.read);
  CHECK(fast.problems.front().code == "yaml/too-many-values");
  CHECK(fast.problems.front().where.line == 142858);
}

}  // namespace
}  // namespace help::tests
