// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/command.hpp"
#include "commands/overdue_words.hpp"
#include "rules/archives.hpp"
#include "rules/obligations.hpp"

namespace help {

/// By what the list and the rates are grouped.
enum class OverdueBy : std::uint8_t { nothing, person, school_class, grade, student, duty };

/// Which part of an answer is shown, and how.
struct OverdueFilter {
  std::optional<ClassIndex> in_class;
  std::optional<int> grade;
  std::optional<Party> ower;
  std::optional<StudentIndex> student;
  std::optional<std::uint32_t> duty;
  OverdueBy by = OverdueBy::nothing;
  bool due_later = false;  ///< what is due later than soon, too
  bool missed = false;     ///< what can no longer be made up, too
  bool all_years = false;
  std::optional<std::size_t> limit;

  /// Whether only a part of the school is asked for.
  [[nodiscard]] bool narrows() const { return in_class || grade || ower || student; }
};

/// What of an answer the filter lets through; the rest is left out.
[[nodiscard]] Obligations narrowed(const Dataset& data, Obligations all, const OverdueFilter& filter);

/// Facts of every answer, for programs.
void add_overdue_facts(const Context& context, const Obligations& all, const OverdueFilter& filter, Document& document);
/// The same with the lines that stand over it.
void add_overdue_head(const Context& context, const Obligations& all, const OverdueFilter& filter, Document& document,
                      bool is_public = false);

/// What is owed, most pressing first, and the archives that lack something (help.overdue/1). It names people: nothing of it is for the
/// public.
[[nodiscard]] Document overdue_document(const Context& context, const Obligations& all, const std::vector<ArchiveState>& archives,
                                        const OverdueFilter& filter);
/// Every obligation that the filter lets through, with its window, its entries and why they count or not (help.overdue-why/1).
[[nodiscard]] Document overdue_why_document(const Context& context, const Obligations& all, const OverdueFilter& filter);
/// Compliance, with the weeks as bars (help.overdue-rate/1). `is_public`: numbers only, and none of fewer than five students or people.
[[nodiscard]] Document overdue_rate_document(const Context& context, const Obligations& all, const OverdueFilter& filter, bool is_public);
/// Whether enough students and people are concerned that the public may be told of them.
[[nodiscard]] bool concerns_many(const Dataset& data, const Obligations& all);
/// A message for a chat group: who owes how much of what; `names_children`: of whom, too (help.overdue-message/1).
[[nodiscard]] Document overdue_message(const Context& context, const Obligations& all, const std::vector<ArchiveState>& archives,
                                       const OverdueFilter& filter, bool names_children);
/// The calendar and task table of the running term (help.tasks/1).
[[nodiscard]] Document task_document(const Context& context);

}  // namespace help
