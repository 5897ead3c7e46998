// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/import_plan.hpp"
#include "store/record_file.hpp"

namespace help {

/// A file of the roster with one record a line, while a table changes it: lines are replaced and added, every other byte stays.
class RosterLines {
 public:
  explicit RosterLines(std::string_view path) { file_.path = path; }

  /// `bytes`: of the file; null where there is none, which then begins with the line that names `schema`.
  void read(const std::string* bytes, std::string_view schema);
  [[nodiscard]] const std::string& path() const { return file_.path; }

  /// A record of its own. `row`: the line of the table; 0: none.
  void add(std::string_view id, std::string_view line, std::uint32_t row);
  /// Replaces the line of a record that was added, by a further row about it.
  void extend(std::string_view id, std::string_view before, std::string_view after, std::uint32_t row);
  /// Replaces the line of a record that is there, and notes the changes in the plan. Else why not: the line is not as the program writes
  /// it. In a file that is in another form altogether nothing is looked for: `finish` says so.
  [[nodiscard]] std::optional<RefusedRow> change(std::string_view id, std::string_view before, std::string_view after,
                                                 const RowChanges& changes, ImportPlan& plan);
  /// A row says what the file does.
  void keep() { ++file_.same; }
  /// A row is dealt with.
  void count(bool is_refused) { file_.refused += is_refused ? 1U : 0U; }

  /// Gives the file to the plan. `how_to_write` says how a record of a file in another form should stand there.
  void finish(Message how_to_write, Diagnostics& problems, ImportPlan& plan);

 private:
  PlannedFile file_;
  RecordFile text_;
  std::vector<AddedRow> added_;
  bool is_readable_ = true;
};

}  // namespace help
