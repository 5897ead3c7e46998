// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
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

inline constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;

inline std::uint64_t mixed(std::uint64_t word) {
  word = (word ^ (word >> 32U)) * odd;
  return word ^ (word >> 32U);
}

inline std::uint64_t hash_of(std::string_view word) {
  const auto read = [](const char* at, auto number) -> std::uint64_t {
    std::memcpy(&number, at, sizeof number);
    return number;
  };
  // Read in pieces that overlap where they must, so that there is no loop over single letters.
  const std::size_t size = word.size();
  std::uint64_t hash = size;
  if (size >= 8) {
    for (; word.size() > 8; word.remove_prefix(8)) hash = mixed(hash ^ read(word.data(), std::uint64_t{}));
    return mixed(hash ^ read(word.data() + word.size() - 8, std::uint64_t{}));
  }
  if (size >= 4) return mixed(hash ^ (read(word.data(), std::uint32_t{}) << 32U | read(word.data() + size - 4, std::uint32_t{})));
  for (const char letter : word) hash = hash << 8U | static_cast<unsigned char>(letter);
  return mixed(hash);
}

inline bool same(std::string_view one, std::string_view other) {
  if (one.size() != other.size()) return false;
  // Ids are short: two pieces, which may overlap, cost less than a call.
  const auto differs = [&](std::size_t at, auto first, auto second) {
    std::memcpy(&first, one.data() + at, sizeof first);
    std::memcpy(&second, other.data() + at, sizeof second);
    return first != second;
  };
  const std::size_t size = one.size();
  if (size < 4 || size > 16) return one == other;
  if (size < 8) return !differs(0, std::uint32_t{}, std::uint32_t{}) && !differs(size - 4, std::uint32_t{}, std::uint32_t{});
  return !differs(0, std::uint64_t{}, std::uint64_t{}) && !differs(size - 8, std::uint64_t{}, std::uint64_t{});
}
}  // namespace detail

/// A number for each of some words that are looked up very often: ids of people, codes of kinds.
class IdTable {
 public:
  struct Entry {
    std::string_view word;
    std::uint32_t value = 0;
    bool plain = false;  ///< may stand in a file without quotes
  };

  /// Makes room for so many words.
  void reserve(std::size_t count);
  /// Adds a word; one that is there already keeps its number.
  void add(std::string_view word, std::uint32_t value);
  /// The entry of a word, or nullptr.
  [[nodiscard]] const Entry* find(std::string_view word) const {
    if (slots_.empty() || word.empty()) return nullptr;
    const Entry& slot = slots_[place_of(word)];
    return slot.word.data() != nullptr ? &slot : nullptr;
  }

 private:
  [[nodiscard]] std::size_t place_of(std::string_view word) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t place = detail::hash_of(word) & mask;
    while (slots_[place].word.data() != nullptr && !detail::same(slots_[place].word, word)) place = (place + 1) & mask;
    return place;
  }
  [[nodiscard]] std::string_view kept(std::string_view word);

  std::vector<Entry> slots_;
  std::size_t count_ = 0;
  std::deque<std::string> words_;  ///< pieces of text, side by side, that the entries point into
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
  /// Adds an id of a file; files come one after the other, with rising numbers.
  void add(std::uint64_t id, std::uint32_t file) {
    if (begins_.size() <= file) begins_.resize(file + 1, all_.size());
    all_.push_back(id);
  }
  /// Each id with each file but the first that has it, by id and file. Leaves nothing behind.
  [[nodiscard]] std::vector<Entry> take_doubles();
  /// The first file of an id that `take_doubles` gave.
  [[nodiscard]] std::uint32_t first_file(std::uint64_t id) const;

 private:
  std::vector<std::uint64_t> all_;   ///< by file
  std::vector<std::size_t> begins_;  ///< of each file in `all_`
  std::vector<Entry> firsts_;        ///< of the doubled ids
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
