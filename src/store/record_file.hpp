// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace help {

/// A file of one record a line (`- {id: …}`) as text: lines that the program wrote can be replaced, and lines added; every other byte
/// stays.
class RecordFile {
 public:
  /// Takes the lines apart. False where a line is no record, comment or blank line: `bad_line()` is its number.
  bool read(std::string_view bytes);
  [[nodiscard]] std::uint32_t bad_line() const { return bad_line_; }

  /// Replaces a whole line by another (both with LF), one that was added included. False where no line is exactly `old_line`.
  bool replace(std::string_view old_line, std::string_view new_line);
  /// Adds a record (with LF): at its place where the records stand in the order of ids, else at the end.
  void add(std::string_view id, std::string_view line);

  [[nodiscard]] std::string bytes() const;

 private:
  struct Entry {
    std::string id;
    std::string line;    ///< without its end …
    std::string end;     ///< … and that
    std::string follow;  ///< blank lines and comments behind it
  };
  std::string head_;
  std::vector<Entry> entries_;
  std::vector<Entry> added_;
  std::unordered_map<std::string, std::size_t> places_;  ///< of `entries_`, by id
  std::string line_end_ = "\n";
  std::uint32_t bad_line_ = 0;
};

}  // namespace help
