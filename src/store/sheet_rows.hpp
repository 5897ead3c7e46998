// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
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

/// What decides whether a row may be somebody's.
struct WhoseRow {
  std::vector<std::size_t> who;                              ///< the columns that say whom it is about
  std::vector<std::size_t> asked;                            ///< all columns that are read
  std::function<bool(const std::string& text)> is_somebody;  ///< whether a text is an id or a name that is known
};

/// What a row below a table is called that is about nobody: a total (合计, 平均分), a remark (备注：…), a line to sign on (班主任签字：…).
/// That word stands where the row says whom it is about, or before everything else in it, and nobody stands beside it (how many there
/// are, behind a total, is nobody); beside a remark stands nothing that would be read. What may be about somebody, before or behind
/// the word, is not given. Nothing for every other row.
[[nodiscard]] std::optional<std::string> word_of_nobody(const Sheet& sheet, std::size_t row, const WhoseRow& whose);

/// A sheet of the rows that `wanted` chooses, with their lines.
template <typename Wanted>
[[nodiscard]] Sheet chosen_rows(const Sheet& sheet, const Wanted& wanted) {
  Sheet chosen(sheet.name(), {});
  for (std::size_t row = 0; row < sheet.row_count(); ++row) {
    if (!wanted(row)) continue;
    chosen.begin_row(sheet.line(row));
    for (std::size_t column = 0; column < sheet.width(row); ++column)
      chosen.add_kept_cell(chosen.keep(sheet.cell(row, column)), sheet.is_spread(row, column));
  }
  return chosen;
}

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

  /// Lets `next` begin with the first row.
  void begin_again() { row_ = titles_.first_row() - 1; }

  /// Says in faults … for what stands in this column: it is for few eyes.
  void hide(std::size_t column) { hidden_.insert(column); }

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

  [[nodiscard]] std::string shown(std::size_t column) const { return hidden_.contains(column) ? "…" : cell(column); }

  const Sheet& sheet_;
  const SheetTitles& titles_;
  std::size_t row_;
  std::set<std::size_t> hidden_;
};

}  // namespace help
