// SPDX-License-Identifier: MIT
// The roster, and who teaches what, as forms: lines are replaced and added, every other byte stays.
#include <algorithm>
#include <set>
#include <utility>

#include "commands/import_record_rows.hpp"
#include "store/canonical.hpp"
#include "store/cell_text.hpp"
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
    if (rows_.is_refused()) return;
    if (!seen_.insert(row.id).second) {
      rows_.refuse("student", "import/student-twice", say("{0} stands in the form twice", row.id),
                   say("which of the two is right? leave one"));
    } else if (const auto known = data_.find_student(row.id)) {
      change(row, data_.students[*known]);
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
    if (!is_sound(student)) return;
    lines_.add(student.id, student_line(student, data_.classes), rows_.line());
  }

  void change(const Row& row, const Student& there) {
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
    take_day("left", made.left, row.left);
    if (row.in && !move(row, made, note)) return;
    if (changes.empty()) return lines_.keep();
    if (!is_sound(made)) return;
    if (auto refused =
            lines_.change(row.id, student_line(there, data_.classes), student_line(made, data_.classes), std::move(changes), plan_))
      rows_.refuse_row(std::move(*refused));
  }

  /// Brings the class and its first day to what the row says; false after a refusal.
  template <typename Note>
  bool move(const Row& row, Student& student, const Note& note) {
    // A change that stands already may lie ahead.
    const auto is_it = [&](const Membership& one) { return one.in == *row.in && row.since == one.days.from; };
    if (row.since && std::ranges::any_of(student.classes, is_it)) return true;
    const auto now = std::ranges::find_if(student.classes, [&](const Membership& one) { return one.days.contains(context_.today); });
    const std::string to = data_.classes[*row.in].id;
    if (now == student.classes.end()) {
      const Date since = row.since.value_or(context_.today);
      if (std::ranges::any_of(student.classes, [&](const Membership& one) { return one.days.until >= since; })) return in_the_past(row);
      note("class", {}, to);
      student.classes.push_back({*row.in, {.from = since}});
      return true;
    }
    const bool is_same_class = now->in == *row.in;
    const std::string from_text = now->days.from == Date::min() ? std::string() : to_string(now->days.from);
    if (is_same_class && (!row.since || *row.since == now->days.from)) return true;
    if (is_same_class || row.since == now->days.from) {
      // The same stay, corrected.
      if (!is_same_class) note("class", data_.classes[now->in].id, to);
      if (is_same_class) note("since", from_text, to_string(*row.since));
      now->in = *row.in;
      if (row.since) now->days.from = *row.since;
      return true;
    }
    const Date since = row.since.value_or(context_.today);
    if (since <= now->days.from || now->days.until != Date::max()) return in_the_past(row);
    note("class", data_.classes[now->in].id, to);
    now->days.until = since - Days(1);
    student.classes.push_back({*row.in, {.from = since}});
    return true;
  }

  bool in_the_past(const Row& row) {
    rows_.refuse("since", "import/class-in-the-past",
                 say("{0} has left, or changes class, on a later day than {1}", row.id,
                     row.since ? to_string(*row.since) : to_string(context_.today)),
                 say("correct roster/students.yaml by hand"));
    return false;
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
  std::set<std::string> seen_;
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
