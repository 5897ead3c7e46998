// SPDX-License-Identifier: MIT
#include "store/id_table.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "store/canonical.hpp"

namespace help {
namespace {

constexpr std::uint32_t nowhere = UINT32_MAX;
constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;

std::uint64_t mixed(std::uint64_t word) {
  word *= odd;
  return word ^ (word >> 32U);
}

std::uint64_t hash_of(std::string_view word) {
  std::uint64_t hash = word.size();
  for (; word.size() >= 8; word.remove_prefix(8)) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, word.data(), sizeof eight);
    hash = mixed(hash ^ eight);
  }
  std::uint64_t rest = 0;
  for (const char letter : word) rest = rest << 8U | static_cast<unsigned char>(letter);
  return mixed(hash ^ rest);
}

constexpr std::string_view digits = "0123456789abcdefghjkmnpqrstvwxyz";

consteval std::array<std::uint8_t, 256> make_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(0xFF);
  for (std::size_t i = 0; i < digits.size(); ++i) values[static_cast<unsigned char>(digits[i])] = static_cast<std::uint8_t>(i);
  return values;
}
constexpr std::array<std::uint8_t, 256> values = make_values();

}  // namespace

std::size_t IdTable::place_of(std::string_view word) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t place = hash_of(word) & mask;
  while (slots_[place].word.data() != nullptr && slots_[place].word != word) place = (place + 1) & mask;
  return place;
}

void IdTable::grow() {
  std::vector<Entry> before = std::move(slots_);
  slots_.assign(std::max<std::size_t>(64, before.size() * 2), {});
  for (const Entry& one : before) {
    if (one.word.data() != nullptr) slots_[place_of(one.word)] = one;
  }
}

void IdTable::add(std::string_view word, std::uint32_t value) {
  if (count_ * 2 >= slots_.size()) grow();
  Entry& slot = slots_[place_of(word)];
  if (slot.word.data() != nullptr || word.empty()) return;
  slot = {.word = word, .value = value, .plain = plain_or_quoted(word) == word};
  ++count_;
}

const IdTable::Entry* IdTable::find(std::string_view word) const {
  if (slots_.empty() || word.empty()) return nullptr;
  const Entry& slot = slots_[place_of(word)];
  return slot.word.data() != nullptr ? &slot : nullptr;
}

std::size_t RecordIds::place_of(std::uint64_t id) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t place = mixed(id) & mask;
  while (slots_[place].file != nowhere && slots_[place].id != id) place = (place + 1) & mask;
  return place;
}

RecordIds::Entry& RecordIds::add(std::uint64_t id, std::uint32_t file, std::uint32_t line, bool& added) {
  if (count_ * 2 >= slots_.size()) {
    std::vector<Entry> before = std::move(slots_);
    slots_.assign(std::max<std::size_t>(64, before.size() * 2), {.file = nowhere});
    for (const Entry& one : before) {
      if (one.file != nowhere) slots_[place_of(one.id)] = one;
    }
  }
  Entry& slot = slots_[place_of(id)];
  added = slot.file == nowhere;
  if (added) {
    slot = {.id = id, .file = file, .line = line};
    ++count_;
  }
  return slot;
}

const RecordIds::Entry* RecordIds::find(std::uint64_t id) const {
  if (slots_.empty()) return nullptr;
  const Entry& slot = slots_[place_of(id)];
  return slot.file != nowhere ? &slot : nullptr;
}

std::uint64_t record_number(std::string_view id) {
  if (id.size() != 10) return no_record_id;
  std::uint64_t number = 0;
  for (const char letter : id) {
    const std::uint8_t value = values[static_cast<unsigned char>(letter)];
    if (value == 0xFF) return no_record_id;
    number = number << 5U | value;
  }
  return number;
}

std::string record_id_of(std::uint64_t number) {
  std::string id(10, '0');
  for (std::size_t i = 10; i-- > 0; number >>= 5U) id[i] = digits[number & 31U];
  return id;
}

}  // namespace help
