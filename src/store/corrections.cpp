// SPDX-License-Identifier: MIT
#include "store/corrections.hpp"

#include <algorithm>
#include <span>
#include <tuple>

namespace help {
namespace {

constexpr std::uint32_t several_versions = UINT32_MAX;

/// The links, in the order of `key`, that have this value of it.
template <typename Link>
std::span<const Link> links_with(const std::vector<Link>& links, std::uint32_t value, std::uint32_t Link::*key) {
  const auto first = std::ranges::lower_bound(links, value, {}, key);
  const auto last = std::ranges::upper_bound(first, links.end(), value, {}, key);
  return {links.data() + (first - links.begin()), static_cast<std::size_t>(last - first)};
}

}  // namespace

void Corrections::clear() {
  fixes_.clear();
  voids_.clear();
  in_force_.clear();
  conflicts_.clear();
  circles_.clear();
}

void Corrections::settle(std::uint32_t lines) {
  in_force_.assign(lines, true);
  if (fixes_.empty() && voids_.empty()) return;
  std::ranges::stable_sort(fixes_, {}, &Link::record);
  std::vector<bool> withdrawn(lines, false);
  spread_voids(withdrawn);
  for (const Link& one : fixes_) in_force_[one.record] = false;
  for (const Link& one : voids_) in_force_[one.by] = false;
  for (std::uint32_t line = 0; line < lines; ++line) {
    if (withdrawn[line]) in_force_[line] = false;
  }
  if (fixes_.empty()) return;
  find_conflicts(withdrawn);
  find_circles(withdrawn);
}

/// Withdrawing one version of a record withdraws all of them.
void Corrections::spread_voids(std::vector<bool>& withdrawn) const {
  std::vector<std::uint32_t> open;
  const auto withdraw_line = [&](std::uint32_t line) {
    if (withdrawn[line]) return;
    withdrawn[line] = true;
    open.push_back(line);
  };
  for (const Link& one : voids_) withdraw_line(one.record);
  if (open.empty() || fixes_.empty()) return;
  std::vector<Link> by_fix = fixes_;
  std::ranges::stable_sort(by_fix, {}, &Link::by);
  while (!open.empty()) {
    const std::uint32_t line = open.back();
    open.pop_back();
    for (const Link& one : links_with(fixes_, line, &Link::record)) withdraw_line(one.by);
    for (const Link& one : links_with(by_fix, line, &Link::by)) withdraw_line(one.record);
  }
}

/// For each line the one version in which its corrections end: itself where nobody replaces it; `several_versions` where they end in more
/// than one, and also in a circle.
std::vector<std::uint32_t> Corrections::ends_of_lines() const {
  const auto lines = static_cast<std::uint32_t>(in_force_.size());
  std::vector<std::uint32_t> ends(lines, several_versions);
  std::vector<std::uint32_t> open_fixes(lines, 0);
  for (const Link& one : fixes_) ++open_fixes[one.record];
  std::vector<std::uint32_t> open;
  for (const Link& one : fixes_) {
    if (open_fixes[one.by] != 0 || ends[one.by] == one.by) continue;
    ends[one.by] = one.by;
    open.push_back(one.by);
  }
  std::vector<Link> by_fix = fixes_;
  std::ranges::stable_sort(by_fix, {}, &Link::by);
  while (!open.empty()) {
    const std::uint32_t line = open.back();
    open.pop_back();
    for (const Link& one : links_with(by_fix, line, &Link::by)) {
      if (--open_fixes[one.record] != 0) continue;
      const auto fixes = links_with(fixes_, one.record, &Link::record);
      const std::uint32_t end = ends[fixes.front().by];
      const bool is_one = std::ranges::all_of(fixes, [&](const Link& fix) { return ends[fix.by] == end; });
      ends[one.record] = is_one ? end : several_versions;
      open.push_back(one.record);
    }
  }
  return ends;
}

/// Fixes of a record contradict each other where they end in different versions. Where one of them itself ends in several, that is said of
/// a later version.
void Corrections::find_conflicts(const std::vector<bool>& withdrawn) {
  const std::vector<std::uint32_t> ends = ends_of_lines();
  for (std::size_t at = 0; at < fixes_.size();) {
    const std::uint32_t record = fixes_[at].record;
    const Link* first = nullptr;
    for (; at < fixes_.size() && fixes_[at].record == record; ++at) {
      const Link& fix = fixes_[at];
      if (withdrawn[record] || ends[fix.by] == several_versions) continue;
      if (first == nullptr) first = &fix;
      if (ends[fix.by] != ends[first->by]) conflicts_.push_back({record, first->by, fix.by, ends[first->by], ends[fix.by]});
    }
  }
}

/// Whatever is replaced must end in a line that is in force.
void Corrections::find_circles(const std::vector<bool>& withdrawn) {
  std::vector<bool> reached(in_force_);
  std::vector<std::uint32_t> open;
  std::vector<Link> by_fix = fixes_;
  std::ranges::stable_sort(by_fix, {}, &Link::by);
  for (const Link& one : by_fix) {
    if (reached[one.by] && (open.empty() || open.back() != one.by)) open.push_back(one.by);
  }
  while (!open.empty()) {
    const std::uint32_t line = open.back();
    open.pop_back();
    for (const Link& one : links_with(by_fix, line, &Link::by)) {
      if (!reached[one.record]) open.push_back(one.record);
      reached[one.record] = true;
    }
  }
  for (const Link& one : fixes_) {
    const bool new_one = circles_.empty() || circles_.back() != one.record;
    if (new_one && !reached[one.record] && !withdrawn[one.record]) circles_.push_back(one.record);
  }
}

}  // namespace help
