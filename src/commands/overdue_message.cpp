// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>

#include "commands/archive_words.hpp"
#include "commands/cells.hpp"
#include "commands/overdue_view.hpp"

namespace help {
namespace {

/// What one person owes of one duty.
struct Debt {
  std::int64_t overdue = 0;
  std::int64_t longest = 0;  ///< days
  std::int64_t due_soon = 0;
  Date due = Date::max();  ///< the first day on which something is due soon
  std::vector<Message> whom;
  Cell::List targets;  ///< the same for programs
};

using Debts = std::map<std::uint32_t, Debt>;  ///< by duty

/// Adds something of this state to a debt.
void add_to(Debt& debt, ObligationState state, int overdue_days, Date due, Message whom, Cell target) {
  if (state == ObligationState::overdue) {
    ++debt.overdue;
    debt.longest = std::max(debt.longest, std::int64_t{overdue_days});
  } else {
    ++debt.due_soon;
    debt.due = std::min(debt.due, due);
  }
  debt.whom.push_back(std::move(whom));
  debt.targets.push_back(std::move(target));
}

/// Everybody who owes something, the most pressing first. Duties that nobody holds stand by their roles, and so do, where children are not
/// named, those of students and of their families.
struct Debtor {
  std::string key;  ///< the id; where nobody holds the role, the duty
  Message name;
  Cell who;
  bool is_open = false;  ///< nobody holds the role
  Debts debts;
  Debt archives = {};
};

Cell date_or_null(Date date) { return date == Date::max() ? Cell() : Cell(date); }

class Debtors {
 public:
  /// The one of the same key.
  Debtor& of(Debtor debtor) {
    auto found = std::ranges::find(all_, debtor.key, &Debtor::key);
    if (found == all_.end()) found = all_.insert(found, std::move(debtor));
    return *found;
  }
  void add(Debtor debtor, const Obligation& item, Message whom, Cell target) {
    add_to(of(std::move(debtor)).debts[item.duty], item.state, item.overdue_days, item.due, std::move(whom), std::move(target));
  }

  [[nodiscard]] const std::vector<Debtor>& all() const { return all_; }

 private:
  std::vector<Debtor> all_;
};

Message debt_words(Message duty, const Debt& debt, bool names_children) {
  std::vector<Message> parts;
  if (debt.overdue > 0) {
    parts.push_back(say("{0} overdue, the longest by {1}", debt.overdue, counted(debt.longest, "{0} day", "{0} days")));
  }
  if (debt.due_soon > 0) parts.push_back(say("{0} due soon, the first on {1}", debt.due_soon, to_string(debt.due)));
  Message words = say("{0}: {1}", std::move(duty), joined(parts));
  return names_children ? say("{0} ({1})", std::move(words), joined(debt.whom)) : words;
}

/// A line for programs. Whom it is about stands in it where children are named.
Cell debt_cell(const Duty& duty, const Debt& debt, bool names_children) {
  Cell::List roles;
  for (const DutyHolder& who : duty.who) roles.emplace_back(who.role);
  Record record;
  record.fields = {{"rule", Cell(duty.id)},           {"name", Cell(duty.name)},
                   {"roles", Cell(std::move(roles))}, {"overdue", Cell(debt.overdue)},
                   {"longest", Cell(debt.longest)},   {"due_soon", Cell(debt.due_soon)},
                   {"due", date_or_null(debt.due)},   {"for", names_children ? Cell(Cell::List(debt.targets)) : Cell()}};
  return record;
}

/// Archives for programs; null where none is owed.
Cell archives_cell(const Debt& debt, bool names_children) {
  if (debt.overdue + debt.due_soon == 0) return {};
  Record record;
  record.fields = {{"overdue", Cell(debt.overdue)},
                   {"longest", Cell(debt.longest)},
                   {"due_soon", Cell(debt.due_soon)},
                   {"due", date_or_null(debt.due)},
                   {"for", names_children ? Cell(Cell::List(debt.targets)) : Cell()}};
  return record;
}

void add_archives(const Context& context, const ObligationWords& words, const std::vector<ArchiveState>& archives, Debtors& debtors) {
  const Dataset& data = context.data;
  for (const ArchiveState& one : archives) {
    if (one.state == ObligationState::due) continue;
    const std::string whom = words.student_name(one.student, context.today);
    const auto add = [&](Debtor debtor) {
      add_to(debtors.of(std::move(debtor)).archives, one.state, one.overdue_days, one.due, as_data(whom), data.students[one.student].id);
    };
    for (const StaffIndex keeper : one.keepers) {
      const Party party{Party::Kind::staff, keeper};
      add({.key = data.id_of(party), .name = words.party(party), .who = words.party_cell(party), .debts = {}});
    }
    if (one.keepers.empty())
      add({.key = "nobody/archive", .name = keepers_words(data, words, one), .who = Cell(), .is_open = true, .debts = {}});
  }
}

}  // namespace

Document overdue_message(const Context& context, const Obligations& all, const std::vector<ArchiveState>& archives,
                         const OverdueFilter& filter, bool names_children) {
  const Dataset& data = context.data;
  const ObligationWords words(data, all, filter.all_years);
  Debtors debtors;
  for (const auto index : pressing(all)) {
    const Obligation& item = all.items[index];
    if (item.state != ObligationState::overdue && item.state != ObligationState::due_soon) continue;
    for (const Ower& ower : all.owers_of(item)) {
      if (!names_children && data.is_called_by_child(ower.party)) {
        debtors.add({.key = "role/" + words.duty(item).id, .name = words.roles(item), .who = Cell(), .debts = {}}, item, {}, {});
        continue;
      }
      debtors.add({.key = data.id_of(ower.party), .name = words.party(ower.party), .who = words.party_cell(ower.party), .debts = {}}, item,
                  words.whom(item), words.target_cell(item));
    }
    if (item.ower_count == 0) {
      debtors.add({.key = "nobody/" + words.duty(item).id, .name = words.who(item), .who = Cell(), .is_open = true, .debts = {}}, item,
                  words.whom(item), words.target_cell(item));
    }
  }
  add_archives(context, words, archives, debtors);
  Document document;
  document.schema = "help.overdue-message/1";
  document.is_message = true;
  add_overdue_facts(context, all, filter, document);
  document.head.push_back(say("{0}, {1}: care that is owed", data.school.name, to_string(context.today)));
  if (has_error(context.problems)) document.head.push_back(say("(Not complete: some records could not be read.)"));
  Table lines;
  lines.key = "people";
  for (const auto* key : {"who", "open", "lines", "duties", "archives"})
    lines.columns.push_back({.key = key, .title = {}, .in_text = false});
  for (const Debtor& debtor : debtors.all()) {
    Cell::List of_person;
    Cell::List duties;
    document.head.push_back(debtor.name);
    const auto add_line = [&](Message line) {
      of_person.emplace_back(line);
      document.head.push_back(say("- {0}", std::move(line)));
    };
    for (const auto& [duty, debt] : debtor.debts) {
      add_line(debt_words(as_data(data.policy.cadence.duties[duty].name), debt, names_children));
      duties.push_back(debt_cell(data.policy.cadence.duties[duty], debt, names_children));
    }
    const Cell archives_owed = archives_cell(debtor.archives, names_children);
    if (!std::holds_alternative<std::monostate>(archives_owed.value))
      add_line(debt_words(say("archives that lack something"), debtor.archives, names_children));
    lines.rows.push_back({debtor.who, debtor.is_open, std::move(of_person), std::move(duties), archives_owed});
  }
  if (lines.rows.empty()) {
    document.head.push_back(say("Nothing is overdue, and nothing is due soon."));
  } else {
    document.head.push_back(say("Whoever has done it already: please write it down with help note."));
  }
  if (context.format == Format::json) document.tables.push_back(std::move(lines));
  return document;
}

}  // namespace help
