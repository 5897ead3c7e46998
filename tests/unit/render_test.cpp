// SPDX-License-Identifier: MIT
#include "render/render.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <string>

#include "model/mark.hpp"
#include "render/escape.hpp"
#include "render/table.hpp"
#include "render/width.hpp"
#include "support/english.hpp"

using namespace help;
using namespace std::literals;

namespace {

const Catalogue chinese{"zh"};

Table marks_table() {
  return {.key = "items",
          .title = say("Marks"),
          .columns = {{"student", as_data("Student")},
                      {"mark", as_data("Mark")},
                      {"note", as_data("Note")},
                      {"id", as_data("Id"), Align::left, false}},
          .rows = {{"欧阳娜娜", Decimal{5950}, "=HYPERLINK(1)", 7}, {"Bob", Decimal{-10000}, "-", 8}, {"Eve", {}, "a,b", 9}},
          .when_empty = {}};
}

}  // namespace

TEST_CASE("a message takes its arguments in any order, nested messages and doubled braces") {
  CHECK(english.text(say("{1} of {0} {{x}}", "a", say("<{0}>", 7))) == "<7> of a {x}");
  CHECK(english.text(say("{0}", say("{0} {1}", "{1}", "b"))) == "{1} b");
  CHECK(english.text(say("{5}|{x}|{", "a")) == "|{x}|{");
}

TEST_CASE("the plural pattern is used for every number but one") {
  CHECK(english.text(counted(1, "{0} pupil in {1}", "{0} pupils in {1}", "A")) == "1 pupil in A");
  CHECK(english.text(counted(0, "{0} pupil in {1}", "{0} pupils in {1}", "A")) == "0 pupils in A");
}

TEST_CASE("Chinese comes from the catalogue in the binary and falls back to English") {
  CHECK(chinese.text(say("hint: {0}", say("yes"))) == "提示：是");
  CHECK(chinese.text(say("this is not in the catalogue {0}", 3)) == "this is not in the catalogue 3");
  CHECK(chinese.translate("") == "");
  CHECK(Catalogue("fr").text(say("yes")) == "yes");
}

TEST_CASE("data cannot give orders to a terminal, patterns keep their line ends") {
  CHECK(english.shown_text(say("a\n{0}", "x\x1b[2Jy\nz")) == "a\nx\\x1b[2Jy\\nz");
  CHECK(english.text(say("{0}", "x\x1by")) == "x\x1by");
}

TEST_CASE("what hides, turns or controls is made visible") {
  CHECK(shown("a\tb\x7f") == "a\\tb\\x7f");
  CHECK(shown("a\xc2\x9b"
              "b") == "a\\u009bb");
  CHECK(shown("a\xe2\x80\xae"
              "b") == "a\\u202eb");
  CHECK(shown("\xef\xbb\xbfx") == "\\ufeffx");
  CHECK(shown("\xf3\xa0\x81\x81") == "\\U000e0041");
  CHECK(shown("\xc3(\xff\xe4\xbd") == "\\xc3(\\xff\\xe4\\xbd");
  CHECK(shown("\xed\xa0\x80") == "\\xed\\xa0\\x80");
  CHECK(shown("张三 ﾊ") == "张三 ﾊ");
  CHECK(shown(std::string_view("a\0b", 3)) == "a\\x00b");
}

TEST_CASE("joiners stay in emoji and between letters, nowhere else") {
  CHECK(shown("👩\u200d🏫") == "👩\u200d🏫");
  CHECK(shown("می\u200cخواهم") == "می\u200cخواهم");
  CHECK(shown("\u200d张") == "\\u200d张");
  CHECK(shown("a\u200d"
              "b") == "a\\u200db");
  CHECK(shown("张\u200d") == "张\\u200d");
}

TEST_CASE("width counts what a terminal shows") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("张三") == 4);
  CHECK(display_width("𠀀") == 2);
  CHECK(display_width("e\u0301") == 1);
  CHECK(display_width("👩\u200d🏫") == 2);
  CHECK(display_width("买买提·阿里") == 11);
  CHECK(bytes_within("张三", 3) == 3);
  CHECK(pad_left("张", 4) == "  张");
}

TEST_CASE("lines break at spaces and between Chinese characters, not before a comma or after an opening bracket") {
  CHECK(wrap("one two three", 8) == std::vector{"one two"s, "three"s});
  CHECK(wrap("一二三四五", 4) == std::vector{"一二"s, "三四"s, "五"s});
  CHECK(wrap("一二，三", 4) == std::vector{"一"s, "二，"s, "三"s});
  CHECK(wrap("一（二三", 4) == std::vector{"一"s, "（二"s, "三"s});
  CHECK(wrap("abcdefgh", 3) == std::vector{"abc"s, "def"s, "gh"s});
  CHECK(wrap("", 5) == std::vector{""s});
  CHECK(wrap("ab      cd", 4) == std::vector{"ab"s, "cd"s});
  for (const std::string& line : wrap("数学 52 < 60 (2026-01-20 期末), 语文 absent; 物理 40%", 11)) CHECK(display_width(line) <= 11);
}

TEST_CASE("a text table is aligned by display width, numbers to the right") {
  CHECK(table_as_text(marks_table(), {english}) ==
        "Student   Mark  Note\n"
        "--------  ----  -------------\n"
        "欧阳娜娜  59.5  =HYPERLINK(1)\n"
        "Bob       -100  -\n"
        "Eve             a,b\n");
}

TEST_CASE("a table that is too wide breaks its widest column or puts it below, and stays within the width") {
  Table table = marks_table();
  const std::string words = "课间谈话，约定每天午休来问一道题，家长已经知道，下周三再看作业。 Then again 2026-01-20.";
  table.rows[0][2] = words;
  const std::string wrapped = table_as_text(table, {english, 60});
  table.columns[0].title = as_data(std::string(45, 'x'));
  const std::string below = table_as_text(table, {english, 60});
  for (const std::string& text : {wrapped, below}) {
    CAPTURE(text);
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      CHECK(display_width(text.substr(at, end - at)) <= 60);
      at = end + 1;
    }
  }
  CHECK(wrapped.find("\n                课间") == std::string::npos);
  CHECK(below.find("\n    Note: 课间谈话") != std::string::npos);
}

TEST_CASE("an empty table says so or is left out") {
  Document document{.schema = "help.x/1", .head = {say("Head")}, .facts = {}, .tables = {marks_table()}, .foot = {say("Foot")}};
  document.tables[0].rows.clear();
  CHECK(document_as_text(document, {english}) == "Head\n\nFoot\n");
  document.tables[0].when_empty = say("Nobody.");
  CHECK(document_as_text(document, {english}) == "Head\n\nMarks\nNobody.\n\nFoot\n");
}

TEST_CASE("prose is broken at the width, a command to paste is not") {
  const Document document{
      .schema = "",
      .head = {say("one two three four five six seven eight nine ten"), say("  git add -A && git commit -m 'a very long line that stays'")},
      .facts = {},
      .tables = {},
      .foot = {}};
  CHECK(document_as_text(document, {english, 40}) ==
        "one two three four five six seven eight\nnine ten\n  git add -A && git commit -m 'a very long line that stays'\n");
}

TEST_CASE("JSON holds schema, facts and tables in order, exact numbers and harmless text") {
  Document document{.schema = "help.x/1",
                    .head = {},
                    .facts = {{{"today", *parse_date("2026-03-01")}, {"ok", true}, {"list", Cell::List{1, "a"}}}},
                    .tables = {},
                    .foot = {}};
  document.tables.push_back({.key = "items",
                             .title = {},
                             .columns = {{"name", {}}, {"mark", {}, Align::right, false}},
                             .rows = {{"a\x1b\xff\u202e", Decimal{5950}}, {say("yes"), {}}},
                             .when_empty = {}});
  CHECK(document_as_json(document, chinese) == R"({
  "schema": "help.x/1",
  "today": "2026-03-01",
  "ok": true,
  "list": [
    1,
    "a"
  ],
  "items": [
    {
      "name": "a\u001b\\xff\u202e",
      "mark": 59.5
    },
    {
      "name": "是",
      "mark": null
    }
  ]
}
)");
}

TEST_CASE("every mark that there can be is exact in JSON") {
  Document document{.schema = "", .head = {}, .facts = {}, .tables = {}, .foot = {}};
  constexpr std::int64_t chunk = 10'000;
  for (std::int64_t first = -chunk; first <= max_full_hundredths; first += chunk) {
    Cell::List all;
    std::string expected;
    for (std::int64_t mark = first; mark < first + chunk; ++mark) {
      all.emplace_back(Decimal{mark});
      expected += (expected.empty() ? "    " : ",\n    ") + hundredths_to_string(mark);
    }
    document.facts.fields = {{"all", all}};
    const std::string json = document_as_json(document, english);
    REQUIRE(json == "{\n  \"schema\": \"\",\n  \"all\": [\n" + expected + "\n  ]\n}\n");
  }
}

TEST_CASE("CSV quotes, ends lines with CRLF, neutralises formulas but not our own numbers") {
  const Document document{.schema = "", .head = {}, .facts = {}, .tables = {marks_table()}, .foot = {}};
  CHECK(document_as_csv(document, {english}) ==
        "student,mark,note,id\r\n欧阳娜娜,59.5,'=HYPERLINK(1),7\r\nBob,-100,'-,8\r\nEve,,\"a,b\",9\r\n");
  CHECK(document_as_csv(document, {.catalogue = english, .to_file = true}).starts_with("\xef\xbb\xbfstudent"));
}

TEST_CASE("every lead of a formula is neutralised, and taking one quote away gives the text back") {
  for (const std::string_view lead : {"=", "+", "-", "@", "＝", "＋", "－", "＠"}) {
    CHECK(csv_text(std::string(lead) + "1") == "'" + std::string(lead) + "1");
    CHECK(csv_text("'" + std::string(lead) + "1") == "''" + std::string(lead) + "1");
  }
  CHECK(csv_text("\t=1").starts_with("'"));
  CHECK(csv_text("\r=1").starts_with("'"));
  CHECK(csv_text("'t Hooft") == "'t Hooft");
  CHECK(csv_text("a\"b\nc") == "\"a\"\"b\nc\"");
  CHECK(csv_text("") == "");
}

TEST_CASE("Markdown keeps its tables whole and data without meaning") {
  Document document{.schema = "", .head = {say("1. {0}", "<b>")}, .facts = {}, .tables = {marks_table()}, .foot = {say("  help check")}};
  document.tables[0].rows = {{"a|b_c", 1, "x\ny"}};
  CHECK(document_as_markdown(document, english) ==
        "1\\. &lt;b&gt;\n\n## Marks\n\n| Student | Mark | Note |\n| --- | --- | --- |\n| a\\|b\\_c | 1 | x\\\\ny |\n\n    help check\n");
}

namespace {
Diagnostic sample() {
  return {.code = "roster/number",
          .where = {"roster/学生.yaml", 12, 9},
          .message = say("'{0}' is no number", "十一"),
          .hint = say("write digits"),
          .excerpt = "- {姓名: 十一, x: 1}",
          .from = 11,
          .until = 17,
          .related = {"a:b,c%.yaml", 3, 1},
          .related_note = say("first here")};
}
}  // namespace

TEST_CASE("a problem shows its line with a caret in display columns") {
  CHECK(problems_as_text({sample()}, {english}) ==
        "roster/学生.yaml:12:9: error: '十一' is no number [roster/number]\n"
        "  12 | - {姓名: 十一, x: 1}\n"
        "     |          ^^^^\n"
        "     = hint: write digits\n"
        "a:b,c%.yaml:3:1: note: first here\n");
}

TEST_CASE("a long line is clipped around its mark and keeps the width") {
  Diagnostic problem = sample();
  problem.hint = {};
  problem.related = {};
  for (std::size_t before : {0U, 1U, 20U, 30U, 31U, 32U, 33U, 34U, 100U, 1001U}) {
    for (std::size_t after : {0U, 1U, 7U, 20U, 500U}) {
      problem.excerpt = "";
      for (std::size_t i = 0; i < before; ++i) problem.excerpt += i % 3 == 0 ? "学" : "a";
      problem.from = static_cast<std::uint32_t>(problem.excerpt.size());
      problem.excerpt += "MARK";
      problem.until = problem.from + 4;
      for (std::size_t i = 0; i < after; ++i) problem.excerpt += i % 2 == 0 ? "生" : "b";
      const std::string text = problems_as_text({problem}, {english, 40});
      CAPTURE(text);
      const std::size_t first = text.find('\n') + 1;
      const std::size_t second = text.find('\n', first) + 1;
      const std::string line = text.substr(first, second - first - 1);
      const std::string caret = text.substr(second, text.size() - second - 1);
      CHECK(display_width(line) <= 40);
      const std::size_t column = caret.find('^');
      REQUIRE(column != std::string::npos);
      CHECK(caret.substr(column) == "^^^^");
      CHECK(line.substr(bytes_within(line, column), 4) == "MARK");
    }
  }
}

TEST_CASE("a mark that is wider than the screen and a mark at the end of the line have a caret") {
  Diagnostic problem = sample();
  problem.excerpt = std::string(500, 'x');
  problem.from = 0;
  problem.until = 500;
  CHECK(problems_as_text({problem}, {english, 40}).find(" | xxx") != std::string::npos);
  problem.from = problem.until = 500;
  CHECK(problems_as_text({problem}, {english, 40}).find("^\n") != std::string::npos);
  problem.from = 600;
  problem.until = 10;
  CHECK(problems_as_text({problem}, {english, 40}).find("^\n") != std::string::npos);
}

TEST_CASE("problems in colour say the same words") {
  Diagnostic problem = sample();
  std::string coloured = problems_as_text({problem}, {.catalogue = chinese, .colour = true});
  CHECK(coloured.find("\x1b[1;31m错误:\x1b[0m") != std::string::npos);
  for (std::size_t at = coloured.find('\x1b'); at != std::string::npos; at = coloured.find('\x1b'))
    coloured.erase(at, coloured.find('m', at) - at + 1);
  CHECK(coloured == problems_as_text({problem}, {chinese}));
}

TEST_CASE("problems as lines for editors and for GitHub") {
  Diagnostic problem = sample();
  problem.where.path = "a:b,c%\n.yaml";
  CHECK(problems_as_short_lines({problem}, chinese) == "a:b,c%\\n.yaml:12:9: error: '十一' is no number [roster/number]\n");
  CHECK(problems_as_github({problem}, english) ==
        "::error file=a%3Ab%2Cc%25\\n.yaml,line=12,col=9,title=roster/number::'十一' is no number%0Ahint: write digits\n");
}

TEST_CASE("problems as JSON stand between the facts and the tables") {
  Diagnostic problem = sample();
  problem.severity = Severity::warning;
  problem.where = {"help.yaml", 0, 0};
  const Document document{.schema = "help.check/1", .head = {}, .facts = {{{"files", 2}}}, .tables = {}, .foot = {}};
  CHECK(problems_as_json({problem}, document, english) == R"({
  "schema": "help.check/1",
  "files": 2,
  "problems": [
    {
      "severity": "warning",
      "code": "roster/number",
      "path": "help.yaml",
      "line": null,
      "column": null,
      "message": "'十一' is no number",
      "hint": "write digits",
      "related": {
        "path": "a:b,c%.yaml",
        "line": 3,
        "column": 1,
        "note": "first here"
      }
    }
  ]
}
)");
}
