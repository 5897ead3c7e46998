// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <string_view>

#include "render/escape.hpp"
#include "render/render.hpp"

namespace help {
namespace {

// RFC 5545 3.1: a line has at most 75 bytes; the next begins with a space. A character is never cut in two.
constexpr std::size_t longest_line = 75;

void append_folded(std::string& out, std::string_view line) {
  std::size_t room = longest_line;
  while (line.size() > room) {
    std::size_t end = room;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xc0U) == 0x80U) --end;
    out += line.substr(0, end);
    out += "\r\n ";
    line.remove_prefix(end);
    room = longest_line - 1;
  }
  out += line;
  out += "\r\n";
}

/// RFC 5545 3.3.11.
std::string text_value(std::string_view text) {
  std::string value;
  for (const char letter : valid_utf8(text)) {
    if (letter == '\n') {
      value += "\\n";
      continue;
    }
    if (letter == '\\' || letter == ';' || letter == ',') value += '\\';
    value += letter;
  }
  return value;
}

std::string date_value(Date day) {
  std::string value = to_string(day);
  std::erase(value, '-');
  return value;
}

Date today_of(const Document& document) {
  const auto found = std::ranges::find(document.facts.fields, std::string_view("today"), &std::pair<std::string_view, Cell>::first);
  return found == document.facts.fields.end() ? Date{} : std::get<Date>(found->second.value);
}

}  // namespace

std::string document_as_calendar(const Document& document, const Catalogue& catalogue) {
  std::string out;
  append_folded(out, "BEGIN:VCALENDAR");
  append_folded(out, "VERSION:2.0");
  append_folded(out, "PRODID:-//helpctl//" + std::string(document.schema) + "//EN");
  append_folded(out, "CALSCALE:GREGORIAN");
  append_folded(out, "METHOD:PUBLISH");
  const std::string stamp = date_value(today_of(document)) + "T000000Z";
  for (const CalendarDay& each : document.days) {
    append_folded(out, "BEGIN:VEVENT");
    append_folded(out, "UID:" + text_value(each.id) + "@helpctl");
    append_folded(out, "DTSTAMP:" + stamp);
    append_folded(out, "DTSTART;VALUE=DATE:" + date_value(each.day));
    append_folded(out, "DTEND;VALUE=DATE:" + date_value(each.day + Days{1}));
    append_folded(out, "SUMMARY:" + text_value(catalogue.shown_text(each.title)));
    if (!each.text.empty()) append_folded(out, "DESCRIPTION:" + text_value(catalogue.shown_text(each.text)));
    append_folded(out, "TRANSP:TRANSPARENT");
    append_folded(out, "END:VEVENT");
  }
  append_folded(out, "END:VCALENDAR");
  return out;
}

}  // namespace help
