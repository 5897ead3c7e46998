// SPDX-License-Identifier: MIT
#include "rules/clause.hpp"

#include <algorithm>
#include <span>
#include <vector>

#include "model/code_name.hpp"

namespace help {
namespace {

using Measure = Evidence::Measure;

// Of a long series only the last marks are read out.
constexpr std::size_t marks_read_out = 5;

std::string hundredths_text(std::optional<std::int64_t> hundredths) {
  return hundredths ? hundredths_to_string(*hundredths) : std::string();
}

Message joined(std::vector<Message> parts, std::string_view pattern) {
  Message whole;
  for (auto& part : parts)
    whole = whole.empty() ? std::move(part) : Message{.id = pattern, .arguments = {std::move(whole), std::move(part)}};
  return whole;
}

Message clauses_joined(std::vector<Message> parts) { return joined(std::move(parts), later("{0}; {1}")); }
Message words_joined(std::vector<Message> parts) { return joined(std::move(parts), later("{0}, {1}")); }

Message exam_of(const Dataset& data, const Evidence& evidence) {
  const auto& exam = data.exams[*evidence.exam];
  if (!evidence.retest) return as_data(exam_title(exam));
  return say("{0}, retest of {1}", exam_title(exam), to_string(data.exams[*evidence.retest].date));
}

Message subject_of(const Dataset& data, const Evidence& evidence) {
  return evidence.subject ? as_data(data.subjects[*evidence.subject]) : say("all subjects together");
}

Message mark_clause(const Dataset& data, const Evidence& evidence) {
  const auto subject = subject_of(data, evidence);
  const auto mark = to_string(evidence.mark);
  const auto line = hundredths_text(evidence.threshold);
  const auto exam = exam_of(data, evidence);
  const auto full = hundredths_text(evidence.full);
  if (evidence.below) return say("{0} {1}, below {2} ({3}, full mark {4})", subject, mark, line, exam, full);
  return say("{0} {1}, not below {2} ({3}, full mark {4})", subject, mark, line, exam, full);
}

Message figure_clause(const Dataset& data, const Evidence& evidence) {
  const auto figure = hundredths_text(evidence.figure);
  const auto line = hundredths_text(evidence.threshold);
  const auto exam = exam_of(data, evidence);
  if (evidence.measure == Measure::average) {
    if (evidence.below) return say("average {0}, below {1} ({2})", figure, line, exam);
    return say("average {0}, not below {1} ({2})", figure, line, exam);
  }
  const auto full = hundredths_text(evidence.full);
  if (evidence.below) return say("total {0}, below {1} ({2}, full mark {3})", figure, line, exam, full);
  return say("total {0}, not below {1} ({2}, full mark {3})", figure, line, exam, full);
}

Message group_of(const Evidence& evidence) { return evidence.of == Compared::school_class ? say("class") : say("grade"); }

/// "a, b" of the judge, in the manner of the reader's language.
Message subjects_missed(std::string_view names) {
  constexpr std::string_view between = ", ";
  std::vector<Message> parts;
  for (std::size_t at = 0; at <= names.size();) {
    const std::size_t end = std::min(names.find(between, at), names.size());
    parts.push_back(as_data(std::string(names.substr(at, end - at))));
    at = end + between.size();
  }
  return words_joined(std::move(parts));
}

/// The mark, or the average or total, that a place in the group belongs to.
Message judged_of(const Dataset& data, const Evidence& evidence) {
  if (evidence.mark.present()) return as_data(data.subjects[*evidence.subject] + " " + to_string(evidence.mark));
  return say("{0} {1}", subject_of(data, evidence), hundredths_text(evidence.figure));
}

Message percentile_clause(const Dataset& data, const Evidence& evidence) {
  return say("{0}: {1} % of the {2} are lower, line {3} % (place {4} of {5}, {6})", judged_of(data, evidence),
             hundredths_text(evidence.percentile), group_of(evidence), hundredths_text(evidence.threshold), evidence.rank.value_or(0),
             evidence.group_size.value_or(0), exam_of(data, evidence));
}

Message standard_score_clause(const Dataset& data, const Evidence& evidence) {
  return say("{0}: standard score {1} in the {2}, line {3} (place {4} of {5}, {6})", judged_of(data, evidence),
             hundredths_text(evidence.standard_score), group_of(evidence), hundredths_text(evidence.threshold), evidence.rank.value_or(0),
             evidence.group_size.value_or(0), exam_of(data, evidence));
}

Message fall_clause(const Dataset& data, const Evidence& evidence) {
  const auto since = exam_title(data.exams[*evidence.since]);
  const auto exam = exam_of(data, evidence);
  if (evidence.measure == Measure::rank_fall) {
    return say("{0}: from place {1} to {2} in the {3}, line {4} places ({5} to {6})", subject_of(data, evidence),
               evidence.earlier_rank.value_or(0), evidence.rank.value_or(0), group_of(evidence), hundredths_text(evidence.threshold), since,
               exam);
  }
  return say("{0}: standard score in the {1} down by {2}, line {3} ({4} to {5})", subject_of(data, evidence), group_of(evidence),
             hundredths_text(evidence.figure), hundredths_text(evidence.threshold), since, exam);
}

Message untempered_clause(const Dataset& data, const Evidence& evidence) {
  switch (evidence.measure) {
    case Measure::mark:
      return mark_clause(data, evidence);
    case Measure::average:
    case Measure::total:
      return figure_clause(data, evidence);
    case Measure::percentile:
      return percentile_clause(data, evidence);
    case Measure::standard_score:
      return standard_score_clause(data, evidence);
    case Measure::rank_fall:
    case Measure::score_fall:
      return fall_clause(data, evidence);
    case Measure::absence:
      return say("absent from {0} ({1})", subjects_missed(evidence.word), exam_of(data, evidence));
    case Measure::count:
      return say("{0}: {1}, line {2} (counted up to {3})", name_of_count(evidence.word), evidence.figure.value_or(0),
                 evidence.threshold.value_or(0), evidence.date ? to_string(*evidence.date) : std::string());
    case Measure::indicator:
      return say("{0} (observed on {1})", name_in(data.policy.indicators, evidence.word),
                 evidence.date ? to_string(*evidence.date) : std::string());
    case Measure::group:
      return say("special group: {0}", name_in(data.policy.groups, evidence.word));
    case Measure::by_hand:
      break;
  }
  return say("named by hand");
}

bool is_failed_mark(const Evidence& evidence) { return evidence.measure == Measure::mark && evidence.below; }

/// "52, 48, 49": the last marks of a series.
Message read_out(const std::vector<const Evidence*>& series) {
  std::vector<Message> marks;
  const auto first = series.size() > marks_read_out ? series.size() - marks_read_out : 0;
  for (auto place = first; place < series.size(); ++place) {
    marks.push_back(as_data((place == first && first > 0 ? "… " : "") + to_string(series[place]->mark)));
  }
  return words_joined(std::move(marks));
}

/// Failures of one subject in several exams.
Message series_clause(const Dataset& data, const std::vector<const Evidence*>& series) {
  if (series.size() == 1) return clause_of(data, *series.front());
  return counted(static_cast<std::int64_t>(series.size()), "{1} below the line in {0} exam: {2} ({3} to {4})",
                 "{1} below the line in {0} exams: {2} ({3} to {4})", subject_of(data, *series.front()), read_out(series),
                 exam_title(data.exams[*series.front()->exam]), exam_title(data.exams[*series.back()->exam]));
}

/// Several subjects in one exam: the exam is named once.
Message subjects_clause(const Dataset& data, const std::vector<const Evidence*>& marks) {
  std::vector<Message> parts;
  for (const auto* evidence : marks) {
    parts.push_back(
        say("{0} {1} < {2}", data.subjects[*evidence->subject], to_string(evidence->mark), hundredths_text(evidence->threshold)));
  }
  return say("{0} ({1})", words_joined(std::move(parts)), exam_of(data, *marks.front()));
}

Message marks_clause(const Dataset& data, const std::vector<const Evidence*>& marks) {
  if (marks.size() == 1) return clause_of(data, *marks.front());
  const auto same_exam = [&](const Evidence* evidence) {
    return evidence->exam == marks.front()->exam && evidence->retest == marks.front()->retest;
  };
  if (std::ranges::all_of(marks, same_exam)) return subjects_clause(data, marks);
  std::vector<std::vector<const Evidence*>> by_subject;
  for (const auto* evidence : marks) {
    const auto known = std::ranges::find_if(by_subject, [&](const auto& series) { return series.front()->subject == evidence->subject; });
    if (known == by_subject.end()) {
      by_subject.push_back({evidence});
    } else {
      known->push_back(evidence);
    }
  }
  std::vector<Message> parts;
  for (const auto& series : by_subject) parts.push_back(series_clause(data, series));
  return clauses_joined(std::move(parts));
}

std::string plain_exam(const Dataset& data, const Evidence& evidence) { return evidence.exam ? " " + data.exams[*evidence.exam].id : ""; }

}  // namespace

std::string exam_title(const Exam& exam) {
  const bool named = !exam.name.empty() && exam.name != exam.id;
  const std::string day = to_string(exam.date);
  if (named) return day + " " + exam.name;
  return exam.id.starts_with(day) ? exam.id : day + " " + exam.id;
}

Message clause_of(const Dataset& data, const Evidence& evidence) {
  auto clause = untempered_clause(data, evidence);
  const bool by_group = evidence.measure == Measure::percentile || evidence.measure == Measure::standard_score ||
                        evidence.measure == Measure::rank_fall || evidence.measure == Measure::score_fall;
  return by_group && evidence.tentative ? say("{0}; tentative, the group is small", std::move(clause)) : clause;
}

Message line_of(const Dataset& data, const Judgement& hit) {
  std::vector<Message> parts;
  std::vector<const Evidence*> marks;
  for (const auto& evidence : hit.evidence) {
    if (is_failed_mark(evidence)) marks.push_back(&evidence);
  }
  if (!marks.empty()) parts.push_back(marks_clause(data, marks));
  for (const auto& evidence : hit.evidence) {
    if (!is_failed_mark(evidence) && evidence.below) parts.push_back(clause_of(data, evidence));
  }
  auto line = clauses_joined(std::move(parts));
  return hit.state == Judgement::State::waiting ? say("{0}; decided by a later exam", std::move(line)) : line;
}

Message words_of(Reason reason) {
  switch (reason) {
    case Reason::no_exam:
      return say("no such exam was held yet");
    case Reason::not_in_force:
      return say("the rule is not in force on that day");
    case Reason::condition:
      return say("the rule is not meant for this student");
    case Reason::no_mark:
      return say("no mark to judge by");
    case Reason::missing_marks:
      return say("a mark is missing");
    case Reason::small_group:
      return say("too few marks to compare with");
    case Reason::no_spread:
      return say("all marks of the group are equal");
    case Reason::no_count:
      return say("nothing was counted in the period");
    case Reason::not_here:
      return say("not at the school on that day");
    case Reason::none:
      break;
  }
  return {};
}

std::string plain_clause_of(const Dataset& data, const Evidence& evidence) {
  const auto subject = evidence.subject ? data.subjects[*evidence.subject] : std::string("*");
  const auto line = hundredths_text(evidence.threshold);
  switch (evidence.measure) {
    case Measure::mark:
      return subject + " " + to_string(evidence.mark) + " < " + line + plain_exam(data, evidence);
    case Measure::average:
    case Measure::total:
      return subject + " " + hundredths_text(evidence.figure) + " < " + line + plain_exam(data, evidence);
    case Measure::percentile:
      return subject + " P" + hundredths_text(evidence.percentile) + " < " + line + " %" + plain_exam(data, evidence);
    case Measure::standard_score:
      return subject + " z " + hundredths_text(evidence.standard_score) + " < " + line + plain_exam(data, evidence);
    case Measure::rank_fall:
    case Measure::score_fall:
      return subject + " ↓" + hundredths_text(evidence.figure) + " >= " + line + " " + data.exams[*evidence.since].id + " →" +
             plain_exam(data, evidence);
    case Measure::absence:
      return evidence.word + " absent" + plain_exam(data, evidence);
    case Measure::count:
      return evidence.word + " " + std::to_string(evidence.figure.value_or(0)) + " >= " + std::to_string(evidence.threshold.value_or(0));
    case Measure::indicator:
    case Measure::group:
      return evidence.word;
    case Measure::by_hand:
      break;
  }
  return "*";
}

std::string plain_line_of(const Dataset& data, const Judgement& hit) {
  constexpr std::size_t most = 12;
  std::string line;
  std::size_t written = 0;
  std::size_t left_out = 0;
  for (const auto& evidence : hit.evidence) {
    if (!evidence.below) continue;
    if (++written > most) {
      ++left_out;
      continue;
    }
    if (!line.empty()) line += "; ";
    line += plain_clause_of(data, evidence);
  }
  return left_out == 0 ? line : line + "; +" + std::to_string(left_out);
}

}  // namespace help
