// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/diagnostic.hpp"
#include "model/dataset.hpp"
#include "model/date.hpp"
#include "model/mark.hpp"
#include "store/mapping.hpp"
#include "store/sheet.hpp"

namespace help {

/// A row, or one cell of it, that cannot be imported.
struct RefusedRow {
  std::uint32_t line = 0;      ///< of the table file
  std::string column = {};     ///< title of the cell's column; empty: the row as a whole
  std::string student = {};    ///< id, as far as the row says one
  std::string path = {};       ///< the file that it would have gone to; empty: any
  std::string_view code = {};  ///< one of `codes.hpp`
  Message reason = {};
  Message hint = {};  ///< how to mend it; may be empty
};

/// Whom the table is about; one for each id, however many rows it has.
struct ReadPerson {
  std::string id;
  std::string name = {};        ///< empty where the table says none
  std::string class_text = {};  ///< as the table names the class
  std::optional<Date> transferred = {};
  std::uint32_t line = 0;  ///< of the first row
  bool refused = false;    ///< nothing of this person is imported
};

/// One mark of the table.
struct ReadMark {
  std::uint32_t exam = 0;     ///< index into MarkColumns::exams
  std::uint32_t person = 0;   ///< index into ReadRows::people
  std::uint32_t subject = 0;  ///< index into MarkColumns::subjects
  std::uint32_t line = 0;
  Mark mark;
};

/// A row that is about nobody: the full marks, an average below the table, the titles once more.
struct OtherRow {
  std::uint32_t line = 0;
  std::string text;  ///< what it is called
};

/// What a table says, read by a mapping.
struct ReadRows {
  std::size_t rows = 0;                                          ///< rows that say anything
  std::vector<ReadPerson> people;                                ///< in the order in which the table names them first
  std::vector<ReadMark> marks;                                   ///< by exam, person, subject; no two of the same three
  std::vector<std::pair<std::uint32_t, std::uint32_t>> tainted;  ///< (exam, person) of which some mark was refused; sorted
  std::size_t left = 0;                                          ///< rows that say, as the roster does, that somebody has left
  std::size_t short_rows = 0;                                    ///< rows that end before a column of marks
  std::vector<OtherRow> others;                                  ///< rows that were passed over
  std::vector<RefusedRow> refused;                               ///< in the order in which they were found
};

/// Reads the rows of `sheet` as `mapping` says. Cells are texts until the mapping gives them a meaning: a mark is a number or a declared
/// state, anything else is refused with its place. Where the mapping has no id, `data` tells whom a name and a class mean. A column that
/// the table does not have, or has twice, is an error in `problems`.
[[nodiscard]] ReadRows read_import_rows(const Dataset& data, const Mapping& mapping, const Sheet& sheet, Diagnostics& problems);

}  // namespace help
