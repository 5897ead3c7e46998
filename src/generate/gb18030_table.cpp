// SPDX-License-Identifier: MIT
// Run by the build: asks the C library what every code of GB18030 means and prints store/gb18030_table.hpp.
#include <iconv.h>

#include <array>
#include <cstdint>
#include <iostream>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace {

/// The code point of one character in GB18030; nothing if the bytes are none, or several.
std::optional<std::uint32_t> decode(iconv_t converter, std::span<char> bytes) {
  iconv(converter, nullptr, nullptr, nullptr, nullptr);
  char* in = bytes.data();
  std::size_t left = bytes.size();
  std::array<unsigned char, 8> made{};
  char* out = reinterpret_cast<char*>(made.data());
  std::size_t room = made.size();
  if (iconv(converter, &in, &left, &out, &room) != 0 || left != 0 || room != made.size() - 4) return std::nullopt;
  return made[0] | std::uint32_t{made[1]} << 8U | std::uint32_t{made[2]} << 16U | std::uint32_t{made[3]} << 24U;
}

/// Codes of four bytes that follow each other and mean characters that follow each other.
struct Run {
  std::uint32_t first;  ///< number of the code, from 0 for 81 30 81 30
  std::uint32_t point;
  std::uint32_t count;
};

constexpr std::uint32_t codes_of_basic_plane = 39'420;  // 81 30 81 30 to 84 31 A4 39

struct Table {
  std::vector<std::uint32_t> pairs;   ///< 126 leads, 190 trails each; a number from D800 is a place in `beyond`; 0: no character
  std::vector<std::uint32_t> beyond;  ///< characters above U+FFFF
  std::vector<Run> runs;
};

Table read(iconv_t converter) {
  Table table;
  for (unsigned lead = 0x81; lead <= 0xFE; ++lead) {
    for (unsigned trail = 0x40; trail <= 0xFE; ++trail) {
      if (trail == 0x7F) continue;
      std::array<char, 2> bytes{static_cast<char>(lead), static_cast<char>(trail)};
      const std::uint32_t point = decode(converter, bytes).value_or(0);
      table.pairs.push_back(point > 0xFFFF ? 0xD800 + static_cast<std::uint32_t>(table.beyond.size()) : point);
      if (point > 0xFFFF) table.beyond.push_back(point);
    }
  }
  for (std::uint32_t number = 0; number < codes_of_basic_plane; ++number) {
    std::array<char, 4> bytes{static_cast<char>(0x81 + number / 12600), static_cast<char>('0' + number / 1260 % 10),
                              static_cast<char>(0x81 + number / 10 % 126), static_cast<char>('0' + number % 10)};
    const auto point = decode(converter, bytes);
    if (!point) continue;
    const bool goes_on = !table.runs.empty() && table.runs.back().first + table.runs.back().count == number &&
                         table.runs.back().point + table.runs.back().count == *point;
    if (goes_on) {
      ++table.runs.back().count;
    } else {
      table.runs.push_back({number, *point, 1});
    }
  }
  return table;
}

void print_numbers(std::string_view declaration, const std::vector<std::uint32_t>& numbers) {
  std::cout << "inline constexpr " << declaration << "[] = {";
  for (std::size_t at = 0; at < numbers.size(); ++at) std::cout << (at % 16 == 0 ? "\n  " : "") << numbers[at] << ',';
  std::cout << "\n};\n";
}

void print(const Table& table) {
  std::cout << "// SPDX-License-Identifier: MIT\n// Made by gb18030_table.cpp.\n#pragma once\n\n#include <cstdint>\n\n"
               "namespace help::gb18030_table {\n\n";
  print_numbers("std::uint16_t pairs", table.pairs);
  print_numbers("std::uint32_t beyond", table.beyond);
  std::cout
      << "struct Run {\n  std::uint32_t first;\n  std::uint32_t point;\n  std::uint32_t count;\n};\ninline constexpr Run runs[] = {\n";
  for (const Run& run : table.runs) std::cout << "  {" << run.first << ',' << run.point << ',' << run.count << "},\n";
  std::cout << "};\n\n}  // namespace help::gb18030_table\n";
}

}  // namespace

int main() {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the value by which iconv_open says no.
  const auto none = reinterpret_cast<iconv_t>(-1);
  void* const converter = iconv_open("UCS-4LE", "GB18030");
  if (converter == none) {
    std::cerr << "the C library here cannot convert GB18030\n";
    return 1;
  }
  const Table table = read(converter);
  iconv_close(converter);
  std::uint32_t characters = 0;
  for (const Run& run : table.runs) characters += run.count;
  if (table.pairs[0] != 0x4E02 || table.beyond.size() > 0x7FF || characters < 39'000 || table.runs.size() > 1000) {
    std::cerr << "the C library's GB18030 is not what this program knows how to pack\n";
    return 1;
  }
  print(table);
  return std::cout.flush() ? 0 : 1;
}
