// SPDX-License-Identifier: MIT
#include "rules/minimum_cost_flow.hpp"

#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>

#include <limits>
#include <utility>

namespace help {
namespace {

/// FlowCost as LEMON wants its numbers: made of whole numbers, and multiplied by the state of an arc (-1, 0, 1).
struct Number {
  FlowCost cost;

  constexpr Number() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): LEMON writes `Cost c = 0`
  constexpr Number(int first_word) : cost{first_word, 0, 0} {}
  constexpr explicit Number(const FlowCost& words) : cost(words) {}

  friend constexpr auto operator<=>(const Number&, const Number&) = default;
  friend constexpr Number operator+(const Number& a, const Number& b) { return Number(a.cost + b.cost); }
  friend constexpr Number operator-(const Number& a, const Number& b) { return Number(a.cost - b.cost); }
  friend constexpr Number operator-(const Number& a) { return Number(-a.cost); }
  friend constexpr Number operator*(int state, const Number& a) {
    return Number(FlowCost{state * a.cost.first, state * a.cost.second, state * a.cost.third});
  }
  friend constexpr Number operator*(const Number& a, int by) { return by * a; }
  friend constexpr Number operator/(const Number& a, int by) { return Number(FlowCost{a.cost.first / by, 0, 0}); }
  constexpr Number& operator+=(const Number& other) { return *this = *this + other; }
  constexpr Number& operator-=(const Number& other) { return *this = *this - other; }
};

/// A property of nodes or arcs: LEMON's own maps of classes do not compile as C++20.
template <typename Key, typename Of>
struct Map {
  Of of;
  auto operator[](const Key& key) const { return of(static_cast<std::size_t>(lemon::StaticDigraph::index(key))); }
};
template <typename Key, typename Of>
Map<Key, Of> map_of(Of of) {
  return {std::move(of)};
}

}  // namespace
}  // namespace help

/// Half of the greatest is the cost of an artificial arc: above every sum of real costs, which stay below 2^60.
template <>
struct std::numeric_limits<help::Number> {
  [[maybe_unused]] static constexpr bool is_specialized = true;
  static constexpr bool is_signed = true;
  [[maybe_unused]] static constexpr bool is_integer = true;
  static constexpr bool is_exact = true;
  [[maybe_unused]] static constexpr bool has_infinity = false;
  static constexpr help::Number max() noexcept { return help::Number(help::FlowCost{std::int64_t{1} << 62U, 0, 0}); }
  static constexpr help::Number min() noexcept { return -max(); }
  static constexpr help::Number lowest() noexcept { return -max(); }
};

namespace help {

std::vector<int> minimum_cost_flow(const std::vector<int>& supplies, const std::vector<FlowArc>& arcs) {
  std::vector<std::pair<int, int>> ends;
  ends.reserve(arcs.size());
  for (const FlowArc& arc : arcs) ends.emplace_back(static_cast<int>(arc.from), static_cast<int>(arc.to));
  lemon::StaticDigraph graph;
  graph.build(static_cast<int>(supplies.size()), ends.begin(), ends.end());
  lemon::NetworkSimplex<lemon::StaticDigraph, int, Number> simplex(graph);
  std::vector<int> flow;
  simplex.supplyMap(map_of<lemon::StaticDigraph::Node>([&](std::size_t node) { return supplies[node]; }));
  simplex.upperMap(map_of<lemon::StaticDigraph::Arc>([&](std::size_t arc) { return arcs[arc].capacity; }));
  simplex.costMap(map_of<lemon::StaticDigraph::Arc>([&](std::size_t arc) { return Number(arcs[arc].cost); }));
  if (simplex.run() != simplex.OPTIMAL) return flow;
  flow.reserve(arcs.size());
  for (std::size_t place = 0; place < arcs.size(); ++place)
    flow.push_back(simplex.flow(lemon::StaticDigraph::arc(static_cast<int>(place))));
  return flow;
}

}  // namespace help
