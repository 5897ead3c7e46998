// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <vector>

#include "commands/command.hpp"

namespace help {

/// The words that may stand where the last of `words` is being typed, those that begin with it: commands, options, values that can be
/// counted. `words` are those after the program's name. Empty where a file or free text is due.
[[nodiscard]] std::vector<std::string> completions(std::span<const Command* const> commands, std::span<const std::string> words);

}  // namespace help
