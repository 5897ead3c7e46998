// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rules/duty_streams.hpp"

namespace help {

/// A window that somebody owes, as far as entries are judged against it.
struct OwedWindow {
  Date first = {};
  Date last = {};
  Date due = {};
  Date until = {};
  std::vector<Ower> owers;
};

/// Judges entries of the log for one stream of a duty.
class EntryJudge {
 public:
  EntryJudge(const DutyWorld& world, const Duty& duty, const DutyStream& stream);

  /// Why the entry can serve no window, whoever did it and whenever it is; nothing: it can.
  [[nodiscard]] std::optional<EntryVerdict> refused(const Interaction& entry) const;
  /// Whether the entry reached the recipient.
  [[nodiscard]] bool reached(const Interaction& entry, const std::string& recipient) const;
  /// Whether whoever did it counts for a window; the days of the window are not looked at, but for those of former holders.
  [[nodiscard]] bool by_right_person(const Interaction& entry, const OwedWindow& window) const;
  /// Whether `by_right_person` is true of every window: whoever holds an office speaks for it.
  [[nodiscard]] bool speaks_for_office(const Interaction& entry) const;

 private:
  [[nodiscard]] bool holds(Party party, const Interaction& entry, const Holding& holding) const;
  [[nodiscard]] bool is_ower(Party party, const Interaction& entry, const OwedWindow& window) const;
  [[nodiscard]] bool holds_on_due_day(Party party, const OwedWindow& window) const;
  [[nodiscard]] bool all_parts_present(const Interaction& entry) const;
  [[nodiscard]] const InteractionWords& words_of(const Interaction& entry) const;

  const DutyWorld& world_;
  const Dataset& data_;
  const Duty& duty_;
  const DutyStream& stream_;
};

}  // namespace help
