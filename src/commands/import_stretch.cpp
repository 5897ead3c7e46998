// SPDX-License-Identifier: MIT
#include "commands/import_stretch.hpp"

namespace help {

bool correct_days(const DatedRow& row, Period& days, std::uint32_t line, RecordRows& rows, RowChanges& changes) {
  const Period before = days;
  // A school's own list of a later day says that it still holds; in a form the first day itself was written over.
  const bool is_still = !rows.is_form() && row.from && before.contains(*row.from);
  const Period after{.from = is_still ? before.from : row.from.value_or(before.from), .until = row.until.value_or(before.until)};
  if (!rows.is_period(row.until_key, after)) return false;
  if (line != 0 && after != before) {
    rows.refuse_both(line, row.from_key, "import/rows-differ",
                     say("lines {0} and {1} give different days to {2}", line, rows.line(), row.label),
                     say("which of the two is right? none is taken over"));
    return false;
  }
  days = after;
  changes.add_days(row.label, before, after);
  return true;
}

RefusedRow rewritten_row(std::uint32_t line, const std::string& before, const std::string& after, const std::string& whom,
                         const std::string& path) {
  return {.line = line,
          .student = whom,
          .path = path,
          .code = "import/entry-rewritten",
          .reason = say("{0} stands in the table in place of {1}, which would stay in force beside it", after, before),
          .hint = say("if one has ended and the other begins: leave the row as it was, give it a last day, and add a row; if {0} was a "
                      "mistake, correct {1} by hand",
                      before, path)};
}

void ask_for_first_day(const DatedRow& row, const std::string& path, RecordRows& rows) {
  rows.refuse(row.from_key, "import/nothing-there", say("since when? {0} stands in the roster for other days already", row.label),
              say("write the first day, or correct {0} by hand", path));
}

}  // namespace help
