// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <span>
#include <string>

#include "model/policy_shape.hpp"
#include "store/formats.hpp"

namespace help {

/// The JSON Schema (draft-07) of a kind of file, as text. It is made of the shape that the reader checks by.
/// `describe` gives the description of a key, in both languages.
[[nodiscard]] std::string json_schema(const FileFormat& format, std::span<const RuleShape> kinds,
                                      const std::function<std::string(const char*)>& describe);

}  // namespace help
