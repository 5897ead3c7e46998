// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/dataset.hpp"
#include "rules/cases.hpp"
#include "rules/obligations.hpp"

namespace help {

/// The archive of a student; null: there is none.
[[nodiscard]] const Archive* archive_of(const Dataset& data, StudentIndex student);

/// The role that keeps archives.
[[nodiscard]] std::string_view keeping_role(const ArchiveRules& rules);

/// Whether the archive of a student's case is what the policy asks for.
struct ArchiveState {
  StudentIndex student = 0;
  Date since = {};                   ///< the day on which the case began
  Date due = {};                     ///< the last day on which the archive can be made in time, a day of school or of the holidays
  std::vector<ArchivePart> missing;  ///< in the order of the policy; all of them where there is no archive
  bool has_file = false;
  std::vector<StaffIndex> keepers;                ///< who owes it: as the archive says, else who has the policy's role for the student
  ObligationState state = ObligationState::done;  ///< overdue, due soon or due where something is missing; else done
  int overdue_days = 0;                           ///< school days after the due day, up to and including today; 0 where nothing is missing
};

/// The archives of the cases that are open on `today`, by class, then student. None where the policy asks for no parts.
[[nodiscard]] std::vector<ArchiveState> archive_states(const Dataset& data, Date today);

enum class GoalState : std::uint8_t { open, met, missed };
/// The word in outputs: open, met, missed (stable).
[[nodiscard]] std::string_view word_of(GoalState state);
[[nodiscard]] Message name_of(GoalState state);

/// How far a goal is reached.
struct GoalProgress {
  GoalState state = GoalState::open;
  std::optional<Mark> reached;    ///< the best mark that counts for a metric
  std::optional<Mark> needed;     ///< the mark that the metric asks for, out of the exam's full mark
  std::optional<ExamIndex> exam;  ///< where `reached` is from, or that decided
  std::optional<Date> decided;    ///< the day on which it was met or missed
};

/// A metric is met by the first mark that reaches it, in the exam that it names, else in any from the goal's day to its last day; it is
/// missed when that exam (or the last day) has passed without one. Other goals are as their file, or the student's events, say; without a
/// word they are missed after their last day. Nothing after `today` is seen.
[[nodiscard]] GoalProgress progress_of(const Dataset& data, const Archive& archive, const Goal& goal, Date today);

}  // namespace help
