// SPDX-License-Identifier: MIT
#include <algorithm>

#include "commands/cells.hpp"
#include "commands/identify_view.hpp"
#include "commands/identify_words.hpp"
#include "rules/clause.hpp"

namespace help {
namespace {

Message words_of(const Judgement& judgement) {
  using State = Judgement::State;
  switch (judgement.state) {
    case State::hit:
      return say("applies");
    case State::not_hit:
      return say("does not apply");
    case State::not_judged:
      return say("not judged");
    case State::not_applicable:
      return say("left out");
    case State::cleared:
      return say("cleared by the later exam");
    case State::waiting:
      break;
  }
  return say("pending");
}

/// What every fact of a judgement says, one line each.
std::vector<Message> explanation_of(const Dataset& data, const Judgement& judgement) {
  std::vector<Message> lines;
  if (judgement.reason != Reason::none) lines.push_back(words_of(judgement.reason));
  if (judgement.needed > 0 && judgement.reason == Reason::none) {
    lines.push_back(say("{0} so far, the rule takes {1}", judgement.count, judgement.needed));
  }
  for (const auto& evidence : judgement.evidence) lines.push_back(clause_of(data, evidence));
  if (lines.empty()) lines.push_back(say("nothing on record"));
  return lines;
}

Table why_table(const Dataset& data, const std::vector<Judgement>& judgements, Format format) {
  Table table{.key = "rules"};
  table.columns = {{.key = "rule", .title = say("Rule")},
                   {.key = "subject", .title = say("Subject")},
                   {.key = "state", .title = say("Result")},
                   {.key = "why", .title = say("Why")},
                   {.key = "source", .title = say("Source")}};
  for (const auto& judgement : judgements) {
    const auto& rule = data.policy.identify[judgement.rule];
    table.rows.push_back({name_of(rule), subject_or_null(data, judgement.subject), words_of(judgement),
                          lines_in_cell(explanation_of(data, judgement), format), rule.source});
  }
  return table;
}

Table why_data(const Dataset& data, const std::vector<Judgement>& judgements) {
  Table table{.key = "rules"};
  for (const auto* name : {"rule", "name", "source", "because", "subject", "state", "reason", "outcome", "count", "needed", "evidence"}) {
    table.columns.push_back({.key = name});
  }
  for (const auto& judgement : judgements) {
    const auto& rule = data.policy.identify[judgement.rule];
    const bool counts = judgement.needed > 0;
    table.rows.push_back({rule.id, name_of(rule), text_or_null(rule.source), text_or_null(rule.because),
                          subject_or_null(data, judgement.subject), code_of(judgement.state), text_or_null(code_of(judgement.reason)),
                          word_of(judgement.outcome), counts ? Cell(judgement.count) : Cell(), counts ? Cell(judgement.needed) : Cell(),
                          evidence_list(data, judgement.evidence)});
  }
  return table;
}

/// For spreadsheets: a row for each fact, or one for a rule that found none.
Table why_sheet(const Dataset& data, const std::vector<Judgement>& judgements) {
  Table table{.key = "rules"};
  for (const auto* name : {"rule", "name", "source", "because", "state", "reason", "outcome", "count", "needed"})
    table.columns.push_back({.key = name});
  const auto facts = evidence_record(data, Evidence{.measure = Evidence::Measure::by_hand}).fields;  // for the names only
  for (const auto& [key, cell] : facts) table.columns.push_back({.key = key});
  for (const auto& judgement : judgements) {
    const auto& rule = data.policy.identify[judgement.rule];
    const bool counts = judgement.needed > 0;
    const std::vector<Cell> of_rule{rule.id,
                                    name_of(rule),
                                    text_or_null(rule.source),
                                    text_or_null(rule.because),
                                    code_of(judgement.state),
                                    text_or_null(code_of(judgement.reason)),
                                    word_of(judgement.outcome),
                                    counts ? Cell(judgement.count) : Cell(),
                                    counts ? Cell(judgement.needed) : Cell()};
    for (const auto& evidence : judgement.evidence) {
      auto row = of_rule;
      for (auto& [key, cell] : evidence_record(data, evidence).fields) row.push_back(std::move(cell));
      table.rows.push_back(std::move(row));
    }
    if (!judgement.evidence.empty()) continue;
    auto row = of_rule;
    for (const auto& [key, cell] : facts) row.push_back(key == "subject" ? subject_or_null(data, judgement.subject) : Cell());
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// What became of the student's items on the whole list: places, decisions.
Message place_on_list(const Dataset& data, const Identified& answer, StudentIndex student) {
  const auto of_student = [&](const IdentifiedItem& item) { return item.student == student; };
  const auto item = std::ranges::find_if(answer.items, of_student);
  if (item != answer.items.end()) {
    if (is_off(*item)) return say("Set aside: {0}.", standing_of(data, *item));
    return say("On the list: {0}, {1}.", outcome_words(item->outcome), standing_of(data, *item));
  }
  if (std::ranges::any_of(answer.just_outside, of_student)) return say("Just outside the places.");
  return say("Not on the list.");
}

std::string_view code_of_place(const Identified& answer, StudentIndex student) {
  const auto of_student = [&](const IdentifiedItem& item) { return item.student == student; };
  if (std::ranges::any_of(answer.items, of_student)) return "on-list";
  return std::ranges::any_of(answer.just_outside, of_student) ? "just-outside" : "not-on-list";
}

}  // namespace

Document why_document(const Context& context, const Question& question, StudentIndex student) {
  const auto& data = context.data;
  const auto& who = data.students[student];
  const auto in = data.class_of(student, question.today);
  const auto answer = identify(data, question);
  const auto judgements = explain(data, question, student);
  Document document;
  document.schema = "help.identify-why/1";
  document.head.push_back(in ? say("{0} {1}, {2}, on {3}", who.id, who.name, class_name(data, in), to_string(question.today))
                             : say("{0} {1}, in no class, on {2}", who.id, who.name, to_string(question.today)));
  document.head.push_back(place_on_list(data, answer, student));
  document.facts.fields = {{"today", Cell(question.today)},
                           {"policy", Cell(data.policy.id)},
                           {"student", Cell(who.id)},
                           {"name", Cell(who.name)},
                           {"class", in ? Cell(data.classes[*in].id) : Cell()},
                           {"place", Cell(code_of_place(answer, student))}};
  document.tables.push_back(is_for_people(context.format)   ? why_table(data, judgements, context.format)
                            : context.format == Format::csv ? why_sheet(data, judgements)
                                                            : why_data(data, judgements));
  return document;
}

}  // namespace help
