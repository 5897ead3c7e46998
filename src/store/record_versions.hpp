// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

namespace help {

/// A line of an append-only file, as far as it corrects others.
struct RecordLinks {
  std::string id;
  std::vector<std::string> fixes = {};  ///< ids of what it replaces
  std::vector<std::string> voids = {};  ///< ids of what it withdraws
};

/// Every version of a record: what it replaces, and what replaces that.
[[nodiscard]] std::set<std::string> versions_of(std::span<const RecordLinks> lines, const std::string& id);

/// Those of the versions that no other replaces, in the order of the file.
[[nodiscard]] std::vector<std::string> latest_of(std::span<const RecordLinks> lines, const std::set<std::string>& versions);

/// The first line that withdraws one of the versions; null if none does.
[[nodiscard]] const RecordLinks* withdrawal_of(std::span<const RecordLinks> lines, const std::set<std::string>& versions);

/// For each line whether it is in force: it withdraws nothing, nothing replaces it, and no version of it is withdrawn.
[[nodiscard]] std::vector<bool> in_force(std::span<const RecordLinks> lines);

}  // namespace help
