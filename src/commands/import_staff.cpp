// SPDX-License-Identifier: MIT
// The members of staff with their roles, a row for each role: lines are replaced and added, every other byte stays.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "commands/import_record_rows.hpp"
#include "commands/import_stretch.hpp"
#include "diag/nearest.hpp"
#include "model/class_finder.hpp"
#include "model/role_name.hpp"
#include "store/canonical.hpp"
#include "store/cell_text.hpp"
#include "store/formats.hpp"
#include "store/roster_ids.hpp"

namespace help {
namespace {

constexpr std::string_view staff_path = "roster/staff.yaml";

class StaffPlanner {
 public:
  StaffPlanner(const Context& context, RecordRows& rows, ImportPlan& plan)
      : context_(context), data_(context.data), rows_(rows), plan_(plan), ids_(context.data) {
    for (const std::string_view code : usual_staff_roles()) know(code);
    for (const Staff& one : data_.staff) {
      for (const Role& role : one.roles) know(role.role);
    }
  }

  void plan(Answer& answer) {
    if (!read_roster_lines(context_, "staff", lines_, answer)) return;
    while (rows_.next_as_written()) note_row();
    while (rows_.next()) {
      plan_row();
      lines_.count(rows_.is_refused());
    }
    for (const auto& [id, person] : people_) {
      const auto known = data_.find_staff(id);
      if (!known || !rows_.is_form()) continue;
      refuse_rewritten(
          person.staff.roles, data_.staff[*known].roles.size(), person.lines_of_roles,
          [&](const Role& role) { return role_and_scope(role); }, id, lines_.path(), plan_);
    }
    lines_.finish(say("write one member of staff a line: - {{id: …, name: …, roles: […]}}"), answer.problems, plan_);
  }

 private:
  /// What a row says.
  struct Row {
    std::string id;
    std::string name;
    std::optional<Role> role;
    std::optional<Date> from;
    std::optional<Date> until;
    std::optional<Date> left;
    std::optional<Leave> leave;
  };
  /// A person of the table, as the rows so far make them.
  struct Person {
    Staff staff;
    std::string named;  ///< the name that the table gives
    std::uint32_t line = 0;
    bool is_new = false;
    bool is_written = false;  ///< somebody new has a line
    LineOfStretch lines_of_roles = {};
    LineOfStretch lines_of_leave = {};
  };

  void know(std::string_view code) {
    const auto is_it = [&](const auto& one) { return one.first == code; };
    if (std::ranges::none_of(roles_, is_it)) roles_.emplace_back(code, name_of_role(code));
  }

  /// False after a refusal.
  bool read(Row& row) {
    row.id = narrow(rows_.text("staff"));
    row.name = rows_.text("name");
    rows_.is_about(row.id);
    if (row.id.empty() && !find_by_name(row)) return false;
    read_role(row);
    read_leave(row);
    row.left = rows_.date("left");
    return !rows_.is_refused();
  }

  /// Of which role and which leave a row speaks that stands as the form was written.
  void note_row() {
    Row row;
    if (!read(row) || !data_.find_staff(row.id)) return;
    Person* person = person_of(row);
    if (person == nullptr) return;
    if (row.role) {
      note_stretch(
          person->staff.roles, [&](const Role& one) { return is_same_role(one, *row.role); }, row.from, row.until, context_.today,
          person->lines_of_roles, rows_.line());
    }
    if (row.leave) {
      const auto until = row.leave->days.until == Date::max() ? std::nullopt : std::optional(row.leave->days.until);
      note_stretch(
          person->staff.leave, [](const Leave&) { return true; }, row.leave->days.from, until, context_.today, person->lines_of_leave,
          rows_.line());
    }
  }

  static bool is_same_role(const Role& one, const Role& other) {
    return one.role == other.role && one.in_class == other.in_class && one.grade == other.grade && one.body == other.body &&
           one.subject == other.subject;
  }

  void plan_row() {
    Row row;
    if (!read(row)) return;
    Person* person = person_of(row);
    if (person == nullptr) return;
    apply(row, *person);
  }

  /// Without an id somebody is meant whom the roster has under this name, and nobody else under it.
  bool find_by_name(Row& row) {
    if (row.name.empty()) {
      (void)rows_.needed("staff");
      return false;
    }
    std::vector<std::string> same_name;
    for (const Staff& one : data_.staff) {
      if (name_key(one.name) == name_key(row.name)) same_name.push_back(one.id);
    }
    if (same_name.size() == 1) {
      row.id = same_name.front();
      rows_.is_about(row.id);
      return true;
    }
    if (same_name.empty()) {
      rows_.refuse("name", "import/no-id", say("{0} is new, and the row has no id", row.name),
                   say("give everybody who is new an id in a column of its own, like T101"));
    } else {
      std::string all;
      for (const std::string& id : same_name) all += (all.empty() ? "" : ", ") + id;
      rows_.refuse("name", "import/unknown-person", say("several are called '{0}': {1}", row.name, all), say("write the id"));
    }
    return false;
  }

  void read_role(Row& row) {
    row.from = rows_.date("from");
    row.until = rows_.date("until");
    const std::string typed = rows_.text("role");
    if (typed.empty() || typed == "-") {
      for (const std::string_view key : {"class", "grade", "body", "subject", "from", "until"}) {
        if (!rows_.text(key).empty() && typed.empty()) {
          rows_.refuse(key, "import/nothing-there", say("this is about a role, and the row has none"),
                       say("write the role; who teaches what goes into the form teaching"));
          return;
        }
      }
      row.from = row.until = std::nullopt;
      return;
    }
    const auto code = role_code(typed);
    if (!code) return;
    Role role{.role = *code, .days = {}, .in_class = {}, .grade = {}, .body = {}, .subject = rows_.text("subject")};
    if (const std::string in = rows_.text("class"); !in.empty()) role.in_class = rows_.school_class("class", in);
    if (const std::string grade = rows_.text("grade"); !grade.empty() && !(role.grade = grade_of_words(grade)))
      rows_.refuse("grade", "import/unknown-word", say("'{0}' is no grade", grade), say("write the grade as a number, like 7"));
    if (const std::string body = rows_.text("body"); !body.empty()) role.body = body_called(body);
    check_subject(role.subject);
    row.role = std::move(role);
  }

  /// A role that is known, or the code of a new one that is not nearly a known one.
  std::optional<std::string> role_code(const std::string& typed) {
    std::optional<std::string> code;
    std::vector<std::string_view> codes;
    for (const auto& [known, name] : roles_) codes.push_back(known);
    const bool is_known = std::ranges::find(codes, typed) != codes.end();
    if (!is_known && is_code_text(typed) && !nearest(typed, codes)) {
      code = typed;
    } else {
      std::vector<std::pair<std::string, Message>> all = roles_;
      for (const std::string_view elsewhere : {"class-teacher", "subject-teacher"}) all.emplace_back(elsewhere, name_of_role(elsewhere));
      code = rows_.word("role", typed, all, say("a role that nobody has yet is written as a code, like prep-leader"));
    }
    if (code != "class-teacher" && code != "subject-teacher") return code;
    rows_.refuse("role", "import/role-elsewhere",
                 *code == "class-teacher" ? say("class teachers stand in roster/classes.yaml")
                                          : say("who teaches what stands in roster/teaching.yaml"),
                 say("fill in the form {0}; in a mapping `words: {{{1}: \"-\"}}` passes over the word",
                     *code == "class-teacher" ? "classes" : "teaching", typed));
    return std::nullopt;
  }

  std::optional<BodyIndex> body_called(const std::string& typed) {
    // `数学组 B-math`, as the form offers it.
    const std::size_t space = typed.find_last_of(' ');
    const auto by_id = data_.find_body(narrow(space == std::string::npos ? typed : typed.substr(space + 1)));
    if (by_id) return by_id;
    const Found<BodyIndex> found = find_bodies(data_, typed);
    if (found.exact && found.one()) return found.one();
    std::vector<std::string_view> known;
    for (const Body& one : data_.bodies) known.insert(known.end(), {one.id, one.name});
    const auto near = nearest(typed, known);
    rows_.refuse("body", "import/unknown-person", say("the roster has no body called '{0}'", typed),
                 near ? say("did you mean '{0}'?", *near) : Message{});
    return std::nullopt;
  }

  void check_subject(const std::string& subject) {
    if (subject.empty() || data_.find_subject(subject)) return;
    const std::vector<std::string_view> known(data_.subjects.begin(), data_.subjects.end());
    if (const auto near = nearest(subject, known))
      rows_.refuse("subject", "import/unknown-word", say("'{0}' is not one of the words that are known here", subject),
                   say("did you mean '{0}'?", *near));
  }

  void read_leave(Row& row) {
    const auto from = rows_.date("leave-from");
    const auto until = rows_.date("leave-until");
    const std::string because = rows_.text("leave-because");
    const std::string substitute = rows_.text("substitute");
    if (!from && !until && because.empty() && substitute.empty()) return;
    if (!from) {
      (void)rows_.needed("leave-from");
      return;
    }
    row.leave = Leave{.days = {.from = *from, .until = until.value_or(Date::max())}, .because = because, .substitute = {}};
    if (!substitute.empty()) row.leave->substitute = rows_.staff("substitute", substitute, from);
  }

  /// Whom the row is about; null after a refusal.
  Person* person_of(const Row& row) {
    if (const auto known = people_.find(row.id); known != people_.end()) {
      Person& person = known->second;
      if (row.name.empty() || name_key(row.name) == name_key(person.named.empty() ? person.staff.name : person.named)) return &person;
      rows_.refuse("name", "import/other-name",
                   say("the table calls {0} {1} on line {2}, and {3} here", row.id, person.named, person.line, row.name),
                   say("is the id right? is the row?"));
      return nullptr;
    }
    Person person{.staff = {}, .named = row.name, .line = rows_.line()};
    if (const auto known = data_.find_staff(row.id)) {
      person.staff = data_.staff[*known];
    } else if (!begin(row, person)) {
      return nullptr;
    }
    return &people_.emplace(row.id, std::move(person)).first->second;
  }

  /// Somebody new; false after a refusal.
  bool begin(const Row& row, Person& person) {
    if (row.name.empty()) {
      (void)rows_.needed("name");
    } else if (auto fault = ids_.take_for_staff(row.id, row.name)) {
      rows_.refuse("staff", std::move(*fault));
    }
    if (rows_.is_refused()) return false;
    person.is_new = true;
    person.staff.id = row.id;
    person.staff.name = row.name;
    return true;
  }

  void apply(const Row& row, Person& person) {
    Person made = person;
    RowChanges changes(lines_.path(), rows_.line(), row.id, person.staff.name);
    if (!row.name.empty() && name_key(row.name) != name_key(made.staff.name)) {
      changes.add(say("Name"), made.staff.name, row.name);
      made.staff.name = row.name;
    }
    if (row.left && row.left != made.staff.left) {
      changes.add(say("Last day here"), made.staff.left ? to_string(*made.staff.left) : std::string(), to_string(*row.left));
      made.staff.left = row.left;
    }
    if (row.role) take_role(row, made, changes);
    if (row.leave) take_leave(*row.leave, made, changes);
    for (const Role& role : made.staff.roles) {
      if (made.staff.left && !changes.empty()) (void)rows_.is_period("left", {.from = role.days.from, .until = *made.staff.left});
    }
    if (rows_.is_refused()) return;
    const std::string before = staff_line(person.staff, data_);
    const std::string after = staff_line(made.staff, data_);
    if (!rows_.is_sound(after, staff_shape(), {{"id", "staff"}})) return;
    if (person.is_new && !person.is_written) {
      lines_.add(row.id, after, rows_.line());
      made.is_written = true;
    } else if (changes.empty()) {
      lines_.keep();
    } else if (person.is_new) {
      lines_.extend(row.id, before, after, rows_.line());
    } else if (auto refused = lines_.change(row.id, before, after, changes, plan_)) {
      return rows_.refuse_row(std::move(*refused));
    }
    person = std::move(made);
  }

  void take_role(const Row& row, Person& made, RowChanges& changes) {
    const Role& wanted = *row.role;
    const auto is_it = [&](const Role& one) { return is_same_role(one, wanted); };
    const std::string label = role_and_scope(wanted);
    const DatedRow given{.from = row.from, .until = row.until, .part = say("Role in the school"), .label = as_data(label), .value = label};
    (void)take_stretch(made.staff.roles, is_it, wanted, given, context_.today, made.lines_of_roles, lines_.path(), rows_, changes);
  }

  void take_leave(const Leave& wanted, Person& made, RowChanges& changes) {
    const DatedRow given{.from = wanted.days.from,
                         .until = wanted.days.until == Date::max() ? std::nullopt : std::optional(wanted.days.until),
                         .part = say("Leave"),
                         .label = say("Leave"),
                         .value = {},
                         .from_key = "leave-from",
                         .until_key = "leave-until"};
    if (!rows_.is_period(given.until_key, wanted.days)) return;
    const auto place = take_stretch(
        made.staff.leave, [](const Leave&) { return true; }, wanted, given, context_.today, made.lines_of_leave, lines_.path(), rows_,
        changes);
    if (!place) return;
    Leave& there = made.staff.leave[*place];
    if (!wanted.because.empty() && wanted.because != there.because) {
      changes.add(say("Reason of the leave"), there.because, wanted.because);
      there.because = wanted.because;
    }
    if (wanted.substitute && wanted.substitute != there.substitute) {
      changes.add(say("Substitute"), there.substitute ? data_.staff[*there.substitute].id : std::string(),
                  data_.staff[*wanted.substitute].id);
      there.substitute = wanted.substitute;
    }
  }

  /// The role and whom it is for: `年级组长 7`.
  [[nodiscard]] std::string role_and_scope(const Role& role) const {
    std::string label = in_language(context_, name_of_role(role.role), context_.language);
    if (role.in_class) label += " " + data_.classes[*role.in_class].id;
    if (role.grade) label += " " + std::to_string(*role.grade);
    if (role.body) label += " " + data_.bodies[*role.body].id;
    return role.subject.empty() ? label : label + " " + role.subject;
  }

  const Context& context_;
  const Dataset& data_;
  RecordRows& rows_;
  ImportPlan& plan_;
  RosterIds ids_;
  RosterLines lines_{staff_path};
  std::vector<std::pair<std::string, Message>> roles_;
  std::map<std::string, Person> people_;
};

}  // namespace

void plan_staff(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer) {
  // What several rows say together is known when all were read: rows that are refused for it are not taken the second time.
  ImportPlan first;
  Answer unused;
  RecordRows ahead = rows.once_more(first);
  StaffPlanner(context, ahead, first).plan(unused);
  rows.refuse_as_in(first);
  StaffPlanner(context, rows, plan).plan(answer);
}

}  // namespace help
