// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include "rules/decision_steps.hpp"

namespace help {

class Judge;

/// What a criterion of release says about an open case.
struct ReleaseJudgement {
  std::size_t criterion = 0;      ///< into DecisionPlan::release
  std::vector<ExamIndex> passed;  ///< the latest exams in a row in which the line was reached, by date; as many as it takes at most
  bool is_met = false;            ///< they are as many as it takes
};

/// Judges a case that is open since `since` by every criterion of the policy, in its order. Only exams held after that day, and in which
/// the student has a row, are looked at; exempt and not examined is passed over, a missing mark is not enough. In a case of the whole
/// student every mark of an exam must reach the line. Marks after a retest count. Exact; nothing dated after the judge's day is seen.
[[nodiscard]] std::vector<ReleaseJudgement> judge_release(const Judge& judge, const CaseKey& about, Date since);
/// The same on a day.
[[nodiscard]] std::vector<ReleaseJudgement> judge_release(const Dataset& data, Date today, const CaseKey& about, Date since);

/// An open case, and what the criteria say about it.
struct OpenCase {
  CaseKey about;
  Date since = {};
  std::vector<ReleaseJudgement> judgements;
};

/// Every case that is confirmed on the day of `steps`, of students who are here, by the student's id, then subject.
[[nodiscard]] std::vector<OpenCase> open_cases(const Dataset& data, const DecisionSteps& steps);

}  // namespace help
