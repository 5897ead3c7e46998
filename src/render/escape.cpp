// SPDX-License-Identifier: MIT
#include "render/escape.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>

#include "diag/characters.hpp"

namespace help {
namespace {

struct Decoded {
  utf8proc_int32_t code = -1;  // below 0: the byte begins no character
  std::size_t bytes = 1;
};

Decoded decode(std::string_view text, std::size_t at) {
  utf8proc_int32_t code = -1;
  const auto* begin = reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at;
  const auto length = utf8proc_iterate(begin, static_cast<utf8proc_ssize_t>(text.size() - at), &code);
  return length > 0 ? Decoded{code, static_cast<std::size_t>(length)} : Decoded{};
}

bool is_letter_or_emoji(utf8proc_int32_t code) {
  if (code < 0x80) return false;
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_SO:
    case UTF8PROC_CATEGORY_SK:
      return true;
    default:
      return false;
  }
}

bool is_hidden(utf8proc_int32_t code) {
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return true;
    default:
      return false;
  }
}

void append_visible(std::string& out, utf8proc_int32_t code) {
  if (code < 0x80) {
    fmt::format_to(std::back_inserter(out), "\\x{:02x}", code);
  } else if (code <= 0xffff) {
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", code);
  } else {
    fmt::format_to(std::back_inserter(out), "\\U{:08x}", code);
  }
}

std::string make_visible(std::string_view text, bool keep_lines) {
  if (is_printable_ascii(text)) return std::string(text);
  std::string out;
  out.reserve(text.size() + 8);
  bool after_letter = false;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded here = decode(text, at);
    const std::size_t next = at + here.bytes;
    if (here.code < 0) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(text[at]));
    } else if (here.code == '\n' && keep_lines) {
      out += '\n';
    } else if (here.code == '\n') {
      out += "\\n";
    } else if (here.code == '\t') {
      out += "\\t";
    } else if (!is_hidden(here.code)) {
      out += text.substr(at, here.bytes);
    } else {
      const bool joins = here.code == 0x200c || here.code == 0x200d;
      const bool between = after_letter && next < text.size() && is_letter_or_emoji(decode(text, next).code);
      if (joins && between) {
        out += text.substr(at, here.bytes);
      } else {
        append_visible(out, here.code);
      }
    }
    after_letter = here.code >= 0 && is_letter_or_emoji(here.code);
    at = next;
  }
  return out;
}

}  // namespace

std::string shown(std::string_view text) { return make_visible(text, false); }

std::string shown_lines(std::string_view text) { return make_visible(text, true); }

std::string valid_utf8(std::string_view text) {
  if (is_printable_ascii(text)) return std::string(text);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded here = decode(text, at);
    if (here.code < 0) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(text[at]));
    } else {
      out += text.substr(at, here.bytes);
    }
    at += here.bytes;
  }
  return out;
}

std::string harmless_json(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for (std::size_t at = 0; at < json.size();) {
    const char letter = json[at];
    if (letter == '\n' || (letter >= 0x20 && letter < 0x7f)) {
      out += letter;
      ++at;
      continue;
    }
    const Decoded here = decode(json, at);
    if (here.code < 0 || !is_hidden(here.code)) {
      out += json.substr(at, here.bytes);
    } else if (here.code <= 0xffff) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", here.code);
    } else {
      const auto rest = static_cast<unsigned>(here.code) - 0x10000U;
      fmt::format_to(std::back_inserter(out), "\\u{:04x}\\u{:04x}", 0xd800U + (rest >> 10U), 0xdc00U + (rest & 0x3ffU));
    }
    at += here.bytes;
  }
  return out;
}

std::string csv_text(std::string_view text) {
  const std::string visible = shown_lines(text);
  std::string field = is_formula_text(text) ? "'" : "";
  field += visible;
  if (field.find_first_of(",\"\n") == std::string::npos) return field;
  std::string quoted = "\"";
  for (const char letter : field) {
    if (letter == '"') quoted += '"';
    quoted += letter;
  }
  return quoted + '"';
}

std::string markdown_text(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    switch (letter) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '\\':
      case '`':
      case '*':
      case '_':
      case '{':
      case '}':
      case '[':
      case ']':
      case '#':
      case '|':
      case '~':
      case '$':
        out += '\\';
        [[fallthrough]];
      default:
        out += letter;
    }
  }
  return out;
}

std::string github_text(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    switch (letter) {
      case '%':
        out += "%25";
        break;
      case '\r':
        out += "%0D";
        break;
      case '\n':
        out += "%0A";
        break;
      default:
        out += letter;
    }
  }
  return out;
}

std::string github_property(std::string_view text) {
  std::string out;
  for (const char letter : github_text(text)) {
    switch (letter) {
      case ':':
        out += "%3A";
        break;
      case ',':
        out += "%2C";
        break;
      default:
        out += letter;
    }
  }
  return out;
}

}  // namespace help
