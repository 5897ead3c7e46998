// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "cli/world.hpp"
#include "commands/list.hpp"

namespace help {

/// The program: reads the command line, finds and loads the records, lets the command answer, shows the answer, makes its changes.
///
/// Gives the exit status: 0 done · 1 findings · 2 wrong usage, or data or output that could not be read or written · 3 refused to write ·
/// 4 written, not confirmed. Changes are made only under the folder's lock, by an action that has seen the records as they are then, and
/// only if the records with them have no error that they did not have before.
[[nodiscard]] int run(World& world, std::span<const Command* const> commands = all_commands());

}  // namespace help
