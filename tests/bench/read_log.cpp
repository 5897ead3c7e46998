// SPDX-License-Identifier: MIT
// Loads a records folder with its log and nothing else of it; prints how many interactions are in force, and how many students they name.
// `--without-log` leaves the log out, `--slow` reads it through yaml-cpp, `--term DAY` only the term of a day.
#include <iostream>
#include <string_view>

#include "cli/process.hpp"
#include "rules/kinds.hpp"
#include "store/load.hpp"

int main(int count, char** arguments) {
  using namespace help;
  if (count < 2) return 2;
  const std::string_view how = count > 2 ? arguments[2] : "";
  FileResult result = FileResult::done;
  const World world = real_world(count, arguments);
  const auto folder = world.open_folder(arguments[1], false, result);
  if (!folder) return 2;
  const auto shapes = rule_shapes();
  LoadOptions options{.parts = {.log = LogMonths::all}};
  if (how == "--without-log") options.parts.log = LogMonths::none;
  if (how == "--slow") options.use_fast_path = false;
  if (how == "--term" && count > 3) {
    options.parts.log = LogMonths::term;
    options.today = parse_date(arguments[3]).value_or(Date{});
  }
  const auto loaded = load(*folder, shapes, options);
  std::cout << loaded.data.log.entries.size() << ' ' << loaded.data.log.students.size() << '\n';
  return loaded.problems.empty() ? 0 : 1;
}
