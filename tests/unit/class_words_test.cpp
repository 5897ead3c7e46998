// SPDX-License-Identifier: MIT
#include "model/class_words.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace help::tests {
namespace {

struct ClassOfSchool {
  const char* id;
  const char* name;
  int entry;
};

std::vector<SchoolClass> school_of(std::initializer_list<ClassOfSchool> all) {
  std::vector<SchoolClass> classes;
  for (const ClassOfSchool& one : all) {
    classes.emplace_back();
    classes.back().id = one.id;
    classes.back().name = one.name;
    classes.back().entry_grade = one.entry;
  }
  return classes;
}

std::string class_meant(const std::vector<SchoolClass>& classes, const char* text) {
  const auto found = class_written(classes, text).one;
  return found ? classes[*found].id : "";
}

}  // namespace

TEST_CASE("a class is meant by the ways in which teachers write its name") {
  const auto classes = school_of({{"a", "七（1）班", 7}, {"b", "七（10）班", 7}, {"c", "八（1）班", 7}, {"d", "启明班", 7}});
  for (const auto* text : {"七（1）班", "七(1)班", "七1班", "七1", "七（1）", "七年级1班", "七年级（1）班", "初一1班", "初一（1）班",
                           "初1(1)班", "701", "7（1）班", "7年级1班", "七（一）班", "七一班", "７（１）班", "七 1 班"}) {
    CAPTURE(text);
    CHECK(class_meant(classes, text) == "a");
  }
  CHECK(class_meant(classes, "七10") == "b");
  CHECK(class_meant(classes, "710") == "b");
  CHECK(class_meant(classes, "七（十）班") == "b");
  CHECK(class_meant(classes, "初二1班") == "c");
  CHECK(class_meant(classes, "启明班") == "d");
}

TEST_CASE("what may be read in two ways, or names no class, means none") {
  const auto classes = school_of({{"a", "七（1）班", 7}, {"b", "十（1）班", 10}, {"c", "十一（1）班", 10}});
  for (const auto* text : {"", "71", "7", "七", "班", "初四1班", "七（2）班", "七（1）班级", "十一班", "100", "700", "七1班1"}) {
    CAPTURE(text);
    CHECK(class_meant(classes, text).empty());
  }
  CHECK(class_meant(classes, "高一1班") == "b");
  CHECK(class_meant(classes, "高二（1）班") == "c");
  CHECK(class_meant(classes, "1101") == "c");
}

TEST_CASE("the first year is that of the school: 初一 is grade 6 where classes begin with it, and no grade in a school of nine years") {
  CHECK(class_meant(school_of({{"a", "六（1）班", 6}, {"b", "七（1）班", 6}}), "初一1班") == "a");
  CHECK(class_meant(school_of({{"a", "七（1）班", 1}}), "初一1班").empty());
}

TEST_CASE("two classes that only brackets or the way of writing keep apart are not found") {
  CHECK(class_meant(school_of({{"a", "七（1）班", 7}, {"b", "七1班", 7}}), "七（1）班").empty());
  CHECK(class_meant(school_of({{"a", "七（1）班", 7}, {"b", "初一1班", 7}}), "701").empty());
  CHECK(class_meant(school_of({{"a", "七（1）班", 7}, {"b", "初一1班", 7}}), "七1班") == "a");
}

}  // namespace help::tests
