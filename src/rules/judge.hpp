// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/identify.hpp"
#include "rules/kinds.hpp"
#include "rules/sitting.hpp"
#include "rules/year_groups.hpp"

namespace help {

/// Whether the word is one of them.
[[nodiscard]] inline bool contains(std::span<const std::string> words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

/// One exam of a run.
struct RunExam {
  struct Column {
    std::uint32_t slot = 0;    ///< the subject's place in the run
    std::uint32_t column = 0;  ///< its column in the exam
    std::int64_t limit = 0;    ///< marks below it are failures; another exam's, where a retest has other measures
  };
  const Sitting* sitting = nullptr;
  std::vector<Column> columns = {};  ///< of the run's subjects that the exam has, by slot
};

/// A rule with everything that does not depend on the student worked out.
struct PreparedRule {
  enum class Takes : std::uint8_t { one_exam, run, day };

  std::size_t index = 0;
  const Rule* rule = nullptr;
  const RuleKind* kind = nullptr;
  Takes takes = Takes::day;
  Reason blocked = Reason::none;           ///< no_exam or not_in_force: it judges nobody
  Date day = {};                           ///< on which its conditions are judged: that of its (latest) exam, else of the question
  const Sitting* sitting = nullptr;        ///< one exam
  const Sitting* since = nullptr;          ///< falls: the earlier exam
  std::vector<std::uint32_t> columns;      ///< of `sitting`: the subjects that the rule judges
  std::vector<std::int64_t> limits;        ///< by place in `columns`, for kinds that have `below`
  std::vector<SubjectIndex> run_subjects;  ///< runs: the subjects that it judges, in the order of Dataset::subjects
  std::vector<RunExam> run;                ///< runs: the exams that it judges, by date
  const Sitting* confirm = nullptr;        ///< pending: the exam that decides
  std::vector<std::uint32_t> confirm_columns;

  [[nodiscard]] const Parameters& parameters() const { return rule->parameters; }
  [[nodiscard]] bool by_figure() const {
    return parameters().basis.kind == Basis::Kind::average || parameters().basis.kind == Basis::Kind::total;
  }
  [[nodiscard]] bool by_average() const { return parameters().basis.kind == Basis::Kind::average; }
};

/// What judging students needs to look up: the exams held, who was where when, what was observed. It sees nothing dated after the day
/// of the question. Figures of groups are computed once, when first asked for; not for use by several threads.
class Judge {
 public:
  /// `explains`: judgements are wanted for what does not hit, too.
  Judge(const Dataset& data, const Question& question, bool explains);

  [[nodiscard]] const Dataset& data() const { return data_; }
  [[nodiscard]] const Policy& policy() const { return data_.policy; }
  [[nodiscard]] Date today() const { return today_; }
  [[nodiscard]] std::optional<std::size_t> term() const { return term_; }
  [[nodiscard]] bool explains() const { return explains_; }
  /// The rules of the policy, in its order, as they judge a student: with the exams that were held for the student.
  [[nodiscard]] std::span<const PreparedRule> rules_for(StudentIndex student) const { return rules_[year_groups_->unit_of(student)]; }
  /// The same for every set of students who sat the same exams; at least one.
  [[nodiscard]] std::span<const std::vector<PreparedRule>> rules_of_units() const { return rules_; }

  /// Judges one student by one rule: conditions, the kind's own function, then what became of a pending case. False: the rule has
  /// nothing to do with the student, and only an explanation says so.
  bool judge(const PreparedRule& rule, StudentIndex student, std::vector<Judgement>& found) const;

  /// Whether the student is at the school on the day of the question.
  [[nodiscard]] bool here(StudentIndex student) const { return here_[student]; }
  /// Class and grade on the day of the question; grade 0 without a class.
  [[nodiscard]] std::optional<ClassIndex> class_today(StudentIndex student) const;
  [[nodiscard]] int grade_today(StudentIndex student) const { return grade_today_[student]; }

  /// The latest exam of the choice that was held for the student by the day of the question (where none was, of all that were held); the
  /// pinned exam of the question wherever it is one of them.
  [[nodiscard]] std::optional<ExamIndex> latest(const ExamChoice& choice, StudentIndex student) const {
    return latest(choice, Unit{year_groups_->unit_of(student)});
  }
  [[nodiscard]] const Sitting& sitting(ExamIndex exam) const;

  /// Whether the student counts as transferred on a day.
  [[nodiscard]] bool transferred(StudentIndex student, Date day) const;

  /// Indicators that are set on the day of the question, each once, with the day on which it was last observed; by indicator.
  [[nodiscard]] std::vector<std::pair<std::string_view, Date>> observed(StudentIndex student) const;
  /// Whether the facts of a period are counted in a window: it is over, and its first day lies in the window (a month that a term ends in
  /// is that term's). The last n days are counted back from the day of the question.
  [[nodiscard]] bool counts_in(const CountWindow& window, const Period& days) const;
  /// Events of the student by the day of the question, by date.
  [[nodiscard]] std::span<const std::uint32_t> events(StudentIndex student) const;

 private:
  /// A set of students for whom the same exams were held.
  struct Unit {
    YearGroups::Unit index = 0;
  };

  void find_who_is_here();
  void find_exams();
  void sort_events();
  [[nodiscard]] PreparedRule prepare(std::size_t index, Unit unit) const;
  void prepare_exam(PreparedRule& rule, Unit unit) const;
  void prepare_run(PreparedRule& rule, Unit unit) const;
  void prepare_confirmation(PreparedRule& rule, std::optional<ExamIndex> after, Unit unit) const;
  [[nodiscard]] std::optional<ExamIndex> latest(const ExamChoice& choice, Unit unit) const;
  /// All exams of the choice, by date; with `last` the last ones only. Retests are part of the exam that they repeat.
  [[nodiscard]] std::vector<ExamIndex> all(const ExamChoice& choice, Unit unit) const;
  [[nodiscard]] bool matches(const ExamChoice& choice, ExamIndex exam) const;
  [[nodiscard]] std::optional<ExamIndex> latest_before(const ExamChoice& choice, std::optional<Date> before, Unit unit) const;
  [[nodiscard]] bool holds(const Condition& condition, StudentIndex student, Date day) const;
  [[nodiscard]] bool applies(const PreparedRule& rule, StudentIndex student) const;
  void decide_pending(const PreparedRule& rule, Judgement& judgement) const;

  const Dataset& data_;
  Date today_;
  std::optional<std::size_t> term_;
  std::optional<ExamIndex> pinned_;
  bool explains_;
  std::vector<bool> here_;
  std::vector<std::optional<ClassIndex>> class_today_;
  std::vector<int> grade_today_;
  std::vector<ExamIndex> held_;                     // by date; without retests
  std::vector<std::vector<ExamIndex>> retests_of_;  // by exam
  std::vector<std::uint32_t> event_start_;          // by student, into event_order_
  std::vector<std::uint32_t> event_order_;
  mutable std::vector<std::unique_ptr<Sitting>> sittings_;
  std::optional<YearGroups> year_groups_;
  std::vector<std::vector<PreparedRule>> rules_;  // by unit
};

}  // namespace help
