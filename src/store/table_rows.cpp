// SPDX-License-Identifier: MIT
#include "store/table_rows.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "store/fields.hpp"
#include "store/formats.hpp"

namespace help {
namespace {

constexpr std::int32_t bad_cell = INT32_MIN;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Readers of one cell in the program's own form: each gives the place behind it, or null. The text must go on to a byte that is no part of
// a cell, which bounds every loop.

const char* read_word(const char* at, std::int32_t& value) {
  for (const Mark::State state : {Mark::State::absent, Mark::State::exempt, Mark::State::deferred, Mark::State::voided}) {
    const std::string_view word = word_of(state);
    const auto differ = std::ranges::find_if(word, [place = at](char letter) mutable { return letter != *place++; });
    if (differ == word.end()) {
      value = static_cast<std::int32_t>(state);
      return at + word.size();
    }
  }
  return nullptr;
}

const char* read_number(const char* at, std::int32_t& whole) {
  const char* const begin = at;
  whole = 0;
  for (; is_digit(*at) && at - begin < 7; ++at) {
    whole = whole * 10 + (*at - '0');
  }
  return is_digit(*at) || (*begin == '0' && at - begin > 1) ? nullptr : at;
}

/// The places behind the point, if there is one.
const char* read_hundredths(const char* at, std::int32_t& value) {
  if (*at != '.') {
    return at;
  }
  if (!is_digit(*++at)) {
    return nullptr;
  }
  value += (*at++ - '0') * 10;
  if (is_digit(*at)) {
    value += *at++ - '0';
  }
  return at;
}

inline const char* read_mark(const char* at, std::int32_t largest, std::int32_t& value) {
  if (!is_digit(*at)) {
    value = static_cast<std::int32_t>(Mark::State::no_entry);
    return *at == '~' ? at + 1 : read_word(at, value);
  }
  // Nearly every mark has two digits.
  if (*at != '0' && is_digit(at[1]) && !is_digit(at[2])) {
    value = (at[0] - '0') * 10 + (at[1] - '0');
    at += 2;
  } else {
    at = read_number(at, value);
    if (at == nullptr || value > max_full_hundredths / 100) {
      return nullptr;
    }
  }
  value *= 100;
  at = read_hundredths(at, value);
  return value <= largest ? at : nullptr;
}

const char* read_count(const char* at, std::int32_t largest, std::int32_t& value) {
  if (*at == '~') {
    value = -1;
    return at + 1;
  }
  if (!is_digit(*at)) {
    return nullptr;
  }
  at = read_number(at, value);
  return value <= largest ? at : nullptr;
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
  /// `  "20230104": [112.5, 87]` and the end of the line; on anything else nothing is taken.
  bool strict_row() {
    // No loop below passes a line feed, so the last one bounds them all.
    if (end_[-1] != '\n') {
      return false;
    }
    const std::size_t cells_before = result_.cells.size();
    const char* at = at_;
    if (at[0] != ' ' || at[1] != ' ' || at[2] != '"') {
      return false;
    }
    const char* const id = at + 3;
    at = end_of_id(id);
    if (at[0] != '"' || at[1] != ':' || at[2] != ' ' || at[3] != '[') {
      return false;
    }
    const char* const end = form_.counts ? read_cells(at + 4, [](const char* cell, std::int32_t largest,
                                                                 std::int32_t& value) { return read_count(cell, largest, value); })
                                         : read_cells(at + 4, [](const char* cell, std::int32_t largest, std::int32_t& value) {
                                             return read_mark(cell, largest, value);
                                           });
    if (end == nullptr || end[0] != ']' || end[1] != '\n' || !add_student({id, at})) {
      result_.cells.resize(cells_before);
      return false;
    }
    at_ = end + 2;
    return true;
  }

  /// Tables mostly stand in the order of the roster: the next student is tried before anyone is looked up.
  [[nodiscard]] const Student* next_student() const {
    const std::size_t next = result_.students.empty() ? 0 : result_.students.back() + 1;
    return next < data_.students.size() ? &data_.students[next] : nullptr;
  }

  [[nodiscard]] const char* end_of_id(const char* at) const {
    const Student* const next = next_student();
    if (next != nullptr && std::string_view(at, end_).starts_with(next->id) && at[next->id.size()] == '"') {
      return at + next->id.size();
    }
    while (*at != '"' && *at != '\n' && *at != '\\') {
      ++at;
    }
    return at;
  }

  bool add_student(std::string_view id) {
    const Student* const next = next_student();
    const std::optional<StudentIndex> student =
        next != nullptr && next->id == id ? std::optional(static_cast<StudentIndex>(next - data_.students.data())) : data_.find_student(id);
    if (!student || seen_[*student]) {
      return false;
    }
    seen_[*student] = true;
    result_.students.push_back(*student);
    return true;
  }

  /// The cells of a row, as many as the table has columns: the place behind the last, or null.
  template <typename ReadCell>
  const char* read_cells(const char* at, ReadCell read_cell) {
    const std::size_t before = result_.cells.size();
    result_.cells.resize(before + form_.largest.size());
    std::int32_t* place = result_.cells.data() + before;
    for (const std::int32_t largest : form_.largest) {
      if (place != result_.cells.data() + before) {
        if (at[0] != ',' || at[1] != ' ') {
          return nullptr;
        }
        at += 2;
      }
      at = read_cell(at, largest, *place++);
      if (at == nullptr) {
        return nullptr;
      }
    }
    return at;
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
      const std::int32_t value = item.is_null() ? -1 : odd_cell(item.text(), form_.largest[column]);
      if (value == bad_cell) {
        return false;
      }
      result_.cells.push_back(value);
      ++column;
    }
    return column == form_.largest.size();
  }

  std::int32_t odd_cell(std::string_view text, std::int32_t largest) const {
    const std::string line = std::string(text) + '\n';
    std::int32_t value = 0;
    const char* const end = form_.counts ? read_count(line.data(), largest, value) : read_mark(line.data(), largest, value);
    return end == line.data() + text.size() ? value : bad_cell;
  }

  const Dataset& data_;
  const TableForm& form_;
  const char* at_;
  const char* end_;
  std::vector<bool> seen_;
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
