// SPDX-License-Identifier: MIT
#include "model/mark.hpp"
#include "render/escape.hpp"
#include "render/render.hpp"

namespace help {
namespace {

std::string as_one_text(const Cell::List& list, const Catalogue& catalogue) {
  std::string text;
  for (const Cell& item : list) {
    if (!text.empty()) text += catalogue.translate(later(", "));
    text += cell_as_text(item, catalogue);
  }
  return text;
}

std::string as_one_text(const Record& record, const Catalogue& catalogue) {
  std::string text;
  for (const auto& [name, cell] : record.fields) {
    if (!text.empty()) text += catalogue.translate(later(", "));
    text += std::string(name) + "=" + cell_as_text(cell, catalogue);
  }
  return text;
}

}  // namespace

std::string cell_as_text(const Cell& cell, const Catalogue& catalogue) {
  struct {
    const Catalogue& words;
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(const std::string& text) const { return shown(text); }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(bool yes) const { return std::string(words.translate(yes ? later("yes") : later("no"))); }
    std::string operator()(Decimal decimal) const { return hundredths_to_string(decimal.hundredths); }
    std::string operator()(Date day) const { return to_string(day); }
    std::string operator()(const Message& message) const { return words.shown_text(message); }
    std::string operator()(const Cell::List& list) const { return as_one_text(list, words); }
    std::string operator()(const Record& record) const { return as_one_text(record, words); }
  } const as_text{catalogue};
  return std::visit(as_text, cell.value);
}

}  // namespace help
