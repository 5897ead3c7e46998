// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "commands/import_records.hpp"
#include "model/dataset.hpp"
#include "store/roster_lines.hpp"
#include "store/shape.hpp"
#include "store/sheet_rows.hpp"

namespace help {

/// Goes through the rows of a table of records; what is wrong with a row is kept with its place.
class RecordRows {
 public:
  RecordRows(const Context& context, const RecordTable& table, const Sheet& sheet, ImportPlan& plan);

  /// The rows once more, from the first; what is said of them goes into another plan.
  [[nodiscard]] RecordRows once_more(ImportPlan& plan) const { return {context_, table_, sheet_, plan}; }

  /// The next row in which a column of the records has a text; false after the last. A row that cannot be trusted (a text behind the last
  /// title, an error in place of a value, a merged cell) is refused and passed over. So is, without a word, a row of a form that stands as
  /// it was written: it says nothing.
  bool next();
  /// As `next`, but one that cannot be trusted is refused and not passed over, and those as they were written are among them.
  bool next_of_all();
  /// The next of the rows that stand as they were written, for planners that look at several rows at once: what is found out about it may
  /// be compared with what other rows say, and nothing may be taken from it. Nothing that is refused of it is told. After the last `next`
  /// begins with the first row.
  bool next_as_written();
  [[nodiscard]] std::uint32_t line() const { return rows_.line(); }
  /// Whether something of this row was refused.
  [[nodiscard]] bool is_refused() const { return refused_; }
  /// What the rows say of those whom they name: of files that have one line for each, where nothing of it is private.
  [[nodiscard]] const std::map<std::uint32_t, Message>& said() const { return said_; }
  /// This row is new in a file.
  void count_new(const std::string& path) const { plan_.added.push_back({.path = path, .line = line(), .student = whom_}); }
  /// Whom the row is about, by id, as far as that is known: for what is refused of it, and what is new.
  void is_about(std::string id) { whom_ = std::move(id); }
  [[nodiscard]] const std::string& whom() const { return whom_; }

  /// The text of a field as the table means it; empty where it has none.
  [[nodiscard]] std::string text(std::string_view key) const;
  [[nodiscard]] std::string cell(std::size_t column) const;
  /// The title above a column; its number in a table without titles.
  [[nodiscard]] std::string title(std::size_t column) const { return titles_.of(column); }
  /// The title of the column from which a field comes; empty where it comes from none.
  [[nodiscard]] std::string title_of(std::string_view key) const;
  /// Into which file the row goes: for what is refused of it, before and after.
  void goes_to(const std::string& path);

  void refuse(std::string_view key, std::string_view code, Message reason, Message hint = {});
  void refuse(std::string_view key, RowFault fault) { refuse(key, fault.code, std::move(fault.reason), std::move(fault.hint)); }
  /// Refuses a new id of which the spreadsheet has made a date; `like`: how one looks.
  void refuse_date_for_id(std::string_view key, const std::string& id, std::string_view like);
  void refuse_column(std::string column, std::string_view code, Message reason, Message hint = {});
  /// Refuses the row as something else has found out.
  void refuse_row(RefusedRow row);
  /// Refuses two rows that do not go together, this one and one before, both under the column of `key`.
  void refuse_both(std::uint32_t line_before, std::string_view key, std::string_view code, const Message& reason, const Message& hint);
  /// Refuses the row where the field has no text.
  std::string needed(std::string_view key);
  /// Refuses days that end before they begin; `key`: the field of the last day.
  bool is_period(std::string_view key, const Period& days);
  /// Refuses the row where the line of a file that it becomes has not the shape of that file. `fields`: of which field a key of the line
  /// is, where the two have other names.
  bool is_sound(const std::string& line, const Shape& shape,
                std::initializer_list<std::pair<std::string_view, std::string_view>> fields = {});

  /// Refuses the rows that another plan of the same table has refused, as it did, before they are looked at.
  void refuse_as_in(const ImportPlan& other);
  /// Whether the table is one of the program's forms.
  [[nodiscard]] bool is_form() const { return !table_.is_mapped; }

  // Each refuses a text that means nothing, or several things.
  std::optional<Date> date(std::string_view key);
  /// By id, else by name; where the row says a class (`class`), the student must be in it on one of the `days`. Whether they are in school
  /// then is `is_here`.
  std::optional<StudentIndex> student(std::string_view key, const std::string& text, const Period& days);
  /// On the day of the row, or today.
  std::optional<StudentIndex> student(std::string_view key, const std::string& text);
  /// Refuses a student who is in no class on any of the days: an id or a name of somebody else.
  bool is_here(std::string_view key, StudentIndex student, const Period& days);
  /// With a day: somebody who has not left before.
  std::optional<StaffIndex> staff(std::string_view key, const std::string& text, std::optional<Date> on = std::nullopt);
  /// A member of staff, a student or a body. With a day: one who is here then.
  std::optional<Party> party(std::string_view key, const std::string& text, std::optional<Date> on = std::nullopt);
  /// By its id, or as it was called on a day: that of the row, where none is given.
  std::optional<ClassIndex> school_class(std::string_view key, const std::string& text, std::optional<Date> on = std::nullopt);
  /// `known` words with what they mean; the words of both languages and the code itself. `else_write`: what else may stand there.
  std::optional<std::string> word(std::string_view key, const std::string& text, const std::vector<std::pair<std::string, Message>>& known,
                                  const Message& else_write = {});

  /// The people of a cell: `name id`, id or name, several with commas, semicolons, strokes or on lines of their own.
  [[nodiscard]] static std::vector<std::string> people(std::string text);
  /// The words of a cell, several with commas, each as the table means it.
  [[nodiscard]] std::vector<std::string> several(std::string_view key) const;
  /// The parts of a text, several with commas.
  [[nodiscard]] static std::vector<std::string> parts_of(const std::string& text);
  /// A text as a refusal may repeat it: … for what is for few eyes.
  [[nodiscard]] std::string shown(std::string_view key, const std::string& typed) const;

 private:
  void refuse_faults();
  bool is_foreseen();
  void keep_said();
  [[nodiscard]] bool is_as_written() const { return table_.as_written.contains(line()); }
  std::optional<StudentIndex> student_in_class(std::string_view key, const std::string& typed, ClassIndex in, const Period& days);
  bool is_in_class_of_row(StudentIndex student, const Period& days);
  [[nodiscard]] std::string meaning_of(std::string_view key, const std::string& typed) const;
  [[nodiscard]] Date day_of_row() const;
  bool is_still_here(std::string_view key, const Staff& who, Date on);
  [[nodiscard]] Message hint_of_word(std::string_view key, const std::string& typed) const;

  const Context& context_;
  const RecordTable& table_;
  const Sheet& sheet_;
  ImportPlan& plan_;
  SheetTitles titles_;
  SheetRows rows_;
  std::vector<std::size_t> asked_;                             ///< all columns of the records
  std::map<std::uint32_t, Message> said_;                      ///< by line
  std::map<std::uint32_t, std::vector<RefusedRow>> foreseen_;  ///< refusals by line
  std::string path_;
  std::string whom_;
  bool refused_ = false;
};

/// The lines on which the text of a field stands, by that text without what differs in width; of rows that have it.
[[nodiscard]] std::map<std::string, std::vector<std::uint32_t>> lines_by_text(const RecordRows& rows, std::string_view key);

/// Refuses the row where its id stands on another one, too: neither can be trusted.
void refuse_twice(RecordRows& rows, const std::map<std::string, std::vector<std::uint32_t>>& lines, std::string_view key,
                  const std::string& id);

/// A file of the folder as it stands, or, where there is none, with `first_line`. Nothing after a refusal.
[[nodiscard]] std::optional<PlannedFile> begin_file(const Context& context, std::string path, std::string first_line, Answer& answer);

/// Reads a file of the roster into `lines`. False after a refusal.
bool read_roster_lines(const Context& context, std::string_view schema, RosterLines& lines, Answer& answer);

// The planners, one for each kind of record. What they would write goes into `plan`.
void plan_talks(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer);
void plan_preferences(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer);
void plan_observations(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer);
void plan_roster_form(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer);
void plan_classes_form(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer);
void plan_staff(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer);
void plan_groups(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer);
void plan_archives(const Context& context, RecordRows& rows, ImportPlan& plan);
void plan_teaching(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer);
void plan_counts(const Context& context, const RecordTable& table, RecordRows& rows, ImportPlan& plan, Answer& answer);

/// A record that a row gives: the line of its file, and what of it is shown.
struct RowRecord {
  std::string path;
  std::uint32_t line = 0;         ///< of the table
  std::string text;               ///< the line of the file, with its end; empty: it says what stands there already
  std::vector<std::string> whom;  ///< ids; one empty where it is about nobody alone
  Message what;
  bool corrects = false;  ///< the line corrects another of the file
};

/// Puts lines that are not there yet behind those of their files: all at once, when it is known which rows are refused.
class AddedLines {
 public:
  AddedLines(const Context& context, std::string first_line, Answer& answer, ImportPlan& plan)
      : context_(context), first_line_(std::move(first_line)), answer_(answer), plan_(plan) {}

  void add(RowRecord record) { records_.push_back(std::move(record)); }
  /// Adds those whose row is not refused, unless they stand there, and hands the files over to the plan.
  void finish();

 private:
  struct Text {
    PlannedFile file;
    std::set<std::string, std::less<>> lines;  ///< without their ends
  };
  Text* text_of(const std::string& path);
  void take(const RowRecord& record, Text& text);

  const Context& context_;
  std::string first_line_;
  Answer& answer_;
  ImportPlan& plan_;
  std::map<std::string, Text> files_;
  std::vector<RowRecord> records_;
};

}  // namespace help
