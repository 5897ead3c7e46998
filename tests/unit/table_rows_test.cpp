// SPDX-License-Identifier: MIT
#include "store/table_rows.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

namespace help {
namespace {

Dataset three_students() {
  Dataset data;
  for (const char* id : {"20230101", "20230102", "20230103"}) {
    data.students.push_back({.id = id, .name = id});
  }
  data.index();
  return data;
}

std::optional<TableRows> rows_of(const Dataset& data, std::string_view text) {
  const std::array<std::int32_t, 2> largest{150'00, 100'00};
  return read_rows(data, text, {.rows_key = "scores", .largest = {largest.begin(), largest.end()}});
}

void check_three_rows(const std::optional<TableRows>& rows) {
  REQUIRE(rows);
  CHECK(rows->students == std::vector<StudentIndex>{0, 1, 2});
  CHECK(rows->cells == std::vector<std::int32_t>{112'50, 87'00, 90'00, 60'00, 0, 100'00});
}

}  // namespace

TEST_CASE("A line in another form between two rows takes no mark from the row before it") {
  const Dataset data = three_students();
  SUBCASE("nothing between") {
    check_three_rows(rows_of(data, "  \"20230101\": [112.5, 87]\n  \"20230102\": [90, 60]\n  \"20230103\": [0, 100]\n"));
  }
  SUBCASE("a comment") {
    check_three_rows(rows_of(data, "  \"20230101\": [112.5, 87]\n  # 补登\n  \"20230102\": [90, 60]\n  \"20230103\": [0, 100]\n"));
  }
  SUBCASE("a blank line") {
    check_three_rows(rows_of(data, "  \"20230101\": [112.5, 87]\n\n  \"20230102\": [90, 60]\n  \"20230103\": [0, 100]\n"));
  }
  SUBCASE("rows in single quotes") {
    check_three_rows(rows_of(data, "  \"20230101\": [112.5, 87]\n  '20230102': [90, 60]\n  '20230103': [0, 100]\n"));
  }
  SUBCASE("rows with other spaces") {
    check_three_rows(rows_of(data, "  \"20230101\": [112.5,87]\n  \"20230102\": [90,  60]\n  \"20230103\": [ 0, 100 ]\n"));
  }
}

}  // namespace help
