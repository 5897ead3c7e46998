// SPDX-License-Identifier: MIT
#include "store/record_file.hpp"

#include <doctest/doctest.h>

using namespace help;

TEST_CASE("a record is added at its place where the records stand in order") {
  RecordFile file;
  REQUIRE(file.read("# head\n- {id: \"1\", name: a}\n# about 1\n\n- {id: \"3\", name: c}\n"));
  file.add("4", "- {id: \"4\"}\n");
  file.add("2", "- {id: \"2\"}\n");
  CHECK(file.bytes() == "# head\n- {id: \"1\", name: a}\n# about 1\n\n- {id: \"2\"}\n- {id: \"3\", name: c}\n- {id: \"4\"}\n");
}

TEST_CASE("a record is added at the end where people keep another order") {
  RecordFile file;
  REQUIRE(file.read("- {id: b}\n- {id: a}\n"));
  file.add("aa", "- {id: aa}\n");
  CHECK(file.bytes() == "- {id: b}\n- {id: a}\n- {id: aa}\n");
}

TEST_CASE("a line that was added is replaced, too") {
  RecordFile file;
  REQUIRE(file.read("- {id: a}\n"));
  file.add("b", "- {id: b}\n");
  CHECK_FALSE(file.replace("- {id: b, name: x}\n", "- {id: b, name: y}\n"));
  CHECK(file.replace("- {id: b}\n", "- {id: b, name: x}\n"));
  CHECK(file.bytes() == "- {id: a}\n- {id: b, name: x}\n");
}

TEST_CASE("only a line that is exactly the expected one is replaced") {
  RecordFile file;
  const std::string bytes = "- {id: a, name: x}  # why\r\n- {id: b, name: y}\r\n";
  REQUIRE(file.read(bytes));
  CHECK_FALSE(file.replace("- {id: a, name: x}\n", "- {id: a, name: z}\n"));
  CHECK_FALSE(file.replace("- {id: c}\n", "- {id: c, name: z}\n"));
  CHECK(file.bytes() == bytes);
  CHECK(file.replace("- {id: b, name: y}\n", "- {id: b, name: z}\n"));
  CHECK(file.bytes() == "- {id: a, name: x}  # why\r\n- {id: b, name: z}\r\n");
}

TEST_CASE("a file without a last line end gets one") {
  RecordFile file;
  REQUIRE(file.read("- {id: a}"));
  file.add("b", "- {id: b}\n");
  CHECK(file.bytes() == "- {id: a}\n- {id: b}\n");
}

TEST_CASE("a file that is not one record a line is left alone") {
  RecordFile file;
  CHECK_FALSE(file.read("- {id: a}\n- id: b\n  name: c\n"));
  CHECK(file.bad_line() == 2);
}
