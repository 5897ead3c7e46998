// SPDX-License-Identifier: MIT
#include "rules/identify.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>

#include "commands/audience.hpp"
#include "commands/command.hpp"
#include "commands/identify_list.hpp"
#include "commands/identify_public.hpp"
#include "commands/identify_view.hpp"
#include "commands/lookup.hpp"

namespace help {
namespace {

struct IdentifyOptions {
  std::string in_class;
  std::string grade;
  std::string subject;
  std::string exam;
  std::string term;
  std::string why;
  std::string audience;
  std::optional<int> limit;
  bool by_class = false;
  bool save = false;
};

Answer why(const Context& context, const Question& question, const std::string& typed) {
  Answer answer;
  if (const auto student = Lookup(context, answer.refusals).student(typed)) answer.document = why_document(context, question, *student);
  return answer;
}

void refuse_part(const IdentifyOptions& options, Answer& answer) {
  answer.refusals.push_back(!options.why.empty() ? say("--why is about one student, so it has no public form.")
                                                 : say("A public answer is about the whole school: from two parts of it small groups could "
                                                       "be worked out. Leave out --class, --grade, "
                                                       "--subject and --limit."));
  if (options.audience.empty()) answer.refusals.push_back(say("A Markdown file is public; for your own use add --audience internal."));
}

Answer run_identify(const Context& context, const IdentifyOptions& options) {
  Answer answer;
  Lookup lookup(context, answer.refusals);
  Question question{.today = context.today, .term = lookup.term(options.term), .exam = lookup.exam(options.exam)};
  IdentifyFilter filter{.in_class = lookup.school_class(options.in_class),
                        .grade = lookup.grade(options.grade),
                        .subject = lookup.subject(options.subject),
                        .by_class = options.by_class};
  if (options.limit) filter.limit = static_cast<std::size_t>(std::max(0, *options.limit));
  const bool partial = filter.narrows() || !options.why.empty();
  if (options.save && partial)
    answer.refusals.push_back(say("--save keeps the whole list: leave out --class, --grade, --subject, --limit and --why."));
  const bool is_public = is_for_public(context, options.audience);
  if (is_public && partial) refuse_part(options, answer);
  if (context.data.policy.identify.empty()) answer.refusals.push_back(say("The policy has no rule that identifies students."));
  if (!answer.refusals.empty()) return answer;
  if (!options.why.empty()) return why(context, question, options.why);
  const auto identified = identify(context.data, question);
  answer.document = is_public ? public_document(context, identified) : identify_document(context, question, identified, filter);
  if (options.save) save_list(context, identified, answer);
  return answer;
}

Action bind_identify(CLI::App& app) {
  const auto options = std::make_shared<IdentifyOptions>();
  app.add_option("--class", options->in_class, later("Only this class: id, name or a part of it"))->type_name(later("CLASS"));
  app.add_option("--grade", options->grade, later("Only this grade"))->type_name(later("GRADE"));
  app.add_option("--subject", options->subject, later("Only students named for this subject"))->type_name(later("SUBJECT"));
  app.add_option("--exam", options->exam, later("Judge this exam wherever a rule takes the latest of its kind"))->type_name(later("EXAM"));
  app.add_option("--term", options->term, later("Take this term for the current one"))->type_name(later("TERM"));
  app.add_flag("--by-class", options->by_class, later("Class by class"));
  app.add_option("--limit", options->limit, later("Show only the first ones"))->type_name(later("NUMBER"))->check(CLI::NonNegativeNumber);
  app.add_option("--why", options->why, later("Show every rule for one student: id, name, pinyin or initials"))
      ->type_name(later("STUDENT"));
  app.add_option(
         "--audience", options->audience,
         later("Who will read it: public gives numbers only, no names, no group under five; a Markdown file (-o) is public, all else is "
               "internal"))
      ->check(CLI::IsMember(audiences));
  app.add_flag("--save", options->save, later("Keep the list in lists/, to compare with next time"));
  return [options](const Context& context) { return run_identify(context, *options); };
}

}  // namespace

extern const Command identify_command;  // declared in list.cpp
const Command identify_command{
    .name = "identify",
    .summary = later("Show who needs support, and every reason why"),
    .moment = later("After each exam"),
    .writes = true,
    .needs = Needs::sound_data,
    .parts = {.grades = GradeUse::all, .counts = true, .events = true, .lists = true, .pairs = false},
    .formats = table_formats,
    .bind = bind_identify,
};

}  // namespace help
