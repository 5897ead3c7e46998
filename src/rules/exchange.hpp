// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "rules/flow_cost.hpp"

namespace help {

/// A pair that may be made, as ExchangeGraph sees it.
struct ExchangeEdge {
  std::uint32_t carer = 0;
  FlowCost cost;
  bool made = false;
};

/// A student: what it costs to have one carer less and what it brings to have one more, whoever they are; nothing where that may not be.
struct ExchangeStudent {
  std::vector<ExchangeEdge> edges;  ///< by carer
  std::optional<FlowCost> one_less;
  std::optional<FlowCost> one_more;
};

/// A carer: the cost of one student more or less.
struct ExchangeCarer {
  std::optional<FlowCost> one_more;
  std::optional<FlowCost> one_less;
};

/// What can be exchanged in an assignment, as a graph: its nodes are the carers and the hub, where everything begins and ends; an arc from
/// u to v means that a student leaves u for v (hub: has one carer less, or more), its length is what that costs. The assignment is
/// best if and only if no circle is shorter than nothing; then the shortest circle through a change is the price of that change.
class ExchangeGraph {
 public:
  ExchangeGraph(std::vector<ExchangeStudent> students, std::vector<ExchangeCarer> carers);

  /// Whether the assignment is best; all else is only for one that is.
  [[nodiscard]] bool is_best() const { return is_best_; }

  /// What it costs that a pair is not made.
  struct Replacement {
    std::uint32_t student = 0;
    std::optional<std::uint32_t> to;  ///< the carer whom the student gets instead; nothing: none
    FlowCost price;
  };
  /// For every student whom the carer has, by student.
  [[nodiscard]] std::vector<Replacement> replacements(std::uint32_t carer) const;
  /// What it costs to make a pair that is not made; nothing where it cannot be made.
  [[nodiscard]] std::optional<FlowCost> price_of_making(std::uint32_t student, std::uint32_t carer) const;

  /// The carers whom a student could get if they had room, by exchanges on the way, with the cost up to there.
  struct Reached {
    std::uint32_t carer = 0;
    FlowCost cost;
  };
  [[nodiscard]] std::vector<Reached> within_reach(std::uint32_t student) const;

 private:
  struct Arc {
    std::uint32_t to = 0;
    FlowCost length;
  };
  /// Arcs by the node where they begin, or (turned) where they end.
  struct Arcs {
    std::vector<std::uint32_t> start;
    std::vector<Arc> arcs;
  };
  using Distances = std::vector<std::optional<FlowCost>>;

  [[nodiscard]] std::uint32_t hub() const { return static_cast<std::uint32_t>(carers_.size()); }
  [[nodiscard]] std::size_t nodes() const { return carers_.size() + 1; }
  void make_arcs();
  void add_arcs_from_hub(std::vector<std::optional<FlowCost>>& best) const;
  void add_arcs_from(std::uint32_t carer, std::vector<std::optional<FlowCost>>& best) const;
  void turn_arcs();
  void find_heights();
  void reduce_arcs();
  [[nodiscard]] Distances distances(const Arcs& arcs, std::uint32_t from) const;

  std::vector<ExchangeStudent> students_;
  std::vector<ExchangeCarer> carers_;
  std::vector<std::vector<std::uint32_t>> students_of_;  // by carer
  Arcs onward_;
  Arcs backward_;
  std::vector<FlowCost> height_;  // makes no arc shorter than nothing
  bool is_best_ = false;
  Distances from_hub_;
  Distances to_hub_;
};

}  // namespace help
