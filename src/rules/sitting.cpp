// SPDX-License-Identifier: MIT
#include "rules/sitting.hpp"

#include <algorithm>
#include <numeric>

namespace help {
namespace {

/// The line as an exact figure to compare the sum with: sum < numerator / denominator. All in hundredths.
Share line_for_sum(const Figure& figure, const Line& line, bool average) {
  switch (line.kind) {
    case Line::Kind::mark:
      return {average ? line.value * figure.count : line.value, 1};
    case Line::Kind::percent:
      return {line.value * figure.full, 10'000};
    case Line::Kind::pass:
      break;
  }
  return {figure.pass, 1};
}

/// What every full mark divides; or, where full marks that no school has would make it too large to reckon with, as fine a scale as may be.
std::int64_t common_full_of(const std::vector<Figure>& figures) {
  constexpr std::int64_t largest = 100'000'000'000;
  std::int64_t common = 1;
  for (const auto& each : figures) {
    if (each.state == Figure::State::present) common = std::lcm(common, std::max<std::int64_t>(1, each.full));
    if (common > largest) return largest;
  }
  return common;
}

std::int64_t share_of(std::int64_t common_full, const Figure& figure) {
  const auto full = std::max<std::int64_t>(1, figure.full);
  if (common_full % full == 0) return figure.sum * (common_full / full);
  return static_cast<std::int64_t>(static_cast<Integer128>(figure.sum) * common_full / full);
}

/// A mark, or why there is none: `absent` says that the exam was held for the student. `~` may be a subject that the class does not have.
bool is_entry(Mark mark) {
  return mark.present() || mark.state() == Mark::State::absent || mark.state() == Mark::State::deferred ||
         mark.state() == Mark::State::voided;
}

}  // namespace

bool below(const Figure& figure, const Line& line, bool average) {
  return compare({figure.sum, 1}, line_for_sum(figure, line, average)) < 0;
}

Share shortfall(const Figure& figure, const Line& line, bool average) {
  const auto limit = line_for_sum(figure, line, average);
  return {limit.numerator - figure.sum * limit.denominator, std::max<std::int64_t>(1, figure.full) * limit.denominator};
}

Sitting::Sitting(const Dataset& data, ExamIndex index, std::span<const ExamIndex> retests)
    : data_(&data),
      exam_(&data.exams[index]),
      columns_(exam_->subjects.size()),
      index_(index),
      students_(exam_->students),
      marks_(exam_->marks) {
  if (!retests.empty()) {
    add_rows(retests);
    for (const auto retest : retests) apply(retest);
  }
  // The whole school, one row a student, is the ordinary case of a large exam: then no table is needed.
  const bool one_row_each = !students_.empty() && students_.back() + 1 == students_.size();
  if (one_row_each) return;
  row_of_.assign(data.students.size(), no_row);
  for (std::size_t row = 0; row < students_.size(); ++row) row_of_[students_[row]] = static_cast<std::uint32_t>(row);
}

void Sitting::add_rows(std::span<const ExamIndex> retests) {
  own_students_ = exam_->students;
  for (const auto retest : retests) {
    const auto& more = data_->exams[retest].students;
    own_students_.insert(own_students_.end(), more.begin(), more.end());
  }
  std::ranges::sort(own_students_);
  own_students_.erase(std::unique(own_students_.begin(), own_students_.end()), own_students_.end());
  own_marks_.assign(own_students_.size() * columns(), Mark{});
  for (std::size_t row = 0; row < exam_->students.size(); ++row) {
    const auto place = static_cast<std::size_t>(std::ranges::lower_bound(own_students_, exam_->students[row]) - own_students_.begin());
    for (std::size_t column = 0; column < columns(); ++column) own_marks_[place * columns() + column] = exam_->at(row, column);
  }
  students_ = own_students_;
  marks_ = own_marks_;
}

void Sitting::apply(ExamIndex retest_index) {
  const auto& retest = data_->exams[retest_index];
  for (std::size_t from = 0; from < retest.subjects.size(); ++from) {
    const auto& measure = retest.subjects[from];
    const auto column = exam_->column_of(measure.subject);
    if (!column) continue;
    for (std::size_t retest_row = 0; retest_row < retest.students.size(); ++retest_row) {
      const auto mark = retest.at(retest_row, from);
      if (!mark.present()) continue;
      const auto row =
          static_cast<std::size_t>(std::ranges::lower_bound(own_students_, retest.students[retest_row]) - own_students_.begin());
      const auto counted = cell(row, *column);
      const bool better =
          !counted.mark.present() || compare({mark.hundredths(), measure.full}, {counted.mark.hundredths(), counted.full}) > 0;
      if (data_->policy.best_of_retests && !better) continue;
      own_marks_[row * columns() + *column] = mark;
      replaced_[{row, *column}] = {measure.full, measure.pass, retest_index};
      const auto& own = exam_->subjects[*column];
      has_other_measures_ = has_other_measures_ || measure.full != own.full || measure.pass != own.pass;
    }
  }
}

MarkCell Sitting::cell(std::size_t row, std::size_t column) const {
  const auto& own = exam_->subjects[column];
  MarkCell found{mark(row, column), own.full, own.pass, std::nullopt};
  if (replaced_.empty()) return found;
  const auto other = replaced_.find({row, column});
  if (other == replaced_.end()) return found;
  found.full = other->second.full;
  found.pass = other->second.pass;
  found.retest = other->second.retest;
  return found;
}

const RowGroups& Sitting::groups(Compared by) const {
  auto& known = by == Compared::school_class ? by_class_ : by_grade_;
  if (known) return *known;
  known.emplace();
  known->of_row.resize(rows());
  if (by == Compared::school_class) {
    known->count = data_->classes.size() + 1;
    for (std::size_t row = 0; row < rows(); ++row) {
      const auto in = data_->class_of(students_[row], exam_->date);
      known->of_row[row] = in ? *in + 1 : 0;
    }
    return *known;
  }
  // Grades become 1, 2 … in the order of the classes; 0 is "no class".
  const auto& classes = groups(Compared::school_class);
  std::vector<std::uint32_t> grade_of_class(classes.count, 0);
  std::map<int, std::uint32_t> grades;
  for (std::size_t in = 1; in < classes.count; ++in) {
    const auto grade = data_->grade_of(static_cast<ClassIndex>(in - 1), exam_->date);
    grade_of_class[in] = grades.emplace(grade, static_cast<std::uint32_t>(grades.size() + 1)).first->second;
  }
  known->count = grades.size() + 1;
  for (std::size_t row = 0; row < rows(); ++row) known->of_row[row] = grade_of_class[classes.of_row[row]];
  return *known;
}

void Sitting::find_who_sat() const {
  if (!sat_.empty()) return;
  const auto& classes = groups(Compared::school_class);
  sat_.assign(classes.count * columns(), false);
  for (std::size_t row = 0; row < rows(); ++row) {
    for (std::size_t column = 0; column < columns(); ++column) {
      if (is_entry(mark(row, column))) sat_[classes.of_row[row] * columns() + column] = true;
    }
  }
}

bool Sitting::class_sat(std::size_t row, std::size_t column) const {
  find_who_sat();
  const auto in = groups(Compared::school_class).of_row[row];
  return in == 0 || sat_[in * columns() + column];
}

bool Sitting::took_part(ClassIndex in) const {
  find_who_sat();
  for (std::size_t column = 0; column < columns(); ++column) {
    if (sat_[(in + 1) * columns() + column]) return true;
  }
  return false;
}

std::int64_t Sitting::common_full(std::size_t column) const {
  std::int64_t common = exam_->subjects[column].full;
  for (const auto& [place, other] : replaced_) {
    if (place.second == column) common = std::lcm(common, std::int64_t{other.full});
  }
  return common;
}

std::vector<std::int64_t> Sitting::values_of(std::size_t column) const {
  std::vector<std::int64_t> values(rows(), no_value);
  for (std::size_t row = 0; row < rows(); ++row) {
    if (mark(row, column).present()) values[row] = mark(row, column).hundredths();
  }
  if (!has_other_measures_) return values;
  // A retest out of another full mark is compared by its share of full: everything is brought to one full mark, exactly.
  const auto common = common_full(column);
  for (std::size_t row = 0; row < rows(); ++row) {
    if (values[row] != no_value) values[row] *= common / cell(row, column).full;
  }
  return values;
}

Standings Sitting::rank(std::vector<std::int64_t> values, Compared by) const {
  const auto& grouped = groups(by);
  if (!data_->classes.empty()) {
    for (std::size_t row = 0; row < rows(); ++row) {
      if (grouped.of_row[row] == 0) values[row] = no_value;
    }
  }
  return rank_rows(std::move(values), grouped.of_row, grouped.count);
}

const Standings& Sitting::standings(std::size_t column, Compared by) const {
  const auto known = of_columns_.find({column, by});
  if (known != of_columns_.end()) return known->second;
  return of_columns_.emplace(std::pair{column, by}, rank(values_of(column), by)).first->second;
}

std::vector<std::uint32_t> Sitting::columns_of(const Basis& basis) const {
  std::vector<std::uint32_t> named;
  for (std::size_t column = 0; column < columns(); ++column) {
    const auto& name = data_->subjects[subject(column).subject];
    const bool all = basis.subjects.empty();
    if (all || std::ranges::find(basis.subjects, name) != basis.subjects.end()) named.push_back(static_cast<std::uint32_t>(column));
  }
  std::ranges::sort(named, {}, [&](std::uint32_t column) { return subject(column).subject; });
  return named;
}

Figure Sitting::figure(std::size_t row, const std::vector<std::uint32_t>& columns, const Basis& basis) const {
  Figure made;
  bool lacks = false;
  for (const auto column : columns) {
    if (basis.subjects.empty() && !class_sat(row, column)) continue;
    const auto counted = cell(row, column);
    lacks = lacks || counted.mark.missing();
    const bool counts = counted.mark.present() || (counted.mark.missing() && basis.missing == MissingMarks::zero);
    if (!counts) continue;
    ++made.count;
    made.sum += counted.mark.present() ? counted.mark.hundredths() : 0;
    made.full += counted.full;
    made.pass += counted.pass;
    if (counted.retest) made.repeated = std::max(made.repeated, std::optional(data_->exams[*counted.retest].date));
  }
  if (lacks && (basis.missing == MissingMarks::not_judged || made.count == 0)) {
    made.state = Figure::State::missing;
  } else if (made.count > 0) {
    made.state = Figure::State::present;
  }
  return made;
}

Sitting::Figures& Sitting::figures_of(const Basis& basis) const {
  const auto same = [&](const auto& known) {
    return known.first.kind == basis.kind && known.first.missing == basis.missing && known.first.subjects == basis.subjects;
  };
  const auto known = std::ranges::find_if(figures_, same);
  if (known != figures_.end()) return known->second;
  auto& made = figures_.emplace_back(basis, Figures{}).second;
  const auto named = columns_of(basis);
  made.of_row.reserve(rows());
  for (std::size_t row = 0; row < rows(); ++row) {
    made.of_row.push_back(figure(row, named, basis));
  }
  made.common_full = common_full_of(made.of_row);
  return made;
}

const Standings& Sitting::standings(const Basis& basis, Compared by) const {
  auto& made = figures_of(basis);
  auto& known = by == Compared::school_class ? made.by_class : made.by_grade;
  if (known) return *known;
  // Who is exempt from a subject has a smaller total, and is no worse for it: what is compared is the share of full.
  std::vector<std::int64_t> values(rows(), no_value);
  for (std::size_t row = 0; row < rows(); ++row) {
    const auto& each = made.of_row[row];
    if (each.state == Figure::State::present) values[row] = share_of(made.common_full, each);
  }
  known = rank(std::move(values), by);
  return *known;
}

}  // namespace help
