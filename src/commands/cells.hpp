// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "model/dataset.hpp"
#include "render/document.hpp"

namespace help {

// What the documents of several commands have in common.

/// "a, b, c"
[[nodiscard]] Message joined(const std::vector<std::string>& parts);

/// The name of a class, else its id; empty for none.
[[nodiscard]] std::string class_name(const Dataset& data, std::optional<ClassIndex> in);

[[nodiscard]] Cell text_or_null(std::string_view text);
[[nodiscard]] Cell number_or_null(std::optional<int> number);

/// Which files have errors: what these spoil is missing, so that what was done may look as if it was not. The public is not told their
/// names, which may be those of cases.
[[nodiscard]] Message incomplete_words(const Diagnostics& problems, bool is_public);

/// Whether the form has the words of its reader, not codes: text, Markdown, workbooks.
[[nodiscard]] bool is_for_people(Format format);
/// One line each in text and in a workbook, where a cell can have several lines; else one behind the other.
[[nodiscard]] Message lines_in_cell(std::vector<Message> lines, Format format);

}  // namespace help
