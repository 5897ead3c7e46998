// SPDX-License-Identifier: MIT
#include "model/class_finder.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <string>

#include "model/name_finder.hpp"

namespace help {
namespace {

std::string without_brackets(std::string_view text) {
  constexpr std::array<std::string_view, 4> brackets{"（", "）", "(", ")"};
  std::string rest;
  while (!text.empty()) {
    const auto* const found = std::ranges::find_if(brackets, [&](std::string_view one) { return text.starts_with(one); });
    if (found == brackets.end()) rest += text.front();
    text.remove_prefix(found == brackets.end() ? 1 : found->size());
  }
  return rest;
}

template <typename Index>
Found<Index> find_in(const auto& all, std::string_view typed) {
  std::vector<Index> places(all.size());
  std::iota(places.begin(), places.end(), Index{0});
  std::ranges::sort(places, {}, [&](Index place) -> const std::string& { return all[place].id; });
  std::vector<std::string> names;
  for (const Index place : places) names.push_back(without_brackets(all[place].name));
  std::vector<Called> called;
  for (std::size_t i = 0; i < places.size(); ++i) called.push_back({all[places[i]].id, names[i]});
  const FoundNames by_name = find_called(called, without_brackets(typed));
  Found<Index> found{.exact = by_name.exact};
  for (const std::size_t i : by_name.matches) found.matches.push_back(places[i]);
  for (const std::size_t i : by_name.suggestions) found.suggestions.push_back(places[i]);
  return found;
}

template <typename Index>
std::vector<Message> lines_of_found(const auto& all, const Found<Index>& found, Message first) {
  std::vector<Message> lines{std::move(first)};
  constexpr std::size_t most_lines = 10;
  const auto& shown = found.matches.empty() ? found.suggestions : found.matches;
  for (std::size_t at = 0; at < std::min(shown.size(), most_lines); ++at) {
    const auto& one = all[shown[at]];
    lines.push_back(as_data(one.name.empty() ? "  " + one.id : "  " + one.id + " " + one.name));
  }
  if (shown.size() > most_lines) {
    lines.push_back(counted(static_cast<std::int64_t>(shown.size() - most_lines), "  … and {0} other", "  … and {0} others"));
  }
  return lines;
}

}  // namespace

Found<ClassIndex> find_classes(const Dataset& data, std::string_view typed) { return find_in<ClassIndex>(data.classes, typed); }
Found<BodyIndex> find_bodies(const Dataset& data, std::string_view typed) { return find_in<BodyIndex>(data.bodies, typed); }

std::vector<Message> not_one_class(const Dataset& data, std::string_view typed, const Found<ClassIndex>& found) {
  const auto count = static_cast<std::int64_t>(found.matches.size());
  if (count > 0) {
    return lines_of_found(data.classes, found,
                          counted(count, "{0} class fits '{1}'; give the id:", "{0} classes fit '{1}'; give the id of one:", typed));
  }
  return lines_of_found(
      data.classes, found,
      found.suggestions.empty() ? say("There is no class '{0}'.", typed) : say("There is no class '{0}'. Nearest:", typed));
}

std::vector<Message> not_one_body(const Dataset& data, std::string_view typed, const Found<BodyIndex>& found) {
  const auto count = static_cast<std::int64_t>(found.matches.size());
  if (count > 0) {
    return lines_of_found(data.bodies, found,
                          counted(count, "{0} body fits '{1}'; give the id:", "{0} bodies fit '{1}'; give the id of one:", typed));
  }
  return lines_of_found(data.bodies, found,
                        found.suggestions.empty() ? say("There is no body '{0}'.", typed) : say("There is no body '{0}'. Nearest:", typed));
}

std::optional<int> grade_of_words(std::string_view typed) {
  std::u32string text = comparable_name(typed);
  constexpr std::u32string_view word = U"grade";
  constexpr std::u32string_view unit = U"年级";
  if (text.starts_with(word)) text.erase(0, word.size());
  if (text.ends_with(unit)) text.resize(text.size() - unit.size());
  if (text == U"十") return 10;
  if (text.size() == 2 && text.front() == U'十') text.front() = U'1';
  if (text.empty() || text.size() > 2) return std::nullopt;
  int grade = 0;
  for (const char32_t character : text) {
    const auto digit =
        std::min(std::u32string_view(U"0123456789").find(character), std::u32string_view(U"零一二三四五六七八九").find(character));
    if (digit == std::u32string_view::npos) return std::nullopt;
    grade = grade * 10 + static_cast<int>(digit);
  }
  constexpr int last_grade = 13;
  return grade <= last_grade ? std::optional(grade) : std::nullopt;
}

}  // namespace help
