// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cases.hpp"
#include "rules/decisions.hpp"
#include "rules/holders.hpp"

namespace help {

/// A case, or what may become one: a student, or one subject of a student.
struct CaseKey {
  StudentIndex student = 0;
  std::optional<SubjectIndex> subject;

  friend bool operator==(const CaseKey&, const CaseKey&) = default;
};

/// A line of a saved list that is to be answered.
struct Suggestion {
  CaseKey about;
  const ListItem* item = nullptr;
};

/// Where a suggestion stands.
struct SuggestionStanding {
  enum class State : std::uint8_t {
    open,     ///< `next` is due
    waiting,  ///< pending until an exam that is not held yet
    settled,  ///< all steps are done, or it was dismissed, excluded or released
  } state = State::settled;
  Decision decision;                ///< what holds now
  std::optional<std::size_t> next;  ///< the step that is due, where open
  std::optional<ExamIndex> held;    ///< open because this exam, which it was pending until, was held
};

/// Who answers for a step, or did.
struct StepHolder {
  Party party;
  std::string role;
};

/// Who decides about the suggestions of `identify`, in which order. Where the policy has no steps, there is one for what is about a subject
/// (its teacher's), and one for what is about the whole student (the class teacher's), and anybody of the school may decide.
///
/// Pure; sees nothing that is dated after `day`. Source: policy.yaml, `decide`.
class DecisionSteps {
 public:
  DecisionSteps(const Dataset& data, Date day);

  /// Whether the policy says who decides.
  [[nodiscard]] bool are_given() const { return !data_.policy.decide.steps.empty(); }
  [[nodiscard]] std::size_t count(const CaseKey& about) const { return steps_of(about).size(); }
  [[nodiscard]] const DecisionStep& step(const CaseKey& about, std::size_t index) const { return steps_of(about)[index]; }

  /// The last list saved by the day (of several of one day the last in their file); null if there is none.
  [[nodiscard]] const SavedList* last_list() const;
  /// Its lines, in its order. Where subject teachers have a step, a line about the whole student is one for each of its subjects.
  [[nodiscard]] std::vector<Suggestion> suggestions(const SavedList& list) const;

  [[nodiscard]] Decision decision(const CaseKey& about) const;
  [[nodiscard]] SuggestionStanding standing(const Suggestion& suggestion, const SavedList& list) const;
  /// The last step that has answered since the case was opened; nothing where none has, or it is not open.
  [[nodiscard]] std::optional<std::size_t> last_answered(const CaseKey& about) const;
  /// The step that is due once `last` has answered: the first behind it that confirms, since steps that do not (exclusions, say) are
  /// nobody's turn. Nothing where all have answered, and where the policy has no steps once one has decided.
  [[nodiscard]] std::optional<std::size_t> next_step(const CaseKey& about, std::optional<std::size_t> last) const;
  /// The first decision of the case as it is open now; nothing if it is not confirmed.
  [[nodiscard]] std::optional<Date> open_since(const CaseKey& about) const;

  /// In which of the roles of a step somebody answers for a case on the day, also in the place of a colleague who is on leave; empty: in
  /// none.
  [[nodiscard]] std::string role_in(const DecisionStep& step, StaffIndex staff, const CaseKey& about) const;
  /// The same of one role: class-teacher, subject-teacher, a role of the staff or of a pair, a kind of body.
  [[nodiscard]] bool has_role(std::string_view role, StaffIndex staff, const CaseKey& about) const;
  /// Whoever answers for a step on the day; a substitute stands for who is on leave. Each once.
  [[nodiscard]] std::vector<StepHolder> holders(const DecisionStep& step, const CaseKey& about) const;

  [[nodiscard]] Date day() const { return day_; }
  [[nodiscard]] const Cases& cases() const { return cases_; }

 private:
  [[nodiscard]] const std::vector<DecisionStep>& steps_of(const CaseKey& about) const;
  [[nodiscard]] std::vector<StepHolder> holders(const std::vector<DutyHolder>& who, const CaseKey& about) const;
  [[nodiscard]] std::optional<std::size_t> step_of(const Event& event, const CaseKey& about) const;
  [[nodiscard]] std::optional<ExamIndex> held_since(const Event& pending) const;

  const Dataset& data_;
  Date day_;
  Cases cases_;
  Holders holders_;
  std::vector<DecisionStep> of_student_;  // where the policy has no steps
  std::vector<DecisionStep> of_subject_;
};

}  // namespace help
