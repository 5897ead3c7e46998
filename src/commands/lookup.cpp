// SPDX-License-Identifier: MIT
#include "commands/lookup.hpp"

#include <algorithm>
#include <set>

#include "commands/cells.hpp"
#include "diag/nearest.hpp"
#include "model/class_finder.hpp"
#include "model/name_finder.hpp"
#include "store/cell_text.hpp"

namespace help {

template <typename Found>
std::optional<std::uint32_t> Lookup::one_of(const Found& found, std::vector<Message> why_not) {
  if (!found.one()) std::ranges::move(why_not, std::back_inserter(refusals_));
  return found.one();
}

std::optional<ClassIndex> Lookup::school_class(const std::string& word) {
  if (word.empty()) return std::nullopt;
  const auto found = find_classes(data_, word);
  return one_of(found, not_one_class(data_, word, found));
}

std::optional<BodyIndex> Lookup::body(const std::string& word) {
  if (word.empty()) return std::nullopt;
  const auto found = find_bodies(data_, word);
  return one_of(found, not_one_body(data_, word, found));
}

std::optional<int> Lookup::grade(const std::string& word) {
  const auto number = any_grade(word);
  if (!number) return std::nullopt;
  std::set<int> grades;
  for (ClassIndex in = 0; in < data_.classes.size(); ++in) grades.insert(data_.grade_of(in, context_.today));
  if (grades.contains(*number)) return number;
  std::vector<std::string> there;
  for (const int each : grades) there.push_back(std::to_string(each));
  Message none = say("No class is in grade {0} on {1}.", *number, to_string(context_.today));
  refusals_.push_back(there.empty() ? std::move(none) : say("{0} Grades: {1}.", std::move(none), joined(there)));
  return std::nullopt;
}

std::optional<int> Lookup::any_grade(const std::string& word) {
  if (word.empty()) return std::nullopt;
  const auto number = grade_of_words(word);
  if (!number) refusals_.push_back(say("{0}: expected {1}, not '{2}'", "--grade", say("a grade like 7 or 七年级, from 0 to 13"), word));
  return number;
}

std::optional<SubjectIndex> Lookup::subject(const std::string& word) {
  if (word.empty()) return std::nullopt;
  if (const auto found = data_.find_subject(word)) return found;
  refuse(say("There is no subject '{0}'.", word), word, std::vector<std::string_view>(data_.subjects.begin(), data_.subjects.end()));
  return std::nullopt;
}

std::optional<std::size_t> Lookup::term(const std::string& word) {
  if (word.empty()) return std::nullopt;
  if (const auto found = data_.calendar.find_term(word)) return found;
  std::vector<std::string_view> known;
  for (const auto& each : data_.calendar.terms) known.push_back(each.id);
  refuse(say("There is no term '{0}'.", word), word, known);
  return std::nullopt;
}

std::optional<std::string> Lookup::exam(const std::string& word) {
  if (word.empty()) return std::nullopt;
  const auto found = data_.find_exam(word);
  if (!found) return exam_called(word);
  const auto& exam = data_.exams[*found];
  if (exam.date > context_.today)
    refusals_.push_back(say("The exam {0} is held on {1}, after {2}.", word, to_string(exam.date), to_string(context_.today)));
  if (!exam.retests.empty()) {
    refusals_.push_back(say("The exam {0} is a retest; ask for the exam that it repeats: {1}.", word, exam.retests));
  }
  return word;
}

std::optional<std::string> Lookup::exam_called(const std::string& word) {
  std::vector<Called> called;
  std::vector<std::string_view> known;
  for (const Exam& one : data_.exams) {
    known.push_back(one.id);
    if (one.date <= context_.today && one.retests.empty()) called.push_back({one.id, one.name});
  }
  std::vector<std::size_t> matches = find_called(called, word).matches;
  if (const auto kind = parse_exam_kind(word)) {
    matches.clear();
    for (std::size_t place = 0; place < called.size(); ++place) {
      if (data_.exams[*data_.find_exam(called[place].id)].kind == *kind) matches.push_back(place);
    }
  }
  if (matches.size() == 1) return std::string(called[matches.front()].id);
  if (matches.empty()) {
    refuse(say("There is no exam '{0}'.", word), word, known);
    return std::nullopt;
  }
  std::vector<std::string> ids;
  for (const std::size_t place : matches) ids.emplace_back(called[place].id);
  refusals_.push_back(say("Several exams are called '{0}': {1}. Give an id.", word, joined(ids)));
  return std::nullopt;
}

std::optional<StudentIndex> Lookup::student(const std::string& word) {
  const auto found = person(word, PeopleKinds::students);
  return found ? std::optional(found->index) : std::nullopt;
}

std::optional<Person> Lookup::person(const std::string& word, PeopleKinds kinds) {
  if (word.empty()) return std::nullopt;
  const auto found = find_people(data_, word, kinds);
  if (!found.one()) std::ranges::move(not_one_person(data_, word, found, context_.today), std::back_inserter(refusals_));
  return found.one();
}

std::optional<Party> Lookup::party(const std::string& word) {
  if (word == "me") return me(word);
  if (word.empty()) return std::nullopt;
  if (const auto found = data_.find_staff(word)) return Party{Party::Kind::staff, *found};
  if (const auto found = data_.find_student(word)) return Party{Party::Kind::student, *found};
  const auto bodies = find_bodies(data_, word);
  if (bodies.exact && bodies.one()) return Party{Party::Kind::body, *bodies.one()};
  FoundPeople found = find_people(data_, word, PeopleKinds::staff);
  if (found.matches.empty()) found = find_people(data_, word, PeopleKinds::both);
  if (const auto one = found.one()) return Party{one->kind == Person::Kind::staff ? Party::Kind::staff : Party::Kind::student, one->index};
  std::ranges::move(not_one_person(data_, word, found, context_.today), std::back_inserter(refusals_));
  return std::nullopt;
}

std::optional<Party> Lookup::me(const std::string& word) {
  if (!word.empty() && word != "me") return party(word);
  const Talk* talk = context_.talk;
  std::string typed = talk != nullptr ? talk->environment("HELP_STAFF") : std::string();
  if (typed.empty() && talk != nullptr && talk->terminal) {
    talk->ask(say("Who are you (id or name)? "));
    typed = cell_text(talk->line().value_or(""));
  }
  if (!typed.empty() && typed != "me") return party(typed);
  refusals_.push_back(say("Who are you? Say it with --staff, or once for all with HELP_STAFF."));
  return std::nullopt;
}

std::optional<std::uint32_t> Lookup::duty(const std::string& word) {
  if (word.empty()) return std::nullopt;
  std::vector<Called> called;
  std::vector<std::string_view> known;
  for (const Duty& duty : data_.policy.cadence.duties) {
    called.push_back({duty.id, duty.name});
    known.insert(known.end(), {duty.id, duty.name});
  }
  const FoundNames found = find_called(called, word);
  if (found.matches.size() == 1) return static_cast<std::uint32_t>(found.matches.front());
  if (found.matches.empty()) {
    refuse(say("The policy's cadence has no entry '{0}'.", word), word, known);
    return std::nullopt;
  }
  std::vector<std::string> ids;
  for (const std::size_t place : found.matches) ids.emplace_back(called[place].id);
  refusals_.push_back(say("Several entries of the policy's cadence fit '{0}': {1}.", word, joined(ids)));
  return std::nullopt;
}

void Lookup::refuse(Message message, const std::string& word, const std::vector<std::string_view>& known) {
  const auto near = nearest(word, known);
  refusals_.push_back(near ? say("{0} Did you mean '{1}'?", std::move(message), *near) : std::move(message));
}

}  // namespace help
