// SPDX-License-Identifier: MIT
#include "store/xlsx.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "store/zip.hpp"
#include "support/workbook.hpp"

using namespace help;
using namespace std::string_literals;

namespace {

using Rows = std::vector<std::vector<std::string>>;

struct ReadWorkbook {
  bool done = false;
  Sheet sheet;
  WorkbookFacts facts;
  Diagnostics problems;

  [[nodiscard]] Rows rows() const {
    Rows all;
    for (std::size_t row = 0; row < sheet.row_count(); ++row) {
      auto& cells = all.emplace_back();
      for (std::size_t column = 0; column < sheet.width(row); ++column) cells.emplace_back(sheet.cell(row, column));
    }
    return all;
  }
  [[nodiscard]] std::string code() const { return problems.empty() ? "" : std::string(problems[0].code); }
};

ReadWorkbook read_bytes(const std::string& bytes, std::string_view wanted = {}) {
  ReadWorkbook result;
  result.done = read_xlsx("marks.xlsx", bytes, wanted, result.sheet, result.facts, result.problems);
  CHECK(result.done == result.problems.empty());
  return result;
}

ReadWorkbook read_lines(std::string_view lines, std::string_view wanted = {}) { return read_bytes(workbook_of(lines), wanted); }

/// A workbook of which one part is another.
std::string with_part(std::string_view name, const std::string& content, std::string_view lines = "sheet S\na\n") {
  auto parts = workbook_parts(lines);
  for (auto& [part, bytes] : parts) {
    if (part == name) bytes = content;
  }
  return zip_of(parts);
}

}  // namespace

TEST_CASE("cells are texts, numbers, truth and errors, at their places") {
  const ReadWorkbook some = read_lines(
      "sheet S\na | 87.5 | '05 |  | b\n-\n<row r=\"4\"><c r=\"B4\" t=\"b\"><v>1</v></c><c r=\"C4\" t=\"e\"><v>#N/A</v></c>"
      "<c r=\"D4\" t=\"str\"><f>A1</f><v>x</v></c></row>\n");
  CHECK(some.rows() == Rows{{"a", "87.5", "05", "", "b"}, {"", "TRUE", "#N/A", "x"}});
  CHECK(some.sheet.line(1) == 4);
  CHECK(some.facts.sheet == "S");
  CHECK(some.facts.formulas == 1);
}

TEST_CASE("cells without addresses follow each other") {
  CHECK(read_lines("sheet S\n<row><c><v>1</v></c><c><v>2</v></c></row>\n<row><c><v>3</v></c></row>\n").rows() == Rows{{"1", "2"}, {"3"}});
}

TEST_CASE("texts may be shared, in runs, with marks of pronunciation and escapes") {
  auto parts = workbook_parts(
      "sheet S\n<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c></row>\n");
  const std::string main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
  parts.emplace_back("xl/texts.xml", "<sst " + main +
                                         "><si><t>a_x000D_&#10;b_x005F_x0041_</t></si><si><r><t>张</t></r><r><t>三</t></r><rPh sb=\"0\" "
                                         "eb=\"1\"><t>zhang</t></rPh></si></sst>");
  for (auto& [name, bytes] : parts) {
    if (name == "xl/_rels/workbook.xml.rels") {
      bytes.insert(bytes.find("<Relationship Id"), "<Relationship Id=\"r9\" Type=\"http://x/sharedStrings\" Target=\"/xl/texts.xml\"/>");
    }
  }
  CHECK(read_bytes(zip_of(parts)).rows() == Rows{{"张三", "a\r\nb_x0041_", "张三"}});
}

TEST_CASE("a formula is its saved result, and says so where it has none") {
  const ReadWorkbook some = read_lines("sheet S\n=87 | =缺考 | =\n");
  CHECK(some.rows() == Rows{{"87", "缺考", "=A1"}});
  CHECK(some.facts.formulas == 3);
}

TEST_CASE("numbers are shown by their format") {
  CHECK(read_lines("format yyyy-mm-dd\nformat 0%\nsheet S\n{1}45975 | {2}0.5 | {0}45975\n").rows() == Rows{{"2025-11-14", "50%", "45975"}});
  CHECK(read_lines("1904\nformat yyyy-mm-dd\nsheet S\n{1}44513\n").rows() == Rows{{"2025-11-14"}});
  CHECK(read_lines("sheet S\n0 | 1\n<sheetViews><sheetView showZeros=\"0\"/></sheetViews>\n").rows() ==
        Rows{{"0", "1"}});  // behind the cells: not valid
}

TEST_CASE("merged cells share their text within rows that hold something") {
  const ReadWorkbook some = read_lines(
      "sheet S\ntitle\nA | 一班 | 1\nB |  | 2\n-\nC |  | 3\nD | 缺考\n"
      "<mergeCells><mergeCell ref=\"A1:C1\"/><mergeCell ref=\"B2:B5\"/><mergeCell ref=\"B6:C6\"/></mergeCells>\n");
  CHECK(some.rows() ==
        Rows{{"title", "title", "title"}, {"A", "一班", "1"}, {"B", "一班", "2"}, {"C", "一班", "3"}, {"D", "缺考", "缺考"}});
  CHECK_FALSE(some.sheet.is_spread(0, 0));
  CHECK(some.sheet.is_spread(0, 1));
  CHECK(some.sheet.is_spread(1, 1));  // merged over several rows: whose is it?
  CHECK(some.sheet.is_spread(2, 1));
  CHECK_FALSE(some.sheet.is_spread(2, 2));
  CHECK_FALSE(some.sheet.is_spread(4, 1));
  CHECK(some.sheet.is_spread(4, 2));
}

TEST_CASE("a text under a merged area stays what it is, and areas that lap over each other do no harm") {
  CHECK(read_lines("sheet S\na | b\n<mergeCells><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"A1:C2\"/></mergeCells>\n").rows() ==
        Rows{{"a", "b", "a"}});
}

TEST_CASE("the sheet is the one that is named, else the only one that holds something") {
  CHECK(read_lines("sheet A\nsheet B\nx\nhidden C\ny\n").facts.sheet == "B");
  CHECK(read_lines("sheet A\nx\nsheet B\ny\n").code() == "xlsx/which-sheet");
  CHECK(read_lines("sheet A\nx\nsheet B\ny\n", "B").rows() == Rows{{"y"}});
  CHECK(read_lines("sheet A\nx\nhidden B\ny\n", "B").rows() == Rows{{"y"}});
  CHECK(read_lines("sheet A\nx\n", "B").code() == "xlsx/which-sheet");
  CHECK(read_lines("sheet A\nhidden B\ny\n").code() == "xlsx/which-sheet");
}

TEST_CASE("rows and cells that go back, or are none, are damage") {
  for (const char* row :
       {"<row r=\"2\"><c><v>1</v></c></row><row r=\"2\"><c><v>1</v></c></row>", "<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>",
        "<row r=\"1\"><c r=\"A1\"/><c r=\"A1\"/></row>", "<row r=\"1\"><c r=\"A2\"/></row>", "<row r=\"0\"/>", "<row r=\"x\"/>",
        "<row r=\"1048577\"/>", "<row r=\"1\"><c r=\"XFE1\"/></row>", "<row r=\"1\"><c r=\"AAAAA1\"/></row>",
        "<row r=\"1\"><c t=\"s\"><v>0</v></c></row>", "<row", "<row></c></row>"}) {
    CHECK_MESSAGE(read_lines("sheet S\n"s + row + "\n").code() == "xlsx/damaged", row);
  }
  CHECK(read_lines("sheet S\na\n<mergeCell ref=\"B1:A1\"/>\n").code() == "xlsx/damaged");
  CHECK(read_lines("sheet S\n<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>\n").sheet.line(0) == 1'048'576);
}

TEST_CASE("a text in column 1000 is read, in column 1001 refused; an empty cell there is nothing") {
  CHECK(read_lines("sheet S\n<row r=\"1\"><c r=\"ALL1\"><v>1</v></c></row>\n").sheet.width(0) == 1000);
  CHECK(read_lines("sheet S\n<row r=\"1\"><c r=\"ALM1\"><v>1</v></c></row>\n").code() == "xlsx/too-large");
  CHECK(read_lines("sheet S\n<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"XFD1\" s=\"0\"/></row>\n").rows() == Rows{{"1"}});
}

TEST_CASE("a document type, deep elements and broken XML are refused") {
  CHECK(read_bytes(with_part("xl/workbook.xml", "<!DOCTYPE x><workbook/>")).code() == "xlsx/unsafe");
  CHECK(read_bytes(with_part("xl/styles.xml", "<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>")).code() == "xlsx/unsafe");
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<a>";
  CHECK(read_bytes(with_part("xl/styles.xml", deep)).code() == "xlsx/damaged");
  CHECK(read_bytes(with_part("xl/styles.xml", "")).code() == "xlsx/damaged");
  CHECK(read_bytes(with_part("_rels/.rels", "<Relationships/>")).code() == "xlsx/damaged");
}

TEST_CASE("an archive that ends early, or is changed in any byte, is refused or read, never worse") {
  const std::string whole = workbook_of("sheet S\na | 87\n");
  for (std::size_t size = 0; size < whole.size(); ++size) CHECK(read_bytes(whole.substr(0, size)).code() == "xlsx/damaged");
  CHECK(read_bytes(whole + "x").code() == "xlsx/damaged");
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string other = whole;
    other[at] = static_cast<char>(other[at] ^ 0x20);
    (void)read_bytes(other);
  }
}

TEST_CASE("a part whose checksum is wrong is damage") {
  std::string bytes = workbook_of("sheet S\na | 87\n");
  bytes.replace(bytes.find("<v>87"), 5, "<v>88");
  CHECK(read_bytes(bytes).code() == "xlsx/damaged");
}

TEST_CASE("names that lead out of a folder, and entries that share bytes, are refused") {
  for (const char* name : {"../x", "a/../../x", "/etc/passwd", "..", "C:\\x", "a\\b"}) {
    CHECK_MESSAGE(read_bytes(zip_of({{name, "x"}})).code() == "xlsx/unsafe", name);
  }
  CHECK(read_bytes(zip_of({{"a..b", "x"}})).code() == "xlsx/damaged");
  std::string twice = zip_of({{"a", "1234567"}, {"b", "x"}});
  const std::size_t second = twice.find("PK\x01\x02", twice.find("PK\x01\x02") + 1);
  twice.replace(second + 42, 4, "\0\0\0\0"s);
  CHECK_FALSE(read_bytes(twice).done);
}

TEST_CASE("other kinds of workbooks are named") {
  CHECK(read_bytes(zip_of({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}})).code() == "xlsx/other-kind");
  CHECK(read_bytes(zip_of({{"xl/workbook.bin", "x"}})).code() == "xlsx/other-kind");
  CHECK(ole_problem("a.xls", "\xD0\xCF\x11\xE0").code == "xlsx/other-kind");
  CHECK(ole_problem("a.xlsx", "\xD0\xCF\x11\xE0 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"s).code == "xlsx/encrypted");
  std::string locked = workbook_of("sheet S\na\n");
  locked[6] = 1;
  locked[locked.find("PK\x01\x02") + 8] = 1;
  CHECK(read_bytes(locked).code() == "xlsx/encrypted");
}
