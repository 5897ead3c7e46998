// SPDX-License-Identifier: MIT
#include "support/schema.hpp"

#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace help::test {

JsonSchema::JsonSchema(const std::string& text) : schema_(std::make_unique<valijson::Schema>()) {
  const auto json = nlohmann::json::parse(text);
  valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(valijson::adapters::NlohmannJsonAdapter(json), *schema_);
}

JsonSchema::~JsonSchema() = default;

std::string JsonSchema::complaint(const nlohmann::json& json) const {
  valijson::Validator validator;
  valijson::ValidationResults results;
  const valijson::adapters::NlohmannJsonAdapter adapter(json);
  if (validator.validate(*schema_, adapter, &results)) return {};
  std::string text = "refused:";
  for (const auto& error : results) {
    text += "\n  ";
    for (const auto& step : error.context) text += step;
    text += " " + error.description;
  }
  return text;
}

}  // namespace help::test
