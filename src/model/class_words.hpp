// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/dataset.hpp"

namespace help {

/// The class that somebody means who writes its name in another way: brackets of either width or none, 七1, 七年级1班, 初一1班, 701 for
/// 七（1）班. Nothing where no class, or more than one, may be meant. 初一 is the first year of a class that begins with grade 6 or 7, 高一
/// that of one that begins with grade 10.
[[nodiscard]] std::optional<ClassIndex> class_as_written(const std::vector<SchoolClass>& classes, std::string_view text);

}  // namespace help
