// SPDX-License-Identifier: MIT
#include "store/number_format.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <utility>

#include "diag/characters.hpp"

namespace help {
namespace {

constexpr std::size_t digits_kept = 15;

char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter; }

void trim_zeros(SheetNumber& number) {
  const std::size_t first = std::min(number.digits.find_first_not_of('0'), number.digits.size());
  number.digits.erase(0, first);
  number.exponent -= static_cast<int>(first);
  number.digits.erase(number.digits.find_last_not_of('0') + 1);
  if (number.digits.empty()) {
    number = {};
  }
}

void round(SheetNumber& number) {
  if (number.digits.size() <= digits_kept) {
    return;
  }
  const bool up = number.digits[digits_kept] >= '5';
  number.digits.resize(digits_kept);
  std::size_t at = digits_kept;
  while (up && at > 0 && number.digits[at - 1] == '9') {
    number.digits[--at] = '0';
  }
  if (up && at > 0) {
    ++number.digits[at - 1];
  } else if (up) {
    number.digits.insert(0, 1, '1');
    ++number.exponent;
  }
}

/// Less than, equal to, greater than 0 as a is to b.
int compare(const SheetNumber& a, const SheetNumber& b) {
  const int sign_a = a.is_zero() ? 0 : a.negative ? -1 : 1;
  const int sign_b = b.is_zero() ? 0 : b.negative ? -1 : 1;
  if (sign_a != sign_b || sign_a == 0) {
    return sign_a - sign_b;
  }
  const int by_size = a.exponent != b.exponent ? (a.exponent < b.exponent ? -1 : 1) : a.digits.compare(b.digits);
  return by_size < 0 ? -sign_a : by_size > 0 ? sign_a : 0;
}

/// The whole part; nothing if it is negative or of more than `most` digits.
std::optional<std::int64_t> whole_part(const SheetNumber& number, int most) {
  if (number.negative || number.exponent > most) {
    return std::nullopt;
  }
  std::int64_t whole = 0;
  for (int at = 0; at < number.exponent; ++at) {
    whole = whole * 10 + (static_cast<std::size_t>(at) < number.digits.size() ? number.digits[static_cast<std::size_t>(at)] - '0' : 0);
  }
  return whole;
}

/// The seconds of the part of a day behind the point, rounded.
std::int64_t seconds_of_day(const SheetNumber& number) {
  constexpr int places = 9;
  constexpr std::int64_t scale = 1'000'000'000;
  std::int64_t part = 0;
  for (int at = 0; at < places; ++at) {
    const int digit = number.exponent + at;
    part =
        part * 10 +
        (digit >= 0 && static_cast<std::size_t>(digit) < number.digits.size() ? number.digits[static_cast<std::size_t>(digit)] - '0' : 0);
  }
  return (part * 86'400 + scale / 2) / scale;
}

std::string last_two_digits(std::int64_t number) {
  return {static_cast<char>('0' + number / 10 % 10), static_cast<char>('0' + number % 10)};
}

std::string day_of_serial(std::int64_t serial, bool from_1904) {
  using std::chrono::days;
  using std::chrono::year_month_day;
  const auto text = [](std::chrono::year year, std::chrono::month month, std::chrono::day day, std::int64_t after) {
    const year_month_day date(std::chrono::sys_days(year / month / day) + days(after));
    const auto number = static_cast<int>(date.year());
    return last_two_digits(number / 100) + last_two_digits(number) + "-" + last_two_digits(static_cast<unsigned>(date.month())) + "-" +
           last_two_digits(static_cast<unsigned>(date.day()));
  };
  if (from_1904) {
    return text(std::chrono::year(1904), std::chrono::January, std::chrono::day(1), serial);
  }
  // Spreadsheets count a 29 February 1900 that never was.
  return serial == 60 ? "1900-02-29"
                      : text(std::chrono::year(1899), std::chrono::December, std::chrono::day(serial < 60 ? 31 : 30), serial);
}

std::string date_text(const SheetNumber& number, bool from_1904) {
  constexpr std::int64_t last_day = 2'958'465;  // 9999-12-31
  auto day = whole_part(number, 7);
  std::int64_t seconds = day ? seconds_of_day(number) : 0;
  if (day && seconds == 86'400) {
    ++*day;
    seconds = 0;
  }
  if (!day || *day > last_day - (from_1904 ? 1462 : 0)) {
    return to_string(number) + " (?)";  // a spreadsheet shows ##### here
  }
  std::string time = last_two_digits(seconds / 3600) + ":" + last_two_digits(seconds / 60 % 60) + ":" + last_two_digits(seconds % 60);
  if (*day == 0) {
    return time;
  }
  return seconds == 0 ? day_of_serial(*day, from_1904) : day_of_serial(*day, from_1904) + " " + time;
}

/// The format codes of the sections.
std::vector<std::string_view> split_sections(std::string_view code) {
  std::vector<std::string_view> parts;
  std::size_t from = 0;
  for (std::size_t at = 0; at < code.size(); ++at) {
    if (code[at] == '"') {
      at = std::min(code.find('"', at + 1), code.size());
    } else if (code[at] == '\\' || code[at] == '_' || code[at] == '*') {
      ++at;
    } else if (code[at] == ';') {
      parts.push_back(code.substr(from, at - from));
      from = at + 1;
    }
  }
  parts.push_back(code.substr(std::min(from, code.size())));
  return parts;
}

bool is_general(std::string_view code) {
  std::string small(code);
  std::ranges::transform(small, small.begin(), lower);
  return small.empty() || small == "general" || small.starts_with("g/");
}

}  // namespace

std::optional<SheetNumber> parse_sheet_number(std::string_view text) {
  SheetNumber number;
  std::size_t at = 0;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) {
    number.negative = text[at++] == '-';
  }
  bool has_point = false;
  bool has_digit = false;
  for (; at < text.size() && (is_digit(text[at]) || (text[at] == '.' && !has_point)); ++at) {
    if (text[at] == '.') {
      has_point = true;
      continue;
    }
    has_digit = true;
    number.digits += text[at];
    number.exponent += has_point ? 0 : 1;
  }
  if (has_digit && at < text.size() && (text[at] == 'E' || text[at] == 'e')) {
    int power = 0;
    const std::size_t from = at + 1 + (at + 1 < text.size() && text[at + 1] == '+' ? 1U : 0U);
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + std::min(from, text.size()), end, power);
    if (error != std::errc{} || power > 400 || power < -400) {
      return std::nullopt;
    }
    number.exponent += power;
    at = static_cast<std::size_t>(stop - text.data());
  }
  if (!has_digit || at != text.size() || number.digits.size() > 400) {
    return std::nullopt;
  }
  trim_zeros(number);
  round(number);
  trim_zeros(number);
  return number;
}

std::string to_string(const SheetNumber& number) {
  if (number.is_zero()) {
    return "0";
  }
  std::string text = number.negative ? "-" : "";
  const auto size = static_cast<int>(number.digits.size());
  constexpr int longest_fraction = 20;
  if (number.exponent > static_cast<int>(digits_kept) || number.exponent < -longest_fraction) {
    text += number.digits.substr(0, 1);
    text += size > 1 ? "." + number.digits.substr(1) : "";
    text += number.exponent > 0 ? "E+" : "E-";
    return text + std::to_string(std::abs(number.exponent - 1));
  }
  if (number.exponent <= 0) {
    return text + "0." + std::string(static_cast<std::size_t>(-number.exponent), '0') + number.digits;
  }
  if (size <= number.exponent) {
    return text + number.digits + std::string(static_cast<std::size_t>(number.exponent - size), '0');
  }
  const auto point = static_cast<std::size_t>(number.exponent);
  return text + number.digits.substr(0, point) + "." + number.digits.substr(point);
}

NumberFormat::NumberFormat(std::string_view code) {
  const auto parts = split_sections(code);
  if (parts.size() == 1 && is_general(code)) {
    return;
  }
  constexpr std::size_t sections_of_numbers = 3;  // the fourth is for texts
  for (const std::string_view part : parts) {
    if (sections_.size() < sections_of_numbers) {
      sections_.push_back(section_of(part));
    }
  }
}

NumberFormat::Section NumberFormat::section_of(std::string_view code) {
  Section section;
  bool only_zeros = !code.empty();
  bool has_letters = false;
  if (!code.empty() && is_general(code)) {
    section.digits = true;
    return section;
  }
  for (std::size_t at = 0; at < code.size(); ++at) {
    const char sign = lower(code[at]);
    only_zeros = only_zeros && sign == '0';
    if (sign == 'g' && is_general(code.substr(at, 7))) {
      section.digits = true;
      at += 6;
      continue;
    }
    if (sign == '"') {
      const std::size_t close = std::min(code.find('"', at + 1), code.size());
      section.words += code.substr(at + 1, close - at - 1);
      at = close;
    } else if (sign == '\\') {
      section.words += ++at < code.size() ? code.substr(at, 1) : std::string_view();
    } else if (sign == '_' || sign == '*') {
      ++at;
    } else if (sign == '[') {
      const std::size_t close = std::min(code.find(']', at), code.size());
      const std::string_view inside = code.substr(at + 1, close - at - 1);
      const bool is_elapsed = !inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos;
      section.time = section.time || is_elapsed;
      if (!inside.empty() && (inside[0] == '<' || inside[0] == '>' || inside[0] == '=')) {
        const std::size_t number = inside.find_first_not_of("<>=");
        const std::string_view signs = inside.substr(0, number);
        if (const auto bound = parse_sheet_number(inside.substr(std::min(number, inside.size())))) {
          section.bound = *bound;
          section.comparison = signs == "<=" ? 'l' : signs == ">=" ? 'g' : signs == "<>" ? 'n' : signs[0];
        }
      }
      at = close;
    } else if (sign == '0' || sign == '#' || sign == '?' || sign == '@') {
      section.digits = true;
    } else if (sign == '%') {
      section.percent = true;
    } else if (sign == 'y' || sign == 'd') {
      section.day = true;
    } else if (sign == 'h' || sign == 's') {
      section.time = true;
    } else if (sign == 'm') {
      has_letters = true;
    } else if (static_cast<unsigned char>(sign) >= 0x80) {
      section.words += code[at];
    }
  }
  // m is a month, or behind h a minute; in either case no number.
  section.day = section.day || (has_letters && !section.time);
  section.zeros = only_zeros && code.size() > 1 ? static_cast<int>(code.size()) : 0;
  return section;
}

const NumberFormat::Section* NumberFormat::section_for(const SheetNumber& number) const {
  for (std::size_t at = 0; at < sections_.size(); ++at) {
    const Section& section = sections_[at];
    if (section.comparison != '\0') {
      const int order = compare(number, section.bound);
      const bool holds = section.comparison == '<'   ? order < 0
                         : section.comparison == '>' ? order > 0
                         : section.comparison == '=' ? order == 0
                         : section.comparison == 'l' ? order <= 0
                         : section.comparison == 'g' ? order >= 0
                                                     : order != 0;
      if (holds) {
        return &section;
      }
      continue;
    }
    // Without conditions: positive; negative; zero. With two sections zero goes with the positive, with one all go there.
    const bool is_last = at + 1 == sections_.size();
    const bool is_negative = number.negative && !number.is_zero();
    const bool holds = is_last || (at == 0 ? !is_negative && (!number.is_zero() || sections_.size() == 2) : is_negative);
    if (holds) {
      return &section;
    }
  }
  return nullptr;
}

std::string NumberFormat::shown(const SheetNumber& number, bool from_1904, bool zeros_hidden) const {
  constexpr std::string_view not_shown = " (hidden 隐藏)";
  const Section* section = section_for(number);
  if (section != nullptr && (section->day || section->time)) {
    return date_text(number, from_1904);
  }
  if (section != nullptr && !section->digits) {
    // An empty section shows nothing, and so does one without words.
    return section->words.empty() ? to_string(number) + std::string(not_shown) : section->words;
  }
  if (number.is_zero() && zeros_hidden) {
    return "0" + std::string(not_shown);
  }
  if (section != nullptr && section->percent) {
    SheetNumber hundredfold = number;
    hundredfold.exponent += number.is_zero() ? 0 : 2;
    return to_string(hundredfold) + "%";
  }
  std::string text = to_string(number);
  const bool is_whole = !number.negative && text.find_first_not_of("0123456789") == std::string::npos;
  if (section != nullptr && is_whole && std::cmp_less(text.size(), section->zeros)) {
    text.insert(0, static_cast<std::size_t>(section->zeros) - text.size(), '0');
  }
  return text;
}

std::string_view built_in_format(std::uint32_t number) {
  if ((number >= 14 && number <= 17) || number == 22 || (number >= 27 && number <= 31) || number == 36 || (number >= 50 && number <= 54) ||
      number == 57 || number == 58) {
    return "yyyy-mm-dd";
  }
  if ((number >= 18 && number <= 21) || (number >= 32 && number <= 35) || (number >= 45 && number <= 47) || number == 55 || number == 56) {
    return "hh:mm:ss";
  }
  return number == 9 ? "0%" : number == 10 ? "0.00%" : "";
}

}  // namespace help
