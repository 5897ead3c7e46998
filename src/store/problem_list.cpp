// SPDX-License-Identifier: MIT
#include "store/problem_list.hpp"

#include <algorithm>
#include <utility>

#include "store/yaml.hpp"

namespace help {

Diagnostic* ProblemList::put(Severity severity, std::size_t from, std::size_t until, std::string_view code, Message message, Message hint) {
  const bool known = std::ranges::any_of(shown_, [&](const Shown& one) { return one.from == from && one.code == code; });
  if (known) return nullptr;
  if (severity == Severity::error) ++errors_;
  if (shown_.size() >= limit) {
    ++left_out_;
    last_left_out_ = from;
    return nullptr;
  }
  shown_.push_back({from, code});
  problems_->push_back(problem_at(path_, source_, from, until, severity, code, std::move(message), std::move(hint)));
  return &problems_->back();
}

Diagnostic* ProblemList::add(std::size_t from, std::size_t until, std::string_view code, Message message, Message hint) {
  return put(Severity::error, from, until, code, std::move(message), std::move(hint));
}

Diagnostic* ProblemList::warn(std::size_t from, std::size_t until, std::string_view code, Message message, Message hint) {
  return put(Severity::warning, from, until, code, std::move(message), std::move(hint));
}

bool ProblemList::finish() {
  if (left_out_ > 0) {
    const auto count = static_cast<std::int64_t>(left_out_);
    problems_->push_back(problem_at(path_, source_, last_left_out_, last_left_out_, errors_ > 0 ? Severity::error : Severity::warning,
                                    code_of_rest_,
                                    counted(count, "At least {0} more problem of this kind in this file is not shown",
                                            "At least {0} more problems of this kind in this file are not shown"),
                                    say("mend the ones above, then check again")));
  }
  return errors_ == 0;
}

}  // namespace help
