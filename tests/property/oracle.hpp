// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/dataset.hpp"
#include "property/fraction.hpp"
#include "rules/identify.hpp"

namespace help::test {

/// A mark that counted for a hit. Named by ids, so that two schools with other indices can be compared.
struct OracleFact {
  std::string exam;
  std::string subject;            ///< empty: an average or a total
  std::string retest;             ///< the repetition of the exam that the mark comes from
  std::optional<Fraction> value;  ///< in marks; nothing for a missed exam
  std::optional<Fraction> limit;  ///< in marks; nothing where no mark is the limit (ranks, percentiles, standard scores)
  auto operator<=>(const OracleFact&) const = default;
};

/// What the oracle says of one rule for one student (and subject).
struct OracleVerdict {
  std::string rule;
  std::string subject;  ///< per-subject rules only
  Judgement::State state = Judgement::State::not_hit;
  Outcome outcome = Outcome::identified;  ///< where hit or waiting
  std::set<OracleFact> facts;
  std::set<std::string> subjects;       ///< that the hit names
  std::set<Date> days;                  ///< of what speaks for the rule without an exam: observations, groups, counts
  std::set<std::string> earlier_exams;  ///< that a fall is measured from
  Fraction shortfall;
  bool applies = false;   ///< the rule has something to say of the student
  bool judged = false;    ///< something was there to judge
  bool no_group = false;  ///< nobody to be compared with: too few, or all equal
  bool missing = false;   ///< a mark is missing
  bool examined = false;  ///< there is a mark, or one is missing
};

struct OracleItem {
  std::string student;
  std::string subject;  ///< empty: the whole student
  Outcome outcome = Outcome::identified;
  std::vector<OracleVerdict> hits;  ///< in the order of the policy
  std::set<std::string> subjects;
  Fraction shortfall;
  CaseState state = CaseState::none;
  std::string exclusion_basis;
  Change change = Change::fresh;
  bool for_minimum = false;
};

struct OracleShort {
  std::string staff;
  std::string subject;
  int has = 0;
  auto operator<=>(const OracleShort&) const = default;
};

struct OracleAnswer {
  std::vector<OracleItem> items;
  std::vector<OracleItem> just_outside;
  std::set<std::pair<std::string, std::string>> gone;  ///< student, subject
  std::set<OracleShort> short_of_minimum;
  std::set<std::pair<std::string, std::string>> no_mark;  ///< rule, student
  std::set<std::string> rules_without_exam;
};

/// Who needs support, worked out the slow and obvious way from schemas/README.md and the design: for every student and every rule, over
/// every mark, with exact fractions. Shares no code with `identify`.
[[nodiscard]] OracleAnswer ask_oracle(const Dataset& data, const Question& question);

/// Every rule for one student, in the order of the policy.
[[nodiscard]] std::vector<OracleVerdict> ask_oracle_why(const Dataset& data, const Question& question, StudentIndex student);

}  // namespace help::test
