// SPDX-License-Identifier: MIT
#include "store/csv.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "store/sheet.hpp"

using namespace help;

namespace {

using Rows = std::vector<std::vector<std::string>>;

struct ReadCsv {
  bool done = false;
  Sheet sheet;
  Diagnostics problems;

  [[nodiscard]] Rows rows() const {
    Rows all;
    for (std::size_t row = 0; row < sheet.row_count(); ++row) {
      auto& cells = all.emplace_back();
      for (std::size_t column = 0; column < sheet.width(row); ++column) {
        cells.emplace_back(sheet.cell(row, column));
      }
    }
    return all;
  }
  [[nodiscard]] std::string code() const { return problems.empty() ? "" : std::string(problems[0].code); }
};

ReadCsv read_csv(std::string bytes, char separator = ',') {
  ReadCsv result;
  result.done = read_csv("marks.csv", std::move(bytes), separator, result.sheet, result.problems);
  return result;
}

}  // namespace

TEST_CASE("cells are separated by comma, semicolon, tab or bar") {
  CHECK(read_csv("a,b\nc,d\n").rows() == Rows{{"a", "b"}, {"c", "d"}});
  CHECK(read_csv("a;b,c\n", ';').rows() == Rows{{"a", "b,c"}});
  CHECK(read_csv("a\tb c\n", '\t').rows() == Rows{{"a", "b c"}});
  CHECK(read_csv("a|b,c\n", '|').rows() == Rows{{"a", "b,c"}});
}

TEST_CASE("lines end in LF, CRLF or CR, and the last may have no end") {
  const Rows expected{{"a", "b"}, {"c", "d"}};
  CHECK(read_csv("a,b\nc,d").rows() == expected);
  CHECK(read_csv("a,b\r\nc,d\r\n").rows() == expected);
  CHECK(read_csv("a,b\rc,d\r").rows() == expected);
}

TEST_CASE("a cell in quotes holds separators, line ends and doubled quotes") {
  CHECK(read_csv("\"a,b\",\"c\nd\"\n").rows() == Rows{{"a,b", "c\nd"}});
  CHECK(read_csv("\"he said \"\"no\"\"\",x\n").rows() == Rows{{"he said \"no\"", "x"}});
  CHECK(read_csv("\"\"\"\"\n").rows() == Rows{{"\""}});
  CHECK(read_csv("\"\",\"\"\"\"\"\"\n").rows() == Rows{{"", "\"\""}});
  CHECK(read_csv("\"a\"\r\n\"b\"\r\n").rows() == Rows{{"a"}, {"b"}});
}

TEST_CASE("a quote inside a cell without quotes is itself") { CHECK(read_csv("5\" pipe,x\"y\"\n").rows() == Rows{{"5\" pipe", "x\"y\""}}); }

TEST_CASE("rows keep their own length, a stray last separator is an empty cell") {
  const ReadCsv ragged = read_csv("a,b,c\nd\ne,f,g,\n");
  CHECK(ragged.rows() == Rows{{"a", "b", "c"}, {"d"}, {"e", "f", "g", ""}});
  CHECK(ragged.sheet.cell(1, 2).empty());
}

TEST_CASE("blank rows are not there, and the others keep the line at which they begin") {
  const ReadCsv some = read_csv("a,b\n\n,\n \t, \n\"c\nstill c\",d\n\"\"\ne,f\n");
  REQUIRE(some.rows() == Rows{{"a", "b"}, {"c\nstill c", "d"}, {"e", "f"}});
  CHECK(some.sheet.line(0) == 1);
  CHECK(some.sheet.line(1) == 5);
  CHECK(some.sheet.line(2) == 8);
}

TEST_CASE("line ends of every kind count once, inside quotes too") {
  const ReadCsv some = read_csv("\"a\r\nb\rc\"\r\nd\re\n");
  REQUIRE(some.rows().size() == 3);
  CHECK(some.sheet.line(1) == 4);
  CHECK(some.sheet.line(2) == 5);
}

TEST_CASE("nothing is a table without rows") {
  CHECK(read_csv("").done);
  CHECK(read_csv("\n\n\r\n").rows().empty());
}

TEST_CASE("a quote that is never closed is named where it was opened") {
  const ReadCsv open = read_csv("a,b\nc,\"d\ne,f\n");
  CHECK_FALSE(open.done);
  CHECK(open.code() == "csv/open-quote");
  CHECK(open.problems[0].where.line == 2);
  CHECK(open.problems[0].where.column == 3);
  CHECK(open.problems[0].excerpt == "c,\"d");
  CHECK(open.problems[0].from == 2);
  CHECK(read_csv("\"").code() == "csv/open-quote");
  CHECK(read_csv("a,\"b\"\"").code() == "csv/open-quote");
}

TEST_CASE("text behind a closing quote is an error at its place") {
  const ReadCsv behind = read_csv("一,\"b\"c\n");
  CHECK(behind.code() == "csv/after-quote");
  CHECK(behind.problems[0].where.column == 6);
}

TEST_CASE("a row has at most 1000 columns, a cell at most 64 KiB") {
  CHECK(read_csv(std::string(999, ',') + "x").done);
  CHECK(read_csv(std::string(1000, ',') + "x").code() == "csv/too-wide");
  const std::string full(SheetLimits::cell_bytes, 'x');
  CHECK(read_csv(full).done);
  CHECK(read_csv(full + "x").code() == "csv/long-cell");
  CHECK(read_csv("\"" + full.substr(1) + "\"").done);
  CHECK(read_csv("\"" + full + "xx\"").code() == "csv/long-cell");
}
