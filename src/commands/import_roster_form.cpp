// SPDX-License-Identifier: MIT
// The roster, and who teaches what, as forms: lines are replaced and added, every other byte stays.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "commands/dated_stretch.hpp"
#include "commands/import_record_rows.hpp"
#include "store/canonical.hpp"
#include "store/cell_text.hpp"
#include "store/class_move.hpp"
#include "store/formats.hpp"
#include "store/roster_ids.hpp"
#include "store/roster_lines.hpp"
#include "store/text_lines.hpp"

namespace help {
namespace {

constexpr std::string_view teaching_path = "roster/teaching.yaml";

class RosterPlanner {
 public:
  RosterPlanner(const Context& context, RecordRows& rows, ImportPlan& plan)
      : context_(context), data_(context.data), rows_(rows), plan_(plan), ids_(context.data) {}

  void plan(Answer& answer) {
    if (!read_roster_lines(context_, "students", lines_, answer)) return;
    ids_of_table_ = lines_by_text(rows_, "student");
    while (rows_.next()) {
      plan_row();
      lines_.count(rows_.is_refused());
    }
    lines_.finish(say("write one student a line: - {{id: \"…\", name: …, classes: […]}}"), answer.problems, plan_);
  }

 private:
  /// What a row says.
  struct Row {
    std::string id;
    std::string name;
    std::optional<ClassIndex> in;
    std::optional<Date> since;
    std::optional<Date> transferred;
    std::optional<Date> left;
  };

  void plan_row() {
    Row row{.id = narrow(rows_.needed("student")), .name = rows_.needed("name")};
    rows_.student_id = row.id;
    if (const std::string in = rows_.text("class"); !in.empty()) row.in = rows_.school_class("class", in);
    row.since = rows_.date("since");
    row.transferred = rows_.date("transferred");
    row.left = rows_.date("left");
    refuse_twice(rows_, ids_of_table_, "student", row.id);
    if (rows_.is_refused()) return;
    if (const auto known = data_.find_student(row.id)) {
      change(row, *known);
    } else {
      add(row);
    }
  }

  void add(const Row& row) {
    if (is_shortened_number(row.id) || !is_id_text(row.id)) {
      rows_.refuse("student", "import/not-an-id", say("'{0}' is no id", row.id),
                   say("an id has 1 to 32 letters, digits, - or _, and begins with a letter or digit"));
    } else if (!ids_.take(row.id)) {
      rows_.refuse("student", "import/id-taken",
                   say("'{0}' is the id of somebody else, or differs from one by capital letters only", row.id),
                   say("ids of students, staff and bodies are unique, without regard to capital letters"));
    } else if (row.in && !row.since) {
      rows_.refuse("since", "import/nothing-there", say("since when is {0} in the class?", row.name),
                   say("write the first day in the class"));
    } else if (const Student* twin = ids_.twin_of_student(row.id, row.name, row.in)) {
      rows_.refuse("student", "import/known-already",
                   say("{0} {1} may be {2} {3}, who is in the roster already", row.id, row.name, twin->id, twin->name),
                   say("correct the id in the table; if this is another child, add the line to roster/students.yaml by hand"));
    }
    if (rows_.is_refused()) return;
    Student student{.id = row.id, .name = row.name, .transferred = row.transferred, .left = row.left};
    if (row.in) student.classes.push_back({*row.in, {.from = *row.since}});
    if (!ends_behind_its_beginning(student) || !is_sound(student)) return;
    lines_.add(student.id, student_line(student, data_.classes), rows_.line());
  }

  void change(const Row& row, StudentIndex index) {
    const Student& there = data_.students[index];
    Student made = there;
    std::vector<ChangedValue> changes;
    const auto note = [&](std::string what, const std::string& before, const std::string& after) {
      changes.push_back(
          {lines_.path(), rows_.line(), row.id, there.name, std::move(what), before.empty() ? "~" : before, after, !before.empty()});
    };
    const auto take_day = [&](const char* what, std::optional<Date>& day, const std::optional<Date>& given) {
      if (!given || given == day) return;
      note(what, day ? to_string(*day) : std::string(), to_string(*given));
      day = given;
    };
    if (name_key(row.name) != name_key(there.name)) {
      note("name", there.name, row.name);
      made.name = row.name;
    }
    take_day("transferred", made.transferred, row.transferred);
    // Before the last day changes: a new one does not tell where a student was who has come back.
    if (row.in && !place(row, index, made, note)) return;
    take_day("left", made.left, row.left);
    if (changes.empty()) return lines_.keep();
    if (!ends_behind_its_beginning(made) || !is_sound(made)) return;
    if (auto refused =
            lines_.change(row.id, student_line(there, data_.classes), student_line(made, data_.classes), std::move(changes), plan_))
      rows_.refuse_row(std::move(*refused));
  }

  /// Brings the class and its first day to what the row says; false after a refusal.
  template <typename Note>
  bool place(const Row& row, StudentIndex index, Student& student, const Note& note) {
    const auto is_in = [&](const Membership& one) { return one.in == *row.in; };
    if (!row.since) {
      const auto is_it = [&](const Membership& one) { return is_in(one) && one.days.until >= context_.today; };
      return std::ranges::any_of(student.classes, is_it) || ask_since_when(row, student);
    }
    // A change that stands already may lie ahead.
    if (std::ranges::any_of(student.classes, [&](const Membership& one) { return is_in(one) && one.days.from == *row.since; })) return true;
    const MoveFate fate = fate_of_move(student, *row.since);
    if (fate == MoveFate::came_back) return refuse_move(row, student, fate);
    const Stretch found = stretch_of_row(student.classes, is_in, row.since, std::nullopt, context_.today);
    if (found.fate == Stretch::Fate::unclear) return refuse_move(row, student, MoveFate::later);
    if (found.fate == Stretch::Fate::there) return correct_since(row, index, student, found.place, note);
    if (fate == MoveFate::later) return refuse_move(row, student, fate);
    // The first day of the class before was left standing, unless the class has only now begun.
    if (fate == MoveFate::same_day && *row.since < context_.today) return ask_since_when(row, student);
    const auto before = std::ranges::find_if(student.classes, [&](const Membership& one) { return one.days.contains(*row.since); });
    note("class from " + to_string(*row.since), before == student.classes.end() ? std::string() : data_.classes[before->in].id,
         data_.classes[*row.in].id);
    move_class(student, *row.in, *row.since);
    return true;
  }

  /// The same stay in a class with another first day; false after a refusal.
  template <typename Note>
  bool correct_since(const Row& row, StudentIndex index, Student& student, std::size_t place, const Note& note) {
    const Period before = student.classes[place].days;
    const Period after{.from = *row.since, .until = before.until};
    for (std::size_t other = 0; other < student.classes.size(); ++other) {
      if (other == place) continue;
      const Period& days = student.classes[other].days;
      if (days.from > before.from || days.overlaps(after)) return refuse_move(row, student, MoveFate::later);
    }
    // Marks of days in no class would count nowhere.
    for (const Exam& exam : data_.exams) {
      if (exam.date < before.from || exam.date >= after.from || !exam.row_of(index)) continue;
      rows_.refuse("since", "import/class-in-the-past",
                   say("{0} has marks of {1}, and would be in no class on that day", row.id, to_string(exam.date)),
                   say("is the day right? where it was another class until then, correct roster/students.yaml by hand"));
      return false;
    }
    note("since", before.from == Date::min() ? std::string() : to_string(before.from), to_string(after.from));
    student.classes[place].days = after;
    return true;
  }

  bool ask_since_when(const Row& row, const Student& student) {
    const auto last = std::ranges::max_element(student.classes, {}, [](const Membership& one) { return one.days.from; });
    const std::string& to = data_.classes[*row.in].id;
    rows_.refuse("since", "import/since-when",
                 last == student.classes.end() ? say("since when is {0} in the class?", student.name)
                                               : say("since when is {0} in {1}? the first day is missing, or that of {2}", student.name, to,
                                                     data_.classes[last->in].id),
                 last == student.classes.end()
                     ? say("write the first day in the class")
                     : say("write the first day in {0}; if {1} was wrong from its first day, correct roster/students.yaml by hand", to,
                           data_.classes[last->in].id));
    return false;
  }

  bool refuse_move(const Row& row, const Student& student, MoveFate fate) {
    rows_.refuse("since", "import/class-in-the-past", why_not_moved(student, fate, *row.since), how_to_move(student, fate));
    return false;
  }

  bool ends_behind_its_beginning(const Student& student) {
    for (const Membership& one : student.classes) {
      if (!student.left || *student.left >= one.days.from) continue;
      rows_.refuse("left", "field/ends-before-it-begins",
                   say("the last day {0} lies before the first day {1}", to_string(*student.left), to_string(one.days.from)));
      return false;
    }
    return true;
  }

  bool is_sound(const Student& student) {
    std::string key;
    const auto problem = problem_of_line(student_line(student, data_.classes), students_shape(), key);
    if (problem) rows_.refuse(key == "id" ? "student" : key, problem->code, problem->message, problem->hint);
    return !problem;
  }

  const Context& context_;
  const Dataset& data_;
  RecordRows& rows_;
  ImportPlan& plan_;
  RosterIds ids_;
  RosterLines lines_{students_path};
  std::map<std::string, std::vector<std::uint32_t>> ids_of_table_;
};

std::string teaching_line(const Dataset& data, const Teaching& one, const std::string& subject) {
  return RecordLine()
      .word("staff", data.staff[one.staff].id)
      .word("subject", subject)
      .word("class", data.classes[one.in].id)
      .period(one.days)
      .line();
}

/// Replaces a whole line; false where no line is exactly that.
bool replace_line(std::string& bytes, const std::string& before, const std::string& after) {
  std::string made;
  bool is_done = false;
  for (const std::string_view line : lines_of(bytes)) {
    const bool is_it = !is_done && without_end(line) == without_end(before);
    made += is_it ? std::string(without_end(after)) + std::string(end_of(line)) : std::string(line);
    is_done = is_done || is_it;
  }
  bytes = std::move(made);
  return is_done;
}

}  // namespace

void plan_roster_form(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer) {
  RosterPlanner(context, rows, plan).plan(answer);
}

void plan_teaching(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer) {
  const Dataset& data = context.data;
  PlannedFile file{.path = std::string(teaching_path)};
  const FileResult result = context.folder->read(file.path, file.bytes, max_file_bytes);
  if (result == FileResult::missing) {
    file.is_new = true;
    file.bytes = schema_comment("teaching");
  } else if (result != FileResult::done) {
    answer.refusals.push_back(say("{0} could not be read.", file.path));
    return;
  }
  std::vector<bool> used(data.teaching.size(), false);
  std::set<std::string> added;  // what is new, without its last day
  while (rows.next()) {
    const std::string who = rows.needed("staff");
    constexpr StaffIndex nobody = static_cast<StaffIndex>(-1);  // g++ 12 loses track of an optional here
    const StaffIndex staff = who.empty() ? nobody : rows.staff("staff", who).value_or(nobody);
    if (staff != nobody) rows.student_id = data.staff[staff].id;
    const std::string subject = rows.needed("subject");
    const std::string in_text = rows.needed("class");
    const auto in = in_text.empty() ? std::nullopt : rows.school_class("class", in_text);
    Teaching row{.days = {.from = rows.date("from").value_or(Date::min()), .until = rows.date("until").value_or(Date::max())}};
    if (row.days.until < row.days.from)
      rows.refuse("until", "field/ends-before-it-begins",
                  say("the last day {0} lies before the first day {1}", to_string(row.days.until), to_string(row.days.from)));
    if (rows.is_refused() || staff == nobody || !in) {
      ++file.refused;
      continue;
    }
    row.staff = staff;
    row.in = *in;
    std::string key;
    if (const auto problem = problem_of_line(teaching_line(data, row, subject), teaching_shape(), key)) {
      rows.refuse(key, problem->code, problem->message, problem->hint);
      ++file.refused;
      continue;
    }
    const std::string row_key =
        data.staff[row.staff].id + "\n" + subject + "\n" + data.classes[row.in].id + "\n" + to_string(row.days.from);
    // The same teaching with the same first day is the same line, with another last day perhaps; another first day is another stretch.
    std::optional<std::size_t> there;
    for (std::size_t at = 0; at < data.teaching.size(); ++at) {
      const Teaching& one = data.teaching[at];
      const bool is_it =
          one.staff == row.staff && one.in == row.in && data.subjects[one.subject] == subject && one.days.from == row.days.from;
      if (is_it && (!there || one.days == row.days)) there = at;
    }
    if (there && used[*there]) {
      rows.refuse({}, "import/record-differs", say("another row of the form is about the same teaching"),
                  say("which of the two is right? leave one"));
      ++file.refused;
    } else if (there && (data.teaching[*there].days == row.days || row.days.until == Date::max())) {
      used[*there] = true;
      ++file.same;
    } else if (there) {
      used[*there] = true;
      const Teaching& old = data.teaching[*there];
      const std::string before = old.days.until == Date::max() ? std::string() : to_string(old.days.until);
      if (replace_line(file.bytes, teaching_line(data, old, subject), teaching_line(data, row, subject))) {
        ++file.changed;
        plan.changes.push_back({file.path, rows.line(), rows.student_id, data.staff[row.staff].name,
                                subject + " " + data.classes[row.in].id + " until", before.empty() ? "~" : before,
                                to_string(row.days.until), !before.empty()});
      } else {
        rows.refuse({}, "import/line-by-hand",
                    say("the line of {0} in {1} is not as the program writes it, so it is not replaced", rows.student_id, file.path),
                    say("change the line by hand: {0}", "until " + to_string(row.days.until)));
        ++file.refused;
      }
    } else if (!added.insert(row_key).second) {
      rows.refuse({}, "import/record-differs", say("another row of the form is about the same teaching"),
                  say("which of the two is right? leave one"));
      ++file.refused;
    } else {
      append_line(file.bytes, teaching_line(data, row, subject));
      rows.count_new(file.path);
      ++file.added;
    }
  }
  file.differs = file.added + file.changed > 0;
  if (!file.differs) file.bytes.clear();
  plan.files.push_back(std::move(file));
}

}  // namespace help
