// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace help {

/// A number as a workbook writes it (`87`, `86.999999999999986`, `3.2E+17`), exactly, rounded to the 15 digits that spreadsheets keep.
struct SheetNumber {
  bool negative = false;
  std::string digits;  ///< without zeros at either end; empty: the number is 0
  int exponent = 0;    ///< the number is 0.DIGITS times ten to this power

  [[nodiscard]] bool is_zero() const { return digits.empty(); }
};

/// Nothing if `text` is no number.
[[nodiscard]] std::optional<SheetNumber> parse_sheet_number(std::string_view text);

/// Written out, `-87.5`; with 16 digits or more before the point, of which some are lost, as `3.2E+17`.
[[nodiscard]] std::string to_string(const SheetNumber& number);

/// What of a cell's number format changes its meaning for a reader.
class NumberFormat {
 public:
  NumberFormat() = default;
  /// `code` as it stands in the styles: `General`, `0.00`, `yyyy"年"m"月"d"日"`, `0;-0;"缺考"`.
  explicit NumberFormat(std::string_view code);

  /// What somebody who looks at the sheet takes the cell to say: a date as 2025-09-01 (with a time behind it if it has one), a share
  /// as 85%, the words of a format that shows words in place of a number, leading zeros where the format is nothing but zeros; else the
  /// number. A number that is not shown at all says so, so that nobody takes it for a mark or for an empty cell.
  [[nodiscard]] std::string shown(const SheetNumber& number, bool from_1904, bool zeros_hidden) const;

 private:
  struct Section {
    char comparison = '\0';  ///< `<` `>` `=`, `l` for <=, `g` for >=, `n` for <>
    SheetNumber bound;
    bool digits = false;  ///< it shows the number
    bool day = false;     ///< … as a day …
    bool time = false;    ///< … as a time
    bool percent = false;
    int zeros = 0;  ///< it is nothing but this many zeros
    std::string words;
  };

  static Section section_of(std::string_view code);
  [[nodiscard]] const Section* section_for(const SheetNumber& number) const;

  std::vector<Section> sections_;  ///< none: General
};

/// The code of a number format that workbooks know by its number alone; empty if it is General or not known.
[[nodiscard]] std::string_view built_in_format(std::uint32_t number);

}  // namespace help
