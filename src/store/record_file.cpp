// SPDX-License-Identifier: MIT
#include "store/record_file.hpp"

#include <algorithm>

#include "store/text_lines.hpp"

namespace help {
namespace {

/// The id of `- {id: …`, quoted or plain; empty where the line does not begin so.
std::string_view id_of(std::string_view line) {
  constexpr std::string_view start = "- {id: ";
  if (!line.starts_with(start)) {
    return {};
  }
  line.remove_prefix(start.size());
  if (line.starts_with('"')) {
    return line.substr(1, line.find('"', 1) - 1);
  }
  return line.substr(0, line.find_first_of(",} "));
}

}  // namespace

bool RecordFile::read(std::string_view bytes) {
  *this = {};
  std::uint32_t number = 0;
  for (const std::string_view line : lines_of(bytes)) {
    ++number;
    const std::string_view text = without_end(line);
    line_end_ = end_of(line).empty() ? line_end_ : end_of(line);
    const std::string_view end = end_of(line).empty() ? std::string_view(line_end_) : end_of(line);
    if (is_blank_or_comment(line)) {
      (entries_.empty() ? head_ : entries_.back().follow).append(text).append(end);
    } else if (line.starts_with("- {")) {
      places_.emplace(id_of(text), entries_.size());
      entries_.push_back({.id = std::string(id_of(text)), .line = std::string(text), .end = std::string(end)});
    } else {
      bad_line_ = number;
      return false;
    }
  }
  return true;
}

bool RecordFile::replace(std::string_view old_line, std::string_view new_line) {
  const auto found = places_.find(std::string(id_of(old_line)));
  if (found == places_.end()) {
    const auto made = std::ranges::find(added_, without_end(old_line), &Entry::line);
    if (made == added_.end()) return false;
    made->line = without_end(new_line);
    return true;
  }
  if (entries_[found->second].line != without_end(old_line)) {
    return false;
  }
  entries_[found->second].line = without_end(new_line);
  return true;
}

void RecordFile::add(std::string_view id, std::string_view line) {
  added_.push_back({.id = std::string(id), .line = std::string(without_end(line)), .end = line_end_});
}

std::string RecordFile::bytes() const {
  std::vector<const Entry*> order;
  const auto address = [](const Entry& entry) { return &entry; };
  const auto by_id = [](const Entry* a, const Entry* b) { return a->id < b->id; };
  std::ranges::transform(entries_, std::back_inserter(order), address);
  const bool sorted = std::ranges::is_sorted(order, by_id);
  const auto middle = static_cast<std::ptrdiff_t>(order.size());
  std::ranges::transform(added_, std::back_inserter(order), address);
  std::sort(order.begin() + middle, order.end(), by_id);
  if (sorted) {
    std::inplace_merge(order.begin(), order.begin() + middle, order.end(), by_id);
  }
  std::string made = head_;
  for (const Entry* entry : order) {
    made.append(entry->line).append(entry->end).append(entry->follow);
  }
  return made;
}

}  // namespace help
