// SPDX-License-Identifier: MIT
#include "store/table_rows.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "diag/characters.hpp"
#include "store/fields.hpp"
#include "store/formats.hpp"

namespace help {
namespace {

constexpr std::int32_t bad_cell = INT32_MIN;

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

const char* read_mark(const char* at, std::int32_t largest, std::int32_t& value) {
  if (!is_digit(*at)) {
    value = static_cast<std::int32_t>(Mark::State::no_entry);
    return *at == '~' ? at + 1 : read_word(at, value);
  }
  at = read_number(at, value);
  if (at == nullptr || value > max_full_hundredths / 100) {
    return nullptr;
  }
  value *= 100;
  at = read_hundredths(at, value);
  return value <= largest ? at : nullptr;
}

/// Nearly every mark has two digits, and perhaps one behind the point; any other is read by `read_mark`.
inline const char* read_common_mark(const char* const at, std::int32_t largest, std::int32_t& value) {
  const int tens = at[0] - '0';
  if (tens < 1 || tens > 9 || !is_digit(at[1])) {
    return read_mark(at, largest, value);
  }
  value = tens * 1000 + (at[1] - '0') * 100;
  const char* end = at + 2;
  if (end[0] == '.' && is_digit(end[1])) {
    value += (end[1] - '0') * 10;
    end += 2;
  }
  const bool ends_here = *end == ',' || *end == ']';
  return ends_here && value <= largest ? end : read_mark(at, largest, value);
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
  RowReader(const Dataset& data, std::string_view rows, const RowsForm& form)
      : data_(data), form_(form), at_(rows.data()), end_(rows.data() + rows.size()), seen_(data.students.size(), false) {
    result_.students.reserve(data.students.size());
    // Nobody has two rows, so there are never more.
    result_.cells.resize(data.students.size() * form.largest.size());
  }

  std::optional<TableRows> read() {
    while (at_ != end_) {
      if (!strict_row() && !odd_lines()) {
        return std::nullopt;
      }
    }
    result_.cells.resize(result_.students.size() * form_.largest.size());
    return std::move(result_);
  }

 private:
  /// `  "20230104": [112.5, 87]` and the end of the line; on anything else nothing is taken.
  bool strict_row() {
    // No loop below passes a line feed, so the last one bounds them all.
    if (end_[-1] != '\n') {
      return false;
    }
    if (at_[0] != ' ' || at_[1] != ' ' || at_[2] != '"') {
      return false;
    }
    StudentIndex student = 0;
    const char* const at = read_id(at_ + 3, student);
    if (at == nullptr || seen_[student] || at[0] != ':' || at[1] != ' ' || at[2] != '[') {
      return false;
    }
    const char* const end = form_.counts ? read_cells(at + 3, [](const char* cell, std::int32_t largest,
                                                                 std::int32_t& value) { return read_count(cell, largest, value); })
                                         : read_cells(at + 3, [](const char* cell, std::int32_t largest, std::int32_t& value) {
                                             return read_common_mark(cell, largest, value);
                                           });
    if (end == nullptr || end[0] != ']' || end[1] != '\n') {
      return false;
    }
    add(student);
    at_ = end + 2;
    return true;
  }

  /// Tables mostly stand in the order of the roster: the next student is tried before anyone is looked up.
  [[nodiscard]] const Student* next_student() const {
    const std::size_t next = result_.students.empty() ? 0 : result_.students.back() + 1;
    return next < data_.students.size() ? &data_.students[next] : nullptr;
  }

  /// Whose id stands here, up to its closing quote: the place behind that, or null.
  const char* read_id(const char* at, StudentIndex& student) const {
    const Student* const next = next_student();
    if (next != nullptr && std::string_view(at, end_).starts_with(next->id) && at[next->id.size()] == '"') {
      student = static_cast<StudentIndex>(next - data_.students.data());
      return at + next->id.size() + 1;
    }
    const char* end = at;
    while (*end != '"' && *end != '\n' && *end != '\\') {
      ++end;
    }
    const std::optional<StudentIndex> found = *end == '"' ? data_.find_student({at, end}) : std::nullopt;
    student = found.value_or(0);
    return found ? end + 1 : nullptr;
  }

  void add(StudentIndex student) {
    seen_[student] = true;
    result_.students.push_back(student);
  }

  /// Where the cells of the next row go.
  [[nodiscard]] std::int32_t* next_cells() { return result_.cells.data() + result_.students.size() * form_.largest.size(); }

  /// The cells of a row, as many as the table has columns: the place behind the last, or null.
  template <typename ReadCell>
  const char* read_cells(const char* at, ReadCell read_cell) {
    std::int32_t* const first = next_cells();
    std::int32_t* place = first;
    for (const std::int32_t largest : form_.largest) {
      if (place != first) {
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
    const auto student = data_.find_student(id.text());
    if (list.after().index() != tree.nodes.size() || chunk.find_first_not_of(' ') != 2 || !student || seen_[*student]) {
      return false;
    }
    std::int32_t* const cells = next_cells();
    std::size_t column = 0;
    for (const Value item : items_of(list)) {
      if (column == form_.largest.size()) {
        return false;
      }
      const std::int32_t value = item.is_null() ? -1 : odd_cell(item.text(), form_.largest[column]);
      if (value == bad_cell) {
        return false;
      }
      cells[column++] = value;
    }
    if (column != form_.largest.size()) {
      return false;
    }
    add(*student);
    return true;
  }

  std::int32_t odd_cell(std::string_view text, std::int32_t largest) const {
    const std::string line = std::string(text) + '\n';
    std::int32_t value = 0;
    const char* const end = form_.counts ? read_count(line.data(), largest, value) : read_mark(line.data(), largest, value);
    return end == line.data() + text.size() ? value : bad_cell;
  }

  const Dataset& data_;
  const RowsForm& form_;
  const char* at_;
  const char* end_;
  std::vector<bool> seen_;
  TableRows result_;
};

}  // namespace

std::optional<TableRows> read_rows(const Dataset& data, std::string_view rows, const RowsForm& form) {
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
