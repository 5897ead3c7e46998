// SPDX-License-Identifier: MIT
#include "cli/writing.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "cli/overlay.hpp"
#include "rules/kinds.hpp"

namespace help {
namespace {

/// What makes a problem the same before and after: not its line, which a change above it moves.
std::tuple<std::string_view, std::string_view, std::string_view> identity(const Diagnostic& problem) {
  return {problem.where.path, problem.code, problem.excerpt};
}

Diagnostics errors_of(const Files& files, const LoadOptions& options) {
  LoadOptions all = options;
  all.parts = Parts::checked();
  Diagnostics problems = load(files, rule_shapes(), all).problems;
  std::erase_if(problems, [](const Diagnostic& problem) { return problem.severity != Severity::error; });
  std::ranges::stable_sort(problems, {}, identity);
  return problems;
}

/// The errors of the files of the log that are changed.
Diagnostics errors_of_log(const Files& files, std::span<const FileChange> changes, const LoadOptions& options, Dataset& data) {
  LoadOptions only = options;
  only.log_files.emplace();
  for (const FileChange& change : changes) only.log_files->push_back(change.path);
  Diagnostics problems = log_errors(files, data, only);
  std::ranges::stable_sort(problems, {}, identity);
  return problems;
}

/// Whether the line with the error is a whole record: what is put behind it is then read as it is written.
bool leaves_file_whole(const Diagnostic& problem) {
  return problem.code == "record/two-fixes" || problem.code.starts_with("reference/") || problem.code.starts_with("log/");
}

/// What is in `with` and not in `without`; both by identity.
Diagnostics fresh_of(const Diagnostics& with, const Diagnostics& without) {
  Diagnostics fresh;
  std::ranges::set_difference(with, without, std::back_inserter(fresh), {}, identity, identity);
  sort_diagnostics(fresh);
  return fresh;
}

}  // namespace

Message why_not_written(FileResult result, std::string_view path, std::string_view holder) {
  switch (result) {
    case FileResult::busy:
      return holder.empty() ? say("another help is writing into this folder; try again when it is done")
                            : say("another help (process {0}) is writing into this folder; try again when it is done", holder);
    case FileResult::full:
      return say("{0} was not written: there is no space left; its old contents are whole", path);
    case FileResult::denied:
      return say("{0} was not written: no permission", path);
    case FileResult::missing:
      return say("{0} was not written: there is no such folder", path);
    case FileResult::not_regular:
      return say("{0} was not written: it is no ordinary file, or has a second name", path);
    case FileResult::outside:
      return say("{0} was not written: it is not inside the records folder", path);
    case FileResult::done:
    case FileResult::too_large:
    case FileResult::unconfirmed:
    case FileResult::failed:
      break;
  }
  return say("{0} was not written: the system reports an error; its old contents are whole", path);
}

Diagnostics new_errors(const Files* base, std::span<const FileChange> changes, const LoadOptions& options, Dataset& data) {
  Overlay after(base);
  for (const FileChange& change : changes) (void)after.replace(change.path, change.bytes);
  // Nothing refers to the log, so its changes can make nothing else wrong.
  if (std::ranges::all_of(changes, [](const FileChange& change) { return change.path.starts_with("log/"); })) {
    Diagnostics with = errors_of_log(after, changes, options, data);
    if (with.empty() || base == nullptr) return with;
    Diagnostics without = errors_of_log(*base, changes, options, data);
    std::erase_if(without, [](const Diagnostic& problem) { return !leaves_file_whole(problem); });
    return fresh_of(with, without);
  }
  std::string bytes;
  if (after.read("help.yaml", bytes, max_file_bytes) == FileResult::missing) return {};
  const Diagnostics with = errors_of(after, options);
  const bool was_folder = base != nullptr && base->read("help.yaml", bytes, max_file_bytes) != FileResult::missing;
  const Diagnostics without = was_folder && !with.empty() ? errors_of(*base, options) : Diagnostics();
  return fresh_of(with, without);
}

std::string taken_path(const Files* base, std::span<const FileChange> changes) {
  std::string bytes;
  for (const FileChange& change : changes) {
    if (change.is_new && base != nullptr && base->read(change.path, bytes, 0) != FileResult::missing) return change.path;
  }
  return {};
}

Written write_changes(Files& files, std::span<const FileChange> changes) {
  Written written;
  for (const FileChange& change : changes) {
    const FileResult result = files.replace(change.path, change.bytes);
    if (result != FileResult::done && result != FileResult::unconfirmed) {
      written.result = result;
      written.failed = change.path;
      return written;
    }
    written.paths.push_back(change.path);
    if (result == FileResult::unconfirmed) written.result = result;
  }
  return written;
}

}  // namespace help
