// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"

namespace help {

/// Collects the problems of one file, at most `limit` of them: a file that is wrong throughout would bury the others.
class ProblemList {
 public:
  static constexpr std::size_t limit = 20;

  /// `code_of_rest` is the code of the problem that says how many are not shown. The views must outlive the list.
  ProblemList(std::string_view path, std::string_view source, std::string_view code_of_rest, Diagnostics& problems)
      : path_(path), source_(source), code_of_rest_(code_of_rest), problems_(&problems) {}

  /// An error at bytes `from` to `until`; gives it back to be completed, or nullptr if it is one too many or was added before.
  Diagnostic* add(std::size_t from, std::size_t until, std::string_view code, Message message, Message hint);
  Diagnostic* warn(std::size_t from, std::size_t until, std::string_view code, Message message, Message hint);
  /// Says how many were left out. True if there was no error.
  bool finish();

  [[nodiscard]] std::size_t errors() const { return errors_; }

 private:
  Diagnostic* put(Severity severity, std::size_t from, std::size_t until, std::string_view code, Message message, Message hint);

  std::string_view path_;
  std::string_view source_;
  std::string_view code_of_rest_;
  Diagnostics* problems_;
  struct Shown {
    std::size_t from;
    std::string_view code;
  };
  std::vector<Shown> shown_ = {};
  std::size_t errors_ = 0;
  std::size_t left_out_ = 0;
  std::size_t last_left_out_ = 0;
};

}  // namespace help
