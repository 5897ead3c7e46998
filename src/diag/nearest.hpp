// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace help {

/// The word most like `given` by Damerau-Levenshtein distance over characters (not bytes), if it is near enough to be meant:
/// at most 1 edit for words up to 4 characters, 2 up to 8, else 3. Ties: the first. Case is ignored for ASCII.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view given, std::span<const std::string_view> words);

}  // namespace help
