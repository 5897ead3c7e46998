// SPDX-License-Identifier: MIT
#include "commands/overdue_view.hpp"

#include <algorithm>
#include <set>

#include "commands/cells.hpp"
#include "commands/overdue_archives.hpp"
#include "store/record_id.hpp"

namespace help {
namespace {

bool is_to_chase(const Obligation& item, const OverdueFilter& filter) {
  return item.state == ObligationState::overdue || item.state == ObligationState::due_soon ||
         (filter.due_later && item.state == ObligationState::due);
}

bool lets_through(const Dataset& data, const Obligations& all, const Obligation& item, const OverdueFilter& filter) {
  if (filter.duty && item.duty != *filter.duty) return false;
  if (filter.student && student_of(data, item.target) != filter.student) return false;
  if (filter.in_class && class_of(data, item) != filter.in_class) return false;
  if (filter.grade && grade_of(data, item) != filter.grade) return false;
  return !filter.ower || is_owed_by(data, all, item, *filter.ower);
}

/// A value of a record; nothing where it has none of that name.
Cell field_of(const Cell& record, std::string_view name) {
  for (const auto& [key, value] : std::get<Record>(record.value).fields) {
    if (key == name) return value;
  }
  return {};
}

/// What does not change as long as the records keep their ids: of what a target is.
std::string stable_id(const Dataset& data, const Obligation& item) {
  const Target& target = item.target;
  switch (target.kind) {
    case Target::Kind::school:
      return {};
    case Target::Kind::grade:
      return std::to_string(target.index);
    case Target::Kind::school_class:
      return data.classes[target.index].id;
    case Target::Kind::student:
      return data.students[target.index].id;
    case Target::Kind::pair:
      return data.pairs[target.index].id;
    case Target::Kind::body:
      return data.bodies[target.index].id;
    case Target::Kind::staff:
      break;
  }
  return data.staff[target.index].id;
}

/// Obligations under a heading.
struct DutyGroup {
  Message title;
  std::vector<std::uint32_t> items;
};

/// The list of what to chase, by groups in the order of their most pressing item.
class Groups {
 public:
  Groups(const Dataset& data, const Obligations& all, const ObligationWords& words, OverdueBy by)
      : data_(data), all_(all), words_(words), by_(by) {}

  void add(std::uint32_t index) {
    const Obligation& item = all_.items[index];
    switch (by_) {
      case OverdueBy::nothing:
        return add_to({}, {}, index);
      case OverdueBy::person:
        if (item.ower_count == 0) return add_to("", words_.who(item), index);
        for (const Ower& ower : all_.owers_of(item)) {
          add_to(data_.id_of(ower.party), words_.party(ower.party), index);
        }
        return;
      case OverdueBy::school_class: {
        const auto in = class_of(data_, item);
        return add_to(in ? std::to_string(*in) : "", in ? as_data(class_name(data_, in)) : say("The school as a whole"), index);
      }
      case OverdueBy::grade: {
        const auto grade = grade_of(data_, item);
        return add_to(grade ? std::to_string(*grade) : "", grade ? say("Grade {0}", *grade) : say("The school as a whole"), index);
      }
      case OverdueBy::student: {
        const auto student = student_of(data_, item.target);
        return add_to(student ? std::to_string(*student) : "", student ? words_.student(*student, item) : say("The school as a whole"),
                      index);
      }
      case OverdueBy::duty:
        return add_to(std::to_string(item.duty), as_data(words_.duty(item).name), index);
    }
  }

  [[nodiscard]] const std::vector<DutyGroup>& groups() const { return groups_; }

 private:
  void add_to(std::string_view key, Message title, std::uint32_t index) {
    const auto found = std::ranges::find(keys_, key);
    if (found == keys_.end()) {
      keys_.emplace_back(key);
      groups_.push_back({std::move(title), {index}});
    } else {
      groups_[static_cast<std::size_t>(found - keys_.begin())].items.push_back(index);
    }
  }

  const Dataset& data_;
  const Obligations& all_;
  const ObligationWords& words_;
  OverdueBy by_;
  std::vector<std::string> keys_;
  std::vector<DutyGroup> groups_;
};

Table people_table(const ObligationWords& words, const Obligations& all, const DutyGroup& group, std::string_view key) {
  Table table{.key = key,
              .title = group.title,
              .columns = {{.key = "number", .title = say("No."), .align = Align::right},
                          {.key = "who", .title = say("Who")},
                          {.key = "what", .title = say("What")},
                          {.key = "whom", .title = say("For whom")},
                          {.key = "due", .title = say("Due")},
                          {.key = "state", .title = say("State")}}};
  std::int64_t number = 0;
  for (const auto index : group.items) {
    const Obligation& item = all.items[index];
    table.rows.push_back({++number, words.who(item), words.what(item), words.whom(item), item.due, words.state(item)});
  }
  return table;
}

Table program_table(const ObligationWords& words, const Obligations& all, const std::vector<std::uint32_t>& items, std::string_view key) {
  Table table{.key = key, .columns = ObligationWords::item_columns()};
  for (const auto index : items) table.rows.push_back(words.item_row(all.items[index]));
  return table;
}

/// For spreadsheets: one line each, people and students by id and by name.
Table sheet_table(const ObligationWords& words, const Obligations& all, const std::vector<std::uint32_t>& items) {
  Table table;
  table.key = "items";
  for (const auto* key : {"rule", "rule_name", "source", "who", "who_name", "for", "for_name", "class", "grade", "subject", "first", "last",
                          "due", "state", "overdue_days", "never_met", "owed", "served"}) {
    table.columns.push_back({.key = key});
  }
  for (const auto index : items) {
    const Obligation& item = all.items[index];
    Cell::List ids;
    for (const Ower& ower : all.owers_of(item)) ids.push_back(field_of(words.party_cell(ower.party), "id"));
    const Duty& duty = words.duty(item);
    const Cell target = words.target_cell(item);
    table.rows.push_back({duty.id, duty.name, text_or_null(duty.source), std::move(ids), words.who(item), field_of(target, "id"),
                          field_of(target, "name"), field_of(target, "class"), field_of(target, "grade"), field_of(target, "subject"),
                          item.first, item.last, item.due, word_of(item.state), item.overdue_days, item.never_met, item.owed, item.served});
  }
  return table;
}

/// One day for each thing to do: the day on which it is due, today for what is overdue.
void add_days(const Dataset& data, const ObligationWords& words, const Obligations& all, const std::vector<std::uint32_t>& items,
              Document& document) {
  for (const auto index : items) {
    const Obligation& item = all.items[index];
    const Duty& duty = words.duty(item);
    const auto& target = item.target;
    std::string owers;  // of a duty that each of them owes there is one for each
    for (const Ower& ower : all.owers_of(item)) owers += "\n" + data.id_of(ower.party);
    const std::string key = duty.id + "\n" + std::to_string(static_cast<int>(target.kind)) + "\n" + stable_id(data, item) + "\n" +
                            (target.subject ? data.subjects[*target.subject] : "") + "\n" + to_string(item.first) + owers;
    const bool is_late = item.state == ObligationState::overdue;
    Message title = say("{0}: {1}", words.what(item), words.whom(item));
    Message text = say("{0}; {1}; due {2}", words.who(item), words.state(item), to_string(item.due));
    if (!duty.source.empty()) text = say("{0} [{1}]", std::move(text), duty.source);
    document.days.push_back({make_record_id(key), is_late ? all.today : item.due, std::move(title), std::move(text)});
  }
}

std::vector<std::uint32_t> missed_of(const Obligations& all) {
  std::vector<std::uint32_t> missed;
  for (std::uint32_t index = 0; index < all.items.size(); ++index) {
    if (all.items[index].state == ObligationState::missed) missed.push_back(index);
  }
  std::ranges::sort(missed, {}, [&](std::uint32_t index) { return std::tuple(all.items[index].due, index); });
  return missed;
}

std::int64_t count_in(const Obligations& all, ObligationState state) { return std::ranges::count(all.items, state, &Obligation::state); }

void add_filter_line(const Context& context, const OverdueFilter& filter, Document& document) {
  const Dataset& data = context.data;
  std::vector<Message> parts;
  if (filter.grade) parts.push_back(say("grade {0}", *filter.grade));
  if (filter.in_class) parts.push_back(say("class {0}", class_name(data, filter.in_class)));
  if (filter.ower) parts.push_back(as_data(data.name_of(*filter.ower)));
  if (filter.student) parts.push_back(as_data(data.students[*filter.student].name));
  if (filter.duty) parts.push_back(as_data(data.policy.cadence.duties[*filter.duty].name));
  if (!parts.empty()) document.head.push_back(say("Only {0} is shown.", joined(parts)));
}

}  // namespace

Obligations narrowed(const Dataset& data, Obligations all, const OverdueFilter& filter) {
  std::erase_if(all.items, [&](const Obligation& item) { return !lets_through(data, all, item, filter); });
  return all;
}

void add_overdue_head(const Context& context, const Obligations& all, const OverdueFilter& filter, Document& document, bool is_public) {
  const Dataset& data = context.data;
  const auto term = data.calendar.term_of(context.today);
  const std::string policy = data.policy.name.empty() ? data.policy.id : data.policy.name;
  const Tally sum = tally(all);
  if (has_error(context.problems)) document.head.push_back(incomplete_words(context.problems, is_public));
  document.head.push_back(say("{0}: care that is owed on {1}", data.school.name, to_string(context.today)));
  if (term) {
    const Term& of = data.calendar.terms[*term];
    document.head.push_back(say("Policy: {0}. Term: {1}.", policy, of.name.empty() ? of.id : of.name));
  } else {
    document.head.push_back(say("Policy: {0}.", policy));
  }
  if (!filter.all_years && term && *term > 0 && context.today < data.calendar.terms[*term].days.from) {
    document.head.push_back(say("These are the holidays before the term: what is left of the last one is shown with --all-years."));
  }
  add_filter_line(context, filter, document);
  document.head.push_back(say("Overdue {0}, due soon {1}, due later {2}; missed {3}.", count_in(all, ObligationState::overdue),
                              count_in(all, ObligationState::due_soon), count_in(all, ObligationState::due),
                              count_in(all, ObligationState::missed)));
  if (sum.owed > 0) {
    document.head.push_back(
        say("On time: {0} of {1} that came due ({2}%).", sum.on_time, sum.owed, std::int64_t{sum.on_time} * 100 / sum.owed));
  }
  add_overdue_facts(context, all, filter, document);
}

void add_overdue_facts(const Context& context, const Obligations& all, const OverdueFilter& filter, Document& document) {
  const Dataset& data = context.data;
  const bool is_incomplete = has_error(context.problems);
  const auto term = data.calendar.term_of(context.today);
  const Tally sum = tally(all);
  Record counts;
  counts.fields = {{"overdue", Cell(count_in(all, ObligationState::overdue))},
                   {"due_soon", Cell(count_in(all, ObligationState::due_soon))},
                   {"due", Cell(count_in(all, ObligationState::due))},
                   {"missed", Cell(count_in(all, ObligationState::missed))},
                   {"came_due", Cell(sum.owed)},
                   {"on_time", Cell(sum.on_time)},
                   {"late", Cell(sum.late)}};
  Record shown;
  shown.fields = {{"class", filter.in_class ? Cell(data.classes[*filter.in_class].id) : Cell()},
                  {"grade", number_or_null(filter.grade)},
                  {"staff", filter.ower ? Cell(data.id_of(*filter.ower)) : Cell()},
                  {"student", filter.student ? Cell(data.students[*filter.student].id) : Cell()},
                  {"rule", filter.duty ? Cell(data.policy.cadence.duties[*filter.duty].id) : Cell()},
                  {"limit", filter.limit ? Cell(static_cast<std::int64_t>(*filter.limit)) : Cell()}};
  document.facts.fields = {{"today", Cell(context.today)},      {"school", Cell(data.school.name)},
                           {"policy", Cell(data.policy.id)},    {"term", term ? Cell(data.calendar.terms[*term].id) : Cell()},
                           {"incomplete", Cell(is_incomplete)}, {"filter", Cell(std::move(shown))},
                           {"counts", Cell(std::move(counts))}};
}

namespace {

Document cadence_document(const Context& context, const Obligations& all, const OverdueFilter& filter) {
  const Dataset& data = context.data;
  Document document{.schema = "help.overdue/1"};
  add_overdue_head(context, all, filter, document);
  const ObligationWords words(data, all, filter.all_years);
  auto items = pressing(all);
  std::erase_if(items, [&](std::uint32_t index) { return !is_to_chase(all.items[index], filter); });
  const auto total = items.size();
  if (filter.limit && items.size() > *filter.limit) items.resize(*filter.limit);
  const auto missed = filter.missed ? missed_of(all) : std::vector<std::uint32_t>{};
  if (context.format == Format::ics) {
    add_days(data, words, all, items, document);
    return document;
  }
  if (context.format == Format::csv) {
    items.insert(items.end(), missed.begin(), missed.end());
    document.tables.push_back(sheet_table(words, all, items));
    return document;
  }
  if (!is_for_people(context.format)) {
    document.tables.push_back(program_table(words, all, items, "items"));
    if (filter.missed) document.tables.push_back(program_table(words, all, missed, "missed"));
    return document;
  }
  if (items.size() < total) {
    document.head.push_back(
        say("Only the first {0} of {1} are shown.", static_cast<std::int64_t>(items.size()), static_cast<std::int64_t>(total)));
  }
  Groups groups(data, all, words, filter.by);
  for (const auto index : items) groups.add(index);
  for (const DutyGroup& group : groups.groups()) document.tables.push_back(people_table(words, all, group, "items"));
  if (total == 0) document.tables.push_back({.key = "items", .when_empty = say("Nothing is overdue, and nothing is due soon.")});
  if (!missed.empty()) document.tables.push_back(people_table(words, all, {say("Missed: too late to make up"), missed}, "missed"));
  return document;
}

}  // namespace

Document overdue_document(const Context& context, const Obligations& all, const std::vector<ArchiveState>& archives,
                          const OverdueFilter& filter) {
  Document document = cadence_document(context, all, filter);
  add_archives(context, ObligationWords(context.data, all, filter.all_years), archives, filter, document);
  return document;
}

}  // namespace help
