// SPDX-License-Identifier: MIT
// Run by the build: reads Unicode's Unihan_Readings.txt and prints model/pinyin_table.hpp.
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using Syllables = std::set<std::string>;

// Dictionaries of today's language and the common reading; the older ones (kHanyuPinyin, kTang) would make names match by readings that
// nobody uses.
constexpr std::array<std::string_view, 4> fields{"kMandarin", "kTGHZ2013", "kXHC1983", "kHanyuPinlu"};

// Readings that the dictionaries leave out because the characters have them in surnames only.
const std::map<std::uint32_t, Syllables> surname_readings{
    {U'会', {"gui"}}, {U'員', {"yun"}}, {U'會', {"gui"}},  {U'種', {"chong"}}, {U'繆', {"miao"}},
    {U'能', {"nai"}}, {U'萬', {"mo"}},  {U'谌', {"shen"}}, {U'费', {"bi"}},    {U'黑', {"he"}},
};

/// "lǚ" -> "lv": tones dropped, ü as v, as it is typed.
std::string without_tone(std::string_view syllable) {
  std::string plain;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(syllable.data());
  utf8proc_uint8_t* decomposed = nullptr;
  const auto length = utf8proc_map(bytes, static_cast<utf8proc_ssize_t>(syllable.size()), &decomposed,
                                   static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD));
  for (utf8proc_ssize_t at = 0; at < length;) {
    utf8proc_int32_t point = 0;
    at += utf8proc_iterate(decomposed + at, length - at, &point);
    if (point == 0x308 && !plain.empty() && plain.back() == 'u') plain.back() = 'v';
    if (point >= 'a' && point <= 'z') plain.push_back(static_cast<char>(point));
  }
  std::free(decomposed);
  return plain;
}

/// The readings in a value such as "0129.010,0129.011:cāi 0130.020:cài", "hǎo(6060) hào(142)" or "yī".
Syllables readings_in(std::string_view value) {
  Syllables found;
  while (!value.empty()) {
    auto word = value.substr(0, value.find(' '));
    value.remove_prefix(std::min(word.size() + 1, value.size()));
    if (const auto colon = word.rfind(':'); colon != word.npos) word.remove_prefix(colon + 1);
    word = word.substr(0, word.find('('));
    if (auto plain = without_tone(word); !plain.empty()) found.insert(std::move(plain));
  }
  return found;
}

std::map<std::uint32_t, Syllables> read(std::istream& file) {
  auto characters = surname_readings;
  characters[U'〇'].insert("ling");
  for (std::string line; std::getline(file, line);) {
    const auto first = line.find('\t');
    const auto second = line.find('\t', first + 1);
    if (!line.starts_with("U+") || second == line.npos) continue;
    if (std::ranges::find(fields, std::string_view(line).substr(first + 1, second - first - 1)) == fields.end()) continue;
    const auto point = static_cast<std::uint32_t>(std::stoul(line.substr(2, first - 2), nullptr, 16));
    characters[point].merge(readings_in(std::string_view(line).substr(second + 1)));
  }
  return characters;
}

/// The table's parts, numbered: a character points to a set of readings, a set to syllables.
struct Table {
  std::map<std::string, std::uint16_t> syllables;
  std::vector<std::uint16_t> set_begins;   ///< one a set, and the end
  std::vector<std::uint16_t> set_members;  ///< places in `syllables`
  std::vector<std::uint32_t> characters;   ///< ascending: code point << 14 | set
};

Table table_of(const std::map<std::uint32_t, Syllables>& characters) {
  Table table;
  std::map<Syllables, std::uint32_t> sets;
  for (const auto& [point, readings] : characters) {
    for (const auto& reading : readings) table.syllables.emplace(reading, 0);
    sets.emplace(readings, 0);
  }
  for (std::uint16_t next = 0; auto& [syllable, place] : table.syllables) place = next++;
  for (std::uint32_t next = 0; auto& [set, place] : sets) {
    place = next++;
    table.set_begins.push_back(static_cast<std::uint16_t>(table.set_members.size()));
    for (const auto& syllable : set) table.set_members.push_back(table.syllables.at(syllable));
  }
  table.set_begins.push_back(static_cast<std::uint16_t>(table.set_members.size()));
  for (const auto& [point, readings] : characters) table.characters.push_back(point << 14U | sets.at(readings));
  return table;
}

/// Whether the numbers fit into the types of the printed table.
bool fits(const Table& table, std::uint32_t last_character) {
  return std::ranges::all_of(table.syllables, [](const auto& entry) { return entry.first.size() <= 7; }) &&
         table.set_begins.size() < 1U << 14U && table.set_members.size() <= 0xffff && last_character < 1U << 18U;
}

template <typename Number>
void print_numbers(std::string_view declaration, const std::vector<Number>& numbers) {
  std::cout << "inline constexpr " << declaration << "[] = {";
  for (std::size_t at = 0; at < numbers.size(); ++at) std::cout << (at % 16 == 0 ? "\n  " : "") << numbers[at] << ',';
  std::cout << "\n};\n";
}

void print(const Table& table) {
  std::cout << "// SPDX-License-Identifier: MIT\n// Made by generate_pinyin_table.cpp.\n#pragma once\n\n#include <cstdint>\n\n"
               "namespace help::pinyin_table {\n\ninline constexpr char syllables[][8] = {\n";
  for (const auto& [syllable, place] : table.syllables) std::cout << "  \"" << syllable << "\",\n";
  std::cout << "};\n";
  print_numbers("std::uint16_t set_begins", table.set_begins);
  print_numbers("std::uint16_t set_members", table.set_members);
  print_numbers("std::uint32_t characters", table.characters);
  std::cout << "\n}  // namespace help::pinyin_table\n";
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: generate_pinyin_table Unihan_Readings.txt\n";
    return 2;
  }
  std::ifstream file(arguments[1]);
  const auto characters = read(file);
  const auto table = table_of(characters);
  if (characters.size() < 40'000 || !fits(table, characters.rbegin()->first)) {
    std::cerr << arguments[1] << ": not the readings that this program knows how to pack\n";
    return 1;
  }
  print(table);
  return std::cout.flush() ? 0 : 1;
}
