// SPDX-License-Identifier: MIT
#include "store/json_schema.hpp"

#include <nlohmann/json.hpp>
#include <string>

namespace help {
namespace {

using Json = nlohmann::ordered_json;
using ShapeKind = Shape::Kind;

/// A number of hundredths as a JSON number: whole where it is whole.
Json number(std::int64_t hundredths) {
  return hundredths % 100 == 0 ? Json(hundredths / 100) : Json(static_cast<double>(hundredths) / 100.0);
}

class Writer {
 public:
  explicit Writer(const std::function<std::string(const char*)>& describe) : describe_(describe) {}

  Json shape(const Shape& shape) const {
    switch (shape.kind) {
      case ShapeKind::text:
      case ShapeKind::name:
        // Not empty means: at least one character that is no space.
        return shape.min > 0 ? Json{{"type", "string"}, {"pattern", "[^ \\t\\n]"}} : Json{{"type", "string"}};
      case ShapeKind::identifier:
        return pattern("^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$");
      case ShapeKind::code:
        return pattern("^[a-z0-9][a-z0-9-]{0,47}$");
      case ShapeKind::record_id:
        return pattern("^[0-9abcdefghjkmnpqrstvwxyz]{10}$");
      case ShapeKind::date:
        return pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
      case ShapeKind::yearly_date:
        return pattern("^([0-9]{4}-)?[0-9]{2}-[0-9]{2}$");
      case ShapeKind::percent:
        return pattern("^(0|[1-9][0-9]*)(\\.[0-9]{1,2})?%$");
      case ShapeKind::days:
        return pattern("^[1-9][0-9]{0,3} days$");
      case ShapeKind::whole:
        return {{"type", "integer"}, {"minimum", shape.min}, {"maximum", shape.max}};
      case ShapeKind::decimal:
        return {{"type", "number"}, {"minimum", number(shape.min)}, {"maximum", number(shape.max)}};
      case ShapeKind::word:
        return {{"enum", shape.words}};
      case ShapeKind::yes_no:
        return {{"type", "boolean"}};
      case ShapeKind::cell:
        return {{"anyOf",
                 {{{"type", "number"}, {"minimum", number(shape.min)}, {"maximum", number(shape.max)}},
                  {{"enum", {"absent", "exempt", "deferred", "void"}}},
                  {{"type", "null"}}}}};
      case ShapeKind::count_cell:
        return {{"anyOf", {{{"type", "integer"}, {"minimum", shape.min}, {"maximum", shape.max}}, {{"type", "null"}}}}};
      case ShapeKind::list: {
        Json list{{"type", "array"}, {"items", this->shape(shape.items.front())}};
        if (shape.min > 0) {
          list["minItems"] = shape.min;
        }
        return list;
      }
      case ShapeKind::record:
        return record(shape);
      case ShapeKind::table: {
        Json table{
            {"type", "object"}, {"propertyNames", this->shape(shape.items[0])}, {"additionalProperties", this->shape(shape.items[1])}};
        if (shape.min > 0) {
          table["minProperties"] = shape.min;
        }
        return table;
      }
      case ShapeKind::either: {
        Json any = Json::array();
        for (const Shape& choice : shape.items) {
          any.push_back(this->shape(choice));
        }
        return {{"anyOf", std::move(any)}};
      }
      case ShapeKind::variants:
        return variants(shape, 0);
    }
    return {};
  }

 private:
  static Json pattern(const char* expression) { return {{"type", "string"}, {"pattern", expression}}; }

  Json record(const Shape& shape) const {
    Json properties = Json::object();
    Json required = Json::array();
    for (const Field& field : shape.fields) {
      Json property = this->shape(field.shape);
      property["description"] = describe_(field.meaning);
      if (field.sensitive) {
        property["x-sensitive"] = true;
      }
      properties[std::string(field.key)] = std::move(property);
      if (field.required) {
        required.push_back(field.key);
      }
    }
    Json record{{"type", "object"}, {"properties", std::move(properties)}};
    if (!shape.open) {
      record["additionalProperties"] = false;
    }
    if (!required.empty()) {
      record["required"] = std::move(required);
    }
    if (!shape.exactly_one.empty()) {
      record["oneOf"] = one_of_keys(shape.exactly_one);
    }
    if (!shape.at_least_one.empty()) {
      record["anyOf"] = one_of_keys(shape.at_least_one);
    }
    return record;
  }

  static Json one_of_keys(std::span<const std::string_view> keys) {
    Json choices = Json::array();
    for (const std::string_view key : keys) {
      choices.push_back({{"required", Json::array({key})}});
    }
    return choices;
  }

  /// if … then … else, in the order in which the reader tries the forms.
  Json variants(const Shape& shape, std::size_t from) const {
    const Variant& variant = shape.variants[from];
    if (variant.key.empty()) {
      return this->shape(variant.shape);
    }
    Json condition{{"type", "object"}, {"required", Json::array({variant.key})}};
    if (!variant.value.empty()) {
      condition["properties"][std::string(variant.key)]["const"] = variant.value;
    }
    return {{"if", std::move(condition)}, {"then", this->shape(variant.shape)}, {"else", variants(shape, from + 1)}};
  }

  const std::function<std::string(const char*)>& describe_;
};

}  // namespace

std::string json_schema(const FileFormat& format, std::span<const RuleShape> kinds,
                        const std::function<std::string(const char*)>& describe) {
  const std::string name(format.name);
  Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", name}, {"description", describe(format.meaning)}};
  const Shape shape = format.shape(kinds);
  Json body = Writer(describe).shape(shape);
  if (shape.kind == ShapeKind::list) {
    body["type"] = {"array", "null"};  // a file that holds only comments is an empty list
  }
  schema.update(body);
  return schema.dump(2) + "\n";
}

}  // namespace help
