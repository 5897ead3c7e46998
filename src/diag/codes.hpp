// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace help {

/// A stable code of a problem, with what `check --explain` says about it.
struct CodeInfo {
  std::string_view code;
  const char* meaning;  ///< what is wrong and why it matters, one or two sentences (a message of the catalogue)
  const char* wrong;    ///< a short piece of a file that has the problem; may be empty
  const char* right;    ///< the same, mended
};

/// Every code, sorted by code.
[[nodiscard]] std::span<const CodeInfo> all_codes();
[[nodiscard]] const CodeInfo* find_code(std::string_view code);

}  // namespace help
