// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <tuple>

#include "model/code_name.hpp"
#include "model/school_days.hpp"
#include "rules/obligations.hpp"

namespace help {
namespace {

// Each table is in the order of its enum.
constexpr std::array<CodeName, 8> state_names{{{"overdue", later("overdue")},
                                               {"due-soon", later("due soon")},
                                               {"due", later("due")},
                                               {"not-yet", later("not yet")},
                                               {"waived", later("waived")},
                                               {"done", later("done")},
                                               {"done-late", later("done late")},
                                               {"missed", later("missed")}}};
constexpr std::array<CodeName, 4> waivers{{{"none", later("not waived")},
                                           {"closure", later("no school: closed")},
                                           {"student-leave", later("the student was away")},
                                           {"staff-leave", later("on leave, without a substitute")}}};
constexpr std::array<CodeName, 15> verdicts{{{"counted", later("counts")},
                                             {"counted-late", later("counts, late")},
                                             {"not-needed", later("would count; there are enough")},
                                             {"other-window", later("serves another window of this duty")},
                                             {"other-kind", later("is not of a kind that this duty asks for")},
                                             {"other-subject", later("is of another subject")},
                                             {"somebody-else", later("was done by somebody who does not owe it")},
                                             {"not-together", later("not everybody who must be there was")},
                                             {"lacks-field", later("leaves out what this duty must know")},
                                             {"other-channel", later("was made in another way")},
                                             {"student-there", later("the student was there, or it is not said that the student was not")},
                                             {"student-absent", later("the student was not there, or it is not said that the student was")},
                                             {"other-recipient", later("went to somebody else")},
                                             {"before-start", later("was before the pair or case began")},
                                             {"after-end", later("was after the pair or case had ended")}}};

template <typename Words, typename Enum>
Message named(const Words& words, Enum which) {
  const CodeName* found = &words[static_cast<std::size_t>(which)];
  return say(found->name);
}

/// What is done before its due day comes due only then.
bool came_due(const Obligation& item, Date today) {
  if (item.due > today) return false;
  switch (item.state) {
    case ObligationState::overdue:
    case ObligationState::done:
    case ObligationState::done_late:
    case ObligationState::missed:
      return true;
    default:
      return false;
  }
}

template <typename Key>
std::vector<TallyOf<Key>> as_list(const std::map<Key, Tally>& tallies) {
  std::vector<TallyOf<Key>> list;
  list.reserve(tallies.size());
  for (const auto& [key, one] : tallies) list.push_back({key, one});
  return list;
}

/// How soon somebody should act: smaller is sooner; nothing to do has none.
std::optional<int> urgency(const Obligation& item) {
  switch (item.state) {
    case ObligationState::overdue:
      return item.never_met ? 0 : 1;
    case ObligationState::due_soon:
      return 2;
    case ObligationState::due:
      return 3;
    default:
      return std::nullopt;
  }
}

}  // namespace

std::string_view word_of(ObligationState state) { return state_names[static_cast<std::size_t>(state)].code; }
Message name_of(ObligationState state) { return named(state_names, state); }
std::string_view word_of(Waiver waiver) { return waivers[static_cast<std::size_t>(waiver)].code; }
Message name_of(Waiver waiver) { return named(waivers, waiver); }
std::string_view word_of(EntryVerdict verdict) { return verdicts[static_cast<std::size_t>(verdict)].code; }
Message reason_of(EntryVerdict verdict) { return named(verdicts, verdict); }

std::optional<StudentIndex> student_of(const Dataset& data, const Target& target) {
  if (target.kind == Target::Kind::student) return target.index;
  if (target.kind == Target::Kind::pair) return data.pairs[target.index].student;
  return std::nullopt;
}

std::optional<ClassIndex> class_of(const Dataset& data, const Obligation& item) {
  if (item.target.kind == Target::Kind::school_class) return item.target.index;
  const auto student = student_of(data, item.target);
  return student ? data.class_of(*student, item.due) : std::nullopt;
}

std::optional<int> grade_of(const Dataset& data, const Obligation& item) {
  if (item.target.kind == Target::Kind::grade) return static_cast<int>(item.target.index);
  const auto in = class_of(data, item);
  return in ? std::optional(data.grade_of(*in, item.due)) : std::nullopt;
}

bool is_owed_by(const Dataset& data, const Obligations& all, const Obligation& item, const Party& party) {
  return std::ranges::any_of(all.owers_of(item), [&](const Ower& ower) {
    if (ower.party == party) return true;
    if (ower.party.kind != Party::Kind::body || party.kind != Party::Kind::staff) return false;
    return std::ranges::any_of(data.bodies[ower.party.index].responsible, [&](const Leader& one) {
      return one.staff == party.index && (one.days.contains(item.due) || one.days.contains(all.today));
    });
  });
}

std::vector<std::uint32_t> pressing(const Obligations& all) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t index = 0; index < all.items.size(); ++index) {
    if (urgency(all.items[index])) found.push_back(index);
  }
  const auto key = [&](std::uint32_t index) {
    const Obligation& item = all.items[index];
    const int overdue = item.state == ObligationState::overdue ? -item.overdue_days : 0;
    return std::tuple(*urgency(item), overdue, item.due, item.duty, item.target, index);
  };
  std::ranges::sort(found, {}, key);
  return found;
}

void Tally::add(const Obligation& item, Date today) {
  if (!came_due(item, today)) return;
  ++owed;
  on_time += item.state == ObligationState::done ? 1 : 0;
  late += item.state == ObligationState::done_late ? 1 : 0;
  missed += item.state == ObligationState::missed ? 1 : 0;
  overdue += item.state == ObligationState::overdue ? 1 : 0;
}

Tally tally(const Obligations& all) {
  Tally sum;
  for (const Obligation& item : all.items) sum.add(item, all.today);
  return sum;
}

std::vector<TallyOf<Party>> tally_by_person(const Obligations& all) {
  std::map<Party, Tally> tallies;
  for (const Obligation& item : all.items) {
    for (const Ower& ower : all.owers_of(item)) tallies[ower.party].add(item, all.today);
  }
  return as_list(tallies);
}

std::vector<TallyOf<std::uint32_t>> tally_by_duty(const Obligations& all) {
  std::map<std::uint32_t, Tally> tallies;
  for (const Obligation& item : all.items) tallies[item.duty].add(item, all.today);
  return as_list(tallies);
}

std::vector<TallyOf<ClassIndex>> tally_by_class(const Dataset& data, const Obligations& all) {
  std::map<ClassIndex, Tally> tallies;
  for (const Obligation& item : all.items) {
    if (const auto in = class_of(data, item)) tallies[*in].add(item, all.today);
  }
  return as_list(tallies);
}

std::vector<TallyOf<int>> tally_by_grade(const Dataset& data, const Obligations& all) {
  std::map<int, Tally> tallies;
  for (const Obligation& item : all.items) {
    if (const auto grade = grade_of(data, item)) tallies[*grade].add(item, all.today);
  }
  return as_list(tallies);
}

std::vector<TallyOf<Date>> tally_by_week(const Obligations& all) {
  std::map<Date, Tally> tallies;
  for (const Obligation& item : all.items) {
    tallies[monday_of(item.due)].add(item, all.today);
  }
  return as_list(tallies);
}

}  // namespace help
