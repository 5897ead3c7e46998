// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include "rules/cases.hpp"
#include "rules/holders.hpp"
#include "rules/log_index.hpp"

namespace help {

/// One target of a duty for as long as it lasts without a break: what is matched together.
struct DutyStream {
  Target target;
  std::optional<StudentIndex> student;  ///< of a case, pair or student
  Period presence;                      ///< of the case, pair, membership …
  std::vector<Holding> holdings;        ///< by part, then first day
  std::optional<Party> only;            ///< `share: each`: what this party owes
};

/// Everything that duties look up; made once for a question.
struct DutyWorld {
  const Dataset& data;
  const ObligationQuestion& question;
  Cases cases;
  Holders holders;
  LogIndex log;
};

/// The streams of a duty, by target, then first day.
[[nodiscard]] std::vector<DutyStream> streams_of(const DutyWorld& world, const Duty& duty);

}  // namespace help
