// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "model/dataset.hpp"

namespace help {

/// The days on which a student's case is open by the events up to `today`, first and last day included: confirmed, reopened or excluded on
/// a basis that the policy knows (excluded students are owed the same care), until dismissed, released or pending again, or the student
/// left. `subject`: of the case in that subject, which decisions about the whole student touch as well; nothing: of any case of the
/// student.
class Cases {
 public:
  Cases(const Dataset& data, Date today);

  [[nodiscard]] std::vector<Period> of_student(StudentIndex student) const;
  /// Of the case as a whole, by the decisions that name no subject.
  [[nodiscard]] std::vector<Period> of_whole_student(StudentIndex student) const;
  [[nodiscard]] std::vector<Period> of_subject(StudentIndex student, SubjectIndex subject) const;
  /// Events of the student up to `today`, by day.
  [[nodiscard]] std::span<const std::uint32_t> events(StudentIndex student) const;

 private:
  void add_open_days(StudentIndex student, std::optional<SubjectIndex> subject, std::vector<Period>& days) const;

  const Dataset& data_;
  std::vector<std::uint32_t> start_;  // by student, into events_
  std::vector<std::uint32_t> events_;
};

}  // namespace help
