// SPDX-License-Identifier: MIT
#include "diag/codes.hpp"

#include <algorithm>
#include <array>

#include "diag/message.hpp"

namespace help {
namespace {

// One row a code, sorted by code. A contract test finds each of them in a golden file.
constexpr std::array<CodeInfo, 1> codes{{
    {"bytes/not-utf8", later("The file is not UTF-8. Spreadsheets often save text as GBK; save it as UTF-8 (in WPS and Excel: CSV UTF-8)."), "", ""},
}};

}  // namespace

std::span<const CodeInfo> all_codes() { return codes; }

const CodeInfo* find_code(std::string_view code) {
  const auto* found = std::ranges::lower_bound(codes, code, {}, &CodeInfo::code);
  return found != codes.end() && found->code == code ? found : nullptr;
}

}  // namespace help
