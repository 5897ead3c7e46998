// SPDX-License-Identifier: MIT
// The special groups of students, such as left-behind children: lines are replaced, every other byte stays.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "commands/import_record_rows.hpp"
#include "commands/import_stretch.hpp"
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
    while (rows_.next_as_written()) note_row();
    while (rows_.next()) {
      plan_row();
      lines_.count(rows_.is_refused());
    }
    for (const auto& [index, member] : members_) {
      const Student& there = data_.students[index];
      if (!rows_.is_form()) break;
      refuse_rewritten(
          member.student.groups, there.groups.size(), member.lines, [&](const GroupMembership& one) { return name_of_group(one.group); },
          there.id, lines_.path(), plan_);
    }
    lines_.finish(say("write one student a line: - {{id: \"…\", name: …, classes: […]}}"), answer.problems, plan_);
  }

 private:
  /// A student of the table, as the rows so far make them.
  struct Member {
    Student student;
    LineOfStretch lines;  ///< of the memberships
  };

  /// What a row says.
  struct Row {
    StudentIndex student = 0;
    std::vector<std::string> groups;
    std::optional<Date> from;
    std::optional<Date> until;
  };

  /// False after a refusal.
  bool read(Row& row) {
    const std::string who = rows_.needed("student");
    constexpr StudentIndex nobody = static_cast<StudentIndex>(-1);  // g++ 12 loses track of an optional here
    row.student = who.empty() ? nobody : rows_.student("student", who).value_or(nobody);
    if (row.student != nobody) rows_.is_about(data_.students[row.student].id);
    (void)rows_.needed("group");
    for (const std::string& typed : rows_.several("group")) {
      if (const auto code = group_code(typed)) row.groups.push_back(*code);
    }
    row.from = rows_.date("from");
    row.until = rows_.date("until");
    if (row.from && row.until) (void)rows_.is_period("until", {.from = *row.from, .until = *row.until});
    return row.student != nobody && !rows_.is_refused();
  }

  Member& member_of(const Row& row) {
    return members_.try_emplace(row.student, Member{.student = data_.students[row.student], .lines = {}}).first->second;
  }

  void note_row() {
    Row row;
    if (!read(row)) return;
    Member& member = member_of(row);
    for (const std::string& group : row.groups) {
      const auto is_it = [&](const GroupMembership& one) { return one.group == group; };
      note_stretch(member.student.groups, is_it, row.from, row.until, context_.today, member.lines, rows_.line());
    }
  }

  void plan_row() {
    Row row;
    if (!read(row)) return;
    Member& member = member_of(row);
    Member made = member;
    RowChanges changes(lines_.path(), rows_.line(), made.student.id, made.student.name);
    for (const std::string& group : row.groups) place(group, row.from, row.until, made, changes);
    if (rows_.is_refused()) return;
    if (changes.empty()) {
      member = std::move(made);
      return lines_.keep();
    }
    const std::string line = student_line(made.student, data_.classes);
    if (!rows_.is_sound(line, students_shape(), {{"id", "student"}})) return;
    if (auto refused = lines_.change(made.student.id, student_line(member.student, data_.classes), line, changes, plan_))
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

  [[nodiscard]] std::string name_of_group(const std::string& group) const {
    const auto known = std::ranges::find(known_, group, &std::pair<std::string, Message>::first);
    return known == known_.end() ? group : in_language(context_, known->second, context_.language);
  }

  void place(const std::string& group, std::optional<Date> from, std::optional<Date> until, Member& made, RowChanges& changes) {
    const std::string name = name_of_group(group);
    const DatedRow row{.from = from, .until = until, .part = say("Special group"), .label = as_data(name), .value = name};
    (void)take_stretch(
        made.student.groups, [&](const GroupMembership& one) { return one.group == group; }, {group, {}}, row, context_.today, made.lines,
        lines_.path(), rows_, changes);
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
  // What several rows say together is known when all were read: rows that are refused for it are not taken the second time.
  ImportPlan first;
  Answer unused;
  RecordRows ahead = rows.once_more(first);
  GroupsPlanner(context, ahead, first).plan(unused);
  rows.refuse_as_in(first);
  GroupsPlanner(context, rows, plan).plan(answer);
}

}  // namespace help
