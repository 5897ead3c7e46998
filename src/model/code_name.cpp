// SPDX-License-Identifier: MIT
#include "model/code_name.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace help {
namespace {

constexpr auto exam_kinds = std::to_array<CodeName>({
    {"final", later("final exam")},
    {"midterm", later("midterm exam")},
    {"monthly", later("monthly exam")},
    {"unit", later("unit test")},
    {"quiz", later("quiz")},
    {"mock", later("mock exam")},
    {"diagnostic", later("diagnostic test")},
    {"entry", later("mark brought from the old school")},
    {"other", later("other exam")},
});

constexpr auto event_kinds = std::to_array<CodeName>({
    {"confirmed", later("confirmed as a student to support")},
    {"dismissed", later("dismissed")},
    {"excluded", later("excluded")},
    {"included", later("taken in again")},
    {"pending", later("pending")},
    {"released", later("released from support")},
    {"reopened", later("taken up again")},
    {"observed", later("something observed")},
    {"cleared", later("an observation taken back")},
    {"goal-met", later("a goal met")},
    {"goal-missed", later("a goal missed")},
    {"praise", later("praise")},
    {"progress", later("progress")},
    {"regress", later("a step back")},
    {"note", later("note")},
});

constexpr auto counted_things = std::to_array<CodeName>({
    {"absences", later("absences")},
    {"late", later("times late")},
    {"left-early", later("times left early")},
    {"truancy", later("lessons missed without leave")},
    {"homework-missing", later("homework not handed in")},
    {"homework-late", later("homework handed in late")},
    {"misconduct", later("breaches of the rules")},
});

constexpr auto bases = std::to_array<CodeName>({
    {"physiological", later("physiological")},
    {"psychological", later("psychological")},
    {"intellectual", later("intellectual")},
    {"illness", later("illness")},
    {"disability", later("disability")},
});

}  // namespace

Message name_in(std::span<const CodeName> names, std::string_view code) {
  const auto found = std::ranges::find(names, code, &CodeName::code);
  return found == names.end() ? as_data(std::string(code)) : say(found->name);
}

Message name_in(std::span<const Named> names, std::string_view id) {
  const auto found = std::ranges::find(names, id, &Named::id);
  return as_data(found == names.end() || found->name.empty() ? std::string(id) : found->name);
}

Message name_of(ExamKind kind) { return name_in(exam_kinds, word_of(kind)); }
Message name_of(EventKind kind) { return name_in(event_kinds, word_of(kind)); }
Message name_of_count(std::string_view code) { return name_in(counted_things, code); }
std::vector<std::string_view> usual_counts() {
  std::vector<std::string_view> codes;
  for (const CodeName& count : counted_things) codes.push_back(count.code);
  return codes;
}
Message name_of_basis(std::string_view code) { return name_in(bases, code); }

}  // namespace help
