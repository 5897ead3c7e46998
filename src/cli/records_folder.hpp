// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "cli/world.hpp"
#include "diag/message.hpp"

namespace help {

/// A records folder that was looked for.
struct FoundFolder {
  std::unique_ptr<Files> files;  ///< null: none
  std::string path;              ///< as named, or absolute
  Message why_not = {};          ///< if there is none
};

/// The folder `named` (-C), else that of HELP_DIR, else the nearest one that holds a help.yaml, from the current folder upwards.
/// A folder that is named must hold a help.yaml itself: another school's, further up, is never taken instead.
[[nodiscard]] FoundFolder find_records_folder(const World& world, std::string_view named);

}  // namespace help
