// SPDX-License-Identifier: MIT
#include "commands/decide.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>

#include "commands/lookup.hpp"

namespace help {
namespace {

/// Options of which one would be passed over.
std::vector<Message> contradictions(const DecideOptions& options) {
  std::vector<Message> refusals;
  const int views = int{!options.history.empty()} + int{!options.voids.empty()} + int{options.open} + int{options.due};
  if (views > 1) refusals.push_back(say("Choose one of --open, --due, --history and --void."));
  const bool shows = !options.history.empty() || options.open || options.due;
  const bool decides = !options.words.empty() || !options.because.empty() || !options.basis.empty() || !options.until.empty() ||
                       !options.as_role.empty() || !options.date.empty() || options.force;
  if (shows && decides) refusals.push_back(say("--open, --due and --history only show: leave out the decision and its options."));
  const bool narrows = !options.subject.empty() || !options.in_class.empty() || !options.grade.empty() || !options.list.empty();
  if (!options.history.empty() && (narrows || !options.staff.empty()))
    refusals.push_back(say("--history is about one student: leave out --class, --grade, --list, --subject and --staff."));
  if (options.due && (!options.list.empty() || !options.staff.empty())) refusals.push_back(say("--due has no use for --list and --staff."));
  const auto dashes = std::ranges::count(options.words, "-") + int{options.because == "-"};
  if (dashes > 1) refusals.push_back(say("Only one - can read the input."));
  return refusals;
}

/// Reads the input once: under the lock all is understood anew.
void read_input(const Context& context, DecideOptions& options) {
  const bool reads = options.because == "-" || std::ranges::find(options.words, "-") != options.words.end();
  if (!reads || options.has_read || context.talk == nullptr) return;
  options.has_read = true;
  while (auto line = context.talk->line()) options.lines.push_back(std::move(*line));
  if (options.because != "-") return;
  options.because.clear();
  for (const std::string& line : options.lines) options.because += line + "\n";
}

Answer decide(const Context& context, DecideOptions& options) {
  Answer answer{.refusals = contradictions(options)};
  if (!answer.refusals.empty()) return answer;
  if (!options.history.empty()) {
    show_history(context, options, answer);
  } else if (options.open) {
    show_open(context, options, answer);
  } else if (options.due) {
    show_due(context, options, answer);
  } else {
    read_input(context, options);
    if (!options.voids.empty()) {
      write_void(context, options, answer);
      return answer;
    }
    // Who was asked once is not asked under the lock.
    if (const auto me = Lookup(context, answer.refusals).me(options.staff)) options.staff = context.data.id_of(*me);
    DecisionComposer composer(context, options);
    if (!answer.refusals.empty()) return answer;
    composer.compose();
    answer.refusals = std::move(composer.refusals());
    if (!answer.refusals.empty()) return answer;
    write_decisions(context, composer.decisions(), answer);
    answer.document.foot.insert(answer.document.foot.end(), composer.remarks().begin(), composer.remarks().end());
  }
  return answer;
}

Parts parts_of(const DecideOptions& options, Parts parts) {
  const auto releases = [](const std::string& word) { return word == "release" || word == "released" || word == "脱困"; };
  if (options.open || options.due || !options.until.empty() || std::ranges::any_of(options.words, releases)) parts.grades = GradeUse::all;
  return parts;
}

Action bind_decide(CLI::App& app) {
  const auto options = std::make_shared<DecideOptions>();
  app.add_option(later("WORDS"), options->words,
                 later("STUDENT… DECISION [REASON]: students by id, name, pinyin or initials, - reads them from the input, one a line with "
                       "the reason behind; confirm, dismiss, pending, exclude, include, release or reopen"));
  app.add_option("--class", options->in_class, later("All students of this class who are suggested"))->type_name(later("CLASS"));
  app.add_option("--grade", options->grade, later("All students of this grade who are suggested"))->type_name(later("GRADE"));
  app.add_option("--list", options->list, later("The list that it answers: last (default), its day or its id; alone, all who stand there"))
      ->type_name(later("LIST"));
  app.add_option("--subject", options->subject, later("Only the case in this subject"))->type_name(later("SUBJECT"));
  app.add_option("--because", options->because, later("The reason; - reads it from the input"))->type_name(later("TEXT"));
  app.add_option("--basis", options->basis, later("exclude: the basis, one of the policy's"))->type_name(later("CODE"));
  app.add_option("--until", options->until, later("pending: the exam that decides, by its id or its kind"))->type_name(later("EXAM"));
  app.add_option("--as", options->as_role, later("In which role it is decided"))->type_name(later("ROLE"));
  app.add_option("--staff", options->staff, later("Who decides (otherwise HELP_STAFF); with --open: only what waits for this person"))
      ->type_name(later("PERSON"));
  app.add_option("--date", options->date, later("The day: today (default), yesterday, wed, 周三, 11-18 …"))->type_name(later("DAY"));
  app.add_flag("--open", options->open, later("Who has not answered the last list yet"));
  app.add_flag("--due", options->due, later("Who may be released by the policy's criteria"));
  app.add_option("--history", options->history, later("All that was decided about a student, withdrawn decisions too"))
      ->type_name(later("STUDENT"));
  app.add_option("--void", options->voids, later("Withdraw this record with all its versions; the words are then the reason"))
      ->type_name(later("ID"));
  app.add_flag("--force", options->force, later("Write it although the role, the day or the state of the case speaks against it"));
  const auto run = [options](const Context& context) { return decide(context, *options); };
  return {run, [options](const Parts& usual) { return parts_of(*options, usual); }};
}

constexpr std::array<std::string_view, 4> decide_formats{"text", "json", "csv", "xlsx"};

}  // namespace

extern const Command decide_command;  // declared in list.cpp
const Command decide_command{.name = "decide",
                             .summary = later("Confirm, dismiss, exclude or release students, with who, when and why"),
                             .moment = later("After each exam"),
                             .writes = true,
                             .needs = Needs::sound_data,
                             .parts = {.events = true, .lists = true, .pairs = true},
                             .formats = decide_formats,
                             .bind = bind_decide};

}  // namespace help
