// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace help {

// The hidden sheets of a form: who writes them and who reads them must call them by the same names. Nobody fills them in.

inline constexpr std::string_view sheet_of_choices = "_choices";  ///< what the drop-downs offer
inline constexpr std::string_view sheet_of_stamps = "_rows";      ///< what the rows were: see `FormStamps`

[[nodiscard]] constexpr bool is_sheet_of_form(std::string_view name) { return name == sheet_of_choices || name == sheet_of_stamps; }

}  // namespace help
