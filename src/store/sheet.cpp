// SPDX-License-Identifier: MIT
#include "store/sheet.hpp"

#include <algorithm>
#include <utility>

namespace help {

std::size_t Sheet::width(std::size_t row) const {
  const std::size_t end = row + 1 < rows_.size() ? rows_[row + 1].first : cells_.size();
  return end - rows_[row].first;
}

std::string_view Sheet::cell(std::size_t row, std::size_t column) const {
  if (column >= width(row)) {
    return {};
  }
  const Span span = cells_[rows_[row].first + column];
  const std::string_view source = (span.size & decoded_bit) != 0 ? std::string_view(decoded_) : std::string_view(bytes_);
  return source.substr(span.offset, span.size & size_bits);
}

bool Sheet::is_spread(std::size_t row, std::size_t column) const {
  return column < width(row) && (cells_[rows_[row].first + column].size & spread_bit) != 0;
}

void Sheet::begin_row(std::uint32_t line) { rows_.push_back({.first = static_cast<std::uint32_t>(cells_.size()), .line = line}); }

void Sheet::add_plain_cell(std::size_t offset, std::size_t size) {
  cells_.push_back({.offset = static_cast<std::uint32_t>(offset), .size = static_cast<std::uint32_t>(size)});
}

void Sheet::add_decoded_cell(std::string_view text) { add_kept_cell(keep(text), false); }

Sheet::Text Sheet::keep(std::string_view text) {
  const Text kept{.offset = static_cast<std::uint32_t>(decoded_.size()), .size = static_cast<std::uint32_t>(text.size())};
  decoded_ += text;
  return kept;
}

void Sheet::add_kept_cell(Text text, bool is_spread) {
  cells_.push_back({.offset = text.offset, .size = text.size | decoded_bit | (is_spread ? spread_bit : 0U)});
}

void Sheet::transpose() {
  std::size_t widest = 0;
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    widest = std::max(widest, width(row));
  }
  std::vector<Span> cells;
  std::vector<Row> rows;
  for (std::size_t column = 0; column < widest; ++column) {
    const auto first = static_cast<std::uint32_t>(cells.size());
    bool has_text = false;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      cells.push_back(column < width(row) ? cells_[rows_[row].first + column] : Span{});
      has_text = has_text || cell(row, column).find_first_not_of(" \t\r\n") != std::string_view::npos;
    }
    if (has_text) {
      rows.push_back({.first = first, .line = static_cast<std::uint32_t>(column + 1)});
    } else {
      cells.resize(first);
    }
  }
  for (const Row& row : std::exchange(rows_, std::move(rows))) {
    column_lines_.push_back(row.line);
  }
  cells_ = std::move(cells);
}

void Sheet::drop_row() {
  cells_.resize(rows_.back().first);
  rows_.pop_back();
}

void Sheet::replace_row(std::size_t row, const std::vector<std::string>& texts) {
  std::vector<Span> made;
  for (const std::string& text : texts) {
    const Text kept = keep(text);
    made.push_back({.offset = kept.offset, .size = kept.size | decoded_bit});
  }
  const std::size_t before = width(row);
  const auto first = cells_.begin() + static_cast<std::ptrdiff_t>(rows_[row].first);
  cells_.insert(cells_.erase(first, first + static_cast<std::ptrdiff_t>(before)), made.begin(), made.end());
  for (std::size_t later = row + 1; later < rows_.size(); ++later) {
    rows_[later].first = static_cast<std::uint32_t>(rows_[later].first + made.size() - before);
  }
}

}  // namespace help
