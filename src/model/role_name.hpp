// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "diag/message.hpp"

namespace help {

/// What people call a role, or a kind of body that has a duty: the usual ones in the reader's language, any other as it is written.
[[nodiscard]] Message name_of_role(std::string_view code);

/// Those of them that a member of staff may have in roster/staff.yaml.
[[nodiscard]] std::vector<std::string_view> usual_staff_roles();

/// The codes that have such a name.
[[nodiscard]] std::vector<std::string_view> usual_roles();

}  // namespace help
