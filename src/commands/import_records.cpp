// SPDX-License-Identifier: MIT
#include "commands/import_records.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "commands/import_record_rows.hpp"
#include "model/code_name.hpp"
#include "store/cell_text.hpp"
#include "store/sheet_rows.hpp"
#include "store/table_form.hpp"
#include "store/title_words.hpp"

namespace help {
namespace {

Message both_called(const Sheet& sheet, std::size_t first, std::size_t again, std::string_view title) {
  return say("columns {0} and {1} of {2} are both called '{3}'", first + 1, again + 1, sheet.name(), title);
}

/// The kinds of count that the titles of a form mean: a name in either language, or a code.
class CountTitles {
 public:
  CountTitles(const Context& context, const FoundForm& form, const Sheet& sheet, Diagnostics& problems)
      : context_(context), form_(form), sheet_(sheet), problems_(problems), titles_(sheet, form.header) {}

  void read(RecordTable& table, std::vector<MappedText>& left_out) {
    for (const auto& [key, column] : form_.others) {
      const std::string title = titles_.of(column);
      const auto code = code_of(key, title);
      const auto same = std::ranges::find(table.counts, code.value_or(""), &std::pair<std::string, std::size_t>::first);
      if (code && same != table.counts.end() && title_key(titles_.of(same->second)) == key) {
        continue;  // is told with the other titles that stand there twice
      }
      if (code && same != table.counts.end()) {
        problem("import/same-meaning", say("'{0}' and '{1}' say the same", titles_.of(same->second), title),
                say("leave one of them out: --column '{0}=-'", title));
      } else if (code) {
        table.counts.emplace_back(*code, column);
      } else if (holds_no_counts(key)) {
        left_out.push_back({.text = title, .from = 0, .until = 1});
      } else {
        unknown(title);
      }
    }
  }

 private:
  void problem(std::string_view code, Message message, Message hint) {
    problems_.push_back(
        {.code = code, .where = {.path = sheet_.name(), .line = form_.header}, .message = std::move(message), .hint = std::move(hint)});
  }

  [[nodiscard]] std::optional<std::string> code_of(const std::string& key, const std::string& title) const {
    for (const std::string_view code : usual_counts()) {
      const Message name = name_of_count(code);
      const auto is_it = [&](std::string_view language) { return title_key(in_language(context_, name, language)) == key; };
      if (title_key(code) == key || is_it("zh") || is_it("en")) return std::string(code);
    }
    const std::string code = narrow(title);
    return is_code_text(code) && !holds_no_counts(key) ? std::optional(code) : std::nullopt;
  }

  [[nodiscard]] static bool holds_no_counts(const std::string& key) {
    const auto meaning = meaning_of_title(key);
    return meaning == TitleMeaning::other || meaning == TitleMeaning::total || meaning == TitleMeaning::rank ||
           meaning == TitleMeaning::number;
  }

  void unknown(const std::string& title) {
    std::vector<Message> names;
    for (const std::string_view code : usual_counts()) names.push_back(name_of_count(code));
    problem("import/unknown-column", say("'{0}' is no kind of count that is known here; known are: {1}", title, joined(names)),
            say("give another kind a code of small letters as its title (like late-for-class); to leave the column out: --column '{0}=-'",
                title));
  }

  const Context& context_;
  const FoundForm& form_;
  const Sheet& sheet_;
  Diagnostics& problems_;
  SheetTitles titles_;
};

}  // namespace

RecordTable records_of_form(const Context& context, const FoundForm& form, const Sheet& sheet, std::vector<MappedText>& left_out,
                            Diagnostics& problems) {
  RecordTable table{.kind = form.kind, .header = form.header};
  const SheetTitles titles(sheet, form.header);
  for (const auto& [key, column] : form.columns) {
    table.fields.emplace(std::string(key), RecordSource{.column = column, .fixed = {}, .title = titles.of(column), .words = {}});
  }
  CountTitles(context, form, sheet, problems).read(table, left_out);
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

/// The rows without those that are about nobody, which are told; nothing where there are none.
std::optional<Sheet> rows_of_somebody(const Dataset& data, const RecordTable& table, const Sheet& sheet, std::vector<OtherRow>& others) {
  WhoseRow whose;
  for (const auto& [key, source] : table.fields) {
    if (!source.column) continue;
    whose.asked.push_back(*source.column);
    const bool is_of_class = key == "class" && (table.kind == FormKind::classes || table.kind == FormKind::teaching);
    if (is_of_class || key == "student" || key == "name" || key == "staff" || key == "of") whose.who.push_back(*source.column);
  }
  for (const auto& [count, column] : table.counts) whose.asked.push_back(column);
  whose.is_somebody = [&data](const std::string& text) {
    const std::string id = narrow(text);
    const auto is_called = [&](const auto& one) { return one.id == id || name_key(one.name) == name_key(text); };
    return std::ranges::any_of(data.students, is_called) || std::ranges::any_of(data.staff, is_called) ||
           std::ranges::any_of(data.classes, is_called) || std::ranges::any_of(data.bodies, is_called);
  };
  const SheetTitles titles(sheet, table.header);
  if (whose.who.empty() || !titles.are_expected()) return std::nullopt;
  std::set<std::size_t> passed_over;
  for (std::size_t row = titles.first_row(); row < sheet.row_count(); ++row) {
    auto word = word_of_nobody(sheet, row, whose);
    if (!word) continue;
    passed_over.insert(row);
    others.push_back({sheet.line(row), std::move(*word)});
  }
  if (passed_over.empty()) return std::nullopt;
  return chosen_rows(sheet, [&](std::size_t row) { return !passed_over.contains(row); });
}

}  // namespace

ImportPlan plan_records(const Context& context, const RecordTable& table, const Sheet& sheet, Answer& answer) {
  ImportPlan plan;
  const std::optional<Sheet> of_somebody = rows_of_somebody(context.data, table, sheet, plan.others);
  RecordRows rows(context, table, of_somebody ? *of_somebody : sheet, plan);
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
  const SheetTitles titles(sheet, table.header);
  // By their places; what is about the whole row stands before its cells.
  std::map<std::string, std::size_t> places;
  for (std::size_t column = titles.texts().size(); column > 0; --column) places[titles.texts()[column - 1]] = column;
  places[""] = 0;
  std::ranges::stable_sort(plan.refused, {}, [&places](const RefusedRow& row) { return std::pair(row.line, places[row.column]); });
  for (AddedRow& row : plan.added) {
    const auto said = row.what.empty() ? rows.said().find(row.line) : rows.said().end();
    if (said != rows.said().end()) row.what = said->second;
  }
  std::ranges::stable_sort(plan.added, {}, &AddedRow::line);
  return plan;
}

}  // namespace help
