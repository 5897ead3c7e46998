// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "commands/command.hpp"

namespace help {

/// The files of records to which an answer adds lines. Each is read once; those that got a line are the answer's changes, in the order in
/// which they got their first.
class AppendedFiles {
 public:
  /// `first_line`: with its end, of a file that is new.
  AppendedFiles(const Context& context, Answer& answer, std::string_view first_line)
      : context_(context), answer_(answer), first_line_(first_line) {}

  /// The bytes of a file with the lines that it got; a new one has its first line. Null where it cannot be read, which the answer refuses.
  [[nodiscard]] const std::string* bytes(const std::string& path);
  /// Adds a line to a file whose bytes were read. Its end is that of the file's other lines.
  void append(const std::string& path, std::string_view line);

  /// Says how the files are kept with git, once they are written: `git commit -m "TITLE"`.
  void say_git_lines(const std::string& title);

 private:
  const Context& context_;
  Answer& answer_;
  std::string first_line_;
  std::map<std::string, FileChange> unchanged_;
  std::map<std::string, std::size_t> places_;  // into Answer::changes
};

/// As `new_record_id`, where an id is taken that `bytes`, the file of the record, have.
[[nodiscard]] std::string new_record_id_in(std::string_view bytes, const std::string& contents);

}  // namespace help
