// SPDX-License-Identifier: MIT
#include "store/id_table.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>

#include "store/canonical.hpp"

namespace help {
namespace {

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

void LineIds::clear() {
  count_ = 0;
  std::ranges::fill(slots_, Slot{});
}

std::size_t LineIds::place_of(std::uint64_t id) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t place = mixed(id) & mask;
  while (slots_[place].line != nowhere && slots_[place].id != id) place = (place + 1) & mask;
  return place;
}

void LineIds::resize(std::size_t slots) {
  std::vector<Slot> before = std::move(slots_);
  slots_.assign(slots, {});
  for (const Slot& one : before) {
    if (one.line != nowhere) slots_[place_of(one.id)] = one;
  }
}

std::uint32_t LineIds::add(std::uint64_t id, std::uint32_t line, bool& added) {
  if (count_ * 2 >= slots_.size()) resize(std::max<std::size_t>(512, slots_.size() * 2));
  Slot& slot = slots_[place_of(id)];
  added = slot.line == nowhere;
  if (added) {
    slot = {.id = id, .line = line};
    ++count_;
  }
  return slot.line;
}

std::uint32_t LineIds::find(std::uint64_t id) const { return slots_.empty() ? nowhere : slots_[place_of(id)].line; }

namespace {

/// Whether an id stands twice; `seen` is room for the answer, used again and again.
bool has_double(std::span<const RecordIds::Entry> ids, std::vector<std::uint64_t>& seen) {
  constexpr std::uint64_t none = UINT64_MAX;
  seen.assign(std::bit_ceil(ids.size() * 2 + 1), none);
  const std::size_t mask = seen.size() - 1;
  for (const RecordIds::Entry& one : ids) {
    std::size_t place = one.id & mask;
    while (seen[place] != none && seen[place] != one.id) place = (place + 1) & mask;
    if (seen[place] == one.id) return true;
    seen[place] = one.id;
  }
  return false;
}

}  // namespace

std::vector<RecordIds::Entry> RecordIds::take_doubles() {
  // Ids are random: parted by their highest bits, they fall into pieces that fit into the nearest cache.
  constexpr unsigned shift = 40;
  constexpr std::size_t pieces = std::size_t{1} << (50 - shift);
  std::vector<std::size_t> begins(pieces + 1, 0);
  for (const Entry& one : all_) ++begins[(one.id >> shift) + 1];
  for (std::size_t i = 0; i < pieces; ++i) begins[i + 1] += begins[i];
  std::vector<std::size_t> places(begins.begin(), begins.end() - 1);
  std::vector<Entry> sorted(all_.size());
  for (const Entry& one : all_) sorted[places[one.id >> shift]++] = one;
  all_ = {};
  firsts_.clear();
  std::vector<Entry> doubles;
  std::vector<std::uint64_t> seen;
  for (std::size_t piece = 0; piece < pieces; ++piece) {
    const auto begin = sorted.begin() + static_cast<std::ptrdiff_t>(begins[piece]);
    const auto end = sorted.begin() + static_cast<std::ptrdiff_t>(begins[piece + 1]);
    if (!has_double({begin, end}, seen)) continue;
    std::sort(begin, end);
    for (auto one = begin; one != end && one + 1 != end; ++one) {
      if (one->id != (one + 1)->id || one->file == (one + 1)->file) continue;
      if (firsts_.empty() || firsts_.back().id != one->id) firsts_.push_back(*one);
      doubles.push_back(*(one + 1));
    }
  }
  return doubles;
}

std::uint32_t RecordIds::first_file(std::uint64_t id) const {
  const auto found = std::ranges::lower_bound(firsts_, id, {}, &Entry::id);
  return found == firsts_.end() ? 0 : found->file;
}

std::uint64_t record_number(std::string_view id) {
  if (id.size() != 10) return no_record_id;
  std::uint64_t number = 0;
  for (const char letter : id) {
    const unsigned value = record_digit(letter);
    if (value > 31) return no_record_id;
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
