// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace help {

/// So many words of one table or file are looked for at most: the comparison costs, and nobody reads more hints.
inline constexpr int most_hints = 20;

/// The word most like `given` by Damerau-Levenshtein distance over characters (not bytes), if it is near enough to be meant:
/// at most 1 edit for words up to 4 characters, 2 up to 8, else 3. Ties: the first. Case is ignored for ASCII.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view given, std::span<const std::string_view> words);

}  // namespace help
