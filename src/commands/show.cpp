// SPDX-License-Identifier: MIT
#include "commands/show.hpp"

#include <CLI/CLI.hpp>
#include <array>
#include <memory>

#include "commands/cells.hpp"
#include "commands/lookup.hpp"
#include "diag/nearest.hpp"
#include "model/name_finder.hpp"

namespace help {
namespace {

struct ShowOptions {
  std::string student;
  std::string in_class;
  std::string staff;
  std::string exam;
  std::string rule;
  std::string audience;
  bool policy = false;
  bool waiting = false;
  bool archives = false;
  bool full = false;
};

constexpr std::array<std::string_view, 3> readers{"internal", "teacher", "family"};

/// What of the policy is meant by a word: an entry's id, its name, or a part of it.
std::optional<std::string> rule_called(const Policy& policy, const std::string& word, std::vector<Message>& refusals) {
  std::vector<Called> called;
  std::vector<std::string_view> known;
  const auto add = [&](const std::string& id, const std::string& name) {
    called.push_back({id, name});
    known.insert(known.end(), {id, name});
  };
  for (const Rule& rule : policy.identify) add(rule.id, rule.name);
  for (const Duty& duty : policy.cadence.duties) add(duty.id, duty.name);
  for (const AssignRule& rule : policy.assigning.rules) add(rule.id, rule.name);
  for (const DecisionStep& step : policy.decide.steps) add(step.id, step.name);
  for (const ReleaseCriterion& criterion : policy.decide.release) add(criterion.id, criterion.name);
  const FoundNames found = find_called(called, word);
  if (found.matches.size() == 1) return std::string(called[found.matches.front()].id);
  if (found.matches.size() > 1) {
    std::vector<std::string> ids;
    for (const std::size_t place : found.matches) ids.emplace_back(called[place].id);
    refusals.push_back(say("Several entries of the policy fit '{0}': {1}.", word, joined(ids)));
    return std::nullopt;
  }
  const auto near = nearest(word, known);
  Message none = say("The policy has no rule '{0}'.", word);
  refusals.push_back(near ? say("{0} Did you mean '{1}'?", std::move(none), *near) : std::move(none));
  return std::nullopt;
}

/// Makes no document where anything is refused: `lookup` refuses in `answer`.
void answer_student(const Context& context, const ShowOptions& options, Lookup& lookup, Answer& answer) {
  const auto student = lookup.student(options.student);
  const Reader reader = options.audience == "family" ? Reader::family : options.audience == "teacher" ? Reader::teacher : Reader::internal;
  std::optional<StaffIndex> me;
  if (reader == Reader::teacher) {
    const auto party = lookup.me(options.staff);
    if (party && party->kind == Party::Kind::staff) me = party->index;
    if (student && me && !is_own_student(context.data, *me, *student, context.today)) {
      answer.refusals.push_back(say("{0} does not teach, lead or take care of this student.", context.data.name_of(*party)));
    }
    if (party && !me) answer.refusals.push_back(say("--audience teacher is for a member of staff."));
  }
  if (!answer.refusals.empty() || !student || (reader == Reader::teacher && !me)) return;
  if (reader == Reader::family) answer.refusals = family_refusals(context, *student);
  if (!answer.refusals.empty()) return;
  Document archive = student_document(context, *student, {.reader = reader, .me = me, .full = options.full});
  if (options.full && context.format == Format::markdown) {
    answer.document.parts.push_back(std::move(archive));  // so that its name is its heading
  } else {
    answer.document = std::move(archive);
  }
}

/// Why archives cannot be shown in full as it was asked for; empty: they can.
Message why_not_full(const Context& context, const ShowOptions& options) {
  if (!options.full) return {};
  const bool is_of_many = options.student.empty();
  if (is_of_many && options.in_class.empty() && !options.archives) {
    return say("--full is for the archive of a student, for --class and for --archives.");
  }
  if (options.audience == "family") return say("--full adds the texts of contacts: they are not for the family.");
  if (context.format == Format::csv || context.format == Format::xlsx)
    return say("--full is for print (-O markdown): a table of this form has no place for it.");
  if (is_of_many && context.format == Format::json) return say("--full gives JSON for one student at a time.");
  return {};
}

Answer answer_of(const Context& context, const ShowOptions& options) {
  Answer answer;
  Lookup lookup(context, answer.refusals);
  const bool of_teacher = options.audience == "teacher";
  const int asked = int{!options.student.empty()} + int{!options.in_class.empty()} + int{!options.staff.empty() && !of_teacher} +
                    int{!options.exam.empty()} + int{!options.rule.empty()} + int{options.policy} + int{options.waiting} +
                    int{options.archives};
  const bool for_some = !options.audience.empty() && options.audience != "internal";
  if (for_some && options.student.empty() && asked + int{of_teacher && !options.staff.empty()} > 0) {
    answer.refusals.push_back(say("--audience teacher and family are for the archive of one student."));
    return answer;
  }
  if (asked != 1) {
    answer.refusals.push_back(
        say("Name one thing to show: a student, --class, --staff, --exam, --rule, --policy, --archives or --waiting."));
    return answer;
  }
  if (context.to_file && context.format == Format::markdown && options.audience.empty() && !options.policy && options.rule.empty()) {
    answer.refusals.push_back(say("A Markdown file is made to be passed on: say with --audience who will read it."));
    return answer;
  }
  if (Message why_not = why_not_full(context, options); !why_not.empty()) {
    answer.refusals.push_back(std::move(why_not));
    return answer;
  }
  if (!options.student.empty()) {
    answer_student(context, options, lookup, answer);
  } else if (!options.in_class.empty()) {
    if (const auto in = lookup.school_class(options.in_class))
      answer.document = options.full ? full_archives_document(context, in) : class_document(context, *in);
  } else if (!options.staff.empty()) {
    const auto party = lookup.me(options.staff);
    if (party && party->kind != Party::Kind::staff) answer.refusals.push_back(say("--staff shows a member of staff."));
    if (party && party->kind == Party::Kind::staff) answer.document = staff_document(context, party->index);
  } else if (!options.exam.empty()) {
    const auto exam = lookup.exam(options.exam);
    if (exam) answer.document = exam_document(context, *context.data.find_exam(*exam));
  } else if (!options.rule.empty()) {
    const auto rule = rule_called(context.data.policy, options.rule, answer.refusals);
    if (rule) answer.document = policy_document(context, *rule);
  } else if (options.policy) {
    answer.document = policy_document(context, {});
  } else if (options.archives) {
    answer.document = options.full ? full_archives_document(context, std::nullopt) : archives_document(context);
  } else {
    answer.document = waiting_document(context);
  }
  return answer;
}

Answer run_show(const Context& context, const ShowOptions& options) {
  Answer answer = answer_of(context, options);
  if (!answer.refusals.empty()) return answer;
  Document& document = answer.document;
  const bool is_incomplete = has_error(context.problems);
  if (is_incomplete) document.head.insert(document.head.begin(), incomplete_words(context.problems, options.audience == "family"));
  document.facts.fields.emplace_back("incomplete", Cell(is_incomplete));
  return answer;
}

/// What each view looks at. Nothing else is read, so that an error elsewhere does not make it incomplete.
Parts parts_of(const ShowOptions& options) {
  if (options.policy || !options.rule.empty()) return {};
  if (!options.exam.empty()) return {.grades = GradeUse::all};
  if (options.waiting) return {.events = true, .lists = true, .pairs = true, .log = LogMonths::all};
  if (options.archives && !options.full) return {.events = true, .pairs = true, .archives = ArchiveUse::open};
  if (!options.staff.empty() && options.student.empty())
    return {.grades = GradeUse::all, .events = true, .lists = true, .pairs = true, .log = LogMonths::term};
  const bool of_one = !options.student.empty();
  const bool is_internal = options.audience.empty() || options.audience == "internal";
  return {.grades = GradeUse::all,
          .events = true,
          .pairs = true,
          .log = options.audience == "family" ? LogMonths::none : LogMonths::all,
          .archives = of_one && is_internal ? ArchiveUse::all : ArchiveUse::open};
}

Action bind_show(CLI::App& app) {
  const auto options = std::make_shared<ShowOptions>();
  app.add_option("student", options->student, later("A student's archive: id, name, pinyin or initials"))->type_name(later("STUDENT"));
  app.add_option("--class", options->in_class, later("The ledger of a class: its open cases"))->type_name(later("CLASS"));
  app.add_option("--staff", options->staff, later("A person's roles, students and duties; me is HELP_STAFF"))->type_name(later("PERSON"));
  app.add_option("--exam", options->exam, later("An exam by subject and class"))->type_name(later("EXAM"));
  app.add_option("--rule", options->rule, later("A rule of the policy in plain words: its id or name"))->type_name(later("RULE"));
  app.add_flag("--policy", options->policy, later("The whole policy in plain words, each number with its source"));
  app.add_flag("--archives", options->archives, later("Archives that lack what the policy asks for, the longest overdue first"));
  app.add_flag("--waiting", options->waiting, later("Who was found and nobody has acted, the longest first"));
  app.add_option("--audience", options->audience,
                 later("Who will read it: internal, the student's teacher (--staff), or the family, without label, list and rank"))
      ->check(CLI::IsMember(readers));
  app.add_flag("--full", options->full,
               later("Archives in full, for print (-O markdown): every contact with its text; with --class or --archives those of all open "
                     "cases, without their private parts"));
  return {[options](const Context& context) { return run_show(context, *options); },
          [options](const Parts&) { return parts_of(*options); }};
}

}  // namespace

extern const Command show_command;  // declared in list.cpp
const Command show_command{
    .name = "show",
    .summary = later("Show a student's archive, a class, a person, an exam, or the policy in plain words"),
    .moment = later("Every day"),
    .needs = Needs::sound_part,
    .parts = Parts::all(),
    .formats = table_formats,
    .bind = bind_show,
};

}  // namespace help
