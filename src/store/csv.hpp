// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "diag/diagnostic.hpp"
#include "store/sheet.hpp"

namespace help {

/// Reads a table of separated values (RFC 4180, and what spreadsheets make of it) into `sheet`.
///
/// `separator` is `,` `;` or a tab. Lines end in LF, CRLF or CR; a cell in quotes may hold separators, line ends and `""`; a quote
/// inside a cell without quotes is itself. A UTF-8 byte order mark at the start is passed over. `bytes` must be strict UTF-8.
/// False, with one error in `problems` (code `csv/…`, with its place), if there is no table to go on with; never a throw.
///
/// Not libcsv: it gives no places, cuts spaces off cells, drops blank rows from the count and does not bound a cell.
bool read_csv(std::string name, std::string bytes, char separator, Sheet& sheet, Diagnostics& problems);

}  // namespace help
