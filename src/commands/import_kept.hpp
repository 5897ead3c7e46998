// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands/import_record_rows.hpp"
#include "model/dataset.hpp"
#include "store/event_entry.hpp"
#include "store/log_entry.hpp"
#include "store/record_versions.hpp"

namespace help {

// Records of the folder as rows of their forms: `--template talks --from DATE` writes them, with their ids, and `import` takes them back.

/// The cells of a record that are not empty, by the keys of `fields_of`.
using RecordCells = std::vector<std::pair<std::string_view, Cell>>;

// In the words of a language; `record` is the id.
[[nodiscard]] RecordCells cells_of_talk(const Context& context, const LogEntry& entry, std::string_view owner, std::string_view language);
[[nodiscard]] RecordCells cells_of_wish(const Context& context, const Wish& wish, std::string_view language);
[[nodiscard]] RecordCells cells_of_order(const Context& context, const PairOrder& order, std::string_view language);
[[nodiscard]] RecordCells cells_of_observation(const Context& context, const EventEntry& entry, const std::string& student,
                                               std::string_view language);

/// The records in force from a day on, by date, as far as somebody of the classes is among whom they are about; no classes: all.
[[nodiscard]] std::vector<RecordCells> kept_talks(const Context& context, Date from, const std::vector<ClassIndex>& classes);
[[nodiscard]] std::vector<RecordCells> kept_preferences(const Context& context, Date from, const std::vector<ClassIndex>& classes);
[[nodiscard]] std::vector<RecordCells> kept_observations(const Context& context, Date from, const std::vector<ClassIndex>& classes);

/// Finds the records that rows name by their ids.
class KeptRecords {
 public:
  /// `folder`: log, events or prefs.
  KeptRecords(const Context& context, RecordRows& rows, std::string folder) : context_(context), rows_(rows), folder_(std::move(folder)) {}

  struct Version {
    std::string path;
    std::string id;  ///< of the version in force
  };
  /// The version in force of the record that the row names, most likely in the file `likely`. Nothing, and the row is refused, where there
  /// is none such, or it was withdrawn.
  [[nodiscard]] std::optional<Version> find(const std::string& id, const std::string& likely);

 private:
  [[nodiscard]] const std::vector<RecordLinks>& links_in(const std::string& path);
  [[nodiscard]] std::vector<std::string> paths() const;

  const Context& context_;
  RecordRows& rows_;
  std::string folder_;
  std::map<std::string, std::vector<RecordLinks>> links_;
};

/// A cell of a form that says something else than the record of which its row was made.
struct ChangedCell {
  std::string_view key;
  std::string before;
  std::string after;
};

/// What a row says otherwise than the record, whose cells are given in two languages; empty cells say nothing.
[[nodiscard]] std::vector<ChangedCell> changed_cells_of(const RecordRows& rows, FormKind kind, const RecordCells& now,
                                                        const RecordCells& other);

/// The same in whichever language the row was written; `cells` gives the record's cells in a language.
template <typename CellsIn>
[[nodiscard]] std::vector<ChangedCell> changed_cells(const Context& context, const RecordRows& rows, FormKind kind, CellsIn cells) {
  return changed_cells_of(rows, kind, cells(context.language), cells(context.language == "zh" ? "en" : "zh"));
}

[[nodiscard]] inline bool has_changed(const std::vector<ChangedCell>& changed, std::string_view key) {
  return std::ranges::find(changed, key, &ChangedCell::key) != changed.end();
}

/// Notes what a correction changes.
void note_changes(const std::vector<ChangedCell>& changed, FormKind kind, const std::string& path, const RecordRows& rows,
                  const Dataset& data, ImportPlan& plan);

}  // namespace help
