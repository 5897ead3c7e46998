// SPDX-License-Identifier: MIT
#include "model/mark.hpp"
#include "render/escape.hpp"
#include "render/render.hpp"

namespace help {
namespace {

std::string field_of(const Cell& cell, const Catalogue& catalogue);

/// The text of a cell for a program: lists are joined by "; ", yes and no are true and false.
std::string plain_text(const Cell& cell, const Catalogue& catalogue) {
  struct {
    const Catalogue& words;
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(bool yes) const { return yes ? "true" : "false"; }
    std::string operator()(Decimal decimal) const { return hundredths_to_string(decimal.hundredths); }
    std::string operator()(Date day) const { return to_string(day); }
    std::string operator()(const Message& message) const { return words.text(message); }
    std::string operator()(const Cell::List& list) const {
      std::string text;
      for (const Cell& item : list) {
        if (!text.empty()) text += "; ";
        text += plain_text(item, words);
      }
      return text;
    }
    std::string operator()(const Record& record) const {
      std::string text;
      for (const auto& [name, value] : record.fields) {
        if (!text.empty()) text += "; ";
        text += std::string(name) + "=" + plain_text(value, words);
      }
      return text;
    }
  } const as_text{catalogue};
  return std::visit(as_text, cell.value);
}

std::string field_of(const Cell& cell, const Catalogue& catalogue) {
  const bool is_number = std::holds_alternative<std::int64_t>(cell.value) || std::holds_alternative<Decimal>(cell.value);
  const std::string text = plain_text(cell, catalogue);
  return is_number ? text : csv_text(text);  // a negative number of ours is no formula
}

}  // namespace

std::string document_as_csv(const Document& document, const Look& look) {
  std::string out = look.to_file ? "\xef\xbb\xbf" : "";
  if (document.tables.empty()) return out;
  const Table& table = document.tables.front();
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (i > 0) out += ',';
    out += csv_text(table.is_form ? look.catalogue.text(table.columns[i].title) : table.columns[i].key);
  }
  out += "\r\n";
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (i > 0) out += ',';
      if (i < row.size()) out += field_of(row[i], look.catalogue);
    }
    out += "\r\n";
  }
  return out;
}

}  // namespace help
