// SPDX-License-Identifier: MIT
#include "store/id_table.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>
#include <utility>

#include "store/canonical.hpp"

namespace help {
namespace {

constexpr std::string_view base32_digits = "0123456789abcdefghjkmnpqrstvwxyz";

}  // namespace

void IdTable::reserve(std::size_t count) {
  const std::size_t room = std::bit_ceil(std::max<std::size_t>(32, count) * 2);
  if (room <= slots_.size()) return;
  const std::vector<Entry> before = std::exchange(slots_, std::vector<Entry>(room));
  for (const Entry& one : before) {
    if (one.word.data() != nullptr) slots_[place_of(one.word)] = one;
  }
}

/// A copy that stays where it is. Side by side, the words of a school fit into a near cache.
std::string_view IdTable::kept(std::string_view word) {
  constexpr std::size_t piece = 1U << 12U;
  if (words_.empty() || words_.back().capacity() - words_.back().size() < word.size()) {
    words_.emplace_back().reserve(std::max(piece, word.size()));
  }
  std::string& text = words_.back();
  text.append(word);
  return std::string_view(text).substr(text.size() - word.size());
}

void IdTable::add(std::string_view word, std::uint32_t value) {
  if (count_ * 2 >= slots_.size()) reserve(count_ + 1);
  Entry& slot = slots_[place_of(word)];
  if (slot.word.data() != nullptr || word.empty()) return;
  slot = {.word = kept(word), .value = value, .plain = plain_or_quoted(word) == word};
  ++count_;
}

void LineIds::clear() {
  count_ = 0;
  std::ranges::fill(slots_, Slot{});
}

std::size_t LineIds::place_of(std::uint64_t id) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t place = detail::mixed(id) & mask;
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
bool has_double(std::span<const std::uint64_t> ids, std::vector<std::uint64_t>& seen) {
  constexpr std::uint64_t none = UINT64_MAX;
  seen.assign(std::bit_ceil(ids.size() * 2 + 1), none);
  const std::size_t mask = seen.size() - 1;
  for (const std::uint64_t id : ids) {
    std::size_t place = id & mask;
    while (seen[place] != none && seen[place] != id) place = (place + 1) & mask;
    if (seen[place] == id) return true;
    seen[place] = id;
  }
  return false;
}

/// The ids that stand more than once, ascending.
std::vector<std::uint64_t> doubled(const std::vector<std::uint64_t>& all) {
  // Ids are random: parted by their highest bits, they fall into pieces that fit into the nearest cache.
  constexpr unsigned shift = 40;
  constexpr std::size_t pieces = std::size_t{1} << (50 - shift);
  std::vector<std::size_t> begins(pieces + 1, 0);
  for (const std::uint64_t id : all) ++begins[(id >> shift) + 1];
  for (std::size_t i = 0; i < pieces; ++i) begins[i + 1] += begins[i];
  std::vector<std::size_t> places(begins.begin(), begins.end() - 1);
  std::vector<std::uint64_t> parted(all.size());
  for (const std::uint64_t id : all) parted[places[id >> shift]++] = id;
  std::vector<std::uint64_t> doubles;
  std::vector<std::uint64_t> seen;
  for (std::size_t piece = 0; piece < pieces; ++piece) {
    const auto begin = parted.begin() + static_cast<std::ptrdiff_t>(begins[piece]);
    const auto end = parted.begin() + static_cast<std::ptrdiff_t>(begins[piece + 1]);
    if (!has_double({begin, end}, seen)) continue;
    std::sort(begin, end);
    for (auto one = std::adjacent_find(begin, end); one != end; one = std::adjacent_find(one, end)) {
      doubles.push_back(*one);
      one = std::upper_bound(one, end, *one);
    }
  }
  return doubles;
}

}  // namespace

std::vector<RecordIds::Entry> RecordIds::take_doubles() {
  firsts_.clear();
  std::vector<Entry> found;
  if (const std::vector<std::uint64_t> ids = doubled(all_); !ids.empty()) {
    std::uint32_t file = 0;
    for (std::size_t place = 0; place < all_.size(); ++place) {
      while (file + 1 < begins_.size() && begins_[file + 1] <= place) ++file;
      if (std::ranges::binary_search(ids, all_[place])) found.push_back({all_[place], file});
    }
  }
  all_ = {};
  begins_ = {};
  std::ranges::sort(found);
  std::vector<Entry> doubles;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (i == 0 || found[i - 1].id != found[i].id) {
      firsts_.push_back(found[i]);
    } else if (found[i - 1].file != found[i].file) {
      doubles.push_back(found[i]);
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
  for (std::size_t i = 10; i-- > 0; number >>= 5U) id[i] = base32_digits[number & 31U];
  return id;
}

}  // namespace help
