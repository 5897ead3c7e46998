// SPDX-License-Identifier: MIT
// The special groups of students, such as left-behind children: lines are replaced, every other byte stays.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "commands/dated_stretch.hpp"
#include "commands/import_record_rows.hpp"
#include "model/code_name.hpp"
#include "store/canonical.hpp"
#include "store/cell_text.hpp"
#include "store/formats.hpp"

namespace help {
namespace {

class GroupsPlanner {
 public:
  GroupsPlanner(const Context& context, RecordRows& rows, ImportPlan& plan)
      : context_(context), data_(context.data), rows_(rows), plan_(plan) {
    for (const Named& one : data_.policy.groups) known_.emplace_back(one.id, as_data(one.name.empty() ? one.id : one.name));
  }

  void plan(Answer& answer) {
    if (!read_roster_lines(context_, "students", lines_, answer)) return;
    while (rows_.next()) {
      plan_row();
      lines_.count(rows_.is_refused());
    }
    lines_.finish(say("write one student a line: - {{id: \"…\", name: …, classes: […]}}"), answer.problems, plan_);
  }

 private:
  /// A student of the table, as the rows so far make them.
  struct Member {
    Student student;
    std::set<std::size_t> touched;  ///< memberships that a row was about
  };

  void plan_row() {
    const std::string who = rows_.needed("student");
    constexpr StudentIndex nobody = static_cast<StudentIndex>(-1);  // g++ 12 loses track of an optional here
    const StudentIndex index = who.empty() ? nobody : rows_.student("student", who).value_or(nobody);
    if (index != nobody) rows_.student_id = data_.students[index].id;
    std::vector<std::string> groups;
    for (const std::string& typed : RecordRows::several(rows_.needed("group"))) {
      if (const auto code = group_code(typed)) groups.push_back(*code);
    }
    const auto from = rows_.date("from");
    const auto until = rows_.date("until");
    if (from && until && *until < *from)
      rows_.refuse("until", "field/ends-before-it-begins",
                   say("the last day {0} lies before the first day {1}", to_string(*until), to_string(*from)));
    if (index == nobody || rows_.is_refused()) return;
    Member& member = members_.try_emplace(index, Member{.student = data_.students[index], .touched = {}}).first->second;
    Member made = member;
    std::vector<ChangedValue> changes;
    for (const std::string& group : groups) place(group, from, until, made, changes);
    if (rows_.is_refused()) return;
    if (changes.empty()) {
      member = std::move(made);
      return lines_.keep();
    }
    const std::string line = student_line(made.student, data_.classes);
    std::string key;
    if (const auto problem = problem_of_line(line, students_shape(), key))
      return rows_.refuse(key, problem->code, problem->message, problem->hint);
    if (auto refused = lines_.change(made.student.id, student_line(member.student, data_.classes), line, std::move(changes), plan_))
      return rows_.refuse_row(std::move(*refused));
    member = std::move(made);
  }

  /// A policy that lists no groups leaves the codes to the school, as it does for who reads the roster.
  std::optional<std::string> group_code(const std::string& typed) {
    if (!known_.empty()) return rows_.word("group", typed, known_);
    if (is_code_text(typed)) return typed;
    rows_.refuse("group", "import/unknown-word", say("'{0}' is not one of the words that are known here", typed),
                 say("name the groups in the policy: groups: [{{id: …, name: {0}}}]", typed));
    return std::nullopt;
  }

  void place(const std::string& group, std::optional<Date> from, std::optional<Date> until, Member& made,
             std::vector<ChangedValue>& changes) {
    auto& groups = made.student.groups;
    const auto note = [&](const std::string& what, const std::string& before, const std::string& after) {
      changes.push_back(
          {lines_.path(), rows_.line(), made.student.id, made.student.name, what, before.empty() ? "~" : before, after, !before.empty()});
    };
    const auto day_text = [](Date day) { return day == Date::min() || day == Date::max() ? std::string() : to_string(day); };
    const Stretch found = stretch_of_row(
        groups, [&](const GroupMembership& one) { return one.group == group; }, from, until, context_.today);
    if (found.fate == Stretch::Fate::unclear) {
      return rows_.refuse("from", "import/nothing-there", say("since when? {0} stands in the roster for other days already", group),
                          say("write the first day, or correct {0} by hand", lines_.path()));
    }
    if (found.fate == Stretch::Fate::fresh) {
      groups.push_back({group, {.from = from.value_or(Date::min()), .until = until.value_or(Date::max())}});
      made.touched.insert(groups.size() - 1);
      std::string after = group;
      for (const std::string& day : {day_text(groups.back().days.from), day_text(groups.back().days.until)})
        after += day.empty() ? "" : " " + day;
      return note("group", {}, after);
    }
    Period& days = groups[found.place].days;
    const Period before = days;
    days = {.from = from.value_or(before.from), .until = until.value_or(before.until)};
    if (days.until < days.from) {
      return rows_.refuse("until", "field/ends-before-it-begins",
                          say("the last day {0} lies before the first day {1}", to_string(days.until), to_string(days.from)));
    }
    if (!made.touched.insert(found.place).second && days != before) {
      return rows_.refuse("from", "import/record-differs", say("another row of the table gives other days to {0}", group),
                          say("which of the two is right? leave one"));
    }
    if (days.from != before.from) note(group + " from", day_text(before.from), day_text(days.from));
    if (days.until != before.until) note(group + " until", day_text(before.until), day_text(days.until));
  }

  const Context& context_;
  const Dataset& data_;
  RecordRows& rows_;
  ImportPlan& plan_;
  RosterLines lines_{"roster/students.yaml"};
  std::vector<std::pair<std::string, Message>> known_;
  std::map<StudentIndex, Member> members_;
};

}  // namespace

void plan_groups(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer) {
  GroupsPlanner(context, rows, plan).plan(answer);
}

}  // namespace help
