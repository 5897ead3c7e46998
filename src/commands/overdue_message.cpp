// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>

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

/// Everybody who owes something, the most pressing first. Duties that nobody holds stand by their roles, and so do, where children are not
/// named, those of students and of their families.
struct Debtor {
  std::string key;  ///< the id; where nobody holds the role, the duty
  Message name;
  Cell who;
  bool is_open = false;  ///< nobody holds the role
  Debts debts;
};

Cell date_or_null(Date date) { return date == Date::max() ? Cell() : Cell(date); }

class Debtors {
 public:
  void add(Debtor debtor, const Obligation& item, Message whom, Cell target) {
    auto found = std::ranges::find(all_, debtor.key, &Debtor::key);
    if (found == all_.end()) found = all_.insert(found, std::move(debtor));
    Debt& debt = found->debts[item.duty];
    if (item.state == ObligationState::overdue) {
      ++debt.overdue;
      debt.longest = std::max(debt.longest, std::int64_t{item.overdue_days});
    } else {
      ++debt.due_soon;
      debt.due = std::min(debt.due, item.due);
    }
    debt.whom.push_back(std::move(whom));
    debt.targets.push_back(std::move(target));
  }

  [[nodiscard]] const std::vector<Debtor>& all() const { return all_; }

 private:
  std::vector<Debtor> all_;
};

Message debt_words(const std::string& duty, const Debt& debt, bool names_children) {
  std::vector<Message> parts;
  if (debt.overdue > 0) {
    parts.push_back(say("{0} overdue, the longest by {1}", debt.overdue, counted(debt.longest, "{0} day", "{0} days")));
  }
  if (debt.due_soon > 0) parts.push_back(say("{0} due soon, the first on {1}", debt.due_soon, to_string(debt.due)));
  Message words = say("{0}: {1}", duty, joined(parts));
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

}  // namespace

Document overdue_message(const Context& context, const Obligations& all, const OverdueFilter& filter, bool names_children) {
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
  Document document;
  document.schema = "help.overdue-message/1";
  document.is_message = true;
  add_overdue_facts(context, all, filter, document);
  document.head.push_back(say("{0}, {1}: care that is owed", data.school.name, to_string(context.today)));
  if (has_error(context.problems)) document.head.push_back(say("(Not complete: some records could not be read.)"));
  Table lines;
  lines.key = "people";
  for (const auto* key : {"who", "open", "lines", "duties"}) lines.columns.push_back({.key = key, .title = {}, .in_text = false});
  for (const Debtor& debtor : debtors.all()) {
    Cell::List of_person;
    Cell::List duties;
    document.head.push_back(debtor.name);
    for (const auto& [duty, debt] : debtor.debts) {
      Message line = debt_words(data.policy.cadence.duties[duty].name, debt, names_children);
      of_person.emplace_back(line);
      document.head.push_back(say("- {0}", std::move(line)));
      duties.push_back(debt_cell(data.policy.cadence.duties[duty], debt, names_children));
    }
    lines.rows.push_back({debtor.who, debtor.is_open, std::move(of_person), std::move(duties)});
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
