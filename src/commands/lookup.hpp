// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/command.hpp"
#include "model/people.hpp"

namespace help {

/// Finds what the options of a command name; what cannot be found is a refusal. Each gives nothing for an empty word.
class Lookup {
 public:
  explicit Lookup(const Context& context) : data_(context.data), today_(context.today) {}

  /// What was not found, in the order of asking.
  [[nodiscard]] std::vector<Message> refusals() { return std::move(refusals_); }

  /// By id or name.
  std::optional<ClassIndex> school_class(const std::string& word);
  /// A grade that some class is in on the day of the question.
  std::optional<int> grade(std::optional<int> number);
  std::optional<SubjectIndex> subject(const std::string& word);
  std::optional<std::size_t> term(const std::string& word);
  /// An exam held by the day of the question that is no retest.
  std::optional<std::string> exam(const std::string& word);
  /// By the one finder of people.
  std::optional<StudentIndex> student(const std::string& word);
  std::optional<Person> person(const std::string& word, PeopleKinds kinds);
  /// An entry of the policy's cadence, by id or name.
  std::optional<std::uint32_t> duty(const std::string& word);

 private:
  void refuse(Message message, const std::string& word, const std::vector<std::string_view>& known);

  const Dataset& data_;
  Date today_;
  std::vector<Message> refusals_;
};

}  // namespace help
