// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace help {

/// Runs the cases of a .test file, in process. Its form:
///
///     data: PATH          the records folder: a copy, in memory, of a folder of the repository; `data: none`: an empty one
///     file: PATH          one more file of it: the lines that follow, indented by two spaces, up to an empty line
///     bytes: PATH         the same, for what no text file can hold: \xE9 a byte, \\ a backslash, \(N TEXT) TEXT N times; a line that ends
///                         with a single backslash has no line end
///     example-policy: NAME  its policy.yaml is examples/policies/NAME.yaml
///     fails: PATH WHY     reading this file fails: denied, failed, not-regular, outside
///     outside: PATH       the same as file: and
///     outside-bytes: PATH as bytes:, for a file that is named on the command line (others are read from the repository)
///     outside-workbook: PATH  a workbook by the lines of support/workbook.hpp
///     stdin:              the input of the next case: the lines that follow, indented by two spaces; TERMINAL=1 before a command: it is
///     typed # …                 a comment $ VAR=value help …  a case: a command line with quotes as in a shell; or `cat PATH`, `ls`: the
///     folder in memory …                   what must come on stdout … 2> …                … on stderr … ?N                  … and the exit
///     status, if it is not 0
///
/// A case ends before the next `$ `, `# `, `data:`, `file:`, `bytes:`, `stdin:`, `fails:`, `outside:`, `outside-bytes:`,
/// `outside-workbook:` or `example-policy:`; empty lines there do not count. `1> ` in front keeps a line of stdout from being read as one
/// of these. CR is written as ␍, ESC as ␛ (in the command too), a byte order mark as <BOM>. What a case writes is there for the cases after
/// it. Today is 2026-03-02 where nothing else is said; the environment is empty.
struct GoldenResult {
  int cases = 0;
  std::string problems;   ///< empty: all as expected
  std::string rewritten;  ///< the file as it should be
};
[[nodiscard]] GoldenResult run_golden(std::string_view text, const std::string& repository);

}  // namespace help
