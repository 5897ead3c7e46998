// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include "diag/diagnostic.hpp"
#include "render/catalogue.hpp"
#include "render/document.hpp"

namespace help {

/// How something is to be shown.
struct Look {
  const Catalogue& catalogue;
  std::size_t width = 80;  ///< columns that a line may take (text only); at least 40
  bool colour = false;     ///< SGR codes beside, never instead of, words
  bool to_file = false;    ///< CSV begins with a byte order mark, for spreadsheets
};

/// The document in a format, ending with a line end. `short_lines` and `github` are not for documents: they give its text.
[[nodiscard]] std::string render(const Document& document, Format format, const Look& look);

/// Problems where they are the result: text, short_lines, github, or json (an object with the document's schema and facts and the array
/// `problems`). The document's head stands before, its foot after them in text. Any other format: text.
[[nodiscard]] std::string render(const Diagnostics& problems, const Document& document, Format format, const Look& look);

/// Problems on the way to another result: `path:line:column: error: what [code]`, the source line, a caret in display columns, hint,
/// second place.
[[nodiscard]] std::string problems_as_text(const Diagnostics& problems, const Look& look);

// One format each, for `render`.
[[nodiscard]] std::string document_as_text(const Document& document, const Look& look);
[[nodiscard]] std::string document_as_json(const Document& document, const Catalogue& catalogue);
[[nodiscard]] std::string document_as_csv(const Document& document, const Look& look);
[[nodiscard]] std::string document_as_markdown(const Document& document, const Catalogue& catalogue);
/// An Excel workbook: a sheet for each table, then one with the head and the foot. Texts are texts and never formulas, days and numbers are
/// what they are; the same document gives the same bytes.
[[nodiscard]] std::string document_as_xlsx(const Document& document, const Catalogue& catalogue);

/// What a spreadsheet calls a column, from 0: A, B … Z, AA …
[[nodiscard]] std::string column_letters(std::size_t column);
/// iCalendar (RFC 5545): every day of the document as an all-day event, stamped with the day of the question.
[[nodiscard]] std::string document_as_calendar(const Document& document, const Catalogue& catalogue);
[[nodiscard]] std::string problems_as_json(const Diagnostics& problems, const Document& document, const Catalogue& catalogue);
[[nodiscard]] std::string problems_as_short_lines(const Diagnostics& problems, const Catalogue& catalogue);
[[nodiscard]] std::string problems_as_github(const Diagnostics& problems, const Catalogue& catalogue);

/// A cell as people read it, on one line, data made visible; nothing for an empty cell.
[[nodiscard]] std::string cell_as_text(const Cell& cell, const Catalogue& catalogue);

}  // namespace help
