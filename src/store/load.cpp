// SPDX-License-Identifier: MIT
#include "store/load.hpp"

#include "store/reading.hpp"

namespace help {

Loaded load(const Files& files, std::span<const RuleShape> kinds, const LoadOptions& options) {
  Loaded loaded;
  Reading reading{.files = files, .options = options, .data = loaded.data, .problems = loaded.problems};
  read_help(reading);
  read_policy(reading, kinds);
  read_roster(reading);
  if (options.parts.grades) {
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
  if (options.parts.pairs) {
    read_pairs(reading);
  }
  reading.repeated.finish();
  sort_diagnostics(loaded.problems);
  return loaded;
}

}  // namespace help
