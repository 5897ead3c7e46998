// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/diagnostic.hpp"
#include "model/dataset.hpp"
#include "store/mapping.hpp"
#include "store/sheet.hpp"
#include "store/table_form.hpp"

namespace help {

/// What somebody says of a table beside its titles. Pairs are (text of the table, what it means).
struct GuessRequest {
  std::string exam;                                          ///< id of the exam of the whole table; empty: not said
  std::vector<std::pair<std::string, std::string>> exams;    ///< title of a column, or text of the exam column -> id of an exam
  std::vector<MappedSubject> subjects;                       ///< with their full marks; 0: not said
  std::optional<ExamKind> kind = {};                         ///< of the exam of the whole table
  std::string subject;                                       ///< of a table that names none
  std::vector<std::pair<std::string, std::string>> classes;  ///< text of the class column -> id of a class
  std::vector<std::pair<std::string, std::string>> columns;  ///< title -> a word that is known here, or "-": left out
  std::vector<std::pair<std::string, Mark::State>> states;   ///< text of a cell -> why there is no mark
  std::vector<std::string> taken;                            ///< names that a new mapping may not have
  std::string name = {};                                     ///< that the mapping is to have; empty: a free one
};

/// A mapping that was guessed.
struct GuessedMapping {
  std::string name;           ///< not one of `GuessRequest::taken`: marks, marks-by-exam, marks-long, roster, with a number if need be
  std::string text;           ///< in the form of a mapping file
  bool asks_subject = false;  ///< the marks are of one subject that the titles do not name
  bool is_for_this_table_only = false;  ///< it calls an exam, a class or a subject by words that will mean another one: not to be kept
};

/// What is known of a table of which there is no mapping: words of `title_words`, subjects and exams of the folder.
[[nodiscard]] TableHints hints_for_guess(const Dataset& data, const GuessRequest& request);

/// Guesses from the titles which kind of table it is and what its columns mean. Nothing is guessed about whom a row means, and a title
/// that is nearly a known one is no guess either: false, with every such doubt as an error in `problems`.
bool guess_mapping(const Dataset& data, const Sheet& sheet, const TableForm& form, const GuessRequest& request, GuessedMapping& guess,
                   Diagnostics& problems);

}  // namespace help
