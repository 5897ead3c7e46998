// SPDX-License-Identifier: MIT
#include "store/table_rows.hpp"

#include <algorithm>
#include <numeric>

#include "store/fields.hpp"
#include "store/formats.hpp"

namespace help {
namespace {

constexpr std::int32_t bad_cell = INT32_MIN;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The cell readers move `at` behind the cell; `bad_cell` where there is none in the strict form.
std::int32_t read_number(const char*& cursor, const char* end, bool counts, std::int32_t largest) {
  const char* at = cursor;
  const bool leading_zero = *at == '0';
  std::int32_t whole = 0;
  const char* const limit = end - at > 7 ? at + 7 : end;
  for (; at != limit && is_digit(*at); ++at) {
    whole = whole * 10 + (*at - '0');
  }
  if ((leading_zero && at - cursor > 1) || (at != end && is_digit(*at))) {
    return bad_cell;
  }
  if (counts) {
    cursor = at;
    return whole <= largest ? whole : bad_cell;
  }
  if (whole > max_full_hundredths / 100) {
    return bad_cell;
  }
  std::int32_t hundredths = whole * 100;
  if (at != end && *at == '.') {
    ++at;
    if (at == end || !is_digit(*at)) {
      return bad_cell;
    }
    hundredths += (*at++ - '0') * 10;
    if (at != end && is_digit(*at)) {
      hundredths += *at++ - '0';
    }
  }
  cursor = at;
  return hundredths <= largest ? hundredths : bad_cell;
}

std::int32_t read_state(const char*& at, const char* end) {
  for (const Mark::State state : {Mark::State::absent, Mark::State::exempt, Mark::State::deferred, Mark::State::voided}) {
    if (std::string_view(at, end).starts_with(word_of(state))) {
      at += word_of(state).size();
      return static_cast<std::int32_t>(state);
    }
  }
  return bad_cell;
}

std::int32_t read_cell(const char*& at, const char* end, bool counts, std::int32_t largest) {
  if (at != end && is_digit(*at)) {
    return read_number(at, end, counts, largest);
  }
  if (at != end && *at == '~') {
    ++at;
    return -1;
  }
  return counts ? bad_cell : read_state(at, end);
}

/// A cell that yaml-cpp has read.
std::int32_t decoded_cell(std::string_view text, bool counts, std::int32_t largest) {
  const char* at = text.data();
  const char* const end = at + text.size();
  const std::int32_t value = read_cell(at, end, counts, largest);
  return at == end ? value : bad_cell;
}

/// Walks over the bytes of the rows.
class RowReader {
 public:
  RowReader(const Dataset& data, std::string_view rows, const TableForm& form)
      : data_(data), form_(form), at_(rows.data()), end_(rows.data() + rows.size()), seen_(data.students.size(), false) {
    result_.students.reserve(data.students.size());
    result_.cells.reserve(data.students.size() * form.largest.size());
  }

  std::optional<TableRows> read() {
    while (at_ != end_) {
      if (!strict_row() && !odd_lines()) {
        return std::nullopt;
      }
    }
    return std::move(result_);
  }

 private:
  bool take(char wanted) {
    if (at_ == end_ || *at_ != wanted) {
      return false;
    }
    ++at_;
    return true;
  }

  bool take(std::string_view wanted) {
    if (!std::string_view(at_, end_).starts_with(wanted)) {
      return false;
    }
    at_ += wanted.size();
    return true;
  }

  /// `  "20230104": [112.5, 87]` and the end of the line; on anything else nothing is taken.
  bool strict_row() {
    const char* const begin = at_;
    const std::size_t cells_before = result_.cells.size();
    pending_.reset();  // the row before this one is complete, whatever becomes of this one
    if (take("  \"") && student() && take("\": [") && cells() && take(']') && take('\n')) {
      return true;
    }
    at_ = begin;
    result_.cells.resize(cells_before);
    if (pending_) {
      seen_[*pending_] = false;
      result_.students.pop_back();
      pending_.reset();
    }
    return false;
  }

  bool student() {
    const char* const begin = at_;
    while (at_ != end_ && *at_ != '"' && *at_ != '\n' && *at_ != '\\') {
      ++at_;
    }
    return add_student({begin, at_});
  }

  bool add_student(std::string_view id) {
    // Tables mostly stand in the order of the roster: try the next student before the look-up.
    const std::size_t next = result_.students.empty() ? 0 : result_.students.back() + 1;
    std::optional<StudentIndex> student;
    if (next < data_.students.size() && data_.students[next].id == id) {
      student = static_cast<StudentIndex>(next);
    } else {
      student = data_.find_student(id);
    }
    if (!student || seen_[*student]) {
      return false;
    }
    seen_[*student] = true;
    result_.students.push_back(*student);
    pending_ = student;
    return true;
  }

  bool cells() {
    const std::size_t columns = form_.largest.size();
    const std::size_t before = result_.cells.size();
    result_.cells.resize(before + columns);
    std::int32_t* const row = result_.cells.data() + before;
    // A cursor of its own: through `at_` every step would go to memory and back.
    const char* at = at_;
    for (std::size_t column = 0; column < columns; ++column) {
      if (column > 0) {
        if (end_ - at < 2 || at[0] != ',' || at[1] != ' ') {
          return false;
        }
        at += 2;
      }
      row[column] = read_cell(at, end_, form_.counts, form_.largest[column]);
      if (row[column] == bad_cell) {
        return false;
      }
    }
    at_ = at;
    return true;
  }

  /// A blank line, a comment, or one row in another form with the lines that belong to it.
  bool odd_lines() {
    const std::string_view rest(at_, end_);
    std::size_t length = line_length(rest);
    const std::string_view first = rest.substr(0, length);
    const std::size_t content = first.find_first_not_of(" \r\n");
    if (content == std::string_view::npos) {
      at_ += length;
      return true;
    }
    if (first[content] != '#') {
      while (length < rest.size() && continues(rest.substr(length))) {
        length += line_length(rest.substr(length));
      }
    }
    const std::string_view chunk = rest.substr(0, length);
    at_ += length;
    return first[content] == '#' ? sound_bytes(chunk) : odd_row(chunk);
  }

  static std::size_t line_length(std::string_view text) {
    const std::size_t end = text.find('\n');
    return end == std::string_view::npos ? text.size() : end + 1;
  }

  /// Whether a line belongs to the row before it: it is indented deeper, or closes a bracket.
  static bool continues(std::string_view line) {
    const std::size_t indent = line.find_first_not_of(' ');
    return indent != std::string_view::npos && (indent > 2 || line[indent] == ']' || line[indent] == '\r' || line[indent] == '\n');
  }

  static bool sound_bytes(std::string_view chunk) {
    Diagnostics problems;
    return check_bytes({}, chunk, problems) && problems.empty();
  }

  bool odd_row(std::string_view chunk) {
    if (!sound_bytes(chunk) || !chunk.ends_with('\n')) {
      return false;
    }
    Diagnostics problems;
    Tree tree;
    static const Shape marks_row = table(identifier(), list(mark_cell()));
    static const Shape counts_row = table(identifier(), list(count_cell()));
    if (!read_yaml({}, chunk, tree, problems, false) || tree.nodes.size() < 3 ||  // a mapping, a key, a value; `{}` has none
        !check_shape({}, Value(tree, 0), form_.counts ? counts_row : marks_row, problems) || !problems.empty()) {
      return false;
    }
    const Value root(tree, 0);
    const auto [id, list] = *entries_of(root).begin();
    if (list.after().index() != tree.nodes.size() || chunk.find_first_not_of(' ') != 2 || !add_student(id.text())) {
      return false;
    }
    std::size_t column = 0;
    for (const Value item : items_of(list)) {
      if (column == form_.largest.size()) {
        return false;
      }
      const std::int32_t value = item.is_null() ? -1 : decoded_cell(item.text(), form_.counts, form_.largest[column]);
      if (value == bad_cell) {
        return false;
      }
      result_.cells.push_back(value);
      ++column;
    }
    return column == form_.largest.size();
  }

  const Dataset& data_;
  const TableForm& form_;
  const char* at_;
  const char* end_;
  std::vector<bool> seen_;
  std::optional<StudentIndex> pending_;
  TableRows result_;
};

}  // namespace

std::optional<TableRows> read_rows(const Dataset& data, std::string_view rows, const TableForm& form) {
  return RowReader(data, rows, form).read();
}

void sort_rows(TableRows& rows, std::size_t columns) {
  if (std::ranges::is_sorted(rows.students)) {
    return;
  }
  std::vector<std::size_t> order(rows.students.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t row) { return rows.students[row]; });
  TableRows sorted;
  sorted.students.reserve(rows.students.size());
  sorted.cells.reserve(rows.cells.size());
  for (const std::size_t row : order) {
    sorted.students.push_back(rows.students[row]);
    const auto first = rows.cells.begin() + static_cast<std::ptrdiff_t>(row * columns);
    sorted.cells.insert(sorted.cells.end(), first, first + static_cast<std::ptrdiff_t>(columns));
  }
  rows = std::move(sorted);
}

}  // namespace help
