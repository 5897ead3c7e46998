// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/command.hpp"
#include "rules/decision_steps.hpp"
#include "store/event_entry.hpp"

namespace help {

/// What `help decide` was asked to do, as typed.
struct DecideOptions {
  std::vector<std::string> words;  ///< STUDENT… DECISION [REASON]
  std::string because;
  std::string basis;
  std::string subject;
  std::string until;
  std::string as_role;
  std::string staff;  ///< who decides
  std::string date;
  std::string in_class;
  std::string grade;
  std::string list;
  std::string history;
  std::string voids;
  bool open = false;
  bool due = false;
  bool force = false;
  std::vector<std::string> lines;  ///< of stdin, read once
  bool has_read = false;
};

/// One decision that is to be written.
struct NewDecision {
  CaseKey about;
  EventEntry entry;
  std::string path;
  std::string line;
  Message before;            ///< what held until now
  std::string before_state;  ///< the same as a code: none, suggested, pending, confirmed …
  Message next;              ///< who decides next; empty: nobody
  std::string next_step;
};

/// Understands what was typed: the lines to write, or why not.
class DecisionComposer {
 public:
  DecisionComposer(const Context& context, const DecideOptions& options) : context_(context), options_(options) {}

  void compose();

  [[nodiscard]] std::vector<NewDecision>& decisions() { return decisions_; }
  [[nodiscard]] std::vector<Message>& refusals() { return refusals_; }
  [[nodiscard]] std::vector<Message>& remarks() { return remarks_; }

 private:
  /// What is decided about, and with which reason.
  struct Wanted {
    CaseKey about;
    const ListItem* item = nullptr;  ///< its line of the list, if it has one
    std::string because;
    std::string role;  ///< in which it is decided; may be empty
    std::optional<std::size_t> step;
    std::vector<std::string> rules;  ///< criteria of release that are met
    std::vector<std::string> exams;  ///< and the exams that say so
  };
  void refuse(Message message) { refusals_.push_back(std::move(message)); }
  void refuse_unless_forced(Message message);
  void take_words();
  std::optional<StaffIndex> decider();
  void take_list();
  void take_until();
  [[nodiscard]] std::optional<std::string> exam_kind_called(const std::string& typed) const;
  void take_basis();
  std::string clean(std::string_view what, const std::string& typed);

  void add_typed();
  void add_lines();
  void add_students(const std::string& typed, const std::string& because);
  void add_student(StudentIndex student, const std::string& because);
  void add_from_list();
  [[nodiscard]] std::vector<CaseKey> on_list(StudentIndex student) const;
  std::optional<CaseKey> case_of(StudentIndex student);
  [[nodiscard]] bool fits_kind(const CaseKey& about) const;
  [[nodiscard]] const ListItem* item_of(const CaseKey& about) const;

  void find_role(Wanted& wanted);
  [[nodiscard]] bool may(const DecisionStep& step) const;
  [[nodiscard]] std::string role_in(const DecisionStep& step, const CaseKey& about) const;
  [[nodiscard]] bool is_mine(const Suggestion& one, std::size_t next) const;
  void check(Wanted& wanted);
  void check_days(const Wanted& wanted);
  void check_state(const Wanted& wanted);
  void check_confirmed(const Wanted& wanted, const Event& event);
  void check_reason(Wanted& wanted);
  void find_release(Wanted& wanted);
  void check_fields();
  void add(const Wanted& wanted);
  [[nodiscard]] bool is_suggested_anew(const Wanted& wanted) const;
  void rest_on_list(const Wanted& wanted, EventEntry& entry) const;
  void say_before(const Wanted& wanted, NewDecision& made) const;
  [[nodiscard]] Message called(const CaseKey& about) const;

  const Context& context_;
  const DecideOptions& options_;
  std::vector<std::string> who_;  ///< words before the decision
  std::optional<EventKind> kind_;
  std::string because_;
  Date date_ = {};
  StaffIndex by_ = 0;
  std::string until_;
  std::string basis_;
  std::optional<SubjectIndex> subject_;
  std::optional<DecisionSteps> steps_;  ///< as of `date_`
  const SavedList* list_ = nullptr;
  std::vector<Suggestion> suggestions_;
  std::vector<Wanted> wanted_;
  std::vector<NewDecision> decisions_;
  std::vector<Message> refusals_;
  std::vector<Message> remarks_;  ///< what is said beside the lines
};

/// The kind that a word of the command line means: confirm, confirmed, 确认 … ; nothing for other words.
[[nodiscard]] std::optional<EventKind> decision_of_word(const Context& context, const std::string& word);

/// The list that is meant by its day or id; empty or `last`: the last one saved by the day. Null where there is none, or it is refused.
[[nodiscard]] const SavedList* find_list(const Context& context, const std::string& typed, Date day, std::vector<Message>& refusals);

/// What people say of a case: confirmed since …, pending until …, suggested on …
[[nodiscard]] Message standing_words(const Dataset& data, const Decision& decision, const ListItem* item);
/// The same as a code: none, suggested, pending, confirmed …
[[nodiscard]] std::string_view standing_code(const Decision& decision, const ListItem* item);

/// `岳若恒 八（2）班 数学`: a case as people say it, on a day; with the id where the name is shared.
[[nodiscard]] Message case_name(const Dataset& data, const CaseKey& about, Date day);

/// The name of a step with who answers for it: `任课教师确定: 王芳`.
[[nodiscard]] Message step_words(const Dataset& data, const DecisionSteps& steps, const CaseKey& about, std::size_t step);
/// Who answers for a step, by name.
[[nodiscard]] std::vector<std::string> holder_names(const Dataset& data, const std::vector<StepHolder>& holders);
/// What a step is called; a usual one by its role.
[[nodiscard]] Message name_of(const DecisionStep& step);

/// Adds the decisions to their files.
void write_decisions(const Context& context, std::vector<NewDecision>& decisions, Answer& answer);
/// Withdraws the record --void.
void write_void(const Context& context, const DecideOptions& options, Answer& answer);

/// help.decide-history/1, help.decide-open/1, help.decide-due/1.
void show_history(const Context& context, const DecideOptions& options, Answer& answer);
void show_open(const Context& context, const DecideOptions& options, Answer& answer);
void show_due(const Context& context, const DecideOptions& options, Answer& answer);

extern const Command decide_command;

}  // namespace help
