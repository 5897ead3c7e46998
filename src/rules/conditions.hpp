// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>

#include "model/dataset.hpp"

namespace help {

/// Whether the student belongs to one of the groups on a day.
[[nodiscard]] bool in_group(const Student& student, std::span<const std::string> groups, Date day);

/// Whether the student counts as transferred on a day: on every day before the arrival, since the marks of the old school are judged by the
/// same rules, and in the policy's first terms here. An arrival after `today` is not seen.
[[nodiscard]] bool counts_as_transferred(const Dataset& data, StudentIndex student, Date day, Date today);

/// Whether a condition of the policy is true of a student on a day, `today` being the day of the question.
[[nodiscard]] bool is_true_of(const Dataset& data, StudentIndex student, const Condition& condition, Date day, Date today);

}  // namespace help
