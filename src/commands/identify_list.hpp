// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "commands/command.hpp"
#include "rules/identify.hpp"

namespace help {

/// The lines of a run in lists/DATE.yaml: the run itself, then one line a suggestion. The ids are made of the contents, so the same
/// list has the same lines.
struct ListLines {
  std::string run_id;
  std::string text;
};
[[nodiscard]] ListLines list_lines(const Dataset& data, const Identified& answer);

/// Adds to `answer` the change that appends the list to lists/TODAY.yaml, or says that it is there already.
void save_list(const Context& context, const Identified& identified, Answer& answer);

}  // namespace help
