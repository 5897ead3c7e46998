// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "diag/message.hpp"
#include "rules/identify.hpp"

namespace help {

/// One fact as people read it: "数学 52，低于 60（2026-01-20 期末考试，满分 100）".
[[nodiscard]] Message clause_of(const Dataset& data, const Evidence& evidence);

/// Why a rule hit, on one line: its facts together, with what it still waits for.
[[nodiscard]] Message line_of(const Dataset& data, const Judgement& hit);

/// Why a rule did not judge.
[[nodiscard]] Message words_of(Reason reason);

/// The facts of a hit in signs and ids only, the same in every language: what a saved list keeps.
[[nodiscard]] std::string plain_line_of(const Dataset& data, const Judgement& hit);
/// The same of one fact.
[[nodiscard]] std::string plain_clause_of(const Dataset& data, const Evidence& evidence);

/// The name of an exam with its day: "2026-01-20 期末考试".
[[nodiscard]] std::string exam_title(const Exam& exam);

}  // namespace help
