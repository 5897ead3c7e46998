// SPDX-License-Identifier: MIT
// The roster, and who teaches what, as forms: lines are replaced and added, every other byte stays.
#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "commands/dated_stretch.hpp"
#include "commands/import_record_rows.hpp"
#include "diag/nearest.hpp"
#include "store/canonical.hpp"
#include "store/cell_text.hpp"
#include "store/class_move.hpp"
#include "store/formats.hpp"
#include "store/roster_ids.hpp"
#include "store/roster_lines.hpp"
#include "store/student_by_name.hpp"
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
    rows_.is_about(row.id);
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
    if (!row.in && !data_.classes.empty()) {
      rows_.refuse("class", "import/no-class", say("the row has no class"), say("write the class, and the first day in it"));
    } else if (row.in && !row.since) {
      rows_.refuse("since", "import/nothing-there", say("since when is {0} in the class?", row.name),
                   say("write the first day in the class"));
    } else if (auto fault = ids_.take_for_student(row.id, row.name, row.in)) {
      rows_.refuse("student", std::move(*fault));
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
    RowChanges changes(lines_.path(), rows_.line(), row.id, there.name);
    const auto take_day = [&](Message what, std::optional<Date>& day, const std::optional<Date>& given) {
      if (!given || given == day) return;
      changes.add(std::move(what), day ? to_string(*day) : std::string(), to_string(*given));
      day = given;
    };
    if (name_key(row.name) != name_key(there.name)) {
      if (!is_name_free(row, index)) return;
      changes.add(say("Name"), there.name, row.name);
      made.name = row.name;
    }
    take_day(say("Came from another school on"), made.transferred, row.transferred);
    // Before the last day changes: a new one does not tell where a student was who has come back.
    if (row.in && !place(row, index, made, changes)) return;
    take_day(say("Last day here"), made.left, row.left);
    if (made.left && made.left != there.left && !has_no_marks("left", row, index, {.from = *made.left + Days(1)})) return;
    if (changes.empty()) return lines_.keep();
    if (!ends_behind_its_beginning(made) || !is_sound(made)) return;
    if (auto refused = lines_.change(row.id, student_line(there, data_.classes), student_line(made, data_.classes), changes, plan_))
      rows_.refuse_row(std::move(*refused));
  }

  /// Another name that a classmate has is probably that of the row above or below.
  bool is_name_free(const Row& row, StudentIndex index) {
    const auto shares_class = [&](const Student& other) {
      return std::ranges::any_of(other.classes,
                                 [&](const Membership& one) { return is_in_during(data_.students[index], one.in, one.days); });
    };
    for (const Student& other : data_.students) {
      if (other.id == row.id || name_key(other.name) != name_key(row.name) || !shares_class(other)) continue;
      rows_.refuse(
          "name", "import/known-already",
          say("{0} is {1} in the roster; in the same class {2} has the name {3}", row.id, data_.students[index].name, other.id, other.name),
          say("has the row slipped? if both are called so, correct roster/students.yaml by hand"));
      return false;
    }
    return true;
  }

  /// Brings the class and its first day to what the row says; false after a refusal.
  bool place(const Row& row, StudentIndex index, Student& student, RowChanges& changes) {
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
    if (found.fate == Stretch::Fate::there) return correct_since(row, index, student, found.place, changes);
    if (fate == MoveFate::later) return refuse_move(row, student, fate);
    // The first day of the class before was left standing, unless the class has only now begun.
    if (fate == MoveFate::same_day && *row.since < context_.today) return ask_since_when(row, student);
    const auto before = std::ranges::find_if(student.classes, [&](const Membership& one) { return one.days.contains(*row.since); });
    changes.add(say("Class from {0}", to_string(*row.since)),
                before == student.classes.end() ? std::string() : data_.classes[before->in].id, data_.classes[*row.in].id);
    move_class(student, *row.in, *row.since);
    return true;
  }

  /// The same stay in a class with another first day; false after a refusal.
  bool correct_since(const Row& row, StudentIndex index, Student& student, std::size_t place, RowChanges& changes) {
    const Period before = student.classes[place].days;
    const Period after{.from = *row.since, .until = before.until};
    for (std::size_t other = 0; other < student.classes.size(); ++other) {
      if (other == place) continue;
      const Period& days = student.classes[other].days;
      if (days.from > before.from || days.overlaps(after)) return refuse_move(row, student, MoveFate::later);
    }
    if (before.from < after.from && !has_no_marks("since", row, index, {.from = before.from, .until = after.from - Days(1)})) return false;
    changes.add_days(as_data(data_.classes[*row.in].id), before, after);
    student.classes[place].days = after;
    return true;
  }

  /// Refuses days without a class on which the student has marks: they would count nowhere.
  bool has_no_marks(std::string_view key, const Row& row, StudentIndex index, const Period& days) {
    const auto has_marks = [&](const Exam& exam) {
      const auto at = days.contains(exam.date) ? exam.row_of(index) : std::nullopt;
      if (!at) return false;
      const auto first = exam.marks.begin() + static_cast<std::ptrdiff_t>(*at * exam.subjects.size());
      return std::any_of(first, first + static_cast<std::ptrdiff_t>(exam.subjects.size()), [](Mark mark) { return mark.present(); });
    };
    const auto exam = std::ranges::find_if(data_.exams, has_marks);
    if (exam == data_.exams.end()) return true;
    rows_.refuse(key, "import/class-in-the-past",
                 say("{0} has marks of {1}, and would be in no class on that day", row.id, to_string(exam->date)),
                 key == "left" ? say("is the day right? are the marks those of somebody else?")
                               : say("is the day right? where it was another class until then, correct roster/students.yaml by hand"));
    return false;
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
    const auto is_sound = [&](const Membership& one) {
      return !student.left || rows_.is_period("left", {.from = one.days.from, .until = *student.left});
    };
    if (student.left && student.transferred && !rows_.is_period("left", {.from = *student.transferred, .until = *student.left}))
      return false;
    return std::ranges::all_of(student.classes, is_sound);
  }

  bool is_sound(const Student& student) {
    return rows_.is_sound(student_line(student, data_.classes), students_shape(), {{"id", "student"}});
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

/// What a row says of who teaches what.
struct TeachingRow {
  StaffIndex staff = 0;
  std::string subject;
  ClassIndex in = 0;
  std::optional<Date> from;
  std::optional<Date> until;
};

class TeachingPlanner {
 public:
  TeachingPlanner(const Context& context, RecordRows& rows, ImportPlan& plan)
      : context_(context), data_(context.data), rows_(rows), plan_(plan), used_(data_.teaching.size(), false) {}

  void plan(Answer& answer) {
    auto file = begin_file(context_, std::string(teaching_path), schema_comment("teaching"), answer);
    if (!file) return;
    file_ = std::move(*file);
    look_ahead();
    while (rows_.next_as_written()) {
      TeachingRow row;
      const Stretch found = read(rows_, row) ? stretch_of(row) : Stretch{};
      if (found.fate == Stretch::Fate::there) used_[found.place] = true;
    }
    while (rows_.next()) {
      TeachingRow row;
      if (read(rows_, row)) plan_row(row);
      file_.refused += rows_.is_refused() ? 1U : 0U;
    }
    file_.differs = file_.added + file_.changed > 0;
    if (!file_.differs) file_.bytes.clear();
    plan_.files.push_back(std::move(file_));
  }

 private:
  /// False after a refusal.
  bool read(RecordRows& rows, TeachingRow& row) const {
    constexpr StaffIndex nobody = static_cast<StaffIndex>(-1);  // g++ 12 loses track of an optional here
    const std::string who = rows.needed("staff");
    row.from = rows.date("from");
    row.staff = who.empty() ? nobody : rows.staff("staff", who, row.from).value_or(nobody);
    if (row.staff != nobody) rows.is_about(data_.staff[row.staff].id);
    row.subject = rows.needed("subject");
    constexpr ClassIndex nowhere = static_cast<ClassIndex>(-1);
    const std::string in = rows.needed("class");
    row.in = in.empty() ? nowhere : rows.school_class("class", in).value_or(nowhere);
    row.until = rows.date("until");
    if (row.from && row.until) (void)rows.is_period("until", {.from = *row.from, .until = *row.until});
    return !rows.is_refused();
  }

  /// Notes until when those teach who stand in the folder: a row behind that of the next teacher may end it.
  void look_ahead() {
    for (const Teaching& one : data_.teaching) days_.push_back(one.days);
    ImportPlan unused;
    RecordRows ahead = rows_.once_more(unused);
    while (ahead.next()) {
      TeachingRow row;
      if (!read(ahead, row) || !row.until) continue;
      const Stretch found = stretch_of(row);
      if (found.fate == Stretch::Fate::there && may_end(found.place, *row.until)) days_[found.place].until = *row.until;
    }
  }

  /// Whether the line can be given this last day.
  [[nodiscard]] bool may_end(std::size_t place, Date until) const {
    const Teaching& one = data_.teaching[place];
    const std::string line = teaching_line(data_, one, data_.subjects[one.subject]);
    const auto is_it = [&](std::string_view other) { return without_end(other) == without_end(line); };
    return one.days.from <= until && std::ranges::any_of(lines_of(file_.bytes), is_it);
  }

  [[nodiscard]] bool is_about(const Teaching& one, const TeachingRow& row) const {
    return one.in == row.in && data_.subjects[one.subject] == row.subject;
  }

  /// The line of the folder that a row is about: that with the same days, else as for roles and groups.
  [[nodiscard]] Stretch stretch_of(const TeachingRow& row) const {
    const auto is_it = [&](const Teaching& one) { return one.staff == row.staff && is_about(one, row); };
    const Period days{.from = row.from.value_or(Date::min()), .until = row.until.value_or(Date::max())};
    for (std::size_t at = 0; at < data_.teaching.size(); ++at) {
      if (is_it(data_.teaching[at]) && data_.teaching[at].days == days) return {Stretch::Fate::there, at};
    }
    return stretch_of_row(data_.teaching, is_it, row.from, row.until, context_.today);
  }

  void plan_row(const TeachingRow& row) {
    Teaching made{.staff = row.staff,
                  .subject = {},
                  .in = row.in,
                  .days = {.from = row.from.value_or(Date::min()), .until = row.until.value_or(Date::max())}};
    if (!rows_.is_sound(teaching_line(data_, made, row.subject), teaching_shape())) return;
    if (!data_.subjects.empty() && !data_.find_subject(row.subject)) return refuse_subject(row.subject);
    const Stretch found = stretch_of(row);
    if (found.fate == Stretch::Fate::unclear) {
      return rows_.refuse("from", "import/nothing-there", say("since when? {0} stands in the roster for other days already", row.subject),
                          say("write the first day, or correct {0} by hand", file_.path));
    }
    if (found.fate == Stretch::Fate::there) return correct(row, found.place);
    if (taught_by_another(row, made.days, std::nullopt)) return;
    const std::string row_key = data_.staff[row.staff].id + "\n" + row.subject + "\n" + data_.classes[row.in].id;
    auto& stretches = added_[row_key];
    if (std::ranges::any_of(stretches, [&](const Period& one) { return one.overlaps(made.days); })) return refuse_second();
    stretches.push_back(made.days);
    append_line(file_.bytes, teaching_line(data_, made, row.subject));
    rows_.count_new(file_.path);
    ++file_.added;
  }

  void correct(const TeachingRow& row, std::size_t place) {
    const Teaching& old = data_.teaching[place];
    Teaching made = old;
    if (row.from) made.days.from = *row.from;
    if (row.until) made.days.until = *row.until;
    if (!rows_.is_period("until", made.days)) return;
    if (used_[place]) return refuse_second();
    if (taught_by_another(row, made.days, old.days)) return;
    used_[place] = true;
    if (made.days == old.days) {
      ++file_.same;
      return;
    }
    if (!replace_line(file_.bytes, teaching_line(data_, old, row.subject), teaching_line(data_, made, row.subject))) {
      const bool is_end = made.days.until != old.days.until;
      return rows_.refuse(
          {}, "import/line-by-hand",
          say("the line of {0} in {1} is not as the program writes it, so it is not replaced", rows_.whom(), file_.path),
          say("change the line by hand: {0} {1}", is_end ? "until:" : "from:", to_string(is_end ? made.days.until : made.days.from)));
    }
    ++file_.changed;
    RowChanges changes(file_.path, rows_.line(), rows_.whom(), data_.staff[row.staff].name);
    changes.add_days(as_data(row.subject + " " + data_.classes[row.in].id), old.days, made.days);
    plan_.changes.insert(plan_.changes.end(), changes.all().begin(), changes.all().end());
  }

  /// Refuses a row for days on which somebody else teaches the same, unless the two did so `before`.
  bool taught_by_another(const TeachingRow& row, const Period& days, std::optional<Period> before) {
    for (std::size_t at = 0; at < data_.teaching.size(); ++at) {
      const Teaching& one = data_.teaching[at];
      const bool is_new = days_[at].overlaps(days) && !(before && days_[at].overlaps(*before));
      if (one.staff == row.staff || !is_about(one, row) || !is_new) continue;
      const std::string& other = data_.staff[one.staff].name;
      rows_.refuse("staff", "import/other-teacher",
                   say("{0} teaches {1} in {2} on these days already", other, row.subject, data_.classes[row.in].id),
                   say("add a row that gives {0} a last day; if both teach it, write the line into {1} by hand", other, file_.path));
      return true;
    }
    return false;
  }

  void refuse_subject(const std::string& subject) {
    const std::vector<std::string_view> known(data_.subjects.begin(), data_.subjects.end());
    const auto near = nearest(subject, known);
    rows_.refuse("subject", "import/unknown-word", say("'{0}' is not one of the words that are known here", subject),
                 near ? say("did you mean '{0}'?", *near) : say("a subject that is new gets its first line by hand, in {0}", file_.path));
  }

  void refuse_second() {
    rows_.refuse({}, "import/record-differs", say("another row of the form is about the same teaching"),
                 say("which of the two is right? leave one"));
  }

  const Context& context_;
  const Dataset& data_;
  RecordRows& rows_;
  ImportPlan& plan_;
  PlannedFile file_;
  std::vector<bool> used_;                            ///< the lines of the folder that rows of the table are about
  std::vector<Period> days_;                          ///< of the lines of the folder, as the table ends them
  std::map<std::string, std::vector<Period>> added_;  ///< what is new
};

}  // namespace

void plan_roster_form(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer) {
  RosterPlanner(context, rows, plan).plan(answer);
}

void plan_teaching(const Context& context, RecordRows& rows, ImportPlan& plan, Answer& answer) {
  TeachingPlanner(context, rows, plan).plan(answer);
}

}  // namespace help
