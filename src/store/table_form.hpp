// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
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
  std::uint32_t header = 1;        ///< line of the titles; 0: none
  std::uint32_t upper_header = 0;  ///< line of the titles of groups (语文 above 成绩 and 排名), which `header` has before its own; 0: none
  bool transposed = false;         ///< the students stand side by side: `header` is a column of the file
};

/// What is known of a table before it is read.
struct TableHints {
  std::optional<Encoding> encoding = {};
  std::string sheet = {};
  std::optional<char> separator = {};
  std::optional<std::uint32_t> header = {};
  std::optional<bool> transposed = {};                   ///< missing: found by rule
  std::function<bool(const std::string& key)> is_title;  ///< whether a cell, as `title_key` compares it, is one of the titles
  std::function<bool(const std::string& key)> says_who;  ///< whether it is that of an id or a name; missing: any title may be
};

/// What a mapping says of its table.
[[nodiscard]] TableHints hints_of(const Mapping& mapping);

/// The titles that a mapping speaks of, as `title_key` compares them, each once.
[[nodiscard]] std::vector<std::string> titles_of(const Mapping& mapping);

/// The line of the titles: what the hints say; else that of the row with most of the titles among the first 30 that hold a text, the
/// first of equals; else (no title anywhere) that of the first row, so that the problem can name what stands there. 0: none.
[[nodiscard]] std::uint32_t header_of(const TableHints& hints, const Sheet& sheet);
[[nodiscard]] std::uint32_t header_of(const Mapping& mapping, const Sheet& sheet);

/// The row of a line of the file; nothing where no text begins on it.
[[nodiscard]] std::optional<std::size_t> row_of_line(const Sheet& sheet, std::uint32_t line);

/// The column, from 0, of a title as the header says it; of a column's number where `header` is 0.
[[nodiscard]] std::optional<std::size_t> column_of(const Sheet& sheet, std::uint32_t header, std::string_view title);

/// The separator of a text: what the hints say; else that of `,` `;` tab `|` with which the most titles are found in one row (or column),
/// of equals the one with more cells in it, then the earlier; in a table without titles the one of which every row has most.
[[nodiscard]] char separator_of(const TableHints& hints, std::string_view text);
[[nodiscard]] char separator_of(const Mapping& mapping, std::string_view text);

/// Reads the bytes of a file, a workbook or a text by what they are, into `sheet`, and how it was done into `form`. Where the students
/// stand side by side, rows and columns have changed places. False, with one error in `problems`, if there is no table, or if titles that
/// say who is meant stand in two rows of it that are not the same.
bool read_table(std::string name, std::string bytes, const TableHints& hints, Sheet& sheet, TableForm& form, Diagnostics& problems);
bool read_table(std::string name, std::string bytes, const Mapping& mapping, Sheet& sheet, TableForm& form, Diagnostics& problems);

}  // namespace help
