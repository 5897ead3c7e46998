// SPDX-License-Identifier: MIT
#include "store/edited_yaml.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace help;

namespace {

constexpr std::array<std::string_view, 4> order{"opened", "keeper", "causes", "goals"};

std::string after_set(const std::string& bytes, std::string_view key, std::string_view value) {
  EditedYaml file;
  REQUIRE(file.read(bytes));
  const bool is_done = file.set(key, value, order);
  if (!is_done) CHECK(file.bytes() == bytes);
  return is_done ? file.bytes() : "refused";
}

std::string after_append(const std::string& bytes, std::string_view item) {
  EditedYaml file;
  REQUIRE(file.read(bytes));
  const bool is_done = file.append("causes", item, order);
  if (!is_done) CHECK(file.bytes() == bytes);
  return is_done ? file.bytes() : "refused";
}

std::string after_inner(const std::string& bytes, std::string_view key, std::string_view value) {
  constexpr std::array<std::string_view, 3> inner{"attitude", "character", "life"};
  EditedYaml file;
  REQUIRE(file.read(bytes));
  return file.set_inner("profile", key, value, "{whole: 1}", inner) ? file.bytes() : "refused";
}

}  // namespace

TEST_CASE("one value is replaced and every other byte stays") {
  CHECK(after_set("# a\nopened: 2026-01-01  # why\n\nkeeper: T1\n# end\n", "opened", "2026-02-02") ==
        "# a\nopened: 2026-02-02  # why\n\nkeeper: T1\n# end\n");
  CHECK(after_set("opened: 2026-01-01\nkeeper: \"T # 1\" # one\n", "keeper", "T2") == "opened: 2026-01-01\nkeeper: T2 # one\n");
  CHECK(after_set("keeper: 'it''s'\n", "keeper", "T2") == "keeper: T2\n");
  CHECK(after_set("causes: [a, \"]\", {b: '}'}] # see [1]\n", "causes", "[c]") == "causes: [c] # see [1]\n");
  CHECK(after_set("\"keeper\": T1\r\ngoals: []\r\n", "keeper", "T2") == "\"keeper\": T2\r\ngoals: []\r\n");
  CHECK(after_set("keeper:\ngoals: []\n", "keeper", "T2") == "keeper: T2\ngoals: []\n");
  CHECK(after_set("keeper:  # nobody yet\n", "keeper", "T2") == "keeper: T2  # nobody yet\n");
  CHECK(after_set("keeper: ~ # nobody yet\n", "keeper", "T2") == "keeper: T2 # nobody yet\n");
  CHECK(after_set("keeper: null\n", "keeper", "T2") == "keeper: T2\n");
  CHECK(after_set("keeper: T1", "keeper", "T2") == "keeper: T2");
}

TEST_CASE("a value on several lines is replaced, unless a comment may stand in it") {
  CHECK(after_set("causes:\n  - a\n  - b\n\n# about goals\ngoals: []\n", "causes", "[c]") == "causes: [c]\n\n# about goals\ngoals: []\n");
  CHECK(after_set("causes:\n- a\n- b\ngoals: []\n", "causes", "[c]") == "causes: [c]\ngoals: []\n");
  CHECK(after_set("keeper: |\n  one\n\n  two\ngoals: []\n", "keeper", "x") == "keeper: x\ngoals: []\n");
  CHECK(after_set("keeper: \"one\n  two\"\n", "keeper", "x") == "keeper: x\n");
  CHECK(after_set("causes:\n  - a  # since autumn\n  - b\n", "causes", "[c]") == "refused");
  CHECK(after_set("causes:\n  # since autumn\n  - a\n", "causes", "[c]") == "refused");
  CHECK(after_set("causes: [a,  # why\n  b]\n", "causes", "[c]") == "refused");
}

TEST_CASE("a new key stands behind those before it in the order") {
  CHECK(after_set("", "keeper", "T1") == "keeper: T1\n");
  CHECK(after_set("# only this\n", "keeper", "T1") == "# only this\nkeeper: T1\n");
  CHECK(after_set("opened: 2026-01-01\n\n# about causes\ncauses: [a]\n", "keeper", "T1") ==
        "opened: 2026-01-01\nkeeper: T1\n\n# about causes\ncauses: [a]\n");
  CHECK(after_set("opened: 2026-01-01", "goals", "[]") == "opened: 2026-01-01\ngoals: []\n");
  CHECK(after_set("# yaml-language-server: $schema=x\nkeeper: T1\n", "opened", "2026-01-01") ==
        "# yaml-language-server: $schema=x\nopened: 2026-01-01\nkeeper: T1\n");
  CHECK(after_set("# about the keeper\nkeeper: T1\n# end\n", "opened", "2026-01-01") ==
        "# about the keeper\nkeeper: T1\nopened: 2026-01-01\n# end\n");
  CHECK(after_set("keeper: T1\r\n", "goals", "[]") == "keeper: T1\r\ngoals: []\r\n");
}

TEST_CASE("an item is put behind the last of a list, in its style") {
  CHECK(after_append("keeper: T1\n", "{cause: a}") == "keeper: T1\ncauses: [{cause: a}]\n");
  CHECK(after_append("causes:\n  - {cause: a}  # why\n  # not sure\n\n# end\n", "{cause: b}") ==
        "causes:\n  - {cause: a}  # why\n  - {cause: b}\n  # not sure\n\n# end\n");
  CHECK(after_append("causes:\n- cause: a\n  note: x\ngoals: []\n", "{cause: b}") ==
        "causes:\n- cause: a\n  note: x\n- {cause: b}\ngoals: []\n");
  CHECK(after_append("causes: [{cause: a} ]  # see [1]\n", "{cause: b}") == "causes: [{cause: a}, {cause: b} ]  # see [1]\n");
  CHECK(after_append("causes: []\n", "{cause: b}") == "causes: [{cause: b}]\n");
  CHECK(after_append("causes: ~\n", "{cause: b}") == "causes: [{cause: b}]\n");
  CHECK(after_append("causes: [a,\n  b]\n", "c") == "refused");
  CHECK(after_append("causes: word\n", "c") == "refused");
}

TEST_CASE("a value inside a mapping is replaced or added; where the mapping has no lines, it is written anew") {
  CHECK(after_inner("profile:\n  attitude: a  # x\n  life: b\nkeeper: T1\n", "attitude", "c") ==
        "profile:\n  attitude: c  # x\n  life: b\nkeeper: T1\n");
  CHECK(after_inner("profile:\n  attitude: a\n  life: b\n# end\n", "character", "c") ==
        "profile:\n  attitude: a\n  character: c\n  life: b\n# end\n");
  CHECK(after_inner("profile:\n    life: b\n", "attitude", "c") == "profile:\n    attitude: c\n    life: b\n");
  CHECK(after_inner("profile: {life: b}\n", "attitude", "c") == "profile: {whole: 1}\n");
  CHECK(after_inner("keeper: T1\n", "attitude", "c") == "profile: {whole: 1}\nkeeper: T1\n");
}

TEST_CASE("a file in another style is not read") {
  EditedYaml file;
  CHECK_FALSE(file.read("{opened: 2026-01-01}\n"));
  CHECK_FALSE(file.read("- a\n"));
  CHECK_FALSE(file.read("a: [\n"));
  CHECK_FALSE(file.read("a: &b c\n"));
}
