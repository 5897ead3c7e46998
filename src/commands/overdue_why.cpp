// SPDX-License-Identifier: MIT
#include <algorithm>

#include "commands/cells.hpp"
#include "commands/overdue_view.hpp"
#include "store/id_table.hpp"

namespace help {
namespace {

/// "2026-03-12 家访 王芳: 计入 (log/2026-03/T012.yaml:14)"
Message entry_line(const Dataset& data, const ObligationWords& words, const JudgedEntry& judged) {
  const Interaction& entry = data.log.entries[judged.entry];
  const InteractionKind& kind = data.policy.kinds[entry.kind];
  return say("{0} {1}, {2}: {3} ({4}:{5})", to_string(entry.date), name_of(kind), words.party(entry.by), reason_of(judged.verdict),
             data.log.files[entry.file], entry.line);
}

Cell entry_cell(const Dataset& data, const ObligationWords& words, const JudgedEntry& judged) {
  const Interaction& entry = data.log.entries[judged.entry];
  Record record;
  record.fields = {{"record", Cell(record_id_of(entry.id))},
                   {"date", Cell(entry.date)},
                   {"kind", Cell(data.policy.kinds[entry.kind].id)},
                   {"by", words.party_cell(entry.by)},
                   {"verdict", Cell(word_of(judged.verdict))},
                   {"file", Cell(data.log.files[entry.file])},
                   {"line", Cell(entry.line)}};
  return record;
}

/// Records that could have counted: of the kind, or at least about the same student or class. What else somebody did has nothing to do with
/// a duty that is about nobody.
std::vector<JudgedEntry> entries_to_show(const Obligations& all, const Obligation& item) {
  const bool has_subject =
      item.target.kind == Target::Kind::student || item.target.kind == Target::Kind::pair || item.target.kind == Target::Kind::school_class;
  std::vector<JudgedEntry> shown;
  for (const JudgedEntry& entry : all.entries_of(item)) {
    if (has_subject || entry.verdict != EntryVerdict::other_kind) shown.push_back(entry);
  }
  return shown;
}

/// Days as people read them: one, or from to.
Message days_of(Date first, Date last) {
  return first == last ? as_data(to_string(first)) : say("{0} – {1}", to_string(first), to_string(last));
}

/// By duty, then target, then due day: the order of the answer. What has not begun is left out, unless it is asked for.
std::vector<std::uint32_t> shown_windows(const Obligations& all, const OverdueFilter& filter) {
  std::vector<std::uint32_t> items;
  for (std::uint32_t index = 0; index < all.items.size(); ++index) {
    if (filter.due_later || all.items[index].state != ObligationState::not_yet) items.push_back(index);
  }
  return items;
}

/// Where a duty stands: policy.yaml:58.
std::string rule_place(const Dataset& data, const Duty& duty) { return data.school.policy_path + ":" + std::to_string(duty.line); }

Table duty_table(const Context& context, const ObligationWords& words, const Obligations& all, std::span<const std::uint32_t> items) {
  const Duty& duty = words.duty(all.items[items.front()]);
  Message title = duty.source.empty() ? as_data(duty.name) : say("{0} [{1}]", duty.name, duty.source);
  title = say("{0} ({1})", std::move(title), rule_place(context.data, duty));
  if (!duty.because.empty()) title = say("{0}: {1}", std::move(title), duty.because);
  Table table;
  table.key = "items";
  table.title = std::move(title);
  table.columns = {{.key = "whom", .title = say("For whom")}, {.key = "who", .title = say("Who")},
                   {.key = "days", .title = say("Days")},     {.key = "due", .title = say("Due")},
                   {.key = "state", .title = say("State")},   {.key = "entries", .title = say("In the log")}};
  for (const auto index : items) {
    const Obligation& item = all.items[index];
    std::vector<Message> lines;
    for (const JudgedEntry& entry : entries_to_show(all, item)) lines.push_back(entry_line(context.data, words, entry));
    Message state = words.state(item);
    if (item.owed > 1) state = say("{0} ({1} of {2})", std::move(state), item.served, item.owed);
    table.rows.push_back({words.whom(item), words.who(item), days_of(item.first, item.last), item.due, std::move(state),
                          lines.empty() ? say("nothing yet") : lines_in_cell(std::move(lines), context.format)});
  }
  return table;
}

}  // namespace

Document overdue_why_document(const Context& context, const Obligations& all, const OverdueFilter& filter) {
  const Dataset& data = context.data;
  const ObligationWords words(data, all, filter.all_years);
  Document document;
  document.schema = "help.overdue-why/1";
  add_overdue_head(context, all, filter, document);
  const auto items = shown_windows(all, filter);
  if (!is_for_people(context.format)) {
    Table table;
    table.key = "items";
    table.columns = ObligationWords::item_columns();
    table.columns.push_back({.key = "rule_at"});
    table.columns.push_back({.key = "entries"});
    for (const auto index : items) {
      const Obligation& item = all.items[index];
      Cell::List entries;
      for (const JudgedEntry& entry : entries_to_show(all, item)) entries.push_back(entry_cell(data, words, entry));
      auto row = words.item_row(item);
      row.emplace_back(rule_place(data, words.duty(item)));
      row.emplace_back(std::move(entries));
      table.rows.push_back(std::move(row));
    }
    document.tables.push_back(std::move(table));
    return document;
  }
  for (std::size_t first = 0; first < items.size();) {
    auto end = first;
    while (end < items.size() && all.items[items[end]].duty == all.items[items[first]].duty) ++end;
    document.tables.push_back(duty_table(context, words, all, std::span(items).subspan(first, end - first)));
    first = end;
  }
  if (items.empty()) {
    Table nothing;
    nothing.key = "items";
    nothing.when_empty = say("Nothing was owed.");
    document.tables.push_back(std::move(nothing));
  }
  return document;
}

}  // namespace help
