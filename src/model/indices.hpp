// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace help {

// Dense indices into the vectors of a Dataset.
using StudentIndex = std::uint32_t;
using StaffIndex = std::uint32_t;
using ClassIndex = std::uint32_t;
using BodyIndex = std::uint32_t;
using SubjectIndex = std::uint32_t;
using ExamIndex = std::uint32_t;

}  // namespace help
