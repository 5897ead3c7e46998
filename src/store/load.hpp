// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "diag/diagnostic.hpp"
#include "model/dataset.hpp"
#include "model/policy_shape.hpp"
#include "store/files.hpp"

namespace help {

/// Of which months the log is read.
enum class LogMonths : std::uint8_t {
  none,
  term,         ///< from the day after the term before to the end of the term of today, and to today; before that as far as a duty of
                ///< the policy reaches back from there: to the last exams of the term before, or through the school year
  school_year,  ///< the same of the school year of today
  all,
};

/// Whether the grades are read.
enum class GradeUse : std::uint8_t {
  none,
  for_duties,  ///< where a duty of the policy follows exams
  all,
};

/// Whether the archives are read.
enum class ArchiveUse : std::uint8_t {
  none,
  for_assigning,  ///< where an entry of the policy's assign looks at categories or causes
  for_duties,     ///< where the policy asks for parts of an archive
  open,           ///< all but the private parts
  all,
};

/// Which parts of a folder a command reads. The roster, help.yaml and the policy are always read.
struct Parts {
  GradeUse grades = GradeUse::none;
  bool counts = false;
  bool events = false;
  bool lists = false;
  bool pairs = false;
  LogMonths log = LogMonths::none;
  ArchiveUse archives = ArchiveUse::none;
  bool prefs = false;
  bool only_doubtful_interactions = false;  ///< every line is read, but of sound ones nothing is kept: see LogBook::keep_only_doubtful

  static constexpr Parts all() { return {GradeUse::all, true, true, true, true, LogMonths::all, ArchiveUse::all, true}; }
  /// All, for what is wrong with it.
  static constexpr Parts checked() { return {GradeUse::all, true, true, true, true, LogMonths::all, ArchiveUse::all, true, true}; }
};

struct Loaded {
  Dataset data;          ///< keeps Dataset's promises only while `problems` has no error
  Diagnostics problems;  ///< sorted
};

struct LoadOptions {
  Parts parts = Parts::all();
  Date today = {};                                         ///< for LogMonths
  std::optional<std::vector<std::string>> log_files = {};  ///< of the log only these files, whatever their month
  bool use_fast_path = true;                               ///< false: every byte goes through yaml-cpp (the hidden switch --slow-reader)
};

/// The days whose months are read of the log.
[[nodiscard]] Period log_days(const Calendar& calendar, const Cadence& cadence, LogMonths months, Date today);

/// Reads a records folder: every problem of every file at once, never a throw.
[[nodiscard]] Loaded load(const Files& files, std::span<const RuleShape> kinds, const LoadOptions& options);

/// Every error of the log files that `options` names, as `load` would report it with the rest of `data`, whose log is replaced.
[[nodiscard]] Diagnostics log_errors(const Files& files, Dataset& data, const LoadOptions& options);

}  // namespace help
