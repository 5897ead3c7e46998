// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "commands/command.hpp"
#include "store/mapping.hpp"
#include "store/sheet.hpp"
#include "store/table_form.hpp"

namespace help {

// Forms: tables that `help import --template` writes and `help import FILE` knows by their titles, in both languages.

enum class FormKind : std::uint8_t { marks, roster, talks, preferences, observations, counts, teaching, classes, staff, groups, archives };

/// The words of --template, in the order of FormKind.
inline constexpr std::array<std::string_view, 11> form_words{"marks",    "roster",  "talks", "preferences", "observations", "counts",
                                                             "teaching", "classes", "staff", "groups",      "archives"};

[[nodiscard]] std::string_view word_of(FormKind kind);
[[nodiscard]] std::optional<FormKind> form_called(std::string_view word);

/// One column of a form.
struct FormField {
  std::string_view key;
  Message title;
  FormEntry entry = FormEntry::text;
  bool must = false;         ///< a table without this title is no such form
  bool of_new_exam = false;  ///< only in a form for an exam that is not there yet
};

/// The columns of a form in their order. Marks and counts have others behind them: a subject each, a kind of count each.
[[nodiscard]] const std::vector<FormField>& fields_of(FormKind kind);
/// What people call a field of a form; empty for none.
[[nodiscard]] Message title_of_field(FormKind kind, std::string_view key);

/// A message in a language, where the command can say it.
[[nodiscard]] std::string in_language(const Context& context, const Message& message, std::string_view language);

/// A form that somebody filled in.
struct FoundForm {
  FormKind kind = FormKind::marks;
  std::uint32_t header = 1;                                 ///< line of the titles
  std::map<std::string_view, std::size_t> columns;          ///< by the key of the field
  std::vector<std::pair<std::string, std::size_t>> others;  ///< titles that are no field's, of marks and counts
};

/// What was said of a table that may be a form.
struct FormHints {
  std::string_view sheet;          ///< of a workbook; empty: the only one
  std::set<std::string> left_out;  ///< titles that are not read, as `title_key` compares them
};

/// The form that the sheet is: all of its titles stand in one of the first rows, in one language, and no others but those left out.
[[nodiscard]] std::optional<FoundForm> find_form(const Context& context, const Sheet& sheet, const FormHints& hints);

/// Why a sheet is nearly a form, with columns of its own behind or between those of the form, or without one that the form needs. Nothing
/// where it is something else.
[[nodiscard]] std::optional<Message> why_no_form(const Context& context, const Sheet& sheet, const FormHints& hints);

/// Whether the beginning of a file may be that of a form. A text is looked at, a workbook may always be one. `nearly`: why the file is
/// nearly a form.
[[nodiscard]] std::optional<FoundForm> read_form(const Context& context, const std::string& name, const std::string& bytes,
                                                 const FormHints& hints, Sheet& sheet, TableForm& how, std::optional<Message>& nearly,
                                                 Diagnostics& problems);

/// What a form of marks means, as a mapping; `sheet` loses the rows in which no mark stands and none is in the folder. Columns that
/// somebody has put behind the marks are compared with them (总分) or left out (名次, 备注). Nothing, with a refusal, where it cannot be
/// told which exam is meant, or what a column is. It also loses the rows on the lines `as_written`, which say nothing; those that stay
/// beside another row of their student, so that the two are compared, are taken off these.
[[nodiscard]] std::optional<Mapping> mapping_of_marks_form(const Context& context, const FoundForm& form, Sheet& sheet,
                                                           std::set<std::uint32_t>& as_written, std::vector<Message>& refusals);

/// What was said of an exam that is not there yet.
struct SaidExam {
  std::string name;
  std::optional<ExamKind> kind;
  std::optional<Date> date;
  std::string term;  ///< empty: that of the day
  std::vector<MappedSubject> subjects;

  [[nodiscard]] bool given() const { return !name.empty() || kind || date || !term.empty() || !subjects.empty(); }
};

/// Which form to make, for whom.
struct TemplateOptions {
  std::string kind;
  std::string exam;                  ///< marks: of which exam; counts: of which period
  std::vector<std::string> classes;  ///< only students of these classes; none: of all
  std::string grade;                 ///< only classes of this grade
  std::string from;                  ///< talks, preferences, observations: with the records from this day on
  SaidExam said;                     ///< marks of an exam that is not there yet
};

/// The form, with what the folder has in it.
[[nodiscard]] Answer answer_template(const Context& context, const TemplateOptions& options);

/// The title above the marks of a subject of an exam that is not there yet: with the full mark, and the pass mark where one was said.
[[nodiscard]] Message title_with_full(const MappedSubject& subject);
/// What such a title says, in either language; nothing for others.
[[nodiscard]] std::optional<MappedSubject> subject_of_title(std::string_view title);

/// The words that stand for no mark in a form, as a list for people.
[[nodiscard]] Message form_states();
/// The states of a mark that people write into a form, with their words.
[[nodiscard]] const std::vector<std::pair<Mark::State, Message>>& state_words();

}  // namespace help
