// SPDX-License-Identifier: MIT
#include "model/name_finder.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <utility>

#include "diag/characters.hpp"
#include "model/pinyin.hpp"

namespace help {
namespace {

using Characters = std::u32string;

/// Nothing where the text is not UTF-8.
std::optional<Characters> characters_of(std::string_view text) {
  Characters characters;
  for (std::size_t at = 0; at < text.size();) {
    const auto character = character_at(text, at);
    if (!character.valid) return std::nullopt;
    characters.push_back(character.code);
    at += character.bytes;
  }
  return characters;
}

/// The text under other normalization options; empty where it is not UTF-8.
std::string mapped(std::string_view text, int options) {
  utf8proc_uint8_t* result = nullptr;
  const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                                   &result, static_cast<utf8proc_option_t>(options));
  std::string copy;
  if (length > 0) copy.assign(reinterpret_cast<const char*>(result), static_cast<std::size_t>(length));
  std::free(result);
  return copy;
}

constexpr char32_t middle_dot = U'·';

bool is_space(char32_t character) { return character == U' ' || character == U'\u00a0' || character == U'\u3000'; }

bool is_ascii_letter_or_digit(char32_t character) {
  return (character >= U'a' && character <= U'z') || (character >= U'0' && character <= U'9');
}

/// A name or id as it is compared: without spaces, middle dots as one, full-width forms as their ASCII ones, ASCII letters small.
Characters key_of(const Characters& text) {
  Characters key;
  for (char32_t character : text) {
    if (is_space(character)) continue;
    if (character == U'•' || character == U'．') {
      character = middle_dot;
    } else if (character >= U'！' && character <= U'～') {
      character -= U'！' - U'!';
    }
    if (character >= U'A' && character <= U'Z') character += U'a' - U'A';
    key.push_back(character);
  }
  return key;
}

/// One thing of a name that is spoken: a Chinese character, or a word in other letters. All in small letters.
struct Unit {
  std::vector<Characters> readings;  ///< every way to write it out, the character itself included
  std::vector<Characters> initials;  ///< every way to write its beginning
};

void add_once(std::vector<Characters>& list, Characters text) {
  if (std::ranges::find(list, text) == list.end()) list.push_back(std::move(text));
}

/// "lv" also as "lu" and "lyu", "lve" as "lue" and "lyue".
void add_reading(std::vector<Characters>& readings, std::string_view syllable) {
  const Characters text(syllable.begin(), syllable.end());
  add_once(readings, text);
  const auto place = text.find(U'v');
  if (place == Characters::npos) return;
  for (const auto* spelling : {U"u", U"yu"}) add_once(readings, Characters(text).replace(place, 1, spelling));
}

Unit unit_of_character(char32_t character) {
  Unit unit{.readings = {Characters(1, character)}, .initials = {Characters(1, character)}};
  for (const auto syllable : pinyin_of(character)) {
    add_reading(unit.readings, syllable);
    add_once(unit.initials, Characters(1, static_cast<char32_t>(syllable.front())));
    if (syllable.size() > 1 && syllable[1] == 'h') add_once(unit.initials, Characters(syllable.begin(), syllable.begin() + 2));
  }
  return unit;
}

/// `name` keeps its spaces: they part words. Marks on letters are dropped, as in what is typed.
std::vector<Unit> units_of(const Characters& name) {
  std::vector<Unit> units;
  Characters word;
  const auto end_word = [&] {
    if (!word.empty()) units.push_back({.readings = {word}, .initials = {word.substr(0, 1)}});
    word.clear();
  };
  for (const char32_t character : name) {
    if (is_ascii_letter_or_digit(character)) {
      word.push_back(character);
      continue;
    }
    end_word();
    if (!is_space(character) && character != middle_dot) units.push_back(unit_of_character(character));
  }
  end_word();
  return units;
}

/// As pinyin is compared: compatibility forms resolved, no tones, small letters.
Characters plain_letters(std::string_view text) {
  const auto plain = mapped(text, UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD);
  Characters letters = characters_of(plain).value_or(Characters());
  // U+FF0E has become an ordinary dot; between letters (J.Smith) that parts words as well.
  std::ranges::replace_if(
      letters, [](char32_t character) { return character == U'•' || character == U'.'; }, middle_dot);
  return letters;
}

bool has_ascii_letter(const Characters& text) {
  return std::ranges::any_of(text, [](char32_t character) { return character >= U'a' && character <= U'z'; });
}

/// What was typed, prepared once for all names.
struct Query {
  Characters key;           ///< as names and ids are compared
  Characters spelled;       ///< as pinyin is compared; empty where it holds no letter
  std::vector<Unit> units;  ///< of what was typed: for names that sound the same
};

std::optional<Query> query_of(std::string_view typed) {
  if (!characters_of(typed)) return std::nullopt;
  const auto composed = characters_of(mapped(typed, UTF8PROC_COMPOSE | UTF8PROC_STABLE)).value_or(Characters());
  Query query{.key = key_of(composed), .spelled = plain_letters(typed), .units = {}};
  query.units = units_of(query.spelled);
  std::erase_if(query.spelled, [](char32_t character) {
    return is_space(character) || character == middle_dot || character == U'\'' || character == U'’' || character == U'-';
  });
  if (!has_ascii_letter(query.spelled)) query.spelled.clear();
  if (query.key.empty()) return std::nullopt;
  return query;
}

/// Places in `text` that one more unit, written in one of `ways`, leads to from `places`.
std::vector<bool> after_one_of(const std::vector<bool>& places, const Characters& text, const std::vector<Characters>& ways) {
  std::vector<bool> next(places.size());
  for (std::size_t at = 0; at < places.size(); ++at) {
    if (!places[at]) continue;
    for (const auto& way : ways) {
      if (text.compare(at, way.size(), way) == 0) next[at + way.size()] = true;
    }
  }
  return next;
}

/// Whether the text is the whole name, every unit written out.
bool spells_all(const std::vector<Unit>& units, const Characters& text) {
  std::vector<bool> places(text.size() + 1);
  places[0] = true;
  for (const auto& unit : units) places = after_one_of(places, text, unit.readings);
  return !units.empty() && places[text.size()];
}

/// Whether the text is a run of units of the name, each written out or by its beginning.
bool spells_part(const std::vector<Unit>& units, const Characters& text) {
  std::vector<bool> places(text.size() + 1);
  for (const auto& unit : units) {
    places[0] = true;
    auto next = after_one_of(places, text, unit.readings);
    const auto by_initial = after_one_of(places, text, unit.initials);
    for (std::size_t at = 0; at < next.size(); ++at) next[at] = next[at] || by_initial[at];
    if (next[text.size()]) return true;
    places = std::move(next);
  }
  return false;
}

Characters key_of(std::string_view text) { return key_of(characters_of(text).value_or(Characters())); }

std::vector<Unit> units_of(const Called& called) { return units_of(plain_letters(called.name)); }

template <typename Fits>
std::vector<std::size_t> those_that(std::span<const Called> all, Fits fits) {
  std::vector<std::size_t> places;
  for (std::size_t place = 0; place < all.size(); ++place) {
    if (fits(all[place])) places.push_back(place);
  }
  return places;
}

FoundNames matches_of(std::span<const Called> all, const Query& query) {
  const auto exact = [&](const Called& called) { return key_of(called.id) == query.key || key_of(called.name) == query.key; };
  if (auto places = those_that(all, exact); !places.empty()) return {.matches = std::move(places), .exact = true};

  const auto whole = [&](const Called& called) { return !query.spelled.empty() && spells_all(units_of(called), query.spelled); };
  // One syllable may be a whole name cut in two (李昂 li'ang) or one character (梁 liang): then both kinds of reader are right.
  if (!is_pinyin_syllable(query.spelled)) {
    if (auto places = those_that(all, whole); !places.empty()) return {.matches = std::move(places)};
  }
  return {.matches = those_that(all, [&](const Called& called) {
            return key_of(called.name).find(query.key) != Characters::npos || key_of(called.id).starts_with(query.key) ||
                   (!query.spelled.empty() && spells_part(units_of(called), query.spelled));
          })};
}

/// Whether one character more, less, other, or two neighbours exchanged make `b` of `a`.
bool one_edit_apart(const Characters& a, const Characters& b) {
  const auto [front_a, front_b] = std::ranges::mismatch(a, b);
  const auto [back_a, back_b] =
      std::mismatch(a.rbegin(), std::make_reverse_iterator(front_a), b.rbegin(), std::make_reverse_iterator(front_b));
  const auto left_a = std::distance(front_a, back_a.base());
  const auto left_b = std::distance(front_b, back_b.base());
  if (std::max(left_a, left_b) == 1) return true;
  return left_a == 2 && left_b == 2 && front_a[0] == front_b[1] && front_a[1] == front_b[0];
}

bool sound_the_same(const std::vector<Unit>& a, const std::vector<Unit>& b) {
  return !a.empty() && std::ranges::equal(a, b, [](const Unit& one, const Unit& other) {
    return std::ranges::any_of(
        one.readings, [&](const Characters& reading) { return std::ranges::find(other.readings, reading) != other.readings.end(); });
  });
}

/// Whether some spelling of the whole name is one edit from the text.
bool nearly_spells(const std::vector<Unit>& units, const Characters& text) {
  std::vector<Characters> spellings{Characters()};
  for (const auto& unit : units) {
    std::vector<Characters> longer;
    for (const auto& spelling : spellings) {
      for (const auto& reading : unit.readings) {
        if (spelling.size() + reading.size() <= text.size() + 1) longer.push_back(spelling + reading);
      }
    }
    // Long names in many readings would multiply; such a name is found by a part of it.
    constexpr std::size_t most_spellings = 256;
    if (longer.size() > most_spellings) return false;
    spellings = std::move(longer);
  }
  return std::ranges::any_of(spellings, [&](const Characters& spelling) { return one_edit_apart(spelling, text); });
}

/// How near a name is to what was typed: 0 sounds the same, 1 one character off; nothing: far.
std::optional<std::size_t> nearness(const Called& called, const Query& query) {
  const auto units = units_of(called);
  if (sound_the_same(units, query.units)) return 0;
  const auto near = [&](std::string_view text) {
    const auto key = key_of(text);
    return std::min(key.size(), query.key.size()) >= 2 && one_edit_apart(key, query.key);
  };
  if (near(called.name) || near(called.id)) return 1;
  if (query.spelled.size() >= 3 && nearly_spells(units, query.spelled)) return 1;
  return std::nullopt;
}

std::vector<std::size_t> suggestions_of(std::span<const Called> all, const Query& query) {
  std::array<std::vector<std::size_t>, 2> by_nearness;
  for (std::size_t place = 0; place < all.size(); ++place) {
    if (const auto near = nearness(all[place], query)) by_nearness[*near].push_back(place);
  }
  auto& suggestions = by_nearness[0];
  suggestions.insert(suggestions.end(), by_nearness[1].begin(), by_nearness[1].end());
  constexpr std::size_t most_suggestions = 5;
  if (suggestions.size() > most_suggestions) suggestions.resize(most_suggestions);
  return std::move(suggestions);
}

}  // namespace

FoundNames find_called(std::span<const Called> all, std::string_view typed) {
  const auto query = query_of(typed);
  if (!query) return {};
  FoundNames found = matches_of(all, *query);
  if (found.matches.empty()) found.suggestions = suggestions_of(all, *query);
  return found;
}

std::u32string comparable_name(std::string_view name) { return key_of(name); }

}  // namespace help
