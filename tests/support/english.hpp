// SPDX-License-Identifier: MIT
#pragma once

#include "render/catalogue.hpp"

namespace help {

/// The program's texts as they stand in its source.
inline const Catalogue english{"en"};

}  // namespace help
