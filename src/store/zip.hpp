// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace help {

/// What is wrong with an archive.
enum class ZipFault : std::uint8_t {
  none,
  damaged,    ///< not whole, or parts of it contradict each other
  encrypted,  ///< a password is needed
  unsafe,     ///< made to do harm: entries that share bytes or are called like a path out of the folder
  too_large,  ///< more entries, or more bytes when inflated, than are read
};

/// A ZIP archive in memory; never more of it is inflated than a piece. Strict: where an entry's two descriptions differ, or anything is
/// there that a spreadsheet program does not write (several disks, 64-bit sizes, other methods than deflate), it is refused.
class Zip {
 public:
  static constexpr std::size_t max_entries = 1000;
  static constexpr std::uint64_t max_inflated = 64U << 20U;  ///< of all entries that are read, together

  /// Reads the directory of `bytes`, which must outlive the archive.
  ZipFault open(std::string_view bytes);

  [[nodiscard]] bool contains(std::string_view name) const { return entries_.contains(name); }

  /// Inflates an entry that is there and gives it to `take` piece by piece, until that says false (no fault of the archive). Its length
  /// and checksum are compared at the end; what was given before may be of a damaged entry.
  ZipFault read(std::string_view name, const std::function<bool(std::string_view piece)>& take);

 private:
  struct Entry {
    std::uint32_t local = 0;   ///< where its own header begins
    std::uint32_t data = 0;    ///< where its bytes begin
    std::uint32_t packed = 0;  ///< how many they are
    std::uint32_t size = 0;    ///< how many when inflated
    std::uint32_t checksum = 0;
    std::uint16_t flags = 0;
    bool deflated = false;
  };

  ZipFault read_directory(std::size_t end, std::size_t count);
  ZipFault check_local(std::string_view name, Entry& entry) const;
  [[nodiscard]] ZipFault check_shared_bytes(std::size_t directory) const;

  std::string_view bytes_;
  std::map<std::string, Entry, std::less<>> entries_;
  std::uint64_t inflated_ = 0;
};

}  // namespace help
