// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "store/sheet.hpp"

namespace help {

/// Limits of a workbook, beside those of `Zip`, `XmlReader` and `SheetLimits`. A school's largest sheets are a hundred times smaller.
struct WorkbookLimits {
  static constexpr std::uint64_t file_bytes = 20U << 20U;
  static constexpr std::uint32_t cells = 1'000'000;                 ///< with a text
  static constexpr std::uint64_t places = 2'000'000;                ///< with the empty ones before the last of each row
  static constexpr std::uint32_t text_bytes = 8U << 20U;            ///< of the texts, each counted once
  static constexpr std::uint64_t repeated_text_bytes = 64U << 20U;  ///< of the texts, counted in each cell that has them
};

/// What a form remembers of its rows, in the sheet that `sheet_of_stamps` names.
struct StampsRead {
  std::set<std::string> rows;
  std::vector<std::string> titles;
};

/// What was read of a workbook.
struct WorkbookFacts {
  std::string sheet;         ///< name of the sheet
  std::size_t formulas = 0;  ///< cells whose saved result was read
  // What the spreadsheet does not show is read all the same, but for whole sheets: who hid rows by a filter still means them.
  std::size_t hidden_rows = 0;                  ///< rows with a text
  std::size_t hidden_columns = 0;               ///< columns with a text
  std::vector<std::string> hidden_sheets = {};  ///< names of those that were not looked at, without those of forms
  StampsRead stamps = {};                       ///< of a form
};

/// True if the bytes begin like a ZIP archive: what `read_xlsx` is for.
[[nodiscard]] bool begins_like_xlsx(std::string_view bytes);

/// True if the bytes are an OLE container: an old workbook (.xls, .et), or one that is encrypted.
[[nodiscard]] bool begins_like_ole(std::string_view bytes);

/// The one problem with an OLE container.
[[nodiscard]] Diagnostic ole_problem(std::string_view name, std::string_view bytes);

/// Reads a sheet of an Excel workbook (.xlsx, .xlsm) into `sheet`, whose lines are the sheet's rows: the sheet called `wanted`, else the
/// only one of those not hidden that has a text (the sheets that a form hides count as hidden even where somebody shows them). Texts as
/// they stand, numbers as their format shows them (`NumberFormat`), formulas by their saved results; the text of merged cells in each of
/// them, flagged. Bounded in memory whatever the file claims; parts that are not needed (drawings, macros, links) are not looked at. False,
/// with one error in `problems` (code `xlsx/…`), if there is no table.
bool read_xlsx(std::string name, std::string_view bytes, std::string_view wanted, Sheet& sheet, WorkbookFacts& facts,
               Diagnostics& problems);

}  // namespace help
