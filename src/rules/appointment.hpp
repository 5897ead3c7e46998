// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace help {

// Who takes care of whom, where the school decides: an optimal assignment by minimum-cost flow.

/// A student who is to get carers.
struct AppointmentStudent {
  std::string id;  ///< breaks ties; unique among the students
  int need = 1;    ///< so many carers
  int most = 1;    ///< no more than so many, not less than `need`: more than the need only where carers fall short of their least
};

/// Somebody who can take care of students.
struct AppointmentCarer {
  std::string id;   ///< breaks ties; unique among the carers
  int least = 0;    ///< load that should be reached
  int most = 1;     ///< load that is never passed, but by fixed pairs
  int already = 0;  ///< load that is not in question
};

/// A pair that may be made; at most one of a student and a carer.
struct AppointmentEdge {
  std::uint32_t student = 0;  ///< index into AppointmentProblem::students
  std::uint32_t carer = 0;    ///< index into AppointmentProblem::carers
  std::int64_t cost = 0;      ///< not negative; less is better
  bool kept = false;          ///< stands now: to drop it is a change
  bool fixed = false;         ///< is made whatever else
};

/// Pairs that nobody may make have no edge.
struct AppointmentProblem {
  std::vector<AppointmentStudent> students;
  std::vector<AppointmentCarer> carers;
  std::vector<AppointmentEdge> edges;
};

/// What an assignment is worth, or the difference of two: less is better, an earlier figure before all later ones.
struct AppointmentValue {
  std::int64_t missing =
      0;  ///< places of students that stay empty; a first place counts more than a second: (most needs of all - own place + 1)
  std::int64_t dropped = 0;    ///< kept pairs that are not made
  std::int64_t shortfall = 0;  ///< places by which carers stay below their least
  std::int64_t cost = 0;       ///< sum over the pairs
  std::int64_t load = 0;       ///< sum of the squares of the loads: less is fairer
  std::int64_t order = 0;      ///< students with earlier ids are placed first, with carers with earlier ids

  friend auto operator<=>(const AppointmentValue&, const AppointmentValue&) = default;
};

/// What it costs not to make a pair.
struct AppointmentOverride {
  std::optional<std::uint32_t>
      runner_up;           ///< the carer whom the student gets instead in the best assignment without the pair; nothing: none
  AppointmentValue price;  ///< by how much that assignment is worse
};

struct AppointmentPair {
  std::uint32_t edge = 0;  ///< index into AppointmentProblem::edges
  std::uint32_t student = 0;
  std::uint32_t carer = 0;
  std::optional<AppointmentOverride> override_price;  ///< of pairs that are not fixed, where asked for
};

/// A student with fewer carers than needed.
struct AppointmentGap {
  std::uint32_t student = 0;
  int missing = 0;
  enum class Why : std::uint8_t {
    no_candidate,  ///< no pair may be made
    all_taken,     ///< every pair that may be made is made
    full,          ///< all that could take the student, or by exchange one of theirs, carry their most
  } why = Why::no_candidate;
  std::vector<std::uint32_t> full_carers = {};  ///< of `full`: who carries the most, by id: one place more with any of them is enough
  std::optional<std::uint32_t> relief = {};     ///< of `full`: with whom one place more costs least
};

struct AppointmentShortfall {
  std::uint32_t carer = 0;
  int load = 0;
  int least = 0;
};

struct Appointment {
  std::vector<AppointmentPair> pairs;                ///< by id of student, then carer
  std::vector<AppointmentGap> gaps;                  ///< by id of student
  std::vector<AppointmentShortfall> short_of_least;  ///< by id of carer
  std::vector<int> loads;                            ///< by carer, with what was there already
  AppointmentValue value;
};

enum class AppointmentPrices : bool { none, all };

/// The best assignment by the order of AppointmentValue's figures. It is the same in whatever order students, carers and edges are given.
/// Figures are compared exactly and never weighed against each other: they stand in three words of 64 bits; nothing where a sum might not
/// fit (costs above some 10^11 for a school, 10^8 for a district).
[[nodiscard]] std::optional<Appointment> appoint(const AppointmentProblem& problem, AppointmentPrices prices = AppointmentPrices::all);

/// By how much the best assignment with the pair of an edge is worse than the best one; nothing where there is none with it. `best` is what
/// `appoint` gave for the problem.
[[nodiscard]] std::optional<AppointmentValue> price_of_forcing(const AppointmentProblem& problem, const Appointment& best,
                                                               std::uint32_t edge);

}  // namespace help
