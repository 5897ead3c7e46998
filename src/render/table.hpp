// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "render/render.hpp"

namespace help {

/// A table as lines of at most `look.width` columns where that can be: cells are aligned by display width, numbers to the right. What is
/// too wide is broken inside its column, or stands below its row, indented, with its column's title in front.
[[nodiscard]] std::string table_as_text(const Table& table, const Look& look);

}  // namespace help
