// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/command.hpp"
#include "rules/identify.hpp"

namespace help {

/// Which part of an answer is shown.
struct IdentifyFilter {
  std::optional<ClassIndex> in_class;
  std::optional<int> grade;
  std::optional<SubjectIndex> subject;
  bool by_class = false;
  std::optional<std::size_t> limit;

  [[nodiscard]] bool narrows() const { return in_class || grade || subject || limit; }
};

/// The answer of `identify` as a document (help.identify/1). It names students: nothing of it is for the public.
[[nodiscard]] Document identify_document(const Context& context, const Question& question, const Identified& answer,
                                         const IdentifyFilter& filter);

/// Every rule for one student (help.identify-why/1).
[[nodiscard]] Document why_document(const Context& context, const Question& question, StudentIndex student);

}  // namespace help
