// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "diag/diagnostic.hpp"
#include "model/dataset.hpp"
#include "model/policy_shape.hpp"
#include "store/files.hpp"

namespace help {

/// Which parts of a folder a command reads. The roster, help.yaml and the policy are always read.
struct Parts {
  bool grades = false;
  bool counts = false;
  bool events = false;
  bool lists = false;
  bool pairs = false;

  static constexpr Parts all() { return {true, true, true, true, true}; }
};

struct Loaded {
  Dataset data;          ///< keeps Dataset's promises only while `problems` has no error
  Diagnostics problems;  ///< sorted
};

struct LoadOptions {
  Parts parts = Parts::all();
  bool use_fast_path = true;  ///< false: every byte goes through yaml-cpp (the hidden switch --slow-reader)
};

/// Reads a records folder: every problem of every file at once, never a throw.
[[nodiscard]] Loaded load(const Files& files, std::span<const RuleShape> kinds, const LoadOptions& options);

}  // namespace help
