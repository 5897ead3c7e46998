// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>

#include <utility>

#include "rules/kinds.hpp"
#include "store/load.hpp"
#include "support/memory_files.hpp"

namespace help::test {

/// A school year of two terms, with holidays from 24 January to 24 February.
constexpr const char* help_of_two_terms =
    "school: {name: 边界学校}\npolicy: policy.yaml\nterms:\n"
    "  - {id: 2025-fall, year: 2025, from: 2025-09-01, until: 2026-01-23}\n"
    "  - {id: 2026-spring, year: 2025, from: 2026-02-25, until: 2026-07-03}\n";

/// What is read of a folder that has no error; an error fails the test.
inline Dataset loaded(const MemoryFiles& files) {
  auto result = load(files, rule_shapes(), {});
  for (const auto& problem : result.problems) {
    INFO(problem.where.path << ":" << problem.where.line << " " << problem.code);
    CHECK(problem.severity != Severity::error);
  }
  return std::move(result.data);
}

}  // namespace help::test
