// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/import_records.hpp"
#include "model/dataset.hpp"
#include "store/roster_lines.hpp"
#include "store/shape.hpp"

namespace help {

/// Goes through the rows of a table of records; what is wrong with a row is kept with its place.
class RecordRows {
 public:
  RecordRows(const Context& context, const RecordTable& table, const Sheet& sheet, ImportPlan& plan)
      : context_(context), table_(table), sheet_(sheet), plan_(plan) {}

  /// The rows once more, from the first; what is said of them goes into another plan.
  [[nodiscard]] RecordRows once_more(ImportPlan& plan) const { return {context_, table_, sheet_, plan}; }

  /// The next row in which a column of the records has a text; false after the last.
  bool next();
  [[nodiscard]] std::uint32_t line() const { return sheet_.line(row_); }
  /// Whether something of this row was refused.
  [[nodiscard]] bool is_refused() const { return refused_; }
  /// This row is new in a file.
  void count_new(const std::string& path) const { plan_.added.push_back({path, line(), student_id}); }

  /// The text of a field as the table means it; empty where it has none.
  [[nodiscard]] std::string text(std::string_view key) const;
  [[nodiscard]] std::string cell(std::size_t column) const;
  /// The title above a column; its number in a table without titles.
  [[nodiscard]] std::string title(std::size_t column) const;

  void refuse(std::string_view key, std::string_view code, Message reason, Message hint = {});
  void refuse_column(std::string column, std::string_view code, Message reason, Message hint = {});
  /// Refuses the row as something else has found out.
  void refuse_row(RefusedRow row);
  /// Refuses the row where the field has no text.
  std::string needed(std::string_view key);

  // Each refuses a text that means nothing, or several things.
  std::optional<Date> date(std::string_view key);
  std::optional<StudentIndex> student(std::string_view key, const std::string& text);
  std::optional<StaffIndex> staff(std::string_view key, const std::string& text);
  /// A member of staff, a student or a body.
  std::optional<Party> party(std::string_view key, const std::string& text);
  std::optional<ClassIndex> school_class(std::string_view key, const std::string& text);
  /// `known` words with what they mean; the words of both languages and the code itself.
  std::optional<std::string> word(std::string_view key, const std::string& text, const std::vector<std::pair<std::string, Message>>& known);

  /// The people of a cell: `name id`, id or name, several with commas.
  [[nodiscard]] static std::vector<std::string> several(const std::string& text);

  std::string student_id;  ///< of the row, for what is refused

 private:
  const Context& context_;
  const RecordTable& table_;
  const Sheet& sheet_;
  ImportPlan& plan_;
  std::size_t row_ = static_cast<std::size_t>(-1);
  bool refused_ = false;
};

/// The lines on which the text of a field stands, by that text without what differs in width; of rows that have it.
[[nodiscard]] std::map<std::string, std::vector<std::uint32_t>> lines_by_text(const RecordRows& rows, std::string_view key);

/// Refuses the row where its id stands on another one, too: neither can be trusted.
void refuse_twice(RecordRows& rows, const std::map<std::string, std::vector<std::uint32_t>>& lines, std::string_view key,
                  const std::string& id);

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

/// Puts lines that are not there yet behind those of their files.
class AddedLines {
 public:
  AddedLines(const Context& context, std::string first_line, const RecordRows& rows, Answer& answer, ImportPlan& plan)
      : context_(context), first_line_(std::move(first_line)), rows_(rows), answer_(answer), plan_(plan) {}

  /// The bytes of the file so far; null where it cannot be read.
  const std::string* bytes(const std::string& path);
  /// Adds the line of the present row, unless it stands there.
  void add(const std::string& path, const std::string& line);
  void count_same(const std::string& path);
  /// Adds a line that corrects another of the file.
  void correct(const std::string& path, const std::string& line);
  /// Hands the files over to the plan.
  void finish();

 private:
  PlannedFile* file(const std::string& path);

  const Context& context_;
  std::string first_line_;
  const RecordRows& rows_;
  Answer& answer_;
  ImportPlan& plan_;
  std::vector<PlannedFile> files_;
};

/// What is wrong with a line, by the shape of its file; the key at which it stands is given in `key`.
[[nodiscard]] std::optional<Diagnostic> problem_of_line(const std::string& line, const Shape& shape, std::string& key);

}  // namespace help
