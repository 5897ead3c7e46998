// SPDX-License-Identifier: MIT
#include "rules/kinds.hpp"

#include <algorithm>
#include <array>

#include "rules/evidence.hpp"
#include "rules/judge.hpp"

namespace help {
namespace {

using State = Judgement::State;
using Found = std::vector<Judgement>;

/// What a test says of one mark or figure.
enum class Verdict : std::uint8_t {
  hit,
  not_hit,
  missing,      ///< there should be a mark and there is none
  passed_over,  ///< exempt, or not examined
  small_group,
  no_spread,  ///< all marks of the group are equal: there is no standard score
};

constexpr std::size_t verdict_count = 6;

/// One mark, or one average or total, of a student in one exam.
struct MarkPlace {
  const Sitting& sitting;
  std::size_t row = 0;
  std::optional<std::size_t> place = {};  ///< in `PreparedRule::columns`; nothing: the figure of all of them
};

/// What a test found, where somebody will read it.
struct Finding {
  Evidence evidence;
  Share shortfall;
};

/// What was seen of a student in one exam or run, before it is known what becomes of it.
class Seen {
 public:
  void add(Verdict verdict) { ++count_[static_cast<std::size_t>(verdict)]; }
  void add(const Seen& other) {
    for (std::size_t verdict = 0; verdict < verdict_count; ++verdict) count_[verdict] += other.count_[verdict];
  }

  [[nodiscard]] int hits() const { return of(Verdict::hit); }
  /// Nothing was present and nothing missing: everything was passed over.
  [[nodiscard]] bool saw_nothing() const {
    return !judged() && of(Verdict::missing) == 0 && of(Verdict::small_group) == 0 && of(Verdict::no_spread) == 0;
  }

  /// Appends the judgement; `needed` hits make a hit. What does not hit is left out where nobody asks for it, but not beside other
  /// subjects of the same student: that one was judged says that the student has marks.
  void report(const Judge& judge, Judgement judgement, int hits, int needed, Found& found) const {
    if (judged()) {
      judgement.state = hits >= needed ? State::hit : State::not_hit;
    } else {
      judgement.state = State::not_judged;
      judgement.reason = of(Verdict::small_group) > 0 ? Reason::small_group
                         : of(Verdict::no_spread) > 0 ? Reason::no_spread
                         : of(Verdict::missing) > 0   ? Reason::missing_marks
                                                      : Reason::no_mark;
    }
    if (judgement.state == State::not_hit && !judgement.subject && !judge.explains()) return;
    found.push_back(std::move(judgement));
  }

 private:
  [[nodiscard]] int of(Verdict verdict) const { return count_[static_cast<std::size_t>(verdict)]; }
  [[nodiscard]] bool judged() const { return of(Verdict::hit) + of(Verdict::not_hit) > 0; }

  std::array<int, verdict_count> count_{};
};

Verdict presence(Mark mark) { return mark.present() ? Verdict::not_hit : mark.missing() ? Verdict::missing : Verdict::passed_over; }

Verdict presence(Figure::State state) {
  switch (state) {
    case Figure::State::present:
      return Verdict::not_hit;
    case Figure::State::missing:
      return Verdict::missing;
    case Figure::State::passed_over:
      break;
  }
  return Verdict::passed_over;
}

std::size_t column_of(const PreparedRule& rule, const MarkPlace& target) { return rule.columns[*target.place]; }

const Figure& figure_of(const PreparedRule& rule, const MarkPlace& target) {
  return target.sitting.figures(rule.parameters().basis).of_row[target.row];
}

Verdict presence(const PreparedRule& rule, const MarkPlace& target) {
  if (target.place) return presence(target.sitting.mark(target.row, column_of(rule, target)));
  return presence(figure_of(rule, target).state);
}

const Standings& standings_of(const PreparedRule& rule, const MarkPlace& target) {
  const auto by = rule.parameters().of;
  if (target.place) return target.sitting.standings(column_of(rule, target), by);
  return target.sitting.standings(rule.parameters().basis, by);
}

const Spread& group_of(const PreparedRule& rule, const MarkPlace& target) {
  return standings_of(rule, target).groups[target.sitting.groups(rule.parameters().of).of_row[target.row]];
}

Standing standing_of(const PreparedRule& rule, const MarkPlace& target) {
  return {group_of(rule, target), standings_of(rule, target).values[target.row]};
}

bool too_small(const Judge& judge, const Spread& group) { return group.size < std::max(1, judge.policy().none_below); }

/// The evidence that every test of a mark or figure begins with.
Evidence evidence_of(const Judge& judge, const PreparedRule& rule, const MarkPlace& target) {
  const auto& line = rule.parameters().below;
  auto evidence = target.place ? mark_evidence(target.sitting, target.sitting.cell(target.row, column_of(rule, target)),
                                               target.sitting.subject(column_of(rule, target)).subject, line)
                               : figure_evidence(target.sitting, figure_of(rule, target), line, rule.by_average());
  add_standing(evidence, judge.policy(), target.sitting, standings_of(rule, target), target.row, rule.parameters().of);
  return evidence;
}

/// How far below the group's mean, as a share of full: what stands for a shortfall where there is no line in marks.
Share below_mean(const PreparedRule& rule, const MarkPlace& target) {
  const auto standing = standing_of(rule, target);
  std::int64_t full = 0;
  if (target.place) {
    full = target.sitting.common_full(column_of(rule, target));
  } else {
    full = target.sitting.figures(rule.parameters().basis).common_full;
  }
  const auto distance = static_cast<std::int64_t>(standing.group.sum) - standing.group.size * standing.value;
  return {std::max<std::int64_t>(0, distance), standing.group.size * std::max<std::int64_t>(1, full)};
}

/// Judges the marks or the figure of one exam. `test(target, finding)` says whether the rule hits what is present, and fills `finding`
/// where it is not null.
template <typename Test>
void judge_exam(const Judge& judge, const PreparedRule& rule, StudentIndex student, Found& found, Test test) {
  const auto& sitting = *rule.sitting;
  const auto row = sitting.row_of(student);
  Seen all;
  Judgement together;
  const auto look_at = [&](const MarkPlace& target, Seen& tally, Judgement& judgement) {
    auto verdict = presence(rule, target);
    if (verdict == Verdict::not_hit) verdict = test(target, nullptr);
    tally.add(verdict);
    const bool shown = verdict == Verdict::hit || (judge.explains() && verdict == Verdict::not_hit);
    if (!shown) return;
    Finding finding{.evidence = evidence_of(judge, rule, target), .shortfall = {}};
    test(target, &finding);
    finding.evidence.below = verdict == Verdict::hit;
    if (verdict == Verdict::hit) count_shortfall(judgement, finding.shortfall);
    judgement.evidence.push_back(std::move(finding.evidence));
  };
  if (row == Sitting::no_row) return all.report(judge, std::move(together), 0, 1, found);
  if (rule.by_figure()) {
    look_at({sitting, row}, all, together);
    return all.report(judge, std::move(together), all.hits(), 1, found);
  }
  const bool each = rule.parameters().basis.kind == Basis::Kind::per_subject;
  bool any = false;
  for (std::size_t place = 0; place < rule.columns.size(); ++place) {
    const MarkPlace target{sitting, row, place};
    if (!each) {
      look_at(target, all, together);
      continue;
    }
    Seen own;
    if (presence(rule, target) == Verdict::passed_over) continue;
    any = true;
    Judgement judgement{.subject = sitting.subject(rule.columns[place]).subject};
    look_at(target, own, judgement);
    own.report(judge, std::move(judgement), own.hits(), 1, found);
  }
  if (!each || !any) all.report(judge, std::move(together), all.hits(), 1, found);
}

void mark_below(const Judge& judge, const PreparedRule& rule, StudentIndex student, Found& found) {
  const auto& line = rule.parameters().below;
  judge_exam(judge, rule, student, found, [&](const MarkPlace& target, Finding* finding) {
    bool hit = false;
    if (!target.place) {
      const auto& figure = figure_of(rule, target);
      hit = below(figure, line, rule.by_average());
      if (finding != nullptr) finding->shortfall = shortfall(figure, line, rule.by_average());
    } else if (!target.sitting.has_other_measures()) {
      hit = target.sitting.mark(target.row, column_of(rule, target)).hundredths() < rule.limits[*target.place];
    } else {
      const auto counted = target.sitting.cell(target.row, column_of(rule, target));
      hit = counted.mark.hundredths() < limit_of(line, counted.full, counted.pass);
    }
    if (finding != nullptr && target.place) {
      finding->shortfall = mark_shortfall(target.sitting.cell(target.row, column_of(rule, target)), line);
    }
    return hit ? Verdict::hit : Verdict::not_hit;
  });
}

void percentile_below(const Judge& judge, const PreparedRule& rule, StudentIndex student, Found& found) {
  judge_exam(judge, rule, student, found, [&](const MarkPlace& target, Finding* finding) {
    const auto& group = group_of(rule, target);
    if (too_small(judge, group)) return Verdict::small_group;
    const bool hit = std::int64_t{standings_of(rule, target).below[target.row]} * 10'000 < rule.parameters().share * group.size;
    if (finding != nullptr) {
      finding->evidence.measure = Evidence::Measure::percentile;
      finding->evidence.threshold = rule.parameters().share;
      finding->shortfall = below_mean(rule, target);
    }
    return hit ? Verdict::hit : Verdict::not_hit;
  });
}

void standard_score_below_line(const Judge& judge, const PreparedRule& rule, StudentIndex student, Found& found) {
  judge_exam(judge, rule, student, found, [&](const MarkPlace& target, Finding* finding) {
    const auto standing = standing_of(rule, target);
    if (too_small(judge, standing.group)) return Verdict::small_group;
    if (all_equal(standing.group)) return Verdict::no_spread;
    if (finding != nullptr) {
      finding->evidence.measure = Evidence::Measure::standard_score;
      finding->evidence.threshold = rule.parameters().score;
      finding->evidence.standard_score = standard_score(standing);
      finding->shortfall = below_mean(rule, target);
    }
    return standard_score_below(standing, rule.parameters().score) ? Verdict::hit : Verdict::not_hit;
  });
}

/// Where the same subject or figure stood in the earlier exam of a fall.
struct Earlier {
  Verdict verdict = Verdict::passed_over;
  Standing standing;
  int rank = 0;
  std::optional<Date> repeated;  ///< the day of the retest that it comes from
};

Earlier earlier_of(const Judge& judge, const PreparedRule& rule, const MarkPlace& target, StudentIndex student) {
  Earlier earlier;
  const auto& sitting = *rule.since;
  const auto row = sitting.row_of(student);
  if (row == Sitting::no_row) return earlier;
  const auto by = rule.parameters().of;
  const Standings* standings = nullptr;
  if (target.place) {
    const auto column = sitting.exam().column_of(target.sitting.subject(column_of(rule, target)).subject);
    if (!column) return earlier;
    const auto counted = sitting.cell(row, *column);
    earlier.verdict = presence(counted.mark);
    if (counted.retest) earlier.repeated = judge.data().exams[*counted.retest].date;
    standings = &sitting.standings(*column, by);
  } else {
    const auto& figure = sitting.figures(rule.parameters().basis).of_row[row];
    earlier.verdict = presence(figure.state);
    earlier.repeated = figure.repeated;
    standings = &sitting.standings(rule.parameters().basis, by);
  }
  if (earlier.verdict != Verdict::not_hit) return earlier;
  earlier.standing = {standings->groups[sitting.groups(by).of_row[row]], standings->values[row]};
  earlier.rank = standings->ranks[row];
  if (too_small(judge, earlier.standing.group)) earlier.verdict = Verdict::small_group;
  return earlier;
}

void fall(const Judge& judge, const PreparedRule& rule, StudentIndex student, Found& found) {
  const bool by_rank = rule.parameters().by == FallBy::rank;
  judge_exam(judge, rule, student, found, [&](const MarkPlace& target, Finding* finding) {
    const auto now = standing_of(rule, target);
    const auto then = earlier_of(judge, rule, target, student);
    if (then.verdict != Verdict::not_hit) return then.verdict;
    if (too_small(judge, now.group)) return Verdict::small_group;
    if (!by_rank && (all_equal(now.group) || all_equal(then.standing.group))) return Verdict::no_spread;
    const auto rank = standings_of(rule, target).ranks[target.row];
    const auto lost = by_rank ? std::int64_t{rank - then.rank} * 100 : standard_score_fall(then.standing, now);
    if (finding != nullptr) {
      auto& evidence = finding->evidence;
      evidence.measure = by_rank ? Evidence::Measure::rank_fall : Evidence::Measure::score_fall;
      evidence.since = rule.since->index();
      evidence.date = std::max(evidence.date, then.repeated);
      evidence.figure = lost;
      evidence.threshold = rule.parameters().score;
      if (by_rank) evidence.earlier_rank = then.rank;
      if (!by_rank) evidence.standard_score = standard_score(now);
      evidence.tentative = evidence.tentative || then.standing.group.size < judge.policy().tentative_below;
      finding->shortfall = below_mean(rule, target);
    }
    return lost >= rule.parameters().score ? Verdict::hit : Verdict::not_hit;
  });
}

void failed_subjects(const Judge& judge, const PreparedRule& rule, StudentIndex student, Found& found) {
  const auto& sitting = *rule.sitting;
  const auto row = sitting.row_of(student);
  Seen tally;
  const auto cell = [&](std::size_t place) { return sitting.cell(row, rule.columns[place]); };
  const auto verdict_of = [&](const MarkCell& counted) {
    if (!counted.mark.present()) return presence(counted.mark);
    return counted.mark.hundredths() < limit_of(rule.parameters().below, counted.full, counted.pass) ? Verdict::hit : Verdict::not_hit;
  };
  for (std::size_t place = 0; row != Sitting::no_row && place < rule.columns.size(); ++place) tally.add(verdict_of(cell(place)));
  Judgement judgement{.count = tally.hits(), .needed = rule.parameters().times};
  const bool shown = judge.explains() || tally.hits() >= judgement.needed;
  for (std::size_t place = 0; row != Sitting::no_row && shown && place < rule.columns.size(); ++place) {
    const MarkPlace target{sitting, row, place};
    if (verdict_of(cell(place)) != Verdict::hit) continue;
    auto evidence = evidence_of(judge, rule, target);
    count_shortfall(judgement, mark_shortfall(cell(place), rule.parameters().below));
    judgement.evidence.push_back(std::move(evidence));
  }
  tally.report(judge, std::move(judgement), tally.hits(), rule.parameters().times, found);
}

/// A student's rows in the exams of a run.
std::vector<std::uint32_t> rows_in_run(const PreparedRule& rule, StudentIndex student) {
  std::vector<std::uint32_t> rows;
  rows.reserve(rule.run.size());
  for (const auto& each : rule.run) rows.push_back(each.sitting->row_of(student));
  return rows;
}

/// A subject of a run, or (nothing) its figure.
using Slot = std::optional<std::size_t>;

Verdict figure_verdict(const PreparedRule& rule, const RunExam& each, std::uint32_t row) {
  const auto& figure = each.sitting->figures(rule.parameters().basis).of_row[row];
  const auto verdict = presence(figure.state);
  return verdict == Verdict::not_hit && below(figure, rule.parameters().below, rule.by_average()) ? Verdict::hit : verdict;
}

/// What each exam of a run says of a student (hit = failed), by subject of the run (one row for a figure), then exam. The marks of an exam
/// lie side by side, so they are all asked for at once.
std::vector<Verdict> verdicts_of_run(const PreparedRule& rule, std::span<const std::uint32_t> rows) {
  const auto exams = rule.run.size();
  const auto slots = rule.by_figure() ? 1 : rule.run_subjects.size();
  std::vector<Verdict> verdicts(slots * exams, Verdict::passed_over);
  for (std::size_t place = 0; place < exams; ++place) {
    if (rows[place] == Sitting::no_row) continue;
    const auto& each = rule.run[place];
    if (rule.by_figure()) {
      verdicts[place] = figure_verdict(rule, each, rows[place]);
      continue;
    }
    const auto marks = each.sitting->marks_of(rows[place]);
    const bool has_other_measures = each.sitting->has_other_measures();
    for (auto [slot, column, limit] : each.columns) {
      if (has_other_measures) {
        const auto counted = each.sitting->cell(rows[place], column);
        limit = limit_of(rule.parameters().below, counted.full, counted.pass);
      }
      const auto mark = marks[column];
      verdicts[slot * exams + place] = mark.present() && mark.hundredths() < limit ? Verdict::hit : presence(mark);
    }
  }
  return verdicts;
}

/// Whether the student has a mark in the run, and in every subject fewer failures than are needed. Nearly everybody has, and nothing more
/// need be known of them.
bool fails_too_rarely(const PreparedRule& rule, std::span<const std::uint32_t> rows) {
  std::vector<int> failures(rule.run_subjects.size(), 0);
  bool has_mark = false;
  for (std::size_t place = 0; place < rule.run.size(); ++place) {
    if (rows[place] == Sitting::no_row) continue;
    const auto& each = rule.run[place];
    if (each.sitting->has_other_measures()) return false;
    const auto marks = each.sitting->marks_of(rows[place]);
    // Every exam is a table of its own; who is judged next mostly stands in the next row of each.
    each.sitting->fetch_row(rows[place] + 1);
    for (const auto& [slot, column, limit] : each.columns) {
      const auto mark = marks[column];
      has_mark = has_mark || mark.present();
      failures[slot] += mark.present() && mark.hundredths() < limit ? 1 : 0;
    }
  }
  return has_mark && std::ranges::all_of(failures, [&](int count) { return count < rule.parameters().times; });
}

void add_run_evidence(const PreparedRule& rule, const RunExam& each, std::uint32_t row, Slot slot, Judgement& judgement) {
  const auto& line = rule.parameters().below;
  if (!slot) {
    const auto& figure = each.sitting->figures(rule.parameters().basis).of_row[row];
    judgement.evidence.push_back(figure_evidence(*each.sitting, figure, line, rule.by_average()));
    count_shortfall(judgement, shortfall(figure, line, rule.by_average()));
    return;
  }
  const auto subject = rule.run_subjects[*slot];
  const auto counted = each.sitting->cell(row, each.sitting->exam().column_of(subject).value());
  judgement.evidence.push_back(mark_evidence(*each.sitting, counted, subject, line));
  count_shortfall(judgement, mark_shortfall(counted, line));
}

/// A stretch of a run: the last `failures` failures before place `end`.
struct Stretch {
  int failures = 0;
  std::size_t end = 0;
};

/// A student's run of one subject, or of the figure.
struct Run {
  std::span<const std::uint32_t> rows;  ///< of the student, by exam of the run
  std::span<const Verdict> verdicts;    ///< by exam of the run
  Slot slot;
};

void add_failures(const PreparedRule& rule, const Run& series, Stretch stretch, Judgement& judgement) {
  const auto failed = [&](std::size_t place) { return series.verdicts[place] == Verdict::hit; };
  // The failures that count are the last ones before the end; they are found backwards and shown by date.
  auto left = stretch.failures;
  auto first = stretch.end;
  while (left > 0 && first > 0) {
    if (failed(--first)) --left;
  }
  judgement.evidence.reserve(judgement.evidence.size() + static_cast<std::size_t>(stretch.failures));
  for (auto place = first; place < stretch.end; ++place) {
    if (failed(place)) add_run_evidence(rule, rule.run[place], series.rows[place], series.slot, judgement);
  }
}

/// Judges the series of marks of each subject, or of the figure. `measure(verdicts, stretches)` looks at what each exam of the run says and
/// adds the stretches that make a hit; without any, the one that came nearest.
template <typename Measure>
void judge_run(const Judge& judge, const PreparedRule& rule, StudentIndex student, Found& found, Measure measure) {
  const auto rows = rows_in_run(rule, student);
  const bool each = rule.parameters().basis.kind == Basis::Kind::per_subject;
  if (!judge.explains() && !each && !rule.by_figure() && fails_too_rarely(rule, rows)) return;
  const auto verdicts = verdicts_of_run(rule, rows);
  const auto needed = rule.parameters().times;
  std::vector<Stretch> stretches;
  const auto look_at = [&](Slot slot, Seen& tally, Judgement& judgement, Judgement& near) {
    const auto exams = rule.run.size();
    const Run series{rows, std::span(verdicts).subspan(slot.value_or(0) * exams, exams), slot};
    Seen own;
    for (const auto verdict : series.verdicts) own.add(verdict);
    tally.add(own);
    // With too few failures in all there can be no stretch of them.
    if (own.hits() < needed && !judge.explains()) return;
    stretches.clear();
    measure(series.verdicts, stretches);
    for (const auto& stretch : stretches) {
      judgement.count = std::max(judgement.count, stretch.failures);
      if (stretch.failures >= needed) add_failures(rule, series, stretch, judgement);
      if (stretch.failures < needed && judge.explains()) add_failures(rule, series, stretch, near);
    }
  };
  // What came near explains a judgement only where nothing hit.
  const auto report = [&](const Seen& tally, Judgement& judgement, Judgement& near) {
    const auto count = judgement.count;
    if (count < needed) judgement.evidence = std::move(near.evidence);
    tally.report(judge, std::move(judgement), count, needed, found);
  };
  Seen all;
  Judgement together{.needed = needed};
  Judgement all_near;
  if (rule.by_figure()) {
    look_at(std::nullopt, all, together, all_near);
    return report(all, together, all_near);
  }
  bool any = false;
  for (std::size_t slot = 0; slot < rule.run_subjects.size(); ++slot) {
    if (!each) {
      look_at(slot, all, together, all_near);
      continue;
    }
    Seen own;
    Judgement judgement{.subject = rule.run_subjects[slot], .needed = needed};
    Judgement near;
    look_at(slot, own, judgement, near);
    if (own.saw_nothing()) continue;
    any = true;
    report(own, judgement, near);
  }
  if (!each || !any) report(all, together, all_near);
}

/// Keeps the stretches that make a hit; while there is none, the longest.
void keep(std::vector<Stretch>& stretches, Stretch stretch, int needed) {
  const auto longest = stretches.empty() ? 0 : stretches.back().failures;
  if (stretch.failures == 0 || (stretch.failures < needed && stretch.failures < longest)) return;
  if (longest < needed) stretches.clear();
  stretches.push_back(stretch);
}

void failed_in_a_row(const Judge& judge, const PreparedRule& rule, StudentIndex student, Found& found) {
  const auto& parameters = rule.parameters();
  judge_run(judge, rule, student, found, [&](std::span<const Verdict> verdicts, std::vector<Stretch>& stretches) {
    const std::span run(rule.run);
    Stretch current;
    auto before = run.size();  // the place of the last exam that counted; at first none
    for (std::size_t place = 0; place < run.size(); ++place) {
      const auto verdict = verdicts[place];
      if (verdict == Verdict::passed_over || (verdict == Verdict::missing && parameters.missing == RunMissing::skip)) continue;
      if (current.failures > 0) {
        const bool other_term = parameters.within_term && run[before].sitting->exam().term != run[place].sitting->exam().term;
        if (verdict != Verdict::hit || other_term) {
          if (parameters.ending == RunEnding::any) keep(stretches, current, parameters.times);
          current.failures = 0;
        }
      }
      if (verdict == Verdict::hit) current = {current.failures + 1, place + 1};
      before = place;
    }
    keep(stretches, current, parameters.times);
  });
}

void failed_of_last(const Judge& judge, const PreparedRule& rule, StudentIndex student, Found& found) {
  judge_run(judge, rule, student, found, [&](std::span<const Verdict> verdicts, std::vector<Stretch>& stretches) {
    const auto failures = static_cast<int>(std::ranges::count(verdicts, Verdict::hit));
    stretches.push_back({failures, rule.run.size()});
  });
}

/// For kinds that count something: nothing counted is a count of 0.
void report_count(const Judge& judge, Judgement judgement, Found& found) {
  judgement.state = judgement.count >= judgement.needed ? State::hit : State::not_hit;
  if (judgement.state == State::hit || judge.explains()) found.push_back(std::move(judgement));
}

/// The subjects of an exam that a student was absent from, by name.
std::string subjects_missed(const Judge& judge, const Sitting& sitting, std::uint32_t row) {
  std::string names;
  for (std::size_t column = 0; row != Sitting::no_row && column < sitting.columns(); ++column) {
    if (sitting.mark(row, column).state() != Mark::State::absent) continue;
    if (!names.empty()) names += ", ";
    names += judge.data().subjects[sitting.subject(column).subject];
  }
  return names;
}

void missed_exams(const Judge& judge, const PreparedRule& rule, StudentIndex student, Found& found) {
  Judgement judgement{.needed = rule.parameters().times};
  for (const auto& each : rule.run) {
    auto names = subjects_missed(judge, *each.sitting, each.sitting->row_of(student));
    if (names.empty()) continue;
    ++judgement.count;
    Evidence evidence{.measure = Evidence::Measure::absence, .exam = each.sitting->index(), .word = std::move(names), .below = true};
    evidence.mark = Mark(Mark::State::absent);
    judgement.evidence.push_back(std::move(evidence));
  }
  if (judgement.count > 0) count_shortfall(judgement, {1, 1});
  report_count(judge, std::move(judgement), found);
}

void count_at_least(const Judge& judge, const PreparedRule& rule, StudentIndex student, Found& found) {
  const auto& parameters = rule.parameters();
  std::int64_t sum = 0;
  std::optional<Date> last;
  for (const auto& table : judge.data().counts) {
    if (!judge.counts_in(parameters.window, table.days)) continue;
    const auto column = std::ranges::find(table.columns, parameters.count);
    const auto row = std::ranges::lower_bound(table.students, student);
    if (column == table.columns.end() || row == table.students.end() || *row != student) continue;
    const auto place = static_cast<std::size_t>(row - table.students.begin()) * table.columns.size() +
                       static_cast<std::size_t>(column - table.columns.begin());
    if (table.counts[place] < 0) continue;
    sum += table.counts[place];
    last = std::max(last.value_or(Date::min()), table.days.until);
  }
  Judgement judgement{.needed = parameters.times};
  if (!last) {
    judgement.state = State::not_judged;
    judgement.reason = Reason::no_count;
    found.push_back(std::move(judgement));
    return;
  }
  judgement.count = static_cast<int>(std::min<std::int64_t>(sum, 1'000'000'000));
  Evidence evidence{.measure = Evidence::Measure::count};
  evidence.figure = sum;
  evidence.threshold = parameters.times;
  evidence.date = last;
  evidence.word = parameters.count;
  evidence.below = sum >= parameters.times;
  judgement.evidence.push_back(std::move(evidence));
  report_count(judge, std::move(judgement), found);
}

void flagged(const Judge& judge, const PreparedRule& rule, StudentIndex student, Found& found) {
  const auto& parameters = rule.parameters();
  const auto& groups = judge.data().students[student].groups;
  const bool any_indicator = parameters.indicators.empty() && parameters.groups.empty();
  if (!judge.explains() && groups.empty() && judge.events(student).empty()) return;
  Judgement judgement{.needed = parameters.times};
  const auto add = [&](Evidence::Measure measure, std::string_view word, std::optional<Date> date) {
    Evidence evidence{.measure = measure, .date = date, .word = std::string(word)};
    evidence.below = true;
    judgement.evidence.push_back(std::move(evidence));
    ++judgement.count;
  };
  for (const auto& [indicator, date] : judge.observed(student)) {
    if (any_indicator || std::ranges::find(parameters.indicators, indicator) != parameters.indicators.end()) {
      add(Evidence::Measure::indicator, indicator, date);
    }
  }
  for (const auto& group : parameters.groups) {
    const auto member = std::ranges::find_if(
        groups, [&](const GroupMembership& membership) { return membership.group == group && membership.days.contains(judge.today()); });
    if (member != groups.end()) add(Evidence::Measure::group, group, member->days.from);
  }
  report_count(judge, std::move(judgement), found);
}

void listed(const Judge& judge, const PreparedRule& rule, StudentIndex student, Found& found) {
  const auto& named = rule.parameters().students;
  Judgement judgement{.needed = 1};
  if (std::ranges::find(named, judge.data().students[student].id) != named.end()) {
    judgement.count = 1;
    judgement.evidence.push_back({.measure = Evidence::Measure::by_hand, .below = true});
  }
  report_count(judge, std::move(judgement), found);
}

using P = Parameter;
constexpr std::array mark_below_takes{ParameterUse{P::exam, true}, ParameterUse{P::basis}, ParameterUse{P::below, true},
                                      ParameterUse{P::missing_marks}};
constexpr std::array percentile_takes{ParameterUse{P::exam, true}, ParameterUse{P::basis}, ParameterUse{P::share_below, true},
                                      ParameterUse{P::of}, ParameterUse{P::missing_marks}};
constexpr std::array standard_score_takes{ParameterUse{P::exam, true}, ParameterUse{P::basis}, ParameterUse{P::score_below, true},
                                          ParameterUse{P::of}, ParameterUse{P::missing_marks}};
constexpr std::array in_a_row_takes{ParameterUse{P::exams, true}, ParameterUse{P::basis},          ParameterUse{P::times, true},
                                    ParameterUse{P::ending},      ParameterUse{P::missing_in_run}, ParameterUse{P::within_term},
                                    ParameterUse{P::below}};
constexpr std::array of_last_takes{ParameterUse{P::exams, true}, ParameterUse{P::basis}, ParameterUse{P::times, true},
                                   ParameterUse{P::last, true}, ParameterUse{P::below}};
constexpr std::array failed_subjects_takes{ParameterUse{P::exam, true}, ParameterUse{P::times, true}, ParameterUse{P::below}};
constexpr std::array fall_takes{ParameterUse{P::exam, true},   ParameterUse{P::since, true},         ParameterUse{P::basis},
                                ParameterUse{P::by},           ParameterUse{P::at_least_fall, true}, ParameterUse{P::of},
                                ParameterUse{P::missing_marks}};
constexpr std::array missed_takes{ParameterUse{P::exams, true}, ParameterUse{P::times}};
constexpr std::array count_takes{ParameterUse{P::count, true}, ParameterUse{P::at_least_count, true}, ParameterUse{P::count_window}};
constexpr std::array flagged_takes{ParameterUse{P::indicators}, ParameterUse{P::groups}, ParameterUse{P::times}};
constexpr std::array listed_takes{ParameterUse{P::students, true}};

// The one table of kinds: a row and a function each, in the order of schemas/README.md.
constexpr std::array<RuleKind, 11> every_kind{{
    {"mark-below", later("The mark in an exam is below a line."), mark_below_takes, mark_below},
    {"percentile-below", later("The share of the class or grade that did worse is smaller than a line."), percentile_takes,
     percentile_below},
    {"standard-score-below", later("The standard score in the class or grade is below a line."), standard_score_takes,
     standard_score_below_line},
    {"failed-in-a-row", later("A number of consecutive exams was failed."), in_a_row_takes, failed_in_a_row},
    {"failed-of-last", later("At least a number of the last exams was failed."), of_last_takes, failed_of_last},
    {"failed-subjects", later("At least a number of subjects was failed in one exam."), failed_subjects_takes, failed_subjects},
    {"fall", later("Rank or standard score fell between two exams."), fall_takes, fall},
    {"missed-exams", later("The student was absent from at least a number of exams."), missed_takes, missed_exams},
    {"count-at-least", later("Something that is counted, such as absences, reached a number."), count_takes, count_at_least},
    {"flagged", later("At least a number of indicators or special groups is on record."), flagged_takes, flagged},
    {"listed", later("The student was named by hand."), listed_takes, listed},
}};

}  // namespace

std::span<const RuleKind> rule_kinds() { return every_kind; }

std::vector<RuleShape> rule_shapes() {
  std::vector<RuleShape> shapes;
  for (const RuleKind& kind : rule_kinds()) {
    shapes.push_back({kind.name, kind.meaning, kind.parameters});
  }
  return shapes;
}

}  // namespace help
