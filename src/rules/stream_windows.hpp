// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "rules/duty_days.hpp"
#include "rules/duty_entries.hpp"
#include "rules/duty_streams.hpp"

namespace help {

class Triggers;

/// One stream of a duty, with all that working it out looks at.
struct StreamView {
  const DutyWorld& world;
  const Duty& duty;
  const DutyStream& stream;
  DutyDays& days;
  std::span<const std::uint32_t> entries;  ///< of the log, about the target, by date
  Period wanted;                           ///< the windows that the question is about
};

/// A window that a stream owes.
struct StreamWindow {
  OwedWindow window;
  const GroupDays* group = nullptr;  ///< the school days of whoever it is about
  int owed = 1;
  Waiver waiver = Waiver::none;
  Date overdue_until = Date::max();  ///< afterwards it is missed
  std::optional<Date> event = {};
  std::optional<ExamIndex> exam = {};
  std::size_t term = 0;  ///< whose book it is in
  // What its entries say; see rules/serving.hpp.
  int served = 0;
  int above = 0;
  bool late = false;
  std::vector<std::uint32_t> counted = {};
};

/// The windows that a stream owes, before its entries are looked at, by first day, then due day: everything that shares a book with what is
/// wanted.
void find_windows(const StreamView& view, Triggers& triggers, std::vector<StreamWindow>& found);

}  // namespace help
