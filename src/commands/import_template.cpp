// SPDX-License-Identifier: MIT
// Forms to be filled in: `help import --template`.
#include <algorithm>

#include "commands/cells.hpp"
#include "commands/form_stamps.hpp"
#include "commands/import_forms.hpp"
#include "commands/import_kept.hpp"
#include "commands/lookup.hpp"
#include "model/code_name.hpp"
#include "model/role_name.hpp"
#include "rules/cases.hpp"
#include "store/cell_text.hpp"

namespace help {
namespace {

class TemplateMaker {
 public:
  TemplateMaker(const Context& context, const TemplateOptions& options, FormKind kind, Answer& answer)
      : context_(context), data_(context.data), options_(options), kind_(kind), answer_(answer) {}

  void make() {
    table_ = {.key = word_of(kind_), .title = title(), .columns = {}, .rows = {}, .when_empty = {}, .is_form = true};
    const bool is_new_exam = kind_ == FormKind::marks && options_.said.given();
    for (const FormField& field : fields_of(kind_)) {
      // Only what stands in the folder has an id.
      if ((field.of_new_exam && !is_new_exam) || (field.key == "record" && options_.from.empty())) continue;
      table_.columns.push_back({.key = field.key, .title = field.title, .entry = field.entry});
    }
    if (kind_ != FormKind::marks && options_.said.given()) refuse(say("this form has no use for {0}", unused_of_exam()));
    choose_classes();
    if (!answer_.refusals.empty()) return;
    fill();
    if (!answer_.refusals.empty() || has_error(answer_.problems)) return;
    offer();
    // Rows that carry ids of records are compared with those: whoever copies such a row copies its id.
    if (!is_of_records()) table_.stamps = stamps_of_form(context_, kind_, table_);
    answer_.after_writing = {say("{0} is ready: fill it in, then: help import {0} (a preview; --yes writes)", context_.file)};
    answer_.document = {.schema = "help.import-template/1", .head = {}, .facts = {}, .tables = {std::move(table_)}, .foot = {}};
  }

 private:
  void refuse(Message message) { answer_.refusals.push_back(std::move(message)); }
  [[nodiscard]] std::string word(const Message& message) const { return in_language(context_, message, context_.language); }

  [[nodiscard]] Message title() const {
    switch (kind_) {
      case FormKind::marks:
        return say("Marks");
      case FormKind::roster:
        return say("Roster");
      case FormKind::talks:
        return say("Talks");
      case FormKind::preferences:
        return say("Preferences");
      case FormKind::observations:
        return say("Observations");
      case FormKind::counts:
        return say("Counts");
      case FormKind::teaching:
        return say("Teaching");
      case FormKind::classes:
        return say("Classes");
      case FormKind::staff:
        return say("Staff");
      case FormKind::groups:
        return say("Special groups");
      case FormKind::archives:
        return say("Archives");
    }
    return {};
  }

  [[nodiscard]] std::string unused_of_exam() const {
    const SaidExam& said = options_.said;
    return !said.name.empty() ? "--name" : said.kind ? "--kind" : said.date ? "--date" : !said.term.empty() ? "--term" : "--full";
  }

  /// The classes that --class and --grade name; of a grade those that are in it on the day of the form.
  void choose_classes() {
    Lookup lookup(context_, answer_.refusals);
    for (const std::string& typed : options_.classes) {
      if (const auto in = lookup.school_class(typed)) classes_.push_back(*in);
    }
    const auto grade = lookup.any_grade(options_.grade);
    if (!grade) return;
    if (!options_.classes.empty()) refuse(say("--class or --grade, not both"));
    const auto exam = kind_ == FormKind::marks ? data_.find_exam(options_.exam) : std::nullopt;
    const Date day = exam ? data_.exams[*exam].date : options_.said.date.value_or(context_.today);
    for (ClassIndex in = 0; in < data_.classes.size(); ++in) {
      if (data_.grade_of(in, day) == *grade) classes_.push_back(in);
    }
    if (classes_.empty()) refuse(say("No class is in grade {0} on {1}.", *grade, to_string(day)));
  }

  [[nodiscard]] bool is_chosen(ClassIndex in) const { return classes_.empty() || std::ranges::find(classes_, in) != classes_.end(); }

  [[nodiscard]] bool is_of_records() const {
    return kind_ == FormKind::talks || kind_ == FormKind::preferences || kind_ == FormKind::observations;
  }

  void fill() {
    if (!options_.from.empty() && !is_of_records()) refuse(say("this form has no use for {0}", "--from"));
    switch (kind_) {
      case FormKind::marks:
        return fill_marks();
      case FormKind::roster:
        return fill_roster();
      case FormKind::counts:
        return fill_counts();
      case FormKind::teaching:
        return fill_teaching();
      case FormKind::classes:
        return fill_classes();
      case FormKind::staff:
        return fill_staff();
      case FormKind::groups:
        return fill_groups();
      case FormKind::archives:
        return fill_archives();
      case FormKind::talks:
      case FormKind::preferences:
      case FormKind::observations:
        return fill_records();
    }
  }

  /// What was written down since a day, with the ids of the records, so that a changed row is known as a correction.
  void fill_records() {
    if (!options_.exam.empty()) refuse(say("this form has no use for {0}", "--exam"));
    if (options_.from.empty()) return;
    const auto from = date_of_text(options_.from);
    if (!from) return refuse(say("{0}: expected {1}, not '{2}'", "--from", say("a day like 2026-03-01"), options_.from));
    const std::vector<RecordCells> rows = kind_ == FormKind::talks         ? kept_talks(context_, *from, classes_, answer_.problems)
                                          : kind_ == FormKind::preferences ? kept_preferences(context_, *from, classes_)
                                                                           : kept_observations(context_, *from, classes_, answer_.problems);
    // Who works on a form takes it for all that there is.
    if (has_error(answer_.problems)) return;
    for (const RecordCells& cells : rows) {
      auto& row = table_.rows.emplace_back(table_.columns.size());
      for (const auto& [key, cell] : cells) {
        const auto column = std::ranges::find(table_.columns, key, &Column::key);
        if (column != table_.columns.end()) row[static_cast<std::size_t>(column - table_.columns.begin())] = cell;
      }
    }
    if (!rows.empty() && context_.talk != nullptr && context_.talk->tell) {
      context_.talk->tell(counted(static_cast<std::int64_t>(rows.size()),
                                  "The form holds {0} record about people: it is for those only who may read the folder itself.",
                                  "The form holds {0} records about people: it is for those only who may read the folder itself."));
    }
  }

  /// The students of a day, class after class.
  [[nodiscard]] std::vector<StudentIndex> students_on(Date day) const {
    std::vector<StudentIndex> students;
    for (StudentIndex student = 0; student < data_.students.size(); ++student) {
      const auto in = data_.class_of(student, day);
      const bool is_gone = data_.students[student].left && *data_.students[student].left < day;
      if (!is_gone && (in ? is_chosen(*in) : data_.classes.empty())) students.push_back(student);
    }
    std::ranges::stable_sort(students, {}, [&](StudentIndex student) {
      const auto in = data_.class_of(student, day);
      return std::pair(in ? std::string_view(data_.classes[*in].id) : std::string_view(), std::string_view(data_.students[student].id));
    });
    return students;
  }

  [[nodiscard]] Cell class_on(StudentIndex student, Date day) const {
    const auto in = data_.class_of(student, day);
    return in ? Cell(data_.classes[*in].id) : Cell();
  }

  void fill_marks() {
    if (options_.exam.empty()) {
      refuse(say("which exam? --exam ID; for a new one add --kind, --date and --full"));
      return;
    }
    if (options_.said.given()) return fill_new_exam();
    Lookup lookup(context_, answer_.refusals);
    const auto id = lookup.exam(options_.exam);
    const auto index = id ? data_.find_exam(*id) : std::nullopt;
    if (!index) {
      if (is_code_text(options_.exam)) refuse(say("for a new exam add --kind, --date and --full"));
      return;
    }
    const Exam& exam = data_.exams[*index];
    for (const ExamSubject& subject : exam.subjects) {
      table_.columns.push_back({.key = "mark", .title = as_data(data_.subjects[subject.subject]), .entry = FormEntry::number});
      for (const auto& [state, text] : state_words()) table_.columns.back().choices.push_back(word(text));
    }
    std::vector<StudentIndex> students = students_on(exam.date);
    if (classes_.empty()) {
      // Of the school only the classes that sat it.
      std::erase_if(students, [&](StudentIndex student) {
        const auto in = data_.class_of(student, exam.date);
        return !exam.row_of(student) &&
               std::ranges::none_of(exam.students, [&](StudentIndex other) { return data_.class_of(other, exam.date) == in; });
      });
      for (const StudentIndex student : exam.students) {
        if (std::ranges::find(students, student) == students.end()) students.push_back(student);
      }
    }
    for (const StudentIndex student : students) {
      auto& row = table_.rows.emplace_back();
      row = {exam.id, data_.students[student].id, data_.students[student].name, class_on(student, exam.date)};
      const auto place = exam.row_of(student);
      for (std::size_t column = 0; column < exam.subjects.size(); ++column)
        row.push_back(place ? mark_cell(exam.at(*place, column)) : Cell());
    }
  }

  /// Everybody of that day, without marks. Each row says which exam it is, and each title its full mark.
  void fill_new_exam() {
    const SaidExam& said = options_.said;
    if (data_.find_exam(options_.exam)) {
      return refuse(say("the exam {0} is there already: leave out {1}", options_.exam, unused_of_exam()));
    }
    if (!is_code_text(options_.exam)) {
      return refuse(say("{0}: expected {1}, not '{2}'", "--exam", say("an id like 2026-05-15-unit"), options_.exam));
    }
    std::string missing;
    for (const auto& [option, is_given] : {std::pair("--kind", said.kind.has_value()), std::pair("--date", said.date.has_value()),
                                           std::pair("--full", !said.subjects.empty())}) {
      if (!is_given) missing.append(missing.empty() ? "" : ", ").append(option);
    }
    if (!missing.empty()) return refuse(say("a new exam needs {0}, too", missing));
    const auto of_day = data_.calendar.term_of(*said.date);
    const std::string term = !said.term.empty() ? said.term : of_day ? data_.calendar.terms[*of_day].id : std::string();
    if (!data_.calendar.find_term(term)) return refuse(say("help.yaml has no term '{0}'", term));
    for (const MappedSubject& subject : said.subjects) {
      table_.columns.push_back({.key = "mark", .title = title_with_full(subject), .entry = FormEntry::number});
      for (const auto& [state, text] : state_words()) table_.columns.back().choices.push_back(word(text));
    }
    for (const StudentIndex student : students_on(*said.date)) {
      auto& row = table_.rows.emplace_back();
      row = {options_.exam,
             said.name.empty() ? Cell() : Cell(said.name),
             word(name_of(*said.kind)),
             *said.date,
             term,
             data_.students[student].id,
             data_.students[student].name,
             class_on(student, *said.date)};
      row.resize(table_.columns.size());
    }
    if (table_.rows.empty()) refuse(say("nobody is in a class on {0}", to_string(*said.date)));
  }

  [[nodiscard]] Cell mark_cell(Mark mark) const {
    if (mark.present()) return Decimal{mark.hundredths()};
    const auto& words = state_words();
    const auto found = std::ranges::find(words, mark.state(), &std::pair<Mark::State, Message>::first);
    return found == words.end() ? Cell(to_string(mark)) : Cell(word(found->second));
  }

  void fill_roster() {
    if (!options_.exam.empty()) refuse(say("this form has no use for {0}", "--exam"));
    for (const StudentIndex index : students_on(context_.today)) {
      const Student& student = data_.students[index];
      const auto membership =
          std::ranges::find_if(student.classes, [&](const Membership& one) { return one.days.contains(context_.today); });
      const bool is_in = membership != student.classes.end();
      const auto day = [](const std::optional<Date>& date) { return date ? Cell(*date) : Cell(); };
      table_.rows.push_back({student.id, student.name, is_in ? Cell(data_.classes[membership->in].id) : Cell(),
                             is_in && membership->days.from != Date::min() ? Cell(membership->days.from) : Cell(), day(student.transferred),
                             day(student.left)});
    }
  }

  void fill_counts() {
    const auto found = std::ranges::find(data_.counts, options_.exam, &CountTable::id);
    if (options_.exam.empty() && data_.counts.empty()) return fill_new_counts();
    if (!options_.exam.empty() && found == data_.counts.end()) {
      refuse(say("there is no period of counts '{0}'", options_.exam));
      return;
    }
    const CountTable& counts = found == data_.counts.end() ? data_.counts.back() : *found;
    for (const std::string& column : counts.columns)
      table_.columns.push_back({.key = "count", .title = name_of_count(column), .entry = FormEntry::number});
    for (const StudentIndex student : students_on(counts.days.until)) {
      auto& row = table_.rows.emplace_back();
      row = {counts.id,
             counts.days.from,
             counts.days.until,
             data_.students[student].id,
             data_.students[student].name,
             class_on(student, counts.days.until)};
      const auto place = std::ranges::lower_bound(counts.students, student);
      const bool is_there = place != counts.students.end() && *place == student;
      for (std::size_t column = 0; column < counts.columns.size(); ++column) {
        const std::int32_t count =
            is_there ? counts.counts[static_cast<std::size_t>(place - counts.students.begin()) * counts.columns.size() + column] : -1;
        row.push_back(count >= 0 ? Cell(count) : is_there ? Cell("~") : Cell());
      }
    }
  }

  void fill_new_counts() {
    for (const std::string_view column : {"absences", "homework-missing"})
      table_.columns.push_back({.key = "count", .title = name_of_count(column), .entry = FormEntry::number});
    for (const StudentIndex student : students_on(context_.today))
      table_.rows.push_back(
          {Cell(), Cell(), Cell(), data_.students[student].id, data_.students[student].name, class_on(student, context_.today)});
  }

  void fill_teaching() {
    if (!options_.exam.empty()) refuse(say("this form has no use for {0}", "--exam"));
    for (const Teaching& one : data_.teaching) {
      if (!is_chosen(one.in)) continue;
      if (one.days.until < context_.today) continue;
      table_.rows.push_back({staff_words(one.staff), data_.subjects[one.subject], data_.classes[one.in].id,
                             one.days.from != Date::min() ? Cell(one.days.from) : Cell(),
                             one.days.until != Date::max() ? Cell(one.days.until) : Cell()});
    }
  }

  void fill_classes() {
    if (!options_.exam.empty()) refuse(say("this form has no use for {0}", "--exam"));
    for (ClassIndex index = 0; index < data_.classes.size(); ++index) {
      if (!is_chosen(index)) continue;
      const SchoolClass& one = data_.classes[index];
      const auto leader = std::ranges::find_if(one.leaders, [&](const Leader& who) { return who.days.contains(context_.today); });
      const bool is_led = leader != one.leaders.end();
      table_.rows.push_back({one.id, one.name, one.cohort, one.entry_grade, is_led ? Cell(staff_words(leader->staff)) : Cell(),
                             is_led && leader->days.from != Date::min() ? Cell(leader->days.from) : Cell()});
    }
  }

  static Cell first_day(const Period& days) { return days.from != Date::min() ? Cell(days.from) : Cell(); }
  static Cell last_day(const Period& days) { return days.until != Date::max() ? Cell(days.until) : Cell(); }

  /// A row for each role that is not over, with the leave of now, or the next, in the first of a person.
  void fill_staff() {
    if (!options_.exam.empty()) refuse(say("this form has no use for {0}", "--exam"));
    if (!classes_.empty()) refuse(say("this form has no use for {0}", options_.grade.empty() ? "--class" : "--grade"));
    for (const Staff& one : data_.staff) {
      if (one.left && *one.left < context_.today) continue;
      const std::size_t first = table_.rows.size();
      for (const Role& role : one.roles) {
        if (role.days.until < context_.today) continue;
        table_.rows.push_back({one.id, one.name, word(name_of_role(role.role)), role.grade ? Cell(*role.grade) : Cell(),
                               role.in_class ? Cell(data_.classes[*role.in_class].id) : Cell(), role.subject,
                               role.body ? Cell(body_words(*role.body)) : Cell(), first_day(role.days), last_day(role.days)});
      }
      if (table_.rows.size() == first) table_.rows.push_back({one.id, one.name, {}, {}, {}, {}, {}, {}, {}});
      for (std::size_t row = first; row < table_.rows.size(); ++row) table_.rows[row].resize(table_.columns.size());
      fill_leave(one, table_.rows[first]);
    }
  }

  void fill_leave(const Staff& one, std::vector<Cell>& row) const {
    constexpr std::size_t behind_role = 9;
    if (one.left) row[behind_role] = *one.left;
    const Leave* next = nullptr;
    for (const Leave& leave : one.leave) {
      if (leave.days.until >= context_.today && (next == nullptr || leave.days.from < next->days.from)) next = &leave;
    }
    if (next == nullptr) return;
    row[behind_role + 1] = next->days.from;
    row[behind_role + 2] = last_day(next->days);
    if (!next->because.empty()) row[behind_role + 3] = next->because;
    if (next->substitute) row[behind_role + 4] = staff_words(*next->substitute);
  }

  void fill_groups() {
    if (!options_.exam.empty()) refuse(say("this form has no use for {0}", "--exam"));
    for (const StudentIndex index : students_on(context_.today)) {
      const Student& student = data_.students[index];
      for (const GroupMembership& group : student.groups) {
        if (group.days.until < context_.today) continue;
        table_.rows.push_back({student.name + " " + student.id, class_on(index, context_.today),
                               word(name_in(data_.policy.groups, group.group)), first_day(group.days), last_day(group.days)});
      }
    }
  }

  /// Who has an archive or an open case; of a class everybody. The private parts are never filled in: a form may be passed on.
  void fill_archives() {
    if (!options_.exam.empty()) refuse(say("this form has no use for {0}", "--exam"));
    const Cases cases(data_, context_.today);
    for (const StudentIndex student : students_on(context_.today)) {
      const auto archive = std::ranges::find(data_.archives, student, &Archive::student);
      const bool is_there = archive != data_.archives.end();
      const auto is_open = [&](const Period& days) { return days.contains(context_.today); };
      if (classes_.empty() && !is_there && std::ranges::none_of(cases.of_student(student), is_open)) continue;
      auto& row = table_.rows.emplace_back();
      row = {data_.students[student].name + " " + data_.students[student].id, class_on(student, context_.today)};
      if (is_there) fill_archive(*archive, row);
      row.resize(table_.columns.size());
    }
  }

  void fill_archive(const Archive& archive, std::vector<Cell>& row) const {
    const auto several = [](const std::vector<std::string>& texts) {
      std::string all;
      for (const std::string& text : texts) all += (all.empty() ? "" : "、") + text;
      return all.empty() ? Cell() : Cell(all);
    };
    const auto names = [&](const std::vector<std::string>& codes, const std::vector<Named>& named) {
      std::vector<std::string> words;
      for (const std::string& code : codes) {
        std::string text = word(name_in(named, code));
        if (std::ranges::find(words, text) == words.end()) words.push_back(std::move(text));
      }
      return several(words);
    };
    row.push_back(archive.opened ? Cell(*archive.opened) : Cell());
    row.push_back(archive.keeper ? Cell(staff_words(*archive.keeper)) : Cell());
    for (const std::string_view key : {"study-base", "attitude", "character", "discipline", "life"}) {
      const auto text = std::ranges::find(archive.profile, key, &ProfileText::key);
      row.push_back(text == archive.profile.end() ? Cell() : Cell(text->text));
    }
    std::vector<std::string> causes;
    for (const ArchiveCause& cause : archive.causes) causes.push_back(cause.cause);
    row.push_back(names(archive.categories, data_.policy.archive.categories));
    row.push_back(names(causes, data_.policy.archive.causes));
    row.push_back(several(archive.hobbies));
    row.push_back(several(archive.strengths));
  }

  [[nodiscard]] std::string body_words(BodyIndex body) const { return data_.bodies[body].name + " " + data_.bodies[body].id; }

  [[nodiscard]] std::vector<std::string> role_words() const {
    std::vector<std::string_view> codes = usual_staff_roles();
    for (const Staff& one : data_.staff) {
      for (const Role& role : one.roles) {
        if (std::ranges::find(codes, role.role) == codes.end()) codes.push_back(role.role);
      }
    }
    std::vector<std::string> words;
    for (const std::string_view code : codes) words.push_back(word(name_of_role(code)));
    return words;
  }

  [[nodiscard]] std::string staff_words(StaffIndex staff) const { return data_.staff[staff].name + " " + data_.staff[staff].id; }

  void offer() {
    for (Column& column : table_.columns) {
      if (column.choices.empty()) column.choices = choices_for(column.key);
    }
  }

  static std::vector<std::string> named_words(const std::vector<Named>& named) {
    std::vector<std::string> words;
    for (const Named& one : named) words.push_back(one.name.empty() ? one.id : one.name);
    return words;
  }

  [[nodiscard]] std::vector<std::string> choices_for(std::string_view key) const {
    std::vector<std::string> words;
    const bool is_person =
        (key == "student" && kind_ != FormKind::marks && kind_ != FormKind::roster && kind_ != FormKind::counts) || key == "of";
    const bool is_staff = (key == "staff" && kind_ != FormKind::staff) || key == "substitute" || key == "keeper" || key == "measure-who" ||
                          key == "leader" || key == "by" || key == "with";
    if (is_person) {
      for (const StudentIndex student : students_on(context_.today))
        words.push_back(data_.students[student].name + " " + data_.students[student].id);
    }
    if (is_staff || key == "first" || key == "second" || key == "third") {
      for (StaffIndex staff = 0; staff < data_.staff.size(); ++staff) {
        if (!data_.staff[staff].left || *data_.staff[staff].left >= context_.today) words.push_back(staff_words(staff));
      }
    }
    if (key == "class" && kind_ != FormKind::classes) {
      for (const SchoolClass& one : data_.classes) words.push_back(one.id);
    }
    if (key == "subject") words = data_.subjects;
    if (key == "kind" && kind_ == FormKind::talks) {
      for (const InteractionKind& one : data_.policy.kinds) words.push_back(word(name_of(one)));
    }
    if (key == "kind" && kind_ == FormKind::observations) words = {word(say("seen")), word(say("gone"))};
    if (key == "indicator") words = named_words(data_.policy.indicators);
    if (key == "pair") words = {word(say("wish")), word(say("fixed")), word(say("banned"))};
    if (key == "role" && kind_ == FormKind::preferences) {
      for (const AssignRule& rule : data_.policy.assigning.rules) words.push_back(word(name_of_role(rule.role)));
    }
    if (key == "role" && kind_ == FormKind::staff) words = role_words();
    if (key == "body") {
      for (BodyIndex body = 0; body < data_.bodies.size(); ++body) words.push_back(body_words(body));
    }
    if (key == "categories") words = named_words(data_.policy.archive.categories);
    if (key == "causes") words = named_words(data_.policy.archive.causes);
    if (key == "group") words = named_words(data_.policy.groups);
    return words;
  }

  const Context& context_;
  const Dataset& data_;
  const TemplateOptions& options_;
  FormKind kind_;
  Answer& answer_;
  Table table_;
  std::vector<ClassIndex> classes_;  // none: all
};

}  // namespace

Answer answer_template(const Context& context, const TemplateOptions& options) {
  Answer answer;
  const auto kind = form_called(options.kind);
  if (!kind) return answer;  // the command line has refused it
  if (!context.to_file || (context.format != Format::csv && context.format != Format::xlsx)) {
    answer.refusals.push_back(say("a form goes into a file: -o FILE.xlsx or -o FILE.csv"));
    return answer;
  }
  TemplateMaker(context, options, *kind, answer).make();
  return answer;
}

}  // namespace help
