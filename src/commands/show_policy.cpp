// SPDX-License-Identifier: MIT
// The policy in plain words, each number with its source.
#include <algorithm>
#include <set>

#include "commands/archive_words.hpp"
#include "commands/cells.hpp"
#include "commands/identify_words.hpp"
#include "commands/policy_words.hpp"
#include "commands/show.hpp"
#include "model/code_name.hpp"
#include "model/role_name.hpp"
#include "rules/kinds.hpp"
#include "rules/obligations.hpp"

namespace help {
namespace {

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

std::vector<Message> lines_of_rule(const Policy& policy, const Rule& rule) {
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
                          lines_in_cell(lines_of_rule(policy, rule), context.format), text_or_null(rule.source)});
  }
  return table;
}

/// The days of a duty as the policy says them, not as they fall in this term; nothing for duties without.
std::optional<Message> yearly_words(const Duty& duty) {
  const auto is_date = [](const DueDay& by) { return by.kind == DueDay::Kind::date; };
  if (duty.timing != Timing::once || !std::ranges::all_of(duty.due, is_date)) return std::nullopt;
  std::vector<std::string> days;
  for (const DueDay& by : duty.due) days.push_back(words_of(by.date));
  return std::ranges::all_of(duty.due, [](const DueDay& by) { return !by.date.year; }) ? say("by {0}, every year", joined(days))
                                                                                       : say("by {0}", joined(days));
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
  const Cadence& cadence = data.policy.cadence;
  std::set<std::string_view> shown;
  const auto add = [&](const std::string& id, Message what, Message who, Message when, const std::string& because,
                       const std::string& source) {
    if ((wanted.empty() || id == wanted) && shown.insert(id).second)
      table.rows.push_back({id, std::move(what), std::move(who), std::move(when), because, text_or_null(source)});
  };
  const auto term = data.calendar.term_of(context.today);
  for (const TaskRow& row : term ? task_table(data, *term) : std::vector<TaskRow>{}) {
    if (!row.duty) continue;
    const Duty& duty = cadence.duties[*row.duty];
    add(duty.id, row.what, row.who, yearly_words(duty).value_or(row.when), duty.because, duty.source);
  }
  // What the term does not ask for is a part of the policy, too.
  for (const Duty& duty : cadence.duties) {
    std::vector<Message> who;
    for (const DutyHolder& one : duty.who) who.push_back(name_of_role(one.role));
    add(duty.id, as_data(duty.name), joined(who), yearly_words(duty).value_or(say("not in this term")), duty.because, duty.source);
  }
  for (const Phase& phase : cadence.phases) {
    add(phase.id, as_data(phase.name), name_of_role(phase.who), say("{0} – {1}", words_of(phase.from), words_of(phase.until)), {},
        phase.source);
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

/// What one list of the policy offers to archives: a row for each group of it, in the order in which the groups begin.
void add_choices(Table& table, const Message& list, std::string_view code, const std::vector<Named>& entries, Format format) {
  std::vector<std::string_view> groups;
  for (const Named& one : entries) {
    if (std::ranges::find(groups, one.group) == groups.end()) groups.push_back(one.group);
  }
  for (const std::string_view group : groups) {
    Cell::List codes;
    Cell::List names;
    std::vector<Message> words;
    for (const Named& one : entries) {
      if (one.group != group) continue;
      codes.emplace_back(one.id);
      names.emplace_back(one.name);
      words.push_back(as_data(one.name));
    }
    const bool for_people = is_for_people(format);
    table.rows.push_back({for_people ? Cell(list) : Cell(code), text_or_null(std::string(group)), std::move(codes),
                          for_people ? Cell(joined(words)) : Cell(std::move(names))});
  }
}

Table choices_table(const Context& context) {
  const ArchiveRules& rules = context.data.policy.archive;
  Table table{.key = "choices", .title = say("What archives choose from")};
  table.columns = {{.key = "list", .title = say("For")},
                   {.key = "group", .title = say("Group")},
                   {.key = "ids", .title = say("Id"), .in_text = false},
                   {.key = "names", .title = say("Names")}};
  add_choices(table, say("categories"), "categories", rules.categories, context.format);
  add_choices(table, say("causes"), "causes", rules.causes, context.format);
  add_choices(table, say("headings of an analysis"), "analysis", rules.analysis, context.format);
  add_choices(table, say("headings of countermeasures"), "countermeasures", rules.countermeasures, context.format);
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
  made.tables = {rules_table(context, rule), steps_table(policy, rule, context.format), release_table(policy, rule, context.format),
                 assign_table(policy, rule, context.format), duties_table(context, rule)};
  if (!rule.empty()) return made;
  made.tables.push_back(chain_table(policy, context.format));
  made.tables.push_back(archive_table(context));
  made.tables.push_back(choices_table(context));
  made.tables.push_back(numbers_table(policy));
  return made;
}

}  // namespace help
