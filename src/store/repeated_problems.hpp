// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "diag/diagnostic.hpp"
#include "store/yaml.hpp"

namespace help {

/// Adds problems, of one code and file only so many: one cause (a roster that was pasted twice) makes thousands of them, which would bury
/// the others, and every one of them costs a walk through the file to find its line.
class RepeatedProblems {
 public:
  static constexpr std::int64_t limit = 50;

  /// `problems` must outlive this, and nothing be taken out of it before `finish`.
  explicit RepeatedProblems(Diagnostics& problems) : problems_(&problems) {}

  /// The problem, to be completed; null where its file has `most` of its code already: it is counted.
  Diagnostic* add(std::string_view path, const Value& at, Severity severity, std::string_view code, Message message, Message hint,
                  std::int64_t most = limit);
  /// Says at the first problem of each kind that was one too many how many they are.
  void finish();

 private:
  struct Count {
    std::int64_t added = 0;
    std::int64_t left_out = 0;
    std::size_t first_left_out = 0;  ///< index into the problems
  };

  Diagnostics* problems_;
  std::map<std::tuple<std::string, std::string_view, Severity>, Count, std::less<>> counts_ = {};
};

}  // namespace help
