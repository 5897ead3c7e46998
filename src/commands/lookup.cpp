// SPDX-License-Identifier: MIT
#include "commands/lookup.hpp"

#include <algorithm>

#include "diag/nearest.hpp"

namespace help {

std::optional<ClassIndex> Lookup::school_class(const std::string& word) {
  if (word.empty()) return std::nullopt;
  if (const auto found = data_.find_class(word)) return found;
  const auto by_name = std::ranges::find(data_.classes, word, &SchoolClass::name);
  if (by_name != data_.classes.end()) return static_cast<ClassIndex>(by_name - data_.classes.begin());
  std::vector<std::string_view> known;
  for (const auto& each : data_.classes) known.insert(known.end(), {each.id, each.name});
  refuse(say("There is no class '{0}'.", word), word, known);
  return std::nullopt;
}

std::optional<int> Lookup::grade(std::optional<int> number) {
  if (!number) return std::nullopt;
  for (std::size_t in = 0; in < data_.classes.size(); ++in) {
    if (data_.grade_of(static_cast<ClassIndex>(in), today_) == *number) return number;
  }
  refusals_.push_back(say("No class is in grade {0} on {1}.", *number, to_string(today_)));
  return std::nullopt;
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
  if (!found) {
    std::vector<std::string_view> known;
    for (const auto& each : data_.exams) known.push_back(each.id);
    refuse(say("There is no exam '{0}'.", word), word, known);
    return std::nullopt;
  }
  const auto& exam = data_.exams[*found];
  if (exam.date > today_)
    refusals_.push_back(say("The exam {0} is held on {1}, after {2}.", word, to_string(exam.date), to_string(today_)));
  if (!exam.retests.empty()) {
    refusals_.push_back(say("The exam {0} is a retest; ask for the exam that it repeats: {1}.", word, exam.retests));
  }
  return word;
}

std::optional<StudentIndex> Lookup::student(const std::string& word) {
  const auto found = person(word, PeopleKinds::students);
  return found ? std::optional(found->index) : std::nullopt;
}

std::optional<Person> Lookup::person(const std::string& word, PeopleKinds kinds) {
  if (word.empty()) return std::nullopt;
  const auto found = find_people(data_, word, kinds);
  if (!found.one()) std::ranges::move(not_one_person(data_, word, found, today_), std::back_inserter(refusals_));
  return found.one();
}

std::optional<std::uint32_t> Lookup::duty(const std::string& word) {
  if (word.empty()) return std::nullopt;
  const auto& duties = data_.policy.cadence.duties;
  std::vector<std::string_view> known;
  for (std::uint32_t index = 0; index < duties.size(); ++index) {
    if (duties[index].id == word || duties[index].name == word) return index;
    known.insert(known.end(), {duties[index].id, duties[index].name});
  }
  refuse(say("The policy's cadence has no entry '{0}'.", word), word, known);
  return std::nullopt;
}

void Lookup::refuse(Message message, const std::string& word, const std::vector<std::string_view>& known) {
  const auto near = nearest(word, known);
  refusals_.push_back(near ? say("{0} Did you mean '{1}'?", std::move(message), *near) : std::move(message));
}

}  // namespace help
