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
#include "rules/obligations.hpp"

namespace help {

/// A stretch of days in which somebody holds a part of a duty's `who` for a target.
struct Holding {
  Party party;
  Period days;
  std::uint32_t part = 0;  ///< which of Duty::who
  bool of_pair = false;    ///< by a pair; else by office

  friend bool operator==(const Holding&, const Holding&) = default;
};

/// Who holds what for whom; looked up in tables that are made once.
class Holders {
 public:
  explicit Holders(const Dataset& data);

  /// Everybody who holds a part of `who` for the target, by part, then first day.
  [[nodiscard]] std::vector<Holding> of(const Duty& duty, const Target& target) const;
  /// Everybody who holds a part of `who` for anything, by party, then part, then first day.
  [[nodiscard]] std::vector<Holding> of_anybody(const Duty& duty) const;

  /// Who stands in for a member of staff on a day: nobody, where there is no leave or no substitute.
  [[nodiscard]] std::optional<StaffIndex> substitute_of(StaffIndex staff, Date day) const;
  [[nodiscard]] bool on_leave(Party party, Date day) const;
  /// The days on which a class has a grade.
  [[nodiscard]] Period in_grade(ClassIndex in, int grade) const;
  /// The student's days here: in a class, not after leaving.
  [[nodiscard]] std::vector<Period> days_here(StudentIndex student) const;
  [[nodiscard]] const std::vector<std::uint32_t>& pairs_of(StudentIndex student) const { return pairs_of_[student]; }
  [[nodiscard]] const std::vector<std::uint32_t>& teaching_in(ClassIndex in) const { return teaching_in_[in]; }
  [[nodiscard]] Period pair_days(const Pair& pair) const;
  /// Whether the member of staff is responsible for the body, or (`member`) belongs to it.
  [[nodiscard]] bool speaks_for(BodyIndex body, Party party, Date day, bool member) const;

 private:
  void add(std::vector<Holding>& found, Party party, Period days, std::uint32_t part, bool of_pair) const;
  void class_teachers(const Target& target, std::uint32_t part, std::vector<Holding>& found) const;
  void subject_teachers(const Duty& duty, const Target& target, std::uint32_t part, std::vector<Holding>& found) const;
  void by_role(std::string_view word, const Target& target, std::uint32_t part, std::vector<Holding>& found) const;
  void by_pair(std::string_view word, const Target& target, std::uint32_t part, std::vector<Holding>& found) const;
  void bodies(std::string_view kind, const Target& target, std::uint32_t part, std::vector<Holding>& found) const;
  [[nodiscard]] std::vector<Period> matching_days(const Role& role, const Target& target) const;
  [[nodiscard]] std::vector<Membership> classes_of(const Target& target) const;

  const Dataset& data_;
  std::map<std::string, std::vector<std::pair<StaffIndex, const Role*>>, std::less<>> roles_;
  std::vector<std::vector<std::uint32_t>> pairs_of_;
  std::set<std::string, std::less<>> pair_roles_;
  std::vector<std::vector<std::uint32_t>> teaching_in_;
};

}  // namespace help
