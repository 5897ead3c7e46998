// SPDX-License-Identifier: MIT
#include "store/student_by_name.hpp"

#include <algorithm>
#include <utility>

#include "diag/nearest.hpp"
#include "store/cell_text.hpp"

namespace help {
namespace {

// Looking for the nearest of many words is slow: a table full of unknown ones gets a hint for the first few.

bool holds_during(const Student& student, const Membership& membership, const Period& days) {
  const Date first = std::max(membership.days.from, days.from);
  return first <= std::min(membership.days.until, days.until) && !(student.left && *student.left < first);
}

bool holds_on_any(const Student& student, const Membership& membership, const std::vector<MappedExam>& exams) {
  return std::ranges::any_of(
      exams, [&](const MappedExam& exam) { return holds_during(student, membership, {.from = exam.date, .until = exam.date}); });
}

}  // namespace

bool is_in_during(const Student& student, ClassIndex in, const Period& days) {
  return std::ranges::any_of(student.classes, [&](const Membership& one) { return one.in == in && holds_during(student, one, days); });
}

bool is_here_during(const Student& student, const Period& days) {
  if (student.classes.empty()) return !(student.left && *student.left < days.from);
  return std::ranges::any_of(student.classes, [&](const Membership& one) { return holds_during(student, one, days); });
}

const Alias* find_alias(const std::vector<Alias>& aliases, std::string_view name, std::string_view in) {
  const std::string key = name_key(name);
  const auto found = std::ranges::find_if(aliases, [&](const Alias& one) { return one.in == in && name_key(one.name) == key; });
  return found == aliases.end() ? nullptr : &*found;
}

bool is_in_on_any(const Student& student, ClassIndex in, const std::vector<MappedExam>& exams) {
  return std::ranges::any_of(student.classes,
                             [&](const Membership& membership) { return membership.in == in && holds_on_any(student, membership, exams); });
}

ClassWritten class_of_text(const std::vector<SchoolClass>& classes, const ClassColumn& column, std::string_view text,
                           std::optional<int> school_year) {
  const auto named = std::ranges::find(column.names, text, &std::pair<std::string, std::string>::first);
  const std::string_view wanted = named == column.names.end() ? text : std::string_view(named->second);
  if (const auto found = std::ranges::find(classes, wanted, &SchoolClass::id); found != classes.end()) {
    return {.one = static_cast<ClassIndex>(found - classes.begin()), .several = {}};
  }
  const bool is_id = named != column.names.end();  // the mapping gives ids, never names
  return is_id ? ClassWritten{} : class_written(classes, wanted, school_year);
}

std::optional<int> school_year_of(const Calendar& calendar, const Mapping& mapping) {
  std::optional<int> year;
  if (mapping.roster) year = calendar.school_year(mapping.roster->from);
  for (const MappedExam& exam : mapping.marks ? mapping.marks->exams : std::vector<MappedExam>()) {
    const int its_year = calendar.school_year(exam.date);
    if (year.value_or(its_year) != its_year) return std::nullopt;
    year = its_year;
  }
  return year;
}

StudentByName::StudentByName(const Dataset& data, const Mapping& mapping)
    : data_(data),
      mapping_(mapping),
      column_(mapping.student.in),
      school_year_(school_year_of(data.calendar, mapping)),
      members_(data.classes.size()),
      left_(data.classes.size()) {
  if (column_.fixed.given()) {
    fixed_ = data.find_class(column_.fixed.text);
  }
  for (StudentIndex student = 0; student < data.students.size(); ++student) {
    const std::string key = name_key(data.students[student].name);
    for (const Membership& membership : data.students[student].classes) {
      const bool is_in = mapping.marks && holds_on_any(data.students[student], membership, mapping.marks->exams);
      if (is_in || (mapping.marks && data.students[student].left)) {
        auto& same = (is_in ? members_ : left_)[membership.in][key];
        if (same.empty() || same.back() != student) {
          same.push_back(student);
        }
      }
    }
  }
}

StudentByName::Found StudentByName::find(std::string_view name, std::string_view class_text, bool says_left) {
  const ClassWritten written =
      column_.fixed.given() ? ClassWritten{.one = fixed_, .several = {}} : class_of_text(data_.classes, column_, class_text, school_year_);
  const auto in = written.one;
  if (!in) {
    return unknown_class(column_.fixed.given() ? std::string_view(column_.fixed.text) : class_text, written);
  }
  if (auto known = by_alias(name, *in)) {
    return *std::move(known);
  }
  const auto gone = says_left ? left_[*in].find(name_key(name)) : left_[*in].end();
  if (gone != left_[*in].end() && gone->second.size() == 1 && !members_[*in].contains(name_key(name))) {
    return {.id = data_.students[gone->second.front()].id};
  }
  const auto found = members_[*in].find(name_key(name));
  if (found == members_[*in].end()) {
    return nobody(name, *in);
  }
  if (found->second.size() == 1) {
    return {.id = data_.students[found->second.front()].id};
  }
  std::string ids;
  for (const StudentIndex student : found->second) {
    ids.append(ids.empty() ? "" : ", ").append(data_.students[student].id);
  }
  return {.code = "import/same-name",
          .reason = say("several students of class {0} are called {1}: {2}", data_.classes[*in].name, name, ids),
          .hint = say("nobody is chosen among them: add a column with the ids; or say it: --as '{0}=ID'", name)};
}

// An answer that was right once may be about somebody who has left since: then it is asked again.
std::optional<StudentByName::Found> StudentByName::by_alias(std::string_view name, ClassIndex in) const {
  const Alias* alias = find_alias(mapping_.aliases, name, data_.classes[in].id);
  if (alias == nullptr) {
    return std::nullopt;
  }
  const auto student = data_.find_student(alias->student);
  const auto is_here = [&](const Membership& membership) {
    return holds_on_any(data_.students[*student], membership, mapping_.marks->exams);
  };
  if (student && mapping_.marks && std::ranges::any_of(data_.students[*student].classes, is_here)) {
    return Found{.id = alias->student};
  }
  return Found{.code = "import/alias",
               .reason = say("imports/aliases.yaml says that {0} of class {1} is {2}, who is in no class on the day of the exam", name,
                             data_.classes[in].name, alias->student),
               .hint = say("correct the line there")};
}

StudentByName::Found StudentByName::unknown_class(std::string_view class_text, const ClassWritten& found) {
  std::vector<std::string_view> known;
  for (const SchoolClass& one : data_.classes) {
    known.push_back(one.id);
    known.push_back(one.name);
  }
  Message hint = found.several.empty() ? near(class_text, known) : Message{};
  if (hint.empty()) {
    hint = say("say in the mapping what it means: class: {{column: …, names: {{{0}: ID}}}}", class_text);
  }
  return {
      .by_class = true, .code = "import/unknown-class", .reason = why_no_class(data_.classes, class_text, found), .hint = std::move(hint)};
}

StudentByName::Found StudentByName::nobody(std::string_view name, ClassIndex in) {
  // Who has changed class is named with the other class; whether it is the same person, nobody guesses.
  std::string elsewhere;
  for (ClassIndex other = 0; other < members_.size(); ++other) {
    const auto same = members_[other].find(name_key(name));
    for (const StudentIndex student : same == members_[other].end() ? std::vector<StudentIndex>() : same->second) {
      elsewhere.append(elsewhere.empty() ? "" : ", ").append(data_.students[student].id + " (" + data_.classes[other].name + ")");
    }
  }
  if (!elsewhere.empty()) {
    return {.code = "import/unknown-student",
            .reason = say("no student of class {0} is called {1} on the day of the exam", data_.classes[in].name, name),
            .hint = say("in another class on that day: {0}; did the student change class? correct the table or the roster", elsewhere)};
  }
  std::vector<std::string_view> known;
  for (const auto& [key, students] : members_[in]) {
    known.push_back(data_.students[students.front()].name);
  }
  std::ranges::sort(known);
  Message hint = near(name, known);
  if (hint.empty()) {
    hint = say("a new student? add a line to the roster first; else say who is meant: --as '{0}/{1}=ID'", name, data_.classes[in].id);
  }
  return {.code = "import/unknown-student",
          .reason = say("no student of class {0} is called {1} on the day of the exam", data_.classes[in].name, name),
          .hint = std::move(hint)};
}

Message StudentByName::near(std::string_view text, const std::vector<std::string_view>& known) {
  const auto found = hints_++ < most_hints ? nearest(text, known) : std::nullopt;
  return found ? say("did you mean '{0}'?", *found) : Message{};
}

}  // namespace help
