// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "diag/message.hpp"
#include "model/dataset.hpp"

namespace help {

/// Whom or what an obligation is about. Where a duty is for oneself (`self`), whoever owes it.
struct Target {
  enum class Kind : std::uint8_t {
    school,
    grade,         ///< `index` is the grade
    school_class,  ///< into Dataset::classes
    student,       ///< a student or the student's case
    pair,          ///< into Dataset::pairs
    body,
    staff,
  } kind = Kind::school;
  std::uint32_t index = 0;
  std::optional<SubjectIndex> subject;  ///< duties of subject teachers about a student or class

  friend auto operator<=>(const Target&, const Target&) = default;
};

/// Somebody who owes an obligation.
struct Ower {
  Party party;
  std::optional<Party> acts_for;  ///< the holder whom a substitute stands in for

  friend auto operator<=>(const Ower&, const Ower&) = default;
};

enum class ObligationState : std::uint8_t {
  overdue,
  due_soon,
  due,
  not_yet,  ///< its window has not begun
  waived,
  done,
  done_late,
  missed,  ///< its time to make up is over
};
/// The word in outputs: overdue, due-soon … (stable).
[[nodiscard]] std::string_view word_of(ObligationState state);
[[nodiscard]] Message name_of(ObligationState state);

/// What left too few days.
enum class Waiver : std::uint8_t { none, closure, student_leave, staff_leave };
[[nodiscard]] std::string_view word_of(Waiver waiver);
[[nodiscard]] Message name_of(Waiver waiver);

/// What became of an entry of the log for one obligation.
enum class EntryVerdict : std::uint8_t {
  counted,
  counted_late,
  not_needed,     ///< it would count, and enough others do
  other_window,   ///< it serves another window of the same duty
  other_kind,     ///< not a kind that the duty asks for
  other_subject,  ///< of another subject
  somebody_else,  ///< done by somebody who does not owe it
  not_together,   ///< somebody who must be there was not
  lacks_field,    ///< a field that the duty needs is missing or empty
  other_channel,
  student_there,   ///< the student was there and must not be, or that is not said
  student_absent,  ///< the student was not there and must be, or that is not said
  other_recipient,
  before_start,  ///< before the pair or case began
  after_end,     ///< after the pair or case ended
};
[[nodiscard]] std::string_view word_of(EntryVerdict verdict);
/// Why it counts or does not.
[[nodiscard]] Message reason_of(EntryVerdict verdict);

struct JudgedEntry {
  std::uint32_t entry = 0;  ///< into InteractionLog::entries
  EntryVerdict verdict = EntryVerdict::counted;
};

/// One duty for one target in one window.
struct Obligation {
  std::uint32_t duty = 0;  ///< into Cadence::duties
  Target target;
  std::uint32_t first_ower = 0;  ///< this many from here in Obligations::owers; none: nobody holds the role
  std::uint32_t ower_count = 0;
  Date first = {};                ///< of the window: the first day on which an entry can serve it …
  Date last = {};                 ///< … its last day …
  Date due = {};                  ///< … the day by which it is due, included …
  Date until = {};                ///< … and the last day on which an entry can serve it late; Date::max() without a limit
  std::optional<Date> event;      ///< `after`: the day of the event
  std::optional<ExamIndex> exam;  ///< `after` an exam
  ObligationState state = ObligationState::due;
  Waiver waiver = Waiver::none;
  bool never_met = false;  ///< no entry could count for this duty and target in any window of the question (`windows`, else the term)
  int owed = 1;            ///< contacts (of every recipient)
  int served = 0;
  int above = 0;                  ///< contacts beyond `at-most`
  int overdue_days = 0;           ///< active days after the due day up to and including today
  std::uint32_t first_entry = 0;  ///< this many from here in Obligations::entries
  std::uint32_t entry_count = 0;

  friend bool operator==(const Obligation&, const Obligation&) = default;
};

/// The whole answer.
struct Obligations {
  Date today = {};
  std::vector<Obligation> items;  ///< by duty, then target, then due day
  std::vector<Ower> owers;
  std::vector<JudgedEntry> entries;  ///< if asked for; of one obligation: by date, then place in the log

  [[nodiscard]] std::span<const Ower> owers_of(const Obligation& item) const { return {owers.data() + item.first_ower, item.ower_count}; }
  [[nodiscard]] std::span<const JudgedEntry> entries_of(const Obligation& item) const {
    return {entries.data() + item.first_entry, item.entry_count};
  }
};

/// The student that a target is about: a student or case, or that of a pair.
[[nodiscard]] std::optional<StudentIndex> student_of(const Dataset& data, const Target& target);
/// The class that an obligation is about: itself, or that of the student on the due day.
[[nodiscard]] std::optional<ClassIndex> class_of(const Dataset& data, const Obligation& item);
/// The grade that an obligation is about: itself, or that of the class on the due day.
[[nodiscard]] std::optional<int> grade_of(const Dataset& data, const Obligation& item);

/// Whether somebody must see to an obligation: owes it, or answers for the body that owes it, on the due day or the day of the question.
[[nodiscard]] bool is_owed_by(const Dataset& data, const Obligations& all, const Obligation& item, const Party& party);

struct ObligationQuestion {
  Date today = {};
  std::optional<Period> windows;        ///< only windows whose due day lies in it; nothing: the running term, and what has been set off
                                        ///< by now, is due in a later one and is still open
  std::optional<std::uint32_t> duty;    ///< only this
  std::optional<StudentIndex> student;  ///< only about this student
  bool with_entries = false;            ///< the entries of the log are given, those that did not count too, with the reason
};

/// What is owed, by the policy's cadence.
///
/// Pure and total; nothing dated after `today` is seen. Terms are judged apart: what is said of a term needs no other term's log.
/// Source: the design of cadence (src/README.md) and policy.yaml.
[[nodiscard]] Obligations obligations(const Dataset& data, const ObligationQuestion& question);

/// What is to be chased, most pressing first: overdue (never met first, then longest overdue), then due soon and due by due day; each
/// then by duty and target. Indices into `items`.
[[nodiscard]] std::vector<std::uint32_t> pressing(const Obligations& all);

/// How many obligations came due, and what became of them. Waived and open ones are in none.
struct Tally {
  int owed = 0;
  int on_time = 0;
  int late = 0;
  int missed = 0;
  int overdue = 0;

  void add(const Obligation& item, Date today);
  friend bool operator==(const Tally&, const Tally&) = default;
};

/// Compliance is on_time / owed of a tally.
[[nodiscard]] Tally tally(const Obligations& all);
template <typename Key>
struct TallyOf {
  Key key;
  Tally tally;
};
/// Each by its key; an obligation that several share counts for each of them. A student's class and grade are those of the due day.
[[nodiscard]] std::vector<TallyOf<Party>> tally_by_person(const Obligations& all);
[[nodiscard]] std::vector<TallyOf<std::uint32_t>> tally_by_duty(const Obligations& all);
[[nodiscard]] std::vector<TallyOf<ClassIndex>> tally_by_class(const Dataset& data, const Obligations& all);
[[nodiscard]] std::vector<TallyOf<int>> tally_by_grade(const Dataset& data, const Obligations& all);
/// By the Monday of the week of the due day.
[[nodiscard]] std::vector<TallyOf<Date>> tally_by_week(const Obligations& all);

/// A line of the calendar and task table of a term (序号, 事项, 负责人, 完成时间, 备注).
struct TaskRow {
  std::optional<std::uint32_t> duty;  ///< into Cadence::duties; a phase has none …
  std::optional<std::size_t> phase;   ///< … but this, into Cadence::phases
  Message what;
  Message who;
  Message when;
  Message remark;
  std::optional<Date> first;  ///< of phases and `once`: its days in the term
  std::optional<Date> due;
};

/// What a term asks of everybody: phases and single days by due day, then what comes back every year, term, month …, then what follows
/// events, each in the order of the policy.
[[nodiscard]] std::vector<TaskRow> task_table(const Dataset& data, std::size_t term);

}  // namespace help
