// SPDX-License-Identifier: MIT
#include "rules/decisions.hpp"

#include <algorithm>

#include "rules/judge.hpp"

namespace help {
namespace {

/// A release says nothing about single rules and exams: all that came before it is over.
bool goes_by_date(const Event& decision) { return decision.kind == EventKind::released; }

/// Whether the decision was taken in the knowledge of the evidence.
bool knew(const Judge& judge, const Event& decision, const Evidence& evidence) {
  const auto knew_exam = [&](ExamIndex index) {
    const auto& exam = judge.data().exams[index];
    return goes_by_date(decision) || decision.exams.empty() ? exam.date <= decision.date : contains(decision.exams, exam.id);
  };
  for (const auto& exam : {evidence.exam, evidence.since}) {
    if (exam && !knew_exam(*exam)) return false;
  }
  if (evidence.retest && judge.data().exams[*evidence.retest].date > decision.date) return false;
  return !evidence.date || *evidence.date <= decision.date;
}

bool still_holds(const Judge& judge, const Event& decision, const IdentifiedItem& item) {
  return std::ranges::all_of(item.hits, [&](const Judgement& hit) {
    const bool same_rule =
        goes_by_date(decision) || decision.rules.empty() || contains(decision.rules, judge.policy().identify[hit.rule].id);
    return same_rule && std::ranges::all_of(hit.evidence, [&](const Evidence& evidence) { return knew(judge, decision, evidence); });
  });
}

}  // namespace

Decision decision_by(const Dataset& data, std::span<const std::uint32_t> events, std::optional<SubjectIndex> subject) {
  Decision decision;
  const Event* confirmed = nullptr;  // and not closed since
  for (const auto index : events) {
    const Event& event = data.events[index];
    if (!is_decision(event.kind) || (event.subject && event.subject != subject)) continue;
    switch (event.kind) {
      case EventKind::confirmed:
      case EventKind::reopened:
        decision = {CaseState::confirmed, &event};
        confirmed = &event;
        break;
      case EventKind::excluded:
        if (contains(data.policy.exclude, event.basis)) decision = {CaseState::excluded, &event};
        break;
      case EventKind::included:
        decision = confirmed != nullptr ? Decision{CaseState::confirmed, confirmed} : Decision{};
        break;
      case EventKind::dismissed:
        decision = {CaseState::dismissed, &event};
        confirmed = nullptr;
        break;
      case EventKind::released:
        decision = {CaseState::released, &event};
        confirmed = nullptr;
        break;
      default:
        decision = {CaseState::none, &event};
        confirmed = nullptr;
        break;
    }
  }
  return decision;
}

Decision decision_of(const Judge& judge, StudentIndex student, std::optional<SubjectIndex> subject) {
  return decision_by(judge.data(), judge.events(student), subject);
}

Decision state_of(const Judge& judge, const IdentifiedItem& item) {
  const auto decision = decision_of(judge, item.student, item.subject);
  const bool rests_on_evidence = decision.state == CaseState::dismissed || decision.state == CaseState::released;
  return rests_on_evidence && !still_holds(judge, *decision.event, item) ? Decision{} : decision;
}

}  // namespace help
