// SPDX-License-Identifier: MIT
#include "diag/nearest.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

namespace help {
namespace {

std::string near(std::string_view given, std::initializer_list<std::string_view> words) {
  return std::string(nearest(given, {words.begin(), words.size()}).value_or("-"));
}

TEST_CASE("a word with one letter wrong, missing, doubled or swapped is found") {
  for (const char* given : {"midtern", "midter", "midtterm", "mitderm", "MIDTERM"}) {
    CAPTURE(given);
    CHECK(near(given, {"final", "midterm", "unit"}) == "midterm");
  }
}

TEST_CASE("up to 4 letters one edit is allowed, up to 8 two, then three") {
  CHECK(near("abcd", {"abxy"}) == "-");
  CHECK(near("abcd", {"abcx"}) == "abcx");
  CHECK(near("abcde", {"abcxy"}) == "abcxy");
  CHECK(near("abcdefgh", {"abcdexyz"}) == "-");
  CHECK(near("abcdefgh", {"abcdefxy"}) == "abcdefxy");
  CHECK(near("abcdefghi", {"abcdefxyz"}) == "abcdefxyz");
  CHECK(near("abcdefghi", {"abcdewxyz"}) == "-");
}

TEST_CASE("edits count characters, not bytes") {
  CHECK(near("语问", {"数学", "语文"}) == "语文");
  CHECK(near("数字", {"语文"}) == "-");
}

TEST_CASE("the nearest wins and of equals the first") {
  CHECK(near("grades", {"grads", "grades", "grade"}) == "grades");
  CHECK(near("grae", {"grab", "grade", "gram"}) == "grab");
}

TEST_CASE("one letter, nothing and a very long text have no near word") {
  CHECK(near("a", {"b"}) == "-");
  CHECK(near("", {"a"}) == "-");
  CHECK(near(std::string(100'000, 'x'), {"xxxx"}) == "-");
  CHECK(near("A", {"a"}) == "a");
}

TEST_CASE("bytes that are not UTF-8 do no harm") { CHECK(near("na\xFFme", {"name"}) == "name"); }

}  // namespace
}  // namespace help
