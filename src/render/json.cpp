// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>

#include "render/escape.hpp"
#include "render/render.hpp"

namespace help {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Cell& cell, const Catalogue& catalogue);

Json json_of(const Record& record, const Catalogue& catalogue) {
  Json object = Json::object();
  for (const auto& [name, cell] : record.fields) object[std::string(name)] = json_of(cell, catalogue);
  return object;
}

Json json_of(Decimal decimal) {
  if (decimal.hundredths % 100 == 0) return decimal.hundredths / 100;
  // The nearest double prints as the shortest decimal that gives it back, which is this one (a test looks at each of the marks there are).
  return static_cast<double>(decimal.hundredths) / 100.0;
}

Json json_of(const Cell& cell, const Catalogue& catalogue) {
  struct {
    const Catalogue& words;
    Json operator()(std::monostate) const { return nullptr; }
    Json operator()(const std::string& text) const { return valid_utf8(text); }
    Json operator()(std::int64_t number) const { return number; }
    Json operator()(bool yes) const { return yes; }
    Json operator()(Decimal decimal) const { return json_of(decimal); }
    Json operator()(Date day) const { return to_string(day); }
    Json operator()(const Message& message) const { return valid_utf8(words.text(message)); }
    Json operator()(const Cell::List& list) const {
      Json array = Json::array();
      for (const Cell& item : list) array.push_back(json_of(item, words));
      return array;
    }
    Json operator()(const Record& record) const { return json_of(record, words); }
  } const as_json{catalogue};
  return std::visit(as_json, cell.value);
}

Json begin(const Document& document, const Catalogue& catalogue) {
  Json object = Json::object();
  object["schema"] = std::string(document.schema);
  for (const auto& [name, cell] : document.facts.fields) object[std::string(name)] = json_of(cell, catalogue);
  return object;
}

void add_tables(Json& object, const Document& document, const Catalogue& catalogue) {
  for (const Table& table : document.tables) {
    Json items = Json::array();
    for (const auto& row : table.rows) {
      Json item = Json::object();
      for (std::size_t i = 0; i < table.columns.size() && i < row.size(); ++i) {
        item[std::string(table.columns[i].key)] = json_of(row[i], catalogue);
      }
      items.push_back(std::move(item));
    }
    object[std::string(table.key)] = std::move(items);
  }
}

Json json_of(const Place& place) {
  Json object = Json::object();
  object["path"] = valid_utf8(place.path);
  object["line"] = place.line == 0 ? Json(nullptr) : Json(place.line);
  object["column"] = place.column == 0 ? Json(nullptr) : Json(place.column);
  return object;
}

Json json_of(const Diagnostic& problem, const Catalogue& catalogue) {
  Json object = Json::object();
  object["severity"] = problem.severity == Severity::error ? "error" : "warning";
  object["code"] = std::string(problem.code);
  object.update(json_of(problem.where));
  object["message"] = valid_utf8(catalogue.text(problem.message));
  object["hint"] = problem.hint.empty() ? Json(nullptr) : Json(valid_utf8(catalogue.text(problem.hint)));
  if (!problem.related.path.empty()) {
    object["related"] = json_of(problem.related);
    object["related"]["note"] = valid_utf8(catalogue.text(problem.related_note));
  }
  return object;
}

std::string written(const Json& json) { return harmless_json(json.dump(2)) + "\n"; }

}  // namespace

std::string document_as_json(const Document& document, const Catalogue& catalogue) {
  Json object = begin(document, catalogue);
  add_tables(object, document, catalogue);
  return written(object);
}

std::string problems_as_json(const Diagnostics& problems, const Document& document, const Catalogue& catalogue) {
  Json object = begin(document, catalogue);
  Json items = Json::array();
  for (const Diagnostic& problem : problems) items.push_back(json_of(problem, catalogue));
  object["problems"] = std::move(items);
  add_tables(object, document, catalogue);
  return written(object);
}

}  // namespace help
