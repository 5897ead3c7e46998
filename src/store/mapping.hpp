// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/diagnostic.hpp"
#include "model/dataset.hpp"
#include "model/mark.hpp"
#include "store/text_encoding.hpp"

namespace help {

/// A text of the mapping with its place, so that a problem with the table can point to it.
struct MappedText {
  std::string text;
  std::uint32_t from = 0;   ///< first byte in the mapping file …
  std::uint32_t until = 0;  ///< … and one past its last

  [[nodiscard]] bool given() const { return until != 0; }
};

/// Where a row says which class.
struct ClassColumn {
  MappedText fixed;                                        ///< id of the class of all rows …
  MappedText column;                                       ///< … or the column that says it; both may be missing
  std::vector<std::pair<std::string, std::string>> names;  ///< text of the table -> class id
};

/// Where a row says whom it is about.
struct StudentColumns {
  bool by_row_number = false;  ///< the id is `prefix` and the row's number, filled with zeros to `width` digits
  std::string prefix;
  int width = 1;
  MappedText id;    ///< title of the column; missing: by row number, or by name and class
  MappedText name;  ///< compared with the roster; may be missing where there is an id
  ClassColumn in;   ///< by name and class: the class

  [[nodiscard]] bool by_name() const { return !by_row_number && !id.given(); }
};

/// What the table says about students themselves.
struct RosterColumns {
  std::vector<SchoolClass> classes;  ///< made if they are not there yet
  ClassColumn in;
  MappedText name;         ///< missing: the id is the name
  Date from = {};          ///< first day in the class
  MappedText transferred;  ///< column of the day of transfer; may be missing
};

struct MappedSubject {
  std::string name;
  std::int32_t full = 0;             ///< hundredths
  std::optional<std::int32_t> pass;  ///< hundredths
};

/// A column that follows from the marks: it is not taken over, but must agree with them.
struct MappedTotal {
  MappedText column;
  std::vector<std::size_t> of;  ///< indices into subjects
  bool is_average = false;
};

/// What somebody answered before: whom a name means. Schema `aliases`.
struct Alias {
  std::string name;
  std::string in;       ///< id of the class that the table says
  std::string student;  ///< id
};

struct MappedExam {
  MappedText id;
  std::string name;
  ExamKind kind = ExamKind::other;
  MappedText term;
  Date date = {};
  std::string retests;                                      ///< id of the exam that this one repeats; empty: none
  std::vector<std::pair<std::size_t, MappedText>> columns;  ///< index into subjects, title; wide tables
  std::vector<MappedTotal> totals = {};                     ///< wide tables
  MappedText label;                                         ///< what stands in the exam column; long tables
};

/// The columns of a table with one mark a row.
struct LongColumns {
  MappedText exam;
  MappedText subject;
  MappedText mark;
};

struct MarkColumns {
  std::vector<MappedSubject> subjects;
  std::vector<MappedExam> exams;
  std::optional<LongColumns> one_a_row;                            ///< a long table
  std::vector<std::pair<std::string, std::size_t>> subject_names;  ///< text of the table -> index into subjects
  std::vector<std::pair<std::string, Mark::State>> states;         ///< text of the table -> why there is no mark
  std::vector<std::string> left;                                   ///< texts that say that the student has left the school
};

/// Where one part of a record comes from: a column, or the same text for all rows.
struct MappedField {
  MappedText key;
  MappedText column;
  MappedText fixed;
  std::vector<std::pair<std::string, std::string>> words;  ///< text of the table -> what it means
};

/// A table whose rows are records: talks, wishes, counts …
struct RecordColumns {
  MappedText kind;
  std::vector<MappedField> fields;
  std::vector<std::pair<std::string, MappedText>> counts;  ///< kind of count, title of its column
};

/// How one table is read (schema `mapping`).
struct Mapping {
  std::string path;    ///< as the user named it
  std::string source;  ///< its bytes; empty: of a form
  std::string id;
  std::string name;
  std::optional<Encoding> encoding;     ///< of a file without a byte order mark; missing: found by rule, as are the others
  std::string sheet;                    ///< of a workbook; empty: the only one with a text
  std::optional<char> separator;        ///< one of `separators`
  bool transposed = false;              ///< the students stand side by side
  std::optional<std::uint32_t> header;  ///< line of the column titles; 0: none, columns are called 1, 2, 3 …
  StudentColumns student;
  std::optional<RosterColumns> roster;
  std::optional<MarkColumns> marks;
  std::optional<RecordColumns> records;  ///< instead of students, roster and marks
  std::vector<MappedText> asks;          ///< exam, class, from: what is said anew each time; see `AskedValues`
  std::vector<MappedText> left_out;      ///< titles that are known and not read
  // Not of the file, but of the folder and of the command line.
  std::string told_at;          ///< of a mapping that is no file yet: the table, where its problems are told; empty: in the file
  std::uint32_t told_line = 0;  ///< that of the titles
  std::vector<Alias> aliases;
  std::optional<RosterColumns> newcomers;  ///< how students are added whom the roster does not have; missing: they are refused

  /// Where `asks` says that something is asked; null: it is not.
  [[nodiscard]] const MappedText* asked(std::string_view what) const;
  /// A problem at a text of this mapping.
  [[nodiscard]] Diagnostic problem(const MappedText& at, std::string_view code, Message message, Message hint = {}) const;
};

/// Reads a mapping file: every problem at once. False, with at least one error in `problems`, if it cannot be used.
bool read_mapping(std::string path, std::string bytes, Mapping& mapping, Diagnostics& problems);

}  // namespace help
