// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/dataset.hpp"
#include "store/reading.hpp"

namespace help {

/// The rows of a grade or count table: dense cells, row by row.
struct TableRows {
  std::vector<StudentIndex> students;
  std::vector<std::int32_t> cells;  ///< marks: hundredths or a Mark::State; counts: the number, or -1
};

/// What the cells of a table hold.
struct RowsForm {
  std::string_view rows_key;               ///< "scores" or "rows"
  bool counts = false;                     ///< whole numbers; otherwise marks
  std::vector<std::int32_t> largest = {};  ///< by column: the largest cell allowed, in hundredths (marks) or as it is (counts)
};

/// Reads the rows that stand behind the line `scores:` in exactly the form that the program writes; a row in another form is read by
/// yaml-cpp on its own. Nothing if anything is doubtful: an unknown student, a cell out of range, a row that is not sound by itself. Then
/// the whole file must be read by `read_yaml`, which says what is wrong: this reader never reports.
[[nodiscard]] std::optional<TableRows> read_rows(const Dataset& data, std::string_view rows, const RowsForm& form);

/// Puts the rows in the order of the students.
void sort_rows(TableRows& rows, std::size_t columns);

}  // namespace help
