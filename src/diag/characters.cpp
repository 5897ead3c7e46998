// SPDX-License-Identifier: MIT
#include "diag/characters.hpp"

#include <algorithm>
#include <array>

namespace help {
namespace {

constexpr char32_t outside_of_unicode = 0x110000;

std::uint8_t byte_at(std::string_view text, std::size_t at) { return static_cast<std::uint8_t>(text[at]); }

std::size_t length_by_lead(std::uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return 2;
  if (lead < 0xF0) return 3;
  return lead < 0xF5 ? 4 : 0;
}

}  // namespace

Character character_at(std::string_view text, std::size_t at) {
  const std::uint8_t lead = byte_at(text, at);
  if (lead < 0x80) return {.code = lead};
  const Character broken{.code = outside_of_unicode + lead, .bytes = 1, .valid = false};
  const std::size_t length = length_by_lead(lead);
  if (length == 0 || length > text.size() - at) return broken;
  char32_t code = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    const std::uint8_t next = byte_at(text, at + i);
    if ((next & 0xC0U) != 0x80U) return broken;
    code = (code << 6U) | (next & 0x3FU);
  }
  const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (overlong || surrogate || code >= outside_of_unicode) return broken;
  return {.code = code, .bytes = static_cast<std::uint8_t>(length)};
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += character_at(text, at).bytes) ++count;
  return count;
}

std::string small_letters(std::string_view text) {
  std::string small(text);
  for (char& letter : small) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return small;
}

bool is_error_value(std::string_view text) {
  constexpr std::array<std::string_view, 9> errors{"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"};
  return std::ranges::find(errors, text) != errors.end();
}

bool is_formula_text(std::string_view text) {
  static constexpr std::array<std::string_view, 13> leads{"=",  "+",  "-",  "@",  "\t", "\r", "\n", std::string_view("\0", 1),
                                                          "＝", "＋", "－", "＠", "﹣"};
  const std::size_t first = text.find_first_not_of('\'');
  if (first == std::string_view::npos) return false;
  text.remove_prefix(first);
  return is_error_value(text) || std::ranges::any_of(leads, [&](std::string_view lead) { return text.starts_with(lead); });
}

bool is_printable_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char letter) { return letter >= 0x20 && letter < 0x7f; });
}

std::string_view trimmed(std::string_view text, std::string_view blanks) {
  const std::size_t from = text.find_first_not_of(blanks);
  return from == std::string_view::npos ? std::string_view{} : text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

std::string joined_text(std::span<const std::string> texts, std::string_view between) {
  std::string whole;
  for (const std::string& text : texts) {
    if (&text != texts.data()) whole += between;
    whole += text;
  }
  return whole;
}

}  // namespace help
