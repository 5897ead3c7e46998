// SPDX-License-Identifier: MIT
#include "store/bytes.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>

#include "store/yaml.hpp"
#include "support/tree_text.hpp"

namespace help::tests {
namespace {

using namespace std::string_literals;

std::string found(const std::string& bytes) {
  Diagnostics problems;
  const bool sound = check_bytes("file.yaml", bytes, problems);
  CHECK(sound == problems.empty());
  return problems_text(problems);
}

TEST_CASE("ordinary Chinese and English text is in order") {
  CHECK(found("") == "");
  CHECK(found("a: 1\n") == "");
  CHECK(found("- {name: 欧阳娜娜, note: \"得分 59.5，\t“好”…\"}\r\n- {name: é 𠀀 😀}\n") == "");
  CHECK(found("no line end at the end") == "");
}

TEST_CASE("bytes that are not UTF-8 are refused at the first of them") {
  CHECK(found("a: 1\nb: \xFF\n") == "2:4 bytes/not-utf8\n");
  for (const char* broken :
       {"\xC0\x80", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE5\xBC", "\x80", "\xF8\x88\x80\x80\x80"}) {
    CAPTURE(broken);
    CHECK(found("ab: "s + broken + "\n") == "1:5 bytes/not-utf8\n");
    CHECK(found("ab: 中文中文"s + broken) == "1:9 bytes/not-utf8\n");
  }
  for (const char* edge :
       {"\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "\xC2\xA0", "\xDF\xBF"}) {
    CAPTURE(edge);
    CHECK(found("ab: "s + edge + "\n") == "");
  }
}

TEST_CASE("every place in a file is looked at, whatever its distance from a word's border") {
  for (std::size_t before = 0; before < 24; ++before) {
    CAPTURE(before);
    for (const char* lead : {"a", "中"}) {
      std::string text;
      for (std::size_t i = 0; i < before; ++i) text += lead;
      CHECK(found(text + "\x01" + "bbbbbbbbbbbb") == "1:" + std::to_string(before + 1) + " bytes/control-character\n");
      CHECK(found(text + "\x7F" + "中中中") == "1:" + std::to_string(before + 1) + " bytes/control-character\n");
    }
  }
}

TEST_CASE("GBK is named, other encodings are not taken for it") {
  Diagnostics problems;
  CHECK_FALSE(check_bytes("file.yaml", "\xD0\xD5\xC3\xFB: \xD5\xC5\xC8\xFD\n", problems));
  CHECK(problems.front().message.id == "The file is not UTF-8; perhaps it is GB18030 (GBK)");
  problems.clear();
  CHECK_FALSE(check_bytes("file.yaml", "caf\xE9: 1\n", problems));
  CHECK(problems.front().message.id != "The file is not UTF-8; perhaps it is GB18030 (GBK)");
}

TEST_CASE("Bytes are taken for GB18030 only where they make Chinese text") {
  CHECK(reads_as_chinese_gb18030("\xD0\xD5\xC3\xFB"));
  CHECK(reads_as_chinese_gb18030("\xD0\xD5\xC3\xFB,\xD5\xC5\x86\xB4"));          // 姓名,张喆: one character is outside GB2312
  CHECK(reads_as_chinese_gb18030("\xD0\xD5\xC3\xFB,\xD5\xC5\x82\x30\x81\x30"));  // one of four bytes
  CHECK_FALSE(reads_as_chinese_gb18030("\xD0\xD5\xC3\xFB,\xD5"));                // cut in a character
  CHECK_FALSE(reads_as_chinese_gb18030("\xD0\xD5\xC3\xFB,\xD5,"));
  CHECK_FALSE(reads_as_chinese_gb18030("r\xE9sum\xE9]"));  // é before a letter and before a bracket: ideographs that nobody writes
  CHECK_FALSE(reads_as_chinese_gb18030("Jos\xE9 A."));
  CHECK_FALSE(reads_as_chinese_gb18030("plain"));
  CHECK_FALSE(reads_as_chinese_gb18030(""));
}

TEST_CASE("UTF-16 and UTF-32 are named, with and without their mark") {
  CHECK(found("\xFF\xFE"s + "a\0:\0"s) == "1:1 bytes/utf16\n");
  CHECK(found("\xFE\xFF"s + "\0a\0:"s) == "1:1 bytes/utf16\n");
  CHECK(found("\0\0\xFE\xFF\0\0\0a"s) == "1:1 bytes/utf16\n");
  CHECK(found("a\0:\0 \0"s) == "1:1 bytes/utf16\n");
  CHECK(found("\0a\0:"s) == "1:1 bytes/utf16\n");
}

TEST_CASE("zero bytes are refused, and at the end of a file named as what a power cut leaves") {
  CHECK(found("a: 1\nb\0: 2\n"s) == "2:2 bytes/nul\n");
  Diagnostics problems;
  CHECK_FALSE(check_bytes("file.yaml", "a: 1\n\0\0\0"s, problems));
  CHECK(problems.front().message.id == "The file ends with {0} zero bytes, as after a power cut");
  CHECK(problems.front().message.arguments.front().data == "3");
  CHECK(problems.front().where.line == 2);
}

TEST_CASE("a byte order mark is refused, at the start and elsewhere") {
  CHECK(found("\xEF\xBB\xBF"
              "a: 1\n") == "1:1 bytes/byte-order-mark\n");
  CHECK(found("a: \xEF\xBB\xBF"
              "1\n") == "1:4 bytes/invisible-character\n");
}

TEST_CASE("characters that nobody can see are refused with their line and column") {
  CHECK(found("a: 1\nb: \x1B[1m\n") == "2:4 bytes/control-character\n");
  CHECK(found("张三\x07\n") == "1:3 bytes/control-character\n");
  CHECK(found("a\u009Fb") == "1:2 bytes/control-character\n");
  CHECK(found("a\rb") == "1:2 bytes/line-end\n");
  CHECK(found("a: 1\r") == "1:5 bytes/line-end\n");
  for (const char* end : {"\u0085", "\u2028", "\u2029"}) CHECK(found("a"s + end + "b\n") == "1:2 bytes/line-end\n");
  for (const char* turn : {"\u061C", "\u200E", "\u200F", "\u202A", "\u202E", "\u2066", "\u2069"}) {
    CHECK(found("a"s + turn + "b\n") == "1:2 bytes/direction-control\n");
  }
  CHECK(found("张\u200B三\n") == "1:2 bytes/invisible-character\n");
}

TEST_CASE("joiners are allowed between emoji and letters of scripts that need them, nowhere else") {
  CHECK(found("👨\u200D👩\u200D👦 👨🏿\u200D🦰 🦹🏿\u200D♂\uFE0F\n") == "");
  CHECK(found("జ్ఞ\u200Cా می\u200Cخواهم\n") == "");
  CHECK(found("张\u200D三\n") == "1:2 bytes/invisible-character\n");
  CHECK(found("pay\u200Cpal\n") == "1:4 bytes/invisible-character\n");
  CHECK(found("👨\u200D\n") == "1:2 bytes/invisible-character\n");
  CHECK(found("\u200D👨\n") == "1:1 bytes/invisible-character\n");
}

TEST_CASE("conflict markers of git are found, each of them") {
  CHECK(found("<<<<<<< HEAD\na: 1\n||||||| base\n=======\na: 2\n>>>>>>> main\n") ==
        "1:1 bytes/conflict-marker\n3:1 bytes/conflict-marker\n4:1 bytes/conflict-marker\n6:1 bytes/conflict-marker\n");
  CHECK(found("a: |\n  <<<<<<< not at the start\n========\n") == "");
}

TEST_CASE("tabs and full-width spaces do not indent") {
  CHECK(found("a:\n\tb: 1\n") == "2:1 bytes/tab-indent\n");
  CHECK(found("a:\n  \tb: 1\n") == "2:3 bytes/tab-indent\n");
  CHECK(found("a: 1\n\t\n \t \r\nb: 1\n") == "");
  CHECK(found("a:\n　b: 1\n") == "2:1 bytes/full-width-indent\n");
  CHECK(found("a:\n 　- b\n") == "2:2 bytes/full-width-indent\n");
  CHECK(found("a: |\n  　　今天谈话\n") == "");
}

TEST_CASE("a line has at most 64 KiB and 64 open brackets") {
  CHECK(found("a\n" + std::string(64 * 1024, 'x') + "\n") == "");
  CHECK(found("a\n" + std::string(64 * 1024 + 1, 'x') + "\n") == "2:1 bytes/long-line\n");
  CHECK(found(std::string(64, '[') + "\n") == "");
  CHECK(found(std::string(32, '[') + std::string(33, '{') + "\n") == "1:65 bytes/brackets\n");
  std::string many;
  for (int i = 0; i < 100; ++i) many += "[{}]";
  CHECK(found(many + "\n") == "");
}

TEST_CASE("at most 20 problems are shown, then one says how many more") {
  std::string bytes;
  for (int i = 0; i < 25; ++i) bytes += "a: \x01\n";
  Diagnostics problems;
  CHECK_FALSE(check_bytes("file.yaml", bytes, problems));
  REQUIRE(problems.size() == 21);
  CHECK(problems.back().code == "bytes/more");
  CHECK(problems.back().message.count == 5);
}

TEST_CASE("a problem carries its line, the marked part of it, and the column in characters") {
  const std::string source = "a: 1\r\n姓名：张三\r\nb: 2\n";
  const std::size_t colon = source.find("：");
  const Diagnostic problem = problem_at("f", source, colon, colon + 3, Severity::error, "yaml/syntax", say("x"));
  CHECK(problem.where.line == 2);
  CHECK(problem.where.column == 3);
  CHECK(problem.excerpt == "姓名：张三");
  CHECK(problem.excerpt.substr(problem.from, problem.until - problem.from) == "：");
}

TEST_CASE("a problem at the end, in nothing, and over several lines stays on its line") {
  CHECK(problem_at("f", "", 0, 5, Severity::error, "yaml/syntax", say("x")).where.column == 1);
  const Diagnostic end = problem_at("f", "a\nb", 3, 3, Severity::error, "yaml/syntax", say("x"));
  CHECK(end.where.line == 2);
  CHECK(end.where.column == 2);
  const Diagnostic two = problem_at("f", "ab\ncd", 1, 5, Severity::error, "yaml/syntax", say("x"));
  CHECK(two.excerpt == "ab");
  CHECK(two.until == 2);
}

TEST_CASE("of a very long line only the part around the place is shown") {
  const std::string source = std::string(10'000, 'x') + "张" + std::string(10'000, 'y');
  const Diagnostic problem = problem_at("f", source, 10'000, 10'003, Severity::error, "yaml/syntax", say("x"));
  CHECK(problem.where.column == 10'001);
  CHECK(problem.excerpt.size() < 4096);
  CHECK(problem.excerpt.substr(problem.from, problem.until - problem.from) == "张");
}

TEST_CASE("code points have their usual names") {
  CHECK(code_point_name(0) == "U+0000");
  CHECK(code_point_name(0x202E) == "U+202E");
  CHECK(code_point_name(0x1F468) == "U+1F468");
}

}  // namespace
}  // namespace help::tests
