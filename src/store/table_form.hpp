// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "store/mapping.hpp"
#include "store/sheet.hpp"
#include "store/text_encoding.hpp"
#include "store/xlsx.hpp"

namespace help {

/// How a table was read: by the mapping, and by rule where the mapping is silent. It is shown, so that a wrong choice is seen.
struct TableForm {
  std::optional<WorkbookFacts> workbook;  ///< else it is a text, of these two:
  Encoding encoding = Encoding::utf8;
  char separator = ',';
  std::uint32_t header = 1;  ///< line of the titles; 0: none
};

/// The titles that a mapping speaks of, as `title_key` compares them, each once.
[[nodiscard]] std::vector<std::string> titles_of(const Mapping& mapping);

/// The line of the titles: what the mapping says; else that of the row with most of its titles among the first 30 that hold a text, the
/// first of equals; else (no title anywhere) that of the first row, so that the problem can name what stands there. 0: none.
[[nodiscard]] std::uint32_t header_of(const Mapping& mapping, const Sheet& sheet);

/// The column, from 0, of a title as the header says it; of a column's number where `header` is 0.
[[nodiscard]] std::optional<std::size_t> column_of(const Sheet& sheet, std::uint32_t header, std::string_view title);

/// The separator of a text: what the mapping says; else that of `,` `;` tab `|` with which the most titles of the mapping are found in
/// one row, of equals the one with more cells in it, then the earlier; in a table without titles the one of which every row has most.
[[nodiscard]] char separator_of(const Mapping& mapping, std::string_view text);

/// Reads the bytes of a file, a workbook or a text by what they are, into `sheet`, and how it was done into `form`. False, with one error
/// in `problems`, if there is no table.
bool read_table(std::string name, std::string bytes, const Mapping& mapping, Sheet& sheet, TableForm& form, Diagnostics& problems);

}  // namespace help
