// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <tuple>
#include <vector>

#include "rules/matching.hpp"
#include "support/random_school.hpp"

namespace help::test {
namespace {

/// What a way to serve the windows is worth: smaller is better.
using Worth = std::tuple<int, int, int, int, std::vector<std::pair<int, int>>, std::vector<std::vector<std::size_t>>>;

Worth worth_of(const MatchProblem& problem, const std::vector<std::uint32_t>& window_of) {
  int full = 0;
  int late = 0;
  int contacts = 0;
  int late_contacts = 0;
  std::vector<std::pair<int, int>> ranks;
  std::vector<std::vector<std::size_t>> serving;
  for (std::size_t window = 0; window < problem.windows.size(); ++window) {
    auto& own = serving.emplace_back();
    int is_late = 0;
    for (std::size_t entry = 0; entry < window_of.size(); ++entry) {
      if (window_of[entry] != window) continue;
      own.push_back(entry);
      is_late += problem.entries[entry] > problem.windows[window].due ? 1 : 0;
    }
    const int owed = problem.windows[window].owed;
    const int count = static_cast<int>(own.size());
    contacts += count;
    full += count == owed ? 1 : 0;
    late += count == owed && is_late > 0 ? 1 : 0;
    late_contacts += is_late;
    ranks.emplace_back(count < owed ? 2 + owed - count : is_late > 0 ? 1 : 0, is_late);
  }
  return {-full, late, -contacts, late_contacts, ranks, serving};
}

/// Tries every way.
void search(const MatchProblem& problem, std::size_t entry, std::vector<std::uint32_t>& window_of, std::vector<int>& left, Worth& best) {
  if (entry == problem.entries.size()) {
    best = std::min(best, worth_of(problem, window_of));
    return;
  }
  window_of[entry] = no_window;
  search(problem, entry + 1, window_of, left, best);
  for (std::size_t window = 0; window < problem.windows.size(); ++window) {
    if (left[window] == 0 || !problem.in_time(entry, window)) continue;
    --left[window];
    window_of[entry] = static_cast<std::uint32_t>(window);
    search(problem, entry + 1, window_of, left, best);
    ++left[window];
  }
  window_of[entry] = no_window;
}

MatchProblem random_matching(Random& random) {
  MatchProblem problem;
  const Date start = std::chrono::sys_days{std::chrono::year{2026} / 9 / 1};
  const int windows = random.between(1, 5);
  const bool overlapping = random.chance(35);
  const int reach = random.below(3);  // make-up none, window, term
  const int length = random.between(1, 5);
  const int most = random.chance(60) ? 1 : random.between(1, 3);
  Date first = start;
  for (int index = 0; index < windows; ++index) {
    MatchWindow window;
    window.first = first;
    const Date last = first + Days{length - 1};
    window.due = first + Days{random.between(0, length - 1)};
    window.until = reach == 0 ? last : reach == 1 ? last + Days{length} : start + Days{windows * length};
    window.owed = random.chance(80) ? most : random.between(1, most);
    problem.windows.push_back(window);
    first = overlapping ? first + Days{random.between(0, length)} : last + Days{1 + (random.chance(20) ? 2 : 0)};
  }
  std::ranges::sort(problem.windows, {}, [](const MatchWindow& one) { return std::pair(one.first, one.due); });
  const int entries = random.below(8);
  for (int index = 0; index < entries; ++index) problem.entries.push_back(start + Days{random.below(windows * length + 2)});
  std::ranges::sort(problem.entries);
  if (random.chance(40)) {
    for (std::size_t cell = 0; cell < problem.entries.size() * problem.windows.size(); ++cell) {
      problem.allowed.push_back(random.chance(70) ? 1 : 0);
    }
  }
  return problem;
}

std::uint64_t problems_to_try() {
  const char* asked = std::getenv("HELP_PROPERTY_SCHOOLS");
  return asked == nullptr ? 10'000 : std::strtoull(asked, nullptr, 10);
}

}  // namespace

TEST_CASE("The matching of entries to windows is the best of all there are") {
  Matcher matcher;
  const std::uint64_t count = problems_to_try();
  for (std::uint64_t seed = 1; seed <= count; ++seed) {
    Random random(seed);
    const MatchProblem problem = random_matching(random);
    const auto found = matcher.match(problem);
    for (std::size_t entry = 0; entry < found.size(); ++entry) {
      if (found[entry] != no_window) REQUIRE(problem.in_time(entry, found[entry]));
    }
    std::vector<std::uint32_t> window_of(problem.entries.size(), no_window);
    std::vector<int> left;
    for (const auto& window : problem.windows) left.push_back(window.owed);
    Worth best = worth_of(problem, window_of);
    search(problem, 0, window_of, left, best);
    INFO("seed " << seed);
    const Worth reached = worth_of(problem, found);
    CHECK(std::get<0>(reached) == std::get<0>(best));
    CHECK(std::get<1>(reached) == std::get<1>(best));
    CHECK(std::get<2>(reached) == std::get<2>(best));
    CHECK(std::get<3>(reached) == std::get<3>(best));
    CHECK(std::get<4>(reached) == std::get<4>(best));
    REQUIRE(std::get<5>(reached) == std::get<5>(best));
  }
}

}  // namespace help::test
