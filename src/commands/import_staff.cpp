// SPDX-License-Identifier: MIT
// The members of staff with their roles, a row for each role: lines are replaced and added, every other byte stays.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "commands/dated_stretch.hpp"
#include "commands/import_record_rows.hpp"
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

/// The role and whom it is for, as files say it: `grade-leader 7`.
std::string role_and_scope(const Dataset& data, const Role& role) {
  std::string label = role.role;
  if (role.in_class) label += " " + data.classes[*role.in_class].id;
  if (role.grade) label += " " + std::to_string(*role.grade);
  if (role.body) label += " " + data.bodies[*role.body].id;
  return role.subject.empty() ? label : label + " " + role.subject;
}

std::string first_day_text(const Period& days) { return days.from == Date::min() ? std::string() : to_string(days.from); }
std::string last_day_text(const Period& days) { return days.until == Date::max() ? std::string() : to_string(days.until); }

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
    while (rows_.next()) {
      plan_row();
      lines_.count(rows_.is_refused());
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
    bool is_written = false;                         ///< somebody new has a line
    std::set<std::pair<bool, std::size_t>> touched;  ///< roles (true) and days of leave that a row was about
  };

  void know(std::string_view code) {
    const auto is_it = [&](const auto& one) { return one.first == code; };
    if (std::ranges::none_of(roles_, is_it)) roles_.emplace_back(code, name_of_role(code));
  }

  void plan_row() {
    Row row{.id = narrow(rows_.text("staff")), .name = rows_.text("name")};
    rows_.student_id = row.id;
    if (row.id.empty() && !find_by_name(row)) return;
    read_role(row);
    read_leave(row);
    row.left = rows_.date("left");
    if (rows_.is_refused()) return;
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
      row.id = rows_.student_id = same_name.front();
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
      code = rows_.word("role", typed, all);
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
    if (!substitute.empty()) row.leave->substitute = rows_.staff("substitute", substitute);
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
    Person person{.staff = {}, .named = row.name, .line = rows_.line(), .touched = {}};
    if (const auto known = data_.find_staff(row.id)) {
      person.staff = data_.staff[*known];
    } else if (!begin(row, person)) {
      return nullptr;
    }
    return &people_.emplace(row.id, std::move(person)).first->second;
  }

  /// Somebody new; false after a refusal.
  bool begin(const Row& row, Person& person) {
    const auto twin_here = new_names_.find(name_key(row.name));
    if (row.name.empty()) {
      (void)rows_.needed("name");
    } else if (is_shortened_number(row.id) || !is_id_text(row.id)) {
      rows_.refuse("staff", "import/not-an-id", say("'{0}' is no id", row.id),
                   say("an id has 1 to 32 letters, digits, - or _, and begins with a letter or digit"));
    } else if (const Staff* twin = ids_.twin_of_staff(row.id, row.name); twin != nullptr || twin_here != new_names_.end()) {
      rows_.refuse("staff", "import/known-already",
                   twin != nullptr
                       ? say("{0} {1} may be {2} {3}, who is in the roster already", row.id, row.name, twin->id, twin->name)
                       : say("{0} {1} may be {2} {3}, who is in the table already", row.id, row.name, twin_here->second, row.name),
                   say("correct the id in the table; if this is another person, add the line to roster/staff.yaml by hand"));
    } else if (!ids_.take(row.id)) {
      rows_.refuse("staff", "import/id-taken", say("'{0}' is the id of somebody else, or differs from one by capital letters only", row.id),
                   say("ids of students, staff and bodies are unique, without regard to capital letters"));
    }
    if (rows_.is_refused()) return false;
    new_names_.emplace(name_key(row.name), row.id);
    person.is_new = true;
    person.staff.id = row.id;
    person.staff.name = row.name;
    return true;
  }

  void apply(const Row& row, Person& person) {
    Staff made = person.staff;
    auto touched = person.touched;
    std::vector<ChangedValue> changes;
    const auto note = [&](std::string what, const std::string& before, const std::string& after) {
      changes.push_back(
          {lines_.path(), rows_.line(), row.id, person.staff.name, std::move(what), before.empty() ? "~" : before, after, !before.empty()});
    };
    if (!row.name.empty() && name_key(row.name) != name_key(made.name)) {
      note("name", made.name, row.name);
      made.name = row.name;
    }
    if (row.left && row.left != made.left) {
      note("left", made.left ? to_string(*made.left) : std::string(), to_string(*row.left));
      made.left = row.left;
    }
    if (row.role) take_role(row, made, touched, note);
    if (row.leave) take_leave(*row.leave, made, touched, note);
    if (rows_.is_refused()) return;
    const std::string before = staff_line(person.staff, data_);
    const std::string after = staff_line(made, data_);
    if (!is_sound(after)) return;
    if (person.is_new && !person.is_written) {
      lines_.add(row.id, after, rows_.line());
      person.is_written = true;
    } else if (changes.empty()) {
      lines_.keep();
    } else if (person.is_new) {
      lines_.extend(row.id, before, after, rows_.line());
    } else if (auto refused = lines_.change(row.id, before, after, std::move(changes), plan_)) {
      return rows_.refuse_row(std::move(*refused));
    }
    person.staff = std::move(made);
    person.touched = std::move(touched);
  }

  template <typename Note>
  void take_role(const Row& row, Staff& made, std::set<std::pair<bool, std::size_t>>& touched, const Note& note) {
    const Role& wanted = *row.role;
    const auto is_it = [&](const Role& one) {
      return one.role == wanted.role && one.in_class == wanted.in_class && one.grade == wanted.grade && one.body == wanted.body &&
             one.subject == wanted.subject;
    };
    const std::string label = role_and_scope(data_, wanted);
    const Stretch found = stretch_of_row(made.roles, is_it, row.from, row.until, context_.today);
    if (found.fate == Stretch::Fate::fresh) {
      made.roles.push_back(wanted);
      made.roles.back().days = {.from = row.from.value_or(Date::min()), .until = row.until.value_or(Date::max())};
      touched.emplace(true, made.roles.size() - 1);
      if (!is_period(made.roles.back().days, "until")) return;
      const Period& days = made.roles.back().days;
      std::string after = label;
      for (const std::string& day : {first_day_text(days), last_day_text(days)}) after += day.empty() ? "" : " " + day;
      return note("role", {}, after);
    }
    correct(made.roles, found, {.from = row.from, .until = row.until, .label = label, .is_role = true}, touched, note);
  }

  template <typename Note>
  void take_leave(const Leave& wanted, Staff& made, std::set<std::pair<bool, std::size_t>>& touched, const Note& note) {
    const auto until = wanted.days.until == Date::max() ? std::nullopt : std::optional(wanted.days.until);
    const Stretch found = stretch_of_row(
        made.leave, [](const Leave&) { return true; }, wanted.days.from, until, context_.today);
    if (!is_period(wanted.days, "leave-until")) return;
    if (found.fate == Stretch::Fate::fresh) {
      made.leave.push_back(wanted);
      touched.emplace(false, made.leave.size() - 1);
      return note("leave", {}, first_day_text(wanted.days) + (until ? " " + to_string(*until) : std::string()));
    }
    if (!correct(made.leave, found, {.from = wanted.days.from, .until = until, .label = "leave", .is_role = false}, touched, note)) return;
    Leave& there = made.leave[found.place];
    if (!wanted.because.empty() && wanted.because != there.because) {
      note("leave because", there.because, wanted.because);
      there.because = wanted.because;
    }
    if (wanted.substitute && wanted.substitute != there.substitute) {
      note("leave substitute", there.substitute ? data_.staff[*there.substitute].id : std::string(), data_.staff[*wanted.substitute].id);
      there.substitute = wanted.substitute;
    }
  }

  /// The days that a row gives to what stands already.
  struct GivenDays {
    std::optional<Date> from;
    std::optional<Date> until;
    std::string label;
    bool is_role = true;
  };

  /// Brings the days of an entry to what the row says; false after a refusal.
  template <typename Dated, typename Note>
  bool correct(std::vector<Dated>& list, const Stretch& found, const GivenDays& given, std::set<std::pair<bool, std::size_t>>& touched,
               const Note& note) {
    const std::string_view from_key = given.is_role ? "from" : "leave-from";
    if (found.fate == Stretch::Fate::unclear) {
      rows_.refuse(from_key, "import/nothing-there", say("since when? {0} stands in the roster for other days already", given.label),
                   say("write the first day, or correct {0} by hand", lines_.path()));
      return false;
    }
    Period& days = list[found.place].days;
    const Period before = days;
    if (given.from) days.from = *given.from;
    if (given.until) days.until = *given.until;
    if (!is_period(days, given.is_role ? "until" : "leave-until")) return false;
    const bool is_again = !touched.emplace(given.is_role, found.place).second;
    if (is_again && days != before) {
      rows_.refuse(from_key, "import/record-differs", say("another row of the table gives other days to {0}", given.label),
                   say("which of the two is right? leave one"));
      return false;
    }
    const auto note_day = [&](const char* what, const std::string& old_day, const std::string& new_day) {
      if (old_day != new_day) note(given.label + what, old_day, new_day);
    };
    note_day(" from", first_day_text(before), first_day_text(days));
    note_day(" until", last_day_text(before), last_day_text(days));
    return true;
  }

  bool is_period(const Period& days, std::string_view key) {
    if (days.from <= days.until) return true;
    rows_.refuse(key, "field/ends-before-it-begins",
                 say("the last day {0} lies before the first day {1}", to_string(days.until), to_string(days.from)));
    return false;
  }

  bool is_sound(const std::string& line) {
    std::string key;
    const auto problem = problem_of_line(line, staff_shape(), key);
    if (problem) rows_.refuse(key == "id" ? "staff" : key, problem->code, problem->message, problem->hint);
    return !problem;
  }

  const Context& context_;
  const Dataset& data_;
  RecordRows& rows_;
  ImportPlan& plan_;
  RosterIds ids_;
  RosterLines lines_{staff_path};
  std::vector<std::pair<std::string, Message>> roles_;
  std::map<std::string, Person> people_;
  std::map<std::string, std::string> new_names_;
};

}  // namespace

void plan_staff(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer) {
  StaffPlanner(context, rows, plan).plan(answer);
}

}  // namespace help
