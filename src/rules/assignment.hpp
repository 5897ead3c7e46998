// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "model/dataset.hpp"
#include "rules/appointment.hpp"
#include "rules/pair_facts.hpp"

namespace help {

/// What is asked: who takes care of whom by one entry of the policy's `assign`.
/// A pair that somebody asks for.
struct WantedPair {
  StudentIndex student = 0;
  std::optional<SubjectIndex> subject;  ///< where each subject is looked after for itself; nothing: the only one
  Party carer;
};

struct AssignQuestion {
  Date today = {};
  std::uint32_t rule = 0;  ///< into Policy::assigning.rules
  bool keep = false;       ///< as few changes of the pairs of today as can be, before everything but that students are placed
};

/// A part of a pair's score.
struct ScorePart {
  PairFact fact = PairFact::subject;
  int points = 0;
  std::optional<SubjectIndex> subject = {};  ///< of `subject` and `own_teacher`
  std::string_view code = {};                ///< of `fit`: the category or cause
  int place = 0;                             ///< of wishes: the place on the list, from 1
};

struct PairScore {
  int points = 0;
  std::vector<ScorePart> parts;  ///< in the order of PairFact
};

/// How a pair came to be.
enum class PairOrigin : std::uint8_t {
  appointed,  ///< by the score
  chosen,     ///< by both sides
  fixed,      ///< by hand
  held,       ///< it stands and is too young to be taken apart, or begins on a later day
};
[[nodiscard]] std::string_view word_of(PairOrigin origin);

struct ProposedPair {
  std::uint32_t unit = 0;       ///< into Assignment::units
  std::uint32_t candidate = 0;  ///< into Assignment::candidates
  PairScore score;
  PairOrigin origin = PairOrigin::appointed;
  std::optional<std::uint32_t> stands{};     ///< the pair of today, or one that begins later, into Dataset::pairs
  std::optional<std::uint32_t> runner_up{};  ///< into candidates; nothing: nobody else
  int runner_up_points = 0;
  std::optional<AppointmentValue> price{};  ///< of appointed pairs: by how much all is worse with the pair forbidden
  std::optional<std::int64_t> blocking{};   ///< of chosen ones: pairs that would rather have each other then
};

/// A pair of today that is not made again.
struct EndedPair {
  std::uint32_t pair = 0;       ///< into Dataset::pairs
  std::uint16_t obstacles = 0;  ///< why it may not go on, as bits by Obstacle; 0: others are better for all
  bool no_candidate = false;    ///< the carer no longer is what the entry asks for
  bool early = false;           ///< before the end of the time for which the entry holds pairs together
};

/// A student without as many carers as needed.
struct UnplacedUnit {
  std::uint32_t unit = 0;
  int missing = 0;
  enum class Why : std::uint8_t {
    no_candidate,     ///< nobody may
    all_taken,        ///< all who may already do
    full,             ///< all who could have as many as they may
    no_weak_subject,  ///< the pair asks for a weak subject, and neither the decisions nor the marks nor a list know one
    no_wishes,        ///< two-way: the student has not chosen anybody
    turned_down,      ///< two-way: nobody whom the student chose could or would
  } why = Why::no_candidate;
  std::map<Obstacle, int> obstacles = {};        ///< of `no_candidate`: how many are kept out by it
  std::vector<std::uint32_t> full = {};          ///< of `full`: one place more with any of them is enough
  std::optional<std::uint32_t> relief = {};      ///< with whom the least would have to be given up
  std::optional<Obstacle> relief_obstacle = {};  ///< of `no_candidate`: what would have to be given up for it, if only one thing
};
[[nodiscard]] std::string_view word_of(UnplacedUnit::Why why);

struct CarerLoad {
  int load = 0;
  int already = 0;  ///< with students who are not in question
};

struct Assignment {
  AssignQuestion question;
  std::vector<CareUnit> units;
  std::vector<CareCandidate> candidates;
  std::vector<ProposedPair> pairs;             ///< by unit
  std::vector<EndedPair> ended;                ///< by student, then id
  std::vector<UnplacedUnit> unplaced;          ///< by unit
  std::vector<CarerLoad> loads;                ///< by candidate
  std::vector<std::uint32_t> available;        ///< candidates who may have somebody at all
  std::vector<std::uint32_t> short_of_least;   ///< of the available
  std::vector<const PairOrder*> unmet_orders;  ///< pairs fixed by hand that cannot be made
  AppointmentValue value;                      ///< of appointed pairs
};

/// The assignment; nothing where a sum of costs might not fit. `earlier`: what other entries of the same run propose; those of the same
/// role have used up places.
[[nodiscard]] std::optional<Assignment> assign(const Dataset& data, const AssignQuestion& question,
                                               std::span<const Assignment> earlier = {});

/// Two entries in force that would both give a student somebody in one role: each would take the other's pairs apart.
struct SharedStudent {
  std::uint32_t rule = 0;   ///< into Policy::assigning.rules
  std::uint32_t other = 0;  ///< the same
  StudentIndex student = 0;
};
/// The first student whom a rule shares with another one; nothing where there is none.
[[nodiscard]] std::optional<SharedStudent> shared_student(const Dataset& data, std::uint32_t rule, Date today);

/// What it would cost to make a pair that is not proposed.
struct Forcing {
  enum class Answer : std::uint8_t {
    proposed,         ///< it is proposed anyway
    possible,         ///< `price` or `blocking` says what it costs, `after` what else changes
    not_in_question,  ///< the entry does not ask about the student (or subject), or about several subjects
    no_candidate,     ///< the entry's `who` does not name the carer for this student
    obstacles,        ///< `obstacles` are in the way
    full,             ///< the carer has as many as may be, and none of them can go to others
  } answer = Answer::not_in_question;
  std::uint16_t obstacles = 0;              ///< as bits by Obstacle
  std::optional<AppointmentValue> price{};  ///< of an appointed pair: by how much the best assignment with it is worse
  std::optional<std::int64_t> blocking{};   ///< in two-way choice: pairs that would rather have each other then
  Assignment before;
  Assignment after;  ///< the best with the pair; where it is not possible, empty
};
[[nodiscard]] std::string_view word_of(Forcing::Answer answer);

/// Nothing where a sum of costs might not fit.
[[nodiscard]] std::optional<Forcing> force(const Dataset& data, const AssignQuestion& question, const WantedPair& wanted);

/// The last day of something that lasts so long from a day on; nothing where it has no end.
[[nodiscard]] std::optional<Date> end_of(const Calendar& calendar, const PairSpan& span, Date from);

/// A place in the chain of responsibility that nobody fills.
struct ChainGap {
  std::uint32_t link = 0;  ///< into Policy::assigning.chain
  std::optional<int> grade{};
  std::optional<ClassIndex> in_class{};
  std::optional<StudentIndex> student{};
};

/// The gaps on a day, by link. `proposed`: pairs that are about to be made count, too.
[[nodiscard]] std::vector<ChainGap> chain_gaps(const Dataset& data, Date today, std::span<const Assignment> proposed);

}  // namespace help
