// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace help {

/// Whatever is called by an id or a name: a student, a colleague, a class, a body.
struct Called {
  std::string_view id;
  std::string_view name;
};

/// Places in what was looked through.
struct FoundNames {
  std::vector<std::size_t> matches;      ///< one: found; several: nobody may choose among them; none: not found
  std::vector<std::size_t> suggestions;  ///< only without a match: at most five whose name or id is nearly that, nearest first
  bool exact = false;                    ///< the matches have exactly that id or name
};

/// The one way in which the program understands who or what is meant.
///
/// In this order, the first that fits any: the exact id or name; the whole name in pinyin; a part of the name, the beginning of an id,
/// initials or a part of the name in pinyin. Case, tones, spaces, apostrophes and full-width forms do not matter, ü may be typed ü, v, u or
/// yu, `· • ．` are one middle dot, and every reading of a character counts (曾 zeng, 单 shan). Empty text and text that is not UTF-8 fit
/// nothing. Matches stand in the order of `all`.
[[nodiscard]] FoundNames find_called(std::span<const Called> all, std::string_view typed);

/// A name in the form in which names are compared: without spaces, one middle dot, full-width letters as ASCII, small letters.
[[nodiscard]] std::u32string comparable_name(std::string_view name);

}  // namespace help
