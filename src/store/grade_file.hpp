// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/mark.hpp"
#include "store/canonical.hpp"

namespace help {

/// A grade table as text, in the form in which the program writes it: rows can be changed and added; every other byte stays
/// (comments, line ends, the rest of the header).
class GradeFile {
 public:
  /// Takes the lines apart. False where a line after `scores:` is no row, comment or blank line, or there is no `scores:`:
  /// `bad_line()` is its number.
  bool read(std::string_view bytes);
  [[nodiscard]] std::uint32_t bad_line() const { return bad_line_; }

  /// The marks of a row; nothing without a row.
  [[nodiscard]] std::optional<std::span<const Mark>> marks_of(std::string_view student) const;
  /// Replaces the marks of a row, or adds a row: at its place where the rows stand in the order of ids, else at the end.
  void set(std::string_view student, std::vector<Mark> marks);
  /// Adds a subject behind `known`, the names of the columns so far; the rows get `~`. False where the header is in another form.
  bool add_column(std::span<const std::string> known, const GradeColumn& column);

  [[nodiscard]] std::string bytes() const;

 private:
  struct Row {
    std::string student;
    std::string before;  ///< of the line, up to the bracket
    std::vector<Mark> marks;
    std::string after;    ///< behind the bracket, with the line end
    std::string as_read;  ///< the whole line, while it is unchanged; else empty
    std::string follow;   ///< blank lines and comments behind it
  };
  bool read_row(std::string_view line);
  [[nodiscard]] std::vector<const Row*> in_order() const;

  std::string head_;  ///< up to the line `scores:`, which is in it, and comments behind it
  std::vector<Row> rows_;
  std::vector<Row> added_;
  std::unordered_map<std::string, std::size_t> places_;  ///< of `rows_`, by student
  std::string line_end_ = "\n";
  std::uint32_t bad_line_ = 0;
};

}  // namespace help
