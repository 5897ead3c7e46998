// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
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

// The records in force from a day on, by date, as far as somebody of the classes is among whom they are about; no classes: all. A file that
// cannot be read as what it should be is an error in `problems`: what stands in it is missing.
[[nodiscard]] std::vector<RecordCells> kept_talks(const Context& context, Date from, const std::vector<ClassIndex>& classes,
                                                  Diagnostics& problems);
[[nodiscard]] std::vector<RecordCells> kept_preferences(const Context& context, Date from, const std::vector<ClassIndex>& classes);
[[nodiscard]] std::vector<RecordCells> kept_observations(const Context& context, Date from, const std::vector<ClassIndex>& classes,
                                                         Diagnostics& problems);

/// Finds the records that rows name by their ids.
class KeptRecords {
 public:
  /// `folder`: log, events or prefs.
  KeptRecords(const Context& context, RecordRows& rows, std::string folder) : context_(context), rows_(rows), folder_(std::move(folder)) {}

  struct Version {
    std::string path;
    std::string named;            ///< the version that the row names: of which its form was made
    std::string id;               ///< the version in force
    std::optional<Date> at = {};  ///< the day on which that corrected another
  };
  /// The record that the row names, most likely in the file `likely`. Nothing, and the row is refused, where there is none such, or it was
  /// withdrawn, or another row names it, too: then neither is taken for its correction.
  [[nodiscard]] std::optional<Version> find(const std::string& id, const std::string& likely);

  /// What has become of a record that stands in a file.
  struct Fate {
    std::string latest;  ///< id of the version in which it ends; empty where it was withdrawn, or its corrections contradict each other
    std::string by;      ///< id of the line that withdrew it, or of its last correction; empty where there is neither …
    std::optional<Date> at = {};  ///< … and its day
  };
  /// Nothing where the file has no such record.
  [[nodiscard]] std::optional<Fate> fate_of(const std::string& path, const std::string& id);
  /// Refuses a row that repeats a record which is no longer what the row says.
  void refuse_repeated(const std::string& id, const Fate& fate, std::uint32_t line, const std::string& path, std::string student,
                       ImportPlan& plan);

 private:
  struct FileLinks {
    std::vector<RecordLinks> links;
    std::map<std::string, Date> days;  ///< of corrections and withdrawals, by id
  };
  [[nodiscard]] const FileLinks& file_links(const std::string& path);
  [[nodiscard]] const std::vector<RecordLinks>& links_in(const std::string& path) { return file_links(path).links; }
  [[nodiscard]] std::vector<std::string> paths() const;
  [[nodiscard]] bool is_named_once(const std::string& id);
  [[nodiscard]] Message way_to_write_again() const;

  const Context& context_;
  RecordRows& rows_;
  std::string folder_;
  std::map<std::string, FileLinks> links_;
  std::optional<std::map<std::string, std::vector<std::uint32_t>>> lines_;  ///< of the table, by the id that stands there
  std::map<std::string, std::uint32_t> rows_of_;                            ///< lines of the table, by the version in force
};

/// A cell of a form that says something else than the record of which its row was made.
struct ChangedCell {
  std::string_view key;
  std::string before;
  std::string after;
};

/// The cells of a record in both languages: a form may be written in either.
using CellsInLanguages = std::array<RecordCells, 2>;

/// What a row says otherwise than a record.
struct ComparedRow {
  std::vector<ChangedCell> changed;
  bool is_older = false;  ///< it says something that was corrected since
};

/// What a row says otherwise than the version of the record of which it was made; empty cells say nothing. A cell that a later correction
/// has changed, and the row has not, says nothing either; where both have, the row is refused.
[[nodiscard]] ComparedRow changed_cells_of(RecordRows& rows, FormKind kind, const KeptRecords::Version& version,
                                           const CellsInLanguages& named, const CellsInLanguages& latest);

/// The same; `cells` gives those of an entry in a language.
template <typename Entry, typename CellsOf>
[[nodiscard]] ComparedRow changed_cells(const Context& context, RecordRows& rows, FormKind kind, const KeptRecords::Version& version,
                                        const Entry& named, const Entry& latest, CellsOf cells) {
  const std::string_view other = context.language == "zh" ? "en" : "zh";
  return changed_cells_of(rows, kind, version, {cells(named, context.language), cells(named, other)},
                          {cells(latest, context.language), cells(latest, other)});
}

[[nodiscard]] inline bool has_changed(const std::vector<ChangedCell>& changed, std::string_view key) {
  return std::ranges::find(changed, key, &ChangedCell::key) != changed.end();
}

/// Notes what a correction changes.
void note_changes(const std::vector<ChangedCell>& changed, FormKind kind, const std::string& path, const RecordRows& rows,
                  const Dataset& data, ImportPlan& plan);
/// Of rows that are refused nothing is changed: for when it is known which these are.
void drop_changes_of_refused(ImportPlan& plan);

}  // namespace help
