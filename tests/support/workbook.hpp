// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace help {

/// A ZIP archive of these entries, in this order, not deflated.
[[nodiscard]] std::string zip_of(const std::vector<std::pair<std::string, std::string>>& entries);

/// The parts of a workbook, described in lines:
///
///     sheet NAME | hidden NAME    the lines below are of this sheet
///     format CODE                 a number format; the first is style 1, the next 2 …
///     1904                        days are counted from 1904
///     a | 87 | '05 | =87 | {1}46090     a row of cells: text, number, text that looks like a number, formula with its result, number in
///     style 1
///     -                           an empty row
///     <row …                      a row as it stands in the file
///     <…                          what stands behind the rows: <mergeCells>…
[[nodiscard]] std::vector<std::pair<std::string, std::string>> workbook_parts(std::string_view lines);

/// The workbook of these lines.
[[nodiscard]] std::string workbook_of(std::string_view lines);

}  // namespace help
