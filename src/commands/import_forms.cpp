// SPDX-License-Identifier: MIT
#include "commands/import_forms.hpp"

#include <algorithm>
#include <set>

#include "diag/nearest.hpp"
#include "store/cell_text.hpp"
#include "store/csv.hpp"

namespace help {
namespace {

constexpr std::size_t rows_looked_at = 30;
constexpr std::size_t bytes_looked_at = 64U << 10U;

std::vector<FormField> make_fields(FormKind kind) {
  constexpr FormEntry date = FormEntry::date;
  constexpr FormEntry number = FormEntry::number;
  constexpr FormEntry text = FormEntry::text;
  switch (kind) {
    case FormKind::marks:
      return {{"exam", say("Code of the exam"), text, true},
              {"student", say("Student id"), text, true},
              {"name", say("Name")},
              {"class", say("Class")}};
    case FormKind::roster:
      return {{"student", say("Student id"), text, true},
              {"name", say("Name"), text, true},
              {"class", say("Class"), text, true},
              {"since", say("In the class since"), date, true},
              {"transferred", say("Came from another school on"), date, true},
              {"left", say("Last day here"), date, true}};
    case FormKind::talks:
      return {{"date", say("Date"), date, true},
              {"staff", say("Whose record"), text, true},
              {"student", say("Students"), text, true},
              {"kind", say("Kind of contact"), text, true},
              {"note", say("What was said"), text, true},
              {"class", say("Class")},
              {"subject", say("Subject")},
              {"channel", say("Channel")},
              {"place", say("Place")},
              {"minutes", say("Minutes"), number},
              {"present", say("Who else was there")},
              {"to", say("Recipients")},
              {"with", say("Together with")},
              {"follow-up", say("Next due on"), date},
              {"tags", say("Tags")}};
    case FormKind::preferences:
      return {{"date", say("Date"), date, true},
              {"pair", say("Wish, fixed or banned"), text, true},
              {"of", say("Whose wish"), text, true},
              {"role", say("Role of the pair"), text, true},
              {"first", say("First choice"), text, true},
              {"second", say("Second choice")},
              {"third", say("Third choice")},
              {"subject", say("Subject")},
              {"until", say("Until"), date},
              {"because", say("Reason")}};
    case FormKind::observations:
      return {{"date", say("Date"), date, true},           {"student", say("Student"), text, true},
              {"indicator", say("Indicator"), text, true}, {"kind", say("Seen or gone"), text, true},
              {"by", say("Seen by"), text, true},          {"because", say("Reason")}};
    case FormKind::counts:
      return {{"period", say("Period id"), text, true},
              {"from", say("From"), date, true},
              {"until", say("Until"), date, true},
              {"student", say("Student id"), text, true},
              {"name", say("Name")},
              {"class", say("Class")}};
    case FormKind::classes:
      return {{"class", say("Class id"), text, true},         {"name", say("Name of the class"), text, true},
              {"cohort", say("Year of entry"), number, true}, {"entry-grade", say("Grade at entry"), number, true},
              {"leader", say("Class teacher"), text, true},   {"since", say("Class teacher since"), date, true}};
    case FormKind::staff:
      return {{"staff", say("Staff id"), text, true},
              {"name", say("Name"), text, true},
              {"role", say("Role in the school"), text, true},
              {"grade", say("Grade")},
              {"class", say("Class")},
              {"subject", say("Subject")},
              {"body", say("Body")},
              {"from", say("In the role from"), date, true},
              {"until", say("In the role until"), date, true},
              {"left", say("Last day here"), date},
              {"leave-from", say("On leave from"), date},
              {"leave-until", say("On leave until"), date},
              {"leave-because", say("Reason of the leave")},
              {"substitute", say("Substitute")}};
    case FormKind::groups:
      return {{"student", say("Student"), text, true},
              {"class", say("Class")},
              {"group", say("Special group"), text, true},
              {"from", say("From"), date, true},
              {"until", say("Until"), date, true}};
    case FormKind::archives:
      return {{"student", say("Student"), text, true},
              {"class", say("Class")},
              {"opened", say("Archive opened on"), date, true},
              {"keeper", say("Keeper of the archive")},
              {"study-base", say("Learnt so far")},
              {"attitude", say("Attitude")},
              {"character", say("Character")},
              {"discipline", say("Keeping rules")},
              {"life", say("Everyday life")},
              {"categories", say("Categories of the case")},
              {"causes", say("Causes"), text, true},
              {"hobbies", say("Hobbies")},
              {"strengths", say("Strengths")},
              {"measure", say("New measure")},
              {"measure-who", say("Who does it")},
              {"measure-until", say("Measure until"), date},
              {"goal", say("New goal")},
              {"goal-by", say("Goal by"), date},
              {"address", say("Address (private)")},
              {"family", say("Family (private)")},
              {"economy", say("Means of the family (private)")},
              {"parents-work", say("Parents' work (private)")},
              {"parenting", say("Upbringing (private)")},
              {"health", say("Health (private)")},
              {"psychology", say("How the child feels (private)")},
              {"note", say("Note (private)")}};
    case FormKind::teaching:
      return {{"staff", say("Teacher"), text, true},
              {"subject", say("Subject"), text, true},
              {"class", say("Class"), text, true},
              {"from", say("From"), date, true},
              {"until", say("Until"), date, true}};
  }
  return {};
}

bool has_others(FormKind kind) { return kind == FormKind::marks || kind == FormKind::counts; }

/// The form whose titles these are, in one language.
std::optional<FoundForm> form_of_titles(const Context& context, const std::vector<std::string>& titles, std::string_view language) {
  for (std::size_t at = 0; at < form_words.size(); ++at) {
    FoundForm found{.kind = static_cast<FormKind>(at)};
    bool is_whole = true;
    std::set<std::size_t> used;
    for (const FormField& field : fields_of(found.kind)) {
      const auto place = std::ranges::find(titles, title_key(in_language(context, field.title, language)));
      is_whole = is_whole && (place != titles.end() || !field.must);
      if (place == titles.end()) continue;
      found.columns.emplace(field.key, static_cast<std::size_t>(place - titles.begin()));
      used.insert(static_cast<std::size_t>(place - titles.begin()));
    }
    for (std::size_t column = 0; column < titles.size(); ++column) {
      if (titles[column].empty() || used.contains(column)) continue;
      is_whole = is_whole && has_others(found.kind);
      found.others.emplace_back(titles[column], column);
    }
    if (is_whole) return found;
  }
  return std::nullopt;
}

}  // namespace

std::string_view word_of(FormKind kind) { return form_words[static_cast<std::size_t>(kind)]; }

std::optional<FormKind> form_called(std::string_view word) {
  const auto found = std::ranges::find(form_words, word);
  return found == form_words.end() ? std::nullopt : std::optional(static_cast<FormKind>(found - form_words.begin()));
}

const std::vector<FormField>& fields_of(FormKind kind) {
  static const auto all = [] {
    std::vector<std::vector<FormField>> fields;
    for (std::size_t at = 0; at < form_words.size(); ++at) fields.push_back(make_fields(static_cast<FormKind>(at)));
    return fields;
  }();
  return all[static_cast<std::size_t>(kind)];
}

std::string in_language(const Context& context, const Message& message, std::string_view language) {
  return context.talk != nullptr && context.talk->text ? context.talk->text(message, language) : std::string(message.id);
}

const std::vector<std::pair<Mark::State, Message>>& state_words() {
  static const std::vector<std::pair<Mark::State, Message>> words{{Mark::State::absent, say("absent")},
                                                                  {Mark::State::exempt, say("exempt")},
                                                                  {Mark::State::deferred, say("deferred")},
                                                                  {Mark::State::voided, say("void")}};
  return words;
}

std::optional<FoundForm> find_form(const Context& context, const Sheet& sheet) {
  for (std::size_t row = 0; row < std::min(sheet.row_count(), rows_looked_at); ++row) {
    std::vector<std::string> titles;
    for (std::size_t column = 0; column < sheet.width(row); ++column) titles.push_back(title_key(sheet.cell(row, column)));
    for (const std::string_view language : {"zh", "en"}) {
      if (auto found = form_of_titles(context, titles, language)) {
        found->header = sheet.line(row);
        return found;
      }
    }
  }
  return std::nullopt;
}

std::optional<FoundForm> read_form(const Context& context, const std::string& name, const std::string& bytes, std::string_view wanted,
                                   Sheet& sheet, TableForm& how, Diagnostics& problems) {
  if (begins_like_ole(bytes)) return std::nullopt;
  Diagnostics ignored;  // a table that is no form is read once more, and its problems are told then
  if (begins_like_xlsx(bytes)) {
    how.workbook.emplace();
    if (!read_xlsx(name, bytes, wanted, sheet, *how.workbook, ignored)) return std::nullopt;
    auto found = find_form(context, sheet);
    if (found) how.header = found->header;
    return found;
  }
  std::string beginning = bytes.substr(0, bytes_looked_at);
  if (beginning.size() < bytes.size()) beginning.erase(beginning.rfind('\n') == std::string::npos ? 0 : beginning.rfind('\n'));
  DecodedText decoded;
  if (!decode_table(name, std::move(beginning), std::nullopt, decoded, ignored)) return std::nullopt;
  for (const char separator : separators) {
    Sheet first;
    (void)read_csv(name, decoded.text, separator, first, ignored);
    auto found = find_form(context, first);
    if (!found) continue;
    DecodedText all;
    how = {.workbook = {}, .encoding = decoded.encoding, .separator = separator, .header = found->header};
    const bool is_read =
        decode_table(name, bytes, std::nullopt, all, problems) && read_csv(name, std::move(all.text), separator, sheet, problems);
    return is_read ? std::move(found) : std::nullopt;
  }
  return std::nullopt;
}

namespace {

/// The text of a title or word that the program itself made, as a mapping would say it.
MappedText made_text(std::string text) { return {.text = std::move(text), .from = 0, .until = 1}; }

/// The id of the exam that all rows name.
std::optional<ExamIndex> exam_of_rows(const Context& context, const FoundForm& form, const Sheet& sheet, std::vector<Message>& refusals) {
  std::string id;
  for (std::size_t row = 0; row < sheet.row_count(); ++row) {
    const std::string text = sheet.line(row) <= form.header ? std::string() : narrow(cell_text(sheet.cell(row, form.columns.at("exam"))));
    if (text.empty() || text == id) continue;
    if (!id.empty()) {
      refusals.push_back(say("{0}, line {1}: the form names two exams, {2} and {3}; make a form for each", sheet.name(),
                             static_cast<std::int64_t>(sheet.line(row)), id, text));
      return std::nullopt;
    }
    id = text;
  }
  const auto found = context.data.find_exam(id);
  if (!found) {
    std::vector<std::string_view> known;
    for (const Exam& exam : context.data.exams) known.push_back(exam.id);
    const auto near = nearest(id, known);
    refusals.push_back(id.empty() ? say("{0}: no row of the form names its exam", sheet.name())
                       : near     ? say("{0}: there is no exam '{1}'; did you mean '{2}'?", sheet.name(), id, *near)
                                  : say("{0}: there is no exam '{1}'", sheet.name(), id));
  }
  return found;
}

/// A sheet of the rows that `wanted` chooses.
template <typename Wanted>
Sheet chosen_rows(const Sheet& sheet, const Wanted& wanted) {
  Sheet chosen(sheet.name(), {});
  for (std::size_t row = 0; row < sheet.row_count(); ++row) {
    if (!wanted(row)) continue;
    chosen.begin_row(sheet.line(row));
    for (std::size_t column = 0; column < sheet.width(row); ++column)
      chosen.add_kept_cell(chosen.keep(sheet.cell(row, column)), sheet.is_spread(row, column));
  }
  return chosen;
}

}  // namespace

std::optional<Mapping> mapping_of_marks_form(const Context& context, const FoundForm& form, Sheet& sheet, std::vector<Message>& refusals) {
  const Dataset& data = context.data;
  const auto exam_index = exam_of_rows(context, form, sheet, refusals);
  if (!exam_index) return std::nullopt;
  const Exam& exam = data.exams[*exam_index];
  Mapping mapping{.path = sheet.name(), .source = " ", .id = "marks", .header = form.header};
  // By its own titles: a form may be in either language.
  const auto title_of = [&](std::size_t column) {
    for (std::size_t row = 0; row < sheet.row_count(); ++row) {
      if (sheet.line(row) == form.header) return made_text(cell_text(sheet.cell(row, column)));
    }
    return MappedText{};
  };
  mapping.student.id = title_of(form.columns.at("student"));
  if (const auto name = form.columns.find("name"); name != form.columns.end()) mapping.student.name = title_of(name->second);
  MarkColumns& marks = mapping.marks.emplace();
  MappedExam mapped{.id = made_text(exam.id),
                    .name = exam.name,
                    .kind = exam.kind,
                    .term = made_text(data.calendar.terms[exam.term].id),
                    .date = exam.date,
                    .retests = exam.retests,
                    .columns = {},
                    .label = {}};
  std::vector<std::size_t> columns;
  std::vector<std::string_view> known;
  for (const ExamSubject& subject : exam.subjects) known.emplace_back(data.subjects[subject.subject]);
  for (const auto& [title, column] : form.others) {
    const auto found = std::ranges::find_if(
        exam.subjects, [&, key = title](const ExamSubject& one) { return title_key(data.subjects[one.subject]) == key; });
    if (found == exam.subjects.end()) {
      const auto near = nearest(title, known);
      refusals.push_back(near ? say("{0}: the exam {1} has no subject '{2}'; did you mean '{3}'?", sheet.name(), exam.id, title, *near)
                              : say("{0}: the exam {1} has no subject '{2}'; write it with its full mark in grades/{1}.yaml first",
                                    sheet.name(), exam.id, title));
      continue;
    }
    mapped.columns.emplace_back(marks.subjects.size(), title_of(column));
    marks.subjects.push_back({.name = data.subjects[found->subject], .full = found->full, .pass = found->pass});
    columns.push_back(column);
  }
  if (columns.empty() && refusals.empty()) refusals.push_back(say("{0}: no column of the form is a subject", sheet.name()));
  if (!refusals.empty()) return std::nullopt;
  marks.exams.push_back(std::move(mapped));
  for (const auto& [state, word] : state_words()) {
    marks.states.emplace_back(to_string(Mark(state)), state);
    for (const std::string_view language : {"zh", "en"}) {
      std::string text = in_language(context, word, language);
      if (std::ranges::find(marks.states, text, &std::pair<std::string, Mark::State>::first) == marks.states.end())
        marks.states.emplace_back(std::move(text), state);
    }
  }
  marks.states.emplace_back("~", Mark::State::no_entry);
  marks.states.emplace_back("", Mark::State::no_entry);
  // Who has no mark in the form and none in the folder was not examined.
  sheet = chosen_rows(sheet, [&](std::size_t row) {
    const auto student = data.find_student(narrow(cell_text(sheet.cell(row, form.columns.at("student")))));
    return sheet.line(row) <= form.header || (student && exam.row_of(*student)) ||
           std::ranges::any_of(columns, [&](std::size_t column) { return !cell_text(sheet.cell(row, column)).empty(); });
  });
  return mapping;
}

}  // namespace help
