// SPDX-License-Identifier: MIT
#include "commands/list.hpp"

#include <algorithm>
#include <array>

namespace help {

extern const Command assign_command;
extern const Command check_command;
extern const Command decide_command;
extern const Command identify_command;
extern const Command import_command;
extern const Command init_command;
extern const Command note_command;
extern const Command overdue_command;
extern const Command schema_command;
extern const Command shell_init_command;
extern const Command show_command;

std::span<const Command* const> all_commands() {
  static constexpr std::array commands{
      &init_command, &import_command,  &check_command, &identify_command, &decide_command,     &assign_command,
      &note_command, &overdue_command, &show_command,  &schema_command,   &shell_init_command,
  };
  return commands;
}

const Command* find_command(std::span<const Command* const> commands, std::string_view name) {
  const auto found = std::ranges::find_if(commands, [&](const Command* command) { return command->name == name; });
  return found == commands.end() ? nullptr : *found;
}

}  // namespace help
