// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "model/dataset.hpp"
#include "rules/exact.hpp"

namespace help {

/// One mark with what it is measured by, once retests have had their say.
struct MarkCell {
  Mark mark;
  std::int32_t full = 0;
  std::int32_t pass = 0;
  std::optional<ExamIndex> retest;  ///< the retest that the mark comes from
};

/// An average or a total of several subjects of one exam.
struct Figure {
  enum class State : std::uint8_t {
    present,
    missing,      ///< a mark that it needs is missing
    passed_over,  ///< not examined, or exempt from everything
  } state = State::passed_over;
  std::int32_t count = 0;  ///< marks that it is made of
  std::int64_t sum = 0;    ///< hundredths, like the rest
  std::int64_t full = 0;
  std::int64_t pass = 0;
  std::optional<Date> repeated = {};  ///< the day of the latest retest that some of the marks come from
};

/// Whether the figure is below the line: for an average a mark is compared with sum / count, for a total with the sum; a share and the
/// pass marks are of everything that the figure is made of. Exact.
[[nodiscard]] bool below(const Figure& figure, const Line& line, bool average);
/// How far below the line, as a share of full; negative where it is not below.
[[nodiscard]] Share shortfall(const Figure& figure, const Line& line, bool average);

/// Groups of rows by class or by grade on the exam's day. Group 0 are those without a class; it is no group to be compared in, unless
/// the school keeps no classes at all.
struct RowGroups {
  std::vector<std::uint32_t> of_row = {};
  std::size_t count = 0;
};

/// One exam as it counts on the day of the question: with its retests, the classes and grades of its own day, and everything that is
/// derived from it computed once, when first asked for.
class Sitting {
 public:
  /// `retests`: the exams that repeat this one, held by the day of the question, by date.
  Sitting(const Dataset& data, ExamIndex index, std::span<const ExamIndex> retests);
  Sitting(const Sitting&) = delete;
  Sitting& operator=(const Sitting&) = delete;

  [[nodiscard]] ExamIndex index() const { return index_; }
  [[nodiscard]] const Exam& exam() const { return *exam_; }
  [[nodiscard]] std::size_t rows() const { return students_.size(); }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] const ExamSubject& subject(std::size_t column) const { return exam_->subjects[column]; }

  static constexpr std::uint32_t no_row = 0xFFFF'FFFF;
  /// The row of a student, or `no_row`.
  [[nodiscard]] std::uint32_t row_of(StudentIndex student) const {
    return row_of_.empty() ? (student < rows() ? student : no_row) : row_of_[student];
  }
  [[nodiscard]] StudentIndex student_of(std::size_t row) const { return students_[row]; }
  [[nodiscard]] Mark mark(std::size_t row, std::size_t column) const { return marks_[row * columns() + column]; }
  /// The marks of a row, by column.
  [[nodiscard]] std::span<const Mark> marks_of(std::size_t row) const { return marks_.subspan(row * columns(), columns()); }
  /// Has a row brought near, if there is one: it will soon be asked for.
  void fetch_row(std::size_t row) const {
    if (row < rows() && columns() > 0) __builtin_prefetch(&marks_[(row + 1) * columns() - 1]);
  }
  [[nodiscard]] MarkCell cell(std::size_t row, std::size_t column) const;
  /// Whether some mark comes from a retest with another full or pass mark than the exam's.
  [[nodiscard]] bool has_other_measures() const { return has_other_measures_; }

  /// How the rows are grouped on the exam's day.
  [[nodiscard]] const RowGroups& groups(Compared by) const;
  /// The columns that a basis names, in the order of Dataset::subjects.
  [[nodiscard]] std::vector<std::uint32_t> columns_of(const Basis& basis) const;
  /// Whether somebody of the row's class has a mark in the column, or was absent from it; true for a row without a class.
  [[nodiscard]] bool class_sat(std::size_t row, std::size_t column) const;

  /// Whether somebody of the class has a mark in any column, or was absent from it.
  [[nodiscard]] bool took_part(ClassIndex in) const;

  /// The full mark of the values in the standings of a column: the column's own, or one that retests out of others can be brought to.
  [[nodiscard]] std::int64_t common_full(std::size_t column) const;
  /// Places and spreads of the marks of one column.
  [[nodiscard]] const Standings& standings(std::size_t column, Compared by) const;

  /// Average or total by row: over the subjects that the row's class sat, or those that the basis names.
  struct Figures {
    std::vector<Figure> of_row;
    std::int64_t common_full = 1;  ///< values of the standings are sum x common_full / full: shares, brought to one denominator
    std::optional<Standings> by_class;
    std::optional<Standings> by_grade;
  };
  [[nodiscard]] const Figures& figures(const Basis& basis) const { return figures_of(basis); }
  [[nodiscard]] const Standings& standings(const Basis& basis, Compared by) const;

 private:
  struct Replaced {
    std::int32_t full = 0;
    std::int32_t pass = 0;
    ExamIndex retest = 0;
  };
  void add_rows(std::span<const ExamIndex> retests);
  void apply(ExamIndex retest);
  void find_who_sat() const;
  [[nodiscard]] std::vector<std::int64_t> values_of(std::size_t column) const;
  [[nodiscard]] Standings rank(std::vector<std::int64_t> values, Compared by) const;
  [[nodiscard]] Figures& figures_of(const Basis& basis) const;
  [[nodiscard]] Figure figure(std::size_t row, const std::vector<std::uint32_t>& columns, const Basis& basis) const;

  const Dataset* data_;
  const Exam* exam_;
  std::size_t columns_;
  ExamIndex index_;
  std::vector<StudentIndex> own_students_;  // with the rows that only retests have; empty: the exam's own
  std::span<const StudentIndex> students_;
  std::vector<Mark> own_marks_;  // with retests; empty: the exam's own
  std::span<const Mark> marks_;
  std::map<std::pair<std::size_t, std::size_t>, Replaced> replaced_;  // by row, column
  std::vector<std::uint32_t> row_of_;                                 // empty: student i has row i
  bool has_other_measures_ = false;

  mutable std::optional<RowGroups> by_class_;
  mutable std::optional<RowGroups> by_grade_;
  mutable std::vector<bool> sat_;  // class group x column
  mutable std::map<std::pair<std::size_t, Compared>, Standings> of_columns_;
  mutable std::deque<std::pair<Basis, Figures>> figures_;  // few: one for each basis that the policy has
};

}  // namespace help
