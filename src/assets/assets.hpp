// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

namespace help {

/// A file that is part of the binary, so that a copied binary works alone.
struct Asset {
  std::string_view name;  ///< without folder and ending: "policy", "zh_CN"
  std::string_view bytes;
};

/// The JSON schemas of schemas/, by name.
[[nodiscard]] std::span<const Asset> schemas();

/// The message catalogues in gettext's binary form (.mo), made of src/messages/*.po.
[[nodiscard]] std::span<const Asset> catalogues();

/// The example policies of examples/policies/, by name.
[[nodiscard]] std::span<const Asset> policies();

/// The files of the invented example school, by path in its folder.
[[nodiscard]] std::span<const Asset> example_school();

}  // namespace help
