// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace help {

/// Whether a git config says, by `core.sharedRepository`, that the members of a group write into the repository. Files that it includes
/// are not looked at, and what is none of git's words is no.
[[nodiscard]] bool shares_repository(std::string_view git_config);

}  // namespace help
