// SPDX-License-Identifier: MIT
#include "commands/overdue_archives.hpp"

#include <algorithm>
#include <tuple>

#include "commands/archive_words.hpp"
#include "commands/cells.hpp"
#include "store/record_id.hpp"

namespace help {
namespace {

bool lets_through(const Dataset& data, const ArchiveState& state, Date today, const OverdueFilter& filter) {
  const auto in = data.class_of(state.student, today);
  if (filter.student && state.student != *filter.student) return false;
  if (filter.in_class && in != filter.in_class) return false;
  if (filter.grade && (!in || data.grade_of(*in, today) != *filter.grade)) return false;
  if (!filter.ower) return true;
  const bool is_staff = filter.ower->kind == Party::Kind::staff;
  return is_staff && std::ranges::find(state.keepers, filter.ower->index) != state.keepers.end();
}

std::int64_t count_in(const std::vector<ArchiveState>& states, ObligationState state) {
  return std::ranges::count(states, state, &ArchiveState::state);
}

class ArchiveRows {
 public:
  ArchiveRows(const Context& context, const ObligationWords& words) : context_(context), data_(context.data), words_(words) {}

  [[nodiscard]] Table for_people(const std::vector<ArchiveState>& states) const {
    Table table{.key = "archives", .title = say("Archives that lack something")};
    table.columns = {{.key = "number", .title = say("No."), .align = Align::right},
                     {.key = "who", .title = say("Who")},
                     {.key = "lacks", .title = say("The archive lacks")},
                     {.key = "whom", .title = say("For whom")},
                     {.key = "due", .title = say("Due")},
                     {.key = "state", .title = say("State")}};
    std::int64_t number = 0;
    for (const ArchiveState& one : states) {
      table.rows.push_back({++number, keepers_words(data_, words_, one), parts_cell(one.missing, true),
                            words_.student_name(one.student, context_.today), one.due, state_words(one)});
    }
    return table;
  }

  [[nodiscard]] Table for_programs(const std::vector<ArchiveState>& states) const {
    Table table{.key = "archives"};
    for (const auto* key :
         {"source", "who", "student", "name", "class", "grade", "since", "due", "state", "overdue_days", "lacks", "has_file"})
      table.columns.push_back({.key = key});
    for (const ArchiveState& one : states) {
      const Student& student = data_.students[one.student];
      const auto in = class_of(one);
      table.rows.push_back({text_or_null(data_.policy.archive.source), parties_cell(words_, keepers_of(one), false), student.id,
                            student.name, in ? Cell(data_.classes[*in].id) : Cell(), grade_cell(in), one.since, one.due, word_of(one.state),
                            one.overdue_days, parts_cell(one.missing, false), one.has_file});
    }
    return table;
  }

  /// A row among those of the cadence; the parts are what is owed and served.
  [[nodiscard]] std::vector<Cell> sheet_row(const ArchiveState& one) const {
    const Student& student = data_.students[one.student];
    const auto in = class_of(one);
    const auto parts = std::ssize(data_.policy.archive.required);
    Cell::List ids;
    for (const StaffIndex who : one.keepers) ids.emplace_back(data_.staff[who].id);
    return {"archive",
            say("archive: {0}", lacks_words(one)),
            text_or_null(data_.policy.archive.source),
            std::move(ids),
            keepers_words(data_, words_, one),
            student.id,
            student.name,
            in ? Cell(data_.classes[*in].id) : Cell(),
            grade_cell(in),
            Cell(),
            one.since,
            one.due,
            one.due,
            word_of(one.state),
            one.overdue_days,
            !one.has_file,
            parts,
            parts - std::ssize(one.missing)};
  }

  [[nodiscard]] CalendarDay day(const ArchiveState& one) const {
    const bool is_late = one.state == ObligationState::overdue;
    const std::string key = "archive\n" + data_.students[one.student].id + "\n" + to_string(one.since);
    Message title = say("Archive: {0}", words_.student_name(one.student, context_.today));
    Message text = say("{0}; {1}; due {2}", keepers_words(data_, words_, one), state_words(one), to_string(one.due));
    text = say("{0}; it lacks: {1}", std::move(text), lacks_words(one));
    return {make_record_id(key), is_late ? context_.today : one.due, std::move(title), std::move(text)};
  }

 private:
  [[nodiscard]] std::optional<ClassIndex> class_of(const ArchiveState& one) const { return data_.class_of(one.student, context_.today); }
  [[nodiscard]] Cell grade_cell(std::optional<ClassIndex> in) const { return in ? Cell(data_.grade_of(*in, context_.today)) : Cell(); }
  [[nodiscard]] static Message lacks_words(const ArchiveState& one) {
    std::vector<Message> names;
    for (const ArchivePart part : one.missing) names.push_back(name_of(part));
    return joined(names);
  }
  [[nodiscard]] static std::vector<Party> keepers_of(const ArchiveState& one) {
    std::vector<Party> keepers;
    for (const StaffIndex who : one.keepers) keepers.push_back({Party::Kind::staff, who});
    return keepers;
  }

  const Context& context_;
  const Dataset& data_;
  const ObligationWords& words_;
};

}  // namespace

std::vector<ArchiveState> owed_archives(const Dataset& data, Date today, const OverdueFilter& filter) {
  if (filter.duty) return {};
  std::vector<ArchiveState> states = archive_states(data, today);
  std::erase_if(states, [&](const ArchiveState& one) { return one.missing.empty() || !lets_through(data, one, today, filter); });
  std::ranges::stable_sort(states, {}, [](const ArchiveState& one) { return std::tuple(one.state, -one.overdue_days, one.due); });
  return states;
}

void add_archives(const Context& context, const ObligationWords& words, const std::vector<ArchiveState>& states,
                  const OverdueFilter& filter, Document& document) {
  if (context.data.policy.archive.required.empty() || filter.duty) return;
  const std::int64_t overdue = count_in(states, ObligationState::overdue);
  const std::int64_t soon = count_in(states, ObligationState::due_soon);
  const std::int64_t later = count_in(states, ObligationState::due);
  document.head.push_back(say("Archives that lack something: overdue {0}, due soon {1}, due later {2}.", overdue, soon, later));
  Record counts;
  counts.fields = {{"overdue", Cell(overdue)}, {"due_soon", Cell(soon)}, {"due", Cell(later)}};
  document.facts.fields.emplace_back("archive_counts", Cell(std::move(counts)));
  std::vector<ArchiveState> chased = states;
  std::erase_if(chased, [&](const ArchiveState& one) { return one.state == ObligationState::due && !filter.due_later; });
  if (filter.limit && chased.size() > *filter.limit) chased.resize(*filter.limit);
  const ArchiveRows rows(context, words);
  if (context.format == Format::ics) {
    for (const ArchiveState& one : chased) document.days.push_back(rows.day(one));
  } else if (context.format == Format::csv) {
    for (const ArchiveState& one : chased) document.tables.front().rows.push_back(rows.sheet_row(one));
  } else if (!is_for_people(context.format)) {
    document.tables.push_back(rows.for_programs(chased));
  } else if (!chased.empty()) {
    // It is not said that nothing is to be done.
    std::erase_if(document.tables, [](const Table& table) { return table.rows.empty(); });
    document.tables.push_back(rows.for_people(chased));
  }
}

}  // namespace help
