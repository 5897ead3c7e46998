// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <optional>

#include "commands/import.hpp"
#include "render/render.hpp"
#include "store/cell_text.hpp"
#include "store/title_words.hpp"

namespace help {
namespace {

/// What one column means: a word for machines, the subject and exam of marks, and the same for people.
struct ColumnMeaning {
  std::string_view is;
  std::string subject = {};
  std::string exam = {};
  Message text = {};
};

/// Finds the columns of a mapping by their titles; the titles of a table without titles are their numbers.
class ColumnMeanings {
 public:
  explicit ColumnMeanings(const ReadTable& table)
      : mapping_(table.mapping), has_titles_(table.form.header != 0), is_form_(table.origin == MappingOrigin::form) {}

  [[nodiscard]] ColumnMeaning of(const std::string& title) const {
    if (const auto meaning = of_student(title)) return *meaning;
    if (const auto meaning = of_marks(title)) return *meaning;
    return left_out(title);
  }

  /// Whether it is a total that is compared with the marks, or was left out.
  [[nodiscard]] bool is_beside_form(const std::string& title) const {
    const auto is_it = [&](const MappedText& one) { return is(one, title); };
    const auto has_total = [&](const MappedExam& exam) { return std::ranges::any_of(exam.totals, is_it, &MappedTotal::column); };
    return std::ranges::any_of(mapping_.left_out, is_it) || (mapping_.marks && std::ranges::any_of(mapping_.marks->exams, has_total));
  }

 private:
  [[nodiscard]] bool is(const MappedText& mapped, const std::string& title) const {
    return mapped.given() && (has_titles_ ? title_key(mapped.text) == title_key(title) : mapped.text == title);
  }

  [[nodiscard]] std::optional<ColumnMeaning> of_student(const std::string& title) const {
    const StudentColumns& student = mapping_.student;
    const auto* roster = mapping_.roster ? &*mapping_.roster : nullptr;
    if (is(student.id, title)) return ColumnMeaning{.is = "id", .text = say("the student's id")};
    if (is(student.name, title) || (roster != nullptr && is(roster->name, title))) {
      return ColumnMeaning{.is = "name", .text = say("the student's name")};
    }
    if (is(student.in.column, title) || (roster != nullptr && is(roster->in.column, title))) {
      return ColumnMeaning{.is = "class", .text = say("the student's class")};
    }
    if (roster != nullptr && is(roster->transferred, title)) {
      return ColumnMeaning{.is = "transferred", .text = say("the day on which the student came from another school")};
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<ColumnMeaning> of_marks(const std::string& title) const {
    if (!mapping_.marks) return std::nullopt;
    const MarkColumns& marks = *mapping_.marks;
    for (const MappedExam& exam : marks.exams) {
      for (const auto& [subject, column] : exam.columns) {
        if (!is(column, title)) continue;
        const std::string& name = marks.subjects[subject].name;
        return ColumnMeaning{
            .is = "mark",
            .subject = name,
            .exam = exam.id.text,
            .text = marks.exams.size() > 1 ? say("marks in {0}, exam {1}", name, exam.id.text) : say("marks in {0}", name)};
      }
    }
    for (const MappedExam& exam : marks.exams) {
      for (const MappedTotal& total : exam.totals) {
        if (!is(total.column, title)) continue;
        return ColumnMeaning{
            .is = "total",
            .exam = exam.id.text,
            .text = total.is_average ? say("compared with the average of the marks") : say("compared with the total of the marks")};
      }
    }
    if (!marks.one_a_row) return std::nullopt;
    if (is(marks.one_a_row->exam, title)) return ColumnMeaning{.is = "exam", .text = say("which exam")};
    if (is(marks.one_a_row->subject, title)) return ColumnMeaning{.is = "subject", .text = say("which subject")};
    if (is(marks.one_a_row->mark, title)) return ColumnMeaning{.is = "mark", .text = say("marks")};
    return std::nullopt;
  }

  [[nodiscard]] ColumnMeaning left_out(const std::string& title) const {
    return {.is = "left-out", .text = title.empty() ? say("left out: it has no title") : why_left_out(title_key(title))};
  }

  [[nodiscard]] Message why_left_out(const std::string& key) const {
    std::optional<TitleMeaning> meaning = meaning_of_title(key);
    for (const TitleParts& parts : parts_of_title(key)) {
      if (!meaning && parts.second == TitleMeaning::rank) meaning = parts.second;
    }
    // Nothing else of a form is left out without a word.
    if (!meaning) return is_form_ ? say("left out, as --column says") : say("left out: no word that is known here");
    switch (*meaning) {
      case TitleMeaning::total:
      case TitleMeaning::average:
        return mapping_.marks ? say("left out: it is not the total or average of the marks here") : say("left out: not needed");
      case TitleMeaning::rank:
        return say("left out: a rank, which follows from the marks");
      case TitleMeaning::number:
        return say("left out: these are not the ids of students");
      default:
        return say("left out: not needed");
    }
  }

  const Mapping& mapping_;
  bool has_titles_;
  bool is_form_;
};

}  // namespace

Table columns_table(const ReadTable& table) {
  const TableForm& form = table.form;
  Table made{.key = "columns",
             .title = say("What the columns mean"),
             .columns = {{"column", form.transposed ? say("row") : say("column")},
                         {"title", say("title")},
                         {"is", say("is"), Align::left, false},
                         {"subject", say("subject"), Align::left, false},
                         {"exam", say("exam"), Align::left, false},
                         {"meaning", say("meaning")}}};
  const ColumnMeanings meanings(table);
  const Sheet& sheet = table.sheet;
  const auto row = row_of_line(sheet, form.header);
  const std::size_t width = row ? sheet.width(*row) : sheet.row_count() > 0 ? sheet.width(0) : 0;
  for (std::size_t column = 0; column < width; ++column) {
    std::string title = row ? cell_text(sheet.cell(*row, column)) : std::to_string(column + 1);
    // The columns of a form are what their titles say; what somebody has put beside them is told.
    if (table.origin == MappingOrigin::form && !meanings.is_beside_form(title)) continue;
    const ColumnMeaning meaning = meanings.of(title);
    std::erase_if(title, [](char sign) { return sign == '\r' || sign == '\n'; });
    const std::string place = form.transposed ? std::to_string(sheet.line_of_column(column))
                              : form.workbook ? column_letters(column)
                                              : std::to_string(column + 1);
    const auto given = [](const std::string& text) { return text.empty() ? Cell() : Cell(text); };
    made.rows.push_back({place, title, meaning.is, given(meaning.subject), given(meaning.exam), meaning.text});
  }
  return made;
}

}  // namespace help
