// SPDX-License-Identifier: MIT
#include "store/number_format.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace help;

namespace {

std::string plain(std::string_view text) {
  const auto number = parse_sheet_number(text);
  return number ? to_string(*number) : "none";
}

std::string shown(std::string_view number, std::string_view code, bool from_1904 = false, bool zeros_hidden = false) {
  return NumberFormat(code).shown(*parse_sheet_number(number), from_1904, zeros_hidden);
}

}  // namespace

TEST_CASE("numbers are read exactly and written out") {
  CHECK(plain("87") == "87");
  CHECK(plain("87.50") == "87.5");
  CHECK(plain("-0.25") == "-0.25");
  CHECK(plain("0") == "0");
  CHECK(plain("-0") == "0");
  CHECK(plain("007") == "7");
  CHECK(plain("1E2") == "100");
  CHECK(plain("8.75e1") == "87.5");
  CHECK(plain("5E-3") == "0.005");
  CHECK(plain("+3") == "3");
}

TEST_CASE("what is no number is none") {
  for (const char* text : {"", "-", ".", "1.2.3", "1e", "1e+", "E5", "87 ", "0x10", "1e999", "NaN", "INF", "八十七", "1,5"}) {
    CHECK_MESSAGE(plain(text) == "none", text);
  }
}

TEST_CASE("numbers are rounded to the fifteen digits that a spreadsheet keeps") {
  CHECK(plain("86.999999999999986") == "87");
  CHECK(plain("0.30000000000000004") == "0.3");
  CHECK(plain("999.9999999999999999") == "1000");
  CHECK(plain("88.499999999999") == "88.499999999999");
  CHECK(plain("123456789012345") == "123456789012345");
}

TEST_CASE("a number of sixteen digits or more has lost some and says so") {
  CHECK(plain("999999999999999") == "999999999999999");
  CHECK(plain("1000000000000000") == "1E+15");
  CHECK(plain("320583201205041234") == "3.20583201205041E+17");
  CHECK(plain("3.20583201205041E+17") == "3.20583201205041E+17");
}

TEST_CASE("a date is shown as a date") {
  CHECK(shown("45975", "yyyy\"年\"m\"月\"d\"日\"") == "2025-11-14");
  CHECK(shown("45975", "[$-804]yyyy/m/d;@") == "2025-11-14");
  CHECK(shown("45975", built_in_format(14)) == "2025-11-14");
  CHECK(shown("45975.354166666664", "yyyy-mm-dd hh:mm") == "2025-11-14 08:30:00");
  CHECK(shown("45975.999999999", "yyyy-mm-dd") == "2025-11-15");
  CHECK(shown("0.5", "h:mm") == "12:00:00");
  CHECK(shown("1", "yyyy-mm-dd") == "1900-01-01");
  CHECK(shown("59", "yyyy-mm-dd") == "1900-02-28");
  CHECK(shown("60", "yyyy-mm-dd") == "1900-02-29");  // the day that spreadsheets invented; no reader of dates takes it
  CHECK(shown("61", "yyyy-mm-dd") == "1900-03-01");
  CHECK(shown("2958465", "yyyy-mm-dd") == "9999-12-31");
  CHECK(shown("2958466", "yyyy-mm-dd") == "2958466 (?)");
  CHECK(shown("-1", "yyyy-mm-dd") == "-1 (?)");
  CHECK(shown("44513", "yyyy-mm-dd", true) == "2025-11-14");
}

TEST_CASE("a letter in quotes, in brackets or behind a backslash makes no date") {
  CHECK(shown("87", "0\"days\"") == "87");
  CHECK(shown("87", "[Red]0.00") == "87");
  CHECK(shown("87", "0\\d") == "87");
  CHECK(shown("87", "#,##0.00_);(#,##0.00)") == "87");
  CHECK(shown("87", "General") == "87");
  CHECK(shown("87", "G/通用格式") == "87");
  CHECK(shown("87", "@") == "87");
  CHECK(shown("87", "0\"分\"") == "87");
  CHECK(shown("87", "[DBNum1]General") == "87");
}

TEST_CASE("a share is shown as one") {
  CHECK(shown("0.85", "0%") == "85%");
  CHECK(shown("0.8549", "0.00%") == "85.49%");
  CHECK(shown("0", "0%") == "0%");
}

TEST_CASE("a format that shows a word in place of the number means the word") {
  CHECK(shown("0", "0;-0;\"缺考\"") == "缺考");
  CHECK(shown("5", "0;-0;\"缺考\"") == "5");
  CHECK(shown("-1", "0;\"缺考\"") == "缺考");
  CHECK(shown("0", "0;\"缺考\"") == "0");
  CHECK(shown("-1", "[=-1]\"缺考\";[=-2]\"缓考\";0") == "缺考");
  CHECK(shown("-2", "[=-1]\"缺考\";[=-2]\"缓考\";0") == "缓考");
  CHECK(shown("87", "[=-1]\"缺考\";[=-2]\"缓考\";0") == "87");
  CHECK(shown("59.5", "[<60]\"不及格\";[>=60]0") == "不及格");
  CHECK(shown("60", "[<60]\"不及格\";[>=60]0") == "60");
  CHECK(shown("0", "0;-0;缺考") == "缺考");
}

TEST_CASE("a number that is not shown is neither a mark nor an empty cell") {
  CHECK(shown("0", "0;-0;") == "0 (hidden 隐藏)");
  CHECK(shown("87", ";;;") == "87 (hidden 隐藏)");
  CHECK(shown("0", "General", false, true) == "0 (hidden 隐藏)");
  CHECK(shown("1", "General", false, true) == "1");
}

TEST_CASE("a format of nothing but zeros shows leading zeros") {
  CHECK(shown("12", "00000000") == "00000012");
  CHECK(shown("123456789", "00000000") == "123456789");
  CHECK(shown("12.5", "0000") == "12.5");
  CHECK(shown("5", "0") == "5");
}
