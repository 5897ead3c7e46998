// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
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

/// Of a list of things that hold for days: the line of the table that was first about the one at a place.
using LineOfStretch = std::map<std::size_t, std::uint32_t>;

/// Brings the days of what stands to those of a row. `line`: the row of the table that was about it before; 0: none. False after a refusal.
bool correct_days(const DatedRow& row, Period& days, std::uint32_t line, RecordRows& rows, RowChanges& changes);

/// The refusal of a row that somebody wrote over another.
[[nodiscard]] RefusedRow rewritten_row(std::uint32_t line, const std::string& before, const std::string& after, const std::string& whom,
                                       const std::string& path);

/// Notes of which stretch of the folder a row speaks that stands as the form was written, and says nothing.
template <typename Dated, typename IsIt>
void note_stretch(const std::vector<Dated>& list, const IsIt& is_it, std::optional<Date> from, std::optional<Date> until, Date today,
                  LineOfStretch& lines, std::uint32_t line) {
  const Stretch found = stretch_of_row(list, is_it, from, until, today);
  if (found.fate == Stretch::Fate::there) lines.emplace(found.place, line);
}

/// Refuses a row of which cannot be told which of several stretches it is about.
void ask_for_first_day(const DatedRow& row, const std::string& path, RecordRows& rows);

/// What a cell of a form was before somebody wrote over it, as is likely where a row of the form is new and one of the folder, with the
/// same first day, is gone from it: the old one would stay in force. `there`: so many stood in the list before. Refuses the row at `line`.
template <typename Dated, typename NameOf>
void refuse_rewritten(const std::vector<Dated>& list, std::size_t there, const LineOfStretch& lines, const NameOf& name_of,
                      const std::string& whom, const std::string& path, ImportPlan& plan) {
  for (const auto& [place, line] : lines) {
    for (std::size_t old = 0; place >= there && old < there; ++old) {
      if (lines.contains(old) || list[old].days.from != list[place].days.from) continue;
      plan.refused.push_back(rewritten_row(line, name_of(list[old]), name_of(list[place]), whom, path));
      break;
    }
  }
}

/// Puts what a row says into the list: `fresh` with the days of the row, or other days for what stands there. Where it stands then; nothing
/// after a refusal. `lines`: of the places that rows of the table were about. `path`: of the file, for people.
template <typename Dated, typename IsIt>
std::optional<std::size_t> take_stretch(std::vector<Dated>& list, const IsIt& is_it, Dated fresh, const DatedRow& row, Date today,
                                        LineOfStretch& lines, const std::string& path, RecordRows& rows, RowChanges& changes) {
  const Stretch found = stretch_of_row(list, is_it, row.from, row.until, today);
  switch (found.fate) {
    case Stretch::Fate::unclear:
      ask_for_first_day(row, path, rows);
      return std::nullopt;
    case Stretch::Fate::fresh:
      fresh.days = row.days();
      if (!rows.is_period(row.until_key, fresh.days)) return std::nullopt;
      changes.add(row.part, {}, with_days(row.value, fresh.days));
      lines.emplace(list.size(), rows.line());
      list.push_back(std::move(fresh));
      return list.size() - 1;
    case Stretch::Fate::there:
      break;
  }
  const auto [line, is_first] = lines.emplace(found.place, rows.line());
  return correct_days(row, list[found.place].days, is_first ? 0 : line->second, rows, changes) ? std::optional(found.place) : std::nullopt;
}

}  // namespace help
