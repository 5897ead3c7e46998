// SPDX-License-Identifier: MIT
#include "store/grade_file.hpp"

#include <algorithm>
#include <array>

#include "diag/characters.hpp"
#include "store/text_lines.hpp"

namespace help {
namespace {

std::optional<Mark> mark_of_word(std::string_view word) {
  constexpr std::array states{Mark::State::no_entry, Mark::State::absent, Mark::State::exempt, Mark::State::deferred, Mark::State::voided};
  for (const Mark::State state : states) {
    if (word == word_of(state)) {
      return Mark(state);
    }
  }
  const auto hundredths = parse_hundredths(word);
  return hundredths ? std::optional(Mark::of(*hundredths)) : std::nullopt;
}

/// `112.5, ~, absent`; nothing where a word is no mark.
std::optional<std::vector<Mark>> marks_of_list(std::string_view list) {
  std::vector<Mark> marks;
  for (;;) {
    const std::size_t comma = list.find(',');
    const auto mark = mark_of_word(trimmed(list.substr(0, comma)));
    if (!mark) {
      return std::nullopt;
    }
    marks.push_back(*mark);
    if (comma == std::string_view::npos) {
      return marks;
    }
    list.remove_prefix(comma + 1);
  }
}

// Only spaces, or a comment that is set off by one.
bool is_end_of_row(std::string_view rest) {
  const std::size_t sign = rest.find_first_not_of(' ');
  return sign == std::string_view::npos || (sign > 0 && rest[sign] == '#');
}

}  // namespace

bool GradeFile::read(std::string_view bytes) {
  *this = {};
  bool in_rows = false;
  std::uint32_t number = 0;
  for (const std::string_view line : lines_of(bytes)) {
    ++number;
    if (!in_rows) {
      head_ += line;
      line_end_ = end_of(line).empty() ? line_end_ : end_of(line);
      in_rows = trimmed(without_end(line)) == "scores:" && line.starts_with('s');
    } else if (is_blank_or_comment(line)) {
      (rows_.empty() ? head_ : rows_.back().follow) += line;
    } else if (!read_row(line)) {
      bad_line_ = number;
      return false;
    }
  }
  bad_line_ = in_rows ? 0 : std::max(number, 1U);
  return in_rows;
}

bool GradeFile::read_row(std::string_view line) {
  constexpr std::string_view between = "\": [";
  const std::string_view text = without_end(line);
  const std::size_t id_end = text.find(between);
  const std::size_t close = text.find(']');
  if (!text.starts_with("  \"") || id_end == std::string_view::npos || close == std::string_view::npos || close < id_end) {
    return false;
  }
  const std::size_t open = id_end + between.size();
  auto marks = marks_of_list(text.substr(open, close - open));
  if (!marks || !is_end_of_row(text.substr(close + 1))) {
    return false;
  }
  const std::string_view end = end_of(line).empty() ? std::string_view(line_end_) : end_of(line);
  std::string student(text.substr(3, id_end - 3));
  if (!places_.emplace(student, rows_.size()).second) {
    return false;
  }
  rows_.push_back({.student = std::move(student),
                   .before = std::string(text.substr(0, open - 1)),
                   .marks = std::move(*marks),
                   .after = std::string(text.substr(close + 1)).append(end),
                   .as_read = std::string(text).append(end)});
  return true;
}

std::optional<std::span<const Mark>> GradeFile::marks_of(std::string_view student) const {
  const auto found = places_.find(std::string(student));
  return found == places_.end() ? std::nullopt : std::optional(std::span<const Mark>(rows_[found->second].marks));
}

void GradeFile::set(std::string_view student, std::vector<Mark> marks) {
  if (const auto found = places_.find(std::string(student)); found != places_.end()) {
    rows_[found->second].marks = std::move(marks);
    rows_[found->second].as_read.clear();
    return;
  }
  added_.push_back(
      {.student = std::string(student), .before = "  " + double_quoted(student) + ": ", .marks = std::move(marks), .after = line_end_});
}

bool GradeFile::add_column(std::span<const std::string> known, const GradeColumn& column) {
  std::vector<std::string> names(known.begin(), known.end());
  const std::string old_line = grade_columns_line(names);
  names.push_back(column.subject);
  std::string made;
  bool in_subjects = false;
  bool subject_added = false;
  bool columns_replaced = false;
  const auto in_file = [this](std::string line) { return line.replace(line.size() - 1, 1, line_end_); };
  for (const std::string_view line : lines_of(head_)) {
    if (in_subjects && !line.starts_with("  ")) {
      made += in_file(grade_subject_line(column));
      subject_added = true;
      in_subjects = false;
    }
    in_subjects = in_subjects || without_end(line) == "subjects:";
    const bool is_columns = without_end(line) == without_end(old_line);
    columns_replaced = columns_replaced || is_columns;
    made += is_columns ? in_file(grade_columns_line(names)) : std::string(line);
  }
  if (!subject_added || !columns_replaced) {
    return false;
  }
  head_ = std::move(made);
  for (Row& row : rows_) {
    row.marks.emplace_back(Mark::State::no_entry);
    row.as_read.clear();
  }
  return true;
}

std::vector<const GradeFile::Row*> GradeFile::in_order() const {
  std::vector<const Row*> order;
  std::ranges::transform(rows_, std::back_inserter(order), [](const Row& row) { return &row; });
  const auto by_id = [](const Row* a, const Row* b) { return a->student < b->student; };
  const bool sorted = std::ranges::is_sorted(order, by_id);
  const auto middle = static_cast<std::ptrdiff_t>(order.size());
  std::ranges::transform(added_, std::back_inserter(order), [](const Row& row) { return &row; });
  std::sort(order.begin() + middle, order.end(), by_id);
  if (sorted) {
    std::inplace_merge(order.begin(), order.begin() + middle, order.end(), by_id);
  }
  return order;
}

std::string GradeFile::bytes() const {
  std::string made = head_;
  if (!made.ends_with('\n')) {
    made += line_end_;
  }
  for (const Row* row : in_order()) {
    made += row->as_read.empty() ? row->before + grade_marks(row->marks) + row->after : row->as_read;
    made += row->follow;
    if (!made.ends_with('\n')) {
      made += line_end_;
    }
  }
  return made;
}

}  // namespace help
