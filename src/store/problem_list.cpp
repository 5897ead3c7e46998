// SPDX-License-Identifier: MIT
#include "store/problem_list.hpp"

#include <utility>

#include "store/yaml.hpp"

namespace help {

Diagnostic* ProblemList::put(Severity severity, std::size_t from, std::size_t until, std::string_view code, Message message, Message hint) {
  if (severity == Severity::error) ++errors_;
  if (shown_ >= limit) {
    ++left_out_;
    last_left_out_ = from;
    return nullptr;
  }
  ++shown_;
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
                                    counted(count, "{0} more problem of this kind in this file is not shown",
                                            "{0} more problems of this kind in this file are not shown"),
                                    say("mend the ones above, then check again")));
  }
  return errors_ == 0;
}

}  // namespace help
