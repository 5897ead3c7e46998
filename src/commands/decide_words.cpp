// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "commands/cells.hpp"
#include "commands/decide.hpp"
#include "commands/identify_words.hpp"
#include "diag/nearest.hpp"
#include "model/code_name.hpp"
#include "model/role_name.hpp"

namespace help {
namespace {

struct Verb {
  EventKind kind;
  const char* name;
};

constexpr auto verbs = std::to_array<Verb>({
    {EventKind::confirmed, later("confirm")},
    {EventKind::dismissed, later("dismiss")},
    {EventKind::pending, later("pending")},
    {EventKind::excluded, later("exclude")},
    {EventKind::included, later("include")},
    {EventKind::released, later("release")},
    {EventKind::reopened, later("reopen")},
});

}  // namespace

std::optional<EventKind> decision_of_word(const Context& context, const std::string& word) {
  for (const Verb* found = verbs.begin(); found != verbs.end(); ++found) {
    if (word == found->name || word == word_of(found->kind)) return found->kind;
    if (context.talk != nullptr && word == context.talk->text(say(found->name), "zh")) return found->kind;
  }
  return std::nullopt;
}

const SavedList* find_list(const Context& context, const std::string& typed, Date day, std::vector<Message>& refusals) {
  const SavedList* last = nullptr;
  const SavedList* named = nullptr;
  std::vector<std::string_view> known{"last"};
  for (const SavedList& list : context.data.lists) {
    known.insert(known.end(), {list.name, list.id});
    if (list.at <= day) last = &list;
    if (list.name == typed || list.id == typed) named = &list;
  }
  if (typed.empty() || typed == "last") return last;
  if (named == nullptr) {
    const auto near = nearest(typed, known);
    refusals.push_back(near ? say("There is no list '{0}'; did you mean '{1}'?", typed, *near) : say("There is no list '{0}'.", typed));
  } else if (named->at > day) {
    refusals.push_back(say("The list {0} came out on {1}, after {2}.", typed, to_string(named->at), to_string(day)));
    named = nullptr;
  }
  return named;
}

Message standing_words(const Dataset& data, const Decision& decision, const ListItem* item) {
  if (decision.event == nullptr) return item == nullptr ? say("on no list") : say("suggested");
  const Event& event = *decision.event;
  const std::string day = to_string(event.date);
  if (event.kind == EventKind::excluded) return say("{0} ({1}) since {2}", name_of(event.kind), name_of_basis(event.basis), day);
  if (event.kind != EventKind::pending || event.until.empty()) return say("{0} since {1}", name_of(event.kind), day);
  const auto kind = parse_exam_kind(event.until);
  const auto exam = data.find_exam(event.until);
  Message until = kind ? name_of(*kind) : exam ? as_data(data.exams[*exam].name) : as_data(event.until);
  return say("{0} since {1}, until {2}", name_of(event.kind), day, until.empty() ? as_data(event.until) : std::move(until));
}

std::string_view standing_code(const Decision& decision, const ListItem* item) {
  if (decision.event == nullptr) return item == nullptr ? "none" : "suggested";
  return decision.state == CaseState::none ? "pending" : code_of(decision.state);
}

Message case_name(const Dataset& data, const CaseKey& about, Date day) {
  const Student& student = data.students[about.student];
  std::string name = student.name;
  if (std::ranges::count(data.students, name, &Student::name) > 1) name += " " + student.id;
  const std::string in = class_name(data, data.class_of(about.student, day));
  if (!in.empty()) name += " " + in;
  if (about.subject) name += " " + data.subjects[*about.subject];
  return as_data(std::move(name));
}

Message name_of(const DecisionStep& step) { return step.name == step.id ? name_of_role(step.id) : as_data(step.name); }

std::vector<std::string> holder_names(const Dataset& data, const std::vector<StepHolder>& holders) {
  std::vector<std::string> names;
  for (const StepHolder& holder : holders) {
    const std::string& name = data.name_of(holder.party);
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return names;
}

Message step_words(const Dataset& data, const DecisionSteps& steps, const CaseKey& about, std::size_t step) {
  const DecisionStep& which = steps.step(about, step);
  const auto names = holder_names(data, steps.holders(which, about));
  return names.empty() ? say("{0} (nobody holds it)", name_of(which)) : say("{0}: {1}", name_of(which), joined(names));
}

}  // namespace help
