// SPDX-License-Identifier: MIT
#include "commands/identify_words.hpp"

#include <algorithm>

#include "commands/cells.hpp"
#include "model/code_name.hpp"
#include "rules/clause.hpp"

namespace help {
namespace {

Message case_state_words(CaseState state) {
  switch (state) {
    case CaseState::confirmed:
      return say("confirmed");
    case CaseState::dismissed:
      return say("dismissed");
    case CaseState::excluded:
      return say("excluded");
    case CaseState::released:
      return say("released");
    case CaseState::none:
      break;
  }
  return {};
}

std::string_view code_of(Evidence::Measure measure) {
  using Measure = Evidence::Measure;
  switch (measure) {
    case Measure::mark:
      return "mark";
    case Measure::average:
      return "average";
    case Measure::total:
      return "total";
    case Measure::percentile:
      return "percentile";
    case Measure::standard_score:
      return "standard-score";
    case Measure::rank_fall:
      return "rank-fall";
    case Measure::score_fall:
      return "standard-score-fall";
    case Measure::absence:
      return "absence";
    case Measure::count:
      return "count";
    case Measure::indicator:
      return "indicator";
    case Measure::group:
      return "group";
    case Measure::by_hand:
      break;
  }
  return "by-hand";
}

Cell decimal_or_null(std::optional<std::int64_t> hundredths) { return hundredths ? Cell(Decimal{*hundredths}) : Cell(); }

Cell exam_or_null(const Dataset& data, std::optional<ExamIndex> exam) { return exam ? Cell(data.exams[*exam].id) : Cell(); }
}  // namespace

std::string name_of(const Rule& rule) { return rule.name.empty() ? rule.id : rule.name; }

Message outcome_words(Outcome outcome) {
  switch (outcome) {
    case Outcome::identified:
      return say("identified");
    case Outcome::pending:
      return say("pending");
    case Outcome::watch:
      break;
  }
  return say("watch");
}

std::string_view code_of(CaseState state) {
  switch (state) {
    case CaseState::confirmed:
      return "confirmed";
    case CaseState::dismissed:
      return "dismissed";
    case CaseState::excluded:
      return "excluded";
    case CaseState::released:
      return "released";
    case CaseState::none:
      break;
  }
  return "suggested";
}

std::string_view code_of(Judgement::State state) {
  using State = Judgement::State;
  switch (state) {
    case State::hit:
      return "hit";
    case State::not_hit:
      return "not-hit";
    case State::not_judged:
      return "not-judged";
    case State::not_applicable:
      return "not-applicable";
    case State::cleared:
      return "cleared";
    case State::waiting:
      break;
  }
  return "waiting";
}

std::string_view code_of(Reason reason) {
  switch (reason) {
    case Reason::no_exam:
      return "no-exam";
    case Reason::not_in_force:
      return "not-in-force";
    case Reason::condition:
      return "condition";
    case Reason::no_mark:
      return "no-mark";
    case Reason::missing_marks:
      return "missing-marks";
    case Reason::small_group:
      return "small-group";
    case Reason::no_spread:
      return "no-spread";
    case Reason::no_count:
      return "no-count";
    case Reason::not_here:
      return "not-here";
    case Reason::none:
      break;
  }
  return "";
}

Cell subject_or_null(const Dataset& data, std::optional<SubjectIndex> subject) { return subject ? Cell(data.subjects[*subject]) : Cell(); }
Record evidence_record(const Dataset& data, const Evidence& evidence) {
  const bool counts = evidence.measure == Evidence::Measure::count;
  const auto amount = [&](std::optional<std::int64_t> value) { return counts && value ? Cell(*value) : decimal_or_null(value); };
  const auto state = word_of(evidence.mark.state());
  Record record;
  record.fields = {
      {"measure", Cell(code_of(evidence.measure))},
      {"exam", exam_or_null(data, evidence.exam)},
      {"since", exam_or_null(data, evidence.since)},
      {"retest", exam_or_null(data, evidence.retest)},
      {"subject", subject_or_null(data, evidence.subject)},
      {"mark", evidence.mark.present() ? Cell(Decimal{evidence.mark.hundredths()}) : text_or_null(state)},
      {"figure", amount(evidence.figure)},
      {"threshold", amount(evidence.threshold)},
      {"full", decimal_or_null(evidence.full)},
      {"of", evidence.rank ? Cell(evidence.of == Compared::school_class ? "class" : "grade") : Cell()},
      {"rank", number_or_null(evidence.rank)},
      {"earlier_rank", number_or_null(evidence.earlier_rank)},
      {"group_size", number_or_null(evidence.group_size)},
      {"percentile", decimal_or_null(evidence.percentile)},
      {"standard_score", decimal_or_null(evidence.standard_score)},
      {"tentative", Cell(evidence.tentative)},
      {"below", Cell(evidence.below)},
      {"date", evidence.date && *evidence.date > Date::min() ? Cell(*evidence.date) : Cell()},
      {"word", text_or_null(evidence.word)},
      {"clause", Cell(clause_of(data, evidence))},
  };
  return record;
}

Cell evidence_list(const Dataset& data, const std::vector<Evidence>& evidence) {
  Cell::List list;
  for (const auto& each : evidence) list.emplace_back(evidence_record(data, each));
  return list;
}

Cell hit_cell(const Dataset& data, const Judgement& hit) {
  const auto& rule = data.policy.identify[hit.rule];
  Record record;
  record.fields = {{"rule", Cell(rule.id)},
                   {"name", Cell(name_of(rule))},
                   {"source", text_or_null(rule.source)},
                   {"because", text_or_null(rule.because)},
                   {"state", Cell(code_of(hit.state))},
                   {"outcome", Cell(word_of(hit.outcome))},
                   {"count", hit.needed > 0 ? Cell(hit.count) : Cell()},
                   {"needed", hit.needed > 0 ? Cell(hit.needed) : Cell()},
                   {"why", Cell(line_of(data, hit))},
                   {"evidence", evidence_list(data, hit.evidence)}};
  return record;
}

std::vector<Message> reasons_of(const Dataset& data, const IdentifiedItem& item) {
  struct Reasoned {
    Message line;
    std::vector<std::string> sources;
  };
  std::vector<Reasoned> reasons;
  for (const auto& hit : item.hits) {
    Message line = line_of(data, hit);
    auto same = std::ranges::find(reasons, line, &Reasoned::line);
    if (same == reasons.end()) same = reasons.insert(same, {std::move(line), {}});
    const auto& source = data.policy.identify[hit.rule].source;
    if (!source.empty() && std::ranges::find(same->sources, source) == same->sources.end()) same->sources.push_back(source);
  }
  std::vector<Message> lines;
  for (auto& [line, sources] : reasons)
    lines.push_back(sources.empty() ? std::move(line) : say("{0} [{1}]", std::move(line), joined(sources)));
  for (const auto& nearest : item.nearest) lines.push_back(say("{0}; added for the minimum per teacher", clause_of(data, nearest)));
  return lines;
}

bool is_off(const IdentifiedItem& item) { return item.state == CaseState::dismissed || item.state == CaseState::released; }

Message standing_of(const Dataset& data, const IdentifiedItem& item) {
  auto change = item.change == Change::fresh ? say("new") : say("continuing");
  if (!item.confirmed_subjects.empty()) {
    std::vector<Message> names;
    for (const auto subject : item.confirmed_subjects) names.push_back(as_data(data.subjects[subject]));
    return say("{0} in {1}, {2}", case_state_words(CaseState::confirmed), joined(names), std::move(change));
  }
  if (item.state == CaseState::none) return change;
  auto state = item.exclusion_basis.empty() ? case_state_words(item.state)
                                            : say("{0} ({1})", case_state_words(item.state), name_of_basis(item.exclusion_basis));
  return item.state == CaseState::confirmed ? say("{0}, {1}", std::move(state), change) : state;
}

Cell::List subject_names(const Dataset& data, const IdentifiedItem& item) {
  Cell::List names;
  for (const auto subject : item.subjects) names.emplace_back(data.subjects[subject]);
  return names;
}

Message label_of(const Policy& policy) { return policy.label.empty() ? say("students to support") : as_data(policy.label); }

}  // namespace help
