// SPDX-License-Identifier: MIT
#pragma once

#include "store/reading.hpp"

namespace help {

/// Checks the mappings and answers that imports keep in imports/. Nothing of them is data: an import reads them anew.
void read_imports(Reading& reading);

}  // namespace help
