// SPDX-License-Identifier: MIT
#include "commands/archive_words.hpp"

#include "commands/cells.hpp"
#include "model/role_name.hpp"

namespace help {

Cell parts_cell(const std::vector<ArchivePart>& parts, bool for_people) {
  std::vector<Message> names;
  Cell::List codes;
  for (const ArchivePart part : parts) {
    names.push_back(name_of(part));
    codes.emplace_back(word_of(part));
  }
  return for_people ? Cell(joined(names)) : Cell(std::move(codes));
}

Cell parties_cell(const ObligationWords& words, const std::vector<Party>& parties, bool for_people) {
  if (for_people) {
    std::vector<Message> names;
    for (const Party& party : parties) names.push_back(words.party(party));
    return names.empty() ? Cell(say("nobody yet")) : Cell(joined(names));
  }
  Cell::List list;
  for (const Party& party : parties) list.push_back(words.party_cell(party));
  return list;
}

Message keepers_words(const Dataset& data, const ObligationWords& words, const ArchiveState& state) {
  std::vector<Message> names;
  for (const StaffIndex who : state.keepers) names.push_back(words.party({Party::Kind::staff, who}));
  return names.empty() ? say("nobody ({0})", name_of_role(keeping_role(data.policy.archive))) : joined(names);
}

Message state_words(const ArchiveState& state) {
  return state.state == ObligationState::overdue ? counted(state.overdue_days, "overdue {0} day", "overdue {0} days")
                                                 : name_of(state.state);
}

}  // namespace help
