// SPDX-License-Identifier: MIT
// What a family may not read of other children, in the texts that people wrote.
#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "commands/show.hpp"
#include "diag/characters.hpp"
#include "rules/archives.hpp"

namespace help {
namespace {

// A name of one character is a part of many words.
constexpr std::size_t shortest_name = 2;

bool is_word_byte(char byte) { return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'); }

/// Finds the words that a text for one family may not hold: exactly as written, the longest at each place first, so that a child's own
/// name, or a teacher's, may hold another's.
class ForeignWords {
 public:
  ForeignWords(const Dataset& data, StudentIndex own) {
    add(data.policy.label, true);
    for (StudentIndex student = 0; student < data.students.size(); ++student) {
      if (student == own) continue;
      add(data.students[student].name, true);
      add(data.students[student].id, true);
    }
    for (const Staff& staff : data.staff) add(staff.name, false);
    // Namesakes: nobody can tell whom the text means but the own child.
    words_[data.students[own].name] = false;
    words_[data.students[own].id] = false;
    for (const auto& [word, is_foreign] : words_) lengths_.insert(word.size());
  }

  [[nodiscard]] std::optional<std::string> first_in(std::string_view text) const {
    for (std::size_t at = 0; at < text.size();) {
      const auto found = longest_at(text, at);
      if (found && found->second) return std::string(found->first);
      at += found ? found->first.size() : 1;
    }
    return std::nullopt;
  }

 private:
  void add(std::string_view word, bool is_foreign) {
    if (count_characters(word) >= shortest_name) words_.emplace(word, is_foreign);
  }

  [[nodiscard]] std::optional<std::pair<std::string_view, bool>> longest_at(std::string_view text, std::size_t at) const {
    for (const std::size_t length : lengths_) {
      if (at + length > text.size()) continue;
      const std::string_view word = text.substr(at, length);
      const auto found = words_.find(word);
      if (found == words_.end()) continue;
      // Ids and names of letters are words of their own.
      const bool before = at > 0 && is_word_byte(text[at - 1]) && is_word_byte(word.front());
      const bool after = at + length < text.size() && is_word_byte(text[at + length]) && is_word_byte(word.back());
      if (!before && !after) return std::pair(word, found->second);
    }
    return std::nullopt;
  }

  std::map<std::string, bool, std::less<>> words_;  // whether it is not for the family
  std::set<std::size_t, std::greater<>> lengths_;   // in bytes
};

}  // namespace

std::vector<Message> family_refusals(const Context& context, StudentIndex student) {
  const Dataset& data = context.data;
  const ForeignWords words(data, student);
  std::vector<Message> refusals;
  const auto check = [&](std::string_view text, const std::string& path, const Message& place) {
    const auto found = words.first_in(text);
    if (!found) return;
    const bool is_label = *found == data.policy.label;
    refusals.push_back(
        is_label
            ? say("{0}, {1}: the text says '{2}', which no family reads here. Write it in other words.", path, place, *found)
            : say("{0}, {1}: the text says '{2}', which is another student's name or id. Write it in other words.", path, place, *found));
  };
  if (const Archive* const archive = archive_of(data, student)) {
    const std::string path = "cases/" + data.students[student].id + ".yaml";
    const auto check_all = [&](const auto& texts, std::string_view key, const auto& text_of) {
      std::int64_t number = 0;
      for (const auto& one : texts) check(text_of(one), path, say("{0}, no. {1}", key, ++number));
    };
    check_all(archive->hobbies, "hobbies", std::identity());
    check_all(archive->strengths, "strengths", std::identity());
    check_all(archive->measures, "measures", [](const PlannedMeasure& one) -> const std::string& { return one.what; });
    check_all(archive->goals, "goals", [](const Goal& one) -> const std::string& { return one.text; });
  }
  for (const Event& event : data.events) {
    const bool is_shown = event.kind == EventKind::praise || event.kind == EventKind::progress;
    if (event.student == student && event.date <= context.today && is_shown)
      check(event.because, "events/" + data.students[student].id + ".yaml", say("record {0}", event.id));
  }
  return refusals;
}

}  // namespace help
