// SPDX-License-Identifier: MIT
#include "render/catalogue.hpp"

#include <cstdint>
#include <optional>

#include "assets/assets.hpp"
#include "render/escape.hpp"

// A look-up in the .mo form of our own rather than a library's: Boost.Locale, linked statically, brings ICU's data (33 MB) and 1.1 ms at
// every start. The form is a sorted table of strings (GNU gettext manual, "The Format of GNU MO Files").

namespace help {
namespace {

constexpr std::uint32_t mo_magic = 0x950412de;  // little-endian, as msgfmt --endianness=little writes it

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  if (bytes.size() < 4 || at > bytes.size() - 4) return 0;
  std::uint32_t number = 0;
  for (std::size_t i = 4; i-- > 0;) number = number << 8U | static_cast<unsigned char>(bytes[at + i]);
  return number;
}

/// The string that the table at `table` has in row `row`; empty where the file says nonsense.
std::string_view string_at(std::string_view bytes, std::uint32_t table, std::uint32_t row) {
  const std::size_t at = table + std::size_t{row} * 8;
  const std::size_t length = number_at(bytes, at);
  const std::size_t offset = number_at(bytes, at + 4);
  if (offset > bytes.size() || length > bytes.size() - offset) return {};
  return bytes.substr(offset, length);
}

/// The number between braces that begins at `at`, e.g. "{12}"; moves `at` behind it.
std::optional<std::size_t> placeholder(std::string_view pattern, std::size_t& at) {
  std::size_t end = at + 1;
  std::size_t number = 0;
  while (end < pattern.size() && end < at + 4 && pattern[end] >= '0' && pattern[end] <= '9') {
    number = number * 10 + static_cast<std::size_t>(pattern[end] - '0');
    ++end;
  }
  if (end == at + 1 || end >= pattern.size() || pattern[end] != '}') return std::nullopt;
  at = end + 1;
  return number;
}

}  // namespace

Catalogue::Catalogue(std::string_view language) : language_(language == "zh" ? "zh" : "en") {
  if (language_ != "zh") return;
  for (const Asset& asset : catalogues()) {
    if (asset.name == "zh_CN" && number_at(asset.bytes, 0) == mo_magic) bytes_ = asset.bytes;
  }
}

std::string_view Catalogue::find(std::string_view key) const {
  const std::uint32_t originals = number_at(bytes_, 12);
  const std::uint32_t translations = number_at(bytes_, 16);
  std::uint32_t low = 0;
  std::uint32_t high = number_at(bytes_, 8);
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    std::string_view original = string_at(bytes_, originals, middle);
    original = original.substr(0, original.find('\0'));  // a plural's entry is "one\0many"; gettext looks up the first
    if (original == key) {
      const std::string_view translation = string_at(bytes_, translations, middle);
      return translation.substr(0, translation.find('\0'));  // Chinese has one form
    }
    if (original < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return {};
}

std::string_view Catalogue::translate(std::string_view id) const {
  if (bytes_.empty() || id.empty()) return id;  // the empty entry is the catalogue's own header
  const std::string_view found = find(id);
  return found.empty() ? id : found;
}

std::string Catalogue::make(const Message& message, bool for_people) const {
  if (message.id.empty()) return for_people ? shown(message.data) : message.data;
  std::string_view pattern = translate(message.id);
  if (pattern == message.id && !message.plural.empty() && message.count != 1) pattern = message.plural;
  std::string text;
  for (std::size_t at = 0; at < pattern.size();) {
    const char letter = pattern[at];
    if (letter == '{') {
      if (const auto number = placeholder(pattern, at)) {
        if (*number < message.arguments.size()) text += make(message.arguments[*number], for_people);
        continue;
      }
    }
    const bool doubled = (letter == '{' || letter == '}') && at + 1 < pattern.size() && pattern[at + 1] == letter;
    text += letter;
    at += doubled ? 2 : 1;
  }
  return text;
}

std::string Catalogue::text(const Message& message) const { return make(message, false); }

std::string Catalogue::shown_text(const Message& message) const { return make(message, true); }

}  // namespace help
