// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "diag/message.hpp"
#include "model/class_words.hpp"
#include "model/dataset.hpp"
#include "store/mapping.hpp"

namespace help {

/// The class that the text of a table means: what the mapping says of it, else the class of this id, else as `class_written`.
[[nodiscard]] ClassWritten class_of_text(const std::vector<SchoolClass>& classes, const ClassColumn& column, std::string_view text,
                                         std::optional<int> school_year);

/// The school year of which a table of marks or the roster is; nothing where it is of several, or the mapping says none.
[[nodiscard]] std::optional<int> school_year_of(const Calendar& calendar, const Mapping& mapping);

/// Whether the student is in the class on any of the days.
[[nodiscard]] bool is_in_during(const Student& student, ClassIndex in, const Period& days);

/// Whether the student is in a class on any of the days; in a school that keeps no classes, whether they have not left before.
[[nodiscard]] bool is_here_during(const Student& student, const Period& days);

/// Whom somebody said that the name means in the class with this id; null: nobody asked.
[[nodiscard]] const Alias* find_alias(const std::vector<Alias>& aliases, std::string_view name, std::string_view in);

/// Whether the student is in the class on the day of any of the exams.
[[nodiscard]] bool is_in_on_any(const Student& student, ClassIndex in, const std::vector<MappedExam>& exams);

/// Who is meant by a name and a class: never a guess.
class StudentByName {
 public:
  /// Those who are in a class on the day of any of the mapping's exams. Names are compared by `name_key`.
  StudentByName(const Dataset& data, const Mapping& mapping);

  struct Found {
    std::string id;              ///< empty: nobody, or more than one
    bool by_class = false;       ///< it is the class that is not known
    std::string_view code = {};  ///< why there is no id …
    Message reason = {};
    Message hint = {};
  };

  /// `class_text` is not looked at where the mapping fixes the class.
  /// `says_left`: the row says that the student has left, so that one who has is meant, too.
  [[nodiscard]] Found find(std::string_view name, std::string_view class_text, bool says_left = false);

 private:
  [[nodiscard]] Found unknown_class(std::string_view class_text, const ClassWritten& found);
  [[nodiscard]] std::optional<Found> by_alias(std::string_view name, ClassIndex in) const;
  [[nodiscard]] Found nobody(std::string_view name, ClassIndex in);
  [[nodiscard]] Message near(std::string_view text, const std::vector<std::string_view>& known);

  const Dataset& data_;
  const Mapping& mapping_;
  const ClassColumn& column_;
  std::optional<ClassIndex> fixed_;
  std::optional<int> school_year_;
  std::vector<std::unordered_map<std::string, std::vector<StudentIndex>>> members_;  ///< of each class, by key of the name
  std::vector<std::unordered_map<std::string, std::vector<StudentIndex>>> left_;     ///< the same of those who have left
  int hints_ = 0;
};

}  // namespace help
