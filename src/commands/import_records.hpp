// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "commands/import_forms.hpp"
#include "store/import_plan.hpp"

namespace help {

// Tables whose rows are records: what was done, wished, seen, counted. Forms and mappings (`records:`) give the same columns.

/// Where a field of the records comes from.
struct RecordSource {
  std::optional<std::size_t> column;                       ///< of the table, or …
  std::string fixed;                                       ///< … the same for all rows
  std::string title;                                       ///< of the column, as it stands
  std::vector<std::pair<std::string, std::string>> words;  ///< text of the table -> what it means
};

/// How the rows of a table are read as records.
struct RecordTable {
  FormKind kind = FormKind::talks;
  std::uint32_t header = 0;
  std::map<std::string, RecordSource, std::less<>> fields;
  std::vector<std::pair<std::string, std::size_t>> counts;  ///< kinds of count, with their columns
  bool in_workbook = false;                                 ///< so that a text with = is a formula that was never calculated
  bool is_mapped = false;                                   ///< by a mapping, not by a form
  std::vector<Alias> aliases = {};                          ///< whom names mean, of a table that is mapped
  std::set<std::uint32_t> as_written = {};                  ///< lines of a form that nobody has touched, which say nothing
};

/// The columns of a form. A title that stands there twice, and one of no known kind of count, is an error in `problems`. Columns that
/// somebody has put beside the counts and that hold none (备注, 合计) go into `left_out`.
[[nodiscard]] RecordTable records_of_form(const Context& context, const FoundForm& form, const Sheet& sheet,
                                          std::vector<MappedText>& left_out, Diagnostics& problems);

/// The columns that a mapping names. A title that the table does not have, and a field that such records do not have, is an error in
/// `problems`.
[[nodiscard]] RecordTable records_of_mapping(const Mapping& mapping, const Sheet& sheet, std::uint32_t header, Diagnostics& problems);

/// Compares the rows with the folder, as `plan_import` does for marks. Files of records are only added to: what stands there already is
/// the same, what would replace it is refused with the way to correct it. Where a file cannot be read it is a refusal of `answer`.
[[nodiscard]] ImportPlan plan_records(const Context& context, const RecordTable& table, const Sheet& sheet, Answer& answer);

}  // namespace help
