// SPDX-License-Identifier: MIT
#include "store/cell_text.hpp"

#include <doctest/doctest.h>

using namespace help;

TEST_CASE("spaces at the ends of a cell are not meant, full-width and no-break ones neither") {
  CHECK(cell_text("  张　三　 ") == "张　三");
  CHECK(cell_text("\xC2\xA0 12\t\r\n") == "12");
  CHECK(cell_text(" \xE3\x80\x80 ").empty());
  CHECK(cell_text("").empty());
}

TEST_CASE("cells are brought into NFC") { CHECK(cell_text("Zoe\xCC\x88") == "Zo\xC3\xAB"); }

TEST_CASE("the one sign that keeps a text from being a formula is taken off again") {
  CHECK(cell_text("'=1+1") == "=1+1");
  CHECK(cell_text("'-5") == "-5");
  CHECK(cell_text("'＝x") == "＝x");
  CHECK(cell_text("''=x") == "'=x");  // as the writer has put one in front of '=x
  CHECK(cell_text("'﹣x") == "﹣x");
  CHECK(cell_text("'quoted'") == "'quoted'");
}

TEST_CASE("marks are read as people type them") {
  CHECK(mark_of_text("87") == 8700);
  CHECK(mark_of_text("59.5") == 5950);
  CHECK(mark_of_text("112.50") == 11250);
  CHECK(mark_of_text("12.500") == 1250);
  CHECK(mark_of_text("12.000") == 1200);
  CHECK(mark_of_text("05") == 500);
  CHECK(mark_of_text("00") == 0);
  CHECK(mark_of_text("0.5") == 50);
  CHECK(mark_of_text("００７．５") == 750);
}

TEST_CASE("nothing but a plain number is a mark") {
  for (const char* text : {"", "-1", "+5", "1e2", "12,5", "87分", "缺考", "12.345", ".5", "5.", "1 2", "0x10", "NaN", "99999999999", "."}) {
    CAPTURE(text);
    CHECK_FALSE(mark_of_text(text).has_value());
  }
}

TEST_CASE("dates are read year first, with every sign that spreadsheets put") {
  const auto day = parse_date("2025-09-01");
  for (const char* text : {"2025-09-01", "2025/9/1", "2025.9.1", "2025年9月1日", "２０２５／９／１", "2025-09-01 14:30", "2025/9/1 8:05:25",
                           "2025-09-01T00:00:00"}) {
    CAPTURE(text);
    CHECK(date_of_text(text) == day);
  }
  for (const char* text : {"", "1/9/2025", "2025-9", "2025/9-1", "20250901", "2025-02-30", "25/9/1", "2025年9月1", "45901",
                           "2025-09-01 14:30 15:30", "2025-09-01 下午", "14:30", " 8:00"}) {
    CAPTURE(text);
    CHECK_FALSE(date_of_text(text).has_value());
  }
}

TEST_CASE("a long number that a spreadsheet has shortened is known") {
  CHECK(is_shortened_number("3.20583E+17"));
  CHECK(is_shortened_number("1E+15"));
  CHECK(is_shortened_number("3,2e+17"));
  CHECK_FALSE(is_shortened_number("20230104"));
  CHECK_FALSE(is_shortened_number("E+17"));
  CHECK_FALSE(is_shortened_number("1E5"));
  CHECK_FALSE(is_shortened_number("x1E+15"));
}

TEST_CASE("an id is what the format says") {
  CHECK(is_id_text("20230104"));
  CHECK(is_id_text("2025-1"));
  CHECK(is_id_text("m_1"));
  CHECK(is_id_text(std::string(32, 'x')));
  CHECK_FALSE(is_id_text(std::string(33, 'x')));
  for (const char* text : {"", "-1", "_x", "a b", "张三", "2023.0", "con", "Nul", "COM1", "lpt9"}) {
    CAPTURE(text);
    CHECK_FALSE(is_id_text(text));
  }
  CHECK(is_id_text("com0"));
  CHECK(is_id_text("console"));
}

TEST_CASE("names are compared without inner spaces and with one middle dot") {
  CHECK(name_key("张　三") == name_key("张三"));
  CHECK(name_key("阿依古丽•买买提") == name_key("阿依古丽·买买提"));
  CHECK(name_key("张三") != name_key("张山"));
}
