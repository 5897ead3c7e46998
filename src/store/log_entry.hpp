// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/date.hpp"
#include "model/interaction.hpp"
#include "store/files.hpp"
#include "store/record_versions.hpp"
#include "store/yaml.hpp"

namespace help {

/// One record of the log as text: what is written, or stands in a line.
struct LogEntry {
  std::string id = {};
  std::optional<Date> at = {};          ///< a correction: its day …
  std::vector<std::string> fixes = {};  ///< … and what it replaces: a record, or corrections of one that contradict each other
  Date date = {};
  std::string kind = {};
  std::string by = {};
  std::vector<std::string> with = {};
  std::vector<std::string> students = {};
  std::string in_class = {};
  std::optional<int> grade = {};
  std::string body = {};
  std::string subject = {};
  std::vector<std::string> to = {};
  std::string channel = {};
  std::string place = {};
  std::vector<std::string> present = {};
  std::optional<bool> student_present = {};
  std::optional<int> minutes = {};
  std::vector<std::string> tags = {};
  std::vector<std::string> checklist = {};
  std::string exam = {};
  std::optional<Date> follow_up = {};
  std::string note = {};

  /// The fields that are not empty.
  [[nodiscard]] InteractionFields given() const;
  friend bool operator==(const LogEntry&, const LogEntry&) = default;
};

/// The line of a record, with its end.
[[nodiscard]] std::string log_line(const LogEntry& entry);
/// The line that withdraws a record, with its end.
[[nodiscard]] std::string void_line(std::string_view id, Date at, std::string_view target, std::string_view because);
/// What a record of a tree says; its shape must fit.
[[nodiscard]] LogEntry log_entry_of(const Value& record);

/// One line of a file of the log.
struct LogFileLine {
  LogEntry entry;
  std::vector<std::string> voids;  ///< what it withdraws: then it says nothing else
};
/// The lines of a file; none where it cannot be read as a log, or nowhere holds `wanted`. A line that a merge doubled stands there once.
[[nodiscard]] std::vector<LogFileLine> log_file_lines(const Files& files, const std::string& path, std::string_view wanted = {});

/// How the lines correct each other.
[[nodiscard]] std::vector<RecordLinks> links_of(const std::vector<LogFileLine>& lines);

/// `log/2026-11/T012.yaml`.
[[nodiscard]] std::string log_path(Date date, std::string_view owner);
/// The first line of a new file.
inline constexpr std::string_view log_comment = "# yaml-language-server: $schema=../../schemas/log.schema.json\n";

}  // namespace help
