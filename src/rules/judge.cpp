// SPDX-License-Identifier: MIT
#include "rules/judge.hpp"

#include <algorithm>
#include <iterator>

#include "rules/conditions.hpp"
#include "rules/evidence.hpp"

namespace help {
namespace {

bool takes(const RuleKind& kind, Parameter parameter) {
  return std::ranges::any_of(kind.parameters, [parameter](const ParameterUse& use) { return use.parameter == parameter; });
}

std::vector<std::int64_t> limits_of(const Sitting& sitting, const std::vector<std::uint32_t>& columns, const Line& line) {
  std::vector<std::int64_t> limits;
  limits.reserve(columns.size());
  for (const auto column : columns) limits.push_back(limit_of(line, sitting.subject(column).full, sitting.subject(column).pass));
  return limits;
}

}  // namespace

Judge::Judge(const Dataset& data, const Question& question, bool explains)
    : data_(data),
      today_(question.today),
      term_(question.term ? question.term : data.calendar.term_of(question.today)),
      explains_(explains) {
  sittings_.resize(data.exams.size());
  find_who_is_here();
  find_exams();
  year_groups_.emplace(data_, held_, here_, today_);
  if (question.exam) {
    const auto exam = data.find_exam(*question.exam);
    if (exam && data.exams[*exam].date <= today_) pinned_ = exam;
  }
  sort_events();
  rules_.resize(year_groups_->units());
  for (YearGroups::Unit unit = 0; unit < rules_.size(); ++unit) {
    rules_[unit].reserve(data.policy.identify.size());
    for (std::size_t index = 0; index < data.policy.identify.size(); ++index) rules_[unit].push_back(prepare(index, Unit{unit}));
  }
}

void Judge::find_who_is_here() {
  const auto count = data_.students.size();
  here_.assign(count, false);
  class_today_.assign(count, std::nullopt);
  grade_today_.assign(count, 0);
  std::vector<int> grades(data_.classes.size());
  for (std::size_t in = 0; in < grades.size(); ++in) grades[in] = data_.grade_of(static_cast<ClassIndex>(in), today_);
  for (std::size_t index = 0; index < count; ++index) {
    const auto& student = data_.students[index];
    const auto in = data_.class_of(static_cast<StudentIndex>(index), today_);
    const bool gone = student.left && *student.left < today_;
    const bool not_yet = student.transferred && *student.transferred > today_;
    // Who has no class at all in the records is taken to be here: a school may keep no classes.
    here_[index] = in || (student.classes.empty() && !gone && !not_yet);
    class_today_[index] = in;
    if (in) grade_today_[index] = grades[*in];
  }
}

void Judge::find_exams() {
  retests_of_.resize(data_.exams.size());
  for (std::size_t index = 0; index < data_.exams.size(); ++index) {
    const auto exam = static_cast<ExamIndex>(index);
    if (data_.exams[exam].date > today_) continue;
    if (data_.exams[exam].retests.empty()) {
      held_.push_back(exam);
      continue;
    }
    // A retest of a retest counts for the first exam; the steps are bounded, whatever the file says.
    auto original = data_.find_exam(data_.exams[exam].retests);
    for (std::size_t steps = 0; original && !data_.exams[*original].retests.empty() && steps < data_.exams.size(); ++steps) {
      original = data_.find_exam(data_.exams[*original].retests);
    }
    if (original && data_.exams[*original].retests.empty()) retests_of_[*original].push_back(exam);
  }
}

void Judge::sort_events() {
  event_start_.assign(data_.students.size() + 1, 0);
  for (const auto& event : data_.events) {
    if (event.date <= today_) ++event_start_[event.student + 1];
  }
  for (std::size_t student = 0; student < data_.students.size(); ++student) event_start_[student + 1] += event_start_[student];
  event_order_.resize(event_start_.back());
  auto next = event_start_;
  for (std::size_t index = 0; index < data_.events.size(); ++index) {
    const auto& event = data_.events[index];
    if (event.date <= today_) event_order_[next[event.student]++] = static_cast<std::uint32_t>(index);
  }
}

std::span<const std::uint32_t> Judge::events(StudentIndex student) const {
  return std::span(event_order_).subspan(event_start_[student], event_start_[student + 1] - event_start_[student]);
}

std::optional<ClassIndex> Judge::class_today(StudentIndex student) const { return class_today_[student]; }

const Sitting& Judge::sitting(ExamIndex exam) const {
  auto& known = sittings_[exam];
  if (!known) known = std::make_unique<Sitting>(data_, exam, retests_of_[exam]);
  return *known;
}

bool Judge::matches(const ExamChoice& choice, ExamIndex index) const {
  const auto& exam = data_.exams[index];
  if (choice.kinds.empty() ? exam.kind == ExamKind::entry : std::ranges::find(choice.kinds, exam.kind) == choice.kinds.end()) return false;
  switch (choice.term) {
    case ExamChoice::TermChoice::any:
      return true;
    case ExamChoice::TermChoice::current:
      return term_ && exam.term == *term_;
    case ExamChoice::TermChoice::previous:
      return term_ && *term_ > 0 && exam.term == *term_ - 1;
    case ExamChoice::TermChoice::named:
      break;
  }
  return data_.calendar.find_term(choice.term_id) == exam.term;
}

std::optional<ExamIndex> Judge::latest_before(const ExamChoice& choice, std::optional<Date> before, Unit unit) const {
  if (!choice.id.empty()) {
    const auto exam = data_.find_exam(choice.id);
    const bool seen = exam && data_.exams[*exam].date <= today_ && (!before || data_.exams[*exam].date < *before);
    return seen ? exam : std::nullopt;
  }
  std::optional<ExamIndex> of_others;
  for (auto place = held_.rbegin(); place != held_.rend(); ++place) {
    if ((before && data_.exams[*place].date >= *before) || !matches(choice, *place)) continue;
    if (year_groups_->held_for(unit.index, *place)) return *place;
    if (!of_others) of_others = *place;
  }
  return of_others;
}

std::optional<ExamIndex> Judge::latest(const ExamChoice& choice, Unit unit) const {
  if (pinned_ && choice.id.empty() && matches(choice, *pinned_)) return pinned_;
  return latest_before(choice, std::nullopt, unit);
}

std::vector<ExamIndex> Judge::all(const ExamChoice& choice, Unit unit) const {
  std::vector<ExamIndex> chosen;
  if (!choice.id.empty()) {
    if (const auto exam = latest_before(choice, std::nullopt, unit)) chosen.push_back(*exam);
    return chosen;
  }
  std::ranges::copy_if(held_, std::back_inserter(chosen), [&](ExamIndex exam) { return matches(choice, exam); });
  const auto held_for = [&](ExamIndex exam) { return year_groups_->held_for(unit.index, exam); };
  if (std::ranges::any_of(chosen, held_for)) std::erase_if(chosen, [&](ExamIndex exam) { return !held_for(exam); });
  if (choice.last && chosen.size() > static_cast<std::size_t>(*choice.last)) chosen.erase(chosen.begin(), chosen.end() - *choice.last);
  return chosen;
}

PreparedRule Judge::prepare(std::size_t index, Unit unit) const {
  PreparedRule prepared;
  prepared.index = index;
  prepared.rule = &data_.policy.identify[index];
  prepared.kind = &rule_kinds()[prepared.rule->kind_index];
  prepared.day = today_;
  if (takes(*prepared.kind, Parameter::exam)) {
    prepared.takes = PreparedRule::Takes::one_exam;
    prepare_exam(prepared, unit);
  } else if (takes(*prepared.kind, Parameter::exams)) {
    prepared.takes = PreparedRule::Takes::run;
    prepare_run(prepared, unit);
  } else {
    if (!prepared.rule->in_force.contains(today_)) prepared.blocked = Reason::not_in_force;
    prepare_confirmation(prepared, std::nullopt, unit);
  }
  return prepared;
}

void Judge::prepare_exam(PreparedRule& rule, Unit unit) const {
  const auto& parameters = rule.parameters();
  const auto exam = latest(parameters.exam, unit);
  if (!exam) {
    rule.blocked = Reason::no_exam;
    return;
  }
  if (!rule.rule->in_force.contains(data_.exams[*exam].date)) {
    rule.blocked = Reason::not_in_force;
    return;
  }
  rule.sitting = &sitting(*exam);
  rule.day = rule.sitting->exam().date;
  rule.columns = rule.sitting->columns_of(parameters.basis);
  rule.limits = limits_of(*rule.sitting, rule.columns, parameters.below);
  if (takes(*rule.kind, Parameter::since)) {
    const auto since = latest_before(parameters.since, data_.exams[*exam].date, unit);
    if (!since) {
      rule.blocked = Reason::no_exam;
      return;
    }
    rule.since = &sitting(*since);
  }
  prepare_confirmation(rule, exam, unit);
}

void Judge::prepare_run(PreparedRule& rule, Unit unit) const {
  const auto& parameters = rule.parameters();
  auto exams = all(parameters.exam, unit);
  if (parameters.last > 0 && exams.size() > static_cast<std::size_t>(parameters.last)) {
    exams.erase(exams.begin(), exams.end() - parameters.last);
  }
  if (exams.empty()) {
    rule.blocked = Reason::no_exam;
    return;
  }
  rule.day = data_.exams[exams.back()].date;
  prepare_confirmation(rule, exams.back(), unit);
  const auto outside = [&](ExamIndex exam) { return !rule.rule->in_force.contains(data_.exams[exam].date); };
  if (outside(exams.back())) {
    rule.blocked = Reason::not_in_force;
    return;
  }
  std::erase_if(exams, outside);
  for (SubjectIndex subject = 0; subject < data_.subjects.size(); ++subject) {
    const bool named = parameters.basis.subjects.empty() || contains(parameters.basis.subjects, data_.subjects[subject]);
    const auto has = [&](ExamIndex exam) { return data_.exams[exam].column_of(subject).has_value(); };
    if (named && std::ranges::any_of(exams, has)) rule.run_subjects.push_back(subject);
  }
  for (const auto exam : exams) {
    RunExam each;
    each.sitting = &sitting(exam);
    for (std::uint32_t slot = 0; slot < rule.run_subjects.size(); ++slot) {
      const auto column = data_.exams[exam].column_of(rule.run_subjects[slot]);
      if (!column) continue;
      const auto& measure = data_.exams[exam].subjects[*column];
      each.columns.push_back({slot, static_cast<std::uint32_t>(*column), limit_of(parameters.below, measure.full, measure.pass)});
    }
    rule.run.push_back(std::move(each));
  }
}

void Judge::prepare_confirmation(PreparedRule& rule, std::optional<ExamIndex> after, Unit unit) const {
  if (rule.rule->outcome != Outcome::pending || !rule.rule->confirm) return;
  const auto& choice = rule.rule->confirm->exam;
  const auto exam = latest(choice, unit);
  if (!exam || (after && data_.exams[*exam].date <= data_.exams[*after].date)) return;
  rule.confirm = &sitting(*exam);
  rule.confirm_columns = rule.confirm->columns_of(rule.parameters().basis);
}

bool Judge::transferred(StudentIndex student, Date day) const { return counts_as_transferred(data_, student, day, today_); }

bool Judge::holds(const Condition& condition, StudentIndex student, Date day) const {
  switch (condition.kind) {
    case Condition::Kind::transferred:
      return transferred(student, day);
    case Condition::Kind::grade:
      return class_today_[student] && std::ranges::find(condition.grades, grade_today_[student]) != condition.grades.end();
    case Condition::Kind::in_class: {
      const auto in = data_.class_of(student, day);
      return in && contains(condition.names, data_.classes[*in].id);
    }
    case Condition::Kind::group:
      return in_group(data_.students[student], condition.names, day);
    case Condition::Kind::cohort:
      break;
  }
  const auto year = data_.calendar.school_year(today_);
  return class_today_[student] && std::ranges::any_of(condition.cohorts, [&](const auto& cohort) {
           return cohort.first == year && std::ranges::find(cohort.second, grade_today_[student]) != cohort.second.end();
         });
}

bool Judge::applies(const PreparedRule& rule, StudentIndex student) const {
  const auto true_of = [&](const Condition& condition) { return holds(condition, student, rule.day); };
  return std::ranges::all_of(rule.rule->only, true_of) && std::ranges::none_of(rule.rule->unless, true_of);
}

std::vector<std::pair<std::string_view, Date>> Judge::observed(StudentIndex student) const {
  std::vector<std::pair<std::string_view, Date>> set;
  for (const auto index : events(student)) {
    const auto& event = data_.events[index];
    if (event.kind != EventKind::observed && event.kind != EventKind::cleared) continue;
    std::erase_if(set, [&](const auto& known) { return known.first == event.indicator; });
    if (event.kind == EventKind::observed) set.emplace_back(event.indicator, event.date);
  }
  std::ranges::sort(set);
  return set;
}

bool Judge::counts_in(const CountWindow& window, const Period& days) const {
  // What is not over yet is not yet seen.
  if (days.until > today_) return false;
  if (window.kind == CountWindow::Kind::days) return days.from > today_ - Days{window.days};
  const auto begins = data_.calendar.term_of(days.from);
  if (!begins || !term_) return false;
  if (window.kind == CountWindow::Kind::term) return *begins == *term_;
  return data_.calendar.terms[*begins].year == data_.calendar.terms[*term_].year;
}

bool Judge::judge(const PreparedRule& rule, StudentIndex student, std::vector<Judgement>& found) const {
  const auto first = found.size();
  auto reason = rule.blocked;
  if (reason == Reason::none && !here(student)) reason = Reason::not_here;
  if (reason == Reason::none && !applies(rule, student)) reason = Reason::condition;
  if (reason == Reason::none) {
    rule.kind->judge(*this, rule, student, found);
  } else if (explains_) {
    found.push_back(
        {.state = reason == Reason::no_exam ? Judgement::State::not_judged : Judgement::State::not_applicable, .reason = reason});
  }
  for (auto place = first; place < found.size(); ++place) {
    auto& judgement = found[place];
    judgement.rule = rule.index;
    judgement.student = student;
    judgement.outcome = rule.rule->outcome;
    if (judgement.state == Judgement::State::hit && judgement.outcome == Outcome::pending) decide_pending(rule, judgement);
  }
  return reason == Reason::none;
}

void Judge::decide_pending(const PreparedRule& rule, Judgement& judgement) const {
  judgement.state = Judgement::State::waiting;
  if (rule.confirm == nullptr) return;
  const auto& sitting = *rule.confirm;
  const auto& line = rule.rule->confirm->below;
  const auto row = sitting.row_of(judgement.student);
  if (row == Sitting::no_row) return;
  std::vector<Evidence> marks;
  bool decided = false;
  bool failed = false;
  if (rule.by_figure()) {
    const auto& figure = sitting.figures(rule.parameters().basis).of_row[row];
    if (figure.state != Figure::State::present) return;
    decided = true;
    failed = below(figure, line, rule.by_average());
    marks.push_back(figure_evidence(sitting, figure, line, rule.by_average()));
    if (failed) count_shortfall(judgement, shortfall(figure, line, rule.by_average()));
  } else {
    for (const auto column : rule.confirm_columns) {
      const auto subject = sitting.subject(column).subject;
      if (judgement.subject && *judgement.subject != subject) continue;
      const auto counted = sitting.cell(row, column);
      if (!counted.mark.present()) continue;
      decided = true;
      auto evidence = mark_evidence(sitting, counted, subject, line);
      failed = failed || evidence.below;
      if (evidence.below) count_shortfall(judgement, mark_shortfall(counted, line));
      marks.push_back(std::move(evidence));
    }
  }
  if (!decided) return;
  judgement.state = failed ? Judgement::State::hit : Judgement::State::cleared;
  if (failed) judgement.outcome = Outcome::identified;
  if (failed && !explains_) std::erase_if(marks, [](const Evidence& evidence) { return !evidence.below; });
  judgement.evidence.insert(judgement.evidence.end(), marks.begin(), marks.end());
}

}  // namespace help
