// SPDX-License-Identifier: MIT
#include "render/escape.hpp"
#include "render/render.hpp"

namespace help {
namespace {

/// A paragraph. What would make it a list, a heading or a rule at its start loses its meaning.
std::string paragraph(const Message& message, const Catalogue& catalogue) {
  std::string text = markdown_text(catalogue.shown_text(message));
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string::npos) return text;
  if (first >= 2) return "    " + catalogue.shown_text(message).substr(first) + "\n";  // a command to paste: a code block
  const std::size_t digits = text.find_first_not_of("0123456789", first);
  if (std::string_view("-+=").find(text[first]) != std::string_view::npos) {
    text.insert(first, "\\");
  } else if (digits != std::string::npos && digits > first && (text[digits] == '.' || text[digits] == ')')) {
    text.insert(digits, "\\");
  }
  return text + "\n";
}

void append_paragraphs(std::string& out, const std::vector<Message>& messages, const Catalogue& catalogue) {
  for (const Message& message : messages) {
    if (!out.empty()) out += '\n';
    out += paragraph(message, catalogue);
  }
}

void append_table(std::string& out, const Table& table, const Catalogue& catalogue) {
  if (table.rows.empty() && table.when_empty.empty()) return;
  if (!out.empty()) out += '\n';
  if (!table.title.empty()) out += "## " + markdown_text(catalogue.shown_text(table.title)) + "\n\n";
  if (table.rows.empty()) {
    out += paragraph(table.when_empty, catalogue);
    return;
  }
  std::string rule = "|";
  out += '|';
  for (const Column& column : table.columns) {
    if (!column.in_text) continue;
    out += " " + markdown_text(catalogue.shown_text(column.title)) + " |";
    rule += column.align == Align::right ? " ---: |" : " --- |";
  }
  out += "\n" + rule + "\n";
  for (const auto& row : table.rows) {
    out += '|';
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (!table.columns[i].in_text) continue;
      out += " " + (i < row.size() ? markdown_text(cell_as_text(row[i], catalogue)) : std::string()) + " |";
    }
    out += '\n';
  }
}

}  // namespace

std::string document_as_markdown(const Document& document, const Catalogue& catalogue) {
  std::string out;
  append_paragraphs(out, document.head, catalogue);
  for (const Table& table : document.tables) append_table(out, table, catalogue);
  append_paragraphs(out, document.foot, catalogue);
  for (const Document& part : document.parts) {
    // A rule parts the pages; what a part is about is its heading.
    out += out.empty() ? "" : "\n---\n\n";
    Document rest = part;
    if (!rest.head.empty()) {
      out += "# " + markdown_text(catalogue.shown_text(rest.head.front())) + "\n\n";
      rest.head.erase(rest.head.begin());
    }
    out += document_as_markdown(rest, catalogue);
  }
  return out;
}

}  // namespace help
