// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace help {

/// A number for each of some words that are looked up very often: ids of people, codes of kinds.
class IdTable {
 public:
  struct Entry {
    std::string_view word;
    std::uint32_t value = 0;
    bool plain = false;  ///< may stand in a file without quotes
  };

  /// Adds a word, which must outlive the table; one that is there already keeps its number.
  void add(std::string_view word, std::uint32_t value);
  /// The entry of a word, or nullptr.
  [[nodiscard]] const Entry* find(std::string_view word) const;

 private:
  [[nodiscard]] std::size_t place_of(std::string_view word) const;
  void grow();

  std::vector<Entry> slots_;
  std::size_t count_ = 0;
};

/// The ids of records that were read, with where each stands: no id may stand in two files.
class RecordIds {
 public:
  struct Entry {
    std::uint64_t id = 0;
    std::uint32_t file = 0;
    std::uint32_t line = 0;
  };

  /// The entry of an id. `added` tells whether it is new, with this file and line; else it keeps what it has.
  Entry& add(std::uint64_t id, std::uint32_t file, std::uint32_t line, bool& added);
  [[nodiscard]] const Entry* find(std::uint64_t id) const;

 private:
  [[nodiscard]] std::size_t place_of(std::uint64_t id) const;

  std::vector<Entry> slots_;  ///< a free one has file `nowhere`
  std::size_t count_ = 0;
};

/// The 50 bits of a record id; ids in the order of their texts are in the order of these numbers. Nothing (`no_record_id`) for another
/// text.
[[nodiscard]] std::uint64_t record_number(std::string_view id);
inline constexpr std::uint64_t no_record_id = UINT64_MAX;
/// The 10 characters of such a number.
[[nodiscard]] std::string record_id_of(std::uint64_t number);

}  // namespace help
