// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

namespace help {

/// Which lines of an append-only file are in force once fixes and voids are applied. Lines are named by their number, from 0.
///
/// A void wins over fixes, and withdraws every version of its record; a record that was fixed is out of force.
class Corrections {
 public:
  /// Two fixes of one record which end in different versions: no later one settles them.
  struct Conflict {
    std::uint32_t record;
    std::uint32_t first;
    std::uint32_t second;
    std::uint32_t end_of_first;   ///< the version in which the first fix ends …
    std::uint32_t end_of_second;  ///< … and the second
  };

  void clear();
  /// Line `by` replaces line `record`.
  void fix(std::uint32_t by, std::uint32_t record) { fixes_.push_back({record, by}); }
  /// Line `by` withdraws line `record`.
  void withdraw(std::uint32_t by, std::uint32_t record) { voids_.push_back({record, by}); }
  /// Applies all that was said about the lines 0 to `lines` - 1.
  void settle(std::uint32_t lines);

  [[nodiscard]] bool in_force(std::uint32_t line) const { return in_force_[line]; }
  /// By record, then place of the second fix.
  [[nodiscard]] const std::vector<Conflict>& conflicts() const { return conflicts_; }
  /// Fixes that replace each other in a circle, so that nothing would be left of the record; ascending.
  [[nodiscard]] const std::vector<std::uint32_t>& circles() const { return circles_; }

 private:
  struct Link {
    std::uint32_t record;
    std::uint32_t by;
  };
  void spread_voids(std::vector<bool>& withdrawn) const;
  [[nodiscard]] std::vector<std::uint32_t> ends_of_lines() const;
  void find_conflicts(const std::vector<bool>& withdrawn);
  void find_circles(const std::vector<bool>& withdrawn);

  std::vector<Link> fixes_;
  std::vector<Link> voids_;
  std::vector<bool> in_force_;
  std::vector<Conflict> conflicts_;
  std::vector<std::uint32_t> circles_;
};

}  // namespace help
