// SPDX-License-Identifier: MIT
// The best assignment against all assignments of small random problems, and against GLPK on larger ones.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <numeric>
#include <set>
#include <sstream>

#include "rules/appointment.hpp"
#include "support/random_school.hpp"

namespace help::test {
namespace {

/// What a set of edges is worth, straight from the words of AppointmentValue; nothing where it breaks a rule.
std::optional<AppointmentValue> worth_of(const AppointmentProblem& problem, const std::vector<bool>& made) {
  AppointmentValue value;
  std::vector<int> has(problem.students.size(), 0);
  std::vector<int> fixed(problem.students.size(), 0);
  std::vector<int> load;
  std::vector<int> fixed_load;
  for (const auto& carer : problem.carers) load.push_back(carer.already);
  fixed_load = load;
  const auto rank = [](const auto& things, std::uint32_t one) {
    std::int64_t before = 0;
    for (const auto& other : things) before += other.id < things[one].id ? 1 : 0;
    return before;
  };
  for (std::size_t i = 0; i < problem.edges.size(); ++i) {
    const auto& edge = problem.edges[i];
    if (edge.fixed && !made[i]) return std::nullopt;
    if (edge.kept && !edge.fixed && !made[i]) ++value.dropped;
    if (!made[i]) continue;
    ++has[edge.student];
    ++load[edge.carer];
    fixed[edge.student] += edge.fixed ? 1 : 0;
    fixed_load[edge.carer] += edge.fixed ? 1 : 0;
    value.cost += edge.cost;
    value.order -= (static_cast<std::int64_t>(problem.students.size()) - rank(problem.students, edge.student)) *
                   (static_cast<std::int64_t>(problem.carers.size()) - rank(problem.carers, edge.carer));
  }
  int greatest = 0;
  for (const auto& student : problem.students) greatest = std::max(greatest, student.need);
  for (std::size_t i = 0; i < problem.students.size(); ++i) {
    if (has[i] > std::max(problem.students[i].most, fixed[i])) return std::nullopt;
    for (int place = has[i] + 1; place <= problem.students[i].need; ++place) value.missing += greatest - place + 1;
  }
  for (std::size_t i = 0; i < problem.carers.size(); ++i) {
    if (load[i] > std::max(problem.carers[i].most, fixed_load[i])) return std::nullopt;
    value.shortfall += std::max(0, problem.carers[i].least - load[i]);
    value.load += std::int64_t{load[i]} * load[i];
  }
  return value;
}

struct Best {
  std::optional<AppointmentValue> value;
  std::vector<std::optional<AppointmentValue>> with;     // by edge
  std::vector<std::optional<AppointmentValue>> without;  // by edge
};

Best best_of_all(const AppointmentProblem& problem) {
  Best best;
  best.with.resize(problem.edges.size());
  best.without.resize(problem.edges.size());
  std::vector<bool> made(problem.edges.size());
  const auto keep = [](std::optional<AppointmentValue>& least, const AppointmentValue& value) {
    if (!least || value < *least) least = value;
  };
  for (unsigned bits = 0; bits < 1U << problem.edges.size(); ++bits) {
    for (std::size_t i = 0; i < made.size(); ++i) made[i] = (bits >> i & 1U) != 0;
    const auto value = worth_of(problem, made);
    if (!value) continue;
    keep(best.value, *value);
    for (std::size_t i = 0; i < made.size(); ++i) keep(made[i] ? best.with[i] : best.without[i], *value);
  }
  return best;
}

AppointmentValue difference(const AppointmentValue& a, const AppointmentValue& b) {
  return {a.missing - b.missing, a.dropped - b.dropped, a.shortfall - b.shortfall, a.cost - b.cost, a.load - b.load, a.order - b.order};
}

/// Ids that are not in the order of the indices.
std::string shuffled_id(char kind, std::uint32_t place) { return kind + std::to_string((place * 7 + 3) % 11); }

AppointmentProblem random_problem(Random& dice) {
  AppointmentProblem problem;
  const int students = dice.between(1, 5);
  const int carers = dice.between(1, 4);
  for (int i = 0; i < students; ++i) {
    const int need = dice.chance(33) ? dice.between(0, 3) : 1;
    problem.students.push_back({shuffled_id('s', static_cast<std::uint32_t>(i)), need, need + (dice.chance(33) ? dice.between(0, 2) : 0)});
  }
  for (int i = 0; i < carers; ++i) {
    const int least = dice.chance(50) ? dice.between(0, 2) : 0;
    problem.carers.push_back({shuffled_id('c', static_cast<std::uint32_t>(i)), least, least + dice.between(0, 3), dice.chance(25) ? 1 : 0});
  }
  const auto edges = static_cast<std::size_t>(dice.between(1, 10));
  const int costs = dice.chance(33) ? 1 : dice.between(1, 20);
  for (std::uint32_t student = 0; student < problem.students.size(); ++student) {
    for (std::uint32_t carer = 0; carer < problem.carers.size(); ++carer) {
      if (dice.chance(33) || problem.edges.size() == edges) continue;
      problem.edges.push_back({student, carer, dice.between(0, costs), dice.chance(25), dice.chance(10)});
    }
  }
  return problem;
}

std::vector<bool> made_of(const AppointmentProblem& problem, const Appointment& found) {
  std::vector<bool> made(problem.edges.size(), false);
  for (const auto& pair : found.pairs) made[pair.edge] = true;
  return made;
}

std::vector<std::pair<std::string, std::string>> ids_of(const AppointmentProblem& problem, const Appointment& found) {
  std::vector<std::pair<std::string, std::string>> ids;
  for (const auto& pair : found.pairs) ids.emplace_back(problem.students[pair.student].id, problem.carers[pair.carer].id);
  return ids;
}

void check_prices(const AppointmentProblem& problem, const Appointment& found, const Best& best) {
  for (const auto& pair : found.pairs) {
    CHECK(pair.override_price.has_value() == !problem.edges[pair.edge].fixed);
    if (!pair.override_price) continue;
    REQUIRE(best.without[pair.edge]);
    CHECK(pair.override_price->price == difference(*best.without[pair.edge], *best.value));
  }
  for (std::uint32_t edge = 0; edge < problem.edges.size(); ++edge) {
    const auto price = price_of_forcing(problem, found, edge);
    CHECK(price.has_value() == best.with[edge].has_value());
    if (price && best.with[edge]) CHECK(*price == difference(*best.with[edge], *best.value));
  }
}

/// A runner-up is one: with the first pair left out and the runner-up's fixed nothing is lost beyond the price.
void check_runner_up(const AppointmentProblem& problem, const Appointment& found) {
  for (const auto& pair : found.pairs) {
    if (!pair.override_price) continue;
    AppointmentProblem without = problem;
    std::erase_if(without.edges, [&](const auto& edge) { return edge.student == pair.student && edge.carer == pair.carer; });
    const auto other = best_of_all(without);
    // Where the best without the pair gives the student somebody else, that somebody is named.
    for (std::size_t one = 0; one < without.edges.size(); ++one) {
      const auto is_made = [&](const auto& made) { return made.student == pair.student && made.carer == without.edges[one].carer; };
      if (without.edges[one].student != pair.student || std::ranges::any_of(found.pairs, is_made)) continue;
      if (other.with[one] && other.with[one] == other.value) CHECK(pair.override_price->runner_up.has_value());
    }
    if (!pair.override_price->runner_up) continue;
    const auto edge = std::ranges::find_if(
        without.edges, [&](const auto& one) { return one.student == pair.student && one.carer == *pair.override_price->runner_up; });
    REQUIRE(edge != without.edges.end());
    CHECK(other.with[static_cast<std::size_t>(edge - without.edges.begin())] == other.value);
  }
}

/// One place more with any of the carers that are named fills one place more.
void check_gaps(const AppointmentProblem& problem, const Appointment& found) {
  for (const auto& gap : found.gaps) {
    const auto candidates = std::ranges::count(problem.edges, gap.student, &AppointmentEdge::student);
    CHECK((gap.why == AppointmentGap::Why::no_candidate) == (candidates == 0));
    CHECK((gap.why == AppointmentGap::Why::full) == !gap.full_carers.empty());
    CHECK(gap.relief.has_value() == !gap.full_carers.empty());
    for (const auto carer : gap.full_carers) {
      CHECK(found.loads[carer] >= problem.carers[carer].most);
      AppointmentProblem relaxed = problem;
      relaxed.carers[carer].most = found.loads[carer] + 1;
      const auto better = appoint(relaxed, AppointmentPrices::none);
      REQUIRE(better);
      CHECK(better->value.missing < found.value.missing);
    }
    for (std::uint32_t carer = 0; carer < problem.carers.size(); ++carer) {
      if (std::ranges::find(gap.full_carers, carer) != gap.full_carers.end()) continue;
      // With anybody else more places do not help this student, if nobody else waits.
      if (found.gaps.size() > 1) continue;
      AppointmentProblem relaxed = problem;
      relaxed.carers[carer].most += 3;
      CHECK(appoint(relaxed, AppointmentPrices::none)->value.missing == found.value.missing);
    }
  }
}

AppointmentProblem shuffled(const AppointmentProblem& problem, Random& dice) {
  AppointmentProblem other;
  const auto order = [&](std::size_t size) {
    std::vector<std::uint32_t> places(size);
    std::iota(places.begin(), places.end(), 0U);
    dice.shuffle(places);
    return places;
  };
  const auto students = order(problem.students.size());
  const auto carers = order(problem.carers.size());
  other.students.resize(students.size());
  other.carers.resize(carers.size());
  for (std::size_t i = 0; i < students.size(); ++i) other.students[students[i]] = problem.students[i];
  for (std::size_t i = 0; i < carers.size(); ++i) other.carers[carers[i]] = problem.carers[i];
  for (const auto place : order(problem.edges.size())) {
    auto edge = problem.edges[place];
    edge.student = students[edge.student];
    edge.carer = carers[edge.carer];
    other.edges.push_back(edge);
  }
  return other;
}

TEST_CASE("the best of all assignments is found, with its prices and gaps, for 6,000 small problems") {
  Random dice(20261122);
  std::set<AppointmentGap::Why> reasons;
  int with_minimum = 0;
  for (int round = 0; round < 6000; ++round) {
    CAPTURE(round);
    const auto problem = random_problem(dice);
    const auto found = appoint(problem);
    REQUIRE(found);
    const auto made = made_of(problem, *found);
    const auto own = worth_of(problem, made);
    REQUIRE(own);
    CHECK(*own == found->value);
    const auto best = best_of_all(problem);
    REQUIRE(best.value);
    CHECK(found->value == *best.value);
    check_prices(problem, *found, best);
    if (round % 10 == 0) check_runner_up(problem, *found);
    check_gaps(problem, *found);
    const auto other = shuffled(problem, dice);
    CHECK(ids_of(other, *appoint(other)) == ids_of(problem, *found));
    for (const auto& gap : found->gaps) reasons.insert(gap.why);
    with_minimum += found->short_of_least.empty() ? 0 : 1;
  }
  CHECK(reasons.size() == 3);
  CHECK(with_minimum > 500);
}

AppointmentProblem larger_problem(Random& dice, int students, int carers, int candidates) {
  AppointmentProblem problem;
  for (int i = 0; i < students; ++i) problem.students.push_back({"s" + std::to_string(i), 1, 1});
  for (int i = 0; i < carers; ++i) {
    const int least = dice.between(0, 2);
    problem.carers.push_back({"c" + std::to_string(i), least, least + dice.between(0, 2 * students / carers), 0});
  }
  for (std::uint32_t student = 0; student < problem.students.size(); ++student) {
    std::set<std::uint32_t> chosen;
    while (static_cast<int>(chosen.size()) < candidates) chosen.insert(static_cast<std::uint32_t>(dice.between(0, carers - 1)));
    for (const auto carer : chosen) problem.edges.push_back({student, carer, dice.between(0, 100), dice.chance(5), false});
  }
  return problem;
}

/// Students who go without, then kept pairs that are dropped, places below the least, cost: as one sum, which GLPK can take.
struct Weights {
  double missing = 1e9;
  double dropped = 1e6;
  double shortfall = 1e4;
};

std::string lp_of(const AppointmentProblem& problem) {
  const Weights weights;
  std::ostringstream lp;
  lp.precision(15);
  lp << "Minimize\n obj:";
  for (std::size_t i = 0; i < problem.edges.size(); ++i) {
    lp << " + " << problem.edges[i].cost << " x" << i << "\n";
    if (problem.edges[i].kept) lp << " + " << weights.dropped << " d" << i << "\n";
  }
  for (std::size_t i = 0; i < problem.students.size(); ++i) lp << " + " << weights.missing << " u" << i << "\n";
  for (std::size_t i = 0; i < problem.carers.size(); ++i) lp << " + " << weights.shortfall << " v" << i << "\n";
  lp << "Subject To\n";
  std::vector<std::string> of_student(problem.students.size());
  std::vector<std::string> of_carer(problem.carers.size());
  for (std::size_t i = 0; i < problem.edges.size(); ++i) {
    of_student[problem.edges[i].student] += " + x" + std::to_string(i);
    of_carer[problem.edges[i].carer] += " + x" + std::to_string(i);
  }
  for (std::size_t i = 0; i < of_student.size(); ++i) lp << " s" << i << ":" << of_student[i] << " + u" << i << " = 1\n";
  for (std::size_t i = 0; i < of_carer.size(); ++i) {
    if (of_carer[i].empty()) of_carer[i] = " 0 v" + std::to_string(i);
    lp << " c" << i << ":" << of_carer[i] << " <= " << problem.carers[i].most << "\n";
    lp << " l" << i << ":" << of_carer[i] << " + v" << i << " >= " << problem.carers[i].least << "\n";
  }
  for (std::size_t i = 0; i < problem.edges.size(); ++i) {
    if (problem.edges[i].kept) lp << " k" << i << ": x" << i << " + d" << i << " = 1\n";
  }
  lp << "Bounds\n";
  for (std::size_t i = 0; i < problem.edges.size(); ++i) lp << " 0 <= x" << i << " <= 1\n";
  lp << "End\n";
  return lp.str();
}

std::optional<double> solved_by_glpk(const std::string& lp) {
  std::array<char, 32> name{"/tmp/help-glpk-XXXXXX"};
  const int file = mkstemp(name.data());
  if (file < 0) return std::nullopt;
  const std::string path(name.data());
  std::ofstream(path) << lp;
  std::optional<double> objective;
  if (std::system(("glpsol --lp " + path + " -o " + path + ".out > /dev/null 2>&1").c_str()) == 0) {  // NOLINT(concurrency-mt-unsafe)
    std::ifstream out(path + ".out");
    for (std::string line; std::getline(out, line);) {
      if (line.starts_with("Objective:")) objective = std::stod(line.substr(line.find('=') + 1));
    }
  }
  std::remove(path.c_str());
  std::remove((path + ".out").c_str());
  std::fclose(fdopen(file, "r"));
  return objective;
}

TEST_CASE("GLPK finds nothing better on larger problems") {
  if (std::system("command -v glpsol > /dev/null 2>&1") != 0) {  // NOLINT(concurrency-mt-unsafe)
    REQUIRE_MESSAGE(std::getenv("HELP_TEST_ALL") == nullptr,
                    "glpsol (package glpk-utils) is not installed");  // NOLINT(concurrency-mt-unsafe)
    MESSAGE("skipped: glpsol (package glpk-utils) is not installed");
    return;
  }
  Random dice(7);
  for (const auto& size : {std::array{60, 20, 5}, {200, 60, 8}, {300, 40, 4}, {500, 120, 10}}) {
    const int students = size[0];
    CAPTURE(students);
    const auto problem = larger_problem(dice, students, size[1], size[2]);
    const auto found = appoint(problem);
    REQUIRE(found);
    const auto objective = solved_by_glpk(lp_of(problem));
    REQUIRE(objective);
    const Weights weights;
    const double ours = static_cast<double>(found->value.missing) * weights.missing +
                        static_cast<double>(found->value.dropped) * weights.dropped +
                        static_cast<double>(found->value.shortfall) * weights.shortfall + static_cast<double>(found->value.cost);
    CHECK(ours == doctest::Approx(*objective).epsilon(1e-12));
    CHECK(worth_of(problem, made_of(problem, *found)) == found->value);
  }
}

TEST_CASE("a price on a larger problem is the difference after solving again") {
  Random dice(11);
  const auto problem = larger_problem(dice, 80, 25, 6);
  const auto found = appoint(problem);
  REQUIRE(found);
  for (const auto& pair : found->pairs) {
    AppointmentProblem without = problem;
    without.edges.erase(without.edges.begin() + pair.edge);
    const auto other = appoint(without, AppointmentPrices::none);
    const auto price = difference(other->value, found->value);
    AppointmentValue expected = pair.override_price->price;
    // A kept pair that has no edge is no longer counted among the dropped.
    if (problem.edges[pair.edge].kept) --expected.dropped;
    CHECK(price == expected);
  }
  for (std::uint32_t edge = 0; edge < problem.edges.size(); edge += 7) {
    const auto price = price_of_forcing(problem, *found, edge);
    CHECK(price.has_value() == (problem.carers[problem.edges[edge].carer].most > 0));
    if (!price) continue;
    AppointmentProblem with = problem;
    with.edges[edge].fixed = true;
    const auto other = appoint(with, AppointmentPrices::none);
    CHECK(*price == difference(other->value, found->value));
  }
}

TEST_CASE("costs of which a sum might not fit are refused, and those just below are exact") {
  AppointmentProblem problem{{{"a", 1, 1}, {"b", 1, 1}}, {{"x", 0, 1, 0}, {"y", 0, 1, 0}}, {}};
  const std::int64_t huge = std::int64_t{1} << 50U;
  problem.edges = {{0, 0, huge, false, false}, {0, 1, huge - 1, false, false}, {1, 0, huge, false, false}, {1, 1, huge - 2, false, false}};
  const auto found = appoint(problem);
  REQUIRE(found);
  CHECK(found->value.cost == 2 * huge - 2);
  CHECK(found->pairs[0].carer == 0);
  problem.edges[0].cost = std::int64_t{1} << 60U;
  CHECK_FALSE(appoint(problem));
}

}  // namespace
}  // namespace help::test
