// SPDX-License-Identifier: MIT
#include "commands/cells.hpp"
#include "commands/overdue_view.hpp"

namespace help {

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
  table.when_empty = say("The policy sets no tasks.");
  std::int64_t number = 0;
  for (const TaskRow& row : rows) {
    const Cadence& cadence = data.policy.cadence;
    const std::string& id = row.duty ? cadence.duties[*row.duty].id : cadence.phases[*row.phase].id;
    const std::string& source = row.duty ? cadence.duties[*row.duty].source : cadence.phases[*row.phase].source;
    table.rows.push_back({++number, id, text_or_null(source), row.what, row.who, row.when, row.first ? Cell(*row.first) : Cell(),
                          row.due ? Cell(*row.due) : Cell(), row.remark});
  }
  document.tables.push_back(std::move(table));
  return document;
}

}  // namespace help
