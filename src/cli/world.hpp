// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/date.hpp"
#include "store/files.hpp"

namespace help {

/// What came of an attempt to print.
enum class Printed : std::uint8_t {
  done,
  closed,  ///< nobody reads any more: no failure
  failed,  ///< the device is full, or broken
};

/// Everything outside the program that it may use; a test has its own.
struct World {
  std::vector<std::string> arguments;                   ///< [0] is the name under which the program was called
  std::function<std::string(const char*)> environment;  ///< a variable's value; empty if unset
  std::function<Printed(std::string_view)> out;         ///< stdout
  std::function<Printed(std::string_view)> err;         ///< stderr
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool in_is_terminal = false;
  /// The next line of stdin, without its end; nothing at the end.
  std::function<std::optional<std::string>()> read_line = [] { return std::optional<std::string>(); };
  /// A text as the user's editor leaves it; nothing where there is no editor, or it fails.
  std::function<std::optional<std::string>(const std::string& before)> edit = [](const std::string&) {
    return std::optional<std::string>();
  };
  std::function<std::uint64_t()> random = [] { return std::uint64_t{0}; };  ///< 64 random bits
  std::size_t width = 80;                                                   ///< of the terminal; 80 where there is none
  std::string current_folder;                                               ///< absolute
  std::function<Date()> today;                                              ///< the system's day
  /// A folder by its path; null, with the reason, if it cannot be opened. With `make`, it is made first.
  std::function<std::unique_ptr<Files>(const std::string& path, bool make, FileResult& result)> open_folder;
  std::unique_ptr<Files> outside;  ///< files that are named on the command line
};

}  // namespace help
