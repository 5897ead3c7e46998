// SPDX-License-Identifier: MIT
// Deferred acceptance: an independent look for blocking pairs, all stable matchings of small random problems, and a published instance.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

#include "rules/two_way.hpp"
#include "support/random_school.hpp"

namespace help::test {
namespace {

using Pairs = std::set<TwoWayPair>;

/// How much somebody likes a partner: smaller is better; nothing: not at all. Straight from the words of the contract.
struct Liking {
  int tier = 0;
  int place = 0;
  std::string id;
  friend auto operator<=>(const Liking&, const Liking&) = default;
};

struct Market {
  const TwoWayProblem& problem;
  std::map<TwoWayPair, std::pair<Liking, Liking>> likings = {};  // of the student for the carer, of the carer for the student
  Pairs fixed = {};

  explicit Market(const TwoWayProblem& given) : problem(given) {
    for (const auto& edge : problem.edges) {
      const TwoWayPair pair(edge.student, edge.carer);
      if (edge.fixed) {
        fixed.insert(pair);
      } else if ((edge.place_of_carer && edge.place_of_student) || problem.unlisted == Unlisted::last) {
        const auto liking = [](const std::optional<int>& place, const std::string& id) {
          return Liking{place ? 0 : 1, place.value_or(0), id};
        };
        likings[pair] = {liking(edge.place_of_carer, problem.carers[edge.carer].id),
                         liking(edge.place_of_student, problem.students[edge.student].id)};
      }
    }
  }

  [[nodiscard]] int room(bool of_student, std::uint32_t one) const {
    const auto taken = std::ranges::count_if(fixed, [&](const TwoWayPair& pair) { return (of_student ? pair.first : pair.second) == one; });
    return std::max(0, (of_student ? problem.students[one].need : problem.carers[one].most) - static_cast<int>(taken));
  }
  [[nodiscard]] std::vector<Liking> had(const Pairs& pairs, bool of_student, std::uint32_t one) const {
    std::vector<Liking> own;
    for (const auto& pair : pairs) {
      if (fixed.contains(pair) || (of_student ? pair.first : pair.second) != one) continue;
      own.push_back(of_student ? likings.at(pair).first : likings.at(pair).second);
    }
    std::ranges::sort(own);
    return own;
  }
  [[nodiscard]] bool wants(const Pairs& pairs, bool student, std::uint32_t one, const Liking& other) const {
    const auto own = had(pairs, student, one);
    const auto has_room = static_cast<int>(own.size()) < room(student, one);
    return has_room || (!own.empty() && other < own.back());
  }
  [[nodiscard]] Pairs blocking(const Pairs& pairs) const {
    Pairs found;
    for (const auto& [pair, liking] : likings) {
      if (!pairs.contains(pair) && wants(pairs, true, pair.first, liking.first) && wants(pairs, false, pair.second, liking.second))
        found.insert(pair);
    }
    return found;
  }
  [[nodiscard]] bool is_allowed(const Pairs& pairs) const {
    for (std::uint32_t one = 0; one < problem.students.size(); ++one)
      if (static_cast<int>(had(pairs, true, one).size()) > room(true, one)) return false;
    for (std::uint32_t one = 0; one < problem.carers.size(); ++one)
      if (static_cast<int>(had(pairs, false, one).size()) > room(false, one)) return false;
    return true;
  }
};

TwoWayProblem random_problem(Random& dice, int students, int carers, int greatest_need) {
  TwoWayProblem problem;
  for (int i = 0; i < students; ++i) problem.students.push_back({"s" + std::to_string((i * 7 + 3) % 101), dice.between(1, greatest_need)});
  for (int i = 0; i < carers; ++i) problem.carers.push_back({"c" + std::to_string((i * 5 + 2) % 37), dice.between(0, 3)});
  problem.proposing = dice.chance(50) ? Proposing::students : Proposing::carers;
  problem.unlisted = dice.chance(50) ? Unlisted::refused : Unlisted::last;
  const int places = dice.between(1, 6);
  for (std::uint32_t student = 0; student < problem.students.size(); ++student) {
    for (std::uint32_t carer = 0; carer < problem.carers.size(); ++carer) {
      if (dice.chance(15)) continue;
      const auto place = [&] { return dice.chance(80) ? std::optional(dice.between(1, places)) : std::nullopt; };
      const auto of_carer = place();
      problem.edges.push_back({student, carer, of_carer, place(), dice.chance(4)});
    }
  }
  dice.shuffle(problem.edges);
  return problem;
}

Pairs set_of(const std::vector<TwoWayPair>& pairs) { return {pairs.begin(), pairs.end()}; }

/// Everybody of the proposing side has what is best for them among all stable matchings.
void check_side_optimal(const TwoWayProblem& problem, const Pairs& found) {
  const Market market(problem);
  std::vector<TwoWayPair> free;
  for (const auto& [pair, liking] : market.likings) free.push_back(pair);
  const bool students = problem.proposing == Proposing::students;
  const std::size_t count = students ? problem.students.size() : problem.carers.size();
  int stable = 0;
  for (unsigned bits = 0; bits < 1U << free.size(); ++bits) {
    Pairs pairs = market.fixed;
    for (std::size_t i = 0; i < free.size(); ++i) {
      if ((bits >> i & 1U) != 0) pairs.insert(free[i]);
    }
    if (!market.is_allowed(pairs) || !market.blocking(pairs).empty()) continue;
    ++stable;
    for (std::uint32_t one = 0; one < count; ++one) {
      const auto ours = market.had(found, students, one);
      const auto theirs = market.had(pairs, students, one);
      REQUIRE(ours.size() == theirs.size());  // the rural hospitals theorem
      for (std::size_t i = 0; i < ours.size(); ++i) CHECK_FALSE(theirs[i] < ours[i]);
    }
  }
  CHECK(stable >= 1);
}

TEST_CASE(
    "no pair blocks in 2,000 random problems with ties, capacities, partial lists and fixed pairs, in whatever order they are given") {
  Random dice(4);
  for (int round = 0; round < 2000; ++round) {
    CAPTURE(round);
    auto problem = random_problem(dice, dice.between(1, 12), dice.between(1, 6), dice.chance(50) ? 1 : 3);
    const auto matching = match_two_way(problem);
    const Market market(problem);
    const Pairs pairs = set_of(matching.pairs);
    CHECK(pairs.size() == matching.pairs.size());
    CHECK(market.is_allowed(pairs));
    CHECK(market.blocking(pairs).empty());
    CHECK(blocking_pairs(problem, matching.pairs).empty());
    CHECK(std::ranges::includes(pairs, market.fixed));
    dice.shuffle(problem.edges);
    CHECK(match_two_way(problem).pairs == matching.pairs);
  }
}

TEST_CASE("the proposing side has the best of all stable matchings, up to 6 students and 3 carers") {
  Random dice(5);
  for (int round = 0; round < 400; ++round) {
    CAPTURE(round);
    auto problem = random_problem(dice, dice.between(1, 6), dice.between(1, 3), 1);
    if (round % 20 != 0 && problem.edges.size() > 11) problem.edges.resize(11);
    if (problem.edges.size() > 15) problem.edges.resize(15);
    check_side_optimal(problem, set_of(match_two_way(problem).pairs));
  }
}

TEST_CASE("blocking pairs of any matching are those that an independent look finds") {
  Random dice(6);
  for (int round = 0; round < 500; ++round) {
    CAPTURE(round);
    const auto problem = random_problem(dice, 8, 4, 2);
    auto pairs = match_two_way(problem).pairs;
    std::erase_if(pairs, [&](const TwoWayPair& pair) { return !Market(problem).fixed.contains(pair) && dice.chance(40); });
    CHECK(set_of(blocking_pairs(problem, pairs)) == Market(problem).blocking(set_of(pairs)));
  }
}

TEST_CASE("overriding a pair gives the next on the student's list, and exactly the pairs that block then") {
  Random dice(8);
  for (int round = 0; round < 500; ++round) {
    CAPTURE(round);
    const auto problem = random_problem(dice, 9, 4, 2);
    const Market market(problem);
    const auto matching = match_two_way(problem);
    const auto overrides = overrides_of(problem, matching);
    for (std::size_t i = 0; i < matching.pairs.size(); ++i) {
      const auto pair = matching.pairs[i];
      CHECK(overrides[i].has_value() == !market.fixed.contains(pair));
      if (!overrides[i]) continue;
      Pairs pairs = set_of(matching.pairs);
      pairs.erase(pair);
      std::optional<std::uint32_t> next;
      for (const auto& [other, liking] : market.likings) {
        if (other.first != pair.first || pairs.contains(other) || !(market.likings.at(pair).first < liking.first)) continue;
        if (market.room(false, other.second) == 0) continue;
        if (!next || liking.first < market.likings.at({pair.first, *next}).first) next = other.second;
      }
      REQUIRE(overrides[i]->runner_up == next);
      if (next) {
        const auto had = market.had(pairs, false, *next);
        if (static_cast<int>(had.size()) == market.room(false, *next)) {
          std::erase_if(pairs, [&](const TwoWayPair& other) {
            return other.second == *next && !market.fixed.contains(other) && market.likings.at(other).second == had.back();
          });
        }
        pairs.emplace(pair.first, *next);
      }
      CHECK(set_of(overrides[i]->blocking) == market.blocking(pairs));
    }
  }
}

nlohmann::json read_json(const std::string& path) {
  std::ifstream file(path);
  return file ? nlohmann::json::parse(file) : nlohmann::json();
}

TEST_CASE("200 residents and 7 hospitals of South Wales are matched as the published solutions say") {
  const char* const data = std::getenv("HELP_TEST_DATA");
  const std::string folder = std::string(data == nullptr ? "" : data) + "/matching-hr-southwales/";
  const auto residents = read_json(folder + "residents.json");
  if (residents.is_null()) {
    REQUIRE_MESSAGE(std::getenv("HELP_TEST_ALL") == nullptr,
                    "HELP_TEST_DATA has no matching-hr-southwales");  // NOLINT(concurrency-mt-unsafe)
    MESSAGE("skipped: HELP_TEST_DATA has no matching-hr-southwales");
    return;
  }
  const auto hospitals = read_json(folder + "hospitals.json");
  const auto capacities = read_json(folder + "capacities.json");
  TwoWayProblem problem;
  std::map<std::string, std::uint32_t> index;
  for (const auto& [id, capacity] : capacities.items()) {
    index[id] = static_cast<std::uint32_t>(problem.carers.size());
    problem.carers.push_back({id, capacity.get<int>()});
  }
  for (const auto& [id, wishes] : residents.items()) {
    const auto student = static_cast<std::uint32_t>(problem.students.size());
    problem.students.push_back({id, 1});
    for (std::size_t place = 0; place < wishes.size(); ++place) {
      const auto hospital = wishes[place].get<std::string>();
      const auto& list = hospitals.at(hospital);
      const auto own = std::ranges::find(list, nlohmann::json(id));
      const auto place_of_student = own == list.end() ? std::nullopt : std::optional(static_cast<int>(own - list.begin()));
      problem.edges.push_back({student, index.at(hospital), static_cast<int>(place), place_of_student, false});
    }
  }
  for (const Proposing proposing : {Proposing::students, Proposing::carers}) {
    const std::string file = proposing == Proposing::students ? "resident_solution.json" : "hospital_solution.json";
    CAPTURE(file);
    problem.proposing = proposing;
    const auto matching = match_two_way(problem);
    CHECK(matching.pairs.size() == 200);
    CHECK(matching.unplaced.empty());
    CHECK(Market(problem).blocking(set_of(matching.pairs)).empty());
    std::map<std::string, std::set<std::string>> ours;
    std::map<std::string, std::set<std::string>> published;
    for (const auto& [student, carer] : matching.pairs) ours[problem.carers[carer].id].insert(problem.students[student].id);
    const auto solution = read_json(folder + file);
    for (const auto& [id, placed] : solution.items()) {
      for (const auto& resident : placed) published[id].insert(resident.get<std::string>());
    }
    CHECK(ours == published);
    if (proposing != Proposing::students) continue;
    const auto with_choice = [&](std::size_t choice) {
      return std::ranges::count_if(matching.pairs, [&](const TwoWayPair& pair) {
        return residents.at(problem.students[pair.first].id).at(choice).get<std::string>() == problem.carers[pair.second].id;
      });
    };
    CHECK(with_choice(0) == 191);
  }
}

}  // namespace
}  // namespace help::test
