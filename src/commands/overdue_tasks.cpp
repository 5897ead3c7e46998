// SPDX-License-Identifier: MIT
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "commands/cells.hpp"
#include "commands/overdue_view.hpp"

namespace help {
namespace {

template <typename Each>
Cell words(const Each& all, auto&& word) {
  Cell::List list;
  for (const auto& one : all) list.emplace_back(word(one));
  return list;
}

std::string_view word_of(Timing timing) {
  constexpr std::array<std::string_view, 4> timings{"every", "after", "once", "unchecked"};
  return timings[static_cast<std::size_t>(timing)];
}

/// Whose names stand for the role: bodies of the kind, but for those that are called by the names of children.
Cell bodies_of(const Dataset& data, const Duty& duty) {
  Cell::List ids;
  for (const DutyHolder& who : duty.who) {
    if (who.kind != DutyHolder::Kind::body_kind || is_called_by_children(who.role)) continue;
    for (const Body& body : data.bodies) {
      if (body.kind == who.role) ids.emplace_back(body.id);
    }
  }
  return ids;
}

Cell kinds_of_trigger(const Dataset& data, const Trigger& after) {
  if (after.kind == Trigger::Kind::exam) return words(after.exams, [](ExamKind kind) { return help::word_of(kind); });
  if (after.kind == Trigger::Kind::event) return words(after.events, [](EventKind kind) { return help::word_of(kind); });
  return words(after.records, [&](InteractionKindIndex kind) { return data.policy.kinds[kind].id; });
}

/// What the sentences of a row say, for programs; by the columns of `code_columns`.
void add_codes(const Dataset& data, const TaskRow& row, std::vector<Cell>& cells) {
  if (!row.duty) {
    const std::string& who = data.policy.cadence.phases[*row.phase].who;
    Cell::List roles;
    if (!who.empty()) roles.emplace_back(who);
    cells.insert(cells.end(), {"phase", std::move(roles), Cell::List{}, Cell::List{}, Cell(), Cell(), Cell(), Cell(), Cell(), Cell(),
                               Cell(), Cell(), Cell(), Cell()});
    return;
  }
  const Duty& duty = data.policy.cadence.duties[*row.duty];
  const bool returns = duty.timing == Timing::every;
  const bool counts = returns || duty.timing == Timing::once;
  const bool follows = duty.timing == Timing::after;
  Cell::List by;
  for (const DueDay& day : duty.due) by.emplace_back(text_of(day));
  cells.insert(cells.end(),
               {"duty", words(duty.who, [](const DutyHolder& who) { return who.role; }), bodies_of(data, duty),
                words(duty.does, [&](InteractionKindIndex kind) { return data.policy.kinds[kind].id; }), text_or_null(duty.because),
                word_of(duty.timing), returns ? Cell(help::word_of(duty.every)) : Cell(), by.empty() ? Cell() : Cell(std::move(by)),
                counts ? Cell(duty.at_least) : Cell(), counts ? number_or_null(duty.at_most) : Cell(),
                returns ? Cell(duty.average) : Cell(), follows ? Cell(help::word_of(duty.after.kind)) : Cell(),
                follows ? kinds_of_trigger(data, duty.after) : Cell(), follows ? Cell(duty.within_days) : Cell()});
}

constexpr std::array<std::string_view, 14> code_columns{"kind", "roles",    "bodies",  "does",    "because", "timing",      "every",
                                                        "by",   "at_least", "at_most", "average", "after",   "after_kinds", "within_days"};

}  // namespace

Document task_document(const Context& context) {
  const Dataset& data = context.data;
  Document document;
  document.schema = "help.tasks/1";
  const auto term = data.calendar.term_of(context.today);
  const auto rows = term ? task_table(data, *term) : std::vector<TaskRow>{};
  const std::string term_name = !term                                     ? std::string()
                                : data.calendar.terms[*term].name.empty() ? data.calendar.terms[*term].id
                                                                          : data.calendar.terms[*term].name;
  document.head.push_back(say("{0}: calendar and tasks, {1}", data.school.name, term_name));
  document.facts.fields = {{"today", Cell(context.today)},
                           {"school", Cell(data.school.name)},
                           {"policy", Cell(data.policy.id)},
                           {"term", term ? Cell(data.calendar.terms[*term].id) : Cell()}};
  Table table;
  table.key = "items";
  table.columns = {{.key = "number", .title = say("No."), .align = Align::right},
                   {.key = "rule", .title = {}, .in_text = false},
                   {.key = "source", .title = {}, .in_text = false},
                   {.key = "what", .title = say("Task")},
                   {.key = "who", .title = say("Responsible")},
                   {.key = "when", .title = say("To be done by")},
                   {.key = "first", .title = {}, .in_text = false},
                   {.key = "due", .title = {}, .in_text = false},
                   {.key = "remark", .title = say("Remark")}};
  for (const std::string_view key : code_columns) table.columns.push_back({.key = key, .title = {}, .in_text = false});
  table.when_empty = say("The policy sets no tasks.");
  std::int64_t number = 0;
  for (const TaskRow& row : rows) {
    const Cadence& cadence = data.policy.cadence;
    const std::string& id = row.duty ? cadence.duties[*row.duty].id : cadence.phases[*row.phase].id;
    const std::string& source = row.duty ? cadence.duties[*row.duty].source : cadence.phases[*row.phase].source;
    table.rows.push_back({++number, id, text_or_null(source), row.what, row.who, row.when, row.first ? Cell(*row.first) : Cell(),
                          row.due ? Cell(*row.due) : Cell(), row.remark});
    add_codes(data, row, table.rows.back());
  }
  document.tables.push_back(std::move(table));
  return document;
}

}  // namespace help
