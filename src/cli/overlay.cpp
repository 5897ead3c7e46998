// SPDX-License-Identifier: MIT
#include "cli/overlay.hpp"

#include <algorithm>

namespace help {

FileResult Overlay::read(std::string_view path, std::string& bytes, std::uint64_t limit) const {
  const auto found = changed_.find(path);
  if (found == changed_.end()) {
    if (base_ != nullptr) return base_->read(path, bytes, limit);
    bytes.clear();
    return FileResult::missing;
  }
  const bool fits = found->second.size() <= limit;
  bytes = fits ? found->second : std::string();
  return fits ? FileResult::done : FileResult::too_large;
}

std::vector<std::string> Overlay::list(std::string_view folder) const {
  std::vector<std::string> names = base_ != nullptr ? base_->list(folder) : std::vector<std::string>();
  const std::string begin = folder.empty() ? "" : std::string(folder) + "/";
  for (const auto& [path, bytes] : changed_) {
    if (!path.starts_with(begin)) continue;
    const std::string name = path.substr(begin.size());
    if (!name.starts_with('.') && name.find('/') == std::string::npos) names.push_back(name);
  }
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::vector<std::string> Overlay::folders(std::string_view folder) const {
  std::vector<std::string> names = base_ != nullptr ? base_->folders(folder) : std::vector<std::string>();
  const std::string begin = folder.empty() ? "" : std::string(folder) + "/";
  for (const auto& [path, bytes] : changed_) {
    const std::size_t slash = path.find('/', begin.size());
    if (path.starts_with(begin) && slash != std::string::npos && path[begin.size()] != '.') {
      names.push_back(path.substr(begin.size(), slash - begin.size()));
    }
  }
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

FileResult Overlay::replace(std::string_view path, std::string_view bytes) {
  changed_[std::string(path)] = std::string(bytes);
  return FileResult::done;
}

FileResult Overlay::state_of_folder(std::string_view folder) const {
  const FileResult below = base_ != nullptr ? base_->state_of_folder(folder) : FileResult::missing;
  return below == FileResult::missing && (!list(folder).empty() || !folders(folder).empty()) ? FileResult::done : below;
}

}  // namespace help
