// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <set>

#include "commands/cells.hpp"
#include "commands/form_stamps.hpp"
#include "commands/import.hpp"
#include "commands/import_forms.hpp"
#include "commands/import_options.hpp"
#include "commands/import_records.hpp"
#include "model/code_name.hpp"
#include "render/render.hpp"
#include "store/aliases.hpp"
#include "store/canonical.hpp"
#include "store/cell_text.hpp"
#include "store/exam_heading.hpp"
#include "store/import_plan.hpp"
#include "store/mapping.hpp"
#include "store/table_form.hpp"

namespace help {
namespace {

constexpr std::size_t rows_in_text = 20;

std::vector<std::string> words_of(const std::vector<UnusedOption>& unused) {
  std::vector<std::string> words;
  for (const UnusedOption& one : unused) words.emplace_back(one.option);
  return words;
}

bool read_existing(const Context& context, const Mapping& mapping, std::map<std::string, std::string>& existing, Answer& answer) {
  std::string bytes;
  for (const std::string& path : files_of_import(mapping)) {
    const FileResult result = context.folder->read(path, bytes, max_file_bytes);
    if (result == FileResult::done) {
      existing.emplace(path, bytes);
    } else if (result != FileResult::missing) {
      answer.refusals.push_back(why_not_read(path, result, max_file_bytes));
      return false;
    }
  }
  return true;
}

/// What --column says of a table that may be a form, as pairs of a title and a word.
std::vector<std::pair<std::string, std::string>> said_columns(const ImportOptions& options) {
  std::vector<std::pair<std::string, std::string>> said;
  for (const std::string& typed : options.columns) {
    const std::size_t sign = typed.rfind('=');
    if (sign == std::string::npos) continue;
    said.emplace_back(cell_text(std::string_view(typed).substr(0, sign)), cell_text(std::string_view(typed).substr(sign + 1)));
  }
  return said;
}

/// What was said of a form and does not hold for one.
void check_said_of_form(const ImportOptions& options, const GuessRequest& said, const Sheet& sheet, const TableForm& how, Answer& answer) {
  if (const auto unused = unused_options(options, traits_of_form(false, how.workbook.has_value())); !unused.empty()) {
    answer.refusals.push_back(say("{0} is a form, which says everything: leave out {1}", options.file, joined(words_of(unused))));
    if (!options.states.empty())
      answer.refusals.push_back(say("what stands for no mark is written into the cells of a form: {0}", form_states()));
  }
  const auto is_read = [](const auto& column) { return column.second != "-"; };
  if (said.columns.size() != options.columns.size() || std::ranges::any_of(said.columns, is_read)) {
    answer.refusals.push_back(say("--column only leaves columns out of a form: --column 'TITLE=-'"));
  } else {
    check_titles_said(said, sheet, how, answer.refusals);
  }
}

/// Reads a form that `--template` made; nothing where the file is none.
std::optional<bool> read_form_table(const Context& context, const ImportOptions& options, ReadTable& table_read,
                                    std::optional<RecordTable>& records, Answer& answer) {
  std::string bytes;
  if (!options.map.empty() || context.outside->read(options.file, bytes, SheetLimits::file_bytes) != FileResult::done) return std::nullopt;
  GuessRequest said;
  said.columns = said_columns(options);
  FormHints hints{.sheet = options.sheet, .left_out = {}};
  for (const auto& [title, word] : said.columns) {
    if (word == "-") hints.left_out.insert(title_key(title));
  }
  Sheet sheet;
  TableForm how;
  std::optional<Message> nearly;
  const auto form = read_form(context, options.file, bytes, hints, sheet, how, nearly, answer.problems);
  if (!form && nearly) {
    answer.refusals.push_back(std::move(*nearly));
    return false;
  }
  if (!form) return has_error(answer.problems) ? std::optional(false) : std::nullopt;
  check_said_of_form(options, said, sheet, how, answer);
  if (!answer.refusals.empty()) return false;
  table_read.origin = MappingOrigin::form;
  table_read.form = std::move(how);
  std::set<std::uint32_t> as_written;
  if (table_read.form.workbook) as_written = lines_as_written(*form, sheet, table_read.form.workbook->stamps);
  if (form->kind == FormKind::marks) {
    auto mapping = mapping_of_marks_form(context, *form, sheet, as_written, answer.refusals);
    if (mapping) table_read.mapping = std::move(*mapping);
    if (mapping && !context.data.find_exam(table_read.mapping.marks->exams.front().id.text)) {
      for (const MappedSubject& subject : table_read.mapping.marks->subjects) table_read.full_is.emplace_back(subject.name, "table");
    }
  } else {
    records = records_of_form(context, *form, sheet, table_read.mapping.left_out, answer.problems);
    table_read.mapping.id = word_of(form->kind);
    records->as_written = as_written;
  }
  table_read.as_written = as_written.size();
  for (const auto& [title, word] : said.columns) table_read.mapping.left_out.push_back({.text = title, .from = 0, .until = 1});
  table_read.sheet = std::move(sheet);
  return answer.refusals.empty() && !has_error(answer.problems);
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
    table.rows.push_back({text_or_null(file.path), number(file.added), number(file.changed), number(file.same), number(file.refused)});
  }
  return table;
}

/// The kind of records or form; nothing for other tables.
std::optional<FormKind> kind_of_rows(const ReadTable& table_read) {
  const Mapping& mapping = table_read.mapping;
  if (mapping.records) return form_called(mapping.records->kind.text);
  return table_read.origin == MappingOrigin::form ? form_called(mapping.id) : std::nullopt;
}

/// Whether the rows are not about students alone: those of staff, classes, teaching and wishes.
bool is_of_others(const ReadTable& table_read) {
  const auto kind = kind_of_rows(table_read);
  return kind == FormKind::staff || kind == FormKind::classes || kind == FormKind::teaching || kind == FormKind::preferences;
}

Message heading_of_rows(const ReadTable& table_read) { return is_of_others(table_read) ? say("whom") : say("student"); }

Message heading_of_names(const ReadTable& table_read) {
  return kind_of_rows(table_read) == FormKind::classes ? say("class name") : say("name");
}

Table changes_table(const ImportPlan& plan, const ReadTable& table_read, Format format) {
  Table table{.key = "changes",
              .title = say("Entries that become others"),
              .columns = {{"student", heading_of_rows(table_read)},
                          {"name", heading_of_names(table_read)},
                          {"what", say("what")},
                          {"before", say("now"), Align::right},
                          {"after", say("then"), Align::right},
                          {"line", say("line"), Align::right},
                          {"file", say("file")}}};
  for (const ChangedValue& change : plan.changes) {
    const bool is_code = is_for_people(format) && kind_of_rows(table_read) == FormKind::counts && change.what.id.empty();
    table.rows.push_back({change.student, text_or_null(change.name), is_code ? name_of_count(change.what.data) : change.what,
                          text_or_null(change.before), text_or_null(change.after), std::int64_t{change.line}, change.path});
  }
  return table;
}

/// The name of a student, a member of staff, a body or a class; nothing for who is new.
Cell name_of_id(const Dataset& data, const std::string& id) {
  if (const auto student = data.find_student(id)) return data.students[*student].name;
  if (const auto staff = data.find_staff(id)) return data.staff[*staff].name;
  if (const auto body = data.find_body(id)) return data.bodies[*body].name;
  if (const auto in = data.find_class(id)) return data.classes[*in].name;
  return {};
}

Table added_table(const ImportPlan& plan, const ReadTable& table_read, const Dataset& data) {
  Table table{.key = "added",
              .title = say("New entries"),
              .columns = {{"line", say("line"), Align::right},
                          {"student", say("id")},
                          {"name", heading_of_names(table_read)},
                          {"what", say("what")},
                          {"file", say("file"), Align::left, false}}};
  for (const AddedRow& row : plan.added) {
    table.rows.push_back({std::int64_t{row.line}, text_or_null(row.student), name_of_id(data, row.student),
                          row.what.empty() ? Cell() : Cell(row.what), row.path});
  }
  return table;
}

/// For a file that is passed on: those that are called after people as one.
Table public_files_table(const ImportPlan& plan) {
  ImportPlan merged;
  for (const PlannedFile& file : plan.files) {
    const bool is_called_after_somebody =
        file.path.starts_with("log/") || file.path.starts_with("events/") || file.path.starts_with("cases/");
    const std::string path = is_called_after_somebody ? file.path.substr(0, file.path.rfind('/') + 1) : file.path;
    const auto known = std::ranges::find(merged.files, path, &PlannedFile::path);
    PlannedFile& sum = known == merged.files.end() ? merged.files.emplace_back(PlannedFile{.path = path}) : *known;
    sum.added += file.added;
    sum.changed += file.changed;
    sum.same += file.same;
    sum.refused += file.refused;
  }
  return files_table(merged);
}

/// Where the full mark of a subject comes from; an exam, where it is another one.
std::pair<std::string_view, Cell> source_of_full(const ReadTable& table_read, const std::string& subject) {
  const auto of_subject = [&subject](const auto& one) { return one.first == subject; };
  if (const auto from = std::ranges::find_if(table_read.full_from, of_subject); from != table_read.full_from.end()) {
    return {"other-exam", Cell(from->second)};
  }
  const auto is = std::ranges::find_if(table_read.full_is, of_subject);
  if (is != table_read.full_is.end()) return {is->second, Cell()};
  const bool is_file = table_read.origin == MappingOrigin::given || table_read.origin == MappingOrigin::kept;
  return {is_file ? "mapping" : "exam", Cell()};
}

/// The exams that marks go to, with their full marks.
Cell exams_cell(const ReadTable& table_read, const Dataset& data) {
  Cell::List exams;
  const auto& marks = table_read.mapping.marks;
  for (std::size_t at = 0; marks && at < marks->exams.size(); ++at) {
    const MappedExam& exam = marks->exams[at];
    std::vector<std::size_t> sat;
    for (const auto& [subject, column] : exam.columns) sat.push_back(subject);
    for (std::size_t subject = 0; marks->one_a_row && subject < marks->subjects.size(); ++subject) sat.push_back(subject);
    Cell::List subjects;
    for (const std::size_t index : sat) {
      const MappedSubject& subject = marks->subjects[index];
      const auto [source, from] = source_of_full(table_read, subject.name);
      subjects.emplace_back(Record{.fields = {{"subject", subject.name},
                                              {"full", Decimal{subject.full}},
                                              {"pass", subject.pass ? Cell(Decimal{*subject.pass}) : Cell()},
                                              {"full_is", source},
                                              {"full_from", from}}});
    }
    exams.emplace_back(Record{.fields = {{"id", exam.id.text},
                                         {"name", text_or_null(exam.name)},
                                         {"kind", word_of(exam.kind)},
                                         {"term", text_or_null(exam.term.text)},
                                         {"date", exam.date},
                                         {"is_new", !data.find_exam(exam.id.text).has_value()},
                                         {"subjects", Cell(std::move(subjects))}}});
  }
  return Cell(std::move(exams));
}

Cell states_cell(const Mapping& mapping) {
  Cell::List states;
  if (!mapping.marks) return Cell(std::move(states));
  for (const auto& [text, state] : mapping.marks->states) {
    states.emplace_back(Record{.fields = {{"text", text}, {"state", to_string(Mark(state))}}});
  }
  for (const std::string& text : mapping.marks->left) states.emplace_back(Record{.fields = {{"text", text}, {"state", "left"}}});
  return Cell(std::move(states));
}

Cell names_cell(const std::vector<std::string>& names) {
  Cell::List list;
  for (const std::string& name : names) list.emplace_back(name);
  return Cell(std::move(list));
}

/// What of a workbook nobody sees who opens it.
void add_hidden(const ReadTable& table_read, Document& document) {
  const auto& workbook = table_read.form.workbook;
  if (!workbook) return;
  if (workbook->hidden_rows > 0) {
    document.head.push_back(counted(number(workbook->hidden_rows), "{0} row is hidden in the sheet, perhaps by a filter; it was read",
                                    "{0} rows are hidden in the sheet, perhaps by a filter; they were read"));
  }
  if (workbook->hidden_columns > 0) {
    document.head.push_back(counted(number(workbook->hidden_columns), "{0} column is hidden in the sheet; it was read",
                                    "{0} columns are hidden in the sheet; they were read"));
  }
  // A form keeps in one what it offers.
  if (!workbook->hidden_sheets.empty() && table_read.origin != MappingOrigin::form) {
    document.head.push_back(say("Hidden sheets were not read: {0}; to read one: --sheet NAME", joined(workbook->hidden_sheets)));
  }
}

/// Rows that are about nobody.
void add_others(const ImportPlan& plan, Document& document) {
  if (plan.others.empty()) return;
  constexpr std::size_t most = 10;
  std::string list;
  for (std::size_t at = 0; at < std::min(plan.others.size(), most); ++at) {
    list.append(list.empty() ? "" : ", ").append(std::to_string(plan.others[at].line)).append(" ").append(plan.others[at].text);
  }
  if (plan.others.size() > most) list += " …";
  document.head.push_back(counted(number(plan.others.size()), "{0} row is about nobody and was passed over: {1}",
                                  "{0} rows are about nobody and were passed over: {1}", list));
}

Cell others_cell(const ImportPlan& plan) {
  Cell::List rows;
  for (const OtherRow& row : plan.others) rows.emplace_back(Record{.fields = {{"line", std::int64_t{row.line}}, {"text", row.text}}});
  return Cell(std::move(rows));
}

/// The address of a cell in a workbook (`C4`), from the title of its column; nothing for a whole row, and in a text.
Cell address_of(const RefusedRow& row, const ReadTable& table_read) {
  const Sheet& sheet = table_read.sheet;
  const auto column = table_read.form.workbook && !row.column.empty() ? column_of(sheet, table_read.form.header, row.column) : std::nullopt;
  if (!column) {
    return {};
  }
  return sheet.is_transposed() ? column_letters(row.line - 1) + std::to_string(sheet.line_of_column(*column))
                               : column_letters(*column) + std::to_string(row.line);
}

/// Nothing for the id of a member of staff, which somebody gave to a child.
Cell name_of_student(const Dataset& data, const std::string& id) {
  const auto student = data.find_student(id);
  return student ? Cell(data.students[*student].name) : Cell();
}

Table refused_table(const ImportPlan& plan, const ReadTable& table_read, const Dataset& data) {
  Table table{.key = "refused",
              .title = say("Refused rows of {0}", table_read.sheet.name()),
              .columns = {{"line", table_read.form.transposed ? say("column") : say("line"), Align::right},
                          {"cell", say("cell"), Align::left, table_read.form.workbook.has_value()},
                          {"column", table_read.form.transposed ? say("row") : say("column")},
                          {"student", heading_of_rows(table_read)},
                          {"name", heading_of_names(table_read)},
                          {"file", say("file"), Align::left, false},
                          {"code", say("code"), Align::left, false},
                          {"reason", say("reason")},
                          {.key = "hint", .title = say("hint"), .gives_way = true}}};
  for (const RefusedRow& row : plan.refused) {
    table.rows.push_back({std::int64_t{row.line}, address_of(row, table_read), text_or_null(row.column), text_or_null(row.student),
                          is_of_others(table_read) ? name_of_id(data, row.student) : name_of_student(data, row.student),
                          text_or_null(row.path), row.code, row.reason, row.hint.empty() ? Cell() : Cell(row.hint)});
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
  for (const AddedRow& row : plan.added) {
    table.rows.push_back({"new", std::int64_t{row.line}, "", row.path, row.student, row.what, "", "", "", ""});
  }
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
  if (form.transposed) {
    return form.workbook ? say("XLSX, sheet “{0}”, students side by side, titles in column {1}", form.workbook->sheet, form.header)
                         : say("{0}, columns separated by “{1}”, students side by side, titles in column {2}", name_of(form.encoding),
                               form.separator == '\t' ? say("tab") : as_data(std::string(1, form.separator)), form.header);
  }
  if (form.workbook) {
    return form.header == 0 ? say("XLSX, sheet “{0}”, no titles", form.workbook->sheet)
                            : say("XLSX, sheet “{0}”, titles on row {1}", form.workbook->sheet, form.header);
  }
  const Message separator = form.separator == '\t' ? say("tab") : as_data(std::string(1, form.separator));
  return form.header == 0 ? say("{0}, columns separated by “{1}”, no titles", name_of(form.encoding), separator)
                          : say("{0}, columns separated by “{1}”, titles on line {2}", name_of(form.encoding), separator, form.header);
}

std::string_view word_of(MappingOrigin origin) {
  switch (origin) {
    case MappingOrigin::given:
      return "given";
    case MappingOrigin::kept:
      return "kept";
    case MappingOrigin::guessed:
      return "guessed";
    case MappingOrigin::form:
      break;
  }
  return "form";
}

/// By which mapping, and what becomes of it.
std::vector<Message> how_it_was_mapped(const ReadTable& table_read, const ImportPlan& plan) {
  const std::int64_t rows = number(plan.rows);
  const std::string& name = table_read.sheet.name();
  switch (table_read.origin) {
    case MappingOrigin::given:
      return {
          counted(rows, "{1}: {0} row, read by the mapping {2}", "{1}: {0} rows, read by the mapping {2}", name, table_read.mapping.id)};
    case MappingOrigin::kept:
      return {counted(rows, "{1}: {0} row, read by {2}, which has the same titles", "{1}: {0} rows, read by {2}, which has the same titles",
                      name, table_read.mapping.path)};
    case MappingOrigin::form:
      return {counted(rows + number(table_read.as_written), "{1}: {0} row of the form {2}", "{1}: {0} rows of the form {2}", name,
                      table_read.mapping.id)};
    case MappingOrigin::guessed:
      break;
  }
  std::vector<Message> lines{counted(rows, "{1}: {0} row; what the columns mean was guessed from their titles",
                                     "{1}: {0} rows; what the columns mean was guessed from their titles", name)};
  if (table_read.keep_as.empty()) {
    lines.push_back(say("The guess is for this table only, and not kept: the next table may mean something else by the same words."));
  } else if (std::ranges::any_of(plan.files, &PlannedFile::differs)) {
    lines.push_back(say("The guess is kept as {0} for the next table with these titles.", table_read.keep_as));
  }
  return lines;
}

/// The exams that marks go to, so that a wrong one is seen.
void add_exams(const Dataset& data, const Mapping& mapping, Document& document) {
  if (!mapping.marks || (!mapping.asked("exam") && !mapping.source.empty())) {
    return;
  }
  const MappedExam& exam = mapping.marks->exams.front();
  std::string full;
  for (const MappedSubject& subject : mapping.marks->subjects) {
    full += (full.empty() ? "" : ", ") + subject.name + " " + hundredths_to_string(subject.full);
  }
  document.head.push_back(say("Exam {0} ({1}); full marks: {2}", exam.id.text, to_string(exam.date), full));
  std::string fresh;
  for (const MappedSubject& subject : mapping.marks->subjects) {
    if (!data.subjects.empty() && !data.find_subject(subject.name)) fresh += (fresh.empty() ? "" : ", ") + subject.name;
  }
  if (!fresh.empty()) document.head.push_back(say("Subjects that no exam had before: {0}", fresh));
}

/// Full marks that nobody said, with the exams that have them.
void add_full_from(const ReadTable& table_read, Document& document) {
  std::map<std::string, std::string> subjects;  // of each exam
  for (const auto& [subject, exam] : table_read.full_from) {
    std::string& list = subjects[exam];
    list += (list.empty() ? "" : ", ") + subject;
  }
  for (const auto& [exam, list] : subjects) {
    document.head.push_back(say("Full marks taken from {0}: {1}; if they are others this time, add --full", exam, list));
  }
}

/// What stands above the titles, each text once.
std::vector<std::string> texts_above(const ReadTable& table_read) {
  constexpr std::size_t most = 3;
  constexpr std::size_t most_bytes = 150;
  std::vector<std::string> texts;
  const Sheet& sheet = table_read.sheet;
  for (std::size_t row = 0; !sheet.is_transposed() && row < sheet.row_count() && sheet.line(row) < table_read.form.header; ++row) {
    if (sheet.line(row) == table_read.form.upper_header) continue;
    for (std::size_t column = 0; column < sheet.width(row) && texts.size() < most; ++column) {
      std::string text = cell_text(sheet.cell(row, column));
      if (text.empty() || text.size() > most_bytes || mark_of_text(text) || std::ranges::find(texts, text) != texts.end()) continue;
      texts.push_back(std::move(text));
    }
  }
  return texts;
}

/// Marks are not to get under another exam than the one that the page itself is headed by.
bool check_headings(const Calendar& calendar, const ReadTable& table_read, Diagnostics& problems) {
  const auto& marks = table_read.mapping.marks;
  if (!marks || marks->exams.size() != 1) return true;
  const std::size_t before = problems.size();
  const MappedExam& exam = marks->exams.front();
  const HeadedExam headed{.name = exam.name, .kind = exam.kind, .date = exam.date, .term = exam.term.text};
  for (const std::string& text : texts_above(table_read)) {
    if (!is_of_another_exam(text, headed, calendar)) continue;
    const auto term = calendar.find_term(exam.term.text);
    problems.push_back({.severity = Severity::warning,
                        .code = "import/other-heading",
                        .where = {.path = table_read.sheet.name()},
                        .message = say("'{0}' stands above the table, but the marks go to {1}: {2}, {3}, {4}", text, exam.id.text,
                                       name_of(exam.kind), to_string(exam.date), term ? calendar.terms[*term].name : exam.term.text),
                        .hint = say("is it the right table, and the right exam? If so, go on")});
  }
  return problems.size() == before;
}

/// The texts that stand for no mark.
void add_states(const Context& context, const Mapping& mapping, Document& document) {
  if (!mapping.marks) return;
  std::vector<Message> states;
  for (const auto& [text, state] : mapping.marks->states) {
    if (text == word_of(state)) continue;
    const auto named = std::ranges::find(state_words(), state, &std::pair<Mark::State, Message>::first);
    const Message meaning = named == state_words().end() ? say("no entry") : named->second;
    if (text == in_language(context, meaning, context.language)) {
      states.push_back(as_data(text));
    } else {
      states.push_back(say("{0} = {1}", text.empty() ? say("empty cell") : as_data(text), meaning));
    }
  }
  if (!states.empty()) document.head.push_back(say("Instead of a mark: {0}", joined(states)));
}

Document document_of(const ImportPlan& plan, const ReadTable& table_read, bool is_records, const Context& context) {
  Document document{.schema = "help.import/1"};
  const auto& workbook = table_read.form.workbook;
  // The rows of a workbook end with their last text.
  const std::size_t short_rows = workbook ? 0 : plan.short_rows;
  document.facts.fields = {{"today", context.today},
                           {"import", table_read.mapping.id},
                           {"mapping", table_read.origin == MappingOrigin::guessed ? text_or_null(table_read.keep_as)
                                       : table_read.origin == MappingOrigin::form  ? Cell()
                                                                                   : Cell(table_read.mapping.path)},
                           {"mapping_is", word_of(table_read.origin)},
                           {"table", table_read.sheet.name()},
                           {"encoding", workbook ? Cell() : Cell(std::string(name_of(table_read.form.encoding)))},
                           {"separator", workbook ? Cell() : Cell(std::string(1, table_read.form.separator))},
                           {"sheet", workbook ? Cell(workbook->sheet) : Cell()},
                           {"formulas", workbook ? Cell(number(workbook->formulas)) : Cell()},
                           {"hidden_rows", workbook ? Cell(number(workbook->hidden_rows)) : Cell()},
                           {"hidden_columns", workbook ? Cell(number(workbook->hidden_columns)) : Cell()},
                           {"hidden_sheets", workbook ? names_cell(workbook->hidden_sheets) : Cell()},
                           {"header", std::int64_t{table_read.form.header}},
                           {"rows", number(plan.rows)},
                           {"as_written", number(table_read.as_written)},
                           {"nothing_new", plan.nothing_new()},
                           {"not_in_table", number(plan.not_in_table)},
                           {"left", number(plan.left)},
                           {"short_rows", number(short_rows)},
                           {"passed_over", others_cell(plan)},
                           {"above", names_cell(texts_above(table_read))},
                           {"exams", exams_cell(table_read, context.data)},
                           {"states", states_cell(table_read.mapping)}};
  if (context.format == Format::csv) {
    document.tables = {review_table(plan)};
    return document;
  }
  document.head = how_it_was_mapped(table_read, plan);
  document.head.push_back(how_it_was_read(table_read.form));
  const bool is_public = context.to_file && context.format == Format::markdown;
  if (const std::vector<std::string> above = texts_above(table_read); !above.empty() && !is_public) {
    document.head.push_back(say("Above the titles: {0}", joined(above)));
  }
  if (table_read.form.upper_header > 0) {
    document.head.push_back(
        say("The titles stand in two rows, {0} and {1}, and are read together", table_read.form.upper_header, table_read.form.header));
  }
  if (table_read.origin == MappingOrigin::kept || table_read.origin == MappingOrigin::guessed) {
    add_exams(context.data, table_read.mapping, document);
    add_full_from(table_read, document);
    add_states(context, table_read.mapping, document);
  } else if (table_read.origin == MappingOrigin::form && !table_read.full_is.empty()) {
    add_exams(context.data, table_read.mapping, document);  // of a new exam
  }
  if (workbook && workbook->formulas > 0) {
    document.head.push_back(counted(number(workbook->formulas),
                                    "{0} cell is a formula; the result was read that the spreadsheet saved with it",
                                    "{0} cells are formulas; the results were read that the spreadsheet saved with them"));
  }
  add_hidden(table_read, document);
  add_others(plan, document);
  if (table_read.as_written > 0) {
    document.head.push_back(counted(number(table_read.as_written),
                                    "{0} row is as the form was written and says nothing, whatever has changed in the folder since",
                                    "{0} rows are as the form was written and say nothing, whatever has changed in the folder since"));
  }
  if (plan.rows == 0 && table_read.as_written > 0) {
    document.head.push_back(say("Nothing new: no row of the form was changed."));
  } else if (plan.rows == 0) {
    document.head.push_back(table_read.origin == MappingOrigin::form ? say("No row of the form is filled in.")
                                                                     : say("The table has no rows."));
  } else if (plan.nothing_new()) {
    document.head.push_back(say("Nothing new: all of it is in the folder already."));
  } else if (std::ranges::none_of(plan.files, &PlannedFile::differs)) {
    const bool is_any_taken = std::ranges::any_of(plan.files, [](const PlannedFile& file) { return file.same > 0; });
    document.head.push_back(is_any_taken ? say("Nothing to write: what is not refused is in the folder already.")
                                         : say("Nothing to write: no row is accepted."));
  }
  if (table_read.origin == MappingOrigin::guessed || table_read.origin == MappingOrigin::form || context.format == Format::json) {
    document.tables.push_back(columns_table(table_read));
    if (table_read.mapping.records) document.tables.back().rows.clear();  // they are what the mapping says
  }
  document.tables.push_back(is_public ? public_files_table(plan) : files_table(plan));
  if (is_public) {
    // Markdown files are made to be passed on: they name nobody.
    if (!plan.changes.empty() || !plan.refused.empty()) {
      document.foot.push_back(say("A Markdown file is public: what changes and what was refused is shown without -o, or with -O json."));
    }
    return document;
  }
  const std::size_t first = document.tables.size();
  // Of marks there are thousands; of records each is looked at.
  if (is_records || context.format == Format::json) document.tables.push_back(added_table(plan, table_read, context.data));
  document.tables.push_back(changes_table(plan, table_read, context.format));
  document.tables.push_back(refused_table(plan, table_read, context.data));
  if (context.format == Format::text || context.format == Format::markdown) {
    for (std::size_t at = first; at < document.tables.size(); ++at) shorten(document.tables[at], document.foot);
  }
  if (plan.left > 0) {
    document.foot.push_back(counted(number(plan.left),
                                    "{0} row says, as the roster does, that the student has left; nothing is taken over of it",
                                    "{0} rows say, as the roster does, that the student has left; nothing is taken over of them"));
  }
  if (plan.older > 0) {
    document.foot.push_back(counted(number(plan.older), "{0} row is older than a correction in the folder; what was corrected there stays",
                                    "{0} rows are older than corrections in the folder; what was corrected there stays"));
  }
  if (short_rows > 0) {
    document.foot.push_back(counted(number(short_rows),
                                    "{0} row ends before the last column of marks; what is missing was read as empty cells: look at it",
                                    "{0} rows end before the last column of marks; what is missing was read as empty cells: look at them"));
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

void add_changes(ImportPlan& plan, const ReadTable& table_read, Answer& answer) {
  std::string added = "git add";
  bool is_any_private = false;
  for (PlannedFile& file : plan.files) {
    if (file.differs) {
      const bool is_private = file.path.ends_with(".private.yaml");
      is_any_private = is_any_private || is_private;
      if (!is_private) added += " " + file.path;
      answer.changes.push_back({.path = file.path, .bytes = std::move(file.bytes), .is_new = file.is_new});
    }
  }
  if (!answer.changes.empty() && !table_read.keep_as.empty()) {
    added += " " + table_read.keep_as;
    answer.changes.push_back({.path = table_read.keep_as, .bytes = table_read.mapping.source, .is_new = !table_read.keeps_anew});
  }
  if (!answer.changes.empty() && !table_read.answered.empty()) {
    constexpr std::string_view path = "imports/aliases.yaml";
    const bool is_new = table_read.kept_answers.empty();
    std::string bytes = is_new ? schema_comment("aliases") : table_read.kept_answers;
    bytes += bytes.ends_with('\n') ? "" : "\n";
    for (const Alias& alias : table_read.answered) {
      bytes += alias_line(alias);
    }
    added.append(" ").append(path);
    answer.changes.push_back({.path = std::string(path), .bytes = std::move(bytes), .is_new = is_new});
  }
  if (added != "git add") {
    answer.after_writing = {say("To record this in git:"), as_data("  " + added),
                            as_data("  git commit -m 'import " + table_read.mapping.id + "'")};
  }
  if (is_any_private) {
    answer.after_writing.push_back(say("The private parts are not among them: keep them out of git, or lock them there (git-crypt)."));
  }
}

/// An exam that has not taken place: its day is mistyped, then, or the marks are those of another. In a form that is refused; what was said
/// once more, by an option or a mapping file, may be meant so.
void warn_of_exams_ahead(const Mapping& mapping, bool is_form, Date today, Diagnostics& problems) {
  if (!mapping.marks) return;
  for (const MappedExam& exam : mapping.marks->exams) {
    if (exam.date <= today) continue;
    problems.push_back(mapping.problem(exam.id, "import/exam-ahead",
                                       say("the exam {0} is on {1}, which is still to come", exam.id.text, to_string(exam.date)),
                                       say("is the day right? marks are taken in from the day of the exam on")));
    if (!is_form) problems.back().severity = Severity::warning;
  }
}

}  // namespace

Answer answer_import(const Context& context, const ImportOptions& options) {
  Answer answer;
  if (!options.form.empty()) {
    if (const auto unused = unused_options(options, traits_of_form(true, false)); !unused.empty()) {
      answer.refusals.push_back(say("--template has no use for {0}: leave it out.", joined(words_of(unused))));
      return answer;
    }
    SaidExam said = exam_said(context, options, answer);
    if (!answer.refusals.empty()) return answer;
    return answer_template(context, {.kind = options.form,
                                     .exam = options.exams.empty() ? std::string() : options.exams.front(),
                                     .classes = options.classes,
                                     .grade = options.grade,
                                     .from = options.from,
                                     .said = std::move(said)});
  }
  if (options.file.empty()) {
    answer.refusals.push_back(say("which table? help import FILE; a form to fill in comes from --template"));
    return answer;
  }
  ReadTable table_read;
  std::optional<RecordTable> records;
  std::map<std::string, std::string> existing;
  const auto is_form = read_form_table(context, options, table_read, records, answer);
  if (is_form ? !*is_form : !read_import_table(context, options, table_read, answer)) {
    return answer;
  }
  if (table_read.mapping.records) {
    records = records_of_mapping(table_read.mapping, table_read.sheet, table_read.form.header, answer.problems);
    if (has_error(answer.problems)) {
      return answer;
    }
  }
  if (!records && !read_existing(context, table_read.mapping, existing, answer)) {
    return answer;
  }
  if (!records) warn_of_exams_ahead(table_read.mapping, is_form.has_value(), context.today, answer.problems);
  if (records) records->in_workbook = table_read.form.workbook.has_value();
  ImportPlan plan = records ? plan_records(context, *records, table_read.sheet, answer)
                            : plan_import(context.data, table_read.mapping, table_read.sheet, existing, answer.problems);
  if (has_error(answer.problems) || !answer.refusals.empty()) {
    return answer;
  }
  const bool is_headed_so = check_headings(context.data.calendar, table_read, answer.problems);
  answer.document = document_of(plan, table_read, records.has_value(), context);
  if (!is_headed_so) answer.document.foot.push_back(say("Look at the warning above: the table may be of another exam."));
  if (!plan.refused.empty() && !options.skip_refused) {
    answer.refusals.push_back(counted(refused_rows(plan),
                                      "{0} row is refused, so nothing is written; mend it, or write the others with --skip-refused",
                                      "{0} rows are refused, so nothing is written; mend them, or write the others with --skip-refused"));
  }
  if (plan.overwrites() && !options.replace) {
    const auto overwritten = std::ranges::count_if(plan.changes, &ChangedValue::overwrites);
    answer.refusals.push_back(
        counted(overwritten, "{0} entry of the folder would become another one, so nothing is written; if that is right, add --replace",
                "{0} entries of the folder would become others, so nothing is written; if that is right, add --replace"));
  }
  answer.protects_records = !answer.refusals.empty();
  if (answer.refusals.empty()) {
    add_changes(plan, table_read, answer);
    answer.unless_confirmed = options.yes ? Message{} : say("Nothing was written yet; with --yes it is.");
  }
  return answer;
}

}  // namespace help
