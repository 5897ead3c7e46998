// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/dataset.hpp"
#include "model/date.hpp"
#include "model/mark.hpp"
#include "store/record_id.hpp"

namespace help {

/// `text` in double quotes, with `\"` and `\\`; line ends and tabs as `\n` `\r` `\t`, so that it stays on one line. `text` must be UTF-8
/// without the characters that the format refuses.
[[nodiscard]] std::string double_quoted(std::string_view text);

/// `text` as it stands where every YAML reader takes it for this text, inside brackets too; else in double quotes. Numbers,
/// booleans and nulls of YAML 1.1 and 1.2 are quoted; so is everything with a sign that could mean something.
[[nodiscard]] std::string plain_or_quoted(std::string_view text);

/// One record in the form in which the program writes it: `{key: value, …}` on one line, keys in the order of the calls.
class RecordLine {
 public:
  /// An id, a code, a name: without quotes where that is safe.
  RecordLine& word(std::string_view key, std::string_view text);
  /// An id that is always quoted (students).
  RecordLine& quoted_id(std::string_view key, std::string_view id);
  /// `["a", "b"]`: ids that are always quoted.
  RecordLine& quoted_ids(std::string_view key, std::span<const std::string> ids);
  /// A free text: always in double quotes.
  RecordLine& text(std::string_view key, std::string_view text);
  RecordLine& number(std::string_view key, std::int64_t number);
  RecordLine& mark(std::string_view key, std::int64_t hundredths);
  RecordLine& truth(std::string_view key, bool truth);
  RecordLine& date(std::string_view key, Date day);
  /// `from` and `until`, where the period has them.
  RecordLine& period(const Period& days);
  /// `[a, b]`, each as `word` writes it.
  RecordLine& words(std::string_view key, std::span<const std::string> texts);
  /// As `word`, `words`, `text`, where there is anything to write.
  RecordLine& given_word(std::string_view key, std::string_view text) { return text.empty() ? *this : word(key, text); }
  RecordLine& given_words(std::string_view key, std::span<const std::string> texts) { return texts.empty() ? *this : words(key, texts); }
  RecordLine& given_text(std::string_view key, std::string_view value) { return value.empty() ? *this : text(key, value); }
  /// `id`, and of a correction its day and what it replaces.
  RecordLine& head(std::string_view id, std::optional<Date> at, std::span<const std::string> fixes);
  RecordLine& record(std::string_view key, const RecordLine& inner);
  RecordLine& records(std::string_view key, std::span<const RecordLine> inner);

  [[nodiscard]] bool empty() const { return fields_.empty(); }
  /// `{key: value}`.
  [[nodiscard]] std::string flow() const { return "{" + fields_ + "}"; }
  /// `- {key: value}` and a line end.
  [[nodiscard]] std::string line() const { return "- {" + fields_ + "}\n"; }

 private:
  RecordLine& add(std::string_view key, std::string_view value);
  std::string fields_;
};

/// The line of a student in roster/students.yaml.
[[nodiscard]] std::string student_line(const Student& student, std::span<const SchoolClass> classes);
/// The line of a member of staff in roster/staff.yaml.
[[nodiscard]] std::string staff_line(const Staff& member, const Dataset& data);
/// The line of a class in roster/classes.yaml.
[[nodiscard]] std::string class_line(const SchoolClass& school_class, std::span<const Staff> staff);

/// The first line of a new file in a folder of the records folder: `# yaml-language-server: $schema=../schemas/NAME.schema.json`.
[[nodiscard]] std::string schema_comment(std::string_view schema);

/// One subject of a grade table's header.
struct GradeColumn {
  std::string subject;
  std::int32_t full = 0;                  ///< hundredths
  std::optional<std::int32_t> pass = {};  ///< hundredths; not written where it is left to the default
};

/// The header of a grade table.
struct GradeHeader {
  std::string id;
  std::string name;  ///< empty: none
  ExamKind kind = ExamKind::other;
  std::string term;
  Date date = {};
  std::string retests = {};  ///< empty: none
  std::vector<GradeColumn> columns = {};
};

/// `  数学: {full: 20, pass: 10}` and a line end.
[[nodiscard]] std::string grade_subject_line(const GradeColumn& column);
/// `columns: [语文, 数学]` and a line end.
[[nodiscard]] std::string grade_columns_line(std::span<const std::string> subjects);
/// `[112.5, ~, absent]`.
[[nodiscard]] std::string grade_marks(std::span<const Mark> marks);
/// `  "ID": [112.5, ~, absent]` and a line end.
[[nodiscard]] std::string grade_row(std::string_view student, std::span<const Mark> marks);
/// Everything of a grade table up to its rows.
[[nodiscard]] std::string grade_head(const GradeHeader& header);

}  // namespace help
