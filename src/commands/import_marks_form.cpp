// SPDX-License-Identifier: MIT
// Forms of marks that somebody filled in.
#include <algorithm>
#include <set>

#include "commands/import_forms.hpp"
#include "diag/nearest.hpp"
#include "model/code_name.hpp"
#include "store/cell_text.hpp"
#include "store/derived_total.hpp"
#include "store/sheet_rows.hpp"
#include "store/title_words.hpp"

namespace help {
namespace {

/// The text of a title or word that the program itself made, as a mapping would say it.
MappedText made_text(std::string text) { return {.text = std::move(text), .from = 0, .until = 1}; }

std::string subject_without_brackets(const std::string& title) {
  return cell_text(std::string_view(title).substr(0, std::min(title.find("（"), title.find('('))));
}

/// What a form of marks says of its exam; every row says the same.
class ExamOfForm {
 public:
  ExamOfForm(const Context& context, const FoundForm& form, const Sheet& sheet, const std::set<std::size_t>& of_nobody,
             std::vector<Message>& refusals)
      : context_(context), data_(context.data), form_(form), sheet_(sheet), of_nobody_(of_nobody), refusals_(refusals) {}

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
      const bool is_passed_over = sheet_.line(row) <= form_.header || of_nobody_.contains(row);
      const std::string text = is_passed_over ? std::string() : cell_text(sheet_.cell(row, column->second));
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
  const std::set<std::size_t>& of_nobody_;
  std::vector<Message>& refusals_;
};

/// Reads what stands behind the fields of the form: marks, and what follows from them.
class MarksForm {
 public:
  MarksForm(const Dataset& data, const FoundForm& form, const Sheet& sheet, const Exam* exam, std::vector<Message>& refusals)
      : data_(data), form_(form), sheet_(sheet), exam_(exam), refusals_(refusals), titles_(sheet, form.header) {
    for (std::size_t at = 0; exam != nullptr && at < exam->subjects.size(); ++at) {
      known_.emplace_back(data_.subjects[exam->subjects[at].subject]);
    }
  }

  /// The columns of `mapping` and of its exam.
  void read(Mapping& mapping, MappedExam& exam) {
    mapping.student.id = title_of(form_.columns.at("student"));
    if (const auto name = form_.columns.find("name"); name != form_.columns.end()) mapping.student.name = title_of(name->second);
    if (const auto in = form_.columns.find("class"); in != form_.columns.end()) mapping.student.in.column = title_of(in->second);
    MarkColumns& marks = mapping.marks.emplace();
    is_blank_ =
        std::ranges::all_of(form_.others, [&](const auto& one) { return !subject_of(one.first, one.second) || is_empty(one.second); });
    std::vector<std::pair<std::size_t, bool>> totals;  // columns, and whether they are averages
    for (const auto& [title, column] : form_.others) {
      if (auto subject = subject_of(title, column)) {
        if (const std::string* name = name_in_folder(subject->name)) {
          refusals_.push_back(say("{0}: '{1}' is called {2} in the other exams; write it so", sheet_.name(), titles_.of(column), *name));
        }
        // One that is empty all the way down says nothing: another teacher fills it in.
        if (!is_blank_ && is_empty(column)) continue;
        exam.columns.emplace_back(marks.subjects.size(), title_of(column));
        marks.subjects.push_back(std::move(*subject));
        columns_.push_back(column);
        continue;
      }
      const auto meaning = derived_meaning(title);
      if (!meaning) {
        refuse(title, column, exam.id.text);
      } else if (*meaning == TitleMeaning::total || *meaning == TitleMeaning::average) {
        totals.emplace_back(column, *meaning == TitleMeaning::average);
      } else {
        mapping.left_out.push_back(title_of(column));
      }
    }
    if (columns_.empty() && refusals_.empty()) refusals_.push_back(say("{0}: no column of the form is a subject", sheet_.name()));
    for (const auto& [column, is_average] : totals) add_total(column, is_average, mapping, exam);
  }

  /// Those of the marks.
  [[nodiscard]] const std::vector<std::size_t>& columns() const { return columns_; }
  /// Whether no mark is filled in yet.
  [[nodiscard]] bool is_blank() const { return is_blank_; }

 private:
  // By its own titles: a form may be in either language.
  [[nodiscard]] MappedText title_of(std::size_t column) const { return made_text(titles_.of(column)); }

  [[nodiscard]] bool is_empty(std::size_t column) const {
    for (std::size_t row = titles_.first_row(); row < sheet_.row_count(); ++row) {
      if (!cell_text(sheet_.cell(row, column)).empty()) return false;
    }
    return true;
  }

  /// What the folder calls a subject that it does not know by this name; null: it has none of the same meaning.
  [[nodiscard]] const std::string* name_in_folder(const std::string& name) const {
    if (std::ranges::find(data_.subjects, name) != data_.subjects.end()) return nullptr;
    for (const auto& group : usual_subjects()) {
      const auto is_in = [&](const std::string& one) { return std::ranges::find(group, title_key(one)) != group.end(); };
      const auto known = is_in(name) ? std::ranges::find_if(data_.subjects, is_in) : data_.subjects.end();
      if (known != data_.subjects.end()) return &*known;
    }
    return nullptr;
  }

  std::optional<MappedSubject> subject_of(const std::string& title, std::size_t column) const {
    const auto with_full = subject_of_title(titles_.of(column));
    const std::string key = with_full ? title_key(with_full->name) : title;
    const auto at = std::ranges::find_if(known_, [&](std::string_view one) { return title_key(one) == key; }) - known_.begin();
    if (static_cast<std::size_t>(at) < known_.size()) {
      const ExamSubject& there = exam_->subjects[static_cast<std::size_t>(at)];
      MappedSubject subject{.name = data_.subjects[there.subject], .full = there.full, .pass = there.pass};
      // What the title says must be what the exam has: the plan compares them.
      if (with_full) subject.full = with_full->full;
      if (with_full && with_full->pass) subject.pass = with_full->pass;
      return subject;
    }
    if (exam_ != nullptr || !with_full) return std::nullopt;
    const auto meaning = meaning_of_title(key);
    if (meaning == TitleMeaning::total || meaning == TitleMeaning::average) return std::nullopt;
    MappedSubject subject = *with_full;
    const auto known = std::ranges::find(data_.subjects, key, [](const std::string& name) { return title_key(name); });
    if (known != data_.subjects.end()) subject.name = *known;
    return subject;
  }

  /// What a column means that follows from the marks, or is of no use: 总分, 语文排名, 备注. Nothing for others.
  [[nodiscard]] std::optional<TitleMeaning> derived_meaning(const std::string& title) const {
    const auto with_full = subject_of_title(title);
    const std::string key = with_full ? title_key(with_full->name) : title;
    if (const auto meaning = meaning_of_title(key)) {
      const bool is_derived = *meaning == TitleMeaning::total || *meaning == TitleMeaning::average || *meaning == TitleMeaning::rank;
      const bool is_of_no_use = *meaning == TitleMeaning::other || *meaning == TitleMeaning::number;
      return is_derived || is_of_no_use ? meaning : std::nullopt;
    }
    const auto is_subject = [&](std::string_view word) {
      const auto is_it = [&](std::string_view one) { return title_key(one) == word; };
      return std::ranges::any_of(known_, is_it) ||
             std::ranges::any_of(usual_subjects(), [&](const auto& group) { return std::ranges::find(group, word) != group.end(); });
    };
    for (const TitleParts& parts : parts_of_title(key)) {
      if (parts.second != TitleMeaning::mark && is_subject(parts.first)) return parts.second;
    }
    return std::nullopt;
  }

  /// A total that is that of the marks in most rows is checked in all; others may be of subjects that the form does not have.
  void add_total(std::size_t column, bool is_average, Mapping& mapping, MappedExam& exam) const {
    std::size_t checked = 0;
    std::size_t agreeing = 0;
    for (std::size_t row = titles_.first_row(); row < sheet_.row_count(); ++row) {
      MarkSum sum{.all = columns_.size()};
      for (const std::size_t one : columns_) {
        const auto mark = mark_of_text(cell_text(sheet_.cell(row, one)));
        sum.hundredths += mark.value_or(0);
        sum.present += mark ? 1U : 0U;
      }
      // Formulas give 0 for those who have no marks yet.
      const auto agrees = sum.present > 0 ? agrees_with(sheet_.cell(row, column), sum, is_average) : std::nullopt;
      checked += agrees ? 1U : 0U;
      agreeing += agrees == true ? 1U : 0U;
    }
    if (2 * agreeing <= checked) {
      mapping.left_out.push_back(title_of(column));
      return;
    }
    MappedTotal total{.column = title_of(column), .of = {}, .is_average = is_average};
    for (std::size_t at = 0; at < columns_.size(); ++at) total.of.push_back(at);
    exam.totals.push_back(std::move(total));
  }

  void refuse(const std::string& title, std::size_t column, const std::string& exam) {
    const std::string shown = titles_.of(column);
    const auto with_full = subject_of_title(shown);
    const auto near = nearest(with_full ? title_key(with_full->name) : title, known_);
    if (exam_ == nullptr) {
      const Message example = title_with_full({.name = subject_without_brackets(shown), .full = 10'000, .pass = 6'000});
      refusals_.push_back(say("{0}: the title '{1}' does not say the full mark, like {2}; if no marks stand there: --column '{1}=-'",
                              sheet_.name(), shown, example));
    } else if (near) {
      refusals_.push_back(say("{0}: the exam {1} has no subject '{2}'; did you mean '{3}'? If no marks stand there: --column '{2}=-'",
                              sheet_.name(), exam, shown, *near));
    } else {
      refusals_.push_back(
          say("{0}: the exam {1} has no subject '{2}'. If no marks stand there, leave the column out: --column '{2}=-'; "
              "if it is a subject of this exam, grades/{1}.yaml has to say it first, with its full mark",
              sheet_.name(), exam, shown));
    }
  }

  const Dataset& data_;
  const FoundForm& form_;
  const Sheet& sheet_;
  const Exam* exam_;
  std::vector<Message>& refusals_;
  SheetTitles titles_;
  std::vector<std::string_view> known_;  ///< subjects of the exam, if it is there
  std::vector<std::size_t> columns_;
  bool is_blank_ = false;
};

/// Totals, remarks and places to sign below the form.
std::set<std::size_t> rows_of_nobody(const Dataset& data, const FoundForm& form, const Sheet& sheet) {
  WhoseRow whose;
  for (const auto& [key, column] : form.columns) {
    if (key == "student" || key == "name") whose.who.push_back(column);
    whose.asked.push_back(column);
  }
  for (const auto& [title, column] : form.others) whose.asked.push_back(column);
  whose.is_somebody = [&data](const std::string& text) {
    return data.find_student(narrow(text)) ||
           std::ranges::any_of(data.students, [&](const Student& one) { return name_key(one.name) == name_key(text); });
  };
  std::set<std::size_t> rows;
  for (std::size_t row = SheetTitles(sheet, form.header).first_row(); row < sheet.row_count(); ++row) {
    if (word_of_nobody(sheet, row, whose)) rows.insert(row);
  }
  return rows;
}

void add_states_of_form(const Context& context, MarkColumns& marks) {
  for (const auto& [state, word] : state_words()) {
    marks.states.emplace_back(to_string(Mark(state)), state);
    for (const std::string_view language : {"zh", "en"}) {
      std::string text = in_language(context, word, language);
      if (std::ranges::find(marks.states, text, &std::pair<std::string, Mark::State>::first) == marks.states.end())
        marks.states.emplace_back(std::move(text), state);
    }
  }
  marks.states.emplace_back("作弊", Mark::State::voided);
  marks.states.emplace_back("~", Mark::State::no_entry);
  marks.states.emplace_back("", Mark::State::no_entry);
}

/// Takes off those lines the rows whose student has another one that is read and not as it was written: the two are compared.
template <typename IsRead>
void leave_alone(const FoundForm& form, const Sheet& sheet, const IsRead& is_read, std::set<std::uint32_t>& as_written) {
  const auto student_on = [&](std::size_t row) { return narrow(cell_text(sheet.cell(row, form.columns.at("student")))); };
  std::set<std::string> others;
  for (std::size_t row = 0; !as_written.empty() && row < sheet.row_count(); ++row) {
    if (!as_written.contains(sheet.line(row)) && is_read(row)) others.insert(student_on(row));
  }
  for (std::size_t row = 0; !others.empty() && row < sheet.row_count(); ++row) {
    if (others.contains(student_on(row))) as_written.erase(sheet.line(row));
  }
}

}  // namespace

std::optional<Mapping> mapping_of_marks_form(const Context& context, const FoundForm& form, Sheet& sheet,
                                             std::set<std::uint32_t>& as_written, std::vector<Message>& refusals) {
  const Dataset& data = context.data;
  const std::set<std::size_t> of_nobody = rows_of_nobody(data, form, sheet);
  std::optional<ExamIndex> exam_index;
  auto mapped = ExamOfForm(context, form, sheet, of_nobody, refusals).read(exam_index);
  if (!mapped) return std::nullopt;
  const Exam* const exam = exam_index ? &data.exams[*exam_index] : nullptr;
  Mapping mapping{.path = sheet.name(), .id = "marks", .header = form.header};
  mapping.told_at = sheet.name();
  mapping.told_line = form.header;
  MarksForm read(data, form, sheet, exam, refusals);
  read.read(mapping, *mapped);
  if (!refusals.empty()) return std::nullopt;
  mapping.marks->exams.push_back(std::move(*mapped));
  add_states_of_form(context, *mapping.marks);
  // Who has no mark in the form and none in the folder was not examined.
  const std::vector<std::size_t> columns = read.columns();
  const auto is_above_or_of_nobody = [&](std::size_t row) { return sheet.line(row) <= form.header || of_nobody.contains(row); };
  const auto is_read = [&](std::size_t row) {
    if (is_above_or_of_nobody(row) || read.is_blank()) return false;
    const auto student = data.find_student(narrow(cell_text(sheet.cell(row, form.columns.at("student")))));
    return (student && exam != nullptr && exam->row_of(*student)) ||
           std::ranges::any_of(columns, [&](std::size_t column) { return !cell_text(sheet.cell(row, column)).empty(); });
  };
  leave_alone(form, sheet, is_read, as_written);
  sheet = chosen_rows(
      sheet, [&](std::size_t row) { return is_above_or_of_nobody(row) || (is_read(row) && !as_written.contains(sheet.line(row))); });
  return mapping;
}

}  // namespace help
