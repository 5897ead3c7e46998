// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "diag/diagnostic.hpp"
#include "model/dataset.hpp"
#include "store/files.hpp"
#include "store/formats.hpp"
#include "store/load.hpp"
#include "store/repeated_problems.hpp"
#include "store/yaml.hpp"

namespace help {

/// One file that was read: its bytes and tree live together.
struct SourceFile {
  std::string path;
  std::string bytes;
  Tree tree;
  bool sound = false;  ///< the shape fits; otherwise only the sound part may be decoded

  /// The root, if the file holds anything.
  [[nodiscard]] std::optional<Value> root() const { return tree.nodes.empty() ? std::nullopt : std::optional(Value(tree, 0)); }
};

/// What the readers of one folder share while it is loaded.
struct Reading {
  const Files& files;
  const LoadOptions& options;
  Dataset& data;
  Diagnostics& problems;
  std::map<std::string_view, int> hints_given = {};  ///< how often a nearest id was looked for, by code
  RepeatedProblems repeated = RepeatedProblems(problems);
  std::vector<std::unique_ptr<SourceFile>> kept = {};  ///< help.yaml and the policy, which name what is read after them …
  std::vector<std::pair<std::string_view, Value>> named_students = {};  ///< … here: by the path of the file
  std::vector<std::pair<std::string_view, Value>> named_classes = {};
  std::set<std::string, std::less<>> unreadable = {};  ///< files that could not be read: nothing can be said about their ids
  bool knows_terms = false;                            ///< help.yaml was read
  bool knows_policy = false;                           ///< so was the policy

  /// Null: the file has very many problems of the code, and this one is only counted.
  Diagnostic* report(std::string_view path, const Value& at, Severity severity, std::string_view code, Message message, Message hint = {});
  void error(std::string_view path, const Value& at, std::string_view code, Message message, Message hint = {}) {
    report(path, at, Severity::error, code, std::move(message), std::move(hint));
  }
  void warn(std::string_view path, const Value& at, std::string_view code, Message message, Message hint = {}) {
    report(path, at, Severity::warning, code, std::move(message), std::move(hint));
  }
  /// A problem of a whole file.
  void report_file(std::string_view path, Severity severity, std::string_view code, Message message, Message hint = {});

  /// Reads the bytes of a file; a failure other than `missing` is reported.
  bool read_bytes(const std::string& path, std::string& bytes);
  /// Reads, parses and checks a file. Null where it is missing or no tree could be made.
  std::unique_ptr<SourceFile> open(const std::string& path, const Shape& shape);

  /// Whether ids of a roster file are unknown because there is no such file, or none that could be read; that it is missing is reported
  /// once.
  bool explains_unknown(std::string_view roster_path, std::string_view named_in);

  // References: the index of an id, or a reported problem.
  std::optional<StudentIndex> student(std::string_view path, const Value& id);
  std::optional<StaffIndex> staff(std::string_view path, const Value& id);
  std::optional<ClassIndex> school_class(std::string_view path, const Value& id);
  std::optional<BodyIndex> body(std::string_view path, const Value& id);
  /// The index of a subject's name; a new name gets the next index.
  SubjectIndex subject(std::string_view name);
  /// The one under the key `subject`, if there is one.
  std::optional<SubjectIndex> subject_at(const Value& item);
  /// A period whose end lies before its beginning is reported and opened.
  Period period(std::string_view path, const Value& record);

  /// Reports `id` as unknown, with the nearest of `known`.
  void unknown(std::string_view path, const Value& id, std::string_view code, Message message, const std::vector<std::string_view>& known,
               Severity severity = Severity::error);
  /// Warns of a code that the policy does not (or no longer) know: what was recorded under another policy stays on record.
  /// Reports what of the code or codes under a key is not known.
  void check_known(std::string_view path, const Value& item, std::string_view key, const std::vector<Named>& known, std::string_view code,
                   const char* message);
  void not_in_policy(std::string_view path, const Value& code_at, std::string_view code, Message message, const std::vector<Named>& known);
};

// The readers, one a kind of file. Each adds to `reading.data` what is sound and reports the rest.
void read_help(Reading& reading);
void read_policy(Reading& reading, std::span<const RuleShape> kinds);
void read_roster(Reading& reading);
void read_grades(Reading& reading);
void read_counts(Reading& reading);
void read_lists(Reading& reading);
void read_events(Reading& reading);
void read_archives(Reading& reading, bool with_private);
void read_pairs(Reading& reading);
void read_prefs(Reading& reading);
void read_log(Reading& reading);

/// The records of an append-only file that are in force, in the order in which they were first written: doubled lines are one, fixes and
/// voids are applied.
[[nodiscard]] std::vector<Value> records_in_force(Reading& reading, const SourceFile& file);

/// Reports a folder that is there and cannot be listed: it must not pass for an empty one.
void check_listable(Reading& reading, std::string_view folder);
/// The ids of the `.yaml` files of a folder, in byte order; other names are warned of.
[[nodiscard]] std::vector<std::string> yaml_names(Reading& reading, std::string_view folder);

}  // namespace help
