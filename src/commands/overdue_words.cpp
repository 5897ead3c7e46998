// SPDX-License-Identifier: MIT
#include "commands/overdue_words.hpp"

#include "commands/cells.hpp"
#include "model/role_name.hpp"

namespace help {

ObligationWords::ObligationWords(const Dataset& data, const Obligations& all, bool all_years)
    : data_(data), all_(all), all_years_(all_years) {
  const auto find_shared = [this](const auto& people) {
    std::set<std::string_view> names;
    for (const auto& one : people) {
      if (!names.insert(one.name).second) shared_names_.insert(one.name);
    }
  };
  find_shared(data.students);
  find_shared(data.staff);
}

Message ObligationWords::party(const Party& party) const {
  const std::string& name = data_.name_of(party);
  return as_data(shared_names_.contains(name) ? name + " " + data_.id_of(party) : name);
}

Message ObligationWords::roles(const Obligation& item) const {
  std::vector<Message> names;
  for (const DutyHolder& holder : duty(item).who) names.push_back(name_of_role(holder.role));
  return joined(names);
}

std::string ObligationWords::student_name(StudentIndex student, Date day) const {
  const auto& one = data_.students[student];
  const auto in = data_.class_of(student, day);
  const std::string name = shared_names_.contains(one.name) ? one.name + " " + one.id : one.name;
  return in ? name + " " + class_name(data_, in) : name;
}

Message ObligationWords::what(const Obligation& item) const {
  const Duty& of = duty(item);
  return item.owed > 1 ? say("{0} ({1} of {2})", of.name, item.served, item.owed) : as_data(of.name);
}

Message ObligationWords::who(const Obligation& item) const {
  std::vector<Message> names;
  for (const Ower& ower : all_.owers_of(item)) {
    names.push_back(ower.acts_for ? say("{0} for {1}", party(ower.party), party(*ower.acts_for)) : party(ower.party));
  }
  if (!names.empty()) return joined(names);
  return say("nobody ({0})", roles(item));
}

Message ObligationWords::whom(const Obligation& item) const {
  const Target& target = item.target;
  Message whom;
  switch (target.kind) {
    case Target::Kind::school:
      whom = say("the school");
      break;
    case Target::Kind::grade:
      whom = say("grade {0}", target.index);
      break;
    case Target::Kind::school_class:
      whom = as_data(class_name(data_, target.index));
      break;
    case Target::Kind::student:
      whom = as_data(student_name(target.index, item.due));
      break;
    case Target::Kind::pair:
      whom = as_data(student_name(data_.pairs[target.index].student, item.due));
      break;
    case Target::Kind::body:
      whom = as_data(data_.bodies[target.index].name);
      break;
    case Target::Kind::staff:
      whom = as_data(data_.staff[target.index].name);
      break;
  }
  return target.subject ? say("{0}, {1}", std::move(whom), data_.subjects[*target.subject]) : whom;
}

Message ObligationWords::student(StudentIndex student, const Obligation& item) const {
  return as_data(student_name(student, data_.class_of(student, all_.today) ? all_.today : item.due));
}

Message ObligationWords::state(const Obligation& item) const {
  Message state = name_of(item.state);
  if (item.state == ObligationState::overdue) {
    state = counted(item.overdue_days, "overdue {0} day", "overdue {0} days");
    if (item.never_met) state = all_years_ ? say("{0}, never met", std::move(state)) : say("{0}, not met this term", std::move(state));
  }
  if (item.state == ObligationState::waived) state = say("{0}: {1}", std::move(state), name_of(item.waiver));
  return item.above > 0 ? say("{0}; {1} more than the policy allows", std::move(state), item.above) : state;
}

Cell ObligationWords::party_cell(const Party& party) const {
  Record record;
  record.fields = {{"kind", Cell(word_of(party.kind))}, {"id", Cell(data_.id_of(party))}, {"name", Cell(data_.name_of(party))}};
  return record;
}

Cell ObligationWords::target_cell(const Obligation& item) const {
  const Target& target = item.target;
  const auto student = student_of(data_, target);
  std::string_view kind;
  Cell id;
  Cell name;
  switch (target.kind) {
    case Target::Kind::school:
      kind = "school";
      name = Cell(data_.school.name);
      break;
    case Target::Kind::grade:
      kind = "grade";
      break;
    case Target::Kind::school_class:
      kind = "class";
      id = Cell(data_.classes[target.index].id);
      name = Cell(class_name(data_, target.index));
      break;
    case Target::Kind::student:
      kind = "student";
      break;
    case Target::Kind::pair:
      kind = "pair";
      break;
    case Target::Kind::body:
      kind = "body";
      id = Cell(data_.bodies[target.index].id);
      name = Cell(data_.bodies[target.index].name);
      break;
    case Target::Kind::staff:
      kind = "staff";
      id = Cell(data_.staff[target.index].id);
      name = Cell(data_.staff[target.index].name);
      break;
  }
  if (student) {
    id = Cell(data_.students[*student].id);
    name = Cell(data_.students[*student].name);
  }
  const auto in = class_of(data_, item);
  Record record;
  record.fields = {{"kind", Cell(kind)},
                   {"id", std::move(id)},
                   {"name", std::move(name)},
                   {"class", in ? Cell(data_.classes[*in].id) : Cell()},
                   {"grade", number_or_null(grade_of(data_, item))},
                   {"subject", target.subject ? Cell(data_.subjects[*target.subject]) : Cell()},
                   {"pair", target.kind == Target::Kind::pair ? Cell(data_.pairs[target.index].id) : Cell()}};
  return record;
}

std::vector<Column> ObligationWords::item_columns() {
  std::vector<Column> columns;
  for (const auto* key : {"duty", "name", "source", "because", "who", "for", "first", "last", "due", "until", "state", "overdue_days",
                          "never_met", "owed", "served", "above", "waiver", "event", "exam"}) {
    columns.push_back({.key = key});
  }
  return columns;
}

std::vector<Cell> ObligationWords::item_row(const Obligation& item) const {
  Cell::List who;
  for (const Ower& ower : all_.owers_of(item)) {
    Cell cell = party_cell(ower.party);
    std::get<Record>(cell.value).fields.emplace_back("acts_for", ower.acts_for ? party_cell(*ower.acts_for) : Cell());
    who.push_back(std::move(cell));
  }
  const Duty& of = duty(item);
  return {of.id,
          of.name,
          text_or_null(of.source),
          text_or_null(of.because),
          std::move(who),
          target_cell(item),
          item.first,
          item.last,
          item.due,
          item.until == Date::max() ? Cell() : Cell(item.until),
          word_of(item.state),
          item.overdue_days,
          item.never_met,
          item.owed,
          item.served,
          item.above,
          item.waiver == Waiver::none ? Cell() : Cell(word_of(item.waiver)),
          item.event ? Cell(*item.event) : Cell(),
          item.exam ? Cell(data_.exams[*item.exam].id) : Cell()};
}

}  // namespace help
