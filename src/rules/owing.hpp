// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "rules/stream_windows.hpp"

namespace help {

/// Who owes a window of a stream, whether its conditions hold, and what waives it.
class Owing {
 public:
  explicit Owing(const StreamView& view) : view_(view), data_(view.world.data), duty_(view.duty), stream_(view.stream) {}

  /// Fills in who owes the window and what waives it. False: it is not owed at all.
  [[nodiscard]] bool settle(StreamWindow& made) const;

 private:
  [[nodiscard]] bool holds(const Condition& condition, Date day) const;
  [[nodiscard]] std::vector<Ower> owers_on(Date day) const;
  [[nodiscard]] bool is_of_stream(const Holding& holding, Date day) const;
  [[nodiscard]] bool unattended(Date day) const;
  [[nodiscard]] bool all_away(Date day, std::optional<std::uint32_t> part) const;
  [[nodiscard]] bool has_leave(const Period& days) const;
  [[nodiscard]] Waiver waiver_of(const StreamWindow& made) const;

  const StreamView& view_;
  const Dataset& data_;
  const Duty& duty_;
  const DutyStream& stream_;
};

}  // namespace help
