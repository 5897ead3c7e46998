// SPDX-License-Identifier: MIT
#include "model/class_finder.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace help::tests {
namespace {

Dataset classes_called(std::initializer_list<std::pair<const char*, const char*>> classes) {
  Dataset data;
  for (const auto& [id, name] : classes) {
    data.classes.emplace_back();
    data.classes.back().id = id;
    data.classes.back().name = name;
  }
  return data;
}

std::vector<std::string> fitting(const Dataset& data, std::string_view typed) {
  std::vector<std::string> ids;
  for (const ClassIndex in : find_classes(data, typed).matches) ids.push_back(data.classes[in].id);
  return ids;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("a class is found by its id, its name with any brackets, a part that only it has, or pinyin") {
  const auto data = classes_called({{"2025-10", "七（10）班"}, {"2025-1", "七（1）班"}, {"2024-1", "八（1）班"}, {"Q1", "启明班"}});
  for (const auto* typed : {"2025-1", "七（1）班", "七(1)班", "七1班", " 七 1 班 ", "七１班", "qi1ban"}) {
    CAPTURE(typed);
    CHECK(fitting(data, typed) == Ids{"2025-1"});
  }
  CHECK(fitting(data, "八") == Ids{"2024-1"});
  CHECK(fitting(data, "启明") == Ids{"Q1"});
  CHECK(fitting(data, "qmb") == Ids{"Q1"});
  CHECK(fitting(data, "2024") == Ids{"2024-1"});
}

TEST_CASE("several classes that fit stand by id, and nobody chooses among them") {
  const auto data = classes_called({{"2025-2", "七（2）班"}, {"2025-1", "七（1）班"}, {"2024-1", "七（1）班"}});
  CHECK(fitting(data, "七") == Ids{"2024-1", "2025-1", "2025-2"});
  CHECK(fitting(data, "七（1）班") == Ids{"2024-1", "2025-1"});
  CHECK(!find_classes(data, "七（1）班").one());
  CHECK(find_classes(data, "七（1）班").exact);
  CHECK(!find_classes(data, "七").exact);
  CHECK(not_one_class(data, "七", find_classes(data, "七")).size() == 4);
}

TEST_CASE("what fits no class names those that are nearly it; an empty or broken text fits none") {
  const auto data = classes_called({{"2025-1", "七（1）班"}, {"2024-1", "八（1）班"}});
  CHECK(find_classes(data, "2025-9").matches.empty());
  CHECK(find_classes(data, "2025-9").suggestions == std::vector<ClassIndex>{0});
  CHECK(not_one_class(data, "2025-9", find_classes(data, "2025-9")).size() == 2);
  for (const auto* typed : {"", " ", "()", "\xff"}) {
    CHECK(find_classes(data, typed).matches.empty());
    CHECK(not_one_class(data, typed, find_classes(data, typed)).size() == 1);
  }
}

TEST_CASE("a grade is understood in figures and in Chinese, and what depends on the place is not guessed") {
  const std::vector<std::pair<const char*, int>> right{{"7", 7},         {"07", 7},      {"７", 7},       {"七", 7},  {"七年级", 7},
                                                       {"7 年级", 7},    {"Grade 7", 7}, {"grade10", 10}, {"十", 10}, {"十年级", 10},
                                                       {"十二年级", 12}, {"0", 0},       {"13", 13}};
  for (const auto& one : right) {
    CAPTURE(one.first);
    CHECK(grade_of_words(one.first) == one.second);
  }
  for (const auto* typed : {"", "14", "-1", "7.5", "七七七", "初一", "高二", "年级", "grade", "十十", "二十", "7班", "x", "\xff", "007"}) {
    CAPTURE(typed);
    CHECK(!grade_of_words(typed));
  }
}

}  // namespace help::tests
