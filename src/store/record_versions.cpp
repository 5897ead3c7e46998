// SPDX-License-Identifier: MIT
#include "store/record_versions.hpp"

#include <algorithm>

namespace help {
namespace {

bool shares(const std::vector<std::string>& some, const std::set<std::string>& all) {
  return std::ranges::any_of(some, [&](const std::string& one) { return all.contains(one); });
}

}  // namespace

std::set<std::string> versions_of(std::span<const RecordLinks> lines, const std::string& id) {
  std::set<std::string> versions{id};
  for (std::size_t before = 0; before != versions.size();) {
    before = versions.size();
    for (const RecordLinks& line : lines) {
      if (line.fixes.empty() || (!versions.contains(line.id) && !shares(line.fixes, versions))) continue;
      versions.insert(line.id);
      versions.insert(line.fixes.begin(), line.fixes.end());
    }
  }
  return versions;
}

std::vector<std::string> latest_of(std::span<const RecordLinks> lines, const std::set<std::string>& versions) {
  std::set<std::string> replaced;
  for (const RecordLinks& line : lines) {
    if (versions.contains(line.id)) replaced.insert(line.fixes.begin(), line.fixes.end());
  }
  std::vector<std::string> latest;
  for (const RecordLinks& line : lines) {
    if (versions.contains(line.id) && !replaced.contains(line.id)) latest.push_back(line.id);
  }
  return latest;
}

const RecordLinks* withdrawal_of(std::span<const RecordLinks> lines, const std::set<std::string>& versions) {
  const auto found = std::ranges::find_if(lines, [&](const RecordLinks& line) { return shares(line.voids, versions); });
  return found == lines.end() ? nullptr : &*found;
}

std::vector<bool> in_force(std::span<const RecordLinks> lines) {
  std::vector<bool> are(lines.size(), false);
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (!lines[at].voids.empty()) continue;
    const std::set<std::string> versions = versions_of(lines, lines[at].id);
    const std::vector<std::string> latest = latest_of(lines, versions);
    are[at] = std::ranges::find(latest, lines[at].id) != latest.end() && withdrawal_of(lines, versions) == nullptr;
  }
  return are;
}

}  // namespace help
