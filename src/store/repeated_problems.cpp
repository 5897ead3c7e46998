// SPDX-License-Identifier: MIT
#include "store/repeated_problems.hpp"

#include <utility>

namespace help {

Diagnostic* RepeatedProblems::add(std::string_view path, const Value& at, Severity severity, std::string_view code, Message message,
                                  Message hint, std::int64_t most) {
  Count& count = counts_[{std::string(path), code, severity}];
  if (count.added < most) {
    ++count.added;
    return &problems_->emplace_back(problem_at(path, at, severity, code, std::move(message), std::move(hint)));
  }
  if (count.left_out++ == 0) {
    count.first_left_out = problems_->size();
    problems_->push_back(problem_at(path, at, severity, code, std::move(message), {}));
  }
  return nullptr;
}

void RepeatedProblems::finish() {
  for (const auto& [where, count] : counts_) {
    if (count.left_out > 1) {  // a single one stands there itself
      (*problems_)[count.first_left_out].message =
          counted(count.left_out, "{0} more problem of this kind in this file, the first of them here",
                  "{0} more problems of this kind in this file, the first of them here");
      (*problems_)[count.first_left_out].hint = say("mend the ones above, then check again");
    }
  }
  counts_.clear();
}

}  // namespace help
