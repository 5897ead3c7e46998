// SPDX-License-Identifier: MIT
#include "diag/diagnostic.hpp"

#include <algorithm>
#include <tuple>

namespace help {

void sort_diagnostics(Diagnostics& diagnostics) {
  // Stable: two problems of one code at one place stay in the order in which they were found.
  std::ranges::stable_sort(diagnostics, [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.where.path, a.where.line, a.where.column, a.code) < std::tie(b.where.path, b.where.line, b.where.column, b.code);
  });
}

bool has_error(const Diagnostics& diagnostics) {
  return std::ranges::any_of(diagnostics, [](const Diagnostic& one) { return one.severity == Severity::error; });
}

}  // namespace help
