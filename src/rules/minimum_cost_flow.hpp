// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "rules/flow_cost.hpp"

namespace help {

struct FlowArc {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  int capacity = 1;
  FlowCost cost;
};

/// The flow on each arc in a flow of least cost that takes each node's supply (negative: demand; they add up to 0) away. Empty where no
/// flow does. The arcs stand by `from`; the same input always gives the same flow.
[[nodiscard]] std::vector<int> minimum_cost_flow(const std::vector<int>& supplies, const std::vector<FlowArc>& arcs);

}  // namespace help
