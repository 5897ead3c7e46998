// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace help {

/// One file of an archive.
struct ZipPart {
  std::string_view name;  ///< path inside the archive, ASCII
  std::string bytes;      ///< below 4 GiB
};

/// A ZIP archive of the parts in their order, deflated. The same parts give the same bytes: every part has the day 1980-01-01.
[[nodiscard]] std::string zip_archive(std::span<const ZipPart> parts);

}  // namespace help
