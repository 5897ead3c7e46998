// SPDX-License-Identifier: MIT
#include "rules/matching.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <span>

namespace help {
namespace {

enum class Fit : std::uint8_t { no, late, on_time };

constexpr std::uint32_t no_index = 0xFFFF'FFFF;

/// More states than this a window are cut to the best: no term of a school comes near it.
constexpr std::size_t most_states = 4096;

/// Windows that compete for the same entries.
struct Component {
  std::vector<MatchWindow> windows;
  std::vector<std::uint32_t> entries = {};  // by day
  std::vector<Fit> fits = {};               // by entry, then window

  [[nodiscard]] Fit fit(std::size_t entry, std::size_t window) const { return fits[entry * windows.size() + window]; }
};

/// What a window gets.
struct WindowShare {
  int contacts = 0;
  int late = 0;  // so many of them after the due day

  /// Smaller is better: in full and in time, in full and late, the larger part; then the fewer late ones.
  [[nodiscard]] std::pair<int, int> rank(int owed) const { return {contacts < owed ? 2 + owed - contacts : late > 0 ? 1 : 0, late}; }
};

/// Entries that are alike to all windows up to one: only their number matters to those.
struct EntryGroup {
  std::uint32_t parent = no_index;  // the group that they are in for the windows before; none: those cannot use them
  Fit fit = Fit::no;                // for this window
};

/// A best way to serve the windows from one to the last.
struct Way {
  std::uint32_t after = no_index;  // the way for the windows after it
  WindowShare share;
  std::pair<int, int> rank = {};
  int full = 0;
  int late = 0;
  int contacts = 0;
  int late_contacts = 0;
};

/// Finds the best result of each window, from the last to the first: what later windows leave over is all that earlier ones can use of it.
class BestShares {
 public:
  explicit BestShares(const Component& component) : component_(component) {}

  std::vector<WindowShare> find() {
    make_groups();
    States states{{first_counts_, no_index}};
    for (std::size_t window = component_.windows.size(); window-- > 0;) states = before(window, states);
    std::vector<WindowShare> shares;
    for (std::uint32_t way = states.begin()->second; way != no_index; way = ways_[way].after) shares.push_back(ways_[way].share);
    return shares;
  }

 private:
  using Counts = std::vector<std::uint16_t>;       // left over, by group
  using States = std::map<Counts, std::uint32_t>;  // the best way to each

  void make_groups() {
    std::vector<std::uint32_t> group(component_.entries.size(), no_index);
    for (std::size_t window = 0; window < component_.windows.size(); ++window) {
      std::map<std::pair<std::uint32_t, Fit>, std::uint32_t> known;
      auto& groups = groups_.emplace_back();
      for (std::size_t entry = 0; entry < group.size(); ++entry) {
        const Fit fit = component_.fit(entry, window);
        if (group[entry] == no_index && fit == Fit::no) continue;
        const auto [place, is_new] = known.try_emplace({group[entry], fit}, static_cast<std::uint32_t>(groups.size()));
        if (is_new) groups.push_back({group[entry], fit});
        group[entry] = place->second;
      }
    }
    first_counts_.assign(groups_.back().size(), 0);
    for (const auto one : group) {
      if (one != no_index) ++first_counts_[one];
    }
  }

  States before(std::size_t window, const States& states) {
    States found;
    for (const auto& [counts, way] : states) choose(window, counts, way, 0, WindowShare{}, counts, found);
    while (found.size() > most_states) {
      found.erase(
          std::ranges::max_element(found, [this](const auto& a, const auto& b) { return better(ways_[a.second], ways_[b.second]); }));
    }
    return found;
  }

  /// Takes any number from each group that earlier windows could use, too; then whatever only this window can use.
  void choose(std::size_t window, const Counts& counts, std::uint32_t after, std::size_t from, WindowShare share, Counts left,
              States& found) {
    const auto& groups = groups_[window];
    const int owed = component_.windows[window].owed;
    while (from < groups.size() && (groups[from].fit == Fit::no || groups[from].parent == no_index || counts[from] == 0)) ++from;
    if (from == groups.size()) return finish(window, after, share, left, found);
    const int most = std::min<int>(counts[from], owed - share.contacts);
    for (int taken = 0; taken <= most; ++taken) {
      choose(window, counts, after, from + 1, {share.contacts + taken, share.late + (groups[from].fit == Fit::late ? taken : 0)}, left,
             found);
      if (taken < most) --left[from];
    }
  }

  void finish(std::size_t window, std::uint32_t after, WindowShare share, Counts& left, States& found) {
    const auto& groups = groups_[window];
    const int owed = component_.windows[window].owed;
    for (const Fit wanted : {Fit::on_time, Fit::late}) {
      for (std::size_t group = 0; group < groups.size(); ++group) {
        if (groups[group].parent != no_index || groups[group].fit != wanted) continue;
        const int taken = std::min<int>(left[group], owed - share.contacts);
        share.contacts += taken;
        share.late += wanted == Fit::late ? taken : 0;
      }
    }
    Counts earlier(window == 0 ? 0 : groups_[window - 1].size(), 0);
    for (std::size_t group = 0; group < groups.size(); ++group) {
      if (groups[group].parent != no_index)
        earlier[groups[group].parent] = static_cast<std::uint16_t>(earlier[groups[group].parent] + left[group]);
    }
    keep(earlier, way_of(after, share, owed), found);
  }

  [[nodiscard]] Way way_of(std::uint32_t after, WindowShare share, int owed) const {
    Way way{.after = after, .share = share, .rank = share.rank(owed)};
    if (after != no_index) {
      way.full = ways_[after].full;
      way.late = ways_[after].late;
      way.contacts = ways_[after].contacts;
      way.late_contacts = ways_[after].late_contacts;
    }
    way.full += way.rank.first <= 1 ? 1 : 0;
    way.late += way.rank.first == 1 ? 1 : 0;
    way.contacts += share.contacts;
    way.late_contacts += share.late;
    return way;
  }

  void keep(const Counts& counts, const Way& way, States& found) {
    const auto known = found.find(counts);
    if (known != found.end() && !better(way, ways_[known->second])) return;
    ways_.push_back(way);
    found[counts] = static_cast<std::uint32_t>(ways_.size() - 1);
  }

  [[nodiscard]] bool better(const Way& a, const Way& b) const {
    if (a.full != b.full) return a.full > b.full;
    if (a.late != b.late) return a.late < b.late;
    if (a.contacts != b.contacts) return a.contacts > b.contacts;
    if (a.late_contacts != b.late_contacts) return a.late_contacts < b.late_contacts;
    const Way* left = &a;
    const Way* right = &b;
    while (left->rank == right->rank && left->after != no_index && left->after != right->after) {
      left = &ways_[left->after];
      right = &ways_[right->after];
    }
    return left->rank < right->rank;
  }

  const Component& component_;
  std::vector<std::vector<EntryGroup>> groups_;  // by window
  Counts first_counts_;
  std::vector<Way> ways_;
};

/// Gives each window the contacts that it shall have, the earliest entries to the first windows.
class EarliestEntries {
 public:
  EarliestEntries(const Component& component, std::span<const WindowShare> shares) : component_(component) {
    for (std::size_t window = 0; window < shares.size(); ++window) {
      parts_.push_back({window, Fit::on_time, shares[window].contacts - shares[window].late});
      parts_.push_back({window, Fit::late, shares[window].late});
    }
  }

  /// The window of each entry of the component.
  std::vector<std::uint32_t> find() {
    if (!greedy()) careful();
    for (auto& part : part_of_) {
      if (part != no_window) part = static_cast<std::uint32_t>(parts_[part].window);
    }
    return part_of_;
  }

 private:
  /// The contacts of a window in time, or its late ones.
  struct Part {
    std::size_t window = 0;
    Fit fit = Fit::no;
    int contacts = 0;
  };

  [[nodiscard]] bool usable(std::size_t entry, std::size_t part) const {
    return component_.fit(entry, parts_[part].window) == parts_[part].fit;
  }

  bool greedy() {
    part_of_.assign(component_.entries.size(), no_window);
    for (std::size_t part = 0; part < parts_.size(); ++part) {
      int missing = parts_[part].contacts;
      for (std::size_t entry = 0; entry < part_of_.size() && missing > 0; ++entry) {
        if (part_of_[entry] != no_window || !usable(entry, part)) continue;
        part_of_[entry] = static_cast<std::uint32_t>(part);
        --missing;
      }
      if (missing > 0) return false;
    }
    return true;
  }

  /// As greedy, but an entry is taken only if all later windows can still have theirs.
  void careful() {
    std::vector<std::uint32_t> fixed(component_.entries.size(), no_window);
    std::vector<int> missing;
    for (const Part& part : parts_) missing.push_back(part.contacts);
    for (std::size_t part = 0; part < parts_.size(); ++part) {
      for (std::size_t entry = 0; entry < fixed.size() && missing[part] > 0; ++entry) {
        if (fixed[entry] != no_window || !usable(entry, part)) continue;
        fixed[entry] = static_cast<std::uint32_t>(part);
        --missing[part];
        if (feasible(fixed, missing)) continue;
        fixed[entry] = no_window;
        ++missing[part];
      }
    }
    part_of_ = std::move(fixed);
  }

  bool feasible(const std::vector<std::uint32_t>& fixed, const std::vector<int>& missing) {
    trial_ = fixed;
    fixed_ = &fixed;
    for (std::size_t part = 0; part < missing.size(); ++part) {
      for (int slot = 0; slot < missing[part]; ++slot) {
        seen_.assign(fixed.size(), false);
        if (!augment(part)) return false;
      }
    }
    return true;
  }

  /// Finds an entry for one more contact, moving others where it must. As deep as there are windows.
  bool augment(std::size_t part) {
    for (std::size_t entry = 0; entry < trial_.size(); ++entry) {
      if (seen_[entry] || (*fixed_)[entry] != no_window || !usable(entry, part)) continue;
      seen_[entry] = true;
      if (trial_[entry] == no_window || augment(trial_[entry])) {
        trial_[entry] = static_cast<std::uint32_t>(part);
        return true;
      }
    }
    return false;
  }

  const Component& component_;
  std::vector<Part> parts_;
  std::vector<std::uint32_t> part_of_;
  std::vector<std::uint32_t> trial_;
  std::vector<bool> seen_;
  const std::vector<std::uint32_t>* fixed_ = nullptr;
};

}  // namespace

const std::vector<std::uint32_t>& Matcher::match(const MatchProblem& problem) {
  problem_ = &problem;
  window_of_entry_.assign(problem.entries.size(), no_window);
  for (std::size_t window = 0; window < problem.windows.size();) {
    if (serve_on_time(window)) {
      ++window;
      continue;
    }
    const std::size_t end = component_end(window);
    if (end == window + 1) {
      take_earliest(window);
    } else {
      solve(window, end);
    }
    window = end;
  }
  return window_of_entry_;
}

/// Windows before this one need none of its entries any more, and windows after it cannot use those before their first day.
bool Matcher::serve_on_time(std::size_t window) {
  const auto& which = problem_->windows[window];
  const auto& entries = problem_->entries;
  const auto start = std::ranges::lower_bound(entries, which.first);
  std::array<std::size_t, 32> found{};
  if (which.owed > static_cast<int>(found.size())) return false;
  int count = 0;
  for (auto entry = start; entry != entries.end() && *entry <= which.due && count < which.owed; ++entry) {
    if (window + 1 < problem_->windows.size() && *entry >= problem_->windows[window + 1].first) break;
    const auto index = static_cast<std::size_t>(entry - entries.begin());
    if (window_of_entry_[index] == no_window && problem_->in_time(index, window)) found[static_cast<std::size_t>(count++)] = index;
  }
  if (count < which.owed) return false;
  for (int place = 0; place < count; ++place) window_of_entry_[found[static_cast<std::size_t>(place)]] = static_cast<std::uint32_t>(window);
  return true;
}

/// One past the last window that shares entries with those from `start` on.
std::size_t Matcher::component_end(std::size_t start) const {
  const auto& windows = problem_->windows;
  const auto& entries = problem_->entries;
  Date reach = windows[start].until;
  int wanting = windows[start].owed;
  std::size_t next = start + 1;
  for (; next < windows.size(); ++next) {
    const auto& window = windows[next];
    const auto first = std::ranges::lower_bound(entries, window.first);
    if (first == entries.end() || *first > reach) return next;
    const Date before_next = next + 1 < windows.size() ? windows[next + 1].first : Date::max();
    if (problem_->allowed.empty() && window.due < before_next && window.due <= reach) {
      // Enough in its own time for itself and for all before it: nothing of a later window is needed.
      const auto end = std::ranges::upper_bound(entries, window.due);
      const bool all_reach =
          std::all_of(windows.begin() + static_cast<std::ptrdiff_t>(start), windows.begin() + static_cast<std::ptrdiff_t>(next),
                      [&](const MatchWindow& one) { return one.until >= window.due || one.until < window.first; });
      if (all_reach && end - first >= wanting + window.owed) return next + 1;
    }
    wanting += window.owed;
    reach = std::max(reach, window.until);
  }
  return next;
}

void Matcher::take_earliest(std::size_t window) {
  const auto& which = problem_->windows[window];
  const auto start = std::ranges::lower_bound(problem_->entries, which.first) - problem_->entries.begin();
  int missing = which.owed;
  for (auto entry = static_cast<std::size_t>(start); entry < problem_->entries.size() && missing > 0; ++entry) {
    if (problem_->entries[entry] > which.until) break;
    if (window_of_entry_[entry] != no_window || !problem_->in_time(entry, window)) continue;
    window_of_entry_[entry] = static_cast<std::uint32_t>(window);
    --missing;
  }
}

void Matcher::solve(std::size_t start, std::size_t end) {
  const auto& windows = problem_->windows;
  Component component{
      .windows = {windows.begin() + static_cast<std::ptrdiff_t>(start), windows.begin() + static_cast<std::ptrdiff_t>(end)}};
  const auto first = std::ranges::lower_bound(problem_->entries, windows[start].first) - problem_->entries.begin();
  for (auto entry = static_cast<std::size_t>(first); entry < problem_->entries.size(); ++entry) {
    if (window_of_entry_[entry] != no_window) continue;
    std::vector<Fit> row;
    for (std::size_t window = start; window < end; ++window) {
      row.push_back(!problem_->in_time(entry, window)                 ? Fit::no
                    : problem_->entries[entry] <= windows[window].due ? Fit::on_time
                                                                      : Fit::late);
    }
    if (std::ranges::all_of(row, [](Fit fit) { return fit == Fit::no; })) continue;
    component.entries.push_back(static_cast<std::uint32_t>(entry));
    component.fits.insert(component.fits.end(), row.begin(), row.end());
  }
  if (component.entries.empty()) return;
  const auto shares = BestShares(component).find();
  const auto found = EarliestEntries(component, shares).find();
  for (std::size_t entry = 0; entry < found.size(); ++entry) {
    if (found[entry] != no_window) window_of_entry_[component.entries[entry]] = static_cast<std::uint32_t>(start) + found[entry];
  }
}

}  // namespace help
