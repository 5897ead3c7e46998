// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include "rules/stream_windows.hpp"

namespace help {

/// Something that a duty of `after` follows.
struct Happening {
  Date day = {};
  std::optional<ExamIndex> exam;
  bool outlasts = false;  ///< the duty goes on after the case or pair has ended
};

/// What sets duties of `after` off: exams, events, pairs, arrivals, posts that were taken away, records.
class Triggers {
 public:
  Triggers(const Dataset& data, Date today) : data_(data), today_(today) {}

  /// Everything that sets the duty off for the stream, by day.
  [[nodiscard]] std::vector<Happening> of(const StreamView& view);

 private:
  void add_exams(const StreamView& view, std::vector<Happening>& found);
  void add_events(const StreamView& view, std::vector<Happening>& found) const;
  void add_events_of(const StreamView& view, StudentIndex student, std::vector<Happening>& found) const;
  void add_post_changes(const StreamView& view, std::vector<Happening>& found) const;
  [[nodiscard]] bool sat(const StreamView& view, ExamIndex exam);
  [[nodiscard]] const std::vector<bool>& classes_that_sat(ExamIndex exam);
  [[nodiscard]] bool ends_in_mid_term(Date last) const;

  const Dataset& data_;
  Date today_;
  std::vector<std::vector<bool>> exam_classes_;  // by exam, then class; empty: not worked out yet
};

}  // namespace help
