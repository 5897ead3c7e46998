// SPDX-License-Identifier: MIT
#include "rules/serving.hpp"

#include <algorithm>

namespace help {

void Serving::serve(const StreamView& view, const EntryJudge& judge, std::vector<StreamWindow>& windows) {
  view_ = &view;
  judge_ = &judge;
  windows_ = &windows;
  log_ = view.world.data.log.entries;
  find_candidates();
  if (view.duty.average) {
    windows = averages();
    return;
  }
  const std::size_t recipients = std::max<std::size_t>(view.duty.to.size(), 1);
  for (std::size_t recipient = 0; recipient < recipients; ++recipient) match(recipient);
  for (StreamWindow& one : windows) one.owed *= static_cast<int>(recipients);
}

void Serving::find_candidates() {
  candidates_.clear();
  Date first = Date::max();
  Date until = Date::min();
  for (const StreamWindow& one : *windows_) {
    first = std::min(first, one.window.first);
    until = std::max(until, one.window.until);
  }
  until = std::min(until, view_->world.question.today);
  const auto by_date = [&](std::uint32_t entry, Date day) { return log_[entry].date < day; };
  auto entry = std::lower_bound(view_->entries.begin(), view_->entries.end(), first, by_date);
  constexpr std::ptrdiff_t ahead = 8;
  for (; entry != view_->entries.end() && log_[*entry].date <= until; ++entry) {
    // What is about one student lies far apart in the log: the next ones are fetched meanwhile.
    if (view_->entries.end() - entry > ahead) __builtin_prefetch(&log_[entry[ahead]]);
    const Interaction& one = log_[*entry];
    if (judge_->refused(one) || (!candidates_.empty() && candidates_.back().entry == *entry)) continue;
    const Candidate candidate{*entry, judge_->speaks_for_office(one)};
    const bool anywhere =
        candidate.everywhere || std::ranges::any_of(*windows_, [&](const StreamWindow& each) {
          return each.window.first <= one.date && one.date <= each.window.until && judge_->by_right_person(one, each.window);
        });
    if (anywhere) candidates_.push_back(candidate);
  }
}

// ---- window by window

/// Windows without a waiver come first; what is left over may serve a waived one in its own days.
void Serving::match(std::size_t recipient) {
  const auto& to = view_->duty.to;
  problem_.windows.clear();
  problem_.entries.clear();
  problem_.allowed.clear();
  std::vector<std::size_t> asked;
  for (std::size_t index = 0; index < windows_->size(); ++index) {
    const StreamWindow& one = (*windows_)[index];
    if (one.waiver != Waiver::none || one.window.first > view_->world.question.today) continue;
    asked.push_back(index);
    problem_.windows.push_back({one.window.first, one.window.due, one.window.until, one.owed});
  }
  std::vector<std::uint32_t> entries;
  bool all_everywhere = true;
  for (const Candidate& candidate : candidates_) {
    const Interaction& entry = log_[candidate.entry];
    if (!to.empty() && !judge_->reached(entry, to[recipient])) continue;
    entries.push_back(candidate.entry);
    problem_.entries.push_back(entry.date);
    all_everywhere = all_everywhere && candidate.everywhere;
  }
  if (!all_everywhere && !one_ower_does_all(entries)) fill_allowed(entries, asked);
  const auto& window_of = matcher_.match(problem_);
  std::vector<bool> used;
  for (std::size_t place = 0; place < entries.size(); ++place) {
    used.push_back(window_of[place] != no_window);
    if (used.back()) count((*windows_)[asked[window_of[place]]], entries[place]);
  }
  for (StreamWindow& one : *windows_) {
    if (one.waiver != Waiver::none) serve_waived(one, entries, used);
    if (view_->duty.at_most && recipient == 0) count_above(one, entries);
  }
}

void Serving::fill_allowed(const std::vector<std::uint32_t>& entries, const std::vector<std::size_t>& asked) {
  problem_.allowed.assign(entries.size() * asked.size(), 0);
  for (std::size_t place = 0; place < entries.size(); ++place) {
    for (std::size_t window = 0; window < asked.size(); ++window) {
      const bool right = judge_->by_right_person(log_[entries[place]], (*windows_)[asked[window]].window);
      problem_.allowed[place * asked.size() + window] = right ? 1 : 0;
    }
  }
}

/// The usual case: one and the same person owes every window and did every entry.
bool Serving::one_ower_does_all(const std::vector<std::uint32_t>& entries) const {
  const auto& first = windows_->front().window.owers;
  if (first.size() != 1 || first.front().party.kind == Party::Kind::body) return false;
  const bool same = std::ranges::all_of(*windows_, [&](const StreamWindow& one) {
    return one.window.owers.size() == 1 && one.window.owers.front().party == first.front().party;
  });
  return same && std::ranges::all_of(entries, [&](std::uint32_t entry) { return log_[entry].by == first.front().party; });
}

void Serving::count(StreamWindow& one, std::uint32_t entry) const {
  ++one.served;
  one.late = one.late || log_[entry].date > one.window.due;
  one.counted.push_back(entry);
}

void Serving::serve_waived(StreamWindow& one, const std::vector<std::uint32_t>& entries, std::vector<bool>& used) const {
  int missing = one.owed;
  for (std::size_t place = 0; place < entries.size() && missing > 0; ++place) {
    const Interaction& entry = log_[entries[place]];
    if (used[place] || entry.date < one.window.first || entry.date > one.window.last || !judge_->by_right_person(entry, one.window))
      continue;
    count(one, entries[place]);
    used[place] = true;
    --missing;
  }
}

void Serving::count_above(StreamWindow& one, const std::vector<std::uint32_t>& entries) const {
  int in_window = 0;
  for (const auto index : entries) {
    const Interaction& entry = log_[index];
    if (one.window.first <= entry.date && entry.date <= one.window.last && judge_->by_right_person(entry, one.window)) ++in_window;
  }
  one.above = std::max(0, in_window - *view_->duty.at_most);
}

// ---- on the average of a term

std::vector<StreamWindow> Serving::averages() const {
  const std::span<const StreamWindow> windows(*windows_);
  std::vector<StreamWindow> sums;
  for (std::size_t start = 0; start < windows.size();) {
    std::size_t end = start;
    while (end < windows.size() && windows[end].term == windows[start].term) ++end;
    sums.push_back(average_of_term(windows.subspan(start, end - start)));
    start = end;
  }
  return sums;
}

StreamWindow Serving::average_of_term(std::span<const StreamWindow> windows) const {
  const Date today = view_->world.question.today;
  std::vector<const StreamWindow*> asked;
  for (const StreamWindow& one : windows) {
    if (one.waiver == Waiver::none) asked.push_back(&one);
  }
  if (asked.empty()) return windows.front();
  int ended = 0;
  std::size_t open = 0;
  while (open < asked.size() && asked[open]->window.last < today) ended += asked[open++]->owed;
  StreamWindow sum = *(open < asked.size() ? asked[open] : asked.back());
  sum.window.first = asked.front()->window.first;
  sum.counted = entries_of_term(windows, sum);
  sum.served = static_cast<int>(sum.counted.size());
  const bool short_of = sum.served < ended;
  sum.owed = ended + (open < asked.size() && !short_of ? asked[open]->owed : 0);
  if (!short_of) return sum;
  // The first contact that is missing was due with its window.
  int owed = 0;
  for (const StreamWindow* one : asked) {
    owed += one->owed;
    if (owed <= sum.served) continue;
    sum.window.due = one->window.due;
    break;
  }
  sum.overdue_until = open < asked.size() ? Date::max() : asked.back()->window.last;
  sum.window.until = windows.back().window.last;
  return sum;
}

std::vector<std::uint32_t> Serving::entries_of_term(std::span<const StreamWindow> windows, const StreamWindow& sum) const {
  std::vector<std::uint32_t> found;
  for (const Candidate& candidate : candidates_) {
    const Interaction& entry = log_[candidate.entry];
    if (entry.date < sum.window.first || entry.date > windows.back().window.last) continue;
    const bool right = candidate.everywhere ||
                       std::ranges::any_of(windows,
                                           [&](const StreamWindow& one) {
                                             return one.window.first <= entry.date && entry.date <= one.window.last &&
                                                    judge_->by_right_person(entry, one.window);
                                           }) ||
                       judge_->by_right_person(entry, sum.window);
    if (right) found.push_back(candidate.entry);
  }
  return found;
}

}  // namespace help
