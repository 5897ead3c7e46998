// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "model/date.hpp"

namespace help {

inline constexpr std::uint32_t no_window = 0xFFFF'FFFF;

/// A window that asks for contacts.
struct MatchWindow {
  Date first = {};
  Date due = {};
  Date until = {};  ///< the last day on which an entry can serve it
  int owed = 1;
};

/// The windows and entries of one duty, person and target.
struct MatchProblem {
  std::vector<MatchWindow> windows;   ///< by first day, then due day
  std::vector<Date> entries;          ///< by day
  std::vector<std::uint8_t> allowed;  ///< 0 or 1 by entry, then window; empty: every entry may serve every window in whose time it lies

  [[nodiscard]] bool in_time(std::size_t entry, std::size_t window) const {
    const auto& which = windows[window];
    return which.first <= entries[entry] && entries[entry] <= which.until &&
           (allowed.empty() || allowed[entry * windows.size() + window] != 0);
  }
};

/// Which window each entry serves.
///
/// Most windows served in full; then fewest of those late; then most contacts; then fewest late contacts; then, window by window from the
/// first, in full and in time before late before the larger part, with fewer late contacts; then, window by window, the earliest entries.
/// Exact: this is not first come, first served.
/// Source: design of cadence, matching.
class Matcher {
 public:
  /// One window an entry, `no_window` where it serves none. The answer is valid until the next call.
  const std::vector<std::uint32_t>& match(const MatchProblem& problem);

 private:
  [[nodiscard]] bool serve_on_time(std::size_t window);
  [[nodiscard]] std::size_t component_end(std::size_t start) const;
  void solve(std::size_t start, std::size_t end);
  void take_earliest(std::size_t window);

  const MatchProblem* problem_ = nullptr;
  std::vector<std::uint32_t> window_of_entry_;
};

}  // namespace help
