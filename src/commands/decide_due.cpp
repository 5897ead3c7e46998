// SPDX-License-Identifier: MIT
// help decide --due: who may be released by the policy's criteria.
#include <algorithm>

#include "commands/cells.hpp"
#include "commands/decide.hpp"
#include "commands/identify_words.hpp"
#include "commands/lookup.hpp"
#include "rules/clause.hpp"
#include "rules/release.hpp"

namespace help {
namespace {

/// The row of a case that meets a criterion.
std::vector<Cell> row_of(const Context& context, const OpenCase& one, const ReleaseJudgement& judgement) {
  const Dataset& data = context.data;
  const Student& student = data.students[one.about.student];
  const ReleaseCriterion& criterion = data.policy.decide.release[judgement.criterion];
  const auto in = data.class_of(one.about.student, context.today);
  const bool for_people = is_for_people(context.format);
  Cell::List exams;
  for (const ExamIndex exam : judgement.passed) exams.emplace_back(for_people ? exam_title(data.exams[exam]) : data.exams[exam].id);
  Cell rule(criterion.id);
  if (for_people) rule = criterion.source.empty() ? Cell(criterion.name) : Cell(say("{0} [{1}]", criterion.name, criterion.source));
  return {Cell(student.id),
          Cell(student.name),
          !in          ? Cell()
          : for_people ? Cell(class_name(data, in))
                       : Cell(data.classes[*in].id),
          subject_or_null(data, one.about.subject),
          Cell(one.since),
          std::move(rule),
          text_or_null(criterion.source),
          Cell(std::move(exams))};
}

}  // namespace

void show_due(const Context& context, const DecideOptions& options, Answer& answer) {
  const Dataset& data = context.data;
  Lookup lookup(context, answer.refusals);
  const auto in_class = lookup.school_class(options.in_class);
  const auto grade = lookup.grade(options.grade);
  const auto subject = lookup.subject(options.subject);
  if (data.policy.decide.release.empty())
    answer.refusals.push_back(say("The policy has no criterion of release (`decide`, `release`): whoever decides gives the reason."));
  if (!answer.refusals.empty()) return;
  Table table{.key = "due", .title = {}, .columns = {}, .rows = {}, .when_empty = say("Nobody meets a criterion yet.")};
  table.columns = {{.key = "student", .title = say("Id")},
                   {.key = "name", .title = say("Name")},
                   {.key = "class", .title = say("Class")},
                   {.key = "subject", .title = say("Subject")},
                   {.key = "since", .title = say("Since")},
                   {.key = "criterion", .title = say("Criterion")},
                   {.key = "source", .title = say("Source"), .align = Align::left, .in_text = false},
                   {.key = "exams", .title = say("Exams")}};
  std::int64_t open = 0;
  std::string first;
  for (const OpenCase& one : open_cases(data, DecisionSteps(data, context.today))) {
    const auto in = data.class_of(one.about.student, context.today);
    if ((in_class && in != in_class) || (grade && (!in || data.grade_of(*in, context.today) != *grade)) ||
        (subject && one.about.subject != subject)) {
      continue;
    }
    ++open;
    for (const ReleaseJudgement& judgement : one.judgements) {
      if (!judgement.is_met) continue;
      if (first.empty()) first = data.students[one.about.student].id;
      table.rows.push_back(row_of(context, one, judgement));
    }
  }
  Document& document = answer.document;
  document.schema = "help.decide-due/1";
  document.head = {counted(open, "{0} open case on {1}; these meet a criterion of the policy.",
                           "{0} open cases on {1}; these meet a criterion of the policy.", to_string(context.today))};
  document.facts.fields = {{"today", Cell(context.today)}, {"open_cases", Cell(open)}};
  document.tables.push_back(std::move(table));
  if (!first.empty()) document.foot.push_back(say("To release one: help decide {0} release", first));
}

}  // namespace help
