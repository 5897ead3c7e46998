// SPDX-License-Identifier: MIT
#include <algorithm>
#include <functional>
#include <optional>
#include <set>

#include "commands/audience.hpp"
#include "commands/cells.hpp"
#include "commands/overdue_view.hpp"
#include "model/school_days.hpp"

namespace help {
namespace {

constexpr std::int64_t bar_cells = 10;

std::int64_t percent_on_time(const Tally& tally) { return tally.owed == 0 ? 0 : std::int64_t{tally.on_time} * 100 / tally.owed; }

/// The share as a bar of ten cells; its words stand beside it.
std::string bar(const Tally& tally) {
  std::string cells;
  const auto full = tally.owed == 0 ? 0 : std::int64_t{tally.on_time} * bar_cells / tally.owed;
  for (std::int64_t cell = 0; cell < bar_cells; ++cell) cells += cell < full ? "█" : "·";
  return cells;
}

std::vector<Column> rate_columns(std::string_view key, Message title) {
  return {{.key = key, .title = std::move(title)},
          {.key = "owed", .title = say("Came due"), .align = Align::right},
          {.key = "on_time", .title = say("On time"), .align = Align::right},
          {.key = "late", .title = say("Late"), .align = Align::right},
          {.key = "missed", .title = say("Missed"), .align = Align::right},
          {.key = "overdue", .title = say("Overdue"), .align = Align::right},
          {.key = "percent", .title = say("%"), .align = Align::right},
          {.key = "bar", .title = {}}};
}

std::vector<Cell> row_of(Cell name, const Tally& tally, bool is_for_people) {
  std::vector<Cell> row{std::move(name), tally.owed, tally.on_time, tally.late, tally.missed, tally.overdue, percent_on_time(tally)};
  if (is_for_people) row.emplace_back(bar(tally));
  return row;
}

using Belongs = std::function<bool(const Obligation&)>;

/// Whether what came due of some obligations is about enough students (where it is about students at all), and owed by enough people.
/// Several subjects or pairs of one student are one student.
bool concerns_many(const Dataset& data, const Obligations& all, const Belongs& belongs) {
  std::set<StudentIndex> students;
  std::set<Target> others;
  std::set<Party> people;
  for (const Obligation& item : all.items) {
    Tally counted;
    counted.add(item, all.today);
    if (counted.owed == 0 || !belongs(item)) continue;
    const auto student = student_of(data, item.target);
    if (student) students.insert(*student);
    if (!student) others.insert(item.target);
    for (const Ower& ower : all.owers_of(item)) people.insert(ower.party);
  }
  const auto about = students.empty() ? std::ssize(others) : std::ssize(students);
  return about >= smallest_public_group && std::ssize(people) >= smallest_public_group;
}

/// A line of a table, and which obligations it is of.
struct Row {
  Cell name;
  Tally tally;
  Belongs belongs;
};

class Rates {
 public:
  Rates(const Context& context, const Obligations& all, bool is_public)
      : data_(context.data),
        all_(all),
        words_(context.data, all, true),
        format_(context.format),
        is_for_people_(help::is_for_people(context.format)),
        is_public_(is_public) {}

  Table weeks() const {
    Table table = empty_table("weeks", say("Week by week"), "week", say("Week from"));
    std::vector<Row> rows;
    for (const auto& [monday, tally] : tally_by_week(all_)) {
      if (tally.owed > 0)
        rows.push_back({Cell(monday), tally, [week = monday](const Obligation& item) { return monday_of(item.due) == week; }});
    }
    finish(table, rows);
    return table;
  }

  Table groups(OverdueBy by) const {
    switch (by) {
      case OverdueBy::person:
        return people();
      case OverdueBy::school_class:
        return classes();
      case OverdueBy::grade:
        return grades();
      default:
        return duties();
    }
  }

 private:
  [[nodiscard]] Table empty_table(std::string_view key, Message title, std::string_view first, Message first_title) const {
    Table table;
    table.key = key;
    table.title = std::move(title);
    table.columns = rate_columns(first, std::move(first_title));
    if (!is_for_people_) table.columns.pop_back();
    table.when_empty = say("Nothing has come due.");
    return table;
  }

  /// Rows that may be shown, in their order. Of a public table those about too few are left out, and with them so many more that what is
  /// missing is about enough: one row alone could be found by taking the others from the sum.
  void finish(Table& table, const std::vector<Row>& rows) const {
    const auto is_hidden = is_public_ ? hidden_rows(rows) : std::vector<bool>(rows.size(), false);
    if (!rows.empty()) table.when_empty = say("Every line is about too few for the public.");
    for (std::size_t place = 0; place < rows.size(); ++place) {
      if (!is_hidden[place]) table.rows.push_back(row_of(rows[place].name, rows[place].tally, is_for_people_));
    }
  }

  [[nodiscard]] std::vector<bool> hidden_rows(const std::vector<Row>& rows) const {
    std::vector<bool> hidden;
    for (const Row& row : rows) hidden.push_back(!concerns_many(data_, all_, row.belongs));
    const auto are_many = [&](std::size_t more) {
      return concerns_many(data_, all_, [&](const Obligation& item) {
        for (std::size_t place = 0; place < rows.size(); ++place) {
          if ((hidden[place] || place == more) && rows[place].belongs(item)) return true;
        }
        return false;
      });
    };
    while (std::ranges::find(hidden, true) != hidden.end() && !are_many(rows.size())) {
      // The smallest that makes them enough, else the smallest.
      std::optional<std::pair<bool, std::size_t>> next;
      for (std::size_t place = 0; place < rows.size(); ++place) {
        if (hidden[place]) continue;
        const bool suffices = are_many(place);
        const bool is_smaller = next && suffices == next->first && rows[place].tally.owed < rows[next->second].tally.owed;
        if (!next || (suffices && !next->first) || is_smaller) next = {suffices, place};
      }
      if (!next) break;
      hidden[next->second] = true;
    }
    return hidden;
  }

  [[nodiscard]] Table duties() const {
    Table table = empty_table("rules", say("Rule by rule"), "rule", say("Rule"));
    std::vector<Row> rows;
    for (const auto& [duty, tally] : tally_by_duty(all_)) {
      if (tally.owed == 0) continue;
      const Duty& of = data_.policy.cadence.duties[duty];
      rows.push_back({Cell(is_for_people_ ? of.name : of.id), tally, [rule = duty](const Obligation& item) { return item.duty == rule; }});
    }
    finish(table, rows);
    return table;
  }

  [[nodiscard]] Table people() const {
    Table table = empty_table("people", say("Person by person"), "person", say("Person"));
    const bool is_sheet = format_ == Format::csv;
    if (is_sheet) table.columns.insert(table.columns.begin() + 1, {.key = "person_name"});
    for (const auto& [party, tally] : tally_by_person(all_)) {
      if (tally.owed == 0) continue;
      Cell name = is_for_people_ ? Cell(words_.party(party)) : is_sheet ? Cell(data_.id_of(party)) : words_.party_cell(party);
      table.rows.push_back(row_of(std::move(name), tally, is_for_people_));
      if (is_sheet) table.rows.back().insert(table.rows.back().begin() + 1, Cell(data_.name_of(party)));
    }
    return table;
  }

  [[nodiscard]] Table classes() const {
    Table table = empty_table("classes", say("Class by class"), "class", say("Class"));
    std::vector<Row> rows;
    for (const auto& [in, tally] : tally_by_class(data_, all_)) {
      if (tally.owed == 0) continue;
      rows.push_back({Cell(is_for_people_ ? class_name(data_, in) : data_.classes[in].id), tally,
                      [this, which = in](const Obligation& item) { return class_of(data_, item) == which; }});
    }
    finish(table, rows);
    return table;
  }

  [[nodiscard]] Table grades() const {
    Table table = empty_table("grades", say("Grade by grade"), "grade", say("Grade"));
    std::vector<Row> rows;
    for (const auto& [grade, tally] : tally_by_grade(data_, all_)) {
      if (tally.owed == 0) continue;
      rows.push_back({Cell(grade), tally, [this, number = grade](const Obligation& item) {
                        // What is about a whole grade adds nobody to it.
                        return item.target.kind != Target::Kind::grade && grade_of(data_, item) == number;
                      }});
    }
    finish(table, rows);
    return table;
  }

  const Dataset& data_;
  const Obligations& all_;
  ObligationWords words_;
  Format format_;
  bool is_for_people_;
  bool is_public_;
};

}  // namespace

bool concerns_many(const Dataset& data, const Obligations& all) {
  return concerns_many(data, all, [](const Obligation&) { return true; });
}

Document overdue_rate_document(const Context& context, const Obligations& all, const OverdueFilter& filter, bool is_public) {
  Document document;
  document.schema = "help.overdue-rate/1";
  add_overdue_head(context, all, filter, document, is_public);
  if (is_public) document.head.push_back(say("For the public: no names, and nothing about fewer than five."));
  const Rates rates(context, all, is_public);
  Table groups = rates.groups(filter.by);
  if (context.format == Format::csv) {
    document.tables.push_back(std::move(groups));
    return document;
  }
  document.tables.push_back(rates.weeks());
  document.tables.push_back(std::move(groups));
  return document;
}

}  // namespace help
