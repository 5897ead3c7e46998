// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/date.hpp"

namespace help {

/// The text of a spreadsheet's cell as it is meant: NFC, without the spaces at its ends (no-break and full-width ones too), and without
/// the one `'` that keeps a text which begins like a formula from becoming one. `cell` must be UTF-8.
[[nodiscard]] std::string cell_text(std::string_view cell);

/// A text that somebody typed as the program writes it: NFC, without the spaces and empty lines at its ends, with line ends LF.
[[nodiscard]] std::string text_for_file(std::string_view text);

/// `text` with full-width letters, digits and signs in their ASCII form (for ids, marks and dates, never for names).
[[nodiscard]] std::string narrow(std::string_view text);

/// What of a column's title is compared: `cell_text` and `narrow`, no spaces or line ends inside (姓　名), small letters (ID).
[[nodiscard]] std::string title_key(std::string_view cell);

/// A mark as people type it, in hundredths: `parse_hundredths`, and zeros before or after that change nothing (05, 12.500).
[[nodiscard]] std::optional<std::int32_t> mark_of_text(std::string_view text);

/// A day as spreadsheets show it, year first: 2025-09-01, 2025/9/1, 2025.9.1, 2025年9月1日; a time behind it does not count.
[[nodiscard]] std::optional<Date> date_of_text(std::string_view text);

/// True for an id that a spreadsheet has shortened to something like 3.20583E+17.
[[nodiscard]] bool is_shortened_number(std::string_view text);

/// True for what spreadsheets make of an id like 2025-1 or 7-1: a day (2025-01-01), or Jan-25, 1-Jul, 7月1日, 2025年1月.
[[nodiscard]] bool is_id_made_a_date(std::string_view text);

/// True for the ids of students, staff, classes and bodies (schemas/README.md).
[[nodiscard]] bool is_id_text(std::string_view text);

/// True for codes: kinds, roles, channels (schemas/README.md).
[[nodiscard]] bool is_code_text(std::string_view text);

/// What of a name is compared: inner spaces do not count (张　三), the middle dots · • ． are one.
[[nodiscard]] std::string name_key(std::string_view name);

}  // namespace help
