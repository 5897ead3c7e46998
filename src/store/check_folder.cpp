// SPDX-License-Identifier: MIT
#include "store/check_folder.hpp"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>
#include <vector>

#include "diag/nearest.hpp"
#include "model/name_finder.hpp"
#include "model/recipients.hpp"
#include "store/fields.hpp"
#include "store/id_table.hpp"
#include "store/reading.hpp"
#include "store/repeated_problems.hpp"

namespace help {
namespace {

constexpr std::ptrdiff_t late_records_shown = 20;

class FolderCheck {
 public:
  FolderCheck(const Files& files, const Dataset& data, Date today) : files_(files), data_(data), today_(today) {}

  Diagnostics run(const std::function<std::optional<std::string_view>(std::string_view)>& current_schema) {
    students();
    classes();
    calendar();
    exams();
    rules();
    policy_roles();
    wished_roles();
    late_events();
    archives();
    interactions();
    schemas(current_schema);
    repeated_.finish();
    sort_diagnostics(problems_);
    return std::move(problems_);
  }

 private:
  /// A problem at the key of the record with an id; positions are found again only here, since few folders have any.
  void at_record(const std::string& path, std::string_view id, std::string_view key, Severity severity, std::string_view code,
                 Message message, Message hint = {}) {
    const Source& records = source(path);
    const auto found = records.by_id.find(id);
    if (found == records.by_id.end()) return at_file(path, severity, code, std::move(message), std::move(hint));
    const Value at = find(found->second, key).value_or(*find(found->second, "id"));
    repeated_.add(path, at, severity, code, std::move(message), std::move(hint));
  }

  /// A problem at the key of the first entry, in the list under `list_key` of a file, whose key says `text`.
  void at_entry(const std::string& path, std::string_view list_key, std::string_view key, std::string_view text, Severity severity,
                std::string_view code, Message message, Message hint = {}) {
    if (const auto root = source(path).file.root()) {
      if (const auto list = find(*root, list_key)) {
        for (const Value item : items_of(*list)) {
          if (const auto value = find(item, key); value && value->text() == text) {
            problems_.push_back(problem_at(path, *value, severity, code, std::move(message), std::move(hint)));
            return;
          }
        }
      }
    }
    at_file(path, severity, code, std::move(message), std::move(hint));
  }

  void at_file(const std::string& path, Severity severity, std::string_view code, Message message, Message hint = {}) {
    problems_.push_back(
        {.severity = severity, .code = code, .where = {.path = path}, .message = std::move(message), .hint = std::move(hint)});
  }

  /// A file with its records.
  struct Source {
    SourceFile file;
    std::unordered_map<std::string_view, Value> by_id;
  };

  const Source& source(const std::string& path) {
    auto& source = sources_[path];
    if (source) return *source;
    source = std::make_unique<Source>();
    SourceFile& file = source->file;
    Diagnostics ignored;  // already reported by load
    if (files_.read(path, file.bytes, max_file_bytes) == FileResult::done && check_bytes(path, file.bytes, ignored)) {
      static_cast<void>(read_yaml(path, file.bytes, file.tree, ignored));
    }
    const auto root = file.root();
    if (root && root->kind() == NodeKind::sequence) {
      for (const Value item : items_of(*root)) {
        if (const auto id = find(item, "id")) source->by_id.try_emplace(id->text(), item);
      }
    }
    return *source;
  }

  bool has_key(const std::string& path, std::string_view id, std::string_view key) {
    const Source& records = source(path);
    const auto found = records.by_id.find(id);
    return found != records.by_id.end() && find(found->second, key).has_value();
  }

  void students() {
    const std::string path = "roster/students.yaml";
    const bool has_classes = std::ranges::any_of(data_.students, [](const Student& one) { return !one.classes.empty(); });
    std::map<std::pair<ClassIndex, std::u32string>, const Student*> names;
    for (StudentIndex index = 0; index < data_.students.size(); ++index) {
      const Student& student = data_.students[index];
      if (student.left && student.transferred && *student.left < *student.transferred) {
        at_record(
            path, student.id, "left", Severity::error, "roster/left-before-arrival",
            say("{0} left on {1}, before the arrival on {2}", student.name, to_string(*student.left), to_string(*student.transferred)));
      }
      if (student.left && *student.left < today_) {
        continue;
      }
      const auto in = data_.class_of(index, today_);
      const bool yet_to_come = std::ranges::any_of(student.classes, [&](const Membership& one) { return one.days.from > today_; });
      if (!in && has_classes && !yet_to_come) {
        at_record(path, student.id, "classes", Severity::warning, "roster/no-class",
                  say("{0} is in no class on {1}", student.name, to_string(today_)),
                  say("write the class, or the last day here with `left`"));
      }
      if (!in) {
        continue;
      }
      const auto [first, added] = names.try_emplace({*in, comparable_name(student.name)}, &student);
      if (!added) {
        at_record(path, student.id, "name", Severity::warning, "roster/same-name",
                  say("two students of class {0} have the name {1}: {2} and {3}", data_.classes[*in].id, student.name, first->second->id,
                      student.id),
                  say("name them by id, and check that this is not one student twice"));
      }
    }
  }

  void classes() {
    std::vector<bool> attended(data_.classes.size(), false);
    for (StudentIndex index = 0; index < data_.students.size(); ++index) {
      if (const auto in = data_.class_of(index, today_)) {
        attended[*in] = true;
      }
    }
    for (ClassIndex index = 0; index < data_.classes.size(); ++index) {
      const SchoolClass& in = data_.classes[index];
      const bool led = std::ranges::any_of(in.leaders, [&](const Leader& one) { return one.days.contains(today_); });
      // Leaders whom the roster of staff lacks are reported as such.
      const bool unknown_leaders = data_.staff.empty() && has_key("roster/classes.yaml", in.id, "leaders");
      if (attended[index] && !led && !unknown_leaders) {
        at_record("roster/classes.yaml", in.id, "leaders", Severity::warning, "roster/no-leader",
                  say("class {0} has no class teacher on {1}", in.id, to_string(today_)), say("write `leaders: [{staff: …, from: …}]`"));
      }
    }
  }

  void calendar() {
    const Calendar& calendar = data_.calendar;
    const auto in_a_term = [&](const Period& days) {
      return std::ranges::any_of(calendar.terms, [&](const Term& term) { return term.days.overlaps(days); });
    };
    for (const NamedPeriod& one : calendar.breaks) {
      if (!in_a_term(one.days)) {
        at_entry("help.yaml", "breaks", "from", to_string(one.days.from), Severity::warning, "calendar/break-outside-terms",
                 say("the holiday {0} lies in no term", one.name), say("check its year, and the days of the terms"));
      }
    }
    for (const MakeUpDay& one : calendar.make_up_days) {
      if (!in_a_term({one.date, one.date})) {
        at_entry("help.yaml", "make-up-days", "date", to_string(one.date), Severity::warning, "calendar/make-up-outside-terms",
                 say("the make-up day {0} lies in no term", to_string(one.date)), say("check its year, and the days of the terms"));
      }
    }
  }

  void exams() {
    for (const Exam& exam : data_.exams) {
      if (exam.kind == ExamKind::entry || exam.date == Date{}) {
        continue;
      }
      std::int64_t strangers = 0;
      const Student* first = nullptr;
      for (const StudentIndex student : exam.students) {
        if (!data_.students[student].classes.empty() && !data_.class_of(student, exam.date)) {
          first = first != nullptr ? first : &data_.students[student];
          ++strangers;
        }
      }
      if (strangers > 0) {
        at_file("grades/" + exam.id + ".yaml", Severity::warning, "grades/not-here",
                counted(strangers, "{0} student with a row was in no class on the day of the exam: {1}",
                        "{0} students with a row were in no class on the day of the exam, the first is {1}", first->id),
                say("check the ids, the days of the classes, and the day of the exam"));
      }
    }
  }

  void rules() {
    std::vector<std::string_view> sat;
    for (const Exam& exam : data_.exams) {
      for (const ExamSubject& subject : exam.subjects) {
        sat.push_back(data_.subjects[subject.subject]);
      }
    }
    // Before the first exam nothing can be compared.
    const auto root = sat.empty() && data_.counts.empty() ? std::nullopt : source(data_.school.policy_path).file.root();
    if (!root) {
      return;
    }
    if (const auto list = find(*root, "identify")) {
      for (const Value rule : items_of(*list)) {
        if (const auto basis = sat.empty() ? std::nullopt : find(rule, "basis")) {
          subjects_of(*basis, text_at(rule, "id"), sat);
        }
        if (const auto count = find(rule, "count")) {
          count_of(*count, text_at(rule, "id"));
        }
        const auto confirm = find(rule, "confirm");
        for (const auto& exam :
             {find(rule, "exam"), find(rule, "exams"), find(rule, "since"), confirm ? find(*confirm, "exam") : std::nullopt}) {
          if (!sat.empty()) {
            exam_of(exam, text_at(rule, "id"));
          }
        }
      }
    }
    if (const auto minimum = sat.empty() ? std::nullopt : find(*root, "minimum-per-teacher")) {
      subjects_of(*minimum, "minimum-per-teacher", sat);
      const auto nearest = find(*minimum, "nearest");
      exam_of(nearest ? find(*nearest, "exam") : std::nullopt, "minimum-per-teacher");
    }
  }

  void subjects_of(const Value& basis, const std::string& rule, const std::vector<std::string_view>& sat) {
    const auto subjects = find(basis, "subjects");
    if (!subjects) {
      return;
    }
    for (const Value subject : items_of(*subjects)) {
      if (subject.is_scalar() && std::ranges::find(sat, subject.text()) == sat.end()) {
        const auto near = nearest(subject.text(), sat);
        problems_.push_back(problem_at(data_.school.policy_path, subject, Severity::warning, "policy/unknown-subject",
                                       say("the rule '{0}' names the subject {1}, which no exam has", rule, subject.text()),
                                       near ? say("did you mean '{0}'?", *near) : Message{}));
      }
    }
  }

  /// A rule about what nobody counts names nobody, and says nothing about it.
  void count_of(const Value& count, const std::string& rule) {
    std::vector<std::string_view> counted;
    for (const CountTable& table : data_.counts) {
      counted.insert(counted.end(), table.columns.begin(), table.columns.end());
    }
    if (counted.empty() || !count.is_scalar() || std::ranges::find(counted, count.text()) != counted.end()) {
      return;
    }
    const auto near = nearest(count.text(), counted);
    problems_.push_back(problem_at(data_.school.policy_path, count, Severity::warning, "policy/unknown-count",
                                   say("the rule '{0}' asks for the count {1}, which no file of counts/ has", rule, count.text()),
                                   near ? say("did you mean '{0}'?", *near) : Message{}));
  }

  /// A policy may name an exam that is still to come.
  void exam_of(const std::optional<Value>& choice, const std::string& rule) {
    const auto id = choice ? find(*choice, "id") : std::nullopt;
    if (!id || !id->is_scalar() || data_.find_exam(id->text())) {
      return;
    }
    if (is_to_come(id->text())) {
      return;
    }
    problems_.push_back(problem_at(data_.school.policy_path, *id, Severity::warning, "policy/unknown-exam",
                                   say("the rule '{0}' names the exam {1}, which is not in grades/", rule, id->text()),
                                   nearest_exam(id->text())));
  }

  /// The words that say who does something: the usual ones, the roles of the staff on any day, those of pairs, and the kinds of body.
  [[nodiscard]] std::vector<std::string_view> known_roles() const {
    const auto roles = roles_in_use(data_);
    std::vector<std::string_view> known(roles.begin(), roles.end());
    known.insert(known.end(), {"staff", "students", "partner-school", "other"});
    for (const Body& body : data_.bodies) known.push_back(body.kind);
    for (const AssignRule& rule : data_.policy.assigning.rules) known.push_back(rule.role);
    return known;
  }

  /// A slip in a role is no error of the form: it would only mean that nobody is asked, and nobody's pairs go on.
  void policy_roles() {
    // A folder without staff is about to be filled.
    const auto root = data_.staff.empty() ? std::nullopt : source(data_.school.policy_path).file.root();
    if (!root) return;
    const auto known = known_roles();
    const auto check = [&](const Value& item, std::string_view key) {
      const auto value = find(item, key);
      if (!value) return;
      if (value->is_scalar()) role(data_.school.policy_path, *value, known);
      for (const Value one : items_of(*value)) role(data_.school.policy_path, one, known);
    };
    const auto check_all = [&](const std::optional<Value>& list, std::initializer_list<std::string_view> keys) {
      if (!list) return;
      for (const Value item : items_of(*list)) {
        for (const std::string_view key : keys) check(item, key);
      }
    };
    check_all(find(*root, "assign"), {"who", "not"});
    if (const auto rules = find(*root, "assign")) {
      for (const Value rule : items_of(*rules)) check_all(find(rule, "fits"), {"who"});
    }
    check_all(find(*root, "chain"), {"who"});
    check_all(find(*root, "cadence"), {"who", "pairs"});
    check_all(find(*root, "phases"), {"who"});
    if (const auto decide = find(*root, "decide")) check_all(find(*decide, "steps"), {"who"});
    if (const auto archive = find(*root, "archive")) check(*archive, "who");
  }

  void role(const std::string& path, const Value& word, const std::vector<std::string_view>& known) {
    if (!word.is_scalar() || std::ranges::find(known, word.text()) != known.end()) return;
    const auto near = nearest(word.text(), known);
    problems_.push_back(
        problem_at(path, word, Severity::warning, "policy/unknown-role",
                   say("nobody is '{0}': no member of staff has this role, no pair, and no body is of this kind", word.text()),
                   near ? say("did you mean '{0}'?", *near) : say("if somebody is to have it, write it in the roster")));
  }

  /// A wish or an order in a role that no entry of `assign` has is heard by nobody.
  void wished_roles() {
    std::vector<std::string_view> known;
    for (const AssignRule& rule : data_.policy.assigning.rules) known.push_back(rule.role);
    if (known.empty()) return;
    for (const std::string& name : files_.list("prefs")) {
      const std::string path = "prefs/" + name;
      const auto root = name.ends_with(".yaml") ? source(path).file.root() : std::nullopt;
      if (!root) continue;
      for (const Value item : items_of(*root)) {
        const auto word = find(item, "role");
        if (!word || !word->is_scalar() || std::ranges::find(known, word->text()) != known.end()) continue;
        const auto near = nearest(word->text(), known);
        repeated_.add(path, *word, Severity::warning, "prefs/unknown-role",
                      say("no entry of the policy's assign has the role '{0}': this is never looked at", word->text()),
                      near ? say("did you mean '{0}'?", *near) : Message{});
      }
    }
  }

  [[nodiscard]] bool is_to_come(std::string_view exam) const {
    const auto day = parse_date(exam.substr(0, 10));
    return day && *day >= today_;
  }

  /// A hint at the exam that was probably meant; may be empty.
  [[nodiscard]] Message nearest_exam(std::string_view id) const {
    std::vector<std::string_view> known;
    for (const Exam& exam : data_.exams) {
      known.push_back(exam.id);
    }
    const auto near = nearest(id, known);
    return near ? say("did you mean '{0}'?", *near) : Message{};
  }

  void late_events() {
    if (data_.calendar.terms.empty()) {
      return;
    }
    const Date last_day = data_.calendar.terms.back().days.until;
    for (const Event& event : data_.events) {
      if (event.date > last_day) {
        at_record("events/" + data_.students[event.student].id + ".yaml", event.id, "date", Severity::warning, "events/after-calendar",
                  say("the event is dated {0}, after the last term of help.yaml", to_string(event.date)));
      }
    }
  }

  /// An archive may name an exam that is still to come.
  void archives() {
    for (const Archive& archive : data_.archives) {
      const std::string path = "cases/" + data_.students[archive.student].id + ".yaml";
      if (archive.baseline && !data_.find_exam(archive.baseline->exam)) {
        unknown_exam(path, find(*source(path).file.root(), "baseline"), archive.baseline->exam);
      }
      for (const Goal& goal : archive.goals) {
        if (goal.exam.empty() || data_.find_exam(goal.exam) || is_to_come(goal.exam)) continue;
        for (const Value item : items_of(*find(*source(path).file.root(), "goals"))) {
          if (const auto id = find(item, "id"); id && id->text() == goal.id) unknown_exam(path, item, goal.exam);
        }
      }
    }
  }

  void unknown_exam(const std::string& path, const std::optional<Value>& record, const std::string& exam) {
    problems_.push_back(problem_at(path, *find(*record, "exam"), Severity::warning, "reference/unknown-exam",
                                   say("there is no exam '{0}'", exam), nearest_exam(exam)));
  }

  void interactions() {
    const InteractionLog& log = data_.log;
    const auto first = std::ranges::upper_bound(log.entries, today_, {}, &Interaction::date);
    // A slip makes a few; a day long ago is asked about on purpose.
    const auto after = log.entries.end() - first;
    const bool are_many = after > late_records_shown;
    for (auto entry = first; entry != log.entries.end() && (!are_many || entry == first); ++entry) {
      at_record(log.files[entry->file], record_id_of(entry->id), "date", Severity::warning, "log/after-today",
                are_many ? counted(after, "{0} record is dated after {1}, the first of them here",
                                   "{0} records are dated after {1}, the first of them here", to_string(today_))
                         : say("the record is dated {0}, after {1}", to_string(entry->date), to_string(today_)));
    }
    doubtful_words();
  }

  [[nodiscard]] bool is_in_roster(std::string_view id) const {
    return data_.find_student(id) || data_.find_staff(id) || data_.find_body(id);
  }

  /// Words of records that are no ids: with a slip in them the records serve no duty. A wrong word of a template stands in thousands of
  /// records, so that it is said once.
  void doubtful_words() {
    const InteractionLog& log = data_.log;
    const std::set<std::string_view> recipients = recipient_words(data_);
    struct Use {
      const Interaction* first = nullptr;
      std::int64_t records = 0;
    };
    std::map<std::pair<std::string_view, std::string_view>, Use> uses;  // by key and word
    for (const Interaction& entry : log.entries) {
      const auto add = [&](std::string_view key, std::string_view word) {
        Use& use = uses[{key, word}];
        if (use.records++ == 0) use.first = &entry;
      };
      const InteractionWords& words = log.words_of(entry);
      if (!words.exam.empty() && !data_.find_exam(words.exam)) add("exam", words.exam);
      if (entry.subject && *entry.subject >= log.first_new_subject && !data_.teaching.empty())
        add("subject", data_.subjects[*entry.subject]);
      for (const std::string& recipient : words.to) {
        if (!recipients.contains(recipient) && !is_in_roster(recipient)) add("to", recipient);
      }
    }
    for (const auto& [what, use] : uses) {
      const auto& [key, word] = what;
      std::string_view code = "reference/unknown-exam";
      Message message = say("there is no exam '{0}'", word);
      std::vector<std::string_view> known;
      if (key == "exam") {
        for (const Exam& exam : data_.exams) known.emplace_back(exam.id);
      } else if (key == "subject") {
        code = "log/unknown-subject";
        message = say("there is no subject '{0}'", word);
        known.assign(data_.subjects.begin(), data_.subjects.begin() + log.first_new_subject);
      } else if (key == "to") {
        code = "log/unknown-recipient";
        message = say("'{0}' is no person or body of the roster, no role, and no word of the policy", word);
        known.assign(recipients.begin(), recipients.end());
      }
      if (use.records > 1) {
        message = counted(use.records, "{1} ({0} record; the first of them here)", "{1} ({0} records; the first of them here)", message);
      }
      const auto near = nearest(word, known);
      at_record(log.files[use.first->file], record_id_of(use.first->id), key, Severity::warning, code, std::move(message),
                near ? say("did you mean '{0}'?", *near) : Message{});
    }
  }

  void schemas(const std::function<std::optional<std::string_view>(std::string_view)>& current_schema) {
    std::string bytes;
    constexpr std::string_view ending = ".schema.json";
    for (const std::string& name : files_.list("schemas")) {
      if (!name.ends_with(ending)) {
        continue;
      }
      const auto current = current_schema(std::string_view(name).substr(0, name.size() - ending.size()));
      if (current && files_.read("schemas/" + name, bytes, max_file_bytes) == FileResult::done && bytes != *current) {
        at_file("schemas/" + name, Severity::warning, "file/other-schema", say("this schema is not the one of this program"),
                say("helpctl init --update-schemas writes the schemas anew"));
      }
    }
  }

  const Files& files_;
  const Dataset& data_;
  Date today_;
  Diagnostics problems_;
  RepeatedProblems repeated_{problems_};
  std::map<std::string, std::unique_ptr<Source>> sources_;
};

}  // namespace

Diagnostics check_folder(const Files& files, const Dataset& data, Date today,
                         const std::function<std::optional<std::string_view>(std::string_view)>& current_schema) {
  return FolderCheck(files, data, today).run(current_schema);
}

}  // namespace help
