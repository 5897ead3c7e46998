// SPDX-License-Identifier: MIT
// usage: appoint STUDENTS CARERS CANDIDATES [--prices] [--lp FILE]
//
// The best assignment of an invented school or district. Prints its value; --lp writes the same problem for glpsol, whose objective is the
// printed number.
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <set>
#include <string>
#include <string_view>

#include "cli/process.hpp"
#include "rules/appointment.hpp"

namespace {

/// splitmix64
class Dice {
 public:
  int between(int least, int most) {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return least + static_cast<int>((z ^ (z >> 31U)) % static_cast<std::uint64_t>(most - least + 1));
  }

 private:
  std::uint64_t state_ = 1;
};

/// Places for one in twenty more than there are students; costs as of a score of up to 100 points in steps of 5.
help::AppointmentProblem invented(int students, int carers, int candidates) {
  Dice dice;
  help::AppointmentProblem problem;
  for (int i = 0; i < students; ++i) problem.students.push_back({"s" + std::to_string(i), 1, 1});
  const int most = students * 21 / carers / 20 + 1;
  for (int i = 0; i < carers; ++i) problem.carers.push_back({"c" + std::to_string(i), 1, dice.between(most - 1, most + 1), 0});
  for (int student = 0; student < students; ++student) {
    std::set<int> chosen;
    while (static_cast<int>(chosen.size()) < candidates)
      chosen.insert(candidates == carers ? static_cast<int>(chosen.size()) : dice.between(0, carers - 1));
    for (const int carer : chosen)
      problem.edges.push_back(
          {static_cast<std::uint32_t>(student), static_cast<std::uint32_t>(carer), 5 * dice.between(0, 20), false, false});
  }
  return problem;
}

constexpr std::int64_t missing_weight = 100'000'000;
constexpr std::int64_t shortfall_weight = 10'000;

void write_lp(const help::AppointmentProblem& problem, const std::string& path) {
  std::ofstream lp(path);
  std::vector<std::string> of_student(problem.students.size());
  std::vector<std::string> of_carer(problem.carers.size());
  lp << "Minimize\n obj:";
  for (std::size_t i = 0; i < problem.edges.size(); ++i) {
    lp << " + " << problem.edges[i].cost << " x" << i << "\n";
    of_student[problem.edges[i].student] += " + x" + std::to_string(i) + "\n";
    of_carer[problem.edges[i].carer] += " + x" + std::to_string(i) + "\n";
  }
  for (std::size_t i = 0; i < of_student.size(); ++i) lp << " + " << missing_weight << " u" << i << "\n";
  for (std::size_t i = 0; i < of_carer.size(); ++i) lp << " + " << shortfall_weight << " v" << i << "\n";
  lp << "Subject To\n";
  for (std::size_t i = 0; i < of_student.size(); ++i) lp << " s" << i << ":" << of_student[i] << " + u" << i << " = 1\n";
  for (std::size_t i = 0; i < of_carer.size(); ++i) {
    if (of_carer[i].empty()) continue;
    lp << " c" << i << ":" << of_carer[i] << " <= " << problem.carers[i].most << "\n";
    lp << " l" << i << ":" << of_carer[i] << " + v" << i << " >= " << problem.carers[i].least << "\n";
  }
  lp << "End\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  // The program asks for memory in large pages once it opens a folder.
  help::FileResult opened{};
  static_cast<void>(help::real_world(argc, argv).open_folder(".", false, opened));
  const auto problem = invented(std::atoi(argv[1]), std::atoi(argv[2]), std::atoi(argv[3]));
  bool prices = false;
  for (int i = 4; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--prices") prices = true;
    if (std::string_view(argv[i]) == "--lp" && i + 1 < argc) write_lp(problem, argv[i + 1]);
  }
  const std::clock_t start = std::clock();
  const auto found = help::appoint(problem, prices ? help::AppointmentPrices::all : help::AppointmentPrices::none);
  const double took = 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  if (!found) return 1;
  std::printf("%lld %.1f\n",
              static_cast<long long>(found->value.missing * missing_weight + found->value.shortfall * shortfall_weight + found->value.cost),
              took);
  return 0;
}
