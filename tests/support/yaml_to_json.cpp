// SPDX-License-Identifier: MIT
#include "support/yaml_to_json.hpp"

#include <yaml-cpp/yaml.h>

#include <cmath>
#include <regex>

namespace help::test {
namespace {

using Json = nlohmann::json;

/// JSON Schema knows no difference between 1 and 1.0.
Json number(const std::string& text) {
  const double value = std::stod(text);
  if (std::isfinite(value) && value == std::floor(value) && std::abs(value) < 1e15) return static_cast<std::int64_t>(value);
  return value;
}

Json plain_scalar(const std::string& text) {
  static const std::regex null_form("|~|null|Null|NULL");
  static const std::regex true_form("true|True|TRUE");
  static const std::regex false_form("false|False|FALSE");
  static const std::regex octal("0o[0-7]+");
  static const std::regex hexadecimal("0x[0-9a-fA-F]+");
  static const std::regex decimal("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  if (std::regex_match(text, null_form)) return nullptr;
  if (std::regex_match(text, true_form)) return true;
  if (std::regex_match(text, false_form)) return false;
  if (std::regex_match(text, octal)) return std::stoll(text.substr(2), nullptr, 8);
  if (std::regex_match(text, hexadecimal)) return std::stoll(text, nullptr, 16);
  if (std::regex_match(text, decimal)) return number(text);
  return text;
}

Json to_json(const YAML::Node& node) {
  switch (node.Type()) {
    case YAML::NodeType::Sequence: {
      Json list = Json::array();
      for (const auto& item : node) list.push_back(to_json(item));
      return list;
    }
    case YAML::NodeType::Map: {
      Json mapping = Json::object();
      for (const auto& entry : node) mapping[entry.first.IsScalar() ? entry.first.Scalar() : "?"] = to_json(entry.second);
      return mapping;
    }
    case YAML::NodeType::Scalar:
      return node.Tag() == "?" || node.Tag().empty() ? plain_scalar(node.Scalar()) : Json(node.Scalar());
    default:
      return nullptr;
  }
}

}  // namespace

std::optional<Json> yaml_to_json(const std::string& yaml) {
  try {
    const auto documents = YAML::LoadAll(yaml);
    if (documents.empty()) return Json(nullptr);
    if (documents.size() > 1) return std::nullopt;
    return to_json(documents.front());
  } catch (const YAML::Exception&) {
    return std::nullopt;
  }
}

}  // namespace help::test
