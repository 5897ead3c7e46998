// SPDX-License-Identifier: MIT
// Loads a records folder and nothing else; prints how many marks there were and their sum. `--without-grades` loads all but the grade
// tables.
#include <cstdint>
#include <iostream>
#include <string_view>

#include "cli/process.hpp"
#include "rules/kinds.hpp"
#include "store/load.hpp"

int main(int count, char** arguments) {
  using namespace help;
  if (count < 2) return 2;
  const bool with_grades = count == 2 || std::string_view(arguments[2]) != "--without-grades";
  FileResult result = FileResult::done;
  const World world = real_world(count, arguments);
  const auto folder = world.open_folder(arguments[1], false, result);
  if (!folder) return 2;
  const auto shapes = rule_shapes();
  const auto loaded = load(*folder, shapes, {.parts = {.grades = with_grades ? GradeUse::all : GradeUse::none}});
  std::int64_t sum = 0;
  std::int64_t number = 0;
  for (const auto& exam : loaded.data.exams) {
    for (const auto mark : exam.marks) {
      if (!mark.present()) continue;
      sum += mark.hundredths();
      ++number;
    }
  }
  std::cout << number << ' ' << sum << '\n';
  return has_error(loaded.problems) ? 1 : 0;
}
