// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace help {

/// Limits of a file that is imported.
struct SheetLimits {
  static constexpr std::uint64_t file_bytes = 64U << 20U;
  static constexpr std::uint32_t cell_bytes = 64U << 10U;
  static constexpr std::uint32_t columns = 1000;
  static constexpr std::uint32_t cells = 8'000'000;
};

/// The rows of a table that somebody keeps in a spreadsheet: texts, as they stand, with their places.
///
/// Rows without any text are not there; the others keep the line at which they begin. Rows may differ in length.
/// Costs the bytes of the file, what quoted cells decode to, and 8 bytes a cell.
class Sheet {
 public:
  /// A text that several cells may share.
  struct Text {
    std::uint32_t offset = 0;
    std::uint32_t size = 0;
  };

  Sheet() = default;
  Sheet(std::string name, std::string bytes) : name_(std::move(name)), bytes_(std::move(bytes)) {}

  /// The file as the user named it.
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  [[nodiscard]] std::size_t row_count() const { return rows_.size(); }
  /// The number of cells of a row.
  [[nodiscard]] std::size_t width(std::size_t row) const;
  /// The text of a cell; empty where the row is shorter.
  [[nodiscard]] std::string_view cell(std::size_t row, std::size_t column) const;
  /// Whether the cell has its text only because it is merged with others, or is merged with one of another row.
  [[nodiscard]] bool is_spread(std::size_t row, std::size_t column) const;
  /// The line of the file (in a workbook: the row) at which a row begins, from 1.
  [[nodiscard]] std::uint32_t line(std::size_t row) const { return rows_[row].line; }
  /// Whether rows and columns have changed places: `line` is then the column of the file, from 1, and a column has a `line_of_column`.
  [[nodiscard]] bool is_transposed() const { return !column_lines_.empty(); }
  [[nodiscard]] std::uint32_t line_of_column(std::size_t column) const { return column_lines_[column]; }
  /// Lets rows and columns change places; columns without any text are left out. At most `SheetLimits::columns` rows.
  void transpose();

  // How a reader fills it.
  void begin_row(std::uint32_t line);
  /// A cell that stands in the bytes as it is meant.
  void add_plain_cell(std::size_t offset, std::size_t size);
  /// A cell whose text had to be decoded.
  void add_decoded_cell(std::string_view text);
  /// Keeps a text for `add_kept_cell`.
  Text keep(std::string_view text);
  void add_kept_cell(Text text, bool is_spread);
  /// Takes the last row away again.
  void drop_row();
  /// Gives a row other texts.
  void replace_row(std::size_t row, const std::vector<std::string>& texts);
  [[nodiscard]] std::size_t cell_count() const { return cells_.size(); }

 private:
  struct Span {
    std::uint32_t offset = 0;
    std::uint32_t size = 0;  ///< with the bits below
  };
  struct Row {
    std::uint32_t first = 0;
    std::uint32_t line = 0;
  };
  static constexpr std::uint32_t decoded_bit = 1U << 31U;  ///< the text is in `decoded_`
  static constexpr std::uint32_t spread_bit = 1U << 30U;
  static constexpr std::uint32_t size_bits = spread_bit - 1;

  std::string name_;
  std::string bytes_;
  std::string decoded_;
  std::vector<Span> cells_;
  std::vector<Row> rows_;
  std::vector<std::uint32_t> column_lines_;
};

}  // namespace help
