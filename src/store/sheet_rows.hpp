// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/message.hpp"
#include "store/sheet.hpp"

namespace help {

// What every reader of a table looks at before it asks what a row means, whether it reads marks or records.

/// The titles above a table.
class SheetTitles {
 public:
  /// Those of the row that begins on line `header`; none where it is 0, or no row begins there.
  SheetTitles(const Sheet& sheet, std::uint32_t header);

  /// Whether a row begins on the line that was said; true where titles are not expected.
  [[nodiscard]] bool are_there() const { return are_there_; }
  [[nodiscard]] bool are_expected() const { return are_expected_; }
  /// The first row below them.
  [[nodiscard]] std::size_t first_row() const { return first_row_; }
  /// As `cell_text`.
  [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }
  /// What a column is called; its number, from 1, where it has no title.
  [[nodiscard]] std::string of(std::size_t column) const;

  struct Found {
    std::optional<std::size_t> column;  ///< from 0; missing: no title is this one
    std::optional<std::size_t> again;   ///< another column has the same title
  };
  /// The column with this title, compared by `title_key`.
  [[nodiscard]] Found find(std::string_view title) const;

 private:
  bool are_expected_;
  bool are_there_ = true;
  std::size_t first_row_ = 0;
  std::vector<std::string> texts_;
};

/// Why a row, or a cell of it, says nothing that can be trusted.
struct RowFault {
  std::optional<std::size_t> column;  ///< missing: the row as a whole
  std::string_view code;              ///< one of `codes.hpp`
  Message reason;
  Message hint;
};

/// One row of a table after the other, with the guards that hold for every table.
class SheetRows {
 public:
  SheetRows(const Sheet& sheet, const SheetTitles& titles) : sheet_(sheet), titles_(titles), row_(titles.first_row()) { --row_; }

  /// The next row that says something in one of the columns that are `asked` for (in any, where none are): no empty line of a form, no
  /// remark that is merged over the table. False after the last.
  bool next(const std::vector<std::size_t>& asked);

  /// Says in faults … for what stands in a cell: for tables that are for few eyes.
  void hide_texts() { hides_texts_ = true; }

  [[nodiscard]] std::size_t row() const { return row_; }
  [[nodiscard]] std::uint32_t line() const { return sheet_.line(row_); }
  /// As `cell_text`.
  [[nodiscard]] std::string cell(std::size_t column) const;
  [[nodiscard]] bool is_spread(std::size_t column) const { return sheet_.is_spread(row_, column); }

  /// A text behind the last title: it has slipped out of its column, and the cells before it perhaps too.
  [[nodiscard]] std::optional<RowFault> width_fault() const;
  /// What a spreadsheet shows in place of a value, or, where there `may_be_formulas`, a formula that was never calculated. A CSV has none:
  /// what begins with = there is a text that somebody wrote.
  [[nodiscard]] std::optional<RowFault> value_fault(std::size_t column, bool may_be_formulas = true) const;
  /// A text that the cell has only because it is merged: with the one beside it, or, unless it `may_stand_for_several` rows, with any.
  [[nodiscard]] std::optional<RowFault> spread_fault(std::size_t column, bool may_stand_for_several) const;

 private:
  [[nodiscard]] bool says_something(const std::vector<std::size_t>& asked) const;

  [[nodiscard]] std::string shown(std::size_t column) const { return hides_texts_ ? "…" : cell(column); }

  const Sheet& sheet_;
  const SheetTitles& titles_;
  std::size_t row_;
  bool hides_texts_ = false;
};

}  // namespace help
