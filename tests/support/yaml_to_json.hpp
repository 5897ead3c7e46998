// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace help::test {

/// What an editor hands to a JSON Schema: the YAML turned to JSON by the YAML 1.2 core schema, without any code of ours. Nothing where
/// yaml-cpp cannot read it as one document.
[[nodiscard]] std::optional<nlohmann::json> yaml_to_json(const std::string& yaml);

}  // namespace help::test
