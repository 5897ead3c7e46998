// SPDX-License-Identifier: MIT
#include "commands/import.hpp"

#include <CLI/CLI.hpp>
#include <array>
#include <memory>
#include <vector>

#include "commands/import_forms.hpp"

namespace help {
namespace {

Action bind_import(CLI::App& app) {
  const auto options = std::make_shared<ImportOptions>();
  app.add_option("FILE", options->file, later("the table: a workbook (.xlsx), or a CSV file (UTF-8, UTF-16 or GB18030)"));
  app.add_option("--map", options->map, later("the mapping: which column means what (YAML); without it, one in imports/ or a guess"))
      ->type_name(later("FILE"));
  app.add_option("--template", options->form, later("make a form to fill in (-o FILE.xlsx or .csv), which FILE may be later"))
      ->check(CLI::IsMember(std::vector<std::string>(form_words.begin(), form_words.end())));
  const auto add = [&app](const char* name, auto& value, const char* meaning, const char* word) {
    app.add_option(name, value, meaning)->type_name(word);
  };
  add("--exam", options->exams, later("which exam the marks are of: its id; TEXT=ID: which one a title or a text means"), later("ID"));
  add("--name", options->name, later("of a new exam: what people call it"), later("NAME"));
  add("--kind", options->kind, later("of a new exam: final, midterm, monthly, unit …"), later("KIND"));
  add("--date", options->date, later("of a new exam: its day"), later("DATE"));
  add("--term", options->term, later("of a new exam: its term, if not that of the day"), later("ID"));
  add("--full", options->full, later("full marks, with the pass marks if they are not 60 %: 语文=150/90,数学=150"), later("SUBJECT=FULL"));
  add("--subject", options->subject, later("the subject, where the table does not name it"), later("SUBJECT"));
  add("--class", options->classes, later("the class, where the table does not name it; TEXT=CLASS: which one a text means"),
      later("CLASS"));
  add("--grade", options->grade, later("of a form: only the classes of this grade"), later("GRADE"));
  add("--from", options->from,
      later("the first day of new students in their classes; of a form of talks, preferences or observations: with the records since"),
      later("DATE"));
  add("--column", options->columns, later("what a title means: a known one (学号, 姓名, 语文 …), or - to leave the column out"),
      later("TITLE=WORD"));
  add("--state", options->states, later("what a text means: absent, exempt, deferred, void or no-entry"), later("TEXT=STATE"));
  add("--sheet", options->sheet, later("which sheet of a workbook"), later("NAME"));
  add("--as", options->answers, later("whom a name means, where it is not clear; kept in imports/aliases.yaml"), later("NAME=ID"));
  app.add_flag("--add-students", options->add_students, later("add students whom the roster does not have: with --from"));
  app.add_flag("--skip-refused", options->skip_refused, later("leave out the rows that are refused and write the others"));
  app.add_flag("--replace", options->replace, later("entries that are in the folder already may change"));
  app.add_flag("--yes", options->yes, later("write; without it there is a preview, and on a terminal the question"));
  const auto run = [options](const Context& context) { return answer_import(context, *options); };
  // Only the form of archives is filled with what stands in them.
  return {run, [options](Parts usual) {
            if (options->form != word_of(FormKind::archives)) return usual;
            usual.events = true;
            usual.archives = ArchiveUse::open;
            return usual;
          }};
}

}  // namespace

const Command import_command{.name = "import",
                             .summary = later("Take over students and marks from a table"),
                             .moment = later("After each exam"),
                             .writes = true,
                             .needs = Needs::sound_data,
                             .shows_progress = true,
                             .keeps_files = true,
                             .parts = {.grades = GradeUse::all, .counts = true, .pairs = true, .prefs = true},
                             .formats = table_formats,
                             .bind = bind_import};

}  // namespace help
