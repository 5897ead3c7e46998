// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/dataset.hpp"
#include "rules/cases.hpp"

namespace help {

/// What speaks for a pair.
enum class PairFact : std::uint8_t { subject, own_teacher, same_class, same_grade, kept, student_wish, carer_wish, fit };
/// The word in JSON and in records: subject, own-teacher …
[[nodiscard]] std::string_view word_of(PairFact fact);

/// Why somebody may not take care of a student. The words of PairNeeds, and the rest.
enum class Obstacle : std::uint8_t {
  away,         ///< has left, or is on leave
  excluded,     ///< by `not`
  has_case,     ///< a fellow student with a case
  banned,       ///< by hand
  same_class,   ///< not of the student's class
  other_class,  ///< of the student's class
  same_grade,   ///< not of the student's grade
  subject,      ///< teaches no weak subject
  same_body,    ///< in no body with the student
  unlisted,     ///< two-way: one of the two did not choose the other
};
[[nodiscard]] std::string_view word_of(Obstacle obstacle);

/// Who is to be given somebody.
struct CareUnit {
  StudentIndex student = 0;
  std::optional<SubjectIndex> subject;  ///< where each subject is looked after for itself
  std::vector<SubjectIndex> weak;       ///< the weak subjects, ascending
};

/// Somebody who could take care.
struct CareCandidate {
  Party party;
  bool away = false;
  bool excluded = false;
  bool has_case = false;
  bool everywhere = false;             ///< by a word that is not limited
  std::vector<const Role*> limited{};  ///< else by these roles, each for a class, a grade, a body or a subject
};

/// Looks up what a rule asks on one day.
class PairFacts {
 public:
  PairFacts(const Dataset& data, const AssignRule& rule, Date today);

  /// Students whom the rule is about, by id, then subject.
  [[nodiscard]] std::vector<CareUnit> units() const;
  /// Whoever the rule's `who` names, by id.
  [[nodiscard]] std::vector<CareCandidate> candidates() const;
  /// Whether the candidate's words reach the student at all.
  [[nodiscard]] bool reaches(const CareCandidate& candidate, const CareUnit& unit) const;
  /// Every obstacle between the two but those of wishes, as bits by Obstacle.
  [[nodiscard]] std::uint16_t obstacles(const CareCandidate& candidate, const CareUnit& unit) const;
  /// The weak subject that the candidate teaches (in the student's own class, if in any) or is strong in.
  struct SubjectMatch {
    std::optional<SubjectIndex> subject;
    bool own_class = false;
  };
  [[nodiscard]] SubjectMatch subject_match(const Party& party, const CareUnit& unit) const;
  /// The category or cause of the student's archive for which the rule names the candidate; empty: none.
  [[nodiscard]] std::string_view fit(const CareCandidate& candidate, const CareUnit& unit) const;
  [[nodiscard]] bool same_class(const Party& party, const CareUnit& unit) const;
  [[nodiscard]] bool same_grade(const Party& party, const CareUnit& unit) const;
  [[nodiscard]] bool has_case(StudentIndex student) const { return has_case_[student]; }
  [[nodiscard]] bool is_here(StudentIndex student) const { return class_of_[student].has_value(); }

  /// The order about two that holds on the day; the last one, where there are several. One that names a subject is about that subject
  /// alone where each subject is looked after for itself.
  [[nodiscard]] const PairOrder* order(const Party& party, const CareUnit& unit) const;
  /// The place on somebody's list, from 0; nothing: not on it.
  [[nodiscard]] std::optional<int> place_on_list(const Party& of, const Party& other) const;
  [[nodiscard]] bool has_wishes(const Party& of) const { return lists_.contains(of); }

 private:
  struct Standing {
    std::int32_t mark = 0;
    std::int32_t full = 0;
    std::int32_t pass = 0;
  };
  void read_classes();
  void read_marks();
  void read_prefs();
  [[nodiscard]] std::vector<SubjectIndex> weak_subjects(StudentIndex student) const;
  [[nodiscard]] std::vector<SubjectIndex> listed_subjects(StudentIndex student) const;
  [[nodiscard]] bool same_body(const Party& party, StudentIndex student) const;
  [[nodiscard]] bool is_away(StaffIndex staff) const;
  [[nodiscard]] bool matches(const CareCandidate& candidate, std::string_view word) const;
  void add_by_word(std::string_view word, std::map<Party, CareCandidate>& found) const;

  const Dataset& data_;
  const AssignRule& rule_;
  Date today_;
  Cases cases_;
  std::vector<bool> has_case_;                                                      // by student
  std::vector<std::optional<ClassIndex>> class_of_;                                 // by student
  std::vector<std::set<ClassIndex>> classes_of_staff_;                              // by staff: taught or led
  std::vector<bool> leads_;                                                         // by staff
  std::vector<std::map<SubjectIndex, std::set<ClassIndex>>> teaches_;               // by staff
  std::vector<std::map<SubjectIndex, Standing>> standing_;                          // by student: the last mark
  std::map<std::string, std::vector<BodyIndex>> bodies_of_;                         // by id of a member or of who is responsible
  std::map<std::pair<StudentIndex, Party>, std::vector<const PairOrder*>> orders_;  // by day
  std::map<Party, std::map<Party, int>> lists_;
};

}  // namespace help
