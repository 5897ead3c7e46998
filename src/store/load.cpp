// SPDX-License-Identifier: MIT
#include "store/load.hpp"

#include <algorithm>

#include "model/school_days.hpp"
#include "store/read_imports.hpp"
#include "store/reading.hpp"

namespace help {

namespace {

// A day that is due is moved over days without school: a closure at the end of a term, before the holidays.
constexpr Days longest_closure{31};

/// How far before a term that which falls due in it can have happened: what follows an exam at the end of the term before may be due on
/// the first day of this one, and be done long before.
Days reach_back(const Cadence& cadence) {
  int within = -1;
  for (const Duty& duty : cadence.duties) {
    if (duty.timing == Timing::after) within = std::max(within, duty.within_days);
  }
  return within < 0 ? Days(0) : Days(within) + longest_closure;
}

bool has_yearly_duty(const Cadence& cadence) {
  return std::ranges::any_of(cadence.duties, [](const Duty& duty) { return duty.timing == Timing::every && duty.every == Every::year; });
}

bool follows_exams(const Cadence& cadence) {
  return std::ranges::any_of(cadence.duties,
                             [](const Duty& duty) { return duty.timing == Timing::after && duty.after.kind == Trigger::Kind::exam; });
}

/// The archives of `use`, as far as the policy needs them.
ArchiveUse archive_use(ArchiveUse use, const Policy& policy) {
  const auto look = [](const AssignRule& rule) { return !rule.fits.empty(); };
  const bool is_needed = use == ArchiveUse::for_assigning ? std::ranges::any_of(policy.assigning.rules, look)
                         : use == ArchiveUse::for_duties  ? !policy.archive.required.empty()
                                                          : use != ArchiveUse::none;
  return !is_needed ? ArchiveUse::none : use == ArchiveUse::all ? ArchiveUse::all : ArchiveUse::open;
}

}  // namespace

Period log_days(const Calendar& calendar, const Cadence& cadence, LogMonths months, Date today) {
  const auto term = calendar.term_of(today);
  if (months == LogMonths::all || !term) {
    return {};
  }
  const auto year = calendar.terms[*term].year;
  const bool whole_year = months == LogMonths::school_year || has_yearly_duty(cadence);
  std::size_t first = *term;
  std::size_t last = *term;
  while (whole_year && first > 0 && calendar.terms[first - 1].year == year) --first;
  while (whole_year && last + 1 < calendar.terms.size() && calendar.terms[last + 1].year == year) ++last;
  // What was done in the holidays before belongs to the term.
  const Date from = std::max(book_of(calendar, first).from, first_known_day(calendar, today));
  return {std::min(from - reach_back(cadence), today), std::max(calendar.terms[last].days.until, today)};
}

Loaded load(const Files& files, std::span<const RuleShape> kinds, const LoadOptions& options) {
  Loaded loaded;
  Reading reading{.files = files, .options = options, .data = loaded.data, .problems = loaded.problems};
  read_help(reading);
  read_policy(reading, kinds);
  read_roster(reading);
  if (options.parts.grades == GradeUse::all ||
      (options.parts.grades == GradeUse::for_duties && follows_exams(loaded.data.policy.cadence))) {
    read_grades(reading);
  }
  if (options.parts.counts) {
    read_counts(reading);
  }
  if (options.parts.events) {
    read_events(reading);
  }
  if (options.parts.lists) {
    read_lists(reading);
  }
  if (const ArchiveUse use = archive_use(options.parts.archives, loaded.data.policy); use != ArchiveUse::none) {
    read_archives(reading, use == ArchiveUse::all);
  }
  if (options.parts.pairs) {
    read_pairs(reading);
  }
  if (options.parts.prefs) {
    read_prefs(reading);
  }
  // They are nobody's data: only where all is read (check, and before anything is written) are they looked at.
  if (options.parts.prefs && options.parts.counts && options.parts.lists && options.parts.events) {
    read_imports(reading);
  }
  if (options.parts.log != LogMonths::none || options.log_files) {
    read_log(reading);
  }
  reading.repeated.finish();
  sort_diagnostics(loaded.problems);
  return loaded;
}

Diagnostics log_errors(const Files& files, Dataset& data, const LoadOptions& options) {
  data.log = {};
  Diagnostics problems;
  Reading reading{.files = files, .options = options, .data = data, .problems = problems};
  read_log(reading);
  reading.repeated.finish();
  std::erase_if(problems, [](const Diagnostic& problem) { return problem.severity != Severity::error; });
  sort_diagnostics(problems);
  return problems;
}

}  // namespace help
