// SPDX-License-Identifier: MIT
#include "property/oracle.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace help::test {
namespace {

using State = Judgement::State;

/// One figure of one student in one exam, in marks: of a subject, or made of several.
struct Figure {
  enum class Kind { present, missing, passed_over } kind = Kind::passed_over;
  Fraction value;
  Fraction full;
  Fraction pass;
  std::string retest;
  std::optional<Date> repeated;  ///< the latest day of a repetition that some of it comes from

  [[nodiscard]] bool present() const { return kind == Kind::present; }
};

/// The mark that counts, with the full and pass marks of the exam that it comes from.
struct CountingMark {
  Mark mark;
  Fraction full;
  Fraction pass;
  std::string retest;
};

/// A standard score: `above` / square root of `variance`.
struct StandardScore {
  Fraction above;
  Fraction variance;
};

bool is_made_of_several(const Rule& rule) {
  return rule.parameters.basis.kind == Basis::Kind::average || rule.parameters.basis.kind == Basis::Kind::total;
}

/// What is compared within a group: a mark, or the share of full of what is made of several.
Fraction compared(const Figure& figure, const Rule& rule) { return is_made_of_several(rule) ? figure.value / figure.full : figure.value; }

Fraction marks(std::int64_t hundredths) { return {hundredths, 100}; }

Fraction limit_of(const Line& line, const Figure& figure) {
  if (line.kind == Line::Kind::mark) return marks(line.value);
  if (line.kind == Line::Kind::percent) return Fraction(line.value, 10000) * figure.full;
  return figure.pass;
}

bool fails(const Figure& figure, const Line& line) { return figure.present() && figure.value < limit_of(line, figure); }

Fraction shortfall_of(const Figure& figure, const Line& line) { return (limit_of(line, figure) - figure.value) / figure.full; }

std::optional<Wide> whole_root(Wide square) {
  auto root = static_cast<Wide>(std::sqrt(static_cast<long double>(square)));
  while (root * root > square) --root;
  while ((root + 1) * (root + 1) <= square) ++root;
  if (root * root != square) return std::nullopt;
  return root;
}

/// The value of a standard score, if it is a rational number.
std::optional<Fraction> rational(const StandardScore& score) {
  if (score.above.sign() == 0) return Fraction(0);
  const auto top = whole_root(score.variance.top());
  const auto bottom = whole_root(score.variance.bottom());
  if (!top || !bottom) return std::nullopt;
  return score.above / Fraction(*top, *bottom);
}

long double about(const Fraction& fraction) {
  return static_cast<long double>(fraction.top()) / static_cast<long double>(fraction.bottom());
}

long double about(const StandardScore& score) { return about(score.above) / std::sqrt(about(score.variance)); }

bool is_below(const StandardScore& score, const Fraction& line) {
  if (score.above.sign() >= 0 && line.sign() <= 0) return false;
  if (score.above.sign() < 0 && line.sign() >= 0) return true;
  const Fraction left = score.above * score.above;
  const Fraction right = line * line * score.variance;
  return line.sign() > 0 ? left < right : left > right;
}

/// Whether `before` - `after` is at least `least`. A sum of two roots equals a rational number only if both are rational or they cancel;
/// where it does not equal it, long double tells the side.
bool fell_by(const StandardScore& before, const StandardScore& after, const Fraction& least) {
  const auto rational_before = rational(before);
  const auto rational_after = rational(after);
  if (rational_before && rational_after) return *rational_before - *rational_after >= least;
  const bool same_square = before.above * before.above / before.variance == after.above * after.above / after.variance;
  if (least.sign() == 0 && same_square && before.above.sign() == after.above.sign()) return true;
  const long double difference = about(before) - about(after) - about(least);
  if (std::abs(difference) < 1e-15L) std::abort();
  return difference > 0;
}

bool is_run(const Rule& rule) { return rule.kind == "failed-in-a-row" || rule.kind == "failed-of-last" || rule.kind == "missed-exams"; }
bool is_of_days(const Rule& rule) { return rule.kind == "count-at-least" || rule.kind == "flagged" || rule.kind == "listed"; }
bool has_basis(const Rule& rule) { return !is_of_days(rule) && rule.kind != "failed-subjects" && rule.kind != "missed-exams"; }

class Oracle {
 public:
  Oracle(const Dataset& data, const Question& question) : data_(data), question_(question), today_(question.today) {
    term_ = question.term ? question.term : data.calendar.term_of(today_);
  }

  [[nodiscard]] OracleAnswer answer() const;
  [[nodiscard]] std::vector<OracleVerdict> judge_all(StudentIndex student) const;

 private:
  // --- people
  [[nodiscard]] std::optional<ClassIndex> class_on(StudentIndex student, Date day) const {
    const auto& person = data_.students[student];
    if (person.left && *person.left < day) return std::nullopt;
    for (const auto& membership : person.classes) {
      if (membership.days.from <= day && day <= membership.days.until) return membership.in;
    }
    return std::nullopt;
  }
  [[nodiscard]] int grade_on(ClassIndex in, Date day) const {
    return data_.classes[in].entry_grade + data_.calendar.school_year(day) - data_.classes[in].cohort;
  }
  /// A student is here who is in a class today; one without any class on record from the arrival until the last day.
  [[nodiscard]] bool here(StudentIndex student) const {
    const auto& person = data_.students[student];
    if (!person.classes.empty()) return class_on(student, today_).has_value();
    return !(person.left && *person.left < today_) && !(person.transferred && *person.transferred > today_);
  }
  [[nodiscard]] bool same_group(StudentIndex one, StudentIndex other, Date day, Compared of) const {
    const auto a = class_on(one, day);
    const auto b = class_on(other, day);
    if (!a || !b) return false;
    return of == Compared::school_class ? *a == *b : grade_on(*a, day) == grade_on(*b, day);
  }

  // --- exams and marks
  /// The same, asked about the exams of one student.
  [[nodiscard]] Oracle of(StudentIndex student) const {
    Oracle asked(*this);
    asked.who_ = student;
    return asked;
  }
  [[nodiscard]] std::optional<int> first_year(StudentIndex student, Date day) const;
  [[nodiscard]] bool held_for(const Exam& exam, StudentIndex student) const;
  [[nodiscard]] std::vector<const Exam*> for_whom_is_asked(const std::vector<const Exam*>& exams) const;
  [[nodiscard]] bool held(const Exam& exam) const { return exam.date <= today_; }
  [[nodiscard]] bool matches(const ExamChoice& choice, const Exam& exam) const;
  [[nodiscard]] std::vector<const Exam*> all_matching(const ExamChoice& choice, Date before = Date::max()) const;
  [[nodiscard]] const Exam* chosen(const ExamChoice& choice) const;
  /// The latest that is meant before a day.
  [[nodiscard]] const Exam* chosen_before(const ExamChoice& choice, Date day) const;
  [[nodiscard]] const Exam* since_exam(const Rule& rule) const;
  [[nodiscard]] const Exam* confirming_exam(const Rule& rule) const;
  [[nodiscard]] bool repeats(const Exam& later, const Exam& original) const;
  [[nodiscard]] CountingMark counting_mark(const Exam& exam, StudentIndex student, SubjectIndex subject) const;
  [[nodiscard]] bool class_sat(const Exam& exam, StudentIndex student, SubjectIndex subject) const;
  [[nodiscard]] Figure subject_figure(const Exam& exam, StudentIndex student, SubjectIndex subject) const;
  [[nodiscard]] Figure joint_figure(const Exam& exam, StudentIndex student, const Basis& basis) const;
  /// What a basis judges: single subjects, or one thing made of several (nothing).
  [[nodiscard]] std::vector<std::optional<SubjectIndex>> elements(const Basis& basis) const;
  [[nodiscard]] Figure figure(const Exam& exam, StudentIndex student, const Basis& basis, std::optional<SubjectIndex> element) const {
    return element ? subject_figure(exam, student, *element) : joint_figure(exam, student, basis);
  }
  /// The figures of a student's class or grade; the student's own is one of them.
  [[nodiscard]] std::vector<Fraction> group_figures(const Exam& exam, StudentIndex student, const Rule& rule,
                                                    std::optional<SubjectIndex> element) const;
  [[nodiscard]] std::optional<StandardScore> standard_score(const Exam& exam, StudentIndex student, const Rule& rule,
                                                            std::optional<SubjectIndex> element) const;
  [[nodiscard]] std::optional<int> rank(const Exam& exam, StudentIndex student, const Rule& rule,
                                        std::optional<SubjectIndex> element) const;

  // --- conditions
  [[nodiscard]] bool transferred_on(StudentIndex student, Date day) const;
  [[nodiscard]] bool holds(const Condition& condition, StudentIndex student, Date day) const;
  [[nodiscard]] bool applies(const Rule& rule, StudentIndex student, Date day) const;

  // --- rules
  [[nodiscard]] bool lacks_exam(const Rule& rule) const;
  [[nodiscard]] Date day_of(const Rule& rule) const;
  /// The exam that a rule about exams judges; of a run the last one.
  [[nodiscard]] const Exam* exam_of(const Rule& rule) const;
  [[nodiscard]] std::vector<OracleVerdict> judge(const Rule& rule, StudentIndex student) const;
  [[nodiscard]] OracleVerdict judge_element(const Rule& rule, StudentIndex student, std::optional<SubjectIndex> element) const;
  void judge_mark(const Rule& rule, StudentIndex student, std::optional<SubjectIndex> element, OracleVerdict& verdict) const;
  void judge_percentile(const Rule& rule, StudentIndex student, std::optional<SubjectIndex> element, OracleVerdict& verdict) const;
  void judge_standard_score(const Rule& rule, StudentIndex student, std::optional<SubjectIndex> element, OracleVerdict& verdict) const;
  void judge_fall(const Rule& rule, StudentIndex student, std::optional<SubjectIndex> element, OracleVerdict& verdict) const;
  void judge_run(const Rule& rule, StudentIndex student, std::optional<SubjectIndex> element, OracleVerdict& verdict) const;
  void judge_of_last(const Rule& rule, StudentIndex student, std::optional<SubjectIndex> element, OracleVerdict& verdict) const;
  void judge_failed_subjects(const Rule& rule, StudentIndex student, OracleVerdict& verdict) const;
  void judge_missed(const Rule& rule, StudentIndex student, OracleVerdict& verdict) const;
  void judge_count(const Rule& rule, StudentIndex student, OracleVerdict& verdict) const;
  void judge_flagged(const Rule& rule, StudentIndex student, OracleVerdict& verdict) const;
  void confirm(const Rule& rule, StudentIndex student, std::optional<SubjectIndex> only, OracleVerdict& verdict) const;
  [[nodiscard]] std::vector<const Exam*> run_exams(const Rule& rule) const;
  [[nodiscard]] std::vector<const Exam*> run_exams_in_force(const Rule& rule) const;
  [[nodiscard]] std::set<std::string> rules_without_mark(StudentIndex student) const;
  [[nodiscard]] bool class_took_part(const Exam& exam, StudentIndex student) const;
  [[nodiscard]] bool ought_to_have_mark(const Rule& rule, StudentIndex student) const;
  [[nodiscard]] std::optional<Fraction> behind_mean(const Exam& exam, StudentIndex student, const Rule& rule,
                                                    std::optional<SubjectIndex> element) const;
  [[nodiscard]] bool in_window(const CountWindow& window, const CountTable& table) const;
  void add(OracleVerdict& verdict, const Exam& exam, std::optional<SubjectIndex> element, const Figure& own) const;
  void add(OracleVerdict& verdict, const Exam& exam, std::optional<SubjectIndex> element, const Figure& own, const Line& line) const;

  // --- the list
  void decide(OracleItem& item, StudentIndex student, std::optional<SubjectIndex> subject) const;
  [[nodiscard]] bool same_evidence(const Event& decision, const OracleItem& item) const;
  [[nodiscard]] const SavedList* last_list() const;
  [[nodiscard]] bool on_last_list(const std::string& student, const std::string& subject) const;
  void take_places(std::vector<OracleItem>& items, std::vector<OracleItem>& outside) const;
  [[nodiscard]] std::string place_group(const OracleItem& item) const;
  void add_minimum(std::vector<OracleItem>& items, std::set<OracleShort>& shorts) const;
  [[nodiscard]] std::string subject_name(std::optional<SubjectIndex> subject) const {
    return subject ? data_.subjects[*subject] : std::string();
  }

  const Dataset& data_;
  const Question& question_;
  Date today_;
  std::optional<std::size_t> term_;
  std::optional<StudentIndex> who_;  ///< nobody: all exams
};

// ---------------------------------------------------------------- exams and marks

bool Oracle::matches(const ExamChoice& choice, const Exam& exam) const {
  if (choice.kinds.empty() ? exam.kind == ExamKind::entry : std::ranges::find(choice.kinds, exam.kind) == choice.kinds.end()) return false;
  switch (choice.term) {
    case ExamChoice::TermChoice::any:
      return true;
    case ExamChoice::TermChoice::current:
      return term_ && exam.term == *term_;
    case ExamChoice::TermChoice::previous:
      return term_ && exam.term + 1 == *term_;
    case ExamChoice::TermChoice::named:
      return data_.calendar.terms[exam.term].id == choice.term_id;
  }
  return false;
}

/// Which years a student entered in, reckoned back to the first grade; where the classes say different things, that of the class on a day,
/// or else today.
std::optional<int> Oracle::first_year(StudentIndex student, Date day) const {
  const auto year_of = [&](ClassIndex in) { return data_.classes[in].cohort - data_.classes[in].entry_grade; };
  std::set<int> years;
  for (const auto& membership : data_.students[student].classes) {
    if (membership.days.from <= today_) years.insert(year_of(membership.in));
  }
  if (years.size() == 1) return *years.begin();
  for (const auto date : {day, today_}) {
    if (const auto in = class_on(student, date)) return year_of(*in);
  }
  return std::nullopt;
}

/// Grades sit exams of their own: an exam is a student's if a twentieth of its rows, or half of the student's year, are of that year. The
/// marks of an old school are of those who have one.
bool Oracle::held_for(const Exam& exam, StudentIndex student) const {
  if (exam.kind == ExamKind::entry) return std::ranges::find(exam.students, student) != exam.students.end();
  const auto year = first_year(student, exam.date);
  if (!year) return true;
  const auto rows = std::ranges::count_if(exam.students, [&](StudentIndex other) { return first_year(other, exam.date) == year; });
  std::ptrdiff_t size = 0;
  for (StudentIndex other = 0; other < data_.students.size(); ++other) size += here(other) && first_year(other, today_) == year ? 1 : 0;
  return rows > 0 && (rows * 20 >= std::ssize(exam.students) || rows * 2 >= size);
}

/// Where no exam was the student's, all of them are left: the student has a mark in none.
std::vector<const Exam*> Oracle::for_whom_is_asked(const std::vector<const Exam*>& exams) const {
  std::vector<const Exam*> own;
  for (const auto* exam : exams) {
    if (!who_ || held_for(*exam, *who_)) own.push_back(exam);
  }
  return own.empty() ? exams : own;
}

/// Every exam held that is meant, oldest first. A repetition is no exam of its own: its marks count in the exam that it repeats.
std::vector<const Exam*> Oracle::all_matching(const ExamChoice& choice, Date before) const {
  std::vector<const Exam*> result;
  for (const auto& exam : data_.exams) {
    if (held(exam) && exam.date < before && exam.retests.empty() && matches(choice, exam)) result.push_back(&exam);
  }
  result = for_whom_is_asked(result);
  std::ranges::sort(result, [](const Exam* a, const Exam* b) { return std::tie(a->date, a->id) < std::tie(b->date, b->id); });
  if (choice.last) {
    while (result.size() > static_cast<std::size_t>(*choice.last)) result.erase(result.begin());
  }
  return result;
}

const Exam* Oracle::chosen_before(const ExamChoice& choice, Date day) const {
  const Exam* latest = nullptr;
  if (choice.id.empty()) {
    for (const auto* exam : all_matching(choice, day)) latest = exam;
    return latest;
  }
  for (const auto& exam : data_.exams) {
    if (exam.id == choice.id && held(exam) && exam.date < day) latest = &exam;
  }
  return latest;
}

/// The exam that the question names takes the place of the latest wherever it is one of those that are meant.
const Exam* Oracle::chosen(const ExamChoice& choice) const {
  for (const auto& exam : data_.exams) {
    if (question_.exam && exam.id == *question_.exam && held(exam) && choice.id.empty() && matches(choice, exam)) return &exam;
  }
  return chosen_before(choice, Date::max());
}

/// A fall is measured from the latest such exam before the one that is judged.
const Exam* Oracle::since_exam(const Rule& rule) const {
  const auto* exam = chosen(rule.parameters.exam);
  return exam == nullptr ? nullptr : chosen_before(rule.parameters.since, exam->date);
}

/// What decides later is held later.
const Exam* Oracle::confirming_exam(const Rule& rule) const {
  const auto* exam = chosen(rule.confirm->exam);
  return exam != nullptr && (is_of_days(rule) || exam->date > day_of(rule)) ? exam : nullptr;
}

/// Repetitions of a repetition count for the first exam.
bool Oracle::repeats(const Exam& later, const Exam& original) const {
  if (!original.retests.empty()) return false;
  std::string named = later.retests;
  for (std::size_t steps = 0; !named.empty() && steps <= data_.exams.size(); ++steps) {
    if (named == original.id) return true;
    std::string further;
    for (const auto& exam : data_.exams) {
      if (exam.id == named) further = exam.retests;
    }
    named = further;
  }
  return false;
}

CountingMark Oracle::counting_mark(const Exam& exam, StudentIndex student, SubjectIndex subject) const {
  const auto mark_in = [&](const Exam& in) {
    CountingMark result;
    for (std::size_t row = 0; row < in.students.size(); ++row) {
      for (std::size_t column = 0; column < in.subjects.size(); ++column) {
        if (in.students[row] == student && in.subjects[column].subject == subject) {
          result = {in.at(row, column), marks(in.subjects[column].full), marks(in.subjects[column].pass), {}};
        }
      }
    }
    return result;
  };
  CountingMark counting = mark_in(exam);
  for (const auto& later : data_.exams) {
    if (!held(later) || !repeats(later, exam)) continue;
    const auto again = mark_in(later);
    if (!again.mark.present()) continue;
    const bool better =
        !counting.mark.present() || marks(again.mark.hundredths()) / again.full > marks(counting.mark.hundredths()) / counting.full;
    if (data_.policy.best_of_retests && !better) continue;
    counting = again;
    counting.retest = later.id;
  }
  return counting;
}

bool Oracle::class_sat(const Exam& exam, StudentIndex student, SubjectIndex subject) const {
  const auto own = class_on(student, exam.date);
  if (!own) return true;
  for (StudentIndex other = 0; other < data_.students.size(); ++other) {
    const auto state = counting_mark(exam, other, subject).mark.state();
    const bool sat = state != Mark::State::no_entry && state != Mark::State::exempt && state != Mark::State::not_examined;
    if (class_on(other, exam.date) == own && sat) return true;
  }
  return false;
}

Figure Oracle::subject_figure(const Exam& exam, StudentIndex student, SubjectIndex subject) const {
  const auto counting = counting_mark(exam, student, subject);
  Figure result;
  result.full = counting.full;
  result.pass = counting.pass;
  result.retest = counting.retest;
  if (!counting.retest.empty()) result.repeated = std::ranges::find(data_.exams, counting.retest, &Exam::id)->date;
  if (counting.mark.present()) {
    result.kind = Figure::Kind::present;
    result.value = marks(counting.mark.hundredths());
  } else if (counting.mark.missing()) {
    result.kind = Figure::Kind::missing;
  }
  return result;
}

Figure Oracle::joint_figure(const Exam& exam, StudentIndex student, const Basis& basis) const {
  Figure result;
  int parts = 0;
  int missing = 0;
  for (SubjectIndex subject = 0; subject < data_.subjects.size(); ++subject) {
    const bool named = std::ranges::find(basis.subjects, data_.subjects[subject]) != basis.subjects.end();
    if (basis.subjects.empty() ? !class_sat(exam, student, subject) : !named) continue;
    const auto one = subject_figure(exam, student, subject);
    if (one.kind == Figure::Kind::missing) ++missing;
    if (one.kind == Figure::Kind::present || (one.kind == Figure::Kind::missing && basis.missing == MissingMarks::zero)) {
      ++parts;
      result.value = result.value + one.value;
      result.full = result.full + one.full;
      result.pass = result.pass + one.pass;
      result.repeated = std::max(result.repeated, one.repeated);
    }
  }
  if (missing > 0) result.kind = Figure::Kind::missing;
  if (parts == 0 || (missing > 0 && basis.missing == MissingMarks::not_judged)) return result;
  result.kind = Figure::Kind::present;
  if (basis.kind == Basis::Kind::average) {
    result.value = result.value / Fraction(parts);
    result.full = result.full / Fraction(parts);
    result.pass = result.pass / Fraction(parts);
  }
  return result;
}

std::vector<std::optional<SubjectIndex>> Oracle::elements(const Basis& basis) const {
  if (basis.kind == Basis::Kind::average || basis.kind == Basis::Kind::total) return {std::nullopt};
  std::vector<std::optional<SubjectIndex>> result;
  for (SubjectIndex subject = 0; subject < data_.subjects.size(); ++subject) {
    if (basis.subjects.empty() || std::ranges::find(basis.subjects, data_.subjects[subject]) != basis.subjects.end()) {
      result.emplace_back(subject);
    }
  }
  return result;
}

std::vector<Fraction> Oracle::group_figures(const Exam& exam, StudentIndex student, const Rule& rule,
                                            std::optional<SubjectIndex> element) const {
  std::vector<Fraction> result;
  for (StudentIndex other = 0; other < data_.students.size(); ++other) {
    if (!same_group(student, other, exam.date, rule.parameters.of)) continue;
    const auto one = figure(exam, other, rule.parameters.basis, element);
    if (one.present()) result.push_back(compared(one, rule));
  }
  if (result.size() < static_cast<std::size_t>(data_.policy.none_below)) result.clear();
  return result;
}

std::optional<StandardScore> Oracle::standard_score(const Exam& exam, StudentIndex student, const Rule& rule,
                                                    std::optional<SubjectIndex> element) const {
  const auto own = figure(exam, student, rule.parameters.basis, element);
  const auto group = group_figures(exam, student, rule, element);
  if (!own.present() || group.empty()) return std::nullopt;
  const Fraction size(static_cast<Wide>(group.size()));
  Fraction sum;
  Fraction squares;
  for (const auto& value : group) {
    sum = sum + value;
    squares = squares + value * value;
  }
  const auto mean = sum / size;
  const auto variance = squares / size - mean * mean;
  if (variance.sign() == 0) return std::nullopt;  // all are equal
  return StandardScore{compared(own, rule) - mean, variance};
}

std::optional<int> Oracle::rank(const Exam& exam, StudentIndex student, const Rule& rule, std::optional<SubjectIndex> element) const {
  const auto own = figure(exam, student, rule.parameters.basis, element);
  const auto group = group_figures(exam, student, rule, element);
  if (!own.present() || group.empty()) return std::nullopt;
  int better = 0;
  for (const auto& value : group) better += value > compared(own, rule) ? 1 : 0;
  return 1 + better;
}

// ---------------------------------------------------------------- conditions

bool Oracle::transferred_on(StudentIndex student, Date day) const {
  const auto& arrival = data_.students[student].transferred;
  if (!arrival || *arrival > today_) return false;
  if (day < *arrival) return true;
  const auto then = data_.calendar.term_of(day);
  const auto first = data_.calendar.term_of(*arrival);
  return then && first && *then < *first + static_cast<std::size_t>(data_.policy.transferred_terms);
}

bool Oracle::holds(const Condition& condition, StudentIndex student, Date day) const {
  const auto now = class_on(student, today_);
  switch (condition.kind) {
    case Condition::Kind::transferred:
      return transferred_on(student, day);
    case Condition::Kind::grade:
      return now && std::ranges::find(condition.grades, grade_on(*now, today_)) != condition.grades.end();
    case Condition::Kind::in_class: {
      const auto then = class_on(student, day);
      return then && std::ranges::find(condition.names, data_.classes[*then].id) != condition.names.end();
    }
    case Condition::Kind::group:
      for (const auto& membership : data_.students[student].groups) {
        const bool named = std::ranges::find(condition.names, membership.group) != condition.names.end();
        if (named && membership.days.contains(day)) return true;
      }
      return false;
    case Condition::Kind::cohort:
      for (const auto& [year, grades] : condition.cohorts) {
        if (now && year == data_.calendar.school_year(today_) && std::ranges::find(grades, grade_on(*now, today_)) != grades.end()) {
          return true;
        }
      }
      return false;
  }
  return false;
}

bool Oracle::applies(const Rule& rule, StudentIndex student, Date day) const {
  const auto true_of = [&](const Condition& condition) { return holds(condition, student, day); };
  return std::ranges::all_of(rule.only, true_of) && std::ranges::none_of(rule.unless, true_of);
}

// ---------------------------------------------------------------- rules

/// The exams of a run, oldest first.
std::vector<const Exam*> Oracle::run_exams(const Rule& rule) const {
  auto all = all_matching(rule.parameters.exam);
  if (rule.kind == "failed-of-last") {
    while (all.size() > static_cast<std::size_t>(rule.parameters.last)) all.erase(all.begin());
  }
  return all;
}

/// A rule judges exams of its own period only.
std::vector<const Exam*> Oracle::run_exams_in_force(const Rule& rule) const {
  auto all = run_exams(rule);
  std::erase_if(all, [&](const Exam* exam) { return !rule.in_force.contains(exam->date); });
  return all;
}

/// The day that a rule is judged on: that of its (latest) exam, or today.
Date Oracle::day_of(const Rule& rule) const {
  if (is_of_days(rule)) return today_;
  return is_run(rule) ? run_exams(rule).back()->date : chosen(rule.parameters.exam)->date;
}

bool Oracle::lacks_exam(const Rule& rule) const {
  if (is_of_days(rule)) return false;
  if (is_run(rule)) return run_exams(rule).empty();
  return chosen(rule.parameters.exam) == nullptr || (rule.kind == "fall" && since_exam(rule) == nullptr);
}

const Exam* Oracle::exam_of(const Rule& rule) const { return is_run(rule) ? run_exams(rule).back() : chosen(rule.parameters.exam); }

void Oracle::add(OracleVerdict& verdict, const Exam& exam, std::optional<SubjectIndex> element, const Figure& own) const {
  verdict.facts.insert({exam.id, subject_name(element), own.retest, own.value, std::nullopt});
  if (element) verdict.subjects.insert(subject_name(element));
  if (own.repeated) verdict.days.insert(*own.repeated);
}

void Oracle::add(OracleVerdict& verdict, const Exam& exam, std::optional<SubjectIndex> element, const Figure& own, const Line& line) const {
  verdict.facts.insert({exam.id, subject_name(element), own.retest, own.value, limit_of(line, own)});
  if (element) verdict.subjects.insert(subject_name(element));
  if (own.repeated) verdict.days.insert(*own.repeated);
}

/// True where there is something to judge.
bool see(OracleVerdict& verdict, const Figure& own) {
  if (own.kind != Figure::Kind::passed_over) verdict.examined = true;
  if (own.kind == Figure::Kind::missing) verdict.missing = true;
  if (own.present()) verdict.judged = true;
  return own.present();
}

/// How far behind the mean of the group, as a share of full: what stands for a shortfall where no mark is the limit.
std::optional<Fraction> Oracle::behind_mean(const Exam& exam, StudentIndex student, const Rule& rule,
                                            std::optional<SubjectIndex> element) const {
  const auto own = figure(exam, student, rule.parameters.basis, element);
  const auto group = group_figures(exam, student, rule, element);
  if (!own.present() || group.empty()) return std::nullopt;
  Fraction sum;
  for (const auto& value : group) sum = sum + value;
  const auto mean = sum / Fraction(static_cast<Wide>(group.size()));
  return std::max(Fraction(0), is_made_of_several(rule) ? mean - compared(own, rule) : (mean - own.value) / own.full);
}

void Oracle::judge_mark(const Rule& rule, StudentIndex student, std::optional<SubjectIndex> element, OracleVerdict& verdict) const {
  const auto& exam = *exam_of(rule);
  const auto own = figure(exam, student, rule.parameters.basis, element);
  if (!see(verdict, own) || !fails(own, rule.parameters.below)) return;
  verdict.state = State::hit;
  verdict.shortfall = shortfall_of(own, rule.parameters.below);
  add(verdict, exam, element, own, rule.parameters.below);
}

void Oracle::judge_percentile(const Rule& rule, StudentIndex student, std::optional<SubjectIndex> element, OracleVerdict& verdict) const {
  const auto& exam = *exam_of(rule);
  const auto own = figure(exam, student, rule.parameters.basis, element);
  const auto group = group_figures(exam, student, rule, element);
  if (!see(verdict, own)) return;
  verdict.judged = !group.empty();
  verdict.no_group = group.empty();
  if (group.empty()) return;
  int below = 0;
  for (const auto& value : group) below += value < compared(own, rule) ? 1 : 0;
  if (Fraction(below, static_cast<Wide>(group.size())) >= Fraction(rule.parameters.share, 10000)) return;
  verdict.state = State::hit;
  verdict.shortfall = *behind_mean(exam, student, rule, element);
  add(verdict, exam, element, own);
}

void Oracle::judge_standard_score(const Rule& rule, StudentIndex student, std::optional<SubjectIndex> element,
                                  OracleVerdict& verdict) const {
  const auto& exam = *exam_of(rule);
  const auto own = figure(exam, student, rule.parameters.basis, element);
  if (!see(verdict, own)) return;
  const auto score = standard_score(exam, student, rule, element);
  verdict.judged = score.has_value();
  verdict.no_group = !score.has_value();
  if (!score || !is_below(*score, Fraction(rule.parameters.score, 100))) return;
  verdict.state = State::hit;
  verdict.shortfall = *behind_mean(exam, student, rule, element);
  add(verdict, exam, element, own);
}

void Oracle::judge_fall(const Rule& rule, StudentIndex student, std::optional<SubjectIndex> element, OracleVerdict& verdict) const {
  const auto& exam = *exam_of(rule);
  const auto& since = *since_exam(rule);
  const Fraction least(rule.parameters.score, 100);
  const auto own = figure(exam, student, rule.parameters.basis, element);
  const auto own_since = figure(since, student, rule.parameters.basis, element);
  const bool has_both = see(verdict, own) && see(verdict, own_since);
  verdict.judged = false;
  if (!has_both) return;
  bool fell = false;
  if (rule.parameters.by == FallBy::rank) {
    const auto before = rank(since, student, rule, element);
    const auto after = rank(exam, student, rule, element);
    verdict.judged = before && after;
    fell = before && after && Fraction(*after - *before) >= least;
  } else {
    const auto before = standard_score(since, student, rule, element);
    const auto after = standard_score(exam, student, rule, element);
    verdict.judged = before && after;
    fell = before && after && fell_by(*before, *after, least);
  }
  verdict.no_group = !verdict.judged;
  if (!fell) return;
  verdict.state = State::hit;
  verdict.shortfall = *behind_mean(exam, student, rule, element);
  verdict.earlier_exams.insert(since.id);
  if (own_since.repeated) verdict.days.insert(*own_since.repeated);
  add(verdict, exam, element, own);
}

/// Writes the exams as letters (F failed, p passed, M missing, | a new term) and looks for runs of F.
void Oracle::judge_run(const Rule& rule, StudentIndex student, std::optional<SubjectIndex> element, OracleVerdict& verdict) const {
  std::vector<std::pair<const Exam*, char>> letters;
  const Exam* previous = nullptr;
  for (const auto* exam : run_exams_in_force(rule)) {
    const auto own = figure(*exam, student, rule.parameters.basis, element);
    see(verdict, own);
    if (own.kind == Figure::Kind::passed_over) continue;
    if (own.kind == Figure::Kind::missing && rule.parameters.missing == RunMissing::skip) continue;
    if (rule.parameters.within_term && previous != nullptr && previous->term != exam->term) letters.emplace_back(nullptr, '|');
    previous = exam;
    letters.emplace_back(exam, own.kind == Figure::Kind::missing ? 'M' : (fails(own, rule.parameters.below) ? 'F' : 'p'));
  }
  std::vector<const Exam*> run;
  for (std::size_t place = 0; place <= letters.size(); ++place) {
    if (place < letters.size() && letters[place].second == 'F') {
      run.push_back(letters[place].first);
      continue;
    }
    const bool counts = rule.parameters.ending == RunEnding::any || place == letters.size();
    if (counts && run.size() >= static_cast<std::size_t>(rule.parameters.times)) {
      verdict.state = State::hit;
      for (const auto* exam : run) {
        const auto own = figure(*exam, student, rule.parameters.basis, element);
        verdict.shortfall = std::max(verdict.shortfall, shortfall_of(own, rule.parameters.below));
        add(verdict, *exam, element, own, rule.parameters.below);
      }
    }
    run.clear();
  }
}

void Oracle::judge_of_last(const Rule& rule, StudentIndex student, std::optional<SubjectIndex> element, OracleVerdict& verdict) const {
  std::vector<const Exam*> failed;
  for (const auto* exam : run_exams_in_force(rule)) {
    const auto own = figure(*exam, student, rule.parameters.basis, element);
    see(verdict, own);
    if (fails(own, rule.parameters.below)) failed.push_back(exam);
  }
  if (failed.size() < static_cast<std::size_t>(rule.parameters.times)) return;
  verdict.state = State::hit;
  for (const auto* exam : failed) {
    const auto own = figure(*exam, student, rule.parameters.basis, element);
    verdict.shortfall = std::max(verdict.shortfall, shortfall_of(own, rule.parameters.below));
    add(verdict, *exam, element, own, rule.parameters.below);
  }
}

void Oracle::judge_failed_subjects(const Rule& rule, StudentIndex student, OracleVerdict& verdict) const {
  const auto& exam = *exam_of(rule);
  std::vector<SubjectIndex> failed;
  for (SubjectIndex subject = 0; subject < data_.subjects.size(); ++subject) {
    const auto own = subject_figure(exam, student, subject);
    see(verdict, own);
    if (fails(own, rule.parameters.below)) failed.push_back(subject);
  }
  if (failed.size() < static_cast<std::size_t>(rule.parameters.times)) return;
  verdict.state = State::hit;
  for (const auto subject : failed) {
    const auto own = subject_figure(exam, student, subject);
    verdict.shortfall = std::max(verdict.shortfall, shortfall_of(own, rule.parameters.below));
    add(verdict, exam, subject, own, rule.parameters.below);
  }
}

/// An exam is missed where a student was absent from one of its subjects and no repetition has made up for it.
void Oracle::judge_missed(const Rule& rule, StudentIndex student, OracleVerdict& verdict) const {
  int missed = 0;
  verdict.judged = true;
  for (const auto* exam : run_exams_in_force(rule)) {
    bool absent = false;
    for (SubjectIndex subject = 0; subject < data_.subjects.size(); ++subject) {
      if (counting_mark(*exam, student, subject).mark.state() == Mark::State::absent) absent = true;
    }
    if (!absent) continue;
    ++missed;
    verdict.facts.insert({exam->id, {}, {}, std::nullopt, std::nullopt});
  }
  if (missed < rule.parameters.times) return;
  verdict.state = State::hit;
  verdict.shortfall = 1;
}

/// A table belongs to the term and the year of its first day, and it is seen from its last day on.
bool Oracle::in_window(const CountWindow& window, const CountTable& table) const {
  if (table.days.until > today_) return false;
  if (window.kind == CountWindow::Kind::days) return table.days.from > today_ - Days{window.days};
  const auto first = data_.calendar.term_of(table.days.from);
  if (!first || !term_) return false;
  if (window.kind == CountWindow::Kind::term) return *first == *term_;
  return data_.calendar.terms[*first].year == data_.calendar.terms[*term_].year;
}

void Oracle::judge_count(const Rule& rule, StudentIndex student, OracleVerdict& verdict) const {
  std::int64_t sum = 0;
  for (const auto& table : data_.counts) {
    if (!in_window(rule.parameters.window, table)) continue;
    for (std::size_t row = 0; row < table.students.size(); ++row) {
      for (std::size_t column = 0; column < table.columns.size(); ++column) {
        const auto count = table.counts[row * table.columns.size() + column];
        if (table.students[row] != student || table.columns[column] != rule.parameters.count || count < 0) continue;
        verdict.judged = true;
        verdict.days.insert(table.days.until);
        sum += count;
      }
    }
  }
  if (verdict.judged && sum >= rule.parameters.times) verdict.state = State::hit;
}

void Oracle::judge_flagged(const Rule& rule, StudentIndex student, OracleVerdict& verdict) const {
  int flags = 0;
  verdict.judged = true;
  auto indicators = rule.parameters.indicators;
  if (indicators.empty() && rule.parameters.groups.empty()) {
    for (const auto& indicator : data_.policy.indicators) indicators.push_back(indicator.id);
  }
  for (const auto& indicator : indicators) {
    std::optional<Date> set;
    for (const auto& event : data_.events) {
      if (event.student != student || event.date > today_ || event.indicator != indicator) continue;
      if (event.kind == EventKind::observed) set = event.date;
      if (event.kind == EventKind::cleared) set.reset();
    }
    flags += set ? 1 : 0;
    if (set) verdict.days.insert(*set);
  }
  for (const auto& group : rule.parameters.groups) {
    std::optional<Date> member;
    for (const auto& membership : data_.students[student].groups) {
      if (membership.group == group && membership.days.contains(today_) && !member) member = membership.days.from;
    }
    flags += member ? 1 : 0;
    if (member) verdict.days.insert(*member);
  }
  if (flags >= rule.parameters.times) verdict.state = State::hit;
}

OracleVerdict Oracle::judge_element(const Rule& rule, StudentIndex student, std::optional<SubjectIndex> element) const {
  OracleVerdict verdict;
  verdict.rule = rule.id;
  if (rule.kind == "mark-below") judge_mark(rule, student, element, verdict);
  if (rule.kind == "percentile-below") judge_percentile(rule, student, element, verdict);
  if (rule.kind == "standard-score-below") judge_standard_score(rule, student, element, verdict);
  if (rule.kind == "fall") judge_fall(rule, student, element, verdict);
  if (rule.kind == "failed-in-a-row") judge_run(rule, student, element, verdict);
  if (rule.kind == "failed-of-last") judge_of_last(rule, student, element, verdict);
  if (rule.kind == "failed-subjects") judge_failed_subjects(rule, student, verdict);
  if (rule.kind == "missed-exams") judge_missed(rule, student, verdict);
  if (rule.kind == "count-at-least") judge_count(rule, student, verdict);
  if (rule.kind == "flagged") judge_flagged(rule, student, verdict);
  if (rule.kind == "listed") {
    const auto& named = rule.parameters.students;
    verdict.judged = true;
    if (std::ranges::find(named, data_.students[student].id) != named.end()) verdict.state = State::hit;
  }
  if (!verdict.judged) verdict.state = State::not_judged;
  return verdict;
}

/// Decides a pending hit by the exam that comes after the one that it rests on.
void Oracle::confirm(const Rule& rule, StudentIndex student, std::optional<SubjectIndex> only, OracleVerdict& verdict) const {
  verdict.outcome = rule.outcome;
  if (verdict.state != State::hit || rule.outcome != Outcome::pending) return;
  verdict.state = State::waiting;
  const auto* exam = confirming_exam(rule);
  if (exam == nullptr) return;
  const Basis basis = has_basis(rule) ? rule.parameters.basis : Basis{};
  bool any = false;
  bool failed = false;
  for (const auto element : elements(basis)) {
    if (only && element != only) continue;
    const auto own = figure(*exam, student, basis, element);
    any = any || own.present();
    if (!fails(own, rule.confirm->below)) continue;
    failed = true;
    add(verdict, *exam, element, own, rule.confirm->below);
    verdict.shortfall = std::max(verdict.shortfall, shortfall_of(own, rule.confirm->below));
  }
  if (!any) return;
  verdict.state = failed ? State::hit : State::cleared;
  if (failed) verdict.outcome = Outcome::identified;
}

std::vector<OracleVerdict> Oracle::judge(const Rule& rule, StudentIndex student) const {
  OracleVerdict whole;
  whole.rule = rule.id;
  whole.state = State::not_applicable;
  if (lacks_exam(rule)) whole.state = State::not_judged;
  if (lacks_exam(rule) || !rule.in_force.contains(day_of(rule)) || !here(student) || !applies(rule, student, day_of(rule))) return {whole};
  whole.state = State::not_hit;
  whole.applies = true;
  std::vector<OracleVerdict> verdicts;
  const bool per_subject = has_basis(rule) && rule.parameters.basis.kind == Basis::Kind::per_subject;
  const auto parts = has_basis(rule) ? elements(rule.parameters.basis) : std::vector<std::optional<SubjectIndex>>{std::nullopt};
  for (const auto element : parts) {
    verdicts.push_back(judge_element(rule, student, element));
    verdicts.back().applies = true;
    if (per_subject) {
      verdicts.back().subject = subject_name(element);
      confirm(rule, student, element, verdicts.back());
    }
  }
  if (per_subject) return verdicts;
  for (const auto& verdict : verdicts) {
    whole.judged = whole.judged || verdict.judged;
    whole.no_group = whole.no_group || verdict.no_group;
    whole.missing = whole.missing || verdict.missing;
    whole.examined = whole.examined || verdict.examined;
    if (verdict.state != State::hit) continue;
    whole.state = State::hit;
    whole.facts.insert(verdict.facts.begin(), verdict.facts.end());
    whole.subjects.insert(verdict.subjects.begin(), verdict.subjects.end());
    whole.days.insert(verdict.days.begin(), verdict.days.end());
    whole.earlier_exams.insert(verdict.earlier_exams.begin(), verdict.earlier_exams.end());
    whole.shortfall = std::max(whole.shortfall, verdict.shortfall);
  }
  if (!whole.judged) whole.state = State::not_judged;
  confirm(rule, student, std::nullopt, whole);
  return {whole};
}

std::vector<OracleVerdict> Oracle::judge_all(StudentIndex student) const {
  std::vector<OracleVerdict> result;
  for (const auto& rule : data_.policy.identify) {
    for (auto& verdict : of(student).judge(rule, student)) result.push_back(verdict);
  }
  return result;
}

bool Oracle::class_took_part(const Exam& exam, StudentIndex student) const {
  if (!class_on(student, exam.date)) return false;
  for (SubjectIndex subject = 0; subject < data_.subjects.size(); ++subject) {
    if (class_sat(exam, student, subject)) return true;
  }
  return false;
}

/// Who came from elsewhere, or whose class sat the exam, ought to have a mark.
bool Oracle::ought_to_have_mark(const Rule& rule, StudentIndex student) const {
  if (transferred_on(student, day_of(rule))) return true;
  return class_took_part(*exam_of(rule), student) && (rule.kind != "fall" || class_took_part(*since_exam(rule), student));
}

/// Rules about exams that lack a mark of the student, where no rule about exams could judge anything.
std::set<std::string> Oracle::rules_without_mark(StudentIndex student) const {
  std::set<std::string> rules;
  for (const auto& rule : data_.policy.identify) {
    if (is_of_days(rule)) continue;
    const auto verdicts = judge(rule, student);
    const auto none = [&](auto OracleVerdict::*what) {
      return std::ranges::none_of(verdicts, [&](const OracleVerdict& verdict) { return verdict.*what; });
    };
    if (none(&OracleVerdict::applies)) continue;
    if (!none(&OracleVerdict::judged)) return {};
    if (none(&OracleVerdict::no_group) && ought_to_have_mark(rule, student)) rules.insert(rule.id);
  }
  return rules;
}

// ---------------------------------------------------------------- the list

/// A dismissal holds while every hit rests on rules and exams that it was decided on (where it names none, on what was there by then); a
/// release, while there is nothing later than it.
bool Oracle::same_evidence(const Event& decision, const OracleItem& item) const {
  const bool by_day = decision.kind == EventKind::released;
  const auto knows = [&](const std::string& id) {
    const auto exam = std::ranges::find(data_.exams, id, &Exam::id);
    if (by_day || decision.exams.empty()) return exam->date <= decision.date;
    return std::ranges::find(decision.exams, id) != decision.exams.end();
  };
  for (const auto& hit : item.hits) {
    const bool known_rule = by_day || decision.rules.empty() || std::ranges::find(decision.rules, hit.rule) != decision.rules.end();
    if (!known_rule) return false;
    if (!std::ranges::all_of(hit.facts, knows, &OracleFact::exam) || !std::ranges::all_of(hit.earlier_exams, knows)) return false;
    if (std::ranges::any_of(hit.days, [&](Date day) { return day > decision.date; })) return false;
  }
  return true;
}

/// The latest decision on the student or on the subject counts.
void Oracle::decide(OracleItem& item, StudentIndex student, std::optional<SubjectIndex> subject) const {
  const Event* latest = nullptr;
  const Event* open = nullptr;  // confirmed, and not closed since: what an exclusion that is taken back leaves
  for (const auto& event : data_.events) {
    if (event.student != student || event.date > today_ || (event.subject && event.subject != subject)) continue;
    if (event.kind == EventKind::confirmed || event.kind == EventKind::reopened) open = &event;
    if (event.kind == EventKind::dismissed || event.kind == EventKind::released || event.kind == EventKind::pending) open = nullptr;
    switch (event.kind) {
      case EventKind::confirmed:
      case EventKind::reopened:
      case EventKind::dismissed:
      case EventKind::excluded:
      case EventKind::released:
      case EventKind::pending:
      case EventKind::included:
        latest = &event;
        break;
      default:
        break;
    }
  }
  if (latest != nullptr && latest->kind == EventKind::included) latest = open;
  if (latest == nullptr) return;
  if (latest->kind == EventKind::confirmed || latest->kind == EventKind::reopened) item.state = CaseState::confirmed;
  if (latest->kind == EventKind::dismissed && same_evidence(*latest, item)) item.state = CaseState::dismissed;
  if (latest->kind == EventKind::released && same_evidence(*latest, item)) item.state = CaseState::released;
  if (latest->kind == EventKind::excluded) {
    item.state = CaseState::excluded;
    item.exclusion_basis = latest->basis;
  }
}

bool cared_for(const OracleItem& item) { return item.state == CaseState::none || item.state == CaseState::confirmed; }

const SavedList* Oracle::last_list() const {
  const SavedList* last = nullptr;
  for (const auto& list : data_.lists) {
    if (list.at <= today_) last = &list;
  }
  return last;
}

bool Oracle::on_last_list(const std::string& student, const std::string& subject) const {
  const auto* list = last_list();
  if (list == nullptr) return false;
  return std::ranges::any_of(list->items, [&](const ListItem& item) {
    return data_.students[item.student].id == student && subject_name(item.subject) == subject;
  });
}

auto need(const OracleItem& item) {
  return std::tuple{item.state == CaseState::excluded ? 1 : 0, static_cast<int>(item.outcome), -static_cast<int>(item.subjects.size()),
                    Fraction(0) - item.shortfall};
}

bool before(const OracleItem& a, const OracleItem& b) {
  if (need(a) != need(b)) return need(a) < need(b);
  return std::tie(a.student, a.subject) < std::tie(b.student, b.subject);
}

std::string Oracle::place_group(const OracleItem& item) const {
  const auto per = data_.policy.places->per;
  const auto in = class_on(*data_.find_student(item.student), today_);
  if (per == PlacesPer::school || !in) return "";
  return per == PlacesPer::school_class ? data_.classes[*in].id : std::to_string(grade_on(*in, today_));
}

void Oracle::take_places(std::vector<OracleItem>& items, std::vector<OracleItem>& outside) const {
  if (!data_.policy.places) return;
  const auto count = static_cast<std::size_t>(data_.policy.places->count);
  const auto takes_place = [](const OracleItem& item) { return item.outcome != Outcome::pending && cared_for(item); };
  std::vector<OracleItem> kept;
  for (const auto& item : items) {
    if (!takes_place(item)) {
      kept.push_back(item);
      continue;
    }
    // The places are all taken by those in greater need; equals get in together or not at all.
    std::size_t ahead = 0;
    std::size_t equal = 0;
    for (const auto& other : items) {
      if (!takes_place(other) || place_group(other) != place_group(item)) continue;
      if (need(other) < need(item)) ++ahead;
      if (need(other) == need(item)) ++equal;
    }
    const bool gets_in = data_.policy.places->ties ? ahead < count : ahead + equal <= count;
    (gets_in ? kept : outside).push_back(item);
  }
  items = kept;
  std::map<std::string, int> shown;
  std::erase_if(outside, [&](const OracleItem& item) { return ++shown[place_group(item)] > 5; });
}

void Oracle::add_minimum(std::vector<OracleItem>& items, std::set<OracleShort>& shorts) const {
  if (!data_.policy.minimum) return;
  const auto& minimum = *data_.policy.minimum;
  std::map<std::pair<std::string, SubjectIndex>, std::set<ClassIndex>> teachers;
  for (const auto& line : data_.teaching) {
    const bool asked =
        minimum.subjects.empty() || std::ranges::find(minimum.subjects, data_.subjects[line.subject]) != minimum.subjects.end();
    if (asked && line.days.contains(today_)) teachers[{data_.staff[line.staff].id, line.subject}].insert(line.in);
  }
  for (const auto& [teacher, classes] : teachers) {
    const auto& [staff, subject] = teacher;
    int has = 0;
    std::vector<std::tuple<Fraction, std::string, StudentIndex>> nearest;
    for (StudentIndex student = 0; student < data_.students.size(); ++student) {
      const auto in = class_on(student, today_);
      if (!here(student) || !in || !classes.contains(*in)) continue;
      bool listed = false;
      bool counted = false;
      for (const auto& item : items) {
        if (item.student != data_.students[student].id || !item.subjects.contains(data_.subjects[subject])) continue;
        listed = true;
        counted = counted || cared_for(item);
      }
      has += counted ? 1 : 0;
      if (listed) continue;
      OracleItem would_be;
      decide(would_be, student, subject);
      const auto* exam = of(student).chosen(minimum.nearest);
      if (exam == nullptr || !cared_for(would_be)) continue;
      const auto own = subject_figure(*exam, student, subject);
      if (own.present()) nearest.emplace_back(own.value / own.full, data_.students[student].id, student);
    }
    std::ranges::sort(nearest);
    for (const auto& [value, id, student] : nearest) {
      if (has >= minimum.students) break;
      OracleItem item;
      item.student = id;
      item.subject = data_.subjects[subject];
      item.subjects = {item.subject};
      item.outcome = Outcome::watch;
      item.for_minimum = true;
      item.shortfall = std::max(Fraction(0), shortfall_of(subject_figure(*of(student).chosen(minimum.nearest), student, subject), Line{}));
      decide(item, student, subject);
      items.push_back(item);
      ++has;
    }
    if (has < minimum.students) shorts.insert({staff, data_.subjects[subject], has});
  }
}

OracleAnswer Oracle::answer() const {
  OracleAnswer answer;
  std::map<std::pair<StudentIndex, std::string>, OracleItem> found;
  for (StudentIndex student = 0; student < data_.students.size(); ++student) {
    if (!here(student)) continue;
    const Oracle asked = of(student);
    for (const auto& rule : asked.rules_without_mark(student)) answer.no_mark.insert({rule, data_.students[student].id});
    for (const auto& verdict : judge_all(student)) {
      if (verdict.state != State::hit && verdict.state != State::waiting) continue;
      auto& item = found[{student, verdict.subject}];
      item.student = data_.students[student].id;
      item.subject = verdict.subject;
      item.outcome = item.hits.empty() ? verdict.outcome : std::min(item.outcome, verdict.outcome);
      item.hits.push_back(verdict);
      item.subjects.insert(verdict.subjects.begin(), verdict.subjects.end());
      item.shortfall = std::max(item.shortfall, verdict.shortfall);
    }
  }
  for (auto& [key, item] : found) {
    decide(item, key.first, data_.find_subject(key.second));
    answer.items.push_back(item);
  }
  for (const auto& rule : data_.policy.identify) {
    const auto has_none = [&](const Oracle& asked) {
      const auto* exam = is_of_days(rule) || is_run(rule) ? nullptr : asked.chosen(rule.parameters.exam);
      return asked.lacks_exam(rule) && (exam == nullptr || rule.in_force.contains(exam->date));
    };
    bool somebody = false;
    bool all = true;
    for (StudentIndex student = 0; student < data_.students.size(); ++student) {
      if (!here(student)) continue;
      somebody = true;
      all = all && has_none(of(student));
    }
    if (somebody ? all : has_none(*this)) answer.rules_without_exam.insert(rule.id);
  }
  std::ranges::sort(answer.items, before);
  take_places(answer.items, answer.just_outside);
  add_minimum(answer.items, answer.short_of_minimum);
  std::ranges::sort(answer.items, before);
  for (auto* items : {&answer.items, &answer.just_outside}) {
    for (auto& item : *items) {
      if (on_last_list(item.student, item.subject)) item.change = Change::continuing;
    }
  }
  if (const auto* list = last_list()) {
    for (const auto& old : list->items) {
      const std::pair key{data_.students[old.student].id, subject_name(old.subject)};
      const bool still = std::ranges::any_of(
          answer.items, [&](const OracleItem& item) { return item.student == key.first && item.subject == key.second; });
      if (!still) answer.gone.insert(key);
    }
  }
  return answer;
}

}  // namespace

OracleAnswer ask_oracle(const Dataset& data, const Question& question) { return Oracle(data, question).answer(); }

std::vector<OracleVerdict> ask_oracle_why(const Dataset& data, const Question& question, StudentIndex student) {
  return Oracle(data, question).judge_all(student);
}

}  // namespace help::test
