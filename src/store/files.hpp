// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace help {

/// What came of an attempt to read or write a file.
enum class FileResult : std::uint8_t {
  done,
  missing,      ///< no such file
  not_regular,  ///< a folder, link, device or pipe where a file is due
  outside,      ///< the path leaves the folder
  too_large,    ///< larger than the limit
  denied,       ///< no permission
  full,         ///< no space left, or quota
  busy,         ///< another process holds the lock
  unconfirmed,  ///< written, but the last step (fsync of the folder) failed
  failed,       ///< any other error of the system
};

/// A folder of records: the only door to the disk. Paths are relative, with `/`, and never leave the folder.
class Files {
 public:
  virtual ~Files() = default;

  /// Replaces `bytes` by the contents of the file; its capacity is reused. At most `limit` bytes, else `too_large`.
  [[nodiscard]] virtual FileResult read(std::string_view path, std::string& bytes, std::uint64_t limit) const = 0;
  /// The names of the regular files and links in a folder that do not begin with a dot, in byte order; nothing where there is no such
  /// folder.
  [[nodiscard]] virtual std::vector<std::string> list(std::string_view folder) const = 0;
  /// The names of the folders in a folder that do not begin with a dot, in byte order; nothing where there is no such folder. Links are
  /// none.
  [[nodiscard]] virtual std::vector<std::string> folders(std::string_view folder) const = 0;
  /// Replaces the file by `bytes`, or leaves it as it was: temporary file beside, fsync, rename, fsync of the folder. Makes folders that
  /// are missing.
  [[nodiscard]] virtual FileResult replace(std::string_view path, std::string_view bytes) = 0;

  /// What stands where `list` looks: done for a folder that can be listed, missing for nothing, else why it cannot (a link, a file, no
  /// permission): such a folder must be a problem, not an empty list.
  [[nodiscard]] virtual FileResult state_of_folder(std::string_view /*folder*/) const { return FileResult::done; }
  /// Keeps other writers out for as long as this object lives. Waits for them at most ten seconds, then `busy`. Done at once if held
  /// already.
  [[nodiscard]] virtual FileResult lock() { return FileResult::done; }
  /// After `busy`: who holds the lock, as a process number; may be empty.
  [[nodiscard]] virtual std::string lock_holder() const { return {}; }
};

/// Largest file that is read.
inline constexpr std::uint64_t max_file_bytes = 8U << 20U;

}  // namespace help
