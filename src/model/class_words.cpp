// SPDX-License-Identifier: MIT
#include "model/class_words.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "model/name_finder.hpp"

namespace help {
namespace {

using GradeAndNumber = std::pair<int, int>;

constexpr char32_t class_bracket = U'|';

/// Compared as names are, brackets as one sign.
std::u32string spelled_class(std::string_view text) {
  std::u32string made = comparable_name(text);
  for (char32_t& sign : made) {
    if (std::u32string_view(U"()（）[]【】").find(sign) != std::u32string_view::npos) sign = class_bracket;
  }
  return made;
}

std::u32string without_class_brackets(std::u32string text) {
  std::erase(text, class_bracket);
  return text;
}

/// Takes a number from 1 to 99 from the beginning of the text: 7, 12, 七, 十二.
std::optional<int> take_class_number(std::u32string_view& text) {
  constexpr std::u32string_view plain = U"0123456789";
  constexpr std::u32string_view written = U"〇一二三四五六七八九";
  int number = 0;
  std::size_t length = 0;
  for (; length < text.size() && plain.find(text[length]) != std::u32string_view::npos; ++length) {
    if (length == 2) return std::nullopt;
    number = number * 10 + static_cast<int>(plain.find(text[length]));
  }
  if (length == 0 && !text.empty()) {
    if (const auto digit = written.find(text.front()); digit != std::u32string_view::npos) {
      number = static_cast<int>(digit);
      length = 1;
    } else if (text.front() == U'十') {
      const auto ones = text.size() > 1 ? written.find(text[1]) : std::u32string_view::npos;
      number = ones == std::u32string_view::npos ? 10 : 10 + static_cast<int>(ones);
      length = ones == std::u32string_view::npos ? 1 : 2;
    }
  }
  text.remove_prefix(length);
  return number == 0 ? std::nullopt : std::optional(number);
}

/// 701, 1203: the grade, and the class with two digits.
std::optional<GradeAndNumber> of_digits(std::u32string_view text) {
  const auto is_digit = [](char32_t sign) { return sign >= U'0' && sign <= U'9'; };
  if (text.size() < 3 || text.size() > 4 || !std::ranges::all_of(text, is_digit)) return std::nullopt;
  int value = 0;
  for (const char32_t digit : text) value = value * 10 + static_cast<int>(digit - U'0');
  return value % 100 == 0 ? std::nullopt : std::optional(GradeAndNumber{value / 100, value % 100});
}

/// The grade and the number that a text says, for a class that begins with the grade `entry`.
std::optional<GradeAndNumber> grade_and_number(std::u32string_view text, int entry) {
  constexpr std::u32string_view end = U"班";
  constexpr std::u32string_view of_grade = U"年级";
  constexpr std::u32string_view bracket = U"|";
  if (text.ends_with(end)) text.remove_suffix(end.size());
  if (const auto digits = of_digits(text)) return digits;
  const bool is_year = text.starts_with(U"初") || text.starts_with(U"高");
  const bool is_its_school = text.starts_with(U"初") ? entry == 6 || entry == 7 : entry == 10;
  if (is_year && !is_its_school) return std::nullopt;
  if (is_year) text.remove_prefix(1);
  const std::u32string_view whole = text;
  const auto grade = take_class_number(text);
  if (!grade) return std::nullopt;
  const bool has_word = text.starts_with(of_grade);
  if (has_word) text.remove_prefix(of_grade.size());
  const bool has_bracket = text.starts_with(bracket);
  if (has_bracket) text.remove_prefix(bracket.size());
  // 十一1 is clear, 十一 or 71 is not: where one number ends and the other begins must be seen.
  const auto is_plain = [](char32_t sign) { return sign >= U'0' && sign <= U'9'; };
  const bool is_clear = has_word || has_bracket || (!text.empty() && is_plain(text.front()) != is_plain(whole.front())) ||
                        (whole.front() != U'十' && !is_plain(whole.front()));
  const auto number = take_class_number(text);
  if (text.ends_with(bracket)) text.remove_suffix(bracket.size());
  if (!number || !is_clear || !text.empty()) return std::nullopt;
  return GradeAndNumber{is_year ? entry + *grade - 1 : *grade, *number};
}

/// The classes for which this holds.
template <typename Holds>
std::vector<ClassIndex> classes_with(const std::vector<SchoolClass>& classes, const Holds& holds) {
  std::vector<ClassIndex> found;
  for (ClassIndex in = 0; in < classes.size(); ++in) {
    if (holds(classes[in])) found.push_back(in);
  }
  return found;
}

/// Those of which the name says what the text says.
std::vector<ClassIndex> classes_named(const std::vector<SchoolClass>& classes, const std::u32string& wanted) {
  const std::u32string plain = without_class_brackets(wanted);
  auto same = classes_with(classes, [&](const SchoolClass& one) { return without_class_brackets(spelled_class(one.name)) == plain; });
  if (!same.empty()) return same;
  return classes_with(classes, [&](const SchoolClass& one) {
    const auto said = grade_and_number(wanted, one.entry_grade);
    return said && said == grade_and_number(spelled_class(one.name), one.entry_grade);
  });
}

/// Those that are in the grade of the text in a school year, and have its number.
std::vector<ClassIndex> classes_in_grade(const std::vector<SchoolClass>& classes, const std::u32string& wanted, int school_year) {
  return classes_with(classes, [&](const SchoolClass& one) {
    const auto said = grade_and_number(wanted, one.entry_grade);
    const auto named = said ? grade_and_number(spelled_class(one.name), one.entry_grade) : std::nullopt;
    return named && named->second == said->second && said->first == one.entry_grade + school_year - one.cohort;
  });
}

}  // namespace

ClassWritten class_written(const std::vector<SchoolClass>& classes, std::string_view text, std::optional<int> school_year) {
  const std::u32string wanted = spelled_class(text);
  if (without_class_brackets(wanted).empty()) return {};
  std::vector<ClassIndex> named = classes_named(classes, wanted);
  // A class that was not there yet has the name since.
  if (school_year) std::erase_if(named, [&](ClassIndex in) { return classes[in].cohort > *school_year; });
  std::vector<ClassIndex> in_grade = school_year ? classes_in_grade(classes, wanted, *school_year) : std::vector<ClassIndex>();
  if (named.size() == 1 && (in_grade.empty() || in_grade == named)) return {.one = named.front(), .several = {}};
  if (in_grade.size() == 1 && named.size() != 1) return {.one = in_grade.front(), .several = {}};
  std::vector<ClassIndex> several;
  std::ranges::set_union(named, in_grade, std::back_inserter(several));
  return {.one = std::nullopt, .several = std::move(several)};
}

Message why_no_class(const std::vector<SchoolClass>& classes, std::string_view text, const ClassWritten& found) {
  if (found.several.empty()) return say("no class is called '{0}'", text);
  std::string ids;
  for (const ClassIndex in : found.several) ids += (ids.empty() ? "" : ", ") + classes[in].id;
  return say("'{0}' may be one of several classes: {1}", text, ids);
}

}  // namespace help
