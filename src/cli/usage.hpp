// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "commands/command.hpp"
#include "render/catalogue.hpp"

namespace help {

/// What the texts below need to know. Lines keep to `width` columns, counted as a terminal shows them.
struct UsageLook {
  const Catalogue& catalogue;
  std::string_view program;  ///< the name under which we were called
  std::size_t width = 80;
};

/// `help`: what this is, the commands by moment, and what to do next.
[[nodiscard]] std::string home_screen(std::span<const Command* const> commands, bool in_folder, const UsageLook& look);

/// `help --help`: the same with every common option and the exit statuses.
[[nodiscard]] std::string help_of_all(std::span<const Command* const> commands, const UsageLook& look);

/// `help COMMAND --help`.
[[nodiscard]] std::string help_of(const Command& command, const UsageLook& look);

}  // namespace help
