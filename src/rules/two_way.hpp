// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace help {

// Who takes care of whom, where both sides choose: deferred acceptance with capacities (Gale and Shapley, 1962; Roth, 1984).

struct TwoWayStudent {
  std::string id;  ///< breaks ties; unique among the students
  int need = 1;    ///< so many carers, each chosen for itself
};

struct TwoWayCarer {
  std::string id;  ///< breaks ties; unique among the carers
  int most = 1;
};

/// A pair that may be made, with the place on each side's list: smaller is better, equal places are broken by id.
struct TwoWayEdge {
  std::uint32_t student = 0;                 ///< index into TwoWayProblem::students
  std::uint32_t carer = 0;                   ///< index into TwoWayProblem::carers
  std::optional<int> place_of_carer = {};    ///< of the carer on the student's list; nothing: not listed
  std::optional<int> place_of_student = {};  ///< of the student on the carer's list; nothing: not listed
  bool fixed = false;                        ///< is made whatever else
};

enum class Proposing : std::uint8_t { students, carers };
enum class Unlisted : std::uint8_t {
  refused,  ///< who is not on a list is never taken
  last,     ///< who is not on a list comes behind all who are, by id
};

struct TwoWayProblem {
  std::vector<TwoWayStudent> students;
  std::vector<TwoWayCarer> carers;
  std::vector<TwoWayEdge> edges;
  Proposing proposing = Proposing::students;
  Unlisted unlisted = Unlisted::refused;
};

using TwoWayPair = std::pair<std::uint32_t, std::uint32_t>;  ///< student, carer

struct TwoWayMatching {
  std::vector<TwoWayPair> pairs;        ///< by id of student, then carer
  std::vector<std::uint32_t> unplaced;  ///< students with fewer carers than needed, by id
};

/// The stable matching that is best for every member of the proposing side. It is the same in whatever order anything is given.
[[nodiscard]] TwoWayMatching match_two_way(const TwoWayProblem& problem);

/// The pairs that would rather have each other than what `pairs` gives them (a free place counts as less than anybody on the list), by id
/// of student, then carer. Fixed pairs are no concern of either side.
[[nodiscard]] std::vector<TwoWayPair> blocking_pairs(const TwoWayProblem& problem, const std::vector<TwoWayPair>& pairs);

/// What comes of overriding a pair of a matching.
struct TwoWayOverride {
  std::optional<std::uint32_t> runner_up;  ///< the next carer on the student's list who accepts the student; nothing: none
  std::vector<TwoWayPair> blocking;        ///< the pairs that block when the student goes to the runner-up, who sends the last away if full
};
/// For each pair of a stable matching what comes of overriding it; nothing for fixed pairs.
[[nodiscard]] std::vector<std::optional<TwoWayOverride>> overrides_of(const TwoWayProblem& problem, const TwoWayMatching& matching);

}  // namespace help
