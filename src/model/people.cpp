// SPDX-License-Identifier: MIT
#include "model/people.hpp"

#include <algorithm>
#include <cstddef>

#include "model/name_finder.hpp"

namespace help {
namespace {

/// Those who are looked for, and how they are called: place by place the same.
struct Candidates {
  std::vector<Person> people;
  std::vector<Called> called;
};

Candidates candidates_of(const Dataset& data, PeopleKinds kinds) {
  Candidates candidates;
  const auto add = [&](const auto& all, Person::Kind kind) {
    const std::size_t first = candidates.people.size();
    for (std::uint32_t index = 0; index < all.size(); ++index) candidates.people.push_back({kind, index});
    std::sort(candidates.people.begin() + static_cast<std::ptrdiff_t>(first), candidates.people.end(),
              [&](const Person& a, const Person& b) { return all[a.index].id < all[b.index].id; });
    for (std::size_t place = first; place < candidates.people.size(); ++place) {
      const auto& one = all[candidates.people[place].index];
      candidates.called.push_back({one.id, one.name});
    }
  };
  if (kinds != PeopleKinds::staff) add(data.students, Person::Kind::student);
  if (kinds != PeopleKinds::students) add(data.staff, Person::Kind::staff);
  return candidates;
}

Message line_of(const Dataset& data, Person person, Date today) {
  if (person.kind == Person::Kind::staff) {
    const auto& staff = data.staff[person.index];
    return say("  {0} {1} (staff)", staff.id, staff.name);
  }
  const auto& student = data.students[person.index];
  const auto in = data.class_of(person.index, today);
  return in ? say("  {0} {1} ({2})", student.id, student.name, data.classes[*in].name)
            : say("  {0} {1} (in no class)", student.id, student.name);
}

}  // namespace

FoundPeople find_people(const Dataset& data, std::string_view typed, PeopleKinds kinds) {
  const Candidates candidates = candidates_of(data, kinds);
  const FoundNames names = find_called(candidates.called, typed);
  FoundPeople found;
  for (const std::size_t place : names.matches) found.matches.push_back(candidates.people[place]);
  for (const std::size_t place : names.suggestions) found.suggestions.push_back(candidates.people[place]);
  return found;
}

std::vector<Message> not_one_person(const Dataset& data, std::string_view typed, const FoundPeople& found, Date today) {
  std::vector<Message> lines;
  const auto& people = found.matches.empty() ? found.suggestions : found.matches;
  if (!found.matches.empty()) {
    lines.push_back(counted(static_cast<std::int64_t>(people.size()),
                            "{0} person fits '{1}'; give the id:", "{0} people fit '{1}'; give the id of one:", typed));
  } else if (people.empty()) {
    lines.push_back(say("Nobody fits '{0}'. Give an id, a name, a part of a name, pinyin or its initials.", typed));
  } else {
    lines.push_back(say("Nobody fits '{0}'. Nearest:", typed));
  }
  constexpr std::size_t most_lines = 10;
  for (std::size_t at = 0; at < std::min(people.size(), most_lines); ++at) lines.push_back(line_of(data, people[at], today));
  if (people.size() > most_lines) {
    lines.push_back(counted(static_cast<std::int64_t>(people.size() - most_lines), "  … and {0} more", "  … and {0} more"));
  }
  return lines;
}

}  // namespace help
