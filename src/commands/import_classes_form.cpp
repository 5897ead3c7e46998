// SPDX-License-Identifier: MIT
// The classes and their teachers as a form: lines are replaced and added, every other byte stays.
#include <algorithm>
#include <map>
#include <utility>

#include "commands/dated_stretch.hpp"
#include "commands/import_record_rows.hpp"
#include "store/canonical.hpp"
#include "store/cell_text.hpp"
#include "store/formats.hpp"
#include "store/roster_lines.hpp"

namespace help {
namespace {

class ClassesPlanner {
 public:
  ClassesPlanner(const Context& context, RecordRows& rows, ImportPlan& plan)
      : context_(context), data_(context.data), rows_(rows), plan_(plan) {}

  void plan(Answer& answer) {
    if (!read_roster_lines(context_, "classes", lines_, answer)) return;
    ids_of_table_ = lines_by_text(rows_, "class");
    while (rows_.next()) {
      plan_row();
      lines_.count(rows_.is_refused());
    }
    lines_.finish(say("write one class a line: - {{id: …, name: …, cohort: …, entry-grade: …}}"), answer.problems, plan_);
  }

 private:
  /// A whole number of a field that must be there.
  int whole(std::string_view key) {
    const std::string typed = narrow(rows_.needed(key));
    if (typed.empty()) return 0;
    const auto hundredths = parse_hundredths(typed);
    if (hundredths && *hundredths % 100 == 0) return *hundredths / 100;
    rows_.refuse(key, "import/not-a-number", say("'{0}' is no whole number", typed));
    return 0;
  }

  void plan_row() {
    SchoolClass row{.id = narrow(rows_.needed("class")), .name = rows_.needed("name")};
    row.cohort = whole("cohort");
    row.entry_grade = whole("entry-grade");
    constexpr StaffIndex nobody = static_cast<StaffIndex>(-1);
    const std::string typed = rows_.text("leader");
    const auto since = rows_.date("since");
    const StaffIndex leader = typed.empty() ? nobody : rows_.staff("leader", typed, since).value_or(nobody);
    refuse_twice(rows_, ids_of_table_, "class", row.id);
    if (rows_.is_refused()) return;
    const auto known = data_.find_class(row.id);
    if (!known) {
      if (!is_new_class(row)) return;
      if (leader != nobody) row.leaders.push_back({leader, {.from = since.value_or(Date::min())}});
      if (!is_sound(row)) return;
      return lines_.add(row.id, class_line(row, data_.staff), rows_.line());
    }
    change(row, leader == nobody ? std::nullopt : std::optional(leader), since, data_.classes[*known]);
  }

  /// No class that is there already, under an id that a spreadsheet has spoilt.
  bool is_new_class(const SchoolClass& row) {
    const auto is_twin = [&](const SchoolClass& one) { return one.cohort == row.cohort && name_key(one.name) == name_key(row.name); };
    const auto twin = std::ranges::find_if(data_.classes, is_twin);
    if (is_id_made_a_date(row.id)) {
      rows_.refuse_date_for_id("class", row.id,
                               data_.classes.empty() ? std::string_view("2025-1") : std::string_view(data_.classes.front().id));
    } else if (twin != data_.classes.end()) {
      rows_.refuse("class", "import/known-already",
                   say("{0} {1} may be {2} {3}, which is in the roster already", row.id, row.name, twin->id, twin->name),
                   say("correct the id in the table; two classes of one cohort have different names"));
    } else if (const auto other = std::ranges::find_if(new_classes_, is_twin); other != new_classes_.end()) {
      rows_.refuse("name", "import/known-already", say("{0} and {1} have the same name", other->id, row.id),
                   say("two classes of one cohort have different names"));
    }
    new_classes_.push_back(row);
    return !rows_.is_refused();
  }

  void change(const SchoolClass& row, std::optional<StaffIndex> leader, std::optional<Date> since, const SchoolClass& there) {
    SchoolClass made = there;
    RowChanges changes(lines_.path(), rows_.line(), row.id, there.name);
    if (row.name != there.name) changes.add(say("Name of the class"), there.name, row.name);
    if (row.cohort != there.cohort) changes.add(say("Year of entry"), std::to_string(there.cohort), std::to_string(row.cohort));
    if (row.entry_grade != there.entry_grade)
      changes.add(say("Grade at entry"), std::to_string(there.entry_grade), std::to_string(row.entry_grade));
    made.name = row.name;
    made.cohort = row.cohort;
    made.entry_grade = row.entry_grade;
    if (leader && !lead(*leader, since, made, changes)) return;
    if (changes.empty()) return lines_.keep();
    if (!is_sound(made)) return;
    if (auto refused = lines_.change(row.id, class_line(there, data_.staff), class_line(made, data_.staff), changes, plan_))
      rows_.refuse_row(std::move(*refused));
  }

  /// Another class teacher from a day on; the same one with another first day is a correction.
  bool lead(StaffIndex leader, std::optional<Date> since, SchoolClass& made, RowChanges& changes) {
    const auto is_it = [&](const Leader& one) { return one.staff == leader; };
    const auto is_of_now = [&](const Leader& one) { return is_it(one) && one.days.until >= context_.today; };
    if (!since && std::ranges::any_of(made.leaders, is_of_now)) return true;
    if (!since && !made.leaders.empty()) return ask_since_when(leader, made);
    const Date from = since.value_or(context_.today);
    const Stretch found = stretch_of_row(made.leaders, is_it, from, std::nullopt, context_.today);
    if (found.fate == Stretch::Fate::unclear) return refuse_past(made, from);
    if (found.fate == Stretch::Fate::there) {
      Period& days = made.leaders[found.place].days;
      if (days.from == from) return true;  // a change that stands already may lie ahead
      for (std::size_t other = 0; other < made.leaders.size(); ++other) {
        const bool is_other = other != found.place && made.leaders[other].days.overlaps({.from = from, .until = days.until});
        if (is_other) return refuse_past(made, from);
      }
      const Period before = days;
      days.from = from;
      changes.add_days(as_data(data_.staff[leader].name), before, days);
      return true;
    }
    std::string before;
    const auto ends = [&](const Leader& one) { return one.days.contains(from); };
    if (std::ranges::count_if(made.leaders, ends) > 1) {
      std::string all;
      for (const Leader& one : made.leaders) all += !ends(one) ? "" : (all.empty() ? "" : ", ") + data_.staff[one.staff].name;
      rows_.refuse("leader", "import/other-teacher", say("{0} lead {1} together on {2}", all, made.id, to_string(from)),
                   say("which of them is followed? correct roster/classes.yaml by hand"));
      return false;
    }
    for (Leader& one : made.leaders) {
      if (one.days.until < from) continue;
      // The first day of the teacher before was left standing, unless the teacher has only now begun.
      if (one.days.from == from && from < context_.today) return ask_since_when(leader, made);
      if (one.days.from > from || one.days.until != Date::max()) return refuse_past(made, from);
      before = data_.staff[one.staff].id;
      one.days.until = from - Days(1);
    }
    changes.add(say("Class teacher from {0}", to_string(from)), before, data_.staff[leader].id);
    std::erase_if(made.leaders, [](const Leader& one) { return one.days.until < one.days.from; });
    made.leaders.push_back({leader, {.from = from}});
    return true;
  }

  bool ask_since_when(StaffIndex leader, const SchoolClass& made) {
    rows_.refuse(
        "since", "import/since-when",
        say("since when does {0} lead {1}? the first day is missing, or that of the teacher before", data_.staff[leader].name, made.id),
        say("write the first day as class teacher; if the teacher before was a mistake, correct roster/classes.yaml by hand"));
    return false;
  }

  bool refuse_past(const SchoolClass& made, Date from) {
    rows_.refuse("since", "import/class-in-the-past", say("{0} has another class teacher on {1}, or later", made.id, to_string(from)),
                 say("correct roster/classes.yaml by hand"));
    return false;
  }

  bool is_sound(const SchoolClass& made) { return rows_.is_sound(class_line(made, data_.staff), classes_shape(), {{"id", "class"}}); }

  const Context& context_;
  const Dataset& data_;
  RecordRows& rows_;
  ImportPlan& plan_;
  RosterLines lines_{classes_path};
  std::map<std::string, std::vector<std::uint32_t>> ids_of_table_;
  std::vector<SchoolClass> new_classes_;
};

}  // namespace

void plan_classes_form(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer) {
  ClassesPlanner(context, rows, plan).plan(answer);
}

}  // namespace help
