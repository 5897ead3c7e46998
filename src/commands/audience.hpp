// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "commands/command.hpp"

namespace help {

// Who will read an answer, and what a public one must not say.

/// The words of --audience.
constexpr std::array<std::string_view, 2> audiences{"internal", "public"};

/// A number about fewer people than these could name somebody: no public answer holds one.
constexpr std::int64_t smallest_public_group = 5;

/// Whether the answer is for the public: as `audience` says; where it is empty, Markdown files and messages for a chat group are, since
/// they are made to be passed on.
[[nodiscard]] inline bool is_for_public(const Context& context, std::string_view audience, bool is_message = false) {
  if (!audience.empty()) return audience == "public";
  return is_message || (context.to_file && context.format == Format::markdown);
}

}  // namespace help
