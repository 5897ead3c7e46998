// SPDX-License-Identifier: MIT
#include "commands/import_forms.hpp"

#include <algorithm>
#include <set>

#include "diag/nearest.hpp"
#include "model/code_name.hpp"
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
              {"exam-name", say("Name of the exam"), text, false, true},
              {"exam-kind", say("Kind of exam"), text, false, true},
              {"exam-date", say("Day of the exam"), date, false, true},
              {"exam-term", say("Term of the exam"), text, false, true},
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
              {"tags", say("Tags")},
              {"record", say("Record id")}};
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
              {"because", say("Reason")},
              {"record", say("Record id")}};
    case FormKind::observations:
      return {{"date", say("Date"), date, true},
              {"student", say("Student"), text, true},
              {"indicator", say("Indicator"), text, true},
              {"kind", say("Seen or gone"), text, true},
              {"by", say("Seen by"), text, true},
              {"because", say("Reason")},
              {"record", say("Record id")}};
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

Message title_of_field(FormKind kind, std::string_view key) {
  const auto& fields = fields_of(kind);
  const auto found = std::ranges::find(fields, key, &FormField::key);
  return found == fields.end() ? Message{} : found->title;
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

Message title_with_full(const MappedSubject& subject) {
  const std::string full = hundredths_to_string(subject.full);
  return subject.pass ? say("{0} (full mark {1}, pass mark {2})", subject.name, full, hundredths_to_string(*subject.pass))
                      : say("{0} (full mark {1})", subject.name, full);
}

std::optional<MappedSubject> subject_of_title(std::string_view title) {
  const std::string text = cell_text(title);
  const std::string key = narrow(text);
  const std::size_t open = key.rfind('(');
  if (open == std::string::npos || open == 0 || !key.ends_with(')')) return std::nullopt;
  // The same bracket in the text as it stands, for the name above all.
  const std::size_t wide = text.rfind("（");
  const std::size_t plain = text.rfind('(');
  const std::size_t place = wide == std::string::npos ? plain : plain == std::string::npos ? wide : std::max(wide, plain);
  const std::string inside = title_key(std::string_view(key).substr(open + 1, key.size() - open - 2));
  const std::size_t comma = inside.find(',');
  const auto mark_behind = [](std::string_view part, std::string_view zh, std::string_view en) -> std::optional<std::int32_t> {
    const std::string_view word = part.starts_with(zh) ? zh : en;
    return part.starts_with(word) ? mark_of_text(part.substr(word.size())) : std::nullopt;
  };
  const std::string_view parts = inside;
  const auto full = mark_behind(parts.substr(0, comma), "满分", "fullmark");
  if (!full || *full == 0) return std::nullopt;
  MappedSubject subject{.name = cell_text(std::string_view(text).substr(0, place)), .full = *full, .pass = {}};
  if (comma == std::string::npos) return subject;
  subject.pass = mark_behind(parts.substr(comma + 1), "及格", "passmark");
  return subject.pass && *subject.pass <= subject.full ? std::optional(subject) : std::nullopt;
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

std::optional<Message> why_no_form(const Context& context, const Sheet& sheet) {
  for (std::size_t row = 0; row < std::min(sheet.row_count(), rows_looked_at); ++row) {
    for (std::size_t at = 0; at < form_words.size(); ++at) {
      const auto kind = static_cast<FormKind>(at);
      for (const std::string_view language : {"zh", "en"}) {
        if (has_others(kind)) continue;
        std::vector<std::string> missing;
        std::set<std::string> titles;
        std::size_t needed = 0;
        for (const FormField& field : fields_of(kind)) {
          const std::string title = in_language(context, field.title, language);
          titles.insert(title_key(title));
          if (!field.must) continue;
          ++needed;
          bool is_there = false;
          for (std::size_t column = 0; column < sheet.width(row); ++column)
            is_there = is_there || title_key(sheet.cell(row, column)) == title_key(title);
          if (!is_there) missing.push_back(title);
        }
        std::string more;
        for (std::size_t column = 0; column < sheet.width(row); ++column) {
          const std::string title = cell_text(sheet.cell(row, column));
          if (!title.empty() && !titles.contains(title_key(title))) more += (more.empty() ? "" : ", ") + title;
        }
        if (missing.empty() && !more.empty()) {
          return say("{0}: this is the form {1} with columns that it does not have: {2}; remove them", sheet.name(), word_of(kind), more);
        }
        if (missing.size() == 1 && more.empty() && needed > 4) {
          return say("{0}: this is the form {1} without the column {2}; put it back, or say with --map what the table is", sheet.name(),
                     word_of(kind), missing.front());
        }
      }
    }
  }
  return std::nullopt;
}

std::optional<FoundForm> read_form(const Context& context, const std::string& name, const std::string& bytes, std::string_view wanted,
                                   Sheet& sheet, TableForm& how, std::optional<Message>& nearly, Diagnostics& problems) {
  if (begins_like_ole(bytes)) return std::nullopt;
  Diagnostics ignored;  // a table that is no form is read once more, and its problems are told then
  if (begins_like_xlsx(bytes)) {
    how.workbook.emplace();
    if (!read_xlsx(name, bytes, wanted, sheet, *how.workbook, ignored)) return std::nullopt;
    auto found = find_form(context, sheet);
    if (!found) nearly = why_no_form(context, sheet);
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
    if (!found && !nearly) nearly = why_no_form(context, first);
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

std::string subject_without_brackets(const std::string& title) {
  return cell_text(std::string_view(title).substr(0, std::min(title.find("（"), title.find('('))));
}

/// What a form of marks says of its exam; every row says the same.
class ExamOfForm {
 public:
  ExamOfForm(const Context& context, const FoundForm& form, const Sheet& sheet, std::vector<Message>& refusals)
      : context_(context), data_(context.data), form_(form), sheet_(sheet), refusals_(refusals) {}

  /// The exam; nothing after a refusal. `there` is that of the folder, if it has it.
  std::optional<MappedExam> read(std::optional<ExamIndex>& there) {
    const std::string id = narrow(text_of_rows("exam", [&](std::uint32_t line, const std::string& one, const std::string& other) {
      return say("{0}, line {1}: the form names two exams, {2} and {3}; make a form for each", sheet_.name(),
                 static_cast<std::int64_t>(line), one, other);
    }));
    const auto differ = [&](std::uint32_t line, const std::string& one, const std::string& other) {
      return say("{0}, line {1}: the form says two things of its exam, {2} and {3}; correct one", sheet_.name(),
                 static_cast<std::int64_t>(line), one, other);
    };
    const std::string name = text_of_rows("exam-name", differ);
    const auto kind = kind_of(text_of_rows("exam-kind", differ));
    const auto date = day_of_form(text_of_rows("exam-date", differ));
    const std::string term = text_of_rows("exam-term", differ);
    if (!refusals_.empty()) return std::nullopt;
    there = data_.find_exam(id);
    if (!there && (!kind || !date || !is_code_text(id))) {
      refuse_unknown(id);
      return std::nullopt;
    }
    MappedExam exam{
        .id = made_text(id), .name = name, .kind = kind.value_or(ExamKind::other), .term = made_text(term), .date = date.value_or(Date{})};
    if (there) {
      const Exam& known = data_.exams[*there];
      exam.name = name.empty() ? known.name : name;
      exam.kind = kind.value_or(known.kind);
      exam.date = date.value_or(known.date);
      exam.retests = known.retests;
    }
    if (term.empty()) {
      const auto of_day = data_.calendar.term_of(exam.date);
      const auto place = there ? std::optional(data_.exams[*there].term) : of_day;
      exam.term = made_text(place ? data_.calendar.terms[*place].id : std::string());
    }
    return exam;
  }

 private:
  template <typename Refusal>
  std::string text_of_rows(std::string_view key, const Refusal& refusal) {
    const auto column = form_.columns.find(key);
    std::string found;
    for (std::size_t row = 0; column != form_.columns.end() && row < sheet_.row_count(); ++row) {
      const std::string text = sheet_.line(row) <= form_.header ? std::string() : cell_text(sheet_.cell(row, column->second));
      if (text.empty() || meaning_of(key, text) == meaning_of(key, found)) continue;
      if (!found.empty()) {
        refusals_.push_back(refusal(sheet_.line(row), found, text));
        return found;
      }
      found = text;
    }
    return found;
  }

  /// Of two texts that mean the same.
  [[nodiscard]] std::string meaning_of(std::string_view key, const std::string& text) const {
    if (key == "exam-kind") {
      if (const auto kind = kind_called(text)) return std::string(help::word_of(*kind));
    }
    if (key == "exam-date") {
      if (const auto day = date_of_text(text)) return to_string(*day);
    }
    return narrow(text);
  }

  [[nodiscard]] std::optional<ExamKind> kind_called(const std::string& text) const {
    for (int at = 0; at <= static_cast<int>(ExamKind::other); ++at) {
      const auto kind = static_cast<ExamKind>(at);
      const auto is_it = [&](std::string_view language) { return text == in_language(context_, name_of(kind), language); };
      if (text == help::word_of(kind) || is_it("zh") || is_it("en")) return kind;
    }
    return std::nullopt;
  }

  std::optional<ExamKind> kind_of(const std::string& text) {
    const auto kind = kind_called(text);
    if (!kind && !text.empty()) refusals_.push_back(say("{0}: '{1}' is no kind of exam", sheet_.name(), text));
    return kind;
  }

  std::optional<Date> day_of_form(const std::string& text) {
    const auto day = date_of_text(text);
    if (!text.empty() && !day) refusals_.push_back(say("{0}: '{1}' is no date", sheet_.name(), text));
    return day;
  }

  void refuse_unknown(const std::string& id) {
    std::vector<std::string_view> known;
    for (const Exam& exam : data_.exams) known.push_back(exam.id);
    const auto near = nearest(id, known);
    refusals_.push_back(id.empty() ? say("{0}: no row of the form names its exam", sheet_.name())
                        : near     ? say("{0}: there is no exam '{1}'; did you mean '{2}'?", sheet_.name(), id, *near)
                                   : say("{0}: there is no exam '{1}'", sheet_.name(), id));
  }

  const Context& context_;
  const Dataset& data_;
  const FoundForm& form_;
  const Sheet& sheet_;
  std::vector<Message>& refusals_;
};

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
  std::optional<ExamIndex> exam_index;
  auto mapped = ExamOfForm(context, form, sheet, refusals).read(exam_index);
  if (!mapped) return std::nullopt;
  const Exam* const exam = exam_index ? &data.exams[*exam_index] : nullptr;
  Mapping mapping{.path = sheet.name(), .id = "marks", .header = form.header};
  mapping.told_at = sheet.name();
  mapping.told_line = form.header;
  // By its own titles: a form may be in either language.
  const auto title_of = [&](std::size_t column) {
    for (std::size_t row = 0; row < sheet.row_count(); ++row) {
      if (sheet.line(row) == form.header) return made_text(cell_text(sheet.cell(row, column)));
    }
    return MappedText{};
  };
  mapping.student.id = title_of(form.columns.at("student"));
  if (const auto name = form.columns.find("name"); name != form.columns.end()) mapping.student.name = title_of(name->second);
  if (const auto in = form.columns.find("class"); in != form.columns.end()) mapping.student.in.column = title_of(in->second);
  MarkColumns& marks = mapping.marks.emplace();
  std::vector<std::size_t> columns;
  std::vector<std::string_view> known;
  for (std::size_t at = 0; exam != nullptr && at < exam->subjects.size(); ++at)
    known.emplace_back(data.subjects[exam->subjects[at].subject]);
  for (const auto& [title, column] : form.others) {
    const MappedText shown = title_of(column);
    const auto with_full = subject_of_title(shown.text);
    const std::string key = with_full ? title_key(with_full->name) : title;
    const auto at = std::ranges::find_if(known, [&](std::string_view one) { return title_key(one) == key; }) - known.begin();
    MappedSubject subject;
    if (static_cast<std::size_t>(at) < known.size()) {
      const ExamSubject& there = exam->subjects[static_cast<std::size_t>(at)];
      subject = {.name = data.subjects[there.subject], .full = there.full, .pass = there.pass};
      // What the title says must be what the exam has: the plan compares them.
      if (with_full) subject.full = with_full->full;
      if (with_full && with_full->pass) subject.pass = with_full->pass;
    } else if (with_full && exam == nullptr) {
      subject = *with_full;
    } else {
      const std::string& id = mapped->id.text;
      const auto near = nearest(with_full ? with_full->name : title, known);
      refusals.push_back(
          exam == nullptr
              ? say("{0}: the title '{1}' does not say the full mark, like {2}", sheet.name(), shown.text,
                    in_language(context, title_with_full({.name = subject_without_brackets(shown.text), .full = 10'000, .pass = 6'000}),
                                context.language))
          : near ? say("{0}: the exam {1} has no subject '{2}'; did you mean '{3}'?", sheet.name(), id, title, *near)
                 : say("{0}: the exam {1} has no subject '{2}'; write it with its full mark in grades/{1}.yaml first", sheet.name(), id,
                       title));
      continue;
    }
    mapped->columns.emplace_back(marks.subjects.size(), shown);
    marks.subjects.push_back(std::move(subject));
    columns.push_back(column);
  }
  if (columns.empty() && refusals.empty()) refusals.push_back(say("{0}: no column of the form is a subject", sheet.name()));
  if (!refusals.empty()) return std::nullopt;
  marks.exams.push_back(std::move(*mapped));
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
    return sheet.line(row) <= form.header || (student && exam != nullptr && exam->row_of(*student)) ||
           std::ranges::any_of(columns, [&](std::size_t column) { return !cell_text(sheet.cell(row, column)).empty(); });
  });
  return mapping;
}

}  // namespace help
