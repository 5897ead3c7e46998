// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/command.hpp"
#include "model/people.hpp"

namespace help {

/// Finds what the options of a command name; what cannot be found is a refusal. Each gives nothing for an empty word, and for one that is
/// refused.
class Lookup {
 public:
  /// What is not found is added to `refusals`, in the order of asking.
  Lookup(const Context& context, std::vector<Message>& refusals) : context_(context), data_(context.data), refusals_(refusals) {}

  /// By id, name, a part of it, pinyin.
  std::optional<ClassIndex> school_class(const std::string& word);
  std::optional<BodyIndex> body(const std::string& word);
  /// A grade that some class is in on the day of the question: 7, 七年级.
  std::optional<int> grade(const std::string& word);
  /// Any grade that there can be.
  std::optional<int> any_grade(const std::string& word);
  std::optional<SubjectIndex> subject(const std::string& word);
  std::optional<std::size_t> term(const std::string& word);
  /// An exam held by the day of the question that is no retest: by id, kind, name or a part of it.
  std::optional<std::string> exam(const std::string& word);
  /// By the one finder of people.
  std::optional<StudentIndex> student(const std::string& word);
  std::optional<Person> person(const std::string& word, PeopleKinds kinds);
  /// A colleague, a student or a body (its id or name); `me` is whoever sits here.
  std::optional<Party> party(const std::string& word);
  /// Who sits here: as `word` says; where it is empty or `me`, as HELP_STAFF says or as is answered on the terminal.
  std::optional<Party> me(const std::string& word);
  /// An entry of the policy's cadence, by id, name or a part of it.
  std::optional<std::uint32_t> duty(const std::string& word);

 private:
  std::optional<std::string> exam_called(const std::string& word);
  void refuse(Message message, const std::string& word, const std::vector<std::string_view>& known);

  template <typename Found>
  std::optional<std::uint32_t> one_of(const Found& found, std::vector<Message> why_not);

  const Context& context_;
  const Dataset& data_;
  std::vector<Message>& refusals_;
};

}  // namespace help
