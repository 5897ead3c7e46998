// SPDX-License-Identifier: MIT
// The policy in plain words, each number with its source.
#include <algorithm>

#include "commands/archive_words.hpp"
#include "commands/cells.hpp"
#include "commands/identify_words.hpp"
#include "commands/show.hpp"
#include "model/code_name.hpp"
#include "model/role_name.hpp"
#include "rules/kinds.hpp"
#include "rules/obligations.hpp"

namespace help {
namespace {

Message names_of(const std::vector<Named>& known, const std::vector<std::string>& ids) {
  std::vector<Message> names;
  for (const std::string& id : ids) names.push_back(name_in(known, id));
  return joined(names);
}

Message words_of(const ExamChoice& choice) {
  if (!choice.id.empty()) return as_data(choice.id);
  std::vector<Message> kinds;
  for (const ExamKind kind : choice.kinds) kinds.push_back(name_of(kind));
  Message what = kinds.empty() ? say("any exam") : joined(kinds);
  switch (choice.term) {
    case ExamChoice::TermChoice::current:
      what = say("{0} of this term", std::move(what));
      break;
    case ExamChoice::TermChoice::previous:
      what = say("{0} of the term before", std::move(what));
      break;
    case ExamChoice::TermChoice::named:
      what = say("{0} of {1}", std::move(what), choice.term_id);
      break;
    case ExamChoice::TermChoice::any:
      break;
  }
  return choice.last ? say("{0}, the last {1}", std::move(what), *choice.last) : what;
}

Message words_of(const Line& line) {
  switch (line.kind) {
    case Line::Kind::percent:
      return say("{0}% of the full mark", hundredths_to_string(line.value));
    case Line::Kind::mark:
      return as_data(hundredths_to_string(line.value));
    case Line::Kind::pass:
      break;
  }
  return say("the pass mark");
}

Message words_of(const Basis& basis) {
  Message what;
  switch (basis.kind) {
    case Basis::Kind::any_subject:
      what = say("any subject");
      break;
    case Basis::Kind::per_subject:
      what = say("each subject for itself");
      break;
    case Basis::Kind::average:
      what = say("the average");
      break;
    case Basis::Kind::total:
      what = say("the total");
      break;
  }
  return basis.subjects.empty() ? what : say("{0} of {1}", std::move(what), joined(basis.subjects));
}

Message words_of(const CountWindow& window) {
  switch (window.kind) {
    case CountWindow::Kind::year:
      return say("in this school year");
    case CountWindow::Kind::days:
      return counted(window.days, "in {0} day", "in {0} days");
    case CountWindow::Kind::term:
      break;
  }
  return say("in this term");
}

/// What one parameter of a rule says; empty where it is the usual and says nothing.
Message words_of(const Policy& policy, Parameter parameter, const Parameters& said) {
  switch (parameter) {
    case Parameter::exam:
    case Parameter::exams:
      return say("exam: {0}", words_of(said.exam));
    case Parameter::since:
      return say("since: {0}", words_of(said.since));
    case Parameter::basis:
      return say("judged by: {0}", words_of(said.basis));
    case Parameter::below:
      return say("below {0}", words_of(said.below));
    case Parameter::share_below:
      return say("fewer than {0}% of the group are below", hundredths_to_string(said.share));
    case Parameter::score_below:
      return say("standard score below {0}", hundredths_to_string(said.score));
    case Parameter::times:
      return counted(said.times, "at least {0} time", "at least {0} times");
    case Parameter::last:
      return counted(said.last, "of the last {0} exam", "of the last {0} exams");
    case Parameter::ending:
      return said.ending == RunEnding::any ? say("a run at any time") : say("a run up to the latest exam");
    case Parameter::missing_in_run:
      return said.missing == RunMissing::break_run ? say("a missed exam ends the run") : say("missed exams are passed over");
    case Parameter::missing_marks:
      return said.basis.missing == MissingMarks::present_only ? say("missing marks are left out")
             : said.basis.missing == MissingMarks::zero       ? say("missing marks count as zero")
                                                              : say("with a missing mark nothing is judged");
    case Parameter::within_term:
      return said.within_term ? say("within one term") : Message{};
    case Parameter::of:
      return said.of == Compared::school_class ? say("in the class") : say("in the grade");
    case Parameter::by:
      return said.by == FallBy::rank ? say("by rank") : say("by standard score");
    case Parameter::at_least_fall:
      return said.by == FallBy::rank ? say("at least {0} places", said.score / 100) : say("at least {0}", hundredths_to_string(said.score));
    case Parameter::count:
      return say("counted: {0}", name_of_count(said.count));
    case Parameter::at_least_count:
      return say("at least {0}", said.times);
    case Parameter::count_window:
      return words_of(said.window);
    case Parameter::indicators:
      return said.indicators.empty() ? Message{} : say("signs: {0}", names_of(policy.indicators, said.indicators));
    case Parameter::groups:
      return said.groups.empty() ? Message{} : say("groups: {0}", names_of(policy.groups, said.groups));
    case Parameter::students:
      return counted(std::ssize(said.students), "{0} student, named by hand", "{0} students, named by hand");
  }
  return {};
}

Message words_of(const Policy& policy, const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::transferred:
      return say("came from another school");
    case Condition::Kind::grade: {
      std::vector<std::string> grades;
      for (const int grade : condition.grades) grades.push_back(std::to_string(grade));
      return say("grade {0}", joined(grades));
    }
    case Condition::Kind::in_class:
      return say("class {0}", joined(condition.names));
    case Condition::Kind::group:
      return names_of(policy.groups, condition.names);
    case Condition::Kind::cohort: {
      std::vector<std::string> years;
      for (const auto& [year, grades] : condition.cohorts) years.push_back(std::to_string(year));
      return say("school years {0}", joined(years));
    }
  }
  return {};
}

std::vector<Message> lines_of(const Policy& policy, const Rule& rule) {
  std::vector<Message> lines;
  for (const ParameterUse& use : rule_kinds()[rule.kind_index].parameters) {
    Message line = words_of(policy, use.parameter, rule.parameters);
    if (!line.empty()) lines.push_back(std::move(line));
  }
  for (const Condition& one : rule.only) lines.push_back(say("only: {0}", words_of(policy, one)));
  for (const Condition& one : rule.unless) lines.push_back(say("but not: {0}", words_of(policy, one)));
  if (rule.outcome != Outcome::identified) lines.push_back(say("outcome: {0}", outcome_words(rule.outcome)));
  if (rule.confirm) {
    lines.push_back(say("decided later: {0}, below {1}", words_of(rule.confirm->exam), words_of(rule.confirm->below)));
  }
  if (!rule.because.empty()) lines.push_back(as_data(rule.because));
  return lines;
}

Table rules_table(const Context& context, const std::string& wanted) {
  const Policy& policy = context.data.policy;
  Table table{.key = "identify", .title = say("Who needs support")};
  table.columns = {{.key = "rule", .title = say("Rule"), .in_text = false},
                   {.key = "name", .title = say("Rule")},
                   {.key = "kind", .title = say("Kind")},
                   {.key = "says", .title = say("Says")},
                   {.key = "source", .title = say("Source")}};
  for (const Rule& rule : policy.identify) {
    if (!wanted.empty() && rule.id != wanted) continue;
    const RuleKind* const info = &rule_kinds()[rule.kind_index];
    table.rows.push_back({rule.id, name_of(rule), is_for_people(context.format) ? Cell(say(info->meaning)) : Cell(info->name),
                          lines_in_cell(lines_of(policy, rule), context.format), text_or_null(rule.source)});
  }
  return table;
}

Table duties_table(const Context& context, const std::string& wanted) {
  const Dataset& data = context.data;
  Table table{.key = "cadence", .title = say("What is owed")};
  table.columns = {{.key = "rule", .title = say("Rule"), .in_text = false},
                   {.key = "what", .title = say("Task")},
                   {.key = "who", .title = say("Responsible")},
                   {.key = "when", .title = say("To be done by")},
                   {.key = "remark", .title = say("Remark")},
                   {.key = "source", .title = say("Source")}};
  const auto term = data.calendar.term_of(context.today);
  for (const TaskRow& row : term ? task_table(data, *term) : std::vector<TaskRow>{}) {
    const Cadence& cadence = data.policy.cadence;
    const std::string& id = row.duty ? cadence.duties[*row.duty].id : cadence.phases[*row.phase].id;
    const std::string& source = row.duty ? cadence.duties[*row.duty].source : cadence.phases[*row.phase].source;
    if (wanted.empty() || id == wanted) table.rows.push_back({id, row.what, row.who, row.when, row.remark, text_or_null(source)});
  }
  return table;
}

Table archive_table(const Context& context) {
  const ArchiveRules& rules = context.data.policy.archive;
  const bool for_people = is_for_people(context.format);
  Table table{.key = "archive", .title = say("What stands in each archive")};
  table.columns = {{.key = "parts", .title = say("Parts")},
                   {.key = "who", .title = say("Responsible")},
                   {.key = "within_days", .title = say("Within days")},
                   {.key = "source", .title = say("Source")}};
  if (rules.required.empty()) return table;
  const std::string_view who = keeping_role(rules);
  table.rows.push_back({parts_cell(rules.required, for_people), for_people ? Cell(name_of_role(who)) : Cell(who),
                        number_or_null(rules.within_days), text_or_null(rules.source)});
  return table;
}

}  // namespace

Document policy_document(const Context& context, const std::string& rule) {
  const Policy& policy = context.data.policy;
  Document made;
  made.schema = "help.show-policy/1";
  made.head.push_back(policy.source.empty() ? as_data(policy.name) : say("{0} ({1})", policy.name, policy.source));
  made.head.push_back(say("The students are called: {0}", label_of(policy)));
  made.facts.fields = {
      {"today", Cell(context.today)}, {"policy", Cell(policy.id)}, {"name", Cell(policy.name)}, {"label", text_or_null(policy.label)}};
  made.tables = {rules_table(context, rule), duties_table(context, rule)};
  if (rule.empty()) made.tables.push_back(archive_table(context));
  return made;
}

}  // namespace help
