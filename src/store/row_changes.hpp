// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "diag/message.hpp"
#include "model/date.hpp"

namespace help {

/// Something that stands in the records folder already and would become something else.
struct ChangedValue {
  std::string path;        ///< the file that it stands in
  std::uint32_t line = 0;  ///< of the table
  std::string student;     ///< id; of a member of staff or a class where the file is about them
  std::string name;
  Message what;        ///< a subject; or the part of the record, as forms call it
  std::string before;  ///< `~` where there was no entry
  std::string after;
  bool overwrites = false;  ///< there was a mark, a state or another text; not merely no entry
};

/// What a row of a table changes in one record of a file.
class RowChanges {
 public:
  /// `line`: of the table; `id` and `name`: whom the record is about, as the folder knows them.
  RowChanges(std::string path, std::uint32_t line, std::string id, std::string name)
      : path_(std::move(path)), line_(line), id_(std::move(id)), name_(std::move(name)) {}

  /// A part of the record becomes another; `before` is empty where there was none.
  void add(Message what, const std::string& before, std::string after);
  /// The first and last day of something, as far as they become others.
  void add_days(const Message& of_what, const Period& before, const Period& after);

  [[nodiscard]] bool empty() const { return changes_.empty(); }
  [[nodiscard]] const std::vector<ChangedValue>& all() const { return changes_; }

 private:
  std::string path_;
  std::uint32_t line_;
  std::string id_;
  std::string name_;
  std::vector<ChangedValue> changes_;
};

/// A text with the first and the last day behind it, as far as they are given.
[[nodiscard]] std::string with_days(std::string text, const Period& days);

}  // namespace help
