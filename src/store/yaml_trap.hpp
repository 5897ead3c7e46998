// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "store/problem_list.hpp"

namespace help {

/// The ways in which a YAML file goes wrong that have a name: each has its own code, message and hint.
enum class Trap : std::uint8_t {
  after_bracket,
  after_quote,
  alias,
  anchor,
  bracket_in_text,
  colon_in_text,
  colon_without_space,
  comment_without_space,
  complex_key,
  cut_by_comment,
  dash_without_space,
  depth,
  directive,
  disabled_record,
  document,
  empty_entry,
  escape,
  full_width_colon,
  full_width_comma,
  full_width_space,
  indentation,
  key_without_value,
  leftover,
  long_brackets,
  long_key,
  long_value,
  merge_key,
  missing_colon,
  missing_comma,
  missing_key,
  multi_line_text,
  pair_without_braces,
  question_mark,
  refused_character,
  sign,
  syntax,
  tab,
  tag,
  too_many_values,
  unclosed_bracket,
  unclosed_quote,
  wrong_bracket,
};

/// Adds the problem at bytes `from` to `until`. `text` is what its message names (the user's own words, clipped); may be empty.
Diagnostic* report(ProblemList& problems, Trap trap, std::size_t from, std::size_t until, std::string_view text = {});

}  // namespace help
