// SPDX-License-Identifier: MIT
#include "commands/import_options.hpp"

#include <algorithm>
#include <set>

#include "commands/import_record_rows.hpp"
#include "diag/nearest.hpp"
#include "store/cell_text.hpp"
#include "store/student_by_name.hpp"

namespace help {
namespace {

struct OptionUse {
  std::string_view option;
  bool (*is_given)(const ImportOptions&);
  std::uint32_t serves;  ///< imports with any of these traits
  Message why;           ///< it has no use where there are none of them
};

constexpr std::uint32_t bit(ImportTrait trait) { return static_cast<std::uint32_t>(trait); }

template <typename... Traits>
constexpr std::uint32_t any_of_traits(Traits... traits) {
  return (bit(traits) | ...);
}

bool has_pair(const std::vector<std::string>& typed) {
  return std::ranges::any_of(typed, [](const std::string& one) { return one.find('=') != std::string::npos; });
}

bool has_plain(const std::vector<std::string>& typed) {
  return std::ranges::any_of(typed, [](const std::string& one) { return one.find('=') == std::string::npos; });
}

const std::vector<OptionUse>& option_uses() {
  using enum ImportTrait;
  static const Message says_it = say("the table, or its mapping, says it");
  static const Message no_guess = say("it is for a table whose titles are guessed");
  static const Message no_table = say("a form is made, no table read");
  static const std::vector<OptionUse> uses{
      {"FILE", [](const ImportOptions& typed) { return !typed.file.empty(); }, bit(of_table), no_table},
      {"--map", [](const ImportOptions& typed) { return !typed.map.empty(); }, bit(mapping_may_be_said), no_table},
      {"--exam", [](const ImportOptions& typed) { return has_plain(typed.exams); }, any_of_traits(asks_exam, blank_form), says_it},
      {"--exam", [](const ImportOptions& typed) { return has_pair(typed.exams) || typed.exams.size() > 1; }, bit(has_marks), says_it},
      {"--name", [](const ImportOptions& typed) { return !typed.name.empty(); }, any_of_traits(asks_exam, blank_form), says_it},
      {"--kind", [](const ImportOptions& typed) { return !typed.kind.empty(); }, any_of_traits(asks_exam, blank_form), says_it},
      {"--date", [](const ImportOptions& typed) { return !typed.date.empty(); }, any_of_traits(asks_exam, blank_form), says_it},
      {"--term", [](const ImportOptions& typed) { return !typed.term.empty(); }, any_of_traits(asks_exam, blank_form), says_it},
      {"--full", [](const ImportOptions& typed) { return !typed.full.empty(); }, any_of_traits(takes_full, blank_form), says_it},
      {"--subject", [](const ImportOptions& typed) { return !typed.subject.empty(); }, bit(asks_subject),
       say("the table names its subjects, or has no marks")},
      {"--class", [](const ImportOptions& typed) { return has_plain(typed.classes); }, any_of_traits(asks_class, blank_form), says_it},
      {"--class", [](const ImportOptions& typed) { return has_pair(typed.classes); }, bit(class_texts),
       say("no column of the table says the class")},
      {"--class", [](const ImportOptions& typed) { return typed.classes.size() > 1; }, any_of_traits(class_texts, blank_form),
       say("no column of the table says the class")},
      {"--grade", [](const ImportOptions& typed) { return !typed.grade.empty(); }, bit(blank_form), say("it is for a form that is made")},
      {"--from", [](const ImportOptions& typed) { return !typed.from.empty(); }, any_of_traits(asks_from, blank_form), says_it},
      {"--column", [](const ImportOptions& typed) { return !typed.columns.empty(); }, any_of_traits(is_guess, of_form), no_guess},
      {"--state", [](const ImportOptions& typed) { return !typed.states.empty(); }, bit(has_marks), say("the table has no marks")},
      {"--sheet", [](const ImportOptions& typed) { return !typed.sheet.empty(); }, bit(in_workbook), say("the table is no workbook")},
      {"--as", [](const ImportOptions& typed) { return !typed.answers.empty(); }, bit(by_name),
       say("it is for a table that is read by a mapping and says names without ids, of a class")},
      {"--add-students", [](const ImportOptions& typed) { return typed.add_students; }, bit(may_add_students), says_it},
      {"--skip-refused", [](const ImportOptions& typed) { return typed.skip_refused; }, bit(of_table), no_table},
      {"--replace", [](const ImportOptions& typed) { return typed.replace; }, bit(of_table), no_table},
      {"--yes", [](const ImportOptions& typed) { return typed.yes; }, bit(of_table), no_table}};
  return uses;
}

/// Where a table says names and their classes.
struct NameColumns {
  MappedText name;
  ClassColumn in;
};

NameColumns name_columns_of(const Mapping& mapping) {
  if (!mapping.records) return {.name = mapping.student.name, .in = mapping.student.in};
  NameColumns found;
  for (const MappedField& field : mapping.records->fields) {
    if (field.key.text == "student") found.name = field.column;
    if (field.key.text == "class") found.in = {.fixed = field.fixed, .column = field.column, .names = field.words};
  }
  return found;
}

/// Looks for what was said in the cells of a table.
class SaidInTable {
 public:
  SaidInTable(const Sheet& sheet, const TableForm& form, std::vector<Message>& refusals)
      : sheet_(sheet), form_(form), titles_(row_of_line(sheet, form.header)), refusals_(refusals) {}

  /// One of the `words`, compared by `key`; else it is refused.
  template <typename KeyOf>
  void find(std::string_view option, const std::string& said, const std::vector<std::string>& words, KeyOf key) {
    const auto is_it = [wanted = key(said), &key](const std::string& word) { return key(word) == wanted; };
    if (std::ranges::any_of(words, is_it)) return;
    const std::vector<std::string_view> known(words.begin(), words.end());
    const auto near = nearest(said, known);
    refusals_.push_back(near ? say("{0}: '{1}' stands nowhere in {2}; did you mean '{3}'?", option, said, sheet_.name(), *near)
                             : say("{0}: '{1}' stands nowhere in {2}", option, said, sheet_.name()));
  }

  [[nodiscard]] std::vector<std::string> titles() const {
    std::vector<std::string> texts;
    for (std::size_t column = 0; titles_ && column < sheet_.width(*titles_); ++column) {
      if (std::string text = cell_text(sheet_.cell(*titles_, column)); !text.empty()) texts.push_back(std::move(text));
    }
    return texts;
  }

  /// What stands below a title, each text once; the empty one too.
  [[nodiscard]] std::set<std::string> texts_below(const MappedText& title) const {
    std::set<std::string> texts;
    const auto column = title.given() ? column_of(sheet_, form_.header, title.text) : std::nullopt;
    for (std::size_t row = titles_ ? *titles_ + 1 : 0; column && row < sheet_.row_count(); ++row) {
      texts.insert(cell_text(sheet_.cell(row, *column)));
    }
    return texts;
  }

 private:
  const Sheet& sheet_;
  const TableForm& form_;
  std::optional<std::size_t> titles_;
  std::vector<Message>& refusals_;
};

std::vector<std::string> list_of_texts(const std::set<std::string>& texts) { return {texts.begin(), texts.end()}; }

/// The titles of the columns in which marks stand.
std::vector<MappedText> titles_of_marks(const MarkColumns& marks) {
  std::vector<MappedText> titles;
  if (marks.one_a_row) titles.push_back(marks.one_a_row->mark);
  for (const MappedExam& exam : marks.exams) {
    for (const auto& [subject, title] : exam.columns) titles.push_back(title);
  }
  return titles;
}

const ClassColumn& class_column_of(const Mapping& mapping) {
  return mapping.roster && !mapping.student.in.column.given() ? mapping.roster->in : mapping.student.in;
}

}  // namespace

std::vector<UnusedOption> unused_options(const ImportOptions& options, std::uint32_t traits) {
  std::vector<UnusedOption> unused;
  for (const OptionUse& use : option_uses()) {
    if (use.is_given(options) && (use.serves & traits) == 0) unused.push_back({use.option, use.why});
  }
  return unused;
}

std::uint32_t traits_of_form(bool is_blank, bool is_workbook) {
  if (is_blank) return bit(ImportTrait::blank_form);
  return any_of_traits(ImportTrait::of_table, ImportTrait::of_form) | (is_workbook ? bit(ImportTrait::in_workbook) : 0U);
}

std::uint32_t traits_of_table(const ReadTable& table, const ImportOptions& options) {
  using enum ImportTrait;
  const Mapping& mapping = table.mapping;
  const bool is_by_name = mapping.student.by_name();
  const bool is_guessed = table.origin == MappingOrigin::guessed;
  const bool adds_students = options.add_students && mapping.marks;
  std::uint32_t traits = any_of_traits(of_table, mapping_may_be_said);
  const auto add = [&traits](ImportTrait trait, bool holds) { traits |= holds ? bit(trait) : 0U; };
  add(is_guess, is_guessed);
  add(has_marks, mapping.marks.has_value());
  add(asks_exam, mapping.marks && mapping.asked("exam") != nullptr);
  add(takes_full, mapping.marks && (mapping.asked("exam") != nullptr || is_guessed));
  add(asks_subject, table.asks_subject);
  add(asks_class, mapping.asked("class") != nullptr || (adds_students && !mapping.student.in.column.given()));
  add(class_texts, class_column_of(mapping).column.given());
  add(asks_from, mapping.asked("from") != nullptr || adds_students);
  const auto has_field = [&mapping](std::string_view key) {
    return mapping.records && std::ranges::any_of(mapping.records->fields, [key](const MappedField& one) { return one.key.text == key; });
  };
  add(by_name, (mapping.marks && is_by_name) || (has_field("student") && has_field("class")));
  // With names alone it is told that a new student needs an id.
  add(may_add_students, mapping.marks.has_value() && !mapping.roster);
  add(in_workbook, table.form.workbook.has_value());
  return traits;
}

void check_titles_said(const GuessRequest& said, const Sheet& sheet, const TableForm& form, std::vector<Message>& refusals) {
  SaidInTable table(sheet, form, refusals);
  for (const auto& [title, word] : said.columns) table.find("--column", title, table.titles(), title_key);
}

void check_what_was_said(const Dataset& data, const GuessRequest& said, const ReadTable& read, std::vector<Message>& refusals) {
  SaidInTable table(read.sheet, read.form, refusals);
  const Mapping& mapping = read.mapping;
  const auto as_it_stands = [](const std::string& text) { return text; };
  if (mapping.marks && !said.exams.empty()) {
    std::vector<std::string> words = table.titles();
    if (mapping.marks->one_a_row) {
      for (const std::string& text : table.texts_below(mapping.marks->one_a_row->exam)) words.push_back(text);
    }
    for (const auto& [text, id] : said.exams) table.find("--exam", text, words, title_key);
  }
  if (!said.classes.empty()) {
    const std::vector<std::string> words = list_of_texts(table.texts_below(class_column_of(mapping).column));
    for (const auto& [text, id] : said.classes) table.find("--class", text, words, as_it_stands);
  }
  if (mapping.marks && !said.states.empty()) {
    std::set<std::string> texts;
    for (const MappedText& title : titles_of_marks(*mapping.marks)) texts.merge(table.texts_below(title));
    for (const auto& [text, state] : said.states) table.find("--state", text, list_of_texts(texts), as_it_stands);
  }
  if (mapping.marks) {
    std::vector<std::string> subjects;
    for (const MappedSubject& subject : mapping.marks->subjects) subjects.push_back(subject.name);
    const std::vector<std::string_view> known(subjects.begin(), subjects.end());
    for (const MappedSubject& subject : said.subjects) {
      if (std::ranges::find(subjects, subject.name) != subjects.end()) continue;
      const auto near = nearest(subject.name, known);
      refusals.push_back(near ? say("--full: the table has no subject '{0}'; did you mean '{1}'?", subject.name, *near)
                              : say("--full: the table has no subject '{0}'", subject.name));
    }
  }
  // Whom a name means is said of a class, too.
  if (read.answered.empty()) return;
  const auto titles = row_of_line(read.sheet, read.form.header);
  const NameColumns named = name_columns_of(mapping);
  const auto name = column_of(read.sheet, read.form.header, named.name.text);
  const auto in = named.in.column.given() ? column_of(read.sheet, read.form.header, named.in.column.text) : std::nullopt;
  const auto has_name = [&](const std::string& cell, const std::string& wanted) {
    const auto is_it = [&](const std::string& one) { return name_key(one) == name_key(wanted); };
    return mapping.records ? std::ranges::any_of(RecordRows::people(cell), is_it) : is_it(cell);
  };
  for (const Alias& alias : read.answered) {
    bool is_there = false;
    for (std::size_t row = titles ? *titles + 1 : 0; name && !is_there && row < read.sheet.row_count(); ++row) {
      if (!has_name(cell_text(read.sheet.cell(row, *name)), alias.name)) continue;
      const std::string its_text = in ? cell_text(read.sheet.cell(row, *in)) : named.in.fixed.text;
      const auto its_class = class_of_text(data.classes, named.in, its_text, school_year_of(data.calendar, mapping)).one;
      is_there = its_class && data.classes[*its_class].id == alias.in;
    }
    if (!is_there) refusals.push_back(say("--as: no row of {0} is called '{1}' in {2}", read.sheet.name(), alias.name, alias.in));
  }
}

}  // namespace help
