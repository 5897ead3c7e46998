// SPDX-License-Identifier: MIT
// The classes and their teachers as a form: lines are replaced and added, every other byte stays.
#include <algorithm>
#include <set>
#include <utility>

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
    const StaffIndex leader = typed.empty() ? nobody : rows_.staff("leader", typed).value_or(nobody);
    const auto since = rows_.date("since");
    if (rows_.is_refused()) return;
    if (!seen_.insert(row.id).second) {
      return rows_.refuse("class", "import/student-twice", say("{0} stands in the form twice", row.id),
                          say("which of the two is right? leave one"));
    }
    const auto known = data_.find_class(row.id);
    if (!known) {
      if (leader != nobody) row.leaders.push_back({leader, {.from = since.value_or(Date::min())}});
      if (!is_sound(row)) return;
      return lines_.add(row.id, class_line(row, data_.staff), rows_.line());
    }
    change(row, leader == nobody ? std::nullopt : std::optional(leader), since, data_.classes[*known]);
  }

  void change(const SchoolClass& row, std::optional<StaffIndex> leader, std::optional<Date> since, const SchoolClass& there) {
    SchoolClass made = there;
    std::vector<ChangedValue> changes;
    const auto note = [&](const char* what, const std::string& before, const std::string& after) {
      changes.push_back({lines_.path(), rows_.line(), row.id, there.name, what, before.empty() ? "~" : before, after, !before.empty()});
    };
    if (row.name != there.name) note("name", there.name, row.name);
    if (row.cohort != there.cohort) note("cohort", std::to_string(there.cohort), std::to_string(row.cohort));
    if (row.entry_grade != there.entry_grade) note("entry-grade", std::to_string(there.entry_grade), std::to_string(row.entry_grade));
    made.name = row.name;
    made.cohort = row.cohort;
    made.entry_grade = row.entry_grade;
    if (leader && !lead(*leader, since, made, note)) return;
    if (changes.empty()) return lines_.keep();
    if (!is_sound(made)) return;
    if (auto refused = lines_.change(row.id, class_line(there, data_.staff), class_line(made, data_.staff), std::move(changes), plan_))
      rows_.refuse_row(std::move(*refused));
  }

  /// Another class teacher from a day on; the same one with another first day is a correction.
  template <typename Note>
  bool lead(StaffIndex leader, std::optional<Date> since, SchoolClass& made, const Note& note) {
    // A change that stands already may lie ahead.
    const auto is_it = [&](const Leader& one) { return one.staff == leader && since == one.days.from; };
    if (since && std::ranges::any_of(made.leaders, is_it)) return true;
    const auto now = std::ranges::find_if(made.leaders, [&](const Leader& one) { return one.days.contains(context_.today); });
    const std::string& id = data_.staff[leader].id;
    if (now == made.leaders.end()) {
      note("leader", {}, id);
      made.leaders.push_back({leader, {.from = since.value_or(context_.today)}});
      return true;
    }
    if (now->staff == leader) {
      if (!since || *since == now->days.from) return true;
      note("since", now->days.from == Date::min() ? std::string() : to_string(now->days.from), to_string(*since));
      now->days.from = *since;
      return true;
    }
    // The first day of the teacher before was left standing, or is a new one that begins now.
    const Date from = since && *since != now->days.from ? *since : context_.today;
    if (from <= now->days.from || now->days.until != Date::max()) {
      rows_.refuse("since", "import/class-in-the-past", say("{0} has another class teacher on {1}, or later", made.id, to_string(from)),
                   say("correct roster/classes.yaml by hand"));
      return false;
    }
    note("leader", data_.staff[now->staff].id, id);
    now->days.until = from - Days(1);
    made.leaders.push_back({leader, {.from = from}});
    return true;
  }

  bool is_sound(const SchoolClass& made) {
    std::string key;
    const auto problem = problem_of_line(class_line(made, data_.staff), classes_shape(), key);
    if (problem) rows_.refuse(key == "id" ? "class" : key, problem->code, problem->message, problem->hint);
    return !problem;
  }

  const Context& context_;
  const Dataset& data_;
  RecordRows& rows_;
  ImportPlan& plan_;
  RosterLines lines_{classes_path};
  std::set<std::string> seen_;
};

}  // namespace

void plan_classes_form(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer) {
  ClassesPlanner(context, rows, plan).plan(answer);
}

}  // namespace help
