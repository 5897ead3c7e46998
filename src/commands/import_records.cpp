// SPDX-License-Identifier: MIT
#include "commands/import_records.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "commands/import_record_rows.hpp"
#include "store/cell_text.hpp"
#include "store/sheet_rows.hpp"
#include "store/table_form.hpp"

namespace help {
namespace {

Message both_called(const Sheet& sheet, std::size_t first, std::size_t again, std::string_view title) {
  return say("columns {0} and {1} of {2} are both called '{3}'", first + 1, again + 1, sheet.name(), title);
}

}  // namespace

RecordTable records_of_form(const FoundForm& form, const Sheet& sheet, Diagnostics& problems) {
  RecordTable table{.kind = form.kind, .header = form.header};
  const SheetTitles titles(sheet, form.header);
  for (const auto& [key, column] : form.columns) {
    table.fields.emplace(std::string(key), RecordSource{.column = column, .fixed = {}, .title = titles.of(column), .words = {}});
  }
  table.counts = form.others;
  for (const auto& [count, column] : table.counts) {
    if (is_code_text(count)) continue;
    problems.push_back({.code = "import/unknown-column",
                        .where = {.path = sheet.name(), .line = form.header},
                        .message = say("'{0}' is no kind of count", titles.of(column)),
                        .hint = say("small letters, digits and -, like absences")});
  }
  for (std::size_t column = 0; column < titles.texts().size(); ++column) {
    const std::string& title = titles.texts()[column];
    const SheetTitles::Found found = titles.find(title);
    if (title.empty() || found.column != column || !found.again) continue;
    problems.push_back({.code = "import/column-twice",
                        .where = {.path = sheet.name(), .line = form.header},
                        .message = both_called(sheet, column, *found.again, title),
                        .hint = say("give one of them another title")});
  }
  return table;
}

RecordTable records_of_mapping(const Mapping& mapping, const Sheet& sheet, std::uint32_t header, Diagnostics& problems) {
  const RecordColumns& mapped = *mapping.records;
  RecordTable table{.kind = form_called(mapped.kind.text).value_or(FormKind::talks), .header = header};
  table.is_mapped = true;
  table.aliases = mapping.aliases;
  const SheetTitles titles(sheet, header);
  const auto place_of = [&](const MappedText& title) -> std::optional<std::size_t> {
    const auto found =
        header == 0 ? SheetTitles::Found{.column = column_of(sheet, header, title.text), .again = {}} : titles.find(title.text);
    if (!found.column) {
      problems.push_back(mapping.problem(title, "import/unknown-column", say("{0} has no column '{1}'", sheet.name(), title.text)));
    } else if (found.again) {
      problems.push_back(mapping.problem(title, "import/column-twice", both_called(sheet, *found.column, *found.again, title.text),
                                         say("give one of them another title")));
    }
    return found.column;
  };
  std::vector<std::string_view> known;
  for (const FormField& field : fields_of(table.kind)) known.push_back(field.key);
  for (const MappedField& field : mapped.fields) {
    if (std::ranges::find(known, field.key.text) == known.end()) {
      std::string all;
      for (const std::string_view key : known) all.append(all.empty() ? "" : ", ").append(key);
      problems.push_back(mapping.problem(field.key, "mapping/field-of-other-records",
                                         say("records of the kind {0} have no part {1}", mapped.kind.text, field.key.text),
                                         say("they have: {0}", all)));
      continue;
    }
    RecordSource source{.column = {}, .fixed = cell_text(field.fixed.text), .title = cell_text(field.column.text), .words = field.words};
    if (field.column.given()) source.column = place_of(field.column);
    table.fields.emplace(field.key.text, std::move(source));
  }
  for (const auto& [count, title] : mapped.counts) {
    if (const auto column = place_of(title)) table.counts.emplace_back(count, *column);
  }
  return table;
}

namespace {

/// Rows, not cells, by the file that they would have gone to; those of which that cannot be told stand under no file, unless such records
/// have only one.
void count_refused(FormKind kind, ImportPlan& plan) {
  constexpr std::array<FormKind, 5> with_many_files{FormKind::talks, FormKind::preferences, FormKind::observations, FormKind::counts,
                                                    FormKind::archives};
  const bool has_many = std::ranges::find(with_many_files, kind) != with_many_files.end();
  const std::string only = has_many || plan.files.size() != 1 ? std::string() : plan.files.front().path;
  std::map<std::string, std::set<std::uint32_t>> lines;
  std::set<std::uint32_t> with_file;
  for (const RefusedRow& row : plan.refused) {
    if (row.path.empty() && only.empty()) continue;
    lines[row.path.empty() ? only : row.path].insert(row.line);
    with_file.insert(row.line);
  }
  for (const RefusedRow& row : plan.refused) {
    if (!with_file.contains(row.line)) lines[{}].insert(row.line);
  }
  for (PlannedFile& file : plan.files) file.refused = 0;
  for (const auto& [path, refused] : lines) {
    const auto known = std::ranges::find(plan.files, path, &PlannedFile::path);
    (known == plan.files.end() ? plan.files.emplace_back(PlannedFile{.path = path}) : *known).refused = refused.size();
  }
}

}  // namespace

ImportPlan plan_records(const Context& context, const RecordTable& table, const Sheet& sheet, Answer& answer) {
  ImportPlan plan;
  RecordRows rows(context, table, sheet, plan);
  switch (table.kind) {
    case FormKind::talks:
      plan_talks(context, rows, plan, answer);
      break;
    case FormKind::preferences:
      plan_preferences(context, rows, plan, answer);
      break;
    case FormKind::observations:
      plan_observations(context, rows, plan, answer);
      break;
    case FormKind::roster:
      plan_roster_form(context, rows, plan, answer);
      break;
    case FormKind::classes:
      plan_classes_form(context, rows, plan, answer);
      break;
    case FormKind::teaching:
      plan_teaching(context, rows, plan, answer);
      break;
    case FormKind::staff:
      plan_staff(context, rows, plan, answer);
      break;
    case FormKind::groups:
      plan_groups(context, rows, plan, answer);
      break;
    case FormKind::archives:
      plan_archives(context, rows, plan);
      break;
    case FormKind::counts:
      plan_counts(context, table, rows, plan, answer);
      break;
    case FormKind::marks:
      break;  // are read by a mapping: see mapping_of_marks_form
  }
  count_refused(table.kind, plan);
  std::ranges::stable_sort(plan.refused, {}, [](const RefusedRow& row) { return std::tie(row.line, row.column); });
  for (AddedRow& row : plan.added) {
    const auto said = row.what.empty() ? rows.said().find(row.line) : rows.said().end();
    if (said != rows.said().end()) row.what = as_data(said->second);
  }
  std::ranges::stable_sort(plan.added, {}, &AddedRow::line);
  return plan;
}

}  // namespace help
