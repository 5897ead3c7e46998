// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <set>

#include "commands/cells.hpp"
#include "commands/import.hpp"
#include "store/import_plan.hpp"
#include "store/mapping.hpp"
#include "store/table_form.hpp"

namespace help {
namespace {

constexpr std::size_t rows_in_text = 20;

Message reading_failed(std::string_view path, FileResult result, std::uint64_t limit) {
  switch (result) {
    case FileResult::missing:
      return say("there is no file {0}", path);
    case FileResult::not_regular:
      return say("{0} is a folder, a link or a device, not a file", path);
    case FileResult::too_large:
      return say("{0} is larger than {1} MiB; split it into several files", path, limit >> 20U);
    case FileResult::denied:
      return say("you may not read {0}", path);
    default:
      return say("{0} could not be read", path);
  }
}

/// Everything that is read before the folder is compared with the table.
struct Inputs {
  Mapping mapping;
  Sheet sheet;
  TableForm form;
  std::map<std::string, std::string> existing;
};

bool read_inputs(const Context& context, const ImportOptions& options, Inputs& inputs, Answer& answer) {
  std::string bytes;
  if (const FileResult result = context.outside->read(options.map, bytes, max_file_bytes); result != FileResult::done) {
    answer.refusals.push_back(reading_failed(options.map, result, max_file_bytes));
    return false;
  }
  const bool is_usable = read_mapping(options.map, std::move(bytes), inputs.mapping, answer.problems);
  std::string table;
  if (const FileResult result = context.outside->read(options.file, table, SheetLimits::file_bytes); result != FileResult::done) {
    answer.refusals.push_back(reading_failed(options.file, result, SheetLimits::file_bytes));
    return false;
  }
  if (!is_usable || !read_table(options.file, std::move(table), inputs.mapping, inputs.sheet, inputs.form, answer.problems)) {
    return false;
  }
  for (const std::string& path : files_of_import(inputs.mapping)) {
    const FileResult result = context.folder->read(path, bytes, max_file_bytes);
    if (result == FileResult::done) {
      inputs.existing.emplace(path, bytes);
    } else if (result != FileResult::missing) {
      answer.refusals.push_back(reading_failed(path, result, max_file_bytes));
      return false;
    }
  }
  return true;
}

std::int64_t number(std::size_t count) { return static_cast<std::int64_t>(count); }

Table files_table(const ImportPlan& plan) {
  Table table{.key = "files",
              .columns = {{"file", say("file")},
                          {"new", say("new"), Align::right},
                          {"changed", say("changed"), Align::right},
                          {"same", say("same"), Align::right},
                          {"refused", say("refused"), Align::right}}};
  for (const PlannedFile& file : plan.files) {
    table.rows.push_back({file.path, number(file.added), number(file.changed), number(file.same), number(file.refused)});
  }
  return table;
}

Table changes_table(const ImportPlan& plan) {
  Table table{.key = "changes",
              .title = say("Entries that become others"),
              .columns = {{"student", say("student")},
                          {"name", say("name")},
                          {"what", say("what")},
                          {"before", say("now"), Align::right},
                          {"after", say("then"), Align::right},
                          {"line", say("line"), Align::right},
                          {"file", say("file")}}};
  for (const ChangedValue& change : plan.changes) {
    table.rows.push_back({change.student, text_or_null(change.name), change.what, text_or_null(change.before), text_or_null(change.after),
                          std::int64_t{change.line}, change.path});
  }
  return table;
}

/// The address of a cell in a workbook (`C4`), from the title of its column; nothing for a whole row, and in a text.
Cell address_of(const RefusedRow& row, const Inputs& inputs) {
  const auto column = inputs.form.workbook && !row.column.empty() ? column_of(inputs.sheet, inputs.form.header, row.column) : std::nullopt;
  if (!column) {
    return {};
  }
  std::string letters;
  for (std::size_t rest = *column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters + std::to_string(row.line);
}

Table refused_table(const ImportPlan& plan, const Inputs& inputs, const Dataset& data) {
  Table table{.key = "refused",
              .title = say("Refused rows of {0}", inputs.sheet.name()),
              .columns = {{"line", say("line"), Align::right},
                          {"cell", say("cell"), Align::left, inputs.form.workbook.has_value()},
                          {"column", say("column")},
                          {"student", say("student")},
                          {"name", say("name")},
                          {"file", say("file"), Align::left, false},
                          {"code", say("code"), Align::left, false},
                          {"reason", say("reason")},
                          {"hint", say("hint")}}};
  for (const RefusedRow& row : plan.refused) {
    const auto known = data.find_student(row.student);
    table.rows.push_back({std::int64_t{row.line}, address_of(row, inputs), text_or_null(row.column), text_or_null(row.student),
                          known ? Cell(data.students[*known].name) : Cell(), text_or_null(row.path), row.code, row.reason,
                          row.hint.empty() ? Cell() : Cell(row.hint)});
  }
  return table;
}

/// A CSV has one table: everything that somebody should look at, one entry a row.
Table review_table(const ImportPlan& plan) {
  Table table{.key = "review",
              .columns = {{"status", say("status")},
                          {"line", say("line")},
                          {"column", say("column")},
                          {"file", say("file")},
                          {"student", say("student")},
                          {"what", say("what")},
                          {"before", say("now")},
                          {"after", say("then")},
                          {"code", say("code")},
                          {"reason", say("reason")}}};
  for (const ChangedValue& change : plan.changes) {
    table.rows.push_back(
        {"changed", std::int64_t{change.line}, "", change.path, change.student, change.what, change.before, change.after, "", ""});
  }
  for (const RefusedRow& row : plan.refused) {
    table.rows.push_back({"refused", std::int64_t{row.line}, row.column, row.path, row.student, "", "", "", row.code, row.reason});
  }
  return table;
}

/// For people: the first rows, and how many there are besides.
void shorten(Table& table, std::vector<Message>& foot) {
  if (table.rows.size() > rows_in_text) {
    foot.push_back(counted(number(table.rows.size() - rows_in_text), "… and {0} more under “{1}”; all of them with -O json or -O csv",
                           "… and {0} more under “{1}”; all of them with -O json or -O csv", table.title));
    table.rows.resize(rows_in_text);
  }
}

/// What was decided about the file, so that a wrong decision is seen.
Message how_it_was_read(const TableForm& form) {
  if (form.workbook) {
    return form.header == 0 ? say("XLSX, sheet “{0}”, no titles", form.workbook->sheet)
                            : say("XLSX, sheet “{0}”, titles on row {1}", form.workbook->sheet, form.header);
  }
  const Message separator = form.separator == '\t' ? say("tab") : as_data(std::string(1, form.separator));
  return form.header == 0 ? say("{0}, columns separated by “{1}”, no titles", name_of(form.encoding), separator)
                          : say("{0}, columns separated by “{1}”, titles on line {2}", name_of(form.encoding), separator, form.header);
}

Document document_of(const ImportPlan& plan, const Inputs& inputs, const Context& context) {
  Document document{.schema = "help.import/1"};
  const auto& workbook = inputs.form.workbook;
  document.facts.fields = {{"today", context.today},
                           {"import", inputs.mapping.id},
                           {"table", inputs.sheet.name()},
                           {"encoding", workbook ? Cell() : Cell(std::string(name_of(inputs.form.encoding)))},
                           {"separator", workbook ? Cell() : Cell(std::string(1, inputs.form.separator))},
                           {"sheet", workbook ? Cell(workbook->sheet) : Cell()},
                           {"formulas", workbook ? Cell(number(workbook->formulas)) : Cell()},
                           {"header", std::int64_t{inputs.form.header}},
                           {"rows", number(plan.rows)},
                           {"nothing_new", plan.nothing_new()},
                           {"not_in_table", number(plan.not_in_table)}};
  if (context.format == Format::csv) {
    document.tables = {review_table(plan)};
    return document;
  }
  document.head.push_back(counted(number(plan.rows), "{1}: {0} row, read by the mapping {2}", "{1}: {0} rows, read by the mapping {2}",
                                  inputs.sheet.name(), inputs.mapping.id));
  document.head.push_back(how_it_was_read(inputs.form));
  if (workbook && workbook->formulas > 0) {
    document.head.push_back(counted(number(workbook->formulas),
                                    "{0} cell is a formula; the result was read that the spreadsheet saved with it",
                                    "{0} cells are formulas; the results were read that the spreadsheet saved with them"));
  }
  if (plan.nothing_new()) {
    document.head.push_back(say("Nothing new: all of it is in the folder already."));
  } else if (std::ranges::none_of(plan.files, &PlannedFile::differs)) {
    document.head.push_back(say("Nothing to write: what is not refused is in the folder already."));
  }
  document.tables = {files_table(plan)};
  if (context.to_file && context.format == Format::markdown) {
    // Markdown files are made to be passed on: they name nobody.
    if (!plan.changes.empty() || !plan.refused.empty()) {
      document.foot.push_back(say("A Markdown file is public: what changes and what was refused is shown without -o, or with -O json."));
    }
    return document;
  }
  document.tables.push_back(changes_table(plan));
  document.tables.push_back(refused_table(plan, inputs, context.data));
  if (context.format == Format::text || context.format == Format::markdown) {
    shorten(document.tables[1], document.foot);
    shorten(document.tables[2], document.foot);
  }
  if (plan.not_in_table > 0) {
    document.foot.push_back(counted(number(plan.not_in_table),
                                    "{0} mark that the files need is not in the table; it is written as ~ (no entry)",
                                    "{0} marks that the files need are not in the table; they are written as ~ (no entry)"));
  }
  return document;
}

/// Rows, not cells: one row may be wrong in several.
std::int64_t refused_rows(const ImportPlan& plan) {
  std::set<std::uint32_t> lines;
  for (const RefusedRow& row : plan.refused) {
    lines.insert(row.line);
  }
  return number(lines.size());
}

void add_changes(ImportPlan& plan, const Mapping& mapping, Answer& answer) {
  std::string added = "git add";
  for (PlannedFile& file : plan.files) {
    if (file.differs) {
      added += " " + file.path;
      answer.changes.push_back({.path = file.path, .bytes = std::move(file.bytes), .is_new = file.is_new});
    }
  }
  if (!answer.changes.empty()) {
    answer.after_writing = {say("To record this in git:"), as_data("  " + added), as_data("  git commit -m 'import " + mapping.id + "'")};
  }
}

}  // namespace

Answer answer_import(const Context& context, const ImportOptions& options) {
  Answer answer;
  Inputs inputs;
  if (!read_inputs(context, options, inputs, answer)) {
    return answer;
  }
  ImportPlan plan = plan_import(context.data, inputs.mapping, inputs.sheet, inputs.existing, answer.problems);
  if (has_error(answer.problems)) {
    return answer;
  }
  answer.document = document_of(plan, inputs, context);
  if (!plan.refused.empty() && !options.skip_refused) {
    answer.refusals.push_back(counted(refused_rows(plan),
                                      "{0} row is refused, so nothing is written; mend it, or write the others with --skip-refused",
                                      "{0} rows are refused, so nothing is written; mend them, or write the others with --skip-refused"));
  }
  if (plan.overwrites() && !options.yes) {
    const auto overwritten = std::ranges::count_if(plan.changes, &ChangedValue::overwrites);
    answer.refusals.push_back(
        counted(overwritten, "{0} entry of the folder would become another one, so nothing is written; if that is right, add --yes",
                "{0} entries of the folder would become others, so nothing is written; if that is right, add --yes"));
  }
  answer.protects_records = !answer.refusals.empty();
  if (answer.refusals.empty()) {
    add_changes(plan, inputs.mapping, answer);
  }
  return answer;
}

}  // namespace help
