// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace help {

/// What the title of a column can mean to an import of marks or students.
enum class TitleMeaning : std::uint8_t {
  id,          ///< the student's id
  number,      ///< a number that may be the student's id, or one for this exam only
  name,        ///< the student's name
  class_name,  ///< the student's class
  subject,     ///< marks of one subject; also which subject: the title of a column in a long table is `subject_name`
  subject_name,
  exam_name,
  mark,  ///< marks of a subject that another column, or nobody, names
  total,
  average,
  rank,
  transferred,  ///< the day on which the student came from another school
  other         ///< known, and of no use to an import: sex, remarks …
};

/// One way to write a title, as `title_key` compares it.
struct TitleWord {
  std::string_view word;
  TitleMeaning meaning;
};

/// All words but those of subjects.
[[nodiscard]] std::span<const TitleWord> title_words();

/// The usual subjects: the words of one list mean one subject; the first is its name, and one character (语) stands for a whole name.
[[nodiscard]] std::span<const std::vector<std::string_view>> usual_subjects();

/// What a title means by its words alone: one of `title_words`, or one of them with the sign of a rank behind it (总分排名).
[[nodiscard]] std::optional<TitleMeaning> meaning_of_title(std::string_view key);

/// A title of two words, the second of which says what of the first is meant: 语文成绩 is a mark, 语文排名 a rank, 语文等级 something else.
struct TitleParts {
  std::string_view first;
  TitleMeaning second = TitleMeaning::mark;
};
/// The ways to take a title apart, the longest second word first.
[[nodiscard]] std::vector<TitleParts> parts_of_title(std::string_view key);

}  // namespace help
