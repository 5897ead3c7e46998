// SPDX-License-Identifier: MIT
#include "rules/exchange.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <utility>

namespace help {
namespace {

struct Waiting {
  FlowCost distance;
  std::uint32_t node = 0;
  friend auto operator<=>(const Waiting&, const Waiting&) = default;
};
using Queue = std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>>;

void keep_least(std::optional<FlowCost>& best, const FlowCost& cost) {
  if (!best || cost < *best) best = cost;
}

}  // namespace

ExchangeGraph::ExchangeGraph(std::vector<ExchangeStudent> students, std::vector<ExchangeCarer> carers)
    : students_(std::move(students)), carers_(std::move(carers)), students_of_(carers_.size()) {
  for (std::uint32_t student = 0; student < students_.size(); ++student) {
    for (const ExchangeEdge& edge : students_[student].edges) {
      if (edge.made) students_of_[edge.carer].push_back(student);
    }
  }
  make_arcs();
  find_heights();
  if (!is_best_) return;
  reduce_arcs();
  turn_arcs();
  from_hub_ = distances(onward_, hub());
  to_hub_ = distances(backward_, hub());
}

void ExchangeGraph::add_arcs_from(std::uint32_t carer, std::vector<std::optional<FlowCost>>& best) const {
  for (const std::uint32_t one : students_of_[carer]) {
    const ExchangeStudent& student = students_[one];
    const auto own = std::ranges::lower_bound(student.edges, carer, {}, &ExchangeEdge::carer);
    for (const ExchangeEdge& other : student.edges) {
      if (!other.made) keep_least(best[other.carer], other.cost - own->cost);
    }
    if (student.one_less) keep_least(best[hub()], *student.one_less - own->cost);
  }
  if (carers_[carer].one_more) keep_least(best[hub()], *carers_[carer].one_more);
}

void ExchangeGraph::add_arcs_from_hub(std::vector<std::optional<FlowCost>>& best) const {
  for (const ExchangeStudent& student : students_) {
    if (!student.one_more) continue;
    for (const ExchangeEdge& edge : student.edges) {
      if (!edge.made) keep_least(best[edge.carer], edge.cost + *student.one_more);
    }
  }
  for (std::uint32_t carer = 0; carer < hub(); ++carer) {
    if (carers_[carer].one_less) keep_least(best[carer], *carers_[carer].one_less);
  }
}

void ExchangeGraph::make_arcs() {
  std::vector<std::optional<FlowCost>> best(nodes());
  for (std::uint32_t node = 0; node < nodes(); ++node) {
    onward_.start.push_back(static_cast<std::uint32_t>(onward_.arcs.size()));
    if (node == hub()) {
      add_arcs_from_hub(best);
    } else {
      add_arcs_from(node, best);
    }
    for (std::uint32_t to = 0; to < nodes(); ++to) {
      if (best[to]) onward_.arcs.push_back({to, *best[to]});
      best[to].reset();
    }
  }
  onward_.start.push_back(static_cast<std::uint32_t>(onward_.arcs.size()));
}

// Bellman and Ford, from everywhere at once: a node that is lowered as often as there are nodes lies on a circle below nothing.
void ExchangeGraph::find_heights() {
  height_.assign(nodes(), {});
  std::vector<std::size_t> lowered(nodes(), 0);
  std::vector<bool> waits(nodes(), true);
  std::queue<std::uint32_t> queue;
  for (std::uint32_t node = 0; node < nodes(); ++node) queue.push(node);
  while (!queue.empty()) {
    const std::uint32_t node = queue.front();
    queue.pop();
    waits[node] = false;
    for (std::uint32_t place = onward_.start[node]; place < onward_.start[node + 1]; ++place) {
      const auto& [to, length] = onward_.arcs[place];
      const FlowCost height = height_[node] + length;
      if (height >= height_[to]) continue;
      height_[to] = height;
      if (waits[to]) continue;
      if (++lowered[to] > nodes()) return;
      waits[to] = true;
      queue.push(to);
    }
  }
  is_best_ = true;
}

void ExchangeGraph::reduce_arcs() {
  for (std::uint32_t node = 0; node < nodes(); ++node) {
    for (std::uint32_t place = onward_.start[node]; place < onward_.start[node + 1]; ++place) {
      Arc& arc = onward_.arcs[place];
      arc.length = arc.length + height_[node] - height_[arc.to];
    }
  }
}

void ExchangeGraph::turn_arcs() {
  backward_.start.assign(nodes() + 1, 0);
  for (const Arc& arc : onward_.arcs) ++backward_.start[arc.to + 1];
  for (std::size_t node = 0; node < nodes(); ++node) backward_.start[node + 1] += backward_.start[node];
  backward_.arcs.resize(onward_.arcs.size());
  std::vector<std::uint32_t> next(backward_.start.begin(), backward_.start.end() - 1);
  for (std::uint32_t node = 0; node < nodes(); ++node) {
    for (std::uint32_t place = onward_.start[node]; place < onward_.start[node + 1]; ++place) {
      const Arc& arc = onward_.arcs[place];
      backward_.arcs[next[arc.to]++] = {node, arc.length};
    }
  }
}

ExchangeGraph::Distances ExchangeGraph::distances(const Arcs& arcs, std::uint32_t from) const {
  Distances least(nodes());
  std::vector<bool> settled(nodes(), false);
  Queue queue;
  least[from] = FlowCost{};
  queue.push({FlowCost{}, from});
  while (!queue.empty()) {
    const auto [distance, node] = queue.top();
    queue.pop();
    if (settled[node]) continue;
    settled[node] = true;
    for (std::uint32_t place = arcs.start[node]; place < arcs.start[node + 1]; ++place) {
      const Arc& arc = arcs.arcs[place];
      const FlowCost further = distance + arc.length;
      if (!least[arc.to] || further < *least[arc.to]) {
        least[arc.to] = further;
        queue.push({further, arc.to});
      }
    }
  }
  return least;
}

namespace {

/// Another carer of a student, with the cost of the change itself.
struct Alternative {
  std::uint32_t carer = 0;
  std::size_t replacement = 0;
  FlowCost change;
};

}  // namespace

std::vector<ExchangeGraph::Replacement> ExchangeGraph::replacements(std::uint32_t carer) const {
  std::vector<Replacement> found;
  std::vector<std::optional<FlowCost>> best;
  std::vector<Alternative> alternatives;
  const auto offer = [&](std::size_t place, const FlowCost& price, std::optional<std::uint32_t> to) {
    const auto rank = [&](std::optional<std::uint32_t> other) { return other.value_or(hub()); };
    if (!best[place] || price < *best[place] || (price == *best[place] && rank(to) < rank(found[place].to))) {
      best[place] = price;
      found[place] = {found[place].student, to, price};
    }
  };
  const FlowCost up = height_[carer];
  const auto& hub_to_here = from_hub_[carer];
  for (const std::uint32_t one : students_of_[carer]) {
    const std::size_t place = found.size();
    found.push_back({.student = one, .to = std::nullopt, .price = {}});
    best.emplace_back();
    const ExchangeStudent& student = students_[one];
    const auto own = std::ranges::lower_bound(student.edges, carer, {}, &ExchangeEdge::carer);
    for (const ExchangeEdge& other : student.edges) {
      if (other.made) continue;
      const FlowCost change = other.cost - own->cost + up - height_[other.carer];
      alternatives.push_back({other.carer, place, change});
      if (hub_to_here && to_hub_[other.carer]) offer(place, change + *to_hub_[other.carer] + *hub_to_here, other.carer);
    }
    if (student.one_less && hub_to_here) offer(place, *student.one_less - own->cost + up - height_[hub()] + *hub_to_here, std::nullopt);
  }
  // What remains are exchanges that do not pass the hub. Of no use is what is dearer than what every student has already, and a way to here
  // that is no shorter than the one by the hub.
  std::ranges::sort(alternatives, {}, &Alternative::carer);
  const auto is_of_use = [&](const FlowCost& distance) {
    return std::ranges::any_of(best, [&](const std::optional<FlowCost>& price) { return !price || distance < *price; });
  };
  Distances least(nodes());
  Queue queue;
  least[carer] = FlowCost{};
  queue.push({FlowCost{}, carer});
  while (!queue.empty()) {
    const auto [distance, node] = queue.top();
    queue.pop();
    if (distance != *least[node]) continue;
    if (!is_of_use(distance)) break;
    for (auto one = std::ranges::lower_bound(alternatives, node, {}, &Alternative::carer); one != alternatives.end() && one->carer == node;
         ++one)
      offer(one->replacement, one->change + distance, node);
    for (std::uint32_t place = backward_.start[node]; place < backward_.start[node + 1]; ++place) {
      const Arc& arc = backward_.arcs[place];
      const FlowCost further = distance + arc.length;
      if (arc.to == hub() || (least[arc.to] && further >= *least[arc.to])) continue;
      if (hub_to_here && to_hub_[arc.to] && further >= *to_hub_[arc.to] + *hub_to_here) continue;
      least[arc.to] = further;
      queue.push({further, arc.to});
    }
  }
  return found;
}

std::optional<FlowCost> ExchangeGraph::price_of_making(std::uint32_t student, std::uint32_t carer) const {
  const ExchangeStudent& who = students_[student];
  const auto wanted = std::ranges::lower_bound(who.edges, carer, {}, &ExchangeEdge::carer);
  if (wanted == who.edges.end() || wanted->carer != carer) return std::nullopt;
  if (wanted->made) return FlowCost{};
  const Distances onward = distances(onward_, carer);
  std::optional<FlowCost> price;
  const auto close = [&](std::uint32_t node, const FlowCost& entry) {
    if (onward[node]) keep_least(price, *onward[node] + entry + wanted->cost + height_[node] - height_[carer]);
  };
  for (const ExchangeEdge& other : who.edges) {
    if (other.made) close(other.carer, -other.cost);
  }
  if (who.one_more) close(hub(), *who.one_more);
  return price;
}

std::vector<ExchangeGraph::Reached> ExchangeGraph::within_reach(std::uint32_t student) const {
  Distances least(nodes());
  std::vector<bool> settled(nodes(), false);
  Queue queue;
  for (const ExchangeEdge& edge : students_[student].edges) {
    if (edge.made) continue;
    least[edge.carer] = edge.cost - height_[edge.carer];
    queue.push({*least[edge.carer], edge.carer});
  }
  while (!queue.empty()) {
    const auto [distance, node] = queue.top();
    queue.pop();
    if (settled[node]) continue;
    settled[node] = true;
    for (std::uint32_t place = onward_.start[node]; place < onward_.start[node + 1]; ++place) {
      const Arc& arc = onward_.arcs[place];
      const FlowCost further = distance + arc.length;
      if (arc.to != hub() && (!least[arc.to] || further < *least[arc.to])) {
        least[arc.to] = further;
        queue.push({further, arc.to});
      }
    }
  }
  std::vector<Reached> reached;
  for (std::uint32_t carer = 0; carer < hub(); ++carer) {
    if (least[carer]) reached.push_back({carer, *least[carer] + height_[carer]});
  }
  return reached;
}

}  // namespace help
