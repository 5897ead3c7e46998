// SPDX-License-Identifier: MIT
// What is written for spreadsheets comes back by the program's own readers.
#include <doctest/doctest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "render/render.hpp"
#include "store/cell_text.hpp"
#include "store/csv.hpp"
#include "store/xlsx.hpp"
#include "support/english.hpp"

namespace help {
namespace {

using Texts = std::vector<std::vector<std::string>>;

/// Rows without a text are not in a sheet; they are left out here, too.
Texts texts_of(const Sheet& sheet, std::size_t columns) {
  Texts texts;
  for (std::size_t row = 0; row < sheet.row_count(); ++row) {
    auto& cells = texts.emplace_back();
    for (std::size_t column = 0; column < columns; ++column) cells.push_back(cell_text(sheet.cell(row, column)));
  }
  return texts;
}

Sheet read_back_csv(std::string bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
  Sheet sheet;
  Diagnostics problems;
  REQUIRE(read_csv("t.csv", std::move(bytes), ',', sheet, problems));
  return sheet;
}

Sheet read_back_xlsx(const std::string& bytes, std::string_view name = {}) {
  Sheet sheet;
  WorkbookFacts facts;
  Diagnostics problems;
  const bool is_read = read_xlsx("t.xlsx", bytes, name, sheet, facts, problems);
  if (!problems.empty()) MESSAGE(std::string(problems.front().code));
  REQUIRE(is_read);
  CHECK(facts.formulas == 0);
  return sheet;
}

std::string csv_of(const Document& document) { return document_as_csv(document, {.catalogue = english, .to_file = true}); }

Document document_of(const Texts& rows) {
  Table table{.key = "t"};
  for (std::size_t column = 0; column < rows.front().size(); ++column) table.columns.push_back({.key = "c", .title = say("Name")});
  for (const auto& row : rows) {
    auto& cells = table.rows.emplace_back();
    for (const std::string& text : row) cells.emplace_back(text);
  }
  Document document;
  document.tables.push_back(std::move(table));
  return document;
}

/// Texts as files of the records folder may hold them: composed, without spaces at the ends, with line ends.
class RandomTexts {
 public:
  explicit RandomTexts(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_); }

  std::string text() {
    static constexpr std::array<std::string_view, 44> pieces{
        "=",   "+",     "-",       "@",       "＝", "＋",  "－",    "＠",  "'",  "''", "\"",  ",",  ";",  "|",   "\n",
        "<b>", "&amp;", "_x0041_", "_x000D_", "王", "芳",  "Ü",     "é",   "😀",  "0",  "1",   ".5", "E5", "a",   " ",
        "　x", "_",     "\\",      "%",       "#",  "]]>", "CMD()", "DDE", "﹣", "'=", "1/2", "{",  "}",  "NULL"};
    std::string made;
    for (std::size_t count = below(6); count > 0; --count) made += pieces[below(pieces.size())];
    return text_for_file(made);
  }

  Texts table() {
    Texts rows(1 + below(4));
    const std::size_t columns = 1 + below(4);
    for (auto& row : rows) {
      for (std::size_t column = 0; column < columns; ++column) row.push_back(text());
      row.front() += "x";  // no row is empty
    }
    return rows;
  }

 private:
  std::mt19937 random_;
};

}  // namespace

TEST_CASE("ten thousand random tables come back as they were, from CSV and from a workbook") {
  constexpr int workbooks = 500;
  constexpr std::size_t tables_each = 20;
  RandomTexts random(20261122);
  for (int round = 0; round < workbooks; ++round) {
    std::vector<Texts> all;
    std::vector<std::string> names;
    for (std::size_t number = 0; number < tables_each; ++number) names.push_back("t" + std::to_string(number));
    Document workbook;
    for (std::size_t number = 0; number < tables_each; ++number) {
      all.push_back(random.table());
      Document document = document_of(all.back());
      Texts from_csv = texts_of(read_back_csv(csv_of(document)), all.back().front().size());
      from_csv.erase(from_csv.begin());
      REQUIRE(from_csv == all.back());
      workbook.tables.push_back(std::move(document.tables.front()));
      workbook.tables.back().key = names[number];
      workbook.tables.back().title = as_data(names[number]);
    }
    const std::string bytes = document_as_xlsx(workbook, english);
    for (std::size_t number = 0; number < tables_each; ++number) {
      Texts from_workbook = texts_of(read_back_xlsx(bytes, names[number]), all[number].front().size());
      from_workbook.erase(from_workbook.begin());
      REQUIRE(from_workbook == all[number]);
    }
  }
}

TEST_CASE("each sign that begins a formula is made harmless in CSV and comes back") {
  for (const std::string sign : {"=", "+", "-", "@", "＝", "＋", "－", "＠", "﹣"}) {
    for (const std::string quotes : {"", "'", "''"}) {
      const std::string text = quotes + sign + "1+1";
      CAPTURE(text);
      const std::string csv = csv_of(document_of({{text}}));
      CHECK(csv.find("\r\n'" + text + "\r\n") != std::string::npos);
      CHECK(texts_of(read_back_csv(csv), 1).back().front() == text);
    }
  }
  // These end a cell or are no text of a record; they are made visible, behind a quote.
  for (const std::string& sign : {std::string("\t"), std::string("\r"), std::string(1, '\0')}) {
    CHECK(csv_of(document_of({{sign + "=1"}})).find("\r\n'\\") != std::string::npos);
  }
  CHECK(csv_of(document_of({{"\n=1"}})).find("\r\n\"'\n=1\"\r\n") != std::string::npos);
}

TEST_CASE("a workbook has no formulas, and ids stay texts") {
  Document document = document_of({{"=1+1", "00123"}, {"+1", "123456789012345678"}});
  const auto texts = texts_of(read_back_xlsx(document_as_xlsx(document, english)), 2);
  CHECK(texts[1] == std::vector<std::string>{"=1+1", "00123"});
  CHECK(texts[2] == std::vector<std::string>{"+1", "123456789012345678"});
}

TEST_CASE("numbers, decimals and days come back as what they are") {
  Table table{.key = "t", .columns = {{"a", say("Name")}, {"b", say("Name")}, {"c", say("Name")}}};
  table.rows.push_back({std::int64_t{-7}, Decimal{8750}, *parse_date("2026-02-28")});
  Document document;
  document.tables.push_back(table);
  CHECK(texts_of(read_back_xlsx(document_as_xlsx(document, english)), 3)[1] == std::vector<std::string>{"-7", "87.5", "2026-02-28"});
  CHECK(texts_of(read_back_csv(csv_of(document)), 3)[1] == std::vector<std::string>{"-7", "87.5", "2026-02-28"});
}

TEST_CASE("the same document gives the same bytes") {
  const Document document = document_of({{"王芳", "=1"}});
  CHECK(document_as_xlsx(document, english) == document_as_xlsx(document, english));
}

TEST_CASE("tables of one key share a sheet, with the names of the parts in front") {
  Document document = document_of({{"a"}});
  document.tables.front().title = as_data("one");
  document.tables.push_back(document.tables.front());
  document.tables.back().title = as_data("two");
  const auto texts = texts_of(read_back_xlsx(document_as_xlsx(document, english)), 2);
  CHECK(texts == Texts{{"Part", "Name"}, {"one", "a"}, {"two", "a"}});
}

TEST_CASE("names of sheets keep the rules of spreadsheets") {
  Document document = document_of({{"a"}});
  document.tables.front().title = as_data("'七/八[年级]*?:\\ 名单名单名单名单名单名单名单名单名单名单名单'");
  document.tables.push_back(document.tables.front());
  document.tables.back().key = "other";
  const std::string bytes = document_as_xlsx(document, english);
  Sheet sheet;
  WorkbookFacts facts;
  Diagnostics problems;
  CHECK(read_xlsx("t.xlsx", bytes, "七 八 年级      名单名单名单名单名单名单名单名单名单名", sheet, facts, problems));
  CHECK(read_xlsx("t.xlsx", bytes, "七 八 年级      名单名单名单名单名单名单名单名 (2)", sheet, facts, problems));
}

TEST_CASE("a form has its titles in CSV, and what it offers on a hidden sheet") {
  Document document = document_of({{"a"}});
  Table& table = document.tables.front();
  table.is_form = true;
  table.columns.front().choices = {"20230104 王芳", "=x", "a,b"};
  CHECK(csv_of(document).starts_with("\xEF\xBB\xBFName\r\n"));
  const std::string bytes = document_as_xlsx(document, english);
  CHECK(texts_of(read_back_xlsx(bytes), 1) == Texts{{"Name"}, {"a"}});
  Sheet sheet;
  WorkbookFacts facts;
  Diagnostics problems;
  REQUIRE(read_xlsx("t.xlsx", bytes, "_choices", sheet, facts, problems));
  CHECK(texts_of(sheet, 1) == Texts{{"20230104 王芳"}, {"=x"}, {"a,b"}});
}

}  // namespace help
