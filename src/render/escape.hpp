// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace help {

// Everything that leaves the program goes through one of these: names come from files, and files from anywhere.

/// `text` with all that could mislead a reader or order a terminal made visible: control characters, direction marks, characters without
/// width and bytes that are not UTF-8 become `\x1b`, `\u202e`. U+200C and U+200D stay between letters and in emoji.
[[nodiscard]] std::string shown(std::string_view text);

/// As `shown`, but line ends stay.
[[nodiscard]] std::string shown_lines(std::string_view text);

/// The bytes that are not UTF-8 as `\xff`; all else stays. For JSON, which has signs of its own for control characters.
[[nodiscard]] std::string valid_utf8(std::string_view text);

/// A JSON text in which what `shown` would make visible is written with JSON's own `\u202e`: the same value, harmless on a terminal.
[[nodiscard]] std::string harmless_json(std::string_view json);

/// One field of a CSV file, RFC 4180. A text that a spreadsheet would take for a formula gets a `'` in front (so does one that begins with
/// such quotes already, so that taking one away gives the text back).
[[nodiscard]] std::string csv_text(std::string_view text);

/// Text inside Markdown: its signs lose their meaning.
[[nodiscard]] std::string markdown_text(std::string_view text);

/// A message, or a property, of a GitHub workflow command.
[[nodiscard]] std::string github_text(std::string_view text);
[[nodiscard]] std::string github_property(std::string_view text);

}  // namespace help
