// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "commands/command.hpp"
#include "commands/import_forms.hpp"
#include "store/mapping.hpp"
#include "store/sheet.hpp"
#include "store/table_form.hpp"

namespace help {

/// What `help import` was asked to do; all words as typed.
struct ImportOptions {
  std::string file;  ///< the table
  std::string map;   ///< the mapping file; empty: one that is kept for tables with these titles, else guessed
  std::string form;  ///< --template: which form to make; then there is no table
  // What the table does not say.
  std::vector<std::string> exams;    ///< ID; or TEXT=ID: of a column, or of a text in the exam column
  std::string name;                  ///< of a new exam …
  std::string kind;                  ///< …
  std::string date;                  ///< …
  std::string term;                  ///< …
  std::vector<std::string> full;     ///< SUBJECT=FULL or SUBJECT=FULL/PASS, several with commas
  std::string subject;               ///< of marks whose subject the table does not name
  std::vector<std::string> classes;  ///< CLASS; or TEXT=CLASS
  std::string grade;                 ///< of a form: only classes of this grade
  std::string from;                  ///< first day in the class
  std::vector<std::string> columns;  ///< TITLE=WORD
  std::vector<std::string> states;   ///< TEXT=STATE
  std::string sheet;                 ///< of a workbook
  std::vector<std::string> answers;  ///< NAME=ID or NAME/CLASS=ID: whom a name means
  // What may be done.
  bool skip_refused = false;  ///< write what can be written
  bool add_students = false;  ///< students whom the roster does not have are added
  bool replace = false;       ///< entries that are there already may change
  bool yes = false;           ///< write without asking
};

/// How the mapping came about.
enum class MappingOrigin : std::uint8_t { given, kept, guessed, form };

/// A table with the mapping by which it is read.
struct ReadTable {
  Mapping mapping;
  MappingOrigin origin = MappingOrigin::given;
  std::vector<Alias> answered;                                 ///< what was said now of names, to be kept in imports/aliases.yaml …
  std::string kept_answers;                                    ///< … behind these bytes; empty: there is no such file
  std::vector<std::pair<std::string, std::string>> full_from;  ///< subjects with the exam that their full marks were taken from
  std::vector<std::pair<std::string, std::string_view>>
      full_is;                ///< subjects whose full marks are said (--full), in the table, or the exam's
  bool asks_subject = false;  ///< the titles of a guess do not name the subject
  bool keeps_anew = false;    ///< `keep_as` is there already and is written anew
  std::string keep_as;        ///< path in the folder under which a guessed mapping is kept; empty: it is not
  Sheet sheet;
  TableForm form;
  std::size_t as_written = 0;  ///< rows of a form that nobody has touched, and that say nothing
};

/// Reads the table, chooses or guesses its mapping and fills in what the mapping asks for. False, with problems or refusals in `answer`,
/// if that cannot be done.
bool read_import_table(const Context& context, const ImportOptions& options, ReadTable& table, Answer& answer);

/// What the options say of an exam that is not there yet; what is not understood is a refusal.
[[nodiscard]] SaidExam exam_said(const Context& context, const ImportOptions& options, Answer& answer);

/// Refuses a table that holds what its mapping leaves out and that would change whom or what its rows mean: rows of students above the
/// titles, a column of several exams beside one exam that is said, a grade that is not that of the class. `left_out` is what was typed
/// with --column.
void check_left_out(const Dataset& data, const ReadTable& table, const std::vector<std::pair<std::string, std::string>>& left_out,
                    Diagnostics& problems);

/// The grades of the students in the table, as far as ids and classes say them, on the day of its first exam.
[[nodiscard]] std::set<int> grades_in(const Dataset& data, const ReadTable& table);

/// Why a file that somebody named was not read.
[[nodiscard]] Message why_not_read(std::string_view path, FileResult result, std::uint64_t limit);

/// What each column of the table means by the mapping, or why it is left out.
[[nodiscard]] Table columns_table(const ReadTable& table);

/// Compares a table with the records folder and gives the files to be written, to be confirmed unless `yes`. Nothing is written while a row
/// is refused (unless `skip_refused`), or while an entry of the folder would become another one (unless `replace`).
[[nodiscard]] Answer answer_import(const Context& context, const ImportOptions& options);

extern const Command import_command;

}  // namespace help
