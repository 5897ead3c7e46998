// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "commands/import_record_rows.hpp"
#include "store/record_file.hpp"

namespace help {

/// Reads the bytes of a file of the roster into `file`, whose path is given; a new one has its first line. False after a refusal.
bool read_roster_file(const Context& context, std::string_view schema, PlannedFile& file, Answer& answer);

/// A file of the roster with one record a line, while the rows of a form change it: lines are replaced and added, every other byte stays.
class RosterLines {
 public:
  explicit RosterLines(std::string_view path) { file_.path = path; }

  /// False after a refusal.
  bool read(const Context& context, std::string_view schema, Answer& answer);
  [[nodiscard]] const std::string& path() const { return file_.path; }

  void add(std::string_view id, std::string_view line);
  /// What a row changes of a record: nothing, or its line is replaced. Refused where the line is not as the program writes it.
  void change(RecordRows& rows, std::string_view id, std::string_view before, std::string_view after, std::vector<ChangedValue> changes,
              ImportPlan& plan);
  /// A row says what the file does.
  void keep() { ++file_.same; }
  /// A row is dealt with.
  void count(const RecordRows& rows) { file_.refused += rows.is_refused() ? 1U : 0U; }

  /// Gives the file to the plan. `how_to_write` says how a record of a file in another form should stand there.
  void finish(Message how_to_write, Answer& answer, ImportPlan& plan);

 private:
  PlannedFile file_;
  RecordFile text_;
  bool is_readable_ = false;
};

}  // namespace help
