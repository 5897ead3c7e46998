// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/condition.hpp"
#include "model/date.hpp"
#include "model/interaction.hpp"

namespace help {

enum class ExamKind : std::uint8_t;
enum class EventKind : std::uint8_t;

/// A date of the policy. Without a year it returns each school year.
struct PolicyDate {
  std::optional<int> year;
  unsigned month = 1;
  unsigned day = 1;  ///< beyond the month's last day: the last day (02-29)

  friend bool operator==(const PolicyDate&, const PolicyDate&) = default;
};

/// A named stretch of days: `phases`.
struct Phase {
  std::string id;
  std::string name;
  PolicyDate from;
  PolicyDate until;  ///< included; two phases may share a day
  std::string who;   ///< role; empty: nobody in particular
  std::string source;
};

/// How a duty finds its windows.
enum class Timing : std::uint8_t {
  every,      ///< a calendar unit
  after,      ///< something that happened
  once,       ///< a day
  unchecked,  ///< stands in the task table, and nothing is owed
};

enum class Every : std::uint8_t { day, school_day, week, two_weeks, half_month, month, term, year };
/// The word in files: school-day, two-weeks …
[[nodiscard]] std::string_view word_of(Every every);
[[nodiscard]] std::optional<Every> parse_every(std::string_view word);

/// The day by which a contact is due.
struct DueDay {
  enum class Kind : std::uint8_t {
    window_end,   ///< no `by`: the window's last day, which does not move
    weekday,      ///< of the week; of the second week of two
    month_end,    ///< the last day of the (half) month
    term_start,   ///< the end of the term's first week
    term_middle,  ///< the term's day of midterm
    term_end,     ///< the term's last day
    before_term,  ///< the day before the term begins, which does not move
    date,
  } kind = Kind::window_end;
  unsigned weekday = 0;  ///< 0 = Monday
  PolicyDate date;

  friend bool operator==(const DueDay&, const DueDay&) = default;
};

/// As it is written in files: thursday, month-end, 11-28 …; empty where nothing is written.
[[nodiscard]] std::string text_of(const DueDay& day);

/// What sets a duty of `after` off.
struct Trigger {
  enum class Kind : std::uint8_t {
    exam,         ///< an exam of these kinds, for the students and subjects of the classes that sat it; retests are none
    event,        ///< an event of the student's case of these kinds
    assigned,     ///< a pair began
    enrolled,     ///< the student came to the school
    post_change,  ///< a role or a subject in a class was taken from the member of staff in the middle of a term
    record,       ///< an interaction of these kinds about the same target
  } kind = Kind::exam;
  std::vector<ExamKind> exams;  ///< empty: any but entry
  std::vector<EventKind> events;
  std::vector<InteractionKindIndex> records;
};
/// The word in files: exam, event, assigned …
[[nodiscard]] std::string_view word_of(Trigger::Kind kind);

/// On which days a duty is alive.
struct During {
  enum class Kind : std::uint8_t { term, holidays, always, months, phases } kind = Kind::term;
  std::uint16_t months = 0;       ///< bit 0 = January
  std::vector<std::size_t> in{};  ///< indices into Policy::phases
};

/// Whom or what a duty is about.
enum class DutyFor : std::uint8_t { student_case, pair, student, school_class, grade, body, teacher, mentor, school, self };

/// An active part of `who`.
struct DutyHolder {
  enum class Kind : std::uint8_t {
    class_teacher,
    subject_teacher,
    role,       ///< a role of the staff, or the role of a pair
    body_kind,  ///< the bodies of this kind (leading-group, office …)
  } kind = Kind::role;
  std::string role;  ///< as written
};

enum class MakeUp : std::uint8_t { none, window, term };
enum class LateStart : std::uint8_t { next_window, at_once, share };

/// One entry of `cadence`: who does what for whom, and when.
struct Duty {
  std::string id;
  std::string name;  ///< the id, where none is given
  std::string source;
  std::string because;
  std::uint32_t line = 0;  ///< of the policy's file, from 1
  Period in_force;         ///< the first day of a window (the day of an event, the due day of `once`) lies in it

  std::vector<DutyHolder> who;  ///< one or several
  bool together = false;        ///< one entry with all of `who` present
  bool each = false;            ///< `share: each`: every holder owes it; false: any holder does it for all
  bool substitutes = false;     ///< what a substitute or another holder did counts

  std::vector<InteractionKindIndex> does;       ///< what is written, for showing
  std::vector<InteractionKindIndex> satisfied;  ///< every kind that counts: `does` and what `evidence` maps to it, ascending
  DutyFor target = DutyFor::student_case;
  std::vector<std::string> body_kinds;  ///< of `for: each department` …; empty: any
  std::vector<std::string> pair_roles;  ///< of `for: each pair`: only pairs of these roles; empty: those of `who`
  std::vector<std::string> subjects;    ///< only these; empty: all
  std::vector<Condition> only;
  std::vector<Condition> unless;

  Timing timing = Timing::every;
  Every every = Every::week;
  Trigger after;
  int within_days = 0;      ///< of `after`; one week is 7
  std::vector<DueDay> due;  ///< `by`: one; of `once` one or several, in the order of the file
  std::optional<PolicyDate> once_from;
  During during;
  int at_least = 1;
  std::optional<int> at_most;
  bool average = false;
  MakeUp make_up = MakeUp::window;
  LateStart start = LateStart::next_window;
  std::optional<int> floor;  ///< active days; nothing: the policy's floor of the unit

  std::vector<std::string> to;          ///< recipients, all of whom are to be reached
  InteractionFields needs = 0;          ///< fields without which an entry does not count
  std::vector<std::string> channels;    ///< only these; empty: any
  std::optional<bool> student_present;  ///< what the entry must say
};

/// Windows with fewer active days ask nothing.
struct Floors {
  int day = 1;
  int week = 2;
  int half_month = 3;
  int month = 5;
  int term = 10;
};

/// `cadence` and all that belongs to it.
struct Cadence {
  std::vector<Duty> duties;  ///< in the order of the file
  std::vector<Phase> phases;
  Floors floors;
  int due_soon = 3;  ///< active days
};

}  // namespace help
