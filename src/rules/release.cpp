// SPDX-License-Identifier: MIT
#include "rules/release.hpp"

#include <algorithm>
#include <numeric>

#include "rules/judge.hpp"

namespace help {
namespace {

enum class ReleaseVerdict : std::uint8_t { reached, missed, passed_over };

bool matches(const Judge& judge, const ExamChoice& choice, const Exam& exam) {
  if (!exam.retests.empty()) return false;  // it is part of the exam that it repeats
  if (choice.kinds.empty() ? exam.kind == ExamKind::entry : std::ranges::find(choice.kinds, exam.kind) == choice.kinds.end()) return false;
  switch (choice.term) {
    case ExamChoice::TermChoice::current:
      return judge.term() == exam.term;
    case ExamChoice::TermChoice::previous:
      return judge.term() && *judge.term() == exam.term + 1;
    case ExamChoice::TermChoice::named:
      return judge.data().calendar.terms[exam.term].id == choice.term_id;
    case ExamChoice::TermChoice::any:
      break;
  }
  return true;
}

ReleaseVerdict verdict_of(const MarkCell& cell, const Line& line) {
  if (cell.mark.present())
    return cell.mark.hundredths() >= limit_of(line, cell.full, cell.pass) ? ReleaseVerdict::reached : ReleaseVerdict::missed;
  const auto state = cell.mark.state();
  return state == Mark::State::exempt || state == Mark::State::not_examined ? ReleaseVerdict::passed_over : ReleaseVerdict::missed;
}

ReleaseVerdict verdict_of(const Sitting& sitting, const CaseKey& about, const Line& line) {
  const auto row = sitting.row_of(about.student);
  if (row == Sitting::no_row) return ReleaseVerdict::passed_over;
  ReleaseVerdict all = ReleaseVerdict::passed_over;
  for (std::size_t column = 0; column < sitting.columns(); ++column) {
    if (about.subject && sitting.subject(column).subject != *about.subject) continue;
    const ReleaseVerdict one = verdict_of(sitting.cell(row, column), line);
    if (one == ReleaseVerdict::missed) return one;
    if (one == ReleaseVerdict::reached) all = one;
  }
  return all;
}

}  // namespace

std::vector<ReleaseJudgement> judge_release(const Judge& judge, const CaseKey& about, Date since) {
  const auto& data = judge.data();
  std::vector<ReleaseJudgement> judgements;
  for (std::size_t index = 0; index < data.policy.decide.release.size(); ++index) {
    const ReleaseCriterion& criterion = data.policy.decide.release[index];
    ReleaseJudgement judgement{.criterion = index, .passed = {}, .is_met = false};
    int left = criterion.exams.last.value_or(static_cast<int>(data.exams.size()));
    for (auto exam = static_cast<ExamIndex>(data.exams.size()); exam-- > 0 && left > 0 && !judgement.is_met;) {
      if (data.exams[exam].date <= since || data.exams[exam].date > judge.today() || !matches(judge, criterion.exams, data.exams[exam])) {
        continue;
      }
      const ReleaseVerdict verdict = verdict_of(judge.sitting(exam), about, criterion.at_least);
      if (verdict == ReleaseVerdict::missed) break;
      if (verdict == ReleaseVerdict::passed_over) continue;
      --left;
      judgement.passed.insert(judgement.passed.begin(), exam);
      judgement.is_met = static_cast<int>(judgement.passed.size()) == criterion.times;
    }
    judgements.push_back(std::move(judgement));
  }
  return judgements;
}

std::vector<ReleaseJudgement> judge_release(const Dataset& data, Date today, const CaseKey& about, Date since) {
  return judge_release(Judge(data, {.today = today, .term = {}, .exam = {}}, false), about, since);
}

std::vector<OpenCase> open_cases(const Dataset& data, const DecisionSteps& steps) {
  const Judge judge(data, {.today = steps.day(), .term = {}, .exam = {}}, false);
  std::vector<StudentIndex> students(data.students.size());
  std::iota(students.begin(), students.end(), StudentIndex{0});
  std::ranges::sort(students, {}, [&](StudentIndex student) -> const std::string& { return data.students[student].id; });
  std::vector<OpenCase> cases;
  for (const StudentIndex student : students) {
    if (!judge.here(student)) continue;
    std::vector<CaseKey> keys{{student, std::nullopt}};
    for (const auto event : steps.cases().events(student)) {
      const CaseKey key{student, data.events[event].subject};
      if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
    }
    // Where the whole student is a case, what was said about single subjects is part of it.
    if (steps.decision(keys.front()).state == CaseState::confirmed) keys.resize(1);
    std::ranges::sort(keys, {}, &CaseKey::subject);
    for (const CaseKey& key : keys) {
      const auto since = steps.open_since(key);
      if (!since || steps.decision(key).state != CaseState::confirmed) continue;
      cases.push_back({.about = key, .since = *since, .judgements = judge_release(judge, key, *since)});
    }
  }
  return cases;
}

}  // namespace help
