// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

namespace valijson {
class Schema;
}

namespace help::test {

/// A JSON Schema (draft-07), ready to judge.
class JsonSchema {
 public:
  explicit JsonSchema(const std::string& text);
  ~JsonSchema();
  JsonSchema(const JsonSchema&) = delete;
  JsonSchema& operator=(const JsonSchema&) = delete;

  /// What is wrong with `json`, for the message of a test; empty: nothing.
  [[nodiscard]] std::string complaint(const nlohmann::json& json) const;
  [[nodiscard]] bool accepts(const nlohmann::json& json) const { return complaint(json).empty(); }

 private:
  std::unique_ptr<valijson::Schema> schema_;
};

}  // namespace help::test
