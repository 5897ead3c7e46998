// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/message.hpp"
#include "model/dataset.hpp"

namespace help {

/// One fact that speaks for (or, in an explanation, against) a rule. `clause_of` (rules/clause.hpp) puts it into words.
struct Evidence {
  /// What was measured; it says which of the fields below are filled and how the clause reads.
  enum class Measure : std::uint8_t {
    mark,            ///< the mark of one subject against a line
    average,         ///< of several subjects against a line
    total,           ///< of several subjects against a line
    percentile,      ///< share strictly below, against a share
    standard_score,  ///< against a score
    rank_fall,       ///< places lost since an earlier exam
    score_fall,      ///< standard score lost since an earlier exam
    absence,         ///< absent from a subject of an exam
    count,           ///< counted facts, added up
    indicator,       ///< an observation of the policy's list
    group,           ///< a special group of the policy's list
    by_hand,         ///< named in the policy
  } measure = Measure::mark;
  std::optional<ExamIndex> exam = {};
  std::optional<ExamIndex> since = {};          ///< falls: the earlier exam
  std::optional<ExamIndex> retest = {};         ///< the retest of `exam` that the mark comes from
  std::optional<SubjectIndex> subject = {};     ///< nothing: average, total, counts, flags
  Mark mark = {};                               ///< the mark that was judged; state not_examined where there is none
  std::optional<std::int64_t> figure = {};      ///< average, total: hundredths rounded down, for showing; falls: hundredths lost; counts
  std::optional<std::int64_t> threshold = {};   ///< compared with: hundredths of a mark, percent, rank or score; counts: the number
  std::optional<std::int64_t> full = {};        ///< hundredths
  std::optional<int> rank = {};                 ///< best rank among equals, from 1
  std::optional<int> earlier_rank = {};         ///< falls by rank: at the earlier exam
  std::optional<int> group_size = {};           ///< marks present in the group that the rank was taken in
  std::optional<std::int64_t> percentile = {};  ///< hundredths of a percent strictly below, rounded down for showing only
  std::optional<std::int64_t> standard_score = {};  ///< hundredths, rounded down for showing only
  std::optional<Date> date = {};  ///< of an observation, the last day counted, the latest retest that a figure or `since` rests on
  std::string word = {};          ///< id of the indicator, group or column of counts; names of the subjects missed
  Compared of = Compared::grade;  ///< the group of the rank
  bool below = false;             ///< the line was missed (always, in a hit)
  bool tentative = false;         ///< taken in a group smaller than `tentative_below`
};

/// Why a rule did not judge.
enum class Reason : std::uint8_t {
  none,
  no_exam,        ///< no such exam was held yet
  not_in_force,   ///< the exam or day lies outside the rule's `from`/`until`
  condition,      ///< `only` or `unless`
  no_mark,        ///< not examined, or exempt
  missing_marks,  ///< absent, deferred, void or no entry where a mark is needed
  small_group,    ///< fewer marks than `none_below`, or no group at all
  no_spread,      ///< all marks of the group are equal: there is no standard score
  no_count,       ///< nothing was counted in the period
  not_here,       ///< the student is not at the school on the day of the question
};

/// What came of one rule for one student (and subject, where the rule judges subjects one by one).
struct Judgement {
  enum class State : std::uint8_t {
    hit,
    not_hit,
    not_judged,      ///< a mark is missing, the group is too small, no such exam
    not_applicable,  ///< a condition does not hold, or the rule is not in force
    cleared,         ///< pending, and the confirming exam has cleared it
    waiting,         ///< pending, and the confirming exam is not there yet (or has no mark)
  };
  std::size_t rule = 0;  ///< index into Policy::identify
  StudentIndex student = 0;
  std::optional<SubjectIndex> subject = {};
  State state = State::not_hit;
  Reason reason = Reason::none;           ///< where not judged or not applicable
  Outcome outcome = Outcome::identified;  ///< where hit (a confirmed pending is identified) or waiting (pending)
  int count = 0;                          ///< kinds with `times`: how often (of the subject that counts most) …
  int needed = 0;                         ///< … and how often it takes; 0 for other kinds
  std::vector<Evidence> evidence = {};
  /// The largest shortfall as an exact share of full, numerator / denominator; absent = 1/1. Kinds that compare with a group
  /// measure it from the group's mean; kinds without marks have none.
  std::int64_t shortfall_numerator = 0;
  std::int64_t shortfall_denominator = 1;
};

/// What the school already decided about an item.
enum class CaseState : std::uint8_t { none, confirmed, dismissed, excluded, released };

/// How an item compares with the last saved list.
enum class Change : std::uint8_t { fresh, continuing };

/// One line of the list: a student, or a student and a subject.
struct IdentifiedItem {
  StudentIndex student = 0;
  std::optional<SubjectIndex> subject;
  Outcome outcome = Outcome::identified;
  std::vector<Judgement> hits;           ///< in the order of the policy
  std::vector<SubjectIndex> subjects;    ///< every subject that a hit names, in the order of Dataset::subjects
  std::int64_t shortfall_numerator = 0;  ///< the largest of the hits
  std::int64_t shortfall_denominator = 1;
  CaseState state = CaseState::none;
  std::string exclusion_basis;                        ///< where excluded
  std::vector<SubjectIndex> confirmed_subjects = {};  ///< of a line of the whole student, about whom nothing else holds: subjects in which
                                                      ///< the case is confirmed, in the order of Dataset::subjects
  Change change = Change::fresh;
  std::vector<Evidence> nearest;       ///< where added for a minimum: the mark that made the student one of the nearest
  bool for_minimum = false;            ///< added as watch to reach the minimum per teacher
  std::optional<ClassIndex> in_class;  ///< on the day of the question
  int grade = 0;                       ///< on the day of the question; 0 without a class
};

struct TeacherShort {
  StaffIndex staff = 0;
  SubjectIndex subject = 0;
  int has = 0;
  int needs = 0;
};

/// How many students a rule could not judge, by reason.
struct NotJudged {
  std::size_t rule = 0;
  Reason reason = Reason::none;
  int students = 0;
};

/// The whole answer of `identify`.
struct Identified {
  Date today = {};
  std::optional<std::size_t> term;           ///< of the question
  std::vector<ExamIndex> exams;              ///< used by any rule, by date
  std::vector<IdentifiedItem> items;         ///< most in need first; excluded ones stand after all others
  std::vector<IdentifiedItem> just_outside;  ///< the next five after the places (of each grade or class where places are theirs), in order
  std::vector<ListItem> gone;                ///< on the last list, not on this one; by id, then subject
  std::vector<Judgement> no_mark;            ///< students whom no rule about exams could judge though one should, rule by rule
  std::vector<NotJudged> not_judged;         ///< by rule, then reason
  std::vector<TeacherShort> short_of_minimum;
  std::vector<std::string> rules_without_exam;    ///< ids of rules for which no exam was held yet
  std::vector<std::string> rules_reading_groups;  ///< ids of rules that read special groups
  std::optional<std::size_t> last_list;           ///< index into Dataset::lists
};

struct Question {
  Date today = {};
  std::optional<std::size_t> term;  ///< overrides the term of `today`
  std::optional<std::string> exam;  ///< id: judge this exam wherever a rule takes the latest of its kinds
};

/// Who needs support and every reason why, by the policy of the folder.
///
/// Pure and total. Nothing dated after `today` is seen. Order of items: excluded last; outcome, subjects hit (most first), largest
/// shortfall, id, subject. Source: design of `identify` (src/README.md) and policy.yaml.
[[nodiscard]] Identified identify(const Dataset& data, const Question& question);

/// Every rule of the policy for one student, hit or not, in the order of the policy: for `--why`.
[[nodiscard]] std::vector<Judgement> explain(const Dataset& data, const Question& question, StudentIndex student);

}  // namespace help
