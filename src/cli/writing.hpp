// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "commands/command.hpp"
#include "diag/diagnostic.hpp"
#include "diag/message.hpp"
#include "store/files.hpp"

namespace help {

/// Why a file was not written. `holder`: the process that has the lock, if that is why.
[[nodiscard]] Message why_not_written(FileResult result, std::string_view path, std::string_view holder);

/// The errors that the records have with `changes` and have not without. `base` null: a folder that is not there yet.
///
/// Files of the log are only added to: of these an error before counts too where the file cannot be read line by line, so that nothing is
/// ever put behind a torn line. `data` is what is loaded of the folder, whose log is replaced.
[[nodiscard]] Diagnostics new_errors(const Files* base, std::span<const FileChange> changes, const LoadOptions& options, Dataset& data);

/// The first path that should be new and is not; empty if there is none.
[[nodiscard]] std::string taken_path(const Files* base, std::span<const FileChange> changes);

/// What came of writing changes in their order; it stops at the first that fails.
struct Written {
  FileResult result = FileResult::done;  ///< done, unconfirmed, or why the last one was not written
  std::string failed = {};               ///< its path
  std::vector<std::string> paths = {};   ///< those that were written
};
[[nodiscard]] Written write_changes(Files& files, std::span<const FileChange> changes);

}  // namespace help
