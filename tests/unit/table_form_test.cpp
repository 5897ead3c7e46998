// SPDX-License-Identifier: MIT
#include "store/table_form.hpp"

#include <doctest/doctest.h>

#include <string>

#include "store/cell_text.hpp"

using namespace help;

namespace {

Mapping mapping_of(const std::string& table = "") {
  Mapping mapping;
  Diagnostics problems;
  const std::string text = "import: {id: m}\n" + table +
                           "student: {id: {column: 学号}, name: {column: 姓名}}\n"
                           "marks:\n"
                           "  subjects: {语文: {full: 150}, 数学: {full: 150}}\n"
                           "  exams: [{id: e, kind: unit, term: t, date: 2026-05-15, columns: {语文: 语文, 数学: 数学}}]\n";
  REQUIRE(read_mapping("map.yaml", text, mapping, problems));
  return mapping;
}

struct ReadForm {
  Sheet sheet;
  TableForm form;
  Diagnostics problems;
};

ReadForm read_form(const std::string& text, const std::string& table = "") {
  ReadForm result;
  CHECK(read_table("marks.csv", text, mapping_of(table), result.sheet, result.form, result.problems));
  return result;
}

}  // namespace

TEST_CASE("the separator is the one that finds the most titles") {
  CHECK(read_form("学号,姓名,语文,数学\n").form.separator == ',');
  CHECK(read_form("学号;姓名;语文;数学\n1;张三;87,5;90,5\n").form.separator == ';');
  CHECK(read_form("学号\t姓名\t语文\t数学\n").form.separator == '\t');
  CHECK(read_form("学号|姓名|语文|数学|\n").form.separator == '|');
  CHECK(read_form("\"学号\";\"姓名\";\"备注,一,二,三,四\"\n").form.separator == ';');
  CHECK(read_form("2026,春,期中,成绩\n学号;姓名;语文\n").form.separator == ';');
}

TEST_CASE("the separator of the mapping holds whatever the file looks like") {
  CHECK(read_form("学号,姓名,语文,数学\n", "table: {separator: \";\"}\n").form.separator == ';');
  CHECK(read_form("学号,姓名\n", "table: {separator: \"|\"}\n").form.separator == '|');
}

TEST_CASE("without a title of the mapping the separator is the one with the most cells") {
  CHECK(read_form("a;b;c\n1;2;3\n").form.separator == ';');
  CHECK(read_form("").form.separator == ',');
  CHECK(read_form("one\n").form.separator == ',');
}

TEST_CASE("in a table without titles every row has the separator") {
  CHECK(read_form("1;a,b\n2;c,d\n", "table: {header: 0}\n").form.separator == ',');
  CHECK(read_form("1;a,b;3\n2;c;4\n", "table: {header: 0}\n").form.separator == ';');
}

TEST_CASE("the titles are the row with most of them, the first of equals") {
  CHECK(read_form("学号,姓名,语文,数学\n").form.header == 1);
  CHECK(read_form("七年级成绩\n\n学号,姓名,语文,数学\n1,张三,1,2\n").form.header == 3);
  CHECK(read_form("学号,姓名\n学号,姓名,语文,数学\n").form.header == 2);
  CHECK(read_form("学号,姓名,语文,数学\n学号,姓名,语文,数学\n").form.header == 1);
  CHECK(read_form("\n\na,b\n").form.header == 3);
  CHECK(read_form("", "").form.header == 1);
}

TEST_CASE("the line of the mapping holds") {
  CHECK(read_form("学号,姓名,语文,数学\n学号,姓名\n", "table: {header: 2}\n").form.header == 2);
  CHECK(read_form("学号,姓名,语文,数学\n", "table: {header: 0}\n").form.header == 0);
}

TEST_CASE("titles are looked for in the first thirty rows that hold a text") {
  std::string text;
  for (int row = 0; row < 29; ++row) text += "x\n\n";
  CHECK(read_form(text + "学号,姓名\n").form.header == 59);
  CHECK(read_form(text + "x\n学号,姓名\n").form.header == 1);
}

TEST_CASE("titles are the same with spaces inside and in full width") {
  CHECK(read_form("x\n学 号,姓　名,语\u00A0文\n").form.header == 2);
  CHECK(title_key("\"语文\n成绩\"") == "\"语文成绩\"");
  CHECK(title_key(" Ｎｏ． ") == "no.");
  CHECK(title_key("！级名") == "!级名");
}

TEST_CASE("the encoding of the file is told") {
  CHECK(read_form("学号,姓名\n").form.encoding == Encoding::utf8);
  CHECK(read_form("\xD1\xA7\xBA\xC5;\xD0\xD5\xC3\xFB\n").form.encoding == Encoding::gb18030);
  CHECK(read_form("\xD1\xA7\xBA\xC5;\xD0\xD5\xC3\xFB\n").form.separator == ';');
}
