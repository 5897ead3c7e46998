// SPDX-License-Identifier: MIT
#include "store/yaml.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "diag/codes.hpp"
#include "support/tree_text.hpp"

namespace help::tests {
namespace {

// A tree in one line: `{a: 1, b: ["x", ~]}`; plain scalars bare, quoted ones in quotes, nulls as ~.
std::string shape(const Value& value) {
  std::string text;
  switch (value.kind()) {
    case NodeKind::null:
      return "~";
    case NodeKind::plain:
      return std::string(value.text());
    case NodeKind::quoted:
      return "'" + std::string(value.text()) + "'";
    case NodeKind::sequence:
      for (Value item = value.first(); item != value.end(); item = item.after()) text += (text.empty() ? "" : ", ") + shape(item);
      return "[" + text + "]";
    case NodeKind::mapping:
      for (Value key = value.first(); key != value.end();) {
        const Value member = key.after();
        text += (text.empty() ? "" : ", ") + shape(key) + ": " + shape(member);
        key = member.after();
      }
      return "{" + text + "}";
  }
  return text;
}

// The shape, or the problems; both ways of reading must agree.
std::string read(const std::string& bytes) {
  const Reading reading = read_whole(bytes, true);
  CHECK(reading.text() == read_whole(bytes, false).text());
  if (!reading.read || !reading.problems.empty()) return problems_text(reading.problems);
  return reading.tree.nodes.empty() ? "nothing" : shape(Value(reading.tree, 0));
}

TEST_CASE("scalars, lists and mappings in every style are read") {
  CHECK(read("a: 1\nb: [x, \"y\", {c: ~}]\n") == "{a: 1, b: [x, 'y', {c: ~}]}");
  CHECK(read("a:\n  - q\n  -\n  - - z\n    - w\nb:\n- 1\nc:\n") == "{a: [q, ~, [z, w]], b: [1], c: ~}");
  CHECK(read("- a: 1\n  b:\n    c: 'it''s'\n- d: \"a\\\"b\\\\c\\n\\u5f20\"\n") == "[{a: 1, b: {c: 'it's'}}, {d: 'a\"b\\c\n张'}]");
  CHECK(read("a: |\n  x\n\n   y\nb: >-\n  p\n  q\n\n  r\nc: |+\n  z\n\n") == "{a: 'x\n\n y\n', b: 'p q\nr', c: 'z\n\n'}");
  CHECK(read("a: \"x\n  y\"\n") == "{a: 'x y'}");
  CHECK(read("key: [\n  1,\n  {a: b},\n]\n") == "{key: [1, {a: b}]}");
  CHECK(read("[]\n") == "[]");
  CHECK(read("{\"a\":1}\n") == "{'a': 1}");
}

TEST_CASE("null is nothing, a tilde or the word; in quotes it is a text") {
  CHECK(read("[~, null, Null, NULL, \"null\", nulls, ~x]\n") == "[~, ~, ~, ~, 'null', nulls, ~x]");
  CHECK(read("a:\nb: ~\nc:   # nothing\nd: {e: , f: }\n") == "{a: ~, b: ~, c: ~, d: {e: ~, f: ~}}");
}

TEST_CASE("numbers, booleans and dates stay the text that was typed") {
  CHECK(read("[007, 1e3, 0x10, no, true, 2025-02-30, 20230104, -1.50, .5]\n") ==
        "[007, 1e3, 0x10, no, true, 2025-02-30, 20230104, -1.50, .5]");
}

TEST_CASE("a file without content is no tree and no problem") {
  CHECK(read("") == "nothing");
  CHECK(read("\n# only a comment\n\n") == "nothing");
  CHECK(read("   ") == "nothing");
}

TEST_CASE("Windows line ends are read") {
  CHECK(read("a: 1\r\nb:\r\n  - x\r\n  - \"y\"\r\nc: |\r\n  t\r\n") == "{a: 1, b: [x, 'y'], c: 't\n'}");
}

TEST_CASE("a node tells where it stands in the source") {
  const std::string bytes = "姓名: 张三\nb: [\"x\", ~]\nc:\nd:\n-\n- 'y'\n";
  const Reading reading = read_whole(bytes, false);
  REQUIRE(reading.read);
  std::vector<std::string> starts;
  for (const Node& node : reading.tree.nodes) starts.push_back(bytes.substr(node.offset, 3));
  CHECK(starts ==
        std::vector<std::string>{"姓", "姓", "张", "b: ", "[\"x", "\"x\"", "~]\n", "c:\n", "\nd:", "d:\n", "-\n-", "\n- ", "'y'"});
  CHECK(reading.tree.nodes[4].flow);
  CHECK_FALSE(reading.tree.nodes[0].flow);
}

TEST_CASE("a comment that cuts a text is told to the reader of the field") {
  const std::string bytes = "- {a: 得分 #1}\n";
  const std::string block = "a: 得分 #1 很好\nb: x\nc: \"y\" # z\nd: x#y\n";
  CHECK(read(bytes) != "[{a: 得分}]");
  const Reading reading = read_whole(block, true);
  REQUIRE(reading.read);
  const auto at = [&](std::uint32_t index) { return comment_follows(Value(reading.tree, index)); };
  CHECK(at(2));
  CHECK_FALSE(at(4));
  CHECK_FALSE(at(6));
  CHECK_FALSE(at(8));
}

TEST_CASE("Chinese signs where YAML needs its own are named") {
  CHECK(read("姓名：张三\n") == "1:3 yaml/full-width-colon\n");
  CHECK(read("姓名：张三\n年龄：5\n") == "1:3 yaml/full-width-colon\n");
  CHECK(read("name: x\n姓名：张三\nb: 2\n") == "2:3 yaml/full-width-colon\n");
  CHECK(read("- 姓名：张三\n- 姓名：李四\n") == "1:5 yaml/full-width-colon\n2:5 yaml/full-width-colon\n");
  CHECK(read("a:\n  姓名：张三\n") == "2:5 yaml/full-width-colon\n");
  CHECK(read("- {id: 1, name：张三}\n") == "1:15 yaml/full-width-colon\n");
  CHECK(read("- {a: 1，b: 2}\n") == "1:8 yaml/full-width-comma\n");
  CHECK(read("- {a: 1，b：2}\n") == "1:8 yaml/full-width-comma\n");
  CHECK(read("columns: [语文，数学]\n") == "1:13 yaml/full-width-comma\n");
  CHECK(read("columns: [语文、数学]\n") == "1:13 yaml/full-width-comma\n");
  CHECK(read("{　b: 1}\n") == "1:2 yaml/full-width-space\n");
  CHECK(read("a: 张三　\n") == "1:4 yaml/full-width-space\n");
  CHECK(read("note: 家长说：好，下周\n- ") != "");
  CHECK(read("note: 家长说：好，下周\n") == "{note: 家长说：好，下周}");
  CHECK(read("- {note: 家长说：好，下周再谈, name: 张　三}\n") == "[{note: 家长说：好，下周再谈, name: 张　三}]");
}

TEST_CASE("a colon or a dash without its space is named") {
  CHECK(read("姓名:张三\n") == "1:1 yaml/colon-without-space\n");
  CHECK(read("a: 1\n姓名:张三\nb: 2\n") == "2:1 yaml/colon-without-space\n");
  CHECK(read("{a:1}\n") == "1:2 yaml/colon-without-space\n");
  CHECK(read("- {a:1, b: 2}\n") == "1:4 yaml/colon-without-space\n");
  CHECK(read("a: http://x/y\nb: 12:30\nc:\n  - http://x\n  - 12:30\n") == "{a: http://x/y, b: 12:30, c: [http://x, 12:30]}");
  CHECK(read("-张三\n-李四\n") == "1:1 yaml/dash-without-space\n");
  CHECK(read("-张三\n") == "1:1 yaml/dash-without-space\n");
  CHECK(read("- a\n-b\n- c\n") == "2:1 yaml/dash-without-space\n");
  CHECK(read("- {id: 1}\n-{id: 2}\n- {id: 3}\n") == "2:1 yaml/dash-without-space\n");
  CHECK(read("-name: x\n") == "1:1 yaml/dash-without-space\n");
  CHECK(read("- -5\n- -0.5\n") == "[-5, -0.5]");
}

TEST_CASE("what other YAML has and this format does not is refused by its name") {
  CHECK(read("note: &重点 x\n") == "1:7 yaml/anchor\n");
  CHECK(read("a: &x\n  b: 1\n") == "1:4 yaml/anchor\n");
  CHECK(read("a: &x 1\nb: *x\n") == "1:4 yaml/anchor\n");
  CHECK(read("note: *重点\n") == "1:7 yaml/alias\n");
  CHECK(read("note: !重要 x\n") == "1:7 yaml/tag\n");
  CHECK(read("note: !!int 1\n") == "1:7 yaml/tag\n");
  CHECK(read("note: ! x\n") == "1:7 yaml/tag\n");
  CHECK(read("<<: {a: 1}\n") == "1:1 yaml/merge-key\n");
  CHECK(read("%YAML 1.2\n---\na: 1\n") == "1:1 yaml/directive\n");
  CHECK(read("---\na: 1\n") == "1:1 yaml/document\n");
  CHECK(read("a: 1\n---\nb: 2\n") == "2:1 yaml/document\n");
  CHECK(read("a: 1\n...\n") == "2:1 yaml/document\n");
  CHECK(read("? a\n: b\n") == "1:1 yaml/complex-key\n");
  CHECK(read("{[a]: b}\n") == "1:2 yaml/complex-key\n");
  CHECK(read("null: 1\n") == "1:1 yaml/complex-key\n");
  CHECK(read(": 1\n") == "1:1 yaml/complex-key\n");
  CHECK(read("classes: [class: 2025-1]\n") == "1:11 yaml/pair-without-braces\n");
}

TEST_CASE("nothing in a file is passed over") {
  CHECK(read("  - a\n- b\n") == "2:1 yaml/leftover\n");
  CHECK(read("- a: 1\nc: 3\n") == "2:1 yaml/leftover\n");
  CHECK(read("a:\n  b: 1\n c: 2\n") == "3:2 yaml/indentation\n");
  CHECK(read("a\nb\n") == "1:1 yaml/missing-colon\n");
  CHECK(read("\"a\", b\n") == "1:4 yaml/after-quote\n");
  CHECK(read(",\n") == "1:1 yaml/sign\n");
  CHECK(read("a: 1\n  b: 2\n") == "1:4 yaml/multi-line-text\n");
  CHECK(read("a: x\n   y\n") == "1:4 yaml/multi-line-text\n");
  CHECK(read("language:\nzh\n") != "{language: zh}");
  CHECK(read("[a,,b]\n") == "1:4 yaml/empty-entry\n");
  CHECK(read("[,a]\n") == "1:2 yaml/empty-entry\n");
  CHECK(read("{a: 1,, b: 2}\n") == "1:7 yaml/empty-entry\n");
  CHECK(read("{a, b: 1}\n") == "1:2 yaml/key-without-value\n");
  CHECK(read("{a: 1, \"b：c\"}\n") == "1:8 yaml/key-without-value\n");
}

TEST_CASE("an open quote or bracket is reported where it opens") {
  CHECK(read("name: \"张三\nb: 2\n") == "1:7 yaml/unclosed-quote\n");
  CHECK(read("name: \"张三\nb: 2") == "1:7 yaml/unclosed-quote\n");
  CHECK(read("name: '张三\nb: 2\n") == "1:7 yaml/unclosed-quote\n");
  CHECK(read("- {id: 1, name: \"张三}\n- {id: 2, name: \"李四\"}\n") == "1:17 yaml/unclosed-quote\n");
  CHECK(read("- {id: 1\n- {id: 2}\n") == "1:3 yaml/unclosed-bracket\n");
  CHECK(read("a: {b: 1\nc: 2\n") == "1:4 yaml/unclosed-bracket\n");
  CHECK(read("- a\n- b: [1, 2\n- c\n") == "2:6 yaml/unclosed-bracket\n");
  CHECK(read("- {id: 1}}\n- {id: 2}\n") == "1:10 yaml/wrong-bracket\n");
  CHECK(read("- {id: 1, c: [a}\n") == "1:16 yaml/wrong-bracket\n");
}

TEST_CASE("texts that need quotes are named") {
  CHECK(read("note: [补] 作业\n") == "1:11 yaml/after-bracket\n");
  for (const char* sign : {"@", "%", "`", "|", ">", ","}) {
    CAPTURE(sign);
    CHECK(read("note: " + std::string(sign) + "x y\n") == "1:7 yaml/sign\n");
  }
  CHECK(read("a: :b\n") == "1:4 yaml/sign\n");
  CHECK(read("a: - b\n") == "1:4 yaml/sign\n");
  CHECK(read("note: 家长说: 下周再谈\n") == "1:10 yaml/colon-in-text\n");
  CHECK(read("- {note: 家长说: 下周再谈}\n") == "1:13 yaml/colon-in-text\n");
  CHECK(read("{note: 怎么办?}\n") == "1:11 yaml/question-mark\n");
  CHECK(read("note: 怎么办?\n") == "{note: 怎么办?}");
  CHECK(read("- {a: 作业[补]}\n") == "1:9 yaml/bracket-in-text\n");
  CHECK(read("a: \"他说\"好\"了\"\n") == "1:8 yaml/after-quote\n");
  CHECK(read("a: \"C:\\dir\"\n") == "1:7 yaml/escape\n");
  CHECK(read("- {a: 1 b: 2}\n") == "1:9 yaml/missing-comma\n");
  CHECK(read("- {a: \"x\" b: 1}\n") == "1:11 yaml/missing-comma\n");
  CHECK(read("- {a: 1} - {b: 2}\n") == "1:10 yaml/after-bracket\n");
  CHECK(read("a: \"x\"#y\n") == "1:7 yaml/comment-without-space\n");
  CHECK(read("a:\t1\n") == "1:3 yaml/tab\n");
}

TEST_CASE("escapes for characters that may not stand in a file are refused") {
  for (const char* escape :
       {"\\0", "\\a", "\\b", "\\e", "\\v", "\\f", "\\r", "\\N", "\\_", "\\L", "\\P", "\\x7f", "\\u202e", "\\u2066", "\\ufeff", "\\u200b"}) {
    CAPTURE(escape);
    CHECK(read("a: \"x" + std::string(escape) + "y\"\n") == "1:4 yaml/refused-character\n");
  }
  CHECK(read("a: \"x\\n\\t\\/\\x41\"\n") == "{a: 'x\n\t/A'}");
  CHECK(read("a: \"\\ud800\"\n") == "1:5 yaml/escape\n");
}

TEST_CASE("a key that stands twice is an error that names both places, at any depth and in long mappings") {
  const Reading reading = read_whole("a: 1\nb:\n  - {c: 1, d: 2, \"c\": 3}\na: 4\n", true);
  CHECK(reading.read);
  REQUIRE(problems_text(reading.problems) == "3:18 yaml/duplicate-key\n4:1 yaml/duplicate-key\n");
  for (const Diagnostic& one : reading.problems) {
    CHECK(one.related.path == "file.yaml");
    CHECK(one.related.line == (one.where.line == 3 ? 3 : 1));
  }
  std::string rows;
  for (int i = 0; i < 40; ++i) rows += "k" + std::to_string(i % 30) + ": 1\n";
  const Reading many = read_whole(rows, true);
  REQUIRE(many.problems.size() == 10);
  CHECK(many.problems.front().where.line == 31);
  CHECK(many.problems.front().related.line == 1);
}

TEST_CASE("a record that was turned into a comment is a warning, other comments are not") {
  CHECK(read("- {id: 1}\n#- {id: 2, name: x}\n") == "2:1 yaml/disabled-record\n");
  CHECK(read("- {id: 1}\n  # - {id: 2, name: x}\n") == "2:3 yaml/disabled-record\n");
  CHECK(read("scores:\n  \"1\": [2]\n#  \"2\": [3, absent]\n") == "3:1 yaml/disabled-record\n");
  CHECK(read("# - one {id: 2}\n# like - {id: 2}\n- {id: 1} # - {id: 2, name: x}\n") == "[{id: 1}]");
}

TEST_CASE("limits hold on both sides") {
  const auto nested = [](int levels) {
    return std::string(static_cast<std::size_t>(levels), '[') + std::string(static_cast<std::size_t>(levels), ']');
  };
  CHECK(read(nested(16) + "\n") == nested(16));
  CHECK(read(nested(17) + "\n") == "1:17 yaml/depth\n");
  const std::string key(1024, 'k');
  CHECK(read(key + ": 1\n") == "{" + key + ": 1}");
  CHECK(read(key + "k: 1\n") == "1:1 yaml/long-key\n");
  const auto text = [](int lines) {
    std::string bytes = "a: |\n";
    for (int i = 0; i < lines; ++i) bytes += "  " + std::string(63, 'x') + "\n";
    return bytes;
  };
  CHECK(read_whole(text(1024), true).read);
  CHECK(read(text(1025)) == "1:4 yaml/long-value\n");
}

TEST_CASE("brackets that stay open for a megabyte are refused before they fill the memory") {
  std::string bytes;
  for (int i = 0; i < 600'000; ++i) bytes += "[\n";
  const Reading reading = read_whole(bytes, true);
  CHECK(problems_text(reading.problems) == "1:1 yaml/long-brackets\n");
  std::string comments;
  for (int i = 0; i < 400'000; ++i) comments += "# x\n";
  CHECK(read(comments + "- {a: 1}\n" + comments) == "[{a: 1}]");
}

TEST_CASE("one record a line: a mistake in one does not hide those in the next") {
  CHECK(read("- {id: 1, a: x}\n- {id: 2, a: *b}\n- {id: 3, note: 怎么办?}\n- {id: 4}\n- {id: 5, note: \"x}\n") ==
        "2:14 yaml/alias\n3:20 yaml/question-mark\n5:17 yaml/unclosed-quote\n");
}

TEST_CASE("at most 20 problems of a file are shown, then one says how many more") {
  std::string bytes;
  for (int i = 0; i < 30; ++i) bytes += "- {id: 1, note: 怎么办?}\n";
  const Reading reading = read_whole(bytes, true);
  REQUIRE(reading.problems.size() == 21);
  CHECK(reading.problems.back().code == "yaml/more");
  CHECK(reading.problems.back().message.count == 10);
}

TEST_CASE("the samples of every code of bytes and YAML are true") {
  for (const CodeInfo& info : all_codes()) {
    if (!info.code.starts_with("bytes/") && !info.code.starts_with("yaml/")) continue;
    CAPTURE(info.code);
    CHECK_FALSE(std::string(info.meaning).empty());
    if (std::string(info.wrong).empty()) continue;
    const std::string wrong = std::string(info.wrong) + "\n";
    const Diagnostics problems = read_whole(wrong, true).problems;
    REQUIRE_FALSE(problems.empty());
    CHECK(problems.front().code == info.code);
    const std::string right = std::string(info.right) + "\n";
    CHECK(read_whole(right, true).problems.empty());
  }
}

TEST_CASE("every problem has a code that is explained") {
  for (const char* bytes : {"a: *x\n", "a: 1\na: 2\n", "\tb: 1\n", "a: b: c\n", "[a,,b]\n"}) {
    const std::string text = bytes;
    for (const Diagnostic& one : read_whole(text, true).problems) CHECK(find_code(one.code) != nullptr);
  }
}

}  // namespace
}  // namespace help::tests
