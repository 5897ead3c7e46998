// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "cli/world.hpp"

namespace help {

/// "zh" or "en" for a name of a language or locale ("zh_CN.UTF-8", "de"); empty for none, C and POSIX, which say nothing.
[[nodiscard]] std::string_view language_of(std::string_view locale);

/// What the environment says: HELP_LANG, else the first set one of LC_ALL, LC_MESSAGES, LANG; empty if it says nothing.
[[nodiscard]] std::string_view language_of_environment(const World& world);

/// `language` of a folder's help.yaml; empty if it has none or cannot be read (loading says why).
[[nodiscard]] std::string_view language_of_folder(const Files& folder);

}  // namespace help
