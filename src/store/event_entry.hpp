// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/date.hpp"
#include "store/files.hpp"
#include "store/record_versions.hpp"

namespace help {

/// One line of the events of a student as text: what is written, or stands in a file.
struct EventEntry {
  std::string id = {};
  std::optional<Date> at = {};          ///< a correction: its day …
  std::vector<std::string> fixes = {};  ///< … and what it replaces …
  std::vector<std::string> voids = {};  ///< … or withdraws: then it has only `because`
  Date date = {};
  std::string kind = {};
  std::string subject = {};
  std::string by = {};
  std::string role = {};
  std::string basis = {};
  std::string indicator = {};
  std::string goal = {};
  std::string list = {};
  std::vector<std::string> rules = {};
  std::vector<std::string> exams = {};
  std::string until = {};
  std::string because = {};

  friend bool operator==(const EventEntry&, const EventEntry&) = default;
};

/// The line of an event that withdraws nothing, with its end.
[[nodiscard]] std::string event_line(const EventEntry& entry);

/// `events/20230104.yaml`.
[[nodiscard]] std::string events_path(std::string_view student);

/// The lines of a file of events, in its order, those that were replaced or withdrawn too; a line that a merge doubled stands there once.
/// None where there is no file, or it cannot be read as events.
[[nodiscard]] std::vector<EventEntry> event_entries(const Files& files, const std::string& path);

/// How the lines correct each other.
[[nodiscard]] std::vector<RecordLinks> links_of(const std::vector<EventEntry>& entries);

}  // namespace help
