// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diag/message.hpp"

namespace help {

enum class Severity : std::uint8_t { error, warning };

/// A place in a file of the folder.
struct Place {
  std::string path = {};     ///< relative to the folder, or as the user named it
  std::uint32_t line = 0;    ///< from 1; 0 = the whole file
  std::uint32_t column = 0;  ///< in characters, from 1; 0 = the whole line
};

/// One problem in the user's data, complete: it can be sorted, translated and printed without the file that it came from.
struct Diagnostic {
  Severity severity = Severity::error;
  std::string_view code = {};  ///< stable, one of `codes.hpp`, e.g. "yaml/duplicate-key"
  Place where = {};
  Message message = {};       ///< what was found and what was expected
  Message hint = {};          ///< how to mend it; may be empty
  std::string excerpt = {};   ///< the source line, without its end; empty if there is none
  std::uint32_t from = 0;     ///< the marked part of the excerpt: first byte …
  std::uint32_t until = 0;    ///< … and one past its last
  Place related = {};         ///< a second place ("first defined here"); line 0 = none
  Message related_note = {};  ///< what the second place is
};

using Diagnostics = std::vector<Diagnostic>;

/// By path, line, column, code: the order in which problems are shown.
void sort_diagnostics(Diagnostics& diagnostics);
[[nodiscard]] bool has_error(const Diagnostics& diagnostics);

}  // namespace help
