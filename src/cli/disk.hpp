// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "store/files.hpp"

namespace help {

/// How a folder on the disk is opened.
struct DiskOptions {
  bool make = false;        ///< make the folder, and those above it, if missing (mode 0700)
  bool use_openat2 = true;  ///< false: component by component, as on kernels before 5.6
  std::chrono::milliseconds lock_wait{10'000};
};

/// A folder of the real disk; null, with the reason in `result`, if there is none.
///
/// Nothing outside is ever reached: links, `..`, devices and pipes are refused at every component. New files have mode 0600, replaced
/// ones keep theirs. Where a group shares the folder, as `core.sharedRepository` in its .git/config says or a folder that is its
/// group's to write and gives it on (chmod g+ws), new files and folders are the group's, too (0660), but for *.private.yaml. Writers
/// exclude each other by flock on `.help.lock`; temporary files are `.help.tmp-*`, and left ones are swept.
[[nodiscard]] std::unique_ptr<Files> open_folder(const std::string& path, const DiskOptions& options, FileResult& result);

/// Files that the user names on the command line: any path, links followed, but regular files only. `list` gives nothing;
/// `replace` makes no folders.
[[nodiscard]] std::unique_ptr<Files> open_outside();

}  // namespace help
