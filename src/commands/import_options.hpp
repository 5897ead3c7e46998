// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "commands/import.hpp"
#include "store/guess_mapping.hpp"

namespace help {

// No option is passed over: one that has no use for the import at hand, or speaks of what stands nowhere in the table, is refused.

/// What an import is or lacks, as far as the use of an option depends on it; several hold at once.
enum class ImportTrait : std::uint32_t {
  blank_form = 1U << 0U,  ///< a form is made
  of_table = 1U << 1U,    ///< a table is read
  mapping_may_be_said = 1U << 2U,
  is_guess = 1U << 3U,      ///< the mapping was guessed from the titles
  has_marks = 1U << 4U,     ///< by a mapping: not a form
  asks_exam = 1U << 5U,     ///< the table does not say of which exam it is
  takes_full = 1U << 6U,    ///< the full marks are not in the mapping
  asks_subject = 1U << 7U,  ///< the marks are of one subject that the titles do not name
  asks_class = 1U << 8U,    ///< the class of its rows, or of new students, is not in the table
  class_texts = 1U << 9U,   ///< a column says the class
  asks_from = 1U << 10U,    ///< since when students are in their classes
  by_name = 1U << 11U,      ///< marks of names, without ids
  may_add_students = 1U << 12U,
  in_workbook = 1U << 13U,
  of_form = 1U << 14U,  ///< a form is read
};

/// Why an option that was typed has no use.
struct UnusedOption {
  std::string_view option;
  Message why;
};

/// The options that have no use for an import with these traits (bits of `ImportTrait`), in the order of the help.
[[nodiscard]] std::vector<UnusedOption> unused_options(const ImportOptions& options, std::uint32_t traits);

/// The traits of a table that was read, with a mapping.
[[nodiscard]] std::uint32_t traits_of_table(const ReadTable& table, const ImportOptions& options);

/// The traits of a form, filled in or not.
[[nodiscard]] std::uint32_t traits_of_form(bool is_blank, bool is_workbook);

/// Refuses titles, texts and names that were said (--column, --exam, --class, --state, --full, --as) and stand nowhere in the table.
/// `said` is what was typed, understood.
void check_what_was_said(const Dataset& data, const GuessRequest& said, const ReadTable& table, std::vector<Message>& refusals);

/// The titles of --column alone, which are wanted before a mapping is guessed.
void check_titles_said(const GuessRequest& said, const Sheet& sheet, const TableForm& form, std::vector<Message>& refusals);

}  // namespace help
