// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "commands/import_forms.hpp"
#include "render/document.hpp"
#include "store/sheet.hpp"
#include "store/xlsx.hpp"

namespace help {

// A form in a workbook remembers its rows as they were written, so that one that nobody has touched is not taken for a statement weeks
// later, when the folder says something else. Forms whose rows carry record ids do not: a row that was copied with its id must be compared
// with the one it was copied from.

/// A cell of a form as it is read back.
struct StampedCell {
  std::string column;  ///< the key of a field; of another column `=` and its title as `title_key` compares it
  FormEntry entry = FormEntry::text;
  std::string text;  ///< as `cell_text`
};

/// 16 hex digits of a hash of what a row says, which does not depend on the order of its columns, nor on how a spreadsheet shows its days
/// and numbers; empty cells do not count. Empty for a row without any text.
[[nodiscard]] std::string stamp_of_row(FormKind kind, std::vector<StampedCell> cells);

/// Of the rows of a form that is about to be written: in an order of their own, so that they do not tell which row is whose.
[[nodiscard]] FormStamps stamps_of_form(const Context& context, FormKind kind, const Table& form);

/// The lines of a form on which a row stands as it was written; columns that the form did not have do not count.
[[nodiscard]] std::set<std::uint32_t> lines_as_written(const FoundForm& form, const Sheet& sheet, const StampsRead& stamps);

}  // namespace help
