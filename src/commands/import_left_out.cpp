// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <optional>

#include "commands/import.hpp"
#include "model/class_finder.hpp"
#include "store/cell_text.hpp"
#include "store/title_words.hpp"

namespace help {
namespace {

/// Looks at what the mapping of a table leaves out.
class LeftOut {
 public:
  LeftOut(const Dataset& data, const ReadTable& table)
      : data_(data), mapping_(table.mapping), sheet_(table.sheet), form_(table.form), titles_(row_of_line(sheet_, form_.header)) {
    first_row_ = titles_ ? *titles_ + 1 : 0;
  }

  void check(const std::vector<std::pair<std::string, std::string>>& said, bool is_header_said, Diagnostics& problems) const {
    if (!titles_) return;
    if (!is_header_said) check_above(problems);
    for (std::size_t column = 0; column < sheet_.width(*titles_); ++column) {
      const std::string title = cell_text(sheet_.cell(*titles_, column));
      const std::string key = title_key(title);
      if (std::ranges::any_of(said, [&](const auto& one) { return title_key(one.first) == key; })) continue;
      if (meaning_of_title(key) == TitleMeaning::exam_name) check_exams(column, title, problems);
      if (key == "年级" || key == "级" || key == "grade") check_grades(column, title, problems);
    }
  }

  [[nodiscard]] std::set<int> grades() const {
    std::set<int> found;
    const Date day = first_day();
    const auto id = place_of(mapping_.student.id);
    for (std::size_t row = first_row_; id && row < sheet_.row_count(); ++row) {
      const auto student = data_.find_student(narrow(cell_text(sheet_.cell(row, *id))));
      const auto in = student ? data_.class_of(*student, day) : std::nullopt;
      if (in) found.insert(data_.grade_of(*in, day));
    }
    if (!found.empty()) return found;
    for (std::size_t row = first_row_; row < sheet_.row_count(); ++row) {
      if (const auto in = class_in(row)) found.insert(data_.grade_of(*in, day));
      if (!class_column()) break;
    }
    return found;
  }

 private:
  [[nodiscard]] std::optional<std::size_t> place_of(const MappedText& title) const {
    return title.given() ? column_of(sheet_, form_.header, title.text) : std::nullopt;
  }

  [[nodiscard]] const ClassColumn& class_said() const {
    const bool is_of_roster = mapping_.roster && !mapping_.student.in.column.given() && !mapping_.student.in.fixed.given();
    return is_of_roster ? mapping_.roster->in : mapping_.student.in;
  }
  [[nodiscard]] std::optional<std::size_t> class_column() const { return place_of(class_said().column); }

  [[nodiscard]] std::optional<ClassIndex> class_in(std::size_t row) const {
    const ClassColumn& said = class_said();
    const auto column = class_column();
    if (!column) return data_.find_class(said.fixed.text);
    const std::string text = cell_text(sheet_.cell(row, *column));
    const auto name = std::ranges::find(said.names, text, &std::pair<std::string, std::string>::first);
    if (name != said.names.end()) return data_.find_class(name->second);
    const auto [known, is_first] = classes_.try_emplace(text);
    if (is_first) known->second = find_classes(data_, text).one();
    return known->second;
  }

  [[nodiscard]] Date first_day() const {
    if (mapping_.roster) return mapping_.roster->from;
    return mapping_.marks ? mapping_.marks->exams.front().date : Date{};
  }

  // A page above the titles may hold a heading, but no student.
  void check_above(Diagnostics& problems) const {
    const auto id = place_of(mapping_.student.id);
    const auto name = place_of(mapping_.roster ? mapping_.roster->name : mapping_.student.name);
    std::set<std::string> names;
    if (*titles_ > 0) {
      for (const Student& student : data_.students) names.insert(name_key(student.name));
    }
    for (std::size_t row = 0; row < *titles_; ++row) {
      const bool is_known = (id && data_.find_student(narrow(cell_text(sheet_.cell(row, *id))))) ||
                            (name && names.contains(name_key(cell_text(sheet_.cell(row, *name)))));
      if (!is_known) continue;
      problems.push_back(
          {.code = "import/two-tables",
           .where = {.path = sheet_.name(), .line = sheet_.is_transposed() ? 0 : sheet_.line(row)},
           .message = say("a student of the roster stands above the titles: {0} is before {1}", sheet_.line(row), sheet_.line(*titles_)),
           .hint = say("let the titles stand above all students")});
      return;
    }
  }

  void check_exams(std::size_t column, const std::string& title, Diagnostics& problems) const {
    const bool is_read = mapping_.marks && mapping_.marks->one_a_row && mapping_.marks->one_a_row->exam.given() &&
                         title_key(mapping_.marks->one_a_row->exam.text) == title_key(title);
    if (!mapping_.marks || is_read || mapping_.asked("exam") == nullptr) return;
    const std::string& id = mapping_.marks->exams.front().id.text;
    std::set<std::string> texts;
    for (std::size_t row = first_row_; row < sheet_.row_count() && texts.size() < 2; ++row) {
      if (std::string text = cell_text(sheet_.cell(row, column)); !text.empty()) texts.insert(std::move(text));
    }
    if (texts.size() > 1) {
      unclear(problems,
              say("the column '{0}' names several exams, '{1}' and '{2}', and --exam only one", title, *texts.begin(), *texts.rbegin()),
              say("make a table of each exam; or without --exam, if the folder has them all"));
    } else if (texts.size() == 1 && names_another(*texts.begin(), id)) {
      unclear(problems, say("the column '{0}' says '{1}', which is another exam than {2}", title, *texts.begin(), id),
              say("which is right? to leave the column out: --column '{0}=-'", title));
    }
  }

  [[nodiscard]] bool names_another(const std::string& text, const std::string& id) const {
    bool is_known = false;
    for (const Exam& exam : data_.exams) {
      if (title_key(exam.id) != title_key(text) && title_key(exam.name) != title_key(text)) continue;
      if (exam.id == id) return false;
      is_known = true;
    }
    return is_known;
  }

  void check_grades(std::size_t column, const std::string& title, Diagnostics& problems) const {
    const auto classes = class_column();
    std::map<std::string, std::string> grade_of_text;
    for (std::size_t row = first_row_; row < sheet_.row_count(); ++row) {
      const std::string grade = cell_text(sheet_.cell(row, column));
      if (grade.empty()) continue;
      const std::string text = classes ? cell_text(sheet_.cell(row, *classes)) : class_said().fixed.text;
      if (text.empty()) continue;
      const auto [known, is_first] = grade_of_text.try_emplace(text, grade);
      const auto in = class_in(row);
      if (title_key(known->second) != title_key(grade)) {
        unclear(problems, say("class '{0}' stands with the grades '{1}' and '{2}': it is not one class", text, known->second, grade),
                say("write the whole name of the class into its column, like 七（1）班"));
        return;
      }
      if (is_first && in && is_other_grade(grade, *in)) {
        unclear(problems,
                say("line {0}: the column '{1}' says '{2}', but class {3} is of another grade", sheet_.line(row), title, grade,
                    data_.classes[*in].id),
                say("which is right? to leave the column out: --column '{0}=-'", title));
        return;
      }
    }
  }

  [[nodiscard]] bool is_other_grade(const std::string& words, ClassIndex in) const {
    const auto grade = grade_of_words(narrow(words));
    if (!grade) return false;
    if (!mapping_.marks) return data_.grade_of(in, first_day()) != *grade;
    return std::ranges::none_of(mapping_.marks->exams, [&](const MappedExam& exam) { return data_.grade_of(in, exam.date) == *grade; });
  }

  void unclear(Diagnostics& problems, Message message, Message hint) const {
    problems.push_back(
        {.code = "import/unclear-column", .where = {.path = sheet_.name()}, .message = std::move(message), .hint = std::move(hint)});
  }

  const Dataset& data_;
  const Mapping& mapping_;
  const Sheet& sheet_;
  const TableForm& form_;
  std::optional<std::size_t> titles_;
  std::size_t first_row_ = 0;
  mutable std::map<std::string, std::optional<ClassIndex>> classes_;
};

}  // namespace

void check_left_out(const Dataset& data, const ReadTable& table, const std::vector<std::pair<std::string, std::string>>& left_out,
                    Diagnostics& problems) {
  const bool is_header_said = table.origin != MappingOrigin::guessed && table.mapping.header.has_value();
  LeftOut(data, table).check(left_out, is_header_said, problems);
}

std::set<int> grades_in(const Dataset& data, const ReadTable& table) { return LeftOut(data, table).grades(); }

}  // namespace help
