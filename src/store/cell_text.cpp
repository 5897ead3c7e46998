// SPDX-License-Identifier: MIT
#include "store/cell_text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <vector>

#include "diag/characters.hpp"
#include "model/mark.hpp"

namespace help {
namespace {

bool is_digit_point(char32_t point) { return point >= U'0' && point <= U'9'; }

// utf8proc wants its own unsigned bytes; the values are the same.
const utf8proc_uint8_t* bytes_of(std::string_view text) { return reinterpret_cast<const utf8proc_uint8_t*>(text.data()); }

std::u32string points_of(std::string_view text) {
  std::u32string points;
  for (std::size_t at = 0; at < text.size();) {
    utf8proc_int32_t point = 0;
    const utf8proc_ssize_t length = utf8proc_iterate(bytes_of(text.substr(at)), static_cast<utf8proc_ssize_t>(text.size() - at), &point);
    if (length <= 0) {
      break;
    }
    points += static_cast<char32_t>(point);
    at += static_cast<std::size_t>(length);
  }
  return points;
}

void append(std::string& text, char32_t point) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const utf8proc_ssize_t length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(point), bytes.data());
  for (utf8proc_ssize_t at = 0; at < length; ++at) {
    text += static_cast<char>(bytes[static_cast<std::size_t>(at)]);
  }
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char letter) { return static_cast<unsigned char>(letter) < 0x80U; });
}

std::string_view without_spaces_around(std::string_view text) {
  constexpr std::array<std::string_view, 8> spaces{" ", "\t", "\r", "\n", "\xC2\xA0", "\xE3\x80\x80", "\xEF\xBB\xBF", "\xE2\x80\x8B"};
  // Most cells begin and end with something else: tables are long.
  const auto may_be_space = [&](char byte, bool at_end) {
    return std::ranges::any_of(spaces, [&](std::string_view space) { return (at_end ? space.back() : space.front()) == byte; });
  };
  for (bool again = !text.empty() && (may_be_space(text.front(), false) || may_be_space(text.back(), true)); again;) {
    again = false;
    for (const std::string_view space : spaces) {
      if (text.starts_with(space)) {
        text.remove_prefix(space.size());
        again = true;
      }
      if (text.ends_with(space)) {
        text.remove_suffix(space.size());
        again = true;
      }
    }
  }
  return text;
}

std::string composed(std::string_view text) {
  if (is_ascii(text)) {
    return std::string(text);
  }
  utf8proc_uint8_t* made = nullptr;
  const utf8proc_ssize_t length = utf8proc_map(bytes_of(text), static_cast<utf8proc_ssize_t>(text.size()), &made,
                                               static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(made, &std::free);
  return length < 0 ? std::string(text) : std::string(reinterpret_cast<const char*>(made), static_cast<std::size_t>(length));
}

/// A day as questionnaires and cells with a time have it (2026/2/27 14:30:25), without the time.
std::string_view without_time(std::string_view text) {
  const std::size_t space = text.find_last_of(" T");
  if (space == std::string_view::npos) return text;
  const std::string_view time = text.substr(space + 1);
  const auto is_time_letter = [](char letter) { return is_digit(letter) || letter == ':'; };
  const auto colons = std::ranges::count(time, ':');
  const bool is_time =
      (colons == 1 || colons == 2) && time.size() <= 8 && is_digit(time.front()) && std::ranges::all_of(time, is_time_letter);
  return is_time ? text.substr(0, text.find_last_not_of(' ', space == 0 ? 0 : space - 1) + 1) : text;
}

}  // namespace

std::string cell_text(std::string_view cell) {
  if (cell.starts_with('\'') && is_formula_text(cell)) {
    cell.remove_prefix(1);
  }
  return composed(without_spaces_around(cell));
}

std::string text_for_file(std::string_view text) {
  std::string made = composed(without_spaces_around(text));
  for (std::size_t at = made.find("\r\n"); at != std::string::npos; at = made.find("\r\n", at)) made.erase(at, 1);
  return made;
}

std::string narrow(std::string_view text) {
  if (is_ascii(text)) {
    return std::string(text);
  }
  std::string made;
  for (const char32_t point : points_of(text)) {
    append(made, point >= 0xFF01 && point <= 0xFF5E ? point - 0xFF01 + U'!' : point);
  }
  return made;
}

std::string title_key(std::string_view cell) {
  std::string key;
  for (const char32_t point : points_of(narrow(cell_text(cell)))) {
    if (point != U' ' && point != U'\t' && point != U'\r' && point != U'\n' && point != 0x3000 && point != 0xA0) {
      append(key, point >= U'A' && point <= U'Z' ? point + (U'a' - U'A') : point);
    }
  }
  return key;
}

std::optional<std::int32_t> mark_of_text(std::string_view text) {
  std::string number = narrow(text);
  if (const std::size_t point = number.find('.'); point != std::string::npos && point > 0) {
    while (number.size() > point + 2 && number.back() == '0') {
      number.pop_back();
    }
  }
  std::size_t zeros = 0;
  while (zeros + 1 < number.size() && number[zeros] == '0' && is_digit(number[zeros + 1])) {
    ++zeros;
  }
  return parse_hundredths(std::string_view(number).substr(zeros));
}

std::optional<Date> date_of_text(std::string_view text) {
  std::vector<std::string> numbers(1);
  std::u32string signs;
  const std::string written = narrow(text);
  for (const char32_t point : points_of(without_time(written))) {
    if (is_digit_point(point)) {
      numbers.back() += static_cast<char>(point);
    } else {
      signs += point;
      numbers.emplace_back();
    }
  }
  const bool written_out = signs == U"年月日" && numbers.size() == 4 && numbers.back().empty();
  if (written_out) {
    numbers.pop_back();
  }
  const bool with_signs = signs == U"--" || signs == U"//" || signs == U"..";
  if (!(written_out || with_signs) || numbers.size() != 3 || numbers[0].size() != 4) {
    return std::nullopt;
  }
  for (std::string* part : {&numbers[1], &numbers[2]}) {
    if (part->size() == 1) {
      part->insert(0, 1, '0');
    }
  }
  return parse_date(numbers[0] + "-" + numbers[1] + "-" + numbers[2]);
}

bool is_shortened_number(std::string_view text) {
  const std::size_t exponent = text.find_first_of("eE");
  if (exponent == std::string_view::npos || exponent == 0 || exponent + 2 >= text.size() || text[exponent + 1] != '+') {
    return false;
  }
  const auto is_part = [](char letter) { return (letter >= '0' && letter <= '9') || letter == '.' || letter == ','; };
  return std::ranges::all_of(text.substr(0, exponent), is_part) && std::ranges::all_of(text.substr(exponent + 2), is_part);
}

bool is_code_text(std::string_view text) {
  const auto fits = [](char one) { return (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9'); };
  return !text.empty() && text.size() <= 48 && fits(text.front()) &&
         std::ranges::all_of(text, [&](char one) { return fits(one) || one == '-'; });
}

bool is_id_made_a_date(std::string_view text) {
  if (date_of_text(text)) return true;
  constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
  const auto is_number = [](std::string_view part) { return !part.empty() && part.size() <= 4 && std::ranges::all_of(part, is_digit); };
  const std::string plain = small_letters(narrow(text));
  if (const std::size_t dash = plain.find('-'); dash != std::string::npos) {
    const std::string_view before = std::string_view(plain).substr(0, dash);
    const std::string_view after = std::string_view(plain).substr(dash + 1);
    const auto is_month = [&](std::string_view part) { return std::ranges::find(months, part) != months.end(); };
    return (is_month(before) && is_number(after)) || (is_number(before) && is_month(after));
  }
  constexpr std::string_view year = "年";
  constexpr std::string_view month = "月";
  constexpr std::string_view day = "日";
  std::string_view rest = plain;
  if (const std::size_t at = rest.find(year); at != std::string_view::npos) {
    if (!is_number(rest.substr(0, at))) return false;
    rest.remove_prefix(at + year.size());
  }
  const std::size_t at = rest.find(month);
  if (at == std::string_view::npos || !is_number(rest.substr(0, at))) return false;
  rest.remove_prefix(at + month.size());
  return rest.empty() || (rest.ends_with(day) && is_number(rest.substr(0, rest.size() - day.size())));
}

bool is_id_text(std::string_view text) {
  const auto is_inner = [](char letter) {
    return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '-' ||
           letter == '_';
  };
  if (text.empty() || text.size() > 32 || !std::ranges::all_of(text, is_inner) || text.front() == '-' || text.front() == '_') {
    return false;
  }
  const std::string lower = small_letters(text);
  constexpr std::array<std::string_view, 4> devices{"aux", "con", "nul", "prn"};
  const bool numbered = lower.size() == 4 && (lower.starts_with("com") || lower.starts_with("lpt")) && lower[3] >= '1' && lower[3] <= '9';
  return !numbered && !std::ranges::binary_search(devices, std::string_view(lower));
}

std::string name_key(std::string_view name) {
  std::string key;
  for (const char32_t point : points_of(name)) {
    if (point == U' ' || point == 0x3000 || point == 0xA0) {
      continue;
    }
    append(key, point == U'•' || point == U'．' || point == U'・' ? U'·' : point);
  }
  return key;
}

}  // namespace help
