// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "model/dataset.hpp"
#include "store/import_rows.hpp"
#include "store/mapping.hpp"
#include "store/row_changes.hpp"
#include "store/sheet.hpp"

namespace help {

// The files of the roster that rows of tables become lines of.
inline constexpr std::string_view students_path = "roster/students.yaml";
inline constexpr std::string_view classes_path = "roster/classes.yaml";

/// A row of the table that is new in a file, with one of those whom it is about: as often as there are such.
struct AddedRow {
  std::string path;
  std::uint32_t line = 0;    ///< of the table
  std::string student = {};  ///< id; of a member of staff or a body where the row is about one
  Message what = {};         ///< of a record: what of them; without what was said of them
};

/// What an import does to one file of the records folder.
struct PlannedFile {
  std::string path;
  bool is_new = false;
  // Rows of the table, by what comes of them here.
  std::size_t added = 0;
  std::size_t changed = 0;
  std::size_t same = 0;
  std::size_t refused = 0;
  bool differs = false;    ///< `bytes` is to be written
  std::string bytes = {};  ///< the whole new contents
};

/// What an import would do.
struct ImportPlan {
  std::vector<PlannedFile> files;     ///< classes, students, then the exams in the order of the mapping: also the order of writing
  std::vector<ChangedValue> changes;  ///< by file, then student
  std::vector<AddedRow> added = {};   ///< by line
  std::vector<OtherRow> others = {};  ///< rows of nobody, which were passed over
  std::vector<RefusedRow> refused;    ///< by line, then column
  std::size_t rows = 0;               ///< rows of the table that say anything
  std::size_t left = 0;               ///< rows that say, as the roster does, that somebody has left
  std::size_t older = 0;              ///< rows made of a record that was corrected since; what was corrected stays
  std::size_t short_rows = 0;         ///< rows that end before a column of marks, so that no cell of it says anything
  std::size_t not_in_table = 0;       ///< marks that the files need and the table does not have; written as `~`

  [[nodiscard]] bool nothing_new() const;
  [[nodiscard]] bool overwrites() const;
};

/// The files of the records folder that an import may change; their bytes are wanted by `plan_import`.
[[nodiscard]] std::vector<std::string> files_of_import(const Mapping& mapping);

/// Compares a table with the records folder. `existing` holds the bytes of those of `files_of_import` that exist. What is refused is left
/// out, whole rows at a time: a student of whom one mark is refused gets no row in that exam. Nothing that a plan leaves out is
/// ever taken for absent or zero. Problems of the mapping, or of files in another form than the program's, are errors in `problems`:
/// then the plan is not to be carried out.
[[nodiscard]] ImportPlan plan_import(const Dataset& data, const Mapping& mapping, const Sheet& sheet,
                                     const std::map<std::string, std::string>& existing, Diagnostics& problems);

}  // namespace help
