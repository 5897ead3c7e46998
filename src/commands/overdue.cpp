// SPDX-License-Identifier: MIT
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "commands/audience.hpp"
#include "commands/cells.hpp"
#include "commands/command.hpp"
#include "commands/lookup.hpp"
#include "commands/overdue_archives.hpp"
#include "commands/overdue_view.hpp"
#include "commands/talk.hpp"

namespace help {
namespace {

struct OverdueOptions {
  std::string in_class;
  std::string grade;
  std::string staff;
  std::string student;
  std::string rule;
  std::string by;
  std::string audience;
  std::optional<int> limit;
  bool all = false;
  bool missed = false;
  bool rate = false;
  bool why = false;
  bool paste = false;
  bool tasks = false;
  bool all_years = false;
  bool exit_code = false;
};

constexpr std::array<std::pair<std::string_view, OverdueBy>, 5> groupings{{{"person", OverdueBy::person},
                                                                           {"class", OverdueBy::school_class},
                                                                           {"grade", OverdueBy::grade},
                                                                           {"student", OverdueBy::student},
                                                                           {"rule", OverdueBy::duty}}};

OverdueBy grouping(std::string_view word) {
  const auto* const found = std::ranges::find(groupings, word, &std::pair<std::string_view, OverdueBy>::first);
  return found == groupings.end() ? OverdueBy::nothing : found->second;
}

/// Options that a view would pass over; nothing is left out in silence.
std::vector<std::string> without_meaning(const OverdueOptions& options) {
  const bool chosen = options.rate || options.why || options.paste || options.tasks;
  std::vector<std::string> names;
  const auto add = [&](bool has_none, bool given, const char* name) {
    if (has_none && given) names.emplace_back(name);
  };
  add(options.tasks, !options.in_class.empty(), "--class");
  add(options.tasks, !options.grade.empty(), "--grade");
  add(options.tasks, !options.staff.empty(), "--staff");
  add(options.tasks, !options.student.empty(), "--student");
  add(options.tasks, !options.rule.empty(), "--rule");
  add(options.tasks || options.why || options.paste || (options.rate && options.by == "student"), !options.by.empty(), "--by");
  add(chosen, options.limit.has_value(), "--limit");
  add(chosen && !options.why, options.all, "--all");
  add(chosen, options.missed, "--missed");
  add(options.tasks, options.all_years, "--all-years");
  add(options.tasks, options.exit_code, "--exit-code");
  return names;
}

std::vector<Message> contradictions(const OverdueOptions& options, const Context& context) {
  std::vector<Message> refusals;
  if (const auto names = without_meaning(options); !names.empty()) {
    const char* const view = options.tasks ? "--tasks" : options.why ? "--why" : options.paste ? "--paste" : "--rate";
    refusals.push_back(say("{0} has no use for {1}: leave it out.", view, joined(names)));
  }
  const int views = int{options.rate} + int{options.why} + int{options.paste} + int{options.tasks};
  if (views > 1) refusals.push_back(say("Choose one of --rate, --why, --paste and --tasks."));
  if (options.why && options.staff.empty() && options.student.empty() && options.rule.empty()) {
    refusals.push_back(say("--why explains a part: say which with --student, --staff or --rule."));
  }
  if (context.format == Format::ics && views > 0)
    refusals.push_back(say("A calendar (ics) holds what is to be done: leave out --rate, --why, --paste and --tasks."));
  const bool is_list = context.format == Format::csv || context.format == Format::json || context.format == Format::ics;
  if (is_list && views == 0 && !options.by.empty()) refusals.push_back(say("--by groups what people read: a table of this form has none."));
  if (context.format == Format::ics && options.missed)
    refusals.push_back(say("A calendar (ics) holds what can still be done: leave out --missed."));
  const bool is_sheet = context.format == Format::csv || context.format == Format::xlsx;
  if (is_sheet && (options.why || options.paste)) refusals.push_back(say("--why and --paste have no form as a table (CSV, XLSX)."));
  return refusals;
}

Answer run_overdue(const Context& context, const OverdueOptions& options) {
  Answer answer;
  answer.refusals = contradictions(options, context);
  Lookup lookup(context, answer.refusals);
  OverdueFilter filter{.in_class = lookup.school_class(options.in_class),
                       .grade = lookup.grade(options.grade),
                       .ower = lookup.party(options.staff),
                       .student = lookup.student(options.student),
                       .duty = lookup.duty(options.rule),
                       .by = grouping(options.by),
                       .due_later = options.all,
                       .missed = options.missed,
                       .all_years = options.all_years};
  if (options.limit) filter.limit = static_cast<std::size_t>(std::max(0, *options.limit));
  const bool is_public = is_for_public(context, options.audience, options.paste);
  if (is_public && !options.paste && !options.tasks &&
      (filter.narrows() || filter.duty || options.why || filter.by == OverdueBy::person || filter.by == OverdueBy::student)) {
    answer.refusals.push_back(
        say("A public answer is about the whole school and names nobody: leave out --class, --grade, --staff, --student, --rule, --why "
            "and --by person or student, or add --audience internal."));
  }
  if (is_public && options.paste && filter.student) {
    answer.refusals.push_back(say("A message for a chat group is about no child alone: leave out --student, or add --audience internal."));
  }
  if (is_public && context.format == Format::ics) {
    answer.refusals.push_back(say("A calendar (ics) names people: it is not for the public."));
  }
  const bool asks_archives =
      !context.data.policy.archive.required.empty() && !options.rate && !options.why && !options.tasks && (!is_public || options.paste);
  if (context.data.policy.cadence.duties.empty() && !asks_archives)
    answer.refusals.push_back(say("The policy has no cadence: nothing is owed by it."));
  if (!answer.refusals.empty()) return answer;
  if (options.tasks) {
    answer.document = task_document(context);
    return answer;
  }
  ObligationQuestion question{.today = context.today, .duty = filter.duty, .student = filter.student, .with_entries = options.why};
  if (options.all_years) question.windows = Period{};
  const Obligations all = narrowed(context.data, obligations(context.data, question), filter);
  if (is_public && !options.paste && !concerns_many(context.data, all)) {
    answer.refusals.push_back(say("Fewer than five students or people are concerned so far: nothing of it can be said to the public."));
    return answer;
  }
  const std::vector<ArchiveState> archives =
      asks_archives ? owed_archives(context.data, context.today, filter) : std::vector<ArchiveState>{};
  if (options.why) {
    answer.document = overdue_why_document(context, all, filter);
  } else if (options.paste) {
    answer.document = overdue_message(context, all, archives, filter, !is_public);
  } else if (options.rate || is_public) {
    answer.document = overdue_rate_document(context, all, filter, is_public);
  } else {
    answer.document = overdue_document(context, all, archives, filter);
  }
  const bool is_overdue = std::ranges::find(all.items, ObligationState::overdue, &Obligation::state) != all.items.end() ||
                          std::ranges::find(archives, ObligationState::overdue, &ArchiveState::state) != archives.end();
  answer.findings = options.exit_code && is_overdue;
  return answer;
}

Action bind_overdue(CLI::App& app) {
  const auto options = std::make_shared<OverdueOptions>();
  app.add_option("--staff", options->staff, later("Only what this person owes: id, name, pinyin or initials; me is HELP_STAFF"))
      ->type_name(later("PERSON"));
  app.add_option("--student", options->student, later("Only what is about this student"))->type_name(later("STUDENT"));
  app.add_option("--class", options->in_class, later("Only this class: id, name or a part of it"))->type_name(later("CLASS"));
  app.add_option("--grade", options->grade, later("Only this grade"))->type_name(later("GRADE"));
  app.add_option("--rule", options->rule, later("Only this entry of the policy's cadence (id or name)"))->type_name(later("RULE"));
  app.add_option("--by", options->by, later("Group by person, class, grade, student or rule"))
      ->type_name(later("WHAT"))
      ->check(CLI::IsMember({"person", "class", "grade", "student", "rule"}));
  app.add_flag("--all", options->all, later("What is due later, too; with --why, what has not begun"));
  app.add_flag("--missed", options->missed, later("What is too late to make up, too"));
  app.add_option("--limit", options->limit, later("Show only the first ones"))->type_name(later("NUMBER"))->check(CLI::NonNegativeNumber);
  app.add_flag("--rate", options->rate, later("How much was done on time, week by week and by --by (rule unless said otherwise)"));
  app.add_flag("--why", options->why, later("Every window with its entries of the log, and why they count or not"));
  app.add_flag("--paste", options->paste, later("A message to paste into a chat group; names no child unless with --audience internal"));
  app.add_flag("--tasks", options->tasks, later("The calendar and task table of the term"));
  app.add_flag("--all-years", options->all_years, later("All terms, not only the running one"));
  app.add_option(
         "--audience", options->audience,
         later("Who will read it: public gives rates only, no names, nothing about fewer than five; a Markdown file (-o) and --paste are "
               "public, all else is internal"))
      ->check(CLI::IsMember(audiences));
  app.add_flag("--exit-code", options->exit_code, later("End with status 1 if something is overdue"));
  return {[options](const Context& context) { return run_overdue(context, *options); },
          [options](Parts parts) {
            if (options->tasks) return Parts{};
            if (options->rate || options->why) parts.archives = ArchiveUse::none;
            if (options->all_years) parts.log = LogMonths::all;
            return parts;
          }};
}

constexpr std::array<std::string_view, 6> overdue_formats{"text", "json", "csv", "xlsx", "markdown", "ics"};

}  // namespace

extern const Command overdue_command;  // declared in list.cpp
const Command overdue_command{
    .name = "overdue",
    .summary = later("Show which agreed contacts are overdue or due soon, and who owes them"),
    .moment = later("Every week"),
    .needs = Needs::sound_part,
    .parts = {.grades = GradeUse::for_duties,
              .counts = false,
              .events = true,
              .lists = false,
              .pairs = true,
              .log = LogMonths::term,
              .archives = ArchiveUse::for_duties},
    .formats = overdue_formats,
    .bind = bind_overdue,
};

}  // namespace help
