// SPDX-License-Identifier: MIT
#include <algorithm>

#include "render/escape.hpp"
#include "render/render.hpp"
#include "render/table.hpp"
#include "render/width.hpp"

namespace help {
namespace {

/// Lines of prose are broken at the width; a line that begins with two spaces (a command to paste) never is, nor are those of a message.
void append_prose(std::string& out, const std::vector<Message>& lines, const Look& look, bool is_message = false) {
  for (const Message& message : lines) {
    const std::string text = look.catalogue.shown_text(message);
    std::size_t begin = 0;
    while (begin <= text.size()) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      const std::string line = text.substr(begin, end - begin);
      if (is_message || line.starts_with("  ")) {
        out += line + '\n';
      } else {
        for (const std::string& piece : wrap(line, std::max<std::size_t>(look.width, 40))) out += piece + '\n';
      }
      begin = end + 1;
    }
  }
}

void append_table(std::string& out, const Table& table, const Look& look) {
  const bool is_empty = table.rows.empty();
  if (is_empty && table.when_empty.empty()) return;
  if (!out.empty()) out += '\n';
  if (!table.title.empty()) {
    const std::string title = look.catalogue.shown_text(table.title);
    out += look.colour ? "\x1b[1m" + title + "\x1b[0m\n" : title + "\n";
  }
  if (is_empty) {
    append_prose(out, {table.when_empty}, look);
  } else {
    out += table_as_text(table, look);
  }
}

}  // namespace

std::string document_as_text(const Document& document, const Look& look) {
  std::string out;
  append_prose(out, document.head, look, document.is_message);
  for (const Table& table : document.tables) append_table(out, table, look);
  if (!document.foot.empty() && !out.empty()) out += '\n';
  append_prose(out, document.foot, look, document.is_message);
  for (const Document& part : document.parts) out += (out.empty() ? "" : "\n\n") + document_as_text(part, look);
  return out;
}

}  // namespace help
