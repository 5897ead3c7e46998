// SPDX-License-Identifier: MIT
#include "rules/decision_steps.hpp"

#include <algorithm>

namespace help {
namespace {

DecisionStep usual_step(const std::string& role, DutyHolder::Kind kind) {
  return {.id = role,
          .name = role,
          .source = {},
          .because = {},
          .who = {{.kind = kind, .role = role}},
          .decides = {EventKind::confirmed, EventKind::dismissed, EventKind::pending}};
}

bool concerns(const Event& event, const CaseKey& about) {
  return is_decision(event.kind) && (!event.subject || event.subject == about.subject);
}

}  // namespace

DecisionSteps::DecisionSteps(const Dataset& data, Date day)
    : data_(data),
      day_(day),
      cases_(data, day),
      holders_(data),
      of_student_({usual_step("class-teacher", DutyHolder::Kind::class_teacher)}),
      of_subject_({usual_step("subject-teacher", DutyHolder::Kind::subject_teacher)}) {}

const std::vector<DecisionStep>& DecisionSteps::steps_of(const CaseKey& about) const {
  if (are_given()) return data_.policy.decide.steps;
  return about.subject ? of_subject_ : of_student_;
}

const SavedList* DecisionSteps::last_list() const {
  const SavedList* last = nullptr;
  for (const SavedList& list : data_.lists) {
    if (list.at <= day_) last = &list;
  }
  return last;
}

std::vector<Suggestion> DecisionSteps::suggestions(const SavedList& list) const {
  const auto asks_teachers = [](const DecisionStep& step) {
    return std::ranges::any_of(step.who, [](const DutyHolder& who) { return who.kind == DutyHolder::Kind::subject_teacher; });
  };
  const bool by_subject = std::ranges::any_of(data_.policy.decide.steps, asks_teachers);
  std::vector<Suggestion> all;
  for (const ListItem& item : list.items) {
    if (item.subject || !by_subject || item.subjects.empty()) {
      all.push_back({{item.student, item.subject}, &item});
      continue;
    }
    for (const SubjectIndex subject : item.subjects) all.push_back({{item.student, subject}, &item});
  }
  return all;
}

Decision DecisionSteps::decision(const CaseKey& about) const { return decision_by(data_, cases_.events(about.student), about.subject); }

/// The step that a decision answers: by its role, else by an office of who decided.
std::optional<std::size_t> DecisionSteps::step_of(const Event& event, const CaseKey& about) const {
  const auto& steps = steps_of(about);
  const auto by = data_.find_staff(event.by);
  for (std::size_t index = 0; index < steps.size(); ++index) {
    if (!event.role.empty()) {
      if (std::ranges::find(steps[index].who, event.role, &DutyHolder::role) != steps[index].who.end()) return index;
    } else if (by && !role_in(steps[index], *by, about).empty()) {
      return index;
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> DecisionSteps::last_answered(const CaseKey& about) const {
  std::optional<std::size_t> last;
  for (const auto index : cases_.events(about.student)) {
    const Event& event = data_.events[index];
    if (!concerns(event, about)) continue;
    if (event.kind == EventKind::dismissed || event.kind == EventKind::released || event.kind == EventKind::pending) last.reset();
    if (event.kind != EventKind::confirmed && event.kind != EventKind::reopened) continue;
    const auto step = step_of(event, about);
    if (step && (!last || *step > *last)) last = step;
  }
  return last;
}

std::optional<std::size_t> DecisionSteps::next_step(const CaseKey& about, std::optional<std::size_t> last) const {
  const auto& steps = steps_of(about);
  for (std::size_t index = last ? *last + 1 : 0; index < steps.size(); ++index) {
    if (std::ranges::find(steps[index].decides, EventKind::confirmed) != steps[index].decides.end()) return index;
  }
  return std::nullopt;
}

std::optional<Date> DecisionSteps::open_since(const CaseKey& about) const {
  std::optional<Date> since;
  for (const auto index : cases_.events(about.student)) {
    const Event& event = data_.events[index];
    if (!concerns(event, about)) continue;
    if (event.kind == EventKind::dismissed || event.kind == EventKind::released || event.kind == EventKind::pending) since.reset();
    if ((event.kind == EventKind::confirmed || event.kind == EventKind::reopened) && !since) since = event.date;
  }
  return since;
}

/// The first exam after the decision that it waits for; one that the student's year group did not sit is none.
std::optional<ExamIndex> DecisionSteps::held_since(const Event& pending) const {
  if (pending.until.empty()) return std::nullopt;
  for (ExamIndex index = 0; index < data_.exams.size(); ++index) {
    const Exam& exam = data_.exams[index];
    const bool meant = exam.id == pending.until || (word_of(exam.kind) == pending.until && exam.retests.empty());
    if (meant && exam.date > pending.date && exam.date <= day_ && exam.row_of(pending.student)) return index;
  }
  return std::nullopt;
}

SuggestionStanding DecisionSteps::standing(const Suggestion& suggestion, const SavedList& list) const {
  using State = SuggestionStanding::State;
  SuggestionStanding standing{.state = State::settled, .decision = decision(suggestion.about), .next = {}, .held = {}};
  const Event* event = standing.decision.event;
  const auto open_after = [&](std::optional<std::size_t> last) {
    standing.next = next_step(suggestion.about, last);
    if (standing.next) standing.state = State::open;
  };
  // What was decided before the list came out does not answer it, unless it is that the student is cared for already.
  const bool is_older = event == nullptr || event->date < list.at;
  switch (standing.decision.state) {
    case CaseState::confirmed:
      if (are_given()) open_after(last_answered(suggestion.about));
      break;
    case CaseState::excluded:
      break;
    case CaseState::dismissed:
    case CaseState::released:
      if (is_older) open_after({});
      break;
    case CaseState::none:
      if (event != nullptr) standing.held = held_since(*event);
      if (standing.held || (suggestion.item->outcome == Outcome::identified && is_older)) {
        open_after({});
      } else if (suggestion.item->outcome == Outcome::pending || event != nullptr) {
        standing.state = State::waiting;
      }
      break;
  }
  return standing;
}

std::vector<StepHolder> DecisionSteps::holders(const std::vector<DutyHolder>& who, const CaseKey& about) const {
  Duty duty;
  duty.who = who;
  const Target target{.kind = Target::Kind::student, .index = about.student, .subject = about.subject};
  std::vector<StepHolder> found;
  for (const Holding& holding : holders_.of(duty, target)) {
    if (!holding.days.contains(day_)) continue;
    StepHolder holder{.party = holding.party, .role = who[holding.part].role};
    if (holding.party.kind == Party::Kind::staff) {
      if (const auto substitute = holders_.substitute_of(holding.party.index, day_)) holder.party.index = *substitute;
    }
    const auto same = [&](const StepHolder& other) { return other.party == holder.party && other.role == holder.role; };
    if (std::ranges::none_of(found, same)) found.push_back(std::move(holder));
  }
  return found;
}

std::vector<StepHolder> DecisionSteps::holders(const DecisionStep& step, const CaseKey& about) const { return holders(step.who, about); }

std::string DecisionSteps::role_in(const DecisionStep& step, StaffIndex staff, const CaseKey& about) const {
  const Party who{Party::Kind::staff, staff};
  for (const DutyHolder& part : step.who) {
    if (has_role(part.role, staff, about)) return part.role;
  }
  for (const StepHolder& holder : holders(step.who, about)) {
    const bool speaks = holder.party.kind == Party::Kind::body && holders_.speaks_for(holder.party.index, who, day_, true);
    if (speaks) return holder.role;
  }
  return {};
}

bool DecisionSteps::has_role(std::string_view role, StaffIndex staff, const CaseKey& about) const {
  const auto kind = role == "class-teacher"     ? DutyHolder::Kind::class_teacher
                    : role == "subject-teacher" ? DutyHolder::Kind::subject_teacher
                                                : DutyHolder::Kind::role;
  const Party who{Party::Kind::staff, staff};
  Duty duty;
  duty.who = {{.kind = kind, .role = std::string(role)}};
  const Target target{.kind = Target::Kind::student, .index = about.student, .subject = about.subject};
  return std::ranges::any_of(holders_.of(duty, target), [&](const Holding& holding) {
    if (!holding.days.contains(day_) || holding.party.kind != Party::Kind::staff) return false;
    return holding.party == who || holders_.substitute_of(holding.party.index, day_) == staff;
  });
}

}  // namespace help
