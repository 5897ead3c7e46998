// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace help {

/// A condition of `only` or `unless`; exactly one kind.
struct Condition {
  enum class Kind : std::uint8_t { transferred, grade, in_class, group, cohort } kind = Kind::transferred;
  std::vector<int> grades;                                ///< grade
  std::vector<std::string> names;                         ///< class ids, groups
  std::vector<std::pair<int, std::vector<int>>> cohorts;  ///< school year -> grades covered
};

}  // namespace help
