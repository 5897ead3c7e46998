// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/message.hpp"
#include "model/dataset.hpp"

namespace help {

/// Among whom a person is looked for.
enum class PeopleKinds : std::uint8_t { students, staff, both };

/// One person of a Dataset.
struct Person {
  enum class Kind : std::uint8_t { student, staff };
  Kind kind = Kind::student;
  std::uint32_t index = 0;  ///< into Dataset::students or Dataset::staff

  friend bool operator==(const Person&, const Person&) = default;
};

/// Who is meant by what was typed. Students stand before staff, each by id.
struct FoundPeople {
  std::vector<Person> matches;      ///< one: found; several: nobody may choose among them; none: not found
  std::vector<Person> suggestions;  ///< only without a match: at most five whose name or id is nearly that, nearest first

  /// The person, where exactly one is meant.
  [[nodiscard]] std::optional<Person> one() const { return matches.size() == 1 ? std::optional(matches.front()) : std::nullopt; }
};

/// People by `find_called` (model/name_finder.hpp): id, name, pinyin, initials.
[[nodiscard]] FoundPeople find_people(const Dataset& data, std::string_view typed, PeopleKinds kinds);

/// What to say where `found` is not one person: that nobody or several fit, then a line for each who could be meant (at most ten).
/// Classes are those of `today`.
[[nodiscard]] std::vector<Message> not_one_person(const Dataset& data, std::string_view typed, const FoundPeople& found, Date today);

}  // namespace help
