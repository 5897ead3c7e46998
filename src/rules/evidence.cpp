// SPDX-License-Identifier: MIT
#include "rules/evidence.hpp"

#include <algorithm>
#include <numeric>

namespace help {

Evidence mark_evidence(const Sitting& sitting, const MarkCell& cell, SubjectIndex subject, const Line& line) {
  Evidence evidence;
  evidence.measure = Evidence::Measure::mark;
  evidence.exam = sitting.index();
  evidence.retest = cell.retest;
  evidence.subject = subject;
  evidence.mark = cell.mark;
  evidence.full = cell.full;
  evidence.threshold = limit_of(line, cell.full, cell.pass);
  evidence.below = cell.mark.present() && cell.mark.hundredths() < *evidence.threshold;
  return evidence;
}

Evidence figure_evidence(const Sitting& sitting, const Figure& figure, const Line& line, bool average) {
  Evidence evidence;
  evidence.measure = average ? Evidence::Measure::average : Evidence::Measure::total;
  evidence.exam = sitting.index();
  evidence.date = figure.repeated;
  if (figure.state != Figure::State::present) return evidence;
  // A share or the pass marks are of everything together; an average shows them, like itself, for one subject.
  const auto parts = average ? figure.count : 1;
  const auto limit = line.kind == Line::Kind::mark ? line.value * parts : limit_of(line, figure.full, figure.pass);
  evidence.figure = figure.sum / parts;
  evidence.threshold = (limit + parts - 1) / parts;
  evidence.full = figure.full;
  evidence.below = below(figure, line, average);
  return evidence;
}

Share mark_shortfall(const MarkCell& cell, const Line& line) {
  const std::int64_t full = std::max(1, cell.full);
  if (line.kind == Line::Kind::percent) return {line.value * full - std::int64_t{10'000} * cell.mark.hundredths(), 10'000 * full};
  return {limit_of(line, cell.full, cell.pass) - cell.mark.hundredths(), full};
}

void count_shortfall(Judgement& judgement, Share shortfall) {
  if (compare(shortfall, {judgement.shortfall_numerator, judgement.shortfall_denominator}) <= 0) return;
  const auto common = std::gcd(shortfall.numerator, shortfall.denominator);
  judgement.shortfall_numerator = shortfall.numerator / common;
  judgement.shortfall_denominator = shortfall.denominator / common;
}

void add_standing(Evidence& evidence, const Policy& policy, const Sitting& sitting, const Standings& standings, std::size_t row,
                  Compared by) {
  const auto& group = standings.groups[sitting.groups(by).of_row[row]];
  evidence.of = by;
  if (group.size < policy.none_below) return;
  evidence.tentative = group.size < policy.tentative_below;
  evidence.rank = standings.ranks[row];
  evidence.group_size = static_cast<int>(group.size);
  evidence.percentile = std::int64_t{standings.below[row]} * 10'000 / group.size;
}

}  // namespace help
