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

/// Who is given somebody.
enum class AssignFor : std::uint8_t {
  student_case,  ///< each student with an open case
  subject,       ///< each subject of an open case for itself
  student,       ///< each student
};

/// Who decides.
enum class AssignMode : std::uint8_t {
  appointed,  ///< the school
  two_way,    ///< both sides choose
  both,       ///< both sides choose, and the school places who is left
};

enum class ProposingSide : std::uint8_t { students, carers };

/// What `must` can ask of a pair.
enum class PairNeeds : std::uint8_t {
  same_class,   ///< teaches or leads the student's class; a fellow student is in it
  other_class,  ///< the contrary
  same_grade,   ///< the same of a class of the student's grade
  subject,      ///< teaches a weak subject of the student, or as a fellow student is strong in it
  same_body,    ///< both belong to one body, or the body that takes care or one above it has the student as a member
};
/// The word in files: same-class …
[[nodiscard]] std::string_view word_of(PairNeeds needs);
[[nodiscard]] std::optional<PairNeeds> parse_pair_needs(std::string_view word);

/// How long something lasts that begins on a day.
struct PairSpan {
  enum class Kind : std::uint8_t { open, term, school_year, days } kind = Kind::open;
  int days = 0;
};

/// Points of a pair. The best assignment has the most.
struct PairWeights {
  int subject = 40;       ///< as PairNeeds::subject
  int own_teacher = 20;   ///< … in the student's own class
  int same_class = 25;    ///< as PairNeeds::same_class
  int same_grade = 10;    ///< as PairNeeds::same_grade, where not the same class
  int kept = 15;          ///< the two are a pair already
  int student_wish = 12;  ///< the first on the student's list; the second half of it, the third a third …
  int carer_wish = 6;     ///< the same on the list of the carer
  int fit = 15;           ///< one of AssignRule::fits

  /// What a pair could have at most.
  [[nodiscard]] int sum() const { return subject + own_teacher + same_class + same_grade + kept + student_wish + carer_wish + fit; }
};

/// Who is the right one for a category or a cause of the archive.
struct PairFit {
  std::vector<std::string> categories;  ///< any of them …
  std::vector<std::string> causes;      ///< … or of these
  std::vector<std::string> who;         ///< in the words of AssignRule::who
};

/// One entry of `assign`.
struct AssignRule {
  std::string id;
  std::string name;  ///< the id, where none is given
  std::string source;
  std::string because;
  Period in_force;
  std::string role;  ///< of the pairs
  AssignFor target = AssignFor::student_case;
  std::vector<Condition> only;
  std::vector<Condition> unless;
  std::vector<std::string> who;     ///< class-teacher, subject-teacher, staff, students, a role, a kind of body
  std::vector<std::string> except;  ///< `not`: the same words
  std::vector<Condition> peers;     ///< all of which must hold for a fellow student who may
  std::vector<PairNeeds> must;
  int need = 1;           ///< carers for each
  bool at_least = false;  ///< `at-least`: more than the need where carers would else stay below their least; false: `exactly`
  int load_least = 0;
  int load_most = 1;
  AssignMode mode = AssignMode::appointed;
  ProposingSide proposing = ProposingSide::students;
  bool unlisted_last = false;   ///< who is on no list comes last; false: is refused
  bool cases_help = false;      ///< students with a case may take care of others
  std::int64_t strong = 80'00;  ///< a fellow student is strong in a subject from this share of the full mark on, in hundredths of a percent
  PairSpan lasts;
  PairSpan holds;  ///< so long a pair is not taken apart
  PairWeights weights;
  std::vector<PairFit> fits;
};

/// A link of the chain of responsibility: who answers for the school, each grade, each class, each student.
struct ChainLink {
  enum class Level : std::uint8_t { school, grade, school_class, student } level = Level::school;
  std::vector<std::string> who;  ///< roles (any of them); of students: roles of pairs
  std::string source;
  std::string because;
};
[[nodiscard]] std::string_view word_of(ChainLink::Level level);

/// `assign` and `chain`.
struct Assigning {
  std::vector<AssignRule> rules;
  std::vector<ChainLink> chain;
};

/// Whom somebody wishes to be paired with, the dearest first; those of one tier equally.
struct Wish {
  std::string id;
  Date date = {};
  std::string role;  ///< of the pairs
  Party of;
  std::vector<std::vector<Party>> tiers;
};

/// A pair that is fixed or banned by hand.
struct PairOrder {
  std::string id;
  Date date = {};  ///< the first day on which it holds
  std::string role;
  std::uint32_t student = 0;
  Party with;
  std::optional<std::uint32_t> subject{};  ///< of one subject only
  bool fixed = false;                      ///< else banned
  Date until = Date::max();                ///< the last day
  std::string because;
};

}  // namespace help
