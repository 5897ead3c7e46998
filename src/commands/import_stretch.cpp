// SPDX-License-Identifier: MIT
#include "commands/import_stretch.hpp"

namespace help {

bool correct_days(const DatedRow& row, Period& days, bool is_again, RecordRows& rows, RowChanges& changes) {
  const Period before = days;
  const Period after{.from = row.from.value_or(before.from), .until = row.until.value_or(before.until)};
  if (!rows.is_period(row.until_key, after)) return false;
  if (is_again && after != before) {
    rows.refuse(row.from_key, "import/record-differs", say("another row of the table gives other days to {0}", row.label),
                say("which of the two is right? leave one"));
    return false;
  }
  days = after;
  changes.add_days(row.label, before, after);
  return true;
}

void ask_for_first_day(const DatedRow& row, const std::string& path, RecordRows& rows) {
  rows.refuse(row.from_key, "import/nothing-there", say("since when? {0} stands in the roster for other days already", row.label),
              say("write the first day, or correct {0} by hand", path));
}

}  // namespace help
