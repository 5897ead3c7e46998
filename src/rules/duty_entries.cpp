// SPDX-License-Identifier: MIT
#include "rules/duty_entries.hpp"

#include <algorithm>

namespace help {

EntryJudge::EntryJudge(const DutyWorld& world, const Duty& duty, const DutyStream& stream)
    : world_(world), data_(world.data), duty_(duty), stream_(stream) {}

const InteractionWords& EntryJudge::words_of(const Interaction& entry) const { return data_.log.words_of(entry); }

std::optional<EntryVerdict> EntryJudge::refused(const Interaction& entry) const {
  if (!std::ranges::binary_search(duty_.satisfied, entry.kind)) return EntryVerdict::other_kind;
  if (entry.subject) {
    const auto subject = *entry.subject;
    const bool of_target = !stream_.target.subject || *stream_.target.subject == subject;
    const bool of_duty = duty_.subjects.empty() || std::ranges::find(duty_.subjects, data_.subjects[subject]) != duty_.subjects.end();
    if (!of_target || !of_duty) return EntryVerdict::other_subject;
  }
  if ((entry.given & duty_.needs) != duty_.needs) return EntryVerdict::lacks_field;
  if (!duty_.channels.empty() && std::ranges::find(duty_.channels, words_of(entry).channel) == duty_.channels.end()) {
    return EntryVerdict::other_channel;
  }
  if (duty_.student_present) {
    const bool said = (entry.given & bit_of(InteractionField::student_present)) != 0;
    if (!said || entry.student_was_present != *duty_.student_present) {
      return *duty_.student_present ? EntryVerdict::student_absent : EntryVerdict::student_there;
    }
  }
  if (!duty_.to.empty() && std::ranges::none_of(duty_.to, [&](const std::string& one) { return reached(entry, one); })) {
    return EntryVerdict::other_recipient;
  }
  if (entry.date < stream_.presence.from) return EntryVerdict::before_start;
  if (duty_.together && !all_parts_present(entry)) return EntryVerdict::not_together;
  return std::nullopt;
}

bool EntryJudge::reached(const Interaction& entry, const std::string& recipient) const {
  return std::ranges::any_of(words_of(entry).to, [&](const std::string& to) {
    if (to == recipient) return true;
    if (const auto staff = data_.find_staff(to)) {
      if (recipient == "class-teacher") {
        return std::ranges::any_of(data_.classes, [&](const SchoolClass& one) {
          return std::ranges::any_of(one.leaders,
                                     [&](const Leader& leader) { return leader.staff == *staff && leader.days.contains(entry.date); });
        });
      }
      return std::ranges::any_of(data_.staff[*staff].roles,
                                 [&](const Role& role) { return role.role == recipient && role.days.contains(entry.date); });
    }
    const auto body = data_.find_body(to);
    return body && data_.bodies[*body].kind == recipient;
  });
}

bool EntryJudge::holds(Party party, const Interaction& entry, const Holding& holding) const {
  if (!holding.days.contains(entry.date)) return false;
  if (holding.party.kind != Party::Kind::body) return holding.party == party;
  return world_.holders.speaks_for(holding.party.index, party, entry.date, words_of(entry).body == holding.party.index);
}

bool EntryJudge::all_parts_present(const Interaction& entry) const {
  std::vector<Party> present = words_of(entry).with;
  present.push_back(entry.by);
  for (std::uint32_t part = 0; part < duty_.who.size(); ++part) {
    const bool here = std::ranges::any_of(stream_.holdings, [&](const Holding& holding) {
      return holding.part == part && std::ranges::any_of(present, [&](Party party) {
               if (holds(party, entry, holding)) return true;
               // Who stands in for the holder stands in here, too.
               if (holding.party.kind != Party::Kind::staff || !holding.days.contains(entry.date)) return false;
               const auto substitute = world_.holders.substitute_of(holding.party.index, entry.date);
               return substitute && party == Party{Party::Kind::staff, *substitute};
             });
    });
    if (!here) return false;
  }
  return true;
}

bool EntryJudge::speaks_for_office(const Interaction& entry) const {
  if (duty_.together) return true;
  if (stream_.only) return false;
  return std::ranges::any_of(stream_.holdings, [&](const Holding& holding) { return !holding.of_pair && holds(entry.by, entry, holding); });
}

/// Where somebody stands in on the due day, it stays the holder's duty: what the holder does counts as ever.
bool EntryJudge::holds_on_due_day(Party party, const OwedWindow& window) const {
  if (stream_.only && party != *stream_.only) return false;
  const Date day = std::min(window.due, stream_.presence.until);
  return std::ranges::any_of(stream_.holdings,
                             [&](const Holding& holding) { return holding.party == party && holding.days.contains(day); });
}

bool EntryJudge::is_ower(Party party, const Interaction& entry, const OwedWindow& window) const {
  if (holds_on_due_day(party, window)) return true;
  return std::ranges::any_of(window.owers, [&](const Ower& ower) {
    if (ower.party.kind != Party::Kind::body) return ower.party == party;
    return world_.holders.speaks_for(ower.party.index, party, entry.date, words_of(entry).body == ower.party.index);
  });
}

bool EntryJudge::by_right_person(const Interaction& entry, const OwedWindow& window) const {
  if (duty_.together || is_ower(entry.by, entry, window)) return true;
  const bool in_window = window.first <= entry.date && entry.date <= window.last;
  const bool was_ower = stream_.only && std::ranges::any_of(stream_.holdings, [&](const Holding& one) {
                          return one.days.contains(entry.date) && is_ower(one.party, entry, window);
                        });
  for (const Holding& holding : stream_.holdings) {
    if (!holds(entry.by, entry, holding)) continue;
    // With `share: each` a colleague's contact is the colleague's; that of a former holder counts for whoever came after.
    if (stream_.only && !duty_.substitutes) {
      const bool gone = std::ranges::none_of(
          stream_.holdings, [&](const Holding& one) { return one.party == holding.party && one.days.contains(window.due); });
      if (in_window && gone && !was_ower) return true;
      continue;
    }
    if (!holding.of_pair || in_window || duty_.substitutes) return true;
  }
  if (!duty_.substitutes) return false;
  if (is_ower(entry.owner, entry, window)) return true;
  return std::ranges::any_of(stream_.holdings, [&](const Holding& holding) {
    if (holding.party.kind != Party::Kind::staff || !holding.days.contains(entry.date)) return false;
    const auto substitute = world_.holders.substitute_of(holding.party.index, entry.date);
    return substitute && entry.by == Party{Party::Kind::staff, *substitute};
  });
}

}  // namespace help
