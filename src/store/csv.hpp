// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "diag/diagnostic.hpp"
#include "store/sheet.hpp"

namespace help {

/// What may separate the cells of a row, in the order in which they are tried.
inline constexpr std::string_view separators = ",;\t|";

/// Reads a table of separated values (RFC 4180, and what spreadsheets make of it) into `sheet`.
///
/// `separator` is one of `separators`. Lines end in LF, CRLF or CR; a cell in quotes may hold separators, line ends and `""`; a quote
/// inside a cell without quotes is itself. `text` is strict UTF-8 without a byte order mark, as `decode_table` gives it.
/// False, with one error in `problems` (code `csv/…`, with its place), if there is no table to go on with; never a throw.
///
/// Not libcsv: it gives no places, cuts spaces off cells, drops blank rows from the count and does not bound a cell.
bool read_csv(std::string name, std::string text, char separator, Sheet& sheet, Diagnostics& problems);

}  // namespace help
