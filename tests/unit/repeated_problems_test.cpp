// SPDX-License-Identifier: MIT
#include "store/repeated_problems.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "rules/kinds.hpp"
#include "store/load.hpp"
#include "support/memory_files.hpp"

namespace help {
namespace {

constexpr std::string_view students_file = "roster/students.yaml";

/// The problems of one roster with this many students of each kind.
Diagnostics problems_of(int doubled, int unnamed) {
  std::string roster = "- {id: S0, name: 王小明}\n";
  for (int i = 0; i < doubled; ++i) roster += "- {id: s0, name: 王小明}\n";
  for (int i = 1; i <= unnamed; ++i) roster += "- {id: S" + std::to_string(i) + "}\n";
  const MemoryFiles files({{"help.yaml", "school: {name: 春晖}\nterms: [{id: a, year: 2025, from: 2025-09-01, until: 2026-01-20}]\n"},
                           {"policy.yaml", "policy: {id: p, name: 办法}\n"},
                           {std::string(students_file), roster}});
  return load(files, rule_shapes(), {}).problems;
}

auto number_of(const Diagnostics& problems, std::string_view code) {
  return std::ranges::count_if(problems, [&](const Diagnostic& one) { return one.code == code && one.where.path == students_file; });
}

}  // namespace

TEST_CASE("As many problems of one kind as a file may show are all shown") {
  const Diagnostics problems = problems_of(RepeatedProblems::limit, 0);
  CHECK(number_of(problems, "roster/id-twice") == RepeatedProblems::limit);
  CHECK(problems.back().message.plural.empty());
}

TEST_CASE("One problem more is shown itself") {
  const Diagnostics problems = problems_of(RepeatedProblems::limit + 1, 0);
  CHECK(number_of(problems, "roster/id-twice") == RepeatedProblems::limit + 1);
  CHECK(problems.back().message.plural.empty());
}

TEST_CASE("What is more than that is counted at the first that is not shown") {
  const Diagnostics problems = problems_of(RepeatedProblems::limit + 30, 0);
  CHECK(number_of(problems, "roster/id-twice") == RepeatedProblems::limit + 1);
  CHECK(problems.back().message.count == 30);
  CHECK(problems.back().where.line == RepeatedProblems::limit + 2);
}

TEST_CASE("Many problems of one kind leave room for those of another") {
  const Diagnostics problems = problems_of(1000, 1000);
  CHECK(number_of(problems, "roster/id-twice") == RepeatedProblems::limit + 1);
  CHECK(number_of(problems, "field/missing-key") == RepeatedProblems::limit + 1);
}

TEST_CASE("A roster that is wrong throughout is judged in a moment") {
  const Diagnostics problems = problems_of(100'000, 100'000);
  CHECK(problems.size() == 2 * (RepeatedProblems::limit + 1));
}

}  // namespace help
