// SPDX-License-Identifier: MIT
#include "store/corrections.hpp"

#include <doctest/doctest.h>

#include <utility>
#include <vector>

namespace help::tests {
namespace {

/// Lines of which `fixes` says who replaces whom; the first number is the one that replaces.
struct Settled {
  explicit Settled(std::uint32_t lines, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& fixes) {
    for (const auto& [by, record] : fixes) corrections.fix(by, record);
    corrections.settle(lines);
    for (std::uint32_t line = 0; line < lines; ++line) {
      if (corrections.in_force(line)) in_force.push_back(line);
    }
    for (const auto& [record, first, second, end_of_first, end_of_second] : corrections.conflicts())
      conflicts.push_back({record, first, second});
  }

  Corrections corrections;
  std::vector<std::uint32_t> in_force;
  std::vector<std::vector<std::uint32_t>> conflicts;
};

using Lines = std::vector<std::uint32_t>;

}  // namespace

TEST_CASE("two fixes of one record contradict each other until a third names both") {
  CHECK(Settled(3, {{1, 0}, {2, 0}}).conflicts == std::vector<Lines>{{0, 1, 2}});
  const Settled settled(4, {{1, 0}, {2, 0}, {3, 1}, {3, 2}});
  CHECK(settled.conflicts.empty());
  CHECK(settled.in_force == Lines{3});
}

TEST_CASE("where one of two fixes was fixed once more, a line that names the two that are in force settles it") {
  CHECK(Settled(4, {{1, 0}, {2, 0}, {3, 1}}).conflicts == std::vector<Lines>{{0, 1, 2}});
  const Settled settled(5, {{1, 0}, {2, 0}, {3, 1}, {4, 3}, {4, 2}});
  CHECK(settled.conflicts.empty());
  CHECK(settled.in_force == Lines{4});
}

TEST_CASE("what settles two fixes may itself be fixed twice: then that is the contradiction") {
  CHECK(Settled(6, {{1, 0}, {2, 0}, {3, 1}, {3, 2}, {4, 3}, {5, 3}}).conflicts == std::vector<Lines>{{3, 4, 5}});
  CHECK(Settled(5, {{1, 0}, {2, 0}, {3, 1}, {4, 1}}).conflicts == std::vector<Lines>{{1, 3, 4}});
}

TEST_CASE("a circle is a circle, and no contradiction") {
  const Settled settled(2, {{0, 1}, {1, 0}});
  CHECK(settled.conflicts.empty());
  CHECK(settled.corrections.circles() == Lines{0, 1});
}

}  // namespace help::tests
