// SPDX-License-Identifier: MIT
#include "rules/appointment.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "rules/exchange.hpp"
#include "rules/minimum_cost_flow.hpp"

namespace help {
namespace {

// LEMON's artificial arcs cost 2^61, and its potentials lie between a sum of costs below nothing and one above that.
constexpr std::int64_t flow_limit = std::int64_t{1} << 60U;

std::int64_t times(std::int64_t a, std::int64_t b) { return a == 0 || b == 0 ? 0 : a > flow_limit / b ? flow_limit : a * b; }
std::int64_t plus(std::int64_t a, std::int64_t b) { return std::min(flow_limit, a + b); }

/// The figure that is nearest to nothing and leaves a multiple of `unit`: takes it off.
std::int64_t take_rest(std::int64_t& number, std::int64_t unit) {
  std::int64_t rest = number % unit;
  if (rest > unit / 2) rest -= unit;
  if (rest < -(unit / 2)) rest += unit;
  number = (number - rest) / unit;
  return rest;
}

/// A pair that may be made and is not fixed, by places in the order of ids.
struct FreeEdge {
  std::uint32_t student = 0;
  std::uint32_t carer = 0;
  std::uint32_t edge = 0;
  FlowCost cost;
};

struct FreeStudent {
  int fixed = 0;
  int made = 0;  ///< pairs that are not fixed
  std::uint32_t first = 0;
  std::uint32_t end = 0;  ///< its free edges
};

struct FreeCarer {
  int base = 0;    ///< load before the free edges
  int degree = 0;  ///< of free edges
  int made = 0;
};

template <typename Things>
std::vector<std::uint32_t> by_id(const Things& things) {
  std::vector<std::uint32_t> order(things.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](std::uint32_t place) { return std::pair<const std::string&, std::uint32_t>(things[place].id, place); });
  return order;
}

std::vector<std::uint32_t> inverse(const std::vector<std::uint32_t>& order) {
  std::vector<std::uint32_t> place(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  return place;
}

/// A problem in the order of ids, with its figures in words.
class Task {
 public:
  explicit Task(const AppointmentProblem& problem)
      : problem_(problem),
        student_order_(by_id(problem.students)),
        carer_order_(by_id(problem.carers)),
        students_(problem.students.size()),
        carers_(problem.carers.size()) {
    count_edges();
    choose_units();
    price_edges();
    made_.assign(free_.size(), false);
  }

  [[nodiscard]] bool fits() const { return fits_; }
  void solve();
  void adopt(const std::vector<AppointmentPair>& pairs);
  [[nodiscard]] Appointment result() const;
  [[nodiscard]] bool has_gaps() const;
  [[nodiscard]] ExchangeGraph exchange() const;
  void add_prices(const ExchangeGraph& graph, Appointment& appointment) const;
  void add_gaps(const ExchangeGraph& graph, Appointment& appointment) const;
  [[nodiscard]] std::optional<AppointmentValue> price_of_making(const ExchangeGraph& graph, const AppointmentEdge& edge) const;

 private:
  void count_edges();
  void choose_units();
  void price_edges();
  [[nodiscard]] std::vector<FlowArc> arcs() const;

  [[nodiscard]] const AppointmentStudent& student(std::uint32_t place) const { return problem_.students[student_order_[place]]; }
  [[nodiscard]] const AppointmentCarer& carer(std::uint32_t place) const { return problem_.carers[carer_order_[place]]; }
  [[nodiscard]] int need_left(std::uint32_t place) const { return std::max(0, student(place).need - students_[place].fixed); }
  [[nodiscard]] int missing(std::uint32_t place) const { return std::max(0, need_left(place) - students_[place].made); }
  /// Carers beyond the need that a student may have besides the fixed ones.
  [[nodiscard]] int spare(std::uint32_t place) const {
    return std::max(0, student(place).most - std::max(student(place).need, students_[place].fixed));
  }
  [[nodiscard]] int room(std::uint32_t place) const {
    return std::clamp(carer(place).most - carers_[place].base, 0, carers_[place].degree);
  }

  /// Who stands earlier is placed before who stands later, with an earlier carer.
  [[nodiscard]] std::int64_t order_of(std::uint32_t student_place, std::uint32_t carer_place) const {
    return -static_cast<std::int64_t>((students_.size() - student_place) * (carers_.size() - carer_place));
  }

  [[nodiscard]] FlowCost pack(const AppointmentValue& value) const;
  [[nodiscard]] AppointmentValue unpack(FlowCost cost) const;
  /// The cost of the n-th place of a student that stays empty.
  [[nodiscard]] AppointmentValue empty_place(std::uint32_t place, int nth) const {
    return {.missing = greatest_need_ - student(place).need + nth};
  }
  /// The cost of the n-th student of a carer, of all that the carer has.
  [[nodiscard]] AppointmentValue load(std::uint32_t place, int nth) const {
    return {.shortfall = nth <= carer(place).least ? -1 : 0, .load = 2 * std::int64_t{nth} - 1};
  }

  const AppointmentProblem& problem_;
  std::vector<std::uint32_t> student_order_;
  std::vector<std::uint32_t> carer_order_;
  std::vector<FreeStudent> students_;
  std::vector<FreeCarer> carers_;
  std::vector<FreeEdge> free_;  // by student, then carer
  std::vector<bool> made_;      // by free edge
  std::int64_t greatest_need_ = 0;
  std::int64_t missing_unit_ = 1;
  std::int64_t dropped_unit_ = 1;
  std::int64_t cost_unit_ = 1;
  bool fits_ = false;
};

void Task::count_edges() {
  const auto student_place = inverse(student_order_);
  const auto carer_place = inverse(carer_order_);
  for (std::uint32_t place = 0; place < carers_.size(); ++place) carers_[place].base = carer(place).already;
  free_.reserve(problem_.edges.size());
  for (std::uint32_t edge = 0; edge < problem_.edges.size(); ++edge) {
    const AppointmentEdge& one = problem_.edges[edge];
    const std::uint32_t of_student = student_place[one.student];
    const std::uint32_t of_carer = carer_place[one.carer];
    if (one.fixed) {
      ++students_[of_student].fixed;
      ++carers_[of_carer].base;
    } else {
      ++carers_[of_carer].degree;
      free_.push_back({of_student, of_carer, edge, {}});
    }
  }
  const auto ends = [](const FreeEdge& one) { return std::pair(one.student, one.carer); };
  if (!std::ranges::is_sorted(free_, {}, ends)) std::ranges::sort(free_, {}, ends);
  std::uint32_t next = 0;
  for (std::uint32_t place = 0; place < students_.size(); ++place) {
    students_[place].first = next;
    while (next < free_.size() && free_[next].student == place) ++next;
    students_[place].end = next;
    greatest_need_ = std::max<std::int64_t>(greatest_need_, student(place).need);
  }
}

// Each figure gets a unit above twice what all later ones of its word can differ by, so that a difference can be taken apart again.
void Task::choose_units() {
  std::int64_t least = 0;
  std::int64_t squares = 0;
  std::int64_t greatest_load = 1;
  for (std::uint32_t place = 0; place < carers_.size(); ++place) {
    least = plus(least, carer(place).least);
    const std::int64_t load = carers_[place].base + room(place);
    squares = plus(squares, times(load, load));
    greatest_load = std::max(greatest_load, load);
  }
  std::int64_t kept = 0;
  std::int64_t greatest_cost = 0;
  for (const AppointmentEdge& edge : problem_.edges) {
    kept += edge.kept ? 1 : 0;
    greatest_cost = std::max(greatest_cost, edge.cost);
  }
  dropped_unit_ = plus(times(2, least), 1);
  missing_unit_ = times(dropped_unit_, plus(times(2, kept), 1));
  cost_unit_ = plus(times(2, squares), 1);
  const auto in_sum = [&](std::int64_t arc) { return times(2 * static_cast<std::int64_t>(students_.size() + carers_.size() + 2), arc); };
  const std::int64_t first = in_sum(plus(times(greatest_need_ + 1, missing_unit_), plus(dropped_unit_, 1)));
  const std::int64_t second = in_sum(plus(times(greatest_cost, cost_unit_), 2 * greatest_load));
  const std::int64_t third = in_sum(times(static_cast<std::int64_t>(students_.size()), static_cast<std::int64_t>(carers_.size())));
  fits_ = first < flow_limit && second < flow_limit && third < flow_limit;
}

void Task::price_edges() {
  if (!fits_) return;
  for (FreeEdge& one : free_) {
    const AppointmentEdge& edge = problem_.edges[one.edge];
    one.cost = pack({.dropped = edge.kept ? -1 : 0, .cost = edge.cost, .order = order_of(one.student, one.carer)});
  }
}

FlowCost Task::pack(const AppointmentValue& value) const {
  return {value.missing * missing_unit_ + value.dropped * dropped_unit_ + value.shortfall, value.cost * cost_unit_ + value.load,
          value.order};
}

AppointmentValue Task::unpack(FlowCost cost) const {
  AppointmentValue value;
  value.shortfall = take_rest(cost.first, dropped_unit_);
  value.dropped = take_rest(cost.first, missing_unit_ / dropped_unit_);
  value.missing = cost.first;
  value.load = take_rest(cost.second, cost_unit_);
  value.cost = cost.second;
  value.order = cost.third;
  return value;
}

// Nodes: students, carers, the hub. A student sends what it needs on to carers or, at the price of an empty place, to the hub; what it may
// have beyond comes from the hub. A carer's arcs to the hub grow dearer one by one.
std::vector<FlowArc> Task::arcs() const {
  std::vector<FlowArc> arcs;
  arcs.reserve(2 * free_.size() + students_.size());
  const auto student_count = static_cast<std::uint32_t>(students_.size());
  const auto hub = student_count + static_cast<std::uint32_t>(carers_.size());
  for (std::uint32_t place = 0; place < student_count; ++place) {
    for (std::uint32_t i = students_[place].first; i < students_[place].end; ++i)
      arcs.push_back({place, student_count + free_[i].carer, 1, free_[i].cost});
    for (int nth = 1; nth <= need_left(place); ++nth) arcs.push_back({place, hub, 1, pack(empty_place(place, nth))});
  }
  for (std::uint32_t place = 0; place < carers_.size(); ++place) {
    for (int nth = 1; nth <= room(place); ++nth)
      arcs.push_back({student_count + place, hub, 1, pack(load(place, carers_[place].base + nth))});
  }
  for (std::uint32_t place = 0; place < student_count; ++place) {
    if (spare(place) > 0) arcs.push_back({hub, place, spare(place), {}});
  }
  return arcs;
}

void Task::solve() {
  std::vector<int> supplies;
  for (std::uint32_t place = 0; place < students_.size(); ++place) supplies.push_back(need_left(place));
  const int total = std::accumulate(supplies.begin(), supplies.end(), 0);
  supplies.resize(students_.size() + carers_.size(), 0);
  supplies.push_back(-total);
  const std::vector<FlowArc> network = arcs();
  const std::vector<int> flow = minimum_cost_flow(supplies, network);
  std::size_t next = 0;
  for (std::size_t i = 0; i < network.size() && i < flow.size(); ++i) {
    if (network[i].from >= students_.size() || network[i].to + 1 == supplies.size()) continue;
    made_[next] = flow[i] > 0;
    students_[free_[next].student].made += flow[i];
    carers_[free_[next].carer].made += flow[i];
    ++next;
  }
}

void Task::adopt(const std::vector<AppointmentPair>& pairs) {
  std::vector<bool> taken(problem_.edges.size(), false);
  for (const AppointmentPair& pair : pairs) taken[pair.edge] = true;
  for (std::size_t i = 0; i < free_.size(); ++i) {
    if (!taken[free_[i].edge]) continue;
    made_[i] = true;
    ++students_[free_[i].student].made;
    ++carers_[free_[i].carer].made;
  }
}

Appointment Task::result() const {
  Appointment appointment;
  const auto student_place = inverse(student_order_);
  const auto carer_place = inverse(carer_order_);
  std::vector<std::uint32_t> edges;
  for (std::uint32_t edge = 0; edge < problem_.edges.size(); ++edge) {
    if (problem_.edges[edge].fixed) edges.push_back(edge);
  }
  for (std::size_t i = 0; i < free_.size(); ++i) {
    if (made_[i]) edges.push_back(free_[i].edge);
    if (!made_[i] && problem_.edges[free_[i].edge].kept) ++appointment.value.dropped;
  }
  std::ranges::sort(edges, {}, [&](std::uint32_t edge) {
    return std::pair(student_place[problem_.edges[edge].student], carer_place[problem_.edges[edge].carer]);
  });
  for (const std::uint32_t edge : edges) {
    const AppointmentEdge& one = problem_.edges[edge];
    appointment.pairs.push_back({.edge = edge, .student = one.student, .carer = one.carer, .override_price = std::nullopt});
    appointment.value.cost += one.cost;
    appointment.value.order += order_of(student_place[one.student], carer_place[one.carer]);
  }
  for (std::uint32_t place = 0; place < students_.size(); ++place) {
    for (int nth = 1; nth <= missing(place); ++nth) appointment.value.missing += empty_place(place, nth).missing;
  }
  appointment.loads.resize(carers_.size());
  for (std::uint32_t place = 0; place < carers_.size(); ++place) {
    const int load = carers_[place].base + carers_[place].made;
    appointment.loads[carer_order_[place]] = load;
    appointment.value.load += std::int64_t{load} * load;
    if (load >= carer(place).least) continue;
    appointment.value.shortfall += carer(place).least - load;
    appointment.short_of_least.push_back({.carer = carer_order_[place], .load = load, .least = carer(place).least});
  }
  return appointment;
}

bool Task::has_gaps() const {
  for (std::uint32_t place = 0; place < students_.size(); ++place) {
    if (missing(place) > 0) return true;
  }
  return false;
}

ExchangeGraph Task::exchange() const {
  std::vector<ExchangeStudent> students(students_.size());
  for (std::uint32_t place = 0; place < students_.size(); ++place) {
    ExchangeStudent& one = students[place];
    one.edges.reserve(students_[place].end - students_[place].first);
    for (std::uint32_t i = students_[place].first; i < students_[place].end; ++i)
      one.edges.push_back({free_[i].carer, free_[i].cost, made_[i]});
    const int empty = missing(place);
    const int beyond = std::max(0, students_[place].made - need_left(place));
    if (empty > 0) {
      one.one_more = -pack(empty_place(place, empty));
    } else if (beyond < spare(place)) {
      one.one_more = FlowCost{};
    }
    if (beyond > 0) {
      one.one_less = FlowCost{};
    } else if (empty < need_left(place)) {
      one.one_less = pack(empty_place(place, empty + 1));
    }
  }
  std::vector<ExchangeCarer> carers(carers_.size());
  for (std::uint32_t place = 0; place < carers_.size(); ++place) {
    const FreeCarer& one = carers_[place];
    if (one.made < room(place)) carers[place].one_more = pack(load(place, one.base + one.made + 1));
    if (one.made > 0) carers[place].one_less = -pack(load(place, one.base + one.made));
  }
  return {std::move(students), std::move(carers)};
}

void Task::add_prices(const ExchangeGraph& graph, Appointment& appointment) const {
  std::vector<std::optional<AppointmentOverride>> by_edge(problem_.edges.size());
  for (std::uint32_t place = 0; place < carers_.size(); ++place) {
    if (carers_[place].made == 0) continue;
    for (const auto& [student, to, price] : graph.replacements(place)) {
      const auto first = free_.begin() + students_[student].first;
      const auto end = free_.begin() + students_[student].end;
      const auto edge = std::ranges::lower_bound(first, end, place, {}, &FreeEdge::carer);
      by_edge[edge->edge] = AppointmentOverride{.runner_up = to ? std::optional(carer_order_[*to]) : std::nullopt, .price = unpack(price)};
    }
  }
  for (AppointmentPair& pair : appointment.pairs) pair.override_price = by_edge[pair.edge];
}

void Task::add_gaps(const ExchangeGraph& graph, Appointment& appointment) const {
  for (std::uint32_t place = 0; place < students_.size(); ++place) {
    if (missing(place) == 0) continue;
    const FreeStudent& one = students_[place];
    AppointmentGap gap{.student = student_order_[place], .missing = missing(place)};
    const auto free = static_cast<int>(one.end - one.first);
    if (free + one.fixed == 0) {
      gap.why = AppointmentGap::Why::no_candidate;
    } else if (free == one.made) {
      gap.why = AppointmentGap::Why::all_taken;
    } else {
      gap.why = AppointmentGap::Why::full;
      std::optional<FlowCost> least;
      for (const auto& [carer, cost] : graph.within_reach(place)) {
        gap.full_carers.push_back(carer_order_[carer]);
        const FlowCost with_place = cost + pack(load(carer, carers_[carer].base + carers_[carer].made + 1));
        if (least && with_place >= *least) continue;
        least = with_place;
        gap.relief = carer_order_[carer];
      }
    }
    appointment.gaps.push_back(std::move(gap));
  }
}

std::optional<AppointmentValue> Task::price_of_making(const ExchangeGraph& graph, const AppointmentEdge& edge) const {
  const auto price = graph.price_of_making(inverse(student_order_)[edge.student], inverse(carer_order_)[edge.carer]);
  return price ? std::optional(unpack(*price)) : std::nullopt;
}

}  // namespace

std::optional<Appointment> appoint(const AppointmentProblem& problem, AppointmentPrices prices) {
  Task task(problem);
  if (!task.fits()) return std::nullopt;
  task.solve();
  Appointment appointment = task.result();
  if (prices == AppointmentPrices::none && !task.has_gaps()) return appointment;
  const ExchangeGraph graph = task.exchange();
  if (prices == AppointmentPrices::all) task.add_prices(graph, appointment);
  task.add_gaps(graph, appointment);
  return appointment;
}

std::optional<AppointmentValue> price_of_forcing(const AppointmentProblem& problem, const Appointment& best, std::uint32_t edge) {
  if (problem.edges[edge].fixed) return AppointmentValue{};
  Task task(problem);
  if (!task.fits()) return std::nullopt;
  task.adopt(best.pairs);
  return task.price_of_making(task.exchange(), problem.edges[edge]);
}

}  // namespace help
