// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands/dated_stretch.hpp"
#include "commands/import_record_rows.hpp"
#include "store/row_changes.hpp"

namespace help {

/// What a row says of something that holds for days: a role, a special group, a leave.
struct DatedRow {
  std::optional<Date> from;
  std::optional<Date> until;
  Message part;                          ///< of the record: what is new where it is
  Message label;                         ///< what holds for the days
  std::string value;                     ///< the same where it is new, before its days
  std::string_view from_key = "from";    ///< the fields of the table …
  std::string_view until_key = "until";  ///< … with the days

  [[nodiscard]] Period days() const { return {.from = from.value_or(Date::min()), .until = until.value_or(Date::max())}; }
};

/// Brings the days of what stands to those of a row. `is_again`: another row of the table was about it. False after a refusal.
bool correct_days(const DatedRow& row, Period& days, bool is_again, RecordRows& rows, RowChanges& changes);

/// Refuses a row of which cannot be told which of several stretches it is about.
void ask_for_first_day(const DatedRow& row, const std::string& path, RecordRows& rows);

/// Puts what a row says into the list: `fresh` with the days of the row, or other days for what stands there. Where it stands then; nothing
/// after a refusal. `touched`: the places that rows of the table were about. `path`: of the file, for people.
template <typename Dated, typename IsIt>
std::optional<std::size_t> take_stretch(std::vector<Dated>& list, const IsIt& is_it, Dated fresh, const DatedRow& row, Date today,
                                        std::set<std::size_t>& touched, const std::string& path, RecordRows& rows, RowChanges& changes) {
  const Stretch found = stretch_of_row(list, is_it, row.from, row.until, today);
  switch (found.fate) {
    case Stretch::Fate::unclear:
      ask_for_first_day(row, path, rows);
      return std::nullopt;
    case Stretch::Fate::fresh:
      fresh.days = row.days();
      if (!rows.is_period(row.until_key, fresh.days)) return std::nullopt;
      changes.add(row.part, {}, with_days(row.value, fresh.days));
      touched.insert(list.size());
      list.push_back(std::move(fresh));
      return list.size() - 1;
    case Stretch::Fate::there:
      break;
  }
  const bool is_again = !touched.insert(found.place).second;
  return correct_days(row, list[found.place].days, is_again, rows, changes) ? std::optional(found.place) : std::nullopt;
}

}  // namespace help
