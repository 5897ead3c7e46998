// SPDX-License-Identifier: MIT
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>

#include "commands/assign_view.hpp"
#include "commands/audience.hpp"
#include "commands/cells.hpp"
#include "commands/lookup.hpp"
#include "diag/nearest.hpp"
#include "model/name_finder.hpp"
#include "model/role_name.hpp"

namespace help {
namespace {

struct AssignOptions {
  std::string rule;
  std::string in_class;
  std::string grade;
  std::string student;
  std::string staff;
  std::string audience;
  std::string because;
  std::string force;
  bool keep = false;
  bool save = false;
};

/// The entries that are asked for: all that are in force, or the one that is named.
std::vector<std::uint32_t> rules_of(const Context& context, const std::string& word, std::vector<Message>& refusals) {
  const auto& rules = context.data.policy.assigning.rules;
  std::vector<std::uint32_t> found;
  std::vector<std::string_view> ids;
  std::vector<Called> called;
  for (std::uint32_t one = 0; one < rules.size(); ++one) {
    ids.push_back(rules[one].id);
    called.push_back({rules[one].id, rules[one].name});
    if (word.empty() && rules[one].in_force.contains(context.today)) found.push_back(one);
  }
  for (const std::size_t place : find_called(called, word).matches) found.push_back(static_cast<std::uint32_t>(place));
  if (rules.empty()) {
    refusals.push_back(say("The policy has no entry under assign: it does not say who takes care of whom."));
  } else if (found.empty() && word.empty()) {
    refusals.push_back(say("No entry of the policy's assign is in force on {0}.", to_string(context.today)));
  } else if (found.empty()) {
    refusals.push_back(say("The policy's assign has no entry '{0}'.", word));
    if (const auto near = nearest(word, ids)) refusals.push_back(say("Did you mean '{0}'?", *near));
  } else if (found.size() > 1 && !word.empty()) {
    std::vector<std::string> several;
    for (const std::uint32_t one : found) several.push_back(rules[one].id);
    refusals.push_back(say("Several entries of the policy's assign fit '{0}': {1}.", word, joined(several)));
  }
  return found;
}

void check_saving(const AssignOptions& options, const AssignFilter& filter, bool is_public, Answer& answer) {
  if (options.save && filter.narrows())
    answer.refusals.push_back(say("--save keeps the whole assignment: leave out --class, --grade, --student and --staff."));
  if (!options.force.empty() && (options.save || is_public || filter.narrows()))
    answer.refusals.push_back(
        say("--force answers one question and writes nothing: leave out --save, --class, --grade, --student, --staff "
            "and --audience public."));
  if (options.save && is_public) answer.refusals.push_back(say("--save is no public answer: add --audience internal."));
  if (!options.save && !options.because.empty()) answer.refusals.push_back(say("--because is written with --save."));
}

/// Two entries for one student in one role would take each other's pairs apart, at each --save anew.
bool refuse_shared(const Context& context, std::uint32_t rule, Answer& answer) {
  const auto shared = shared_student(context.data, rule, context.today);
  if (!shared) return false;
  const auto& rules = context.data.policy.assigning.rules;
  const Student& student = context.data.students[shared->student];
  answer.refusals.push_back(
      say("The entries '{0}' and '{1}' of the policy's assign both give {2} {3} somebody as {4}: part the students with only and unless, "
          "or give one of the entries a role of its own.",
          rules[rule].id, rules[shared->other].id, student.id, student.name, name_of_role(rules[rule].role)));
  return true;
}

/// A slip in `who` must not end the pairs of a whole school, and no pair ends before its time without a word.
void check_ends(const Context& context, const AssignOptions& options, std::span<const Assignment> assignments, Answer& answer) {
  for (const Assignment& one : assignments) {
    const AssignRule& rule = context.data.policy.assigning.rules[one.question.rule];
    if (one.candidates.empty() && !one.ended.empty()) {
      answer.refusals.push_back(say(
          "{0}: nobody is what `who` asks for ({1}), and {2} pairs stand. Nothing is saved: check the word in the policy and the roster.",
          rule.name, joined(rule.who), std::ssize(one.ended)));
      continue;
    }
    const auto early = std::ranges::find(one.ended, true, &EndedPair::early);
    if (early == one.ended.end() || !options.because.empty()) continue;
    const Pair& pair = context.data.pairs[early->pair];
    answer.refusals.push_back(say("{0}: the pair of {1} and {2} ends before its time (`holds`). Give the reason with --because.", rule.name,
                                  context.data.students[pair.student].name, context.data.name_of(pair.carer())));
  }
}

Answer run_assign(const Context& context, const AssignOptions& options) {
  Answer answer;
  Lookup lookup(context, answer.refusals);
  AssignFilter filter{
      .in_class = lookup.school_class(options.in_class), .grade = lookup.grade(options.grade), .student = lookup.student(options.student)};
  if (!options.staff.empty()) filter.carer = lookup.party(options.staff);
  const bool is_public = is_for_public(context, options.audience);
  const auto rules = rules_of(context, options.rule, answer.refusals);
  check_saving(options, filter, is_public, answer);
  if (is_public && filter.narrows())
    answer.refusals.push_back(
        say("A public answer is about the whole school and names nobody: leave out --class, --grade, --student and --staff."));
  if (!options.force.empty() && rules.size() > 1)
    answer.refusals.push_back(say("Several entries of the policy's assign are in force: say which with --rule."));
  if (!answer.refusals.empty()) return answer;
  if (!options.force.empty()) {
    if (refuse_shared(context, rules.front(), answer)) return answer;
    show_forcing(context, {.today = context.today, .rule = rules.front(), .keep = options.keep}, options.force, answer);
    return answer;
  }
  std::vector<Assignment> assignments;
  for (const std::uint32_t rule : rules) {
    if (refuse_shared(context, rule, answer)) return answer;
    auto one = assign(context.data, {.today = context.today, .rule = rule, .keep = options.keep}, assignments);
    if (!one) {
      answer.refusals.push_back(say("{0}: the problem is too large to be solved exactly.", context.data.policy.assigning.rules[rule].name));
      return answer;
    }
    assignments.push_back(std::move(*one));
  }
  answer.document = is_public ? assign_public_document(context, assignments) : assign_document(context, assignments, filter);
  if (options.save) check_ends(context, options, assignments, answer);
  if (options.save && answer.refusals.empty()) save_assignments(context, assignments, options.because, answer);
  return answer;
}

Action bind_assign(CLI::App& app) {
  const auto options = std::make_shared<AssignOptions>();
  app.add_option("--rule", options->rule, later("Only this entry of the policy's assign (id or name)"))->type_name(later("RULE"));
  app.add_flag("--keep", options->keep, later("Change as few pairs as can be, after a change of post, a leave or a new case"));
  app.add_option("--class", options->in_class, later("Show only this class: id, name or a part of it"))->type_name(later("CLASS"));
  app.add_option("--grade", options->grade, later("Show only this grade"))->type_name(later("GRADE"));
  app.add_option("--student", options->student, later("Show only this student"))->type_name(later("STUDENT"));
  app.add_option("--staff", options->staff, later("Show only the pairs of this person or body"))->type_name(later("PERSON"));
  app.add_option("--force", options->force, later("What it would cost to make this pair, and what else would change"))
      ->type_name(later("STUDENT=CARER"));
  app.add_option("--audience", options->audience,
                 later("Who will read it: public gives numbers only, no names, nothing about fewer than five; a Markdown file (-o) is "
                       "public, all else is internal"))
      ->check(CLI::IsMember(audiences));
  app.add_flag("--save", options->save, later("Write the new pairs, and the ends of those that are replaced, to pairs/"));
  app.add_option("--because", options->because, later("With --save: why pairs end, in the school's own words"))->type_name(later("TEXT"));
  return [options](const Context& context) { return run_assign(context, *options); };
}

}  // namespace

extern const Command assign_command;  // declared in list.cpp
const Command assign_command{
    .name = "assign",
    .summary = later("Propose who takes care of whom, with every reason, and what another choice would cost"),
    .moment = later("After each exam"),
    .writes = true,
    .needs = Needs::sound_data,
    .parts = {.grades = GradeUse::all, .events = true, .lists = true, .pairs = true, .archives = ArchiveUse::for_assigning, .prefs = true},
    .formats = table_formats,
    .bind = bind_assign,
};

}  // namespace help
