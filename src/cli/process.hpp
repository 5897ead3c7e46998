// SPDX-License-Identifier: MIT
#pragma once

#include "cli/world.hpp"

namespace help {

/// The world of this process: its arguments, streams, clock and disk. Makes the process private (no rights for others on new files, no
/// core dumps) and lets failed writes come back as results instead of signals.
[[nodiscard]] World real_world(int count, char** arguments);

}  // namespace help
