// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace help {

namespace detail {
consteval std::array<std::uint8_t, 256> make_record_digits() {
  constexpr std::string_view digits = "0123456789abcdefghjkmnpqrstvwxyz";
  std::array<std::uint8_t, 256> values{};
  values.fill(0xFF);
  for (std::size_t i = 0; i < digits.size(); ++i) values[static_cast<unsigned char>(digits[i])] = static_cast<std::uint8_t>(i);
  return values;
}
inline constexpr std::array<std::uint8_t, 256> record_digits = make_record_digits();
}  // namespace detail

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

/// The ids of the records of one file, by the line on which each stands. Small, so that it is quick.
class LineIds {
 public:
  void clear();
  /// The line that an id has: the given one, or where `added` is false the one that it had before.
  std::uint32_t add(std::uint64_t id, std::uint32_t line, bool& added);
  /// The line of an id; `nowhere` if there is none.
  [[nodiscard]] std::uint32_t find(std::uint64_t id) const;
  static constexpr std::uint32_t nowhere = UINT32_MAX;

 private:
  struct Slot {
    std::uint64_t id = 0;
    std::uint32_t line = nowhere;
  };
  [[nodiscard]] std::size_t place_of(std::uint64_t id) const;
  void resize(std::size_t slots);

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

/// The ids of all records that were read: no id may stand in two files.
class RecordIds {
 public:
  struct Entry {
    std::uint64_t id = 0;
    std::uint32_t file = 0;

    friend auto operator<=>(const Entry&, const Entry&) = default;
  };

  /// Makes room in one piece.
  void reserve(std::size_t count) { all_.reserve(count); }
  [[nodiscard]] std::size_t size() const { return all_.size(); }
  void add(std::uint64_t id, std::uint32_t file) { all_.push_back({id, file}); }
  /// Each id with each file but the first that has it, by id and file. Leaves nothing behind.
  [[nodiscard]] std::vector<Entry> take_doubles();
  /// The first file of an id that `take_doubles` gave.
  [[nodiscard]] std::uint32_t first_file(std::uint64_t id) const;

 private:
  std::vector<Entry> all_;
  std::vector<Entry> firsts_;  ///< of the doubled ids
};

/// The 50 bits of a record id; ids in the order of their texts are in the order of these numbers. Nothing (`no_record_id`) for another
/// text.
[[nodiscard]] std::uint64_t record_number(std::string_view id);
inline constexpr std::uint64_t no_record_id = UINT64_MAX;
/// The five bits of one character of a record id; more than 31 for another character.
[[nodiscard]] constexpr unsigned record_digit(char letter) { return detail::record_digits[static_cast<unsigned char>(letter)]; }
/// The 10 characters of such a number.
[[nodiscard]] std::string record_id_of(std::uint64_t number);

}  // namespace help
