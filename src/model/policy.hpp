// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "model/assigning.hpp"
#include "model/cadence.hpp"
#include "model/condition.hpp"
#include "model/date.hpp"
#include "model/interaction.hpp"

namespace help {

enum class ArchivePart : std::uint8_t;
enum class ExamKind : std::uint8_t;
enum class Outcome : std::uint8_t;

/// Which exam a rule looks at.
struct ExamChoice {
  std::vector<ExamKind> kinds;  ///< empty: any but entry (`latest`, `any`)
  enum class TermChoice : std::uint8_t { any, current, previous, named } term = TermChoice::any;
  std::string term_id;      ///< where named
  std::string id;           ///< one exam by id; empty: chosen by kind and term
  std::optional<int> last;  ///< of a run: only the last n exams
};

/// A limit for marks.
struct Line {
  enum class Kind : std::uint8_t {
    mark,     ///< `value` hundredths of a mark
    percent,  ///< `value` hundredths of a percent of the full mark
    pass,     ///< the pass mark of the subject
  } kind = Kind::pass;
  std::int64_t value = 0;
};

enum class MissingMarks : std::uint8_t { not_judged, present_only, zero };

/// What a rule judges: single subjects, or one figure made of several.
struct Basis {
  enum class Kind : std::uint8_t { any_subject, per_subject, average, total } kind = Kind::any_subject;
  std::vector<std::string> subjects;                ///< only these; empty: all
  MissingMarks missing = MissingMarks::not_judged;  ///< average and total only
};

enum class Compared : std::uint8_t { school_class, grade };  ///< the group that a rank or percentile is taken in
enum class RunEnding : std::uint8_t { latest, any };
enum class RunMissing : std::uint8_t { skip, break_run };
enum class FallBy : std::uint8_t { rank, standard_score };

/// The period that counts are added up over, ending today.
struct CountWindow {
  enum class Kind : std::uint8_t { term, year, days } kind = Kind::term;
  int days = 0;
};

/// What a rule of one kind needs. One struct for all kinds: each kind reads the parameters that its row in
/// `rules/kinds.cpp` declares; the others keep their defaults.
struct Parameters {
  ExamChoice exam;   ///< `exam`, or `exams` for runs
  ExamChoice since;  ///< fall: the exam that it is measured from
  Basis basis;
  Line below;
  std::int64_t share = 0;  ///< percentile-below: hundredths of a percent
  std::int64_t score = 0;  ///< standard-score-below, fall: hundredths
  int times = 1;
  int last = 0;  ///< failed-of-last
  RunEnding ending = RunEnding::latest;
  RunMissing missing = RunMissing::skip;
  bool within_term = false;
  Compared of = Compared::grade;
  FallBy by = FallBy::rank;
  std::string count;  ///< count-at-least: the column
  CountWindow window;
  std::vector<std::string> indicators;
  std::vector<std::string> groups;
  std::vector<std::string> students;
};

/// How a pending student is decided later.
struct Confirm {
  ExamChoice exam;
  Line below;
};

/// One entry of `identify`.
struct Rule {
  std::string id;
  std::string kind;
  std::size_t kind_index = 0;  ///< row in the table of kinds
  std::string name;
  std::string source;
  std::string because;
  Period in_force;
  Outcome outcome{};
  std::vector<Condition> only;
  std::vector<Condition> unless;
  std::optional<Confirm> confirm;
  Parameters parameters;
};

enum class PlacesPer : std::uint8_t { school, grade, school_class };

struct Places {
  int count = 0;
  PlacesPer per = PlacesPer::school;
  bool ties = true;  ///< all that tie with the last place get in; false: none of them
};

struct MinimumPerTeacher {
  int students = 0;
  std::vector<std::string> subjects;  ///< empty: all
  ExamChoice nearest;                 ///< the exam whose marks say who is nearest
  std::string source;
};

struct Named {
  std::string id;
  std::string name;
  std::string group;
};

/// What the school writes into the archives of its cases, and what must stand there.
struct ArchiveRules {
  std::vector<Named> categories;
  std::vector<Named> causes;
  std::vector<Named> analysis;         ///< the headings of a stage review: what was found …
  std::vector<Named> countermeasures;  ///< … and what is done about it
  std::vector<ArchivePart> required;   ///< in the order of the file
  std::optional<int> within_days;      ///< of the day on which the case began; nothing: at once
  std::string who;                     ///< the role that keeps it; empty: class-teacher
  std::string source;
};

/// One of the steps in which a suggestion is decided.
struct DecisionStep {
  std::string id;
  std::string name;  ///< the id, where none is given
  std::string source;
  std::string because;
  std::vector<DutyHolder> who;     ///< any of them answers for the step
  std::vector<EventKind> decides;  ///< what they may decide
};

/// When a student needs no support any more.
struct ReleaseCriterion {
  std::string id;
  std::string name;  ///< the id, where none is given
  std::string source;
  std::string because;
  ExamChoice exams;
  int times = 1;  ///< in so many exams in a row, to the latest …
  Line at_least;  ///< … the mark is not below this
};

/// `decide`: who decides about suggestions, in which order, and when a case is over.
struct DecisionPlan {
  std::vector<DecisionStep> steps;  ///< in their order
  std::vector<ReleaseCriterion> release;
};

/// policy.yaml: every number of the school's rules.
struct Policy {
  std::string id;
  std::string name;
  std::string label;  ///< the school's word for the students; empty: the neutral word
  std::string source;
  std::vector<ExamKind> routine;
  int transferred_terms = 1;
  std::vector<std::string> exclude;
  int none_below = 10;           ///< no percentile, rank or standard score in smaller groups
  int tentative_below = 20;      ///< marked as tentative in smaller groups
  bool best_of_retests = false;  ///< false: the latest counts
  std::optional<Places> places;
  std::optional<MinimumPerTeacher> minimum;
  std::vector<Named> indicators;
  std::vector<Named> groups;
  std::vector<Rule> identify;
  std::vector<InteractionKind> kinds = standard_kinds();
  Cadence cadence;
  ArchiveRules archive;
  Assigning assigning;
  DecisionPlan decide;
};

}  // namespace help
