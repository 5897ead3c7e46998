// SPDX-License-Identifier: MIT
#include "commands/note.hpp"

#include <CLI/CLI.hpp>
#include <array>
#include <memory>

namespace help {
namespace {

/// What was understood once: under the lock it is only written, so that nobody is asked twice and the ids stay.
struct Work {
  NoteOptions options;
  std::optional<std::vector<NewLine>> lines;
};

/// Options of which one would be passed over.
std::vector<Message> contradictions(const NoteOptions& options) {
  std::vector<Message> refusals;
  if (int{!options.fixes.empty()} + int{!options.voids.empty()} + int{options.lines} > 1)
    refusals.push_back(say("Choose one of --fix, --void and --lines."));
  if (options.yes && !options.lines) refusals.push_back(say("--yes belongs to --lines."));
  if (options.lines && !options.who.empty()) refusals.push_back(say("With --lines, WHO, KIND and TEXT stand in the lines."));
  return refusals;
}

Answer note(const Context& context, Work& work) {
  Answer answer{.refusals = contradictions(work.options)};
  if (!answer.refusals.empty()) return answer;
  if (!work.lines) {
    NoteComposer composer(context, work.options);
    if (!work.options.voids.empty()) {
      composer.compose_void();
    } else if (!work.options.fixes.empty()) {
      composer.compose_fix();
    } else if (work.options.lines) {
      composer.compose_lines();
    } else {
      composer.compose();
    }
    if (composer.refusals().empty()) composer.check_id();
    answer.refusals = std::move(composer.refusals());
    if (!answer.refusals.empty()) return answer;
    work.lines = std::move(composer.lines());
  }
  answer.document = note_document(context, *work.lines);
  write_lines(context, *work.lines, answer);
  if (work.options.lines && !work.options.yes) {
    if (!answer.changes.empty()) answer.document.foot.push_back(say("Nothing is written yet: the same with --yes writes these lines."));
    answer.changes.clear();
    answer.after_writing.clear();
    return answer;
  }
  if (!work.options.lines) {
    answer.if_unconfirmed =
        say("written, but the disk did not confirm it; repeat it with --id {0}, so that it stays one record", work.lines->front().id);
  }
  return answer;
}

Action bind_note(CLI::App& app) {
  const auto work = std::make_shared<Work>();
  NoteOptions& options = work->options;
  app.add_option("WHO", options.who,
                 later("The student (id, name, pinyin or initials), several with commas; a class or body; - for nobody"));
  app.add_option("KIND", options.kind, later("What it was: talk, home-visit … or its name"));
  app.add_option("TEXT", options.text, later("What was said and agreed; - reads it from the input"));
  app.add_option("--date", options.date, later("The day: today (default), yesterday, wed, 周三, 11-18 …"))->type_name(later("DAY"));
  app.add_option("--staff", options.staff, later("Who I am (otherwise HELP_STAFF)"))->type_name(later("PERSON"));
  app.add_option("--for", options.owner, later("Whose duty it answers, where that is not me"))->type_name(later("PERSON"));
  app.add_option("--by", options.by, later("Who did it, where that is somebody else"))->type_name(later("PERSON"));
  app.add_option("--with", options.with, later("Who did it together with them"))->type_name(later("PERSON"))->delimiter(',');
  app.add_option("--class", options.in_class, later("The class it was about"))->type_name(later("CLASS"));
  app.add_option("--grade", options.grade, later("The grade it was about"))->type_name(later("GRADE"));
  app.add_option("--body", options.body, later("The body it was about"))->type_name(later("BODY"));
  app.add_option("--subject", options.subject, later("The subject it was about"))->type_name(later("SUBJECT"));
  app.add_option("--to", options.to, later("Who received it: persons, roles, parents"))->type_name(later("WHO"))->delimiter(',');
  app.add_option("--channel", options.channel, later("By which way: phone, in-person, message, letter …"))->type_name(later("CODE"));
  app.add_option("--place", options.place, later("Where it took place"))->type_name(later("TEXT"));
  app.add_option("--present", options.present, later("Who else was there: mother, father …"))->type_name(later("WHO"))->delimiter(',');
  app.add_option("--student-present", options.student_present, later("Whether the student was there"))->type_name("yes|no");
  app.add_option("--minutes", options.minutes, later("How long it took"))->type_name(later("NUMBER"))->check(CLI::Range(1, 1440));
  app.add_option("--tag", options.tags, later("What it was about, in the school's words"))->type_name(later("WORD"))->delimiter(',');
  app.add_option("--checklist", options.checklist, later("The points that were gone through"))->type_name(later("WORD"))->delimiter(',');
  app.add_option("--exam", options.exam, later("The exam that it answers"))->type_name(later("EXAM"));
  app.add_option("--follow-up", options.follow_up, later("The day on which something is due next"))->type_name(later("DAY"));
  app.add_option("--fix", options.fixes,
                 later("Replace this record: what is given here changes, the rest stays; ID,ID settles two corrections of one record"))
      ->type_name(later("ID"));
  app.add_option("--void", options.voids, later("Withdraw this record with all its versions; WHO is then the reason"))
      ->type_name(later("ID"));
  app.add_option("--id", options.id, later("The id of the record: the same once more changes nothing"))->type_name(later("ID"));
  app.add_flag("--lines", options.lines, later("Read many records from the input, one a line: [DAY] WHO KIND TEXT"));
  app.add_flag("--yes", options.yes, later("With --lines: write them, do not only show them"));
  app.add_flag(
      "--force", options.force,
      later("Write it although the day lies outside the student's or colleague's time here, or nobody knows the subject or recipient"));
  return [work](const Context& context) { return note(context, *work); };
}

constexpr std::array<std::string_view, 2> note_formats{"text", "json"};

}  // namespace

extern const Command note_command;  // declared in list.cpp
const Command note_command{.name = "note",
                           .summary = later("Write down a talk, visit, meeting or report"),
                           .moment = later("Every day"),
                           .writes = true,
                           .needs = Needs::sound_data,
                           .only_adds = true,
                           .parts = {.pairs = true},
                           .formats = note_formats,
                           .bind = bind_note};

}  // namespace help
