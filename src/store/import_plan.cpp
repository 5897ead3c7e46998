// SPDX-License-Identifier: MIT
#include "store/import_plan.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_set>

#include "diag/nearest.hpp"
#include "store/canonical.hpp"
#include "store/cell_text.hpp"
#include "store/class_move.hpp"
#include "store/files.hpp"
#include "store/grade_file.hpp"
#include "store/roster_ids.hpp"
#include "store/roster_lines.hpp"
#include "store/student_by_name.hpp"

namespace help {
namespace {

// Looking for the nearest of thousands of ids is slow: a table full of unknown ones gets a hint for the first few.

std::string path_of(const MappedExam& exam) { return "grades/" + exam.id.text + ".yaml"; }

/// Everything that the steps of planning share.
struct Planning {
  const Dataset& data;
  const Mapping& mapping;
  const std::map<std::string, std::string>& existing;
  Diagnostics& problems;
  ReadRows read;
  ImportPlan plan = {};
  std::vector<SchoolClass> classes = {};  ///< those of the folder, then new ones

  void refuse(ReadPerson& person, std::string column, std::string_view code, Message reason, Message hint = {}) {
    person.refused = true;
    plan.refused.push_back({.line = person.line,
                            .column = std::move(column),
                            .student = person.id,
                            .code = code,
                            .reason = std::move(reason),
                            .hint = std::move(hint)});
  }

  [[nodiscard]] const std::string* bytes_of(std::string_view path) const {
    const auto found = existing.find(std::string(path));
    return found == existing.end() ? nullptr : &found->second;
  }

  void not_our_form(std::string_view path, std::uint32_t line, Message hint) {
    problems.push_back({.code = "import/other-form",
                        .where = {.path = std::string(path), .line = line},
                        .message = say("this is not in the form that the program writes, so it will not change the file"),
                        .hint = std::move(hint)});
  }

  void finish(PlannedFile file) {
    if (file.bytes.size() > max_file_bytes) {
      problems.push_back({.code = "file/too-large",
                          .where = {.path = file.path},
                          .message = say("the file would be larger than {0} MiB", max_file_bytes >> 20U)});
    }
    plan.files.push_back(std::move(file));
  }
};

// ---- classes ----

void plan_classes(Planning& planning) {
  planning.classes = planning.data.classes;
  if (!planning.mapping.roster || planning.mapping.roster->classes.empty()) {
    return;
  }
  RosterLines lines(classes_path);
  lines.read(planning.bytes_of(classes_path), "classes");
  for (SchoolClass made : planning.mapping.roster->classes) {
    made.name = made.name.empty() ? made.id : made.name;
    const auto known = planning.data.find_class(made.id);
    if (!known) {
      lines.add(made.id, class_line(made, planning.data.staff), 0);
      planning.classes.push_back(std::move(made));
      continue;
    }
    const SchoolClass& there = planning.data.classes[*known];
    if (there.name == made.name && there.cohort == made.cohort && there.entry_grade == made.entry_grade) {
      lines.keep();
    } else {
      planning.problems.push_back(
          {.code = "import/class-differs",
           .where = {.path = planning.mapping.path},
           .message = say("the class '{0}' is another one in {1}: name, cohort or entry grade differ", made.id, classes_path),
           .hint = say("change one of the two; without the class in the mapping, that of the roster is used")});
    }
  }
  lines.finish(say("write one class a line: - {{id: …, name: …, cohort: …, entry-grade: …}}"), planning.problems, planning.plan);
}

const RosterColumns& roster_of(const Mapping& mapping) { return mapping.roster ? *mapping.roster : *mapping.newcomers; }

/// The class that the text of a table means.
class ClassFinder {
 public:
  explicit ClassFinder(Planning& planning) : planning_(planning) {}

  /// The class of a person; nothing where the mapping has none, or after a refusal.
  std::optional<ClassIndex> find(ReadPerson& person) {
    const RosterColumns& roster = roster_of(planning_.mapping);
    if (roster.in.fixed.given()) {
      return fixed();
    }
    if (!roster.in.column.given()) {
      return std::nullopt;
    }
    const ClassWritten found =
        class_of_text(planning_.classes, roster.in, person.class_text, school_year_of(planning_.data.calendar, planning_.mapping));
    return found.one ? found.one : refuse(person, person.class_text, found);
  }

 private:
  [[nodiscard]] std::optional<ClassIndex> by_id(std::string_view id) const {
    const auto found = std::ranges::find(planning_.classes, id, &SchoolClass::id);
    return found == planning_.classes.end() ? std::nullopt : std::optional(static_cast<ClassIndex>(found - planning_.classes.begin()));
  }

  std::optional<ClassIndex> fixed() {
    const MappedText& id = roster_of(planning_.mapping).in.fixed;
    const auto found = by_id(id.text);
    if (!found && !std::exchange(fixed_reported_, true)) {
      planning_.problems.push_back(
          planning_.mapping.problem(id, "import/unknown-class", say("no class has the id '{0}'", id.text), near_hint(id.text)));
    }
    return found;
  }

  std::optional<ClassIndex> refuse(ReadPerson& person, const std::string& text, const ClassWritten& found) {
    planning_.refuse(person, roster_of(planning_.mapping).in.column.text, "import/unknown-class",
                     why_no_class(planning_.classes, text, found), near_hint(text, !found.several.empty()));
    return std::nullopt;
  }

  Message near_hint(std::string_view text, bool are_several = false) {
    std::vector<std::string_view> known;
    for (const SchoolClass& one : planning_.classes) {
      known.push_back(one.id);
      known.push_back(one.name);
    }
    const auto near = !are_several && hints_++ < most_hints ? nearest(text, known) : std::nullopt;
    return near                                ? say("did you mean '{0}'?", *near)
           : planning_.mapping.told_at.empty() ? say("say in the mapping what it means: class: {{column: …, names: {{{0}: ID}}}}", text)
                                               : say("say which class it is: --class '{0}=ID'", text);
  }

  Planning& planning_;
  bool fixed_reported_ = false;
  int hints_ = 0;
};

// ---- students ----

/// Plans roster/students.yaml, person after person.
class StudentPlanner {
 public:
  explicit StudentPlanner(Planning& planning) : planning_(planning), class_finder_(planning), ids_(planning.data) {
    lines_.read(planning.bytes_of(students_path), "students");
  }

  void plan() {
    for (ReadPerson& person : planning_.read.people) {
      if (!person.refused) {
        plan_person(person);
      }
      lines_.count(person.refused);
    }
    finish();
  }

  /// Adds those whom the roster does not have; of the others nothing is changed.
  void plan_newcomers() {
    for (ReadPerson& person : planning_.read.people) {
      if (!person.refused && !planning_.data.find_student(person.id)) {
        plan_newcomer(person);
        lines_.count(person.refused);
      }
    }
    finish();
  }

 private:
  void plan_newcomer(ReadPerson& person) {
    if (person.name.empty()) {
      planning_.refuse(person, planning_.mapping.student.name.text, "import/no-name", say("the row has no name"));
    } else if (person.class_text.empty() && !planning_.mapping.newcomers->in.fixed.given()) {
      planning_.refuse(person, planning_.mapping.student.in.column.text, "import/no-class", say("the row has no class"));
    } else if (const auto in = class_finder_.find(person)) {
      add_student(person, in);
    }
  }

  void finish() {
    lines_.finish(say("write one student a line: - {{id: \"…\", name: …, classes: […]}}"), planning_.problems, planning_.plan);
  }

  void plan_person(ReadPerson& person) {
    const auto in = class_finder_.find(person);
    if (person.refused) {
      return;
    }
    const auto known = planning_.data.find_student(person.id);
    if (known) {
      change_student(person, planning_.data.students[*known], in);
    } else {
      add_student(person, in);
    }
  }

  void add_student(ReadPerson& person, std::optional<ClassIndex> in) {
    if (auto fault = ids_.take_for_student(person.id, person.name, in)) {
      planning_.refuse(person, planning_.mapping.student.id.text, fault->code, std::move(fault->reason), std::move(fault->hint));
      return;
    }
    Student student{.id = person.id, .name = person.name.empty() ? person.id : person.name, .transferred = person.transferred};
    if (in) {
      student.classes.push_back({*in, {.from = roster_of(planning_.mapping).from}});
    }
    lines_.add(student.id, student_line(student, planning_.classes), person.line);
  }

  void change_student(ReadPerson& person, const Student& there, std::optional<ClassIndex> in) {
    Student made = there;
    RowChanges changes(lines_.path(), person.line, person.id, there.name);
    if (!person.name.empty() && name_key(person.name) != name_key(there.name)) {
      changes.add(say("Name"), there.name, person.name);
      made.name = person.name;
    }
    if (person.transferred && person.transferred != there.transferred) {
      changes.add(say("Came from another school on"), there.transferred ? to_string(*there.transferred) : std::string{},
                  to_string(*person.transferred));
      made.transferred = person.transferred;
    }
    if (in) {
      const auto before = class_on(there, planning_.mapping.roster->from);
      if (before != in) {
        if (!move_to(person, made, *in)) {
          return;
        }
        changes.add(say("Class"), before ? planning_.classes[*before].id : std::string{}, planning_.classes[*in].id);
      }
    }
    if (changes.empty()) return lines_.keep();
    auto refused =
        lines_.change(person.id, student_line(there, planning_.classes), student_line(made, planning_.classes), changes, planning_.plan);
    if (!refused) return;
    person.refused = true;
    planning_.plan.refused.push_back(std::move(*refused));
  }

  static std::optional<ClassIndex> class_on(const Student& student, Date day) {
    const auto found = std::ranges::find_if(student.classes, [day](const Membership& membership) { return membership.days.contains(day); });
    return found == student.classes.end() ? std::nullopt : std::optional(found->in);
  }

  // The mapping says the day, so that a class that began on this very day was a mistake.
  bool move_to(ReadPerson& person, Student& student, ClassIndex in) {
    const Date from = planning_.mapping.roster->from;
    const MoveFate fate = fate_of_move(student, from);
    if (fate == MoveFate::later || fate == MoveFate::came_back) {
      planning_.refuse(person, planning_.mapping.roster->in.column.text, "import/class-in-the-past", why_not_moved(student, fate, from),
                       how_to_move(student, fate));
      return false;
    }
    move_class(student, in, from);
    return true;
  }

  Planning& planning_;
  ClassFinder class_finder_;
  RosterIds ids_;
  RosterLines lines_{students_path};
};

/// Where the table names the class of a student whose id it gives, it must be that of the roster. A text that names no class says nothing.
void check_class(Planning& planning, ReadPerson& person, StudentIndex known) {
  const Mapping& mapping = planning.mapping;
  const Student& student = planning.data.students[known];
  if (mapping.student.by_name() || !mapping.marks || person.class_text.empty()) {
    return;
  }
  const auto in =
      class_of_text(planning.data.classes, mapping.student.in, person.class_text, school_year_of(planning.data.calendar, mapping)).one;
  if (!in || is_in_on_any(student, *in, mapping.marks->exams)) {
    return;
  }
  std::string classes;
  for (const Membership& membership : student.classes) {
    if (is_in_on_any(student, membership.in, mapping.marks->exams)) {
      classes.append(classes.empty() ? "" : ", ").append(planning.data.classes[membership.in].name);
    }
  }
  planning.refuse(
      person, mapping.student.in.column.text, "import/other-class",
      classes.empty()
          ? say("{0} is in no class on the day of the exam, but in {1} in the table", person.id, planning.data.classes[*in].name)
          : say("{0} is in {1} on the day of the exam, but in {2} in the table", person.id, classes, planning.data.classes[*in].name),
      say("is the id right? did the student change class? correct the table or the roster"));
}

/// Marks of somebody who was not in school on the day of any of the exams: an id of somebody else. Entry exams are sat before the first
/// day.
void check_presence(Planning& planning, ReadPerson& person, StudentIndex known) {
  const Student& student = planning.data.students[known];
  if (planning.mapping.student.by_name() || !planning.mapping.marks || student.classes.empty()) {
    return;
  }
  const auto is_here = [&](const MappedExam& exam) {
    return exam.kind == ExamKind::entry || exam.date == Date{} || planning.data.class_of(known, exam.date);
  };
  const auto& exams = planning.mapping.marks->exams;
  if (!exams.empty() && std::ranges::none_of(exams, is_here)) {
    planning.refuse(person, planning.mapping.student.id.text, "import/not-here",
                    say("{0} {1} is in no class on {2}, the day of the exam", person.id, student.name, to_string(exams.front().date)),
                    say("is the id right? is the day? else correct the student's classes in roster/students.yaml"));
  }
}

/// Without a roster in the mapping everybody must be known; where the table names them, by the same name.
void check_people(Planning& planning) {
  std::vector<std::string_view> ids;
  std::ranges::transform(planning.data.students, std::back_inserter(ids),
                         [](const Student& student) { return std::string_view(student.id); });
  std::vector<bool> has_marks(planning.read.people.size());
  for (const ReadMark& mark : planning.read.marks) {
    has_marks[mark.person] = true;
  }
  int hints = 0;
  for (std::size_t place = 0; place < planning.read.people.size(); ++place) {
    ReadPerson& person = planning.read.people[place];
    if (person.refused) {
      continue;
    }
    const auto known = planning.data.find_student(person.id);
    if (!known && planning.mapping.newcomers) {
      continue;
    }
    if (!known) {
      const auto near = hints++ < most_hints ? nearest(person.id, ids) : std::nullopt;
      planning.refuse(person, planning.mapping.student.id.text, "import/unknown-student", say("no student has the id '{0}'", person.id),
                      near ? say("did you mean '{0}'?", *near) : say("import the roster first, or add them with --add-students"));
    } else if (const std::string& name = planning.data.students[*known].name;
               !planning.mapping.student.by_name() && !person.name.empty() && name_key(name) != name_key(person.name)) {
      planning.refuse(person, planning.mapping.student.name.text, "import/other-name",
                      say("{0} is {1} in the roster, but {2} in the table", person.id, name, person.name),
                      say("is the id right? is the row?"));
    } else {
      check_class(planning, person, *known);
      if (!person.refused && has_marks[place]) {
        check_presence(planning, person, *known);
      }
    }
  }
}

// ---- marks ----

/// Plans the file of one exam.
class ExamPlanner {
 public:
  ExamPlanner(Planning& planning, std::uint32_t index)
      : planning_(planning), index_(index), mapped_(planning.mapping.marks->exams[index]) {}

  void plan() {
    file_.path = path_of(mapped_);
    const auto known = planning_.data.find_exam(mapped_.id.text);
    there_ = known ? &planning_.data.exams[*known] : nullptr;
    file_.is_new = there_ == nullptr;
    if (!collect() || !check_header()) {
      return;
    }
    for (const auto& [person, marks] : rows_) {
      plan_row(planning_.read.people[person], marks);
    }
    if (file_.added + file_.changed > 0) {
      // A new column is a place in every row, those that the table does not have included.
      const std::size_t rows_there = there_ != nullptr ? there_->students.size() : 0;
      planning_.plan.not_in_table += (rows_there - file_.changed - file_.same) * new_columns_.size();
      write();
    }
    planning_.finish(std::move(file_));
  }

 private:
  using Marks = std::span<const ReadMark>;

  /// The rows of this exam, by id, without what is refused; false where the table says nothing of it.
  bool collect() {
    const auto& all = planning_.read.marks;
    const auto first = std::ranges::lower_bound(all, index_, {}, &ReadMark::exam);
    const auto last = std::ranges::upper_bound(all, index_, {}, &ReadMark::exam);
    std::unordered_set<std::uint32_t> refused;
    for (const auto& [exam, person] : planning_.read.tainted) {
      if (exam == index_) {
        refused.insert(person);
      }
    }
    for (auto at = first; at != last;) {
      const std::uint32_t person = at->person;
      const auto next = std::find_if(at, last, [person](const ReadMark& mark) { return mark.person != person; });
      if (planning_.read.people[person].refused) {
        refused.insert(person);
      } else if (!refused.contains(person)) {
        rows_.emplace_back(person, Marks(at, next));
      }
      at = next;
    }
    file_.refused = refused.size();
    std::ranges::sort(rows_, {}, [this](const auto& row) -> const std::string& { return planning_.read.people[row.first].id; });
    collect_columns();
    return !rows_.empty() || file_.refused > 0;
  }

  /// The subjects of the file's columns: those that it has, then new ones in the mapping's order.
  void collect_columns() {
    const MarkColumns& marks = *planning_.mapping.marks;
    column_of_subject_.assign(marks.subjects.size(), none);
    if (there_ != nullptr) {
      for (const ExamSubject& subject : there_->subjects) {
        columns_.push_back(planning_.data.subjects[subject.subject]);
      }
    }
    old_columns_ = columns_.size();
    std::vector<bool> used(marks.subjects.size(), false);
    for (const auto& [person, given] : rows_) {
      for (const ReadMark& mark : given) {
        used[mark.subject] = true;
      }
    }
    for (std::size_t subject = 0; subject < marks.subjects.size(); ++subject) {
      const auto found = std::ranges::find(columns_, marks.subjects[subject].name);
      if (found == columns_.end() && used[subject]) {
        columns_.push_back(marks.subjects[subject].name);
        new_columns_.push_back({marks.subjects[subject].name, marks.subjects[subject].full, marks.subjects[subject].pass});
        column_of_subject_[subject] = columns_.size() - 1;
      } else if (found != columns_.end()) {
        column_of_subject_[subject] = static_cast<std::size_t>(found - columns_.begin());
      }
    }
  }

  void differs(Message what, std::string_view in_file, std::string_view in_mapping) {
    planning_.problems.push_back(planning_.mapping.problem(
        mapped_.id, "import/exam-differs",
        say("the exam '{0}' is there already with another {1}: {2}, not {3}", mapped_.id.text, std::move(what), in_file, in_mapping),
        planning_.mapping.source.empty() ? say("is this exam meant? correct the form, or {0} by hand", file_.path)
        : planning_.mapping.told_at.empty()
            ? say("change the mapping, or {0} by hand", file_.path)
            : say("is this exam meant? correct what was said (--exam, --name, --kind, --date, --term, --full), or {0} by hand",
                  file_.path)));
  }

  /// The mapping and a file that is there must speak of the same exam.
  bool check_header() {
    const std::size_t before = planning_.problems.size();
    const Calendar& calendar = planning_.data.calendar;
    if (!calendar.find_term(mapped_.term.text)) {
      std::vector<std::string_view> known;
      std::ranges::transform(calendar.terms, std::back_inserter(known), [](const Term& term) { return std::string_view(term.id); });
      const auto near = nearest(mapped_.term.text, known);
      planning_.problems.push_back(planning_.mapping.problem(mapped_.term, "import/unknown-term",
                                                             say("help.yaml has no term '{0}'", mapped_.term.text),
                                                             near ? say("did you mean '{0}'?", *near) : Message{}));
    }
    if (there_ != nullptr) {
      check_same_exam();
    }
    return planning_.problems.size() == before;
  }

  void check_same_exam() {
    const std::string& term = planning_.data.calendar.terms[there_->term].id;
    if (term != mapped_.term.text) {
      differs(say("term"), term, mapped_.term.text);
    }
    if (there_->date != mapped_.date) {
      differs(say("date"), to_string(there_->date), to_string(mapped_.date));
    }
    if (!mapped_.name.empty() && there_->name != mapped_.name) {
      differs(say("name of the exam"), there_->name, mapped_.name);
    }
    if (there_->kind != mapped_.kind) {
      differs(say("kind"), word_of(there_->kind), word_of(mapped_.kind));
    }
    const auto& subjects = planning_.mapping.marks->subjects;
    for (std::size_t subject = 0; subject < subjects.size(); ++subject) {
      const std::size_t column = column_of_subject_[subject];
      if (column == none || column >= old_columns_) {
        continue;
      }
      const ExamSubject& old = there_->subjects[column];
      if (old.full != subjects[subject].full) {
        differs(say("full mark of {0}", subjects[subject].name), hundredths_to_string(old.full),
                hundredths_to_string(subjects[subject].full));
      }
      if (subjects[subject].pass && old.pass != *subjects[subject].pass) {
        differs(say("pass mark of {0}", subjects[subject].name), hundredths_to_string(old.pass),
                hundredths_to_string(*subjects[subject].pass));
      }
    }
  }

  /// The marks that the file has of a student, in its columns; nothing without a row.
  [[nodiscard]] std::optional<std::vector<Mark>> marks_there(const std::string& id) const {
    const auto student = planning_.data.find_student(id);
    const auto row = there_ != nullptr && student ? there_->row_of(*student) : std::nullopt;
    if (!row) {
      return std::nullopt;
    }
    std::vector<Mark> marks;
    for (std::size_t column = 0; column < old_columns_; ++column) {
      marks.push_back(there_->at(*row, column));
    }
    return marks;
  }

  void plan_row(const ReadPerson& person, Marks given) {
    const auto old = marks_there(person.id);
    std::vector<Mark> made = old.value_or(std::vector<Mark>{});
    made.resize(columns_.size(), Mark(Mark::State::no_entry));
    bool is_changed = false;
    std::size_t filled = 0;
    for (const ReadMark& mark : given) {
      const std::size_t column = column_of_subject_[mark.subject];
      Mark& place = made[column];
      filled += !old || column >= old_columns_ ? 1U : 0U;
      if (old && place != mark.mark) {
        is_changed = true;
        planning_.plan.changes.push_back({.path = file_.path,
                                          .line = mark.line,
                                          .student = person.id,
                                          .name = name_of(person),
                                          .what = as_data(columns_[column]),
                                          .before = to_string(place),
                                          .after = to_string(mark.mark),
                                          .overwrites = place.state() != Mark::State::no_entry});
      }
      place = mark.mark;
    }
    planning_.plan.not_in_table += (old ? columns_.size() - old_columns_ : columns_.size()) - filled;
    if (!old) {
      planning_.plan.added.push_back({file_.path, given.front().line, person.id});
      ++file_.added;
    } else if (is_changed || !new_columns_.empty()) {
      ++file_.changed;
    } else {
      ++file_.same;
      return;
    }
    changed_rows_.emplace_back(person.id, std::move(made));
  }

  [[nodiscard]] std::string name_of(const ReadPerson& person) const {
    const auto known = planning_.data.find_student(person.id);
    return known ? planning_.data.students[*known].name : person.name.empty() ? person.id : person.name;
  }

  void write() {
    file_.differs = true;
    if (there_ == nullptr) {
      file_.bytes =
          grade_head({mapped_.id.text, mapped_.name, mapped_.kind, mapped_.term.text, mapped_.date, mapped_.retests, new_columns_});
      for (const auto& [id, marks] : changed_rows_) {
        file_.bytes += grade_row(id, marks);
      }
      return;
    }
    GradeFile text;
    const std::string* old = planning_.bytes_of(file_.path);
    if (old == nullptr || !text.read(*old) || !rows_agree(text)) {
      planning_.not_our_form(file_.path, text.bad_line(), say("write one student a line:   \"ID\": [87, absent, ~]"));
      return;
    }
    std::vector<std::string> known(columns_.begin(), columns_.begin() + static_cast<std::ptrdiff_t>(old_columns_));
    for (const GradeColumn& column : new_columns_) {
      if (!text.add_column(known, column)) {
        planning_.not_our_form(file_.path, 0, say("write the subjects one a line, and columns: […] on one line"));
        return;
      }
      known.push_back(column.subject);
    }
    for (auto& [id, marks] : changed_rows_) {
      text.set(id, std::move(marks));
    }
    file_.bytes = text.bytes();
  }

  // The text must say what was loaded, or rows would be replaced that say something else.
  [[nodiscard]] bool rows_agree(const GradeFile& text) const {
    return std::ranges::all_of(changed_rows_, [&](const auto& row) {
      const auto loaded = marks_there(row.first);
      const auto written = text.marks_of(row.first);
      return loaded ? written && std::ranges::equal(*loaded, *written) : !written;
    });
  }

  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  Planning& planning_;
  std::uint32_t index_;
  const MappedExam& mapped_;
  const Exam* there_ = nullptr;
  PlannedFile file_;
  std::vector<std::pair<std::uint32_t, Marks>> rows_;
  std::vector<std::string> columns_;
  std::size_t old_columns_ = 0;
  std::vector<GradeColumn> new_columns_;
  std::vector<std::size_t> column_of_subject_;
  std::vector<std::pair<std::string, std::vector<Mark>>> changed_rows_;
};

}  // namespace

bool ImportPlan::nothing_new() const { return refused.empty() && std::ranges::none_of(files, &PlannedFile::differs); }

bool ImportPlan::overwrites() const { return std::ranges::any_of(changes, &ChangedValue::overwrites); }

std::vector<std::string> files_of_import(const Mapping& mapping) {
  std::vector<std::string> paths;
  if (mapping.roster) {
    paths = {std::string(classes_path), std::string(students_path)};
  } else if (mapping.newcomers) {
    paths = {std::string(students_path)};
  }
  if (mapping.marks) {
    std::ranges::transform(mapping.marks->exams, std::back_inserter(paths), path_of);
  }
  return paths;
}

ImportPlan plan_import(const Dataset& data, const Mapping& mapping, const Sheet& sheet, const std::map<std::string, std::string>& existing,
                       Diagnostics& problems) {
  Planning planning{data, mapping, existing, problems, read_import_rows(data, mapping, sheet, problems)};
  planning.plan.rows = planning.read.rows;
  planning.plan.left = planning.read.left;
  planning.plan.short_rows = planning.read.short_rows;
  planning.plan.others = std::move(planning.read.others);
  planning.plan.refused = std::move(planning.read.refused);
  if (has_error(problems)) {
    return std::move(planning.plan);
  }
  plan_classes(planning);
  if (mapping.roster) {
    StudentPlanner(planning).plan();
  } else {
    if (mapping.newcomers) {
      StudentPlanner(planning).plan_newcomers();
    }
    check_people(planning);
  }
  if (mapping.marks) {
    for (std::uint32_t exam = 0; exam < mapping.marks->exams.size(); ++exam) {
      ExamPlanner(planning, exam).plan();
    }
  }
  std::ranges::stable_sort(planning.plan.refused, {}, [](const RefusedRow& row) { return std::tie(row.line, row.column); });
  return std::move(planning.plan);
}

}  // namespace help
