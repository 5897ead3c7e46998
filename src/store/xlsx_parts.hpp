// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/message.hpp"
#include "store/number_format.hpp"
#include "store/xml.hpp"
#include "store/zip.hpp"

namespace help {

/// Why a workbook cannot be read.
struct WorkbookProblem {
  std::string_view code;
  Message message;
  Message hint;
};

/// What a workbook says besides its cells.
struct Workbook {
  struct SheetPart {
    std::string name;
    std::string path;  ///< of its part in the archive; empty: no worksheet (a chart)
    bool hidden = false;
  };

  std::vector<SheetPart> sheets;  ///< in the order of their tabs
  bool from_1904 = false;         ///< days are counted from 1904
  std::vector<NumberFormat> formats;
  std::vector<std::uint32_t> format_of_style;  ///< place in `formats`
  std::string texts;                           ///< of the shared strings, one behind the other
  std::vector<std::uint32_t> text_ends;        ///< where each ends in `texts`

  [[nodiscard]] std::optional<std::string_view> shared_text(std::size_t number) const;
};

/// A handler reports by this: the first problem of a part, which stops its reading.
struct PartReading {
  XmlReader* reader = nullptr;
  std::optional<WorkbookProblem> problem;

  void fail(WorkbookProblem found);
};

/// Runs an XML part of the archive through `handler`. A part that is not there is a problem.
[[nodiscard]] std::optional<WorkbookProblem> read_part(Zip& zip, std::string_view path, PartReading& reading, XmlHandler handler);

/// The elements of spreadsheets, in either of the standard's two forms.
[[nodiscard]] bool is_spreadsheet_element(std::string_view name_space);

/// Text with the escapes that workbooks use for control characters (`_x000D_`).
[[nodiscard]] std::string unescaped_text(std::string_view text);

/// What is said of an archive that cannot be read; nothing for `none`.
[[nodiscard]] std::optional<WorkbookProblem> problem_of(ZipFault fault);

/// `WorkbookProblem`s that several parts have.
[[nodiscard]] WorkbookProblem damaged_workbook();
[[nodiscard]] WorkbookProblem too_much_text();

/// Reads everything but the sheets. Nothing if it could be read.
[[nodiscard]] std::optional<WorkbookProblem> read_workbook(Zip& zip, Workbook& workbook);

}  // namespace help
