// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

#include "commands/command.hpp"

namespace help {

/// Every command, in the order of --help: those of one moment stand together.
[[nodiscard]] std::span<const Command* const> all_commands();

[[nodiscard]] const Command* find_command(std::span<const Command* const> commands, std::string_view name);

}  // namespace help
