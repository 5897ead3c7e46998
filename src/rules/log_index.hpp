// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "model/dataset.hpp"
#include "rules/obligations.hpp"

namespace help {

/// The entries of the log about each target, found once. All lists are by date.
class LogIndex {
 public:
  /// What the duties of the question look up; entries after its day are not seen. Kinds that none of them asks for are left out unless
  /// the question is about what does not count, too.
  LogIndex(const Dataset& data, const ObligationQuestion& question);

  [[nodiscard]] std::span<const std::uint32_t> of(const Target& target) const;
  /// Done by, or in the file of, the party; of a body also what names it and what those responsible for it did.
  [[nodiscard]] std::vector<std::uint32_t> by(Party party) const;
  /// Of any of the kinds.
  [[nodiscard]] std::vector<std::uint32_t> of_kinds(std::span<const InteractionKindIndex> kinds) const;

 private:
  /// What is looked up.
  struct Use {
    std::vector<bool> kinds;
    bool students = false;
    bool classes = false;
    bool grades = false;
    bool mentions = false;
    bool doers = false;  ///< and bodies
    bool school = false;
  };
  static Use use_of(const Dataset& data, const ObligationQuestion& question);
  void index_students(const std::vector<bool>& wanted);
  void add_doers(std::uint32_t entry);
  void add_mentions(std::uint32_t entry);

  const Dataset& data_;
  std::uint32_t count_ = 0;  // entries up to today
  std::vector<std::uint32_t> student_start_;
  std::vector<std::uint32_t> student_entries_;
  std::vector<std::vector<std::uint32_t>> by_class_;
  std::vector<std::vector<std::uint32_t>> by_body_;
  std::map<int, std::vector<std::uint32_t>> by_grade_;
  std::vector<std::vector<std::uint32_t>> by_staff_mentioned_;
  std::vector<std::vector<std::uint32_t>> by_staff_;
  std::map<Party, std::vector<std::uint32_t>> by_other_;  // students and bodies, who do little
  std::vector<std::vector<std::uint32_t>> by_kind_;
};

}  // namespace help
