// SPDX-License-Identifier: MIT
#include "rules/two_way.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace help {
namespace {

template <typename Things>
std::vector<std::uint32_t> ranks_by_id(const Things& things) {
  std::vector<std::uint32_t> order(things.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](std::uint32_t place) { return std::pair<const std::string&, std::uint32_t>(things[place].id, place); });
  std::vector<std::uint32_t> rank(things.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  return rank;
}

/// Somebody whom one can be paired with; `place` orders all of one list strictly, the best first.
struct Choice {
  std::uint32_t partner = 0;
  std::uint32_t place = 0;
};

/// One side of the market.
struct Side {
  std::vector<std::vector<Choice>> lists;  // the best first
  std::vector<int> room;                   // partners that may be had besides fixed ones
};

struct Market {
  Side students;
  Side carers;
  std::vector<TwoWayPair> fixed;
};

using Preference = std::tuple<bool, int, std::uint32_t, std::uint32_t>;  // unlisted, place, rank of the id, partner

void fill(Side& side, std::vector<std::vector<Preference>>& entries) {
  for (auto& own : entries) {
    std::ranges::sort(own);
    auto& list = side.lists.emplace_back();
    for (const Preference& entry : own) list.push_back({std::get<3>(entry), static_cast<std::uint32_t>(list.size())});
  }
}

Market market_of(const TwoWayProblem& problem) {
  Market market;
  const auto student_rank = ranks_by_id(problem.students);
  const auto carer_rank = ranks_by_id(problem.carers);
  for (const TwoWayStudent& one : problem.students) market.students.room.push_back(one.need);
  for (const TwoWayCarer& one : problem.carers) market.carers.room.push_back(one.most);
  std::vector<std::vector<Preference>> of_student(problem.students.size());
  std::vector<std::vector<Preference>> of_carer(problem.carers.size());
  for (const TwoWayEdge& edge : problem.edges) {
    if (edge.fixed) {
      market.fixed.emplace_back(edge.student, edge.carer);
      --market.students.room[edge.student];
      --market.carers.room[edge.carer];
      continue;
    }
    const bool listed = edge.place_of_carer && edge.place_of_student;
    if (!listed && problem.unlisted == Unlisted::refused) continue;
    of_student[edge.student].emplace_back(!edge.place_of_carer, edge.place_of_carer.value_or(0), carer_rank[edge.carer], edge.carer);
    of_carer[edge.carer].emplace_back(!edge.place_of_student, edge.place_of_student.value_or(0), student_rank[edge.student], edge.student);
  }
  fill(market.students, of_student);
  fill(market.carers, of_carer);
  return market;
}

/// The place of a partner on a list, looked up quickly.
std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> places_of(const Side& side) {
  std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> places;
  for (const auto& list : side.lists) {
    auto& own = places.emplace_back();
    for (const Choice& choice : list) own.emplace_back(choice.partner, choice.place);
    std::ranges::sort(own);
  }
  return places;
}

/// Everybody of one side asks the best who has not refused yet; the other side keeps the best of those who asked. Gives for each of the
/// asked side the places on its list of those whom it keeps.
std::vector<std::vector<std::uint32_t>> defer(const Side& asking, const Side& asked) {
  const auto places = places_of(asked);
  std::vector<std::size_t> next(asking.lists.size(), 0);
  std::vector<int> has(asking.lists.size(), 0);
  std::vector<std::vector<std::uint32_t>> kept(asked.lists.size());  // heaps, the worst first
  std::vector<std::uint32_t> waiting(asking.lists.size());
  std::iota(waiting.rbegin(), waiting.rend(), 0U);
  while (!waiting.empty()) {
    const std::uint32_t one = waiting.back();
    if (has[one] >= asking.room[one] || next[one] == asking.lists[one].size()) {
      waiting.pop_back();
      continue;
    }
    const std::uint32_t other = asking.lists[one][next[one]++].partner;
    auto& own = kept[other];
    own.push_back(std::ranges::lower_bound(places[other], std::pair(one, 0U))->second);
    std::ranges::push_heap(own);
    ++has[one];
    if (static_cast<int>(own.size()) <= std::max(0, asked.room[other])) continue;
    std::ranges::pop_heap(own);
    const std::uint32_t refused = asked.lists[other][own.back()].partner;
    own.pop_back();
    --has[refused];
    if (refused != one) waiting.push_back(refused);
  }
  return kept;
}

void sort_by_ids(const TwoWayProblem& problem, std::vector<TwoWayPair>& pairs) {
  std::ranges::sort(pairs, {}, [&](const TwoWayPair& pair) {
    return std::pair<const std::string&, const std::string&>(problem.students[pair.first].id, problem.carers[pair.second].id);
  });
}

/// Partners of one by the place on the list; those who are not on it (fixed) are left out.
std::vector<std::vector<std::uint32_t>> places_had(const Side& side, const std::vector<TwoWayPair>& pairs, bool of_students) {
  const auto places = places_of(side);
  std::vector<std::vector<std::uint32_t>> had(side.lists.size());
  for (const auto& [student, carer] : pairs) {
    const std::uint32_t one = of_students ? student : carer;
    const std::uint32_t partner = of_students ? carer : student;
    const auto place = std::ranges::lower_bound(places[one], std::pair(partner, 0U));
    if (place != places[one].end() && place->first == partner) had[one].push_back(place->second);
  }
  for (auto& own : had) std::ranges::sort(own);
  return had;
}

/// Whether one would rather have the choice at `place` than what is had.
bool prefers(const std::vector<std::uint32_t>& had, int room, std::uint32_t place) {
  if (room <= 0) return false;
  return static_cast<int>(had.size()) < room || place < had.back();
}

}  // namespace

TwoWayMatching match_two_way(const TwoWayProblem& problem) {
  const Market market = market_of(problem);
  TwoWayMatching matching{.pairs = market.fixed, .unplaced = {}};
  const bool by_students = problem.proposing == Proposing::students;
  const Side& asked = by_students ? market.carers : market.students;
  const auto kept = defer(by_students ? market.students : market.carers, asked);
  for (std::uint32_t one = 0; one < kept.size(); ++one) {
    for (const std::uint32_t place : kept[one]) {
      const std::uint32_t partner = asked.lists[one][place].partner;
      matching.pairs.emplace_back(by_students ? partner : one, by_students ? one : partner);
    }
  }
  sort_by_ids(problem, matching.pairs);
  std::vector<int> has(problem.students.size(), 0);
  for (const TwoWayPair& pair : matching.pairs) ++has[pair.first];
  for (std::uint32_t student = 0; student < problem.students.size(); ++student) {
    if (has[student] < problem.students[student].need) matching.unplaced.push_back(student);
  }
  std::ranges::sort(matching.unplaced, {}, [&](std::uint32_t student) -> const std::string& { return problem.students[student].id; });
  return matching;
}

std::vector<TwoWayPair> blocking_pairs(const TwoWayProblem& problem, const std::vector<TwoWayPair>& pairs) {
  const Market market = market_of(problem);
  const auto of_student = places_had(market.students, pairs, true);
  const auto of_carer = places_had(market.carers, pairs, false);
  const auto places = places_of(market.carers);
  std::vector<TwoWayPair> blocking;
  for (std::uint32_t student = 0; student < problem.students.size(); ++student) {
    for (const auto& [carer, place] : market.students.lists[student]) {
      if (std::ranges::binary_search(of_student[student], place)) continue;
      if (!prefers(of_student[student], market.students.room[student], place)) continue;
      const auto place_of_student = std::ranges::lower_bound(places[carer], std::pair(student, 0U))->second;
      if (prefers(of_carer[carer], market.carers.room[carer], place_of_student)) blocking.emplace_back(student, carer);
    }
  }
  sort_by_ids(problem, blocking);
  return blocking;
}

namespace {

/// A stable matching in which one pair at a time is overridden.
class Overriding {
 public:
  Overriding(const TwoWayProblem& problem, const TwoWayMatching& matching)
      : problem_(problem),
        market_(market_of(problem)),
        places_of_carers_(places_of(market_.students)),
        places_of_students_(places_of(market_.carers)),
        of_student_(places_had(market_.students, matching.pairs, true)),
        of_carer_(places_had(market_.carers, matching.pairs, false)) {}

  [[nodiscard]] bool is_fixed(const TwoWayPair& pair) const { return std::ranges::find(market_.fixed, pair) != market_.fixed.end(); }

  TwoWayOverride without(const TwoWayPair& pair) {
    TwoWayOverride result;
    const auto [student, carer] = pair;
    std::vector<std::uint32_t> worse_off{student};
    part(student, carer);
    const auto& list = market_.students.lists[student];
    for (std::uint32_t place = place_of_carer(student, carer) + 1; place < list.size(); ++place) {
      const std::uint32_t next = list[place].partner;
      const int room = market_.carers.room[next];
      if (room <= 0 || std::ranges::binary_search(of_student_[student], place)) continue;
      result.runner_up = next;
      if (static_cast<int>(of_carer_[next].size()) >= room) {
        worse_off.push_back(market_.carers.lists[next][of_carer_[next].back()].partner);
        part(worse_off.back(), next);
      }
      join(student, next);
      break;
    }
    // The matching was stable: one of each pair that blocks now is worse off than before.
    for (const std::uint32_t one : worse_off) {
      for (const Choice& choice : market_.students.lists[one]) add_if_blocking(one, choice.partner, result.blocking);
    }
    for (const std::uint32_t one : {carer, result.runner_up.value_or(carer)}) {
      for (const Choice& choice : market_.carers.lists[one]) add_if_blocking(choice.partner, one, result.blocking);
    }
    std::ranges::sort(result.blocking);
    result.blocking.erase(std::unique(result.blocking.begin(), result.blocking.end()), result.blocking.end());
    sort_by_ids(problem_, result.blocking);
    undo();
    return result;
  }

 private:
  struct Change {
    std::uint32_t student = 0;
    std::uint32_t carer = 0;
    bool joined = false;
  };

  [[nodiscard]] std::uint32_t place_of_carer(std::uint32_t student, std::uint32_t carer) const {
    return std::ranges::lower_bound(places_of_carers_[student], std::pair(carer, 0U))->second;
  }
  [[nodiscard]] std::uint32_t place_of_student(std::uint32_t carer, std::uint32_t student) const {
    return std::ranges::lower_bound(places_of_students_[carer], std::pair(student, 0U))->second;
  }
  void set(std::uint32_t student, std::uint32_t carer, bool joined) {
    const auto put = [joined](std::vector<std::uint32_t>& had, std::uint32_t place) {
      const auto at = std::ranges::lower_bound(had, place);
      if (joined) {
        had.insert(at, place);
      } else {
        had.erase(at);
      }
    };
    put(of_student_[student], place_of_carer(student, carer));
    put(of_carer_[carer], place_of_student(carer, student));
  }
  void part(std::uint32_t student, std::uint32_t carer) {
    set(student, carer, false);
    changes_.push_back({student, carer, false});
  }
  void join(std::uint32_t student, std::uint32_t carer) {
    set(student, carer, true);
    changes_.push_back({student, carer, true});
  }
  void undo() {
    for (const Change& change : changes_) set(change.student, change.carer, !change.joined);
    changes_.clear();
  }
  void add_if_blocking(std::uint32_t student, std::uint32_t carer, std::vector<TwoWayPair>& blocking) const {
    const std::uint32_t place = place_of_carer(student, carer);
    if (!std::ranges::binary_search(of_student_[student], place) && prefers(of_student_[student], market_.students.room[student], place) &&
        prefers(of_carer_[carer], market_.carers.room[carer], place_of_student(carer, student)))
      blocking.emplace_back(student, carer);
  }

  const TwoWayProblem& problem_;
  Market market_;
  std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> places_of_carers_;    // by student
  std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> places_of_students_;  // by carer
  std::vector<std::vector<std::uint32_t>> of_student_;
  std::vector<std::vector<std::uint32_t>> of_carer_;
  std::vector<Change> changes_;
};

}  // namespace

std::vector<std::optional<TwoWayOverride>> overrides_of(const TwoWayProblem& problem, const TwoWayMatching& matching) {
  Overriding overriding(problem, matching);
  std::vector<std::optional<TwoWayOverride>> overrides;
  for (const TwoWayPair& pair : matching.pairs)
    overrides.push_back(overriding.is_fixed(pair) ? std::nullopt : std::optional(overriding.without(pair)));
  return overrides;
}

}  // namespace help
