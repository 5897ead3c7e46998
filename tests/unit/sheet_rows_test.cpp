// SPDX-License-Identifier: MIT
#include "store/sheet_rows.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace help::tests {
namespace {

struct SheetCell {
  std::string_view text;
  bool is_spread = false;
};

Sheet sheet_with(std::initializer_list<std::vector<SheetCell>> rows) {
  Sheet sheet("t.xlsx", {});
  std::uint32_t line = 0;
  for (const auto& row : rows) {
    sheet.begin_row(++line);
    for (const SheetCell& cell : row) sheet.add_kept_cell(sheet.keep(cell.text), cell.is_spread);
  }
  return sheet;
}

/// What a row is called whose first two columns say who, in a school with 王合 and the id S1.
std::optional<std::string> called(const std::vector<SheetCell>& row, std::vector<std::size_t> asked = {0, 1, 2}) {
  const WhoseRow whose{.who = {0, 1}, .asked = std::move(asked), .is_somebody = [](const std::string& text) {
                         return text == "S1" || text == "平均" || text == "备注：王合";
                       }};
  return word_of_nobody(sheet_with({row}), 0, whose);
}

}  // namespace

TEST_CASE("totals, remarks and places to sign are rows of nobody") {
  CHECK(called({{"合计"}, {""}, {"300"}}) == "合计");
  CHECK(called({{""}, {"平均分"}, {"88.5"}}) == "平均分");
  CHECK(called({{"　合 计"}, {""}, {"300"}}) == "合计");
  CHECK(called({{"共45人"}}) == "共45人");
  CHECK(called({{"合计3人张三李四王五"}}) == "合计3");
  CHECK(called({{"合计"}, {"9"}}) == "合计");
  CHECK(called({{"合计"}, {"388人"}}) == "合计");
  CHECK(called({{"Total"}, {""}, {"3"}}) == "total");
  CHECK(called({{"备注：王五请假"}}) == "备注");
  CHECK(called({{""}, {""}, {""}, {"班主任签字："}}) == "签字");
  CHECK(called({{""}, {"张三家长签名：李四"}}) == "签名");
  CHECK(called({{"制表：李老师"}, {""}, {"日期：2026-3-2"}}) == "制表");
  CHECK(called({{"备注：见附件", false}, {"备注：见附件", true}, {"备注：见附件", true}}) == "备注");
}

TEST_CASE("a row that may be somebody's is nobody else's") {
  CHECK_FALSE(called({{"20250101"}, {"合计"}, {"90"}}));
  CHECK_FALSE(called({{"合计"}, {"张三"}, {"90"}}));
  CHECK_FALSE(called({{"合计"}, {"20250101"}, {"90"}}));
  CHECK_FALSE(called({{"9"}, {"合计"}, {"90"}}));
  CHECK_FALSE(called({{""}, {"平均"}, {"90"}}));
  CHECK_FALSE(called({{"S1"}, {""}, {"备注：转入"}}));
  CHECK_FALSE(called({{""}, {""}, {"90"}, {"备注：转入"}}));
  CHECK_FALSE(called({{"备注：转入"}, {""}, {"90"}}));
  CHECK_FALSE(called({{"备注：王合"}}));
  CHECK_FALSE(called({{"张三：合计"}}));
  CHECK_FALSE(called({{"总务处"}, {""}, {"90"}}));
  CHECK_FALSE(called({{"共青团"}}));
  CHECK_FALSE(called({{""}, {""}, {""}}));
}

TEST_CASE("a title is found with its place, and whether another column has it, too") {
  const Sheet sheet = sheet_with({{{"期末成绩"}}, {{"学 号"}, {"姓名"}, {""}, {"学号"}}});
  const SheetTitles titles(sheet, 2);
  CHECK(titles.are_there());
  CHECK(titles.first_row() == 2);
  CHECK(titles.find("学号").column == 0);
  CHECK(titles.find("学号").again == 3);
  CHECK(titles.find("姓名").column == 1);
  CHECK_FALSE(titles.find("姓名").again);
  CHECK_FALSE(titles.find("班级").column);
  CHECK(titles.of(1) == "姓名");
  CHECK(titles.of(9) == "10");
  CHECK_FALSE(SheetTitles(sheet, 7).are_there());
  CHECK(SheetTitles(sheet, 0).first_row() == 0);
}

TEST_CASE("rows in which no asked column says anything are passed over: empty ones, and a remark that is merged over the table") {
  const Sheet sheet =
      sheet_with({{{"学号"}, {"次数"}, {"备注"}}, {{"1"}, {"2"}}, {{""}, {""}, {"x"}}, {{"备注", true}, {"备注", true}}, {{""}, {"7"}}});
  const SheetTitles titles(sheet, 1);
  SheetRows rows(sheet, titles);
  std::vector<std::uint32_t> lines;
  while (rows.next({0, 1})) lines.push_back(rows.line());
  CHECK(lines == std::vector<std::uint32_t>{2, 5});
}

TEST_CASE("a text behind the last title is a fault of the row, an empty cell there is none") {
  const Sheet sheet = sheet_with({{{"学号"}, {"次数"}, {""}}, {{"1"}, {"2"}, {""}, {""}}, {{"1"}, {"2"}, {"3"}}});
  const SheetTitles titles(sheet, 1);
  SheetRows rows(sheet, titles);
  REQUIRE(rows.next({}));
  CHECK_FALSE(rows.width_fault());
  REQUIRE(rows.next({}));
  REQUIRE(rows.width_fault());
  CHECK(rows.width_fault()->code == "import/too-many-cells");
  CHECK_FALSE(rows.width_fault()->column);
}

TEST_CASE("errors and formulas are no values; a text that begins like one behind a ' is") {
  const Sheet sheet = sheet_with({{{"a"}}, {{"#N/A"}, {" =A1"}, {"'=A1"}, {"#1班"}, {"x=1"}}});
  const SheetTitles titles(sheet, 0);
  SheetRows rows(sheet, titles);
  REQUIRE(rows.next({}));
  REQUIRE(rows.next({}));
  CHECK(rows.value_fault(0));
  CHECK(rows.value_fault(1));
  CHECK(rows.value_fault(1)->column == 1);
  for (const std::size_t column : {2U, 3U, 4U, 5U}) CHECK_FALSE(rows.value_fault(column));
}

TEST_CASE("a merged text is a fault unless it may stand for several rows; beside itself it always is") {
  const Sheet sheet = sheet_with({{{"a"}, {"b"}, {"c"}}, {{"x", true}, {"y"}, {"y", true}}});
  const SheetTitles titles(sheet, 1);
  SheetRows rows(sheet, titles);
  REQUIRE(rows.next({}));
  CHECK(rows.spread_fault(0, false));
  CHECK_FALSE(rows.spread_fault(0, true));
  CHECK_FALSE(rows.spread_fault(1, false));
  CHECK(rows.spread_fault(2, true));
  CHECK(rows.spread_fault(2, true)->code == "import/merged-cell");
}

}  // namespace help::tests
