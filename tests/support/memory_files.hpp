// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "store/files.hpp"

namespace help {

/// A folder in memory: the test's twin of the disk. Remembers what is written, and can be told to fail.
class MemoryFiles final : public Files {
 public:
  MemoryFiles() = default;
  explicit MemoryFiles(std::map<std::string, std::string, std::less<>> files) : files_(std::move(files)) {}

  std::map<std::string, std::string, std::less<>>& files() { return files_; }
  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& files() const { return files_; }
  /// The paths in the order in which they were written.
  [[nodiscard]] const std::vector<std::string>& written() const { return written_; }

  /// The nth call of `read` or `replace` from now (from 1) gives `result` and does nothing, but for `unconfirmed`, which does its work.
  void fail(int nth, FileResult result) {
    fail_in_ = nth;
    fail_with_ = result;
  }
  /// Every `replace` gives `result`; `unconfirmed` does its work all the same.
  void fail_writing(FileResult result) { writing_ = result; }
  /// Every `read` of this path gives `result`; the path is listed.
  void refuse(std::string path, FileResult result) {
    files_[path];
    refused_[std::move(path)] = result;
  }
  /// The paths in the order in which they were asked for.
  [[nodiscard]] const std::vector<std::string>& reads() const { return reads_; }
  /// `lock` gives busy, in the name of this process.
  void be_locked_by(std::string process) { holder_ = std::move(process); }

  [[nodiscard]] FileResult read(std::string_view path, std::string& bytes, std::uint64_t limit) const override {
    bytes.clear();
    reads_.emplace_back(path);
    if (is_failing()) return fail_with_;
    if (path.starts_with("../") || path.starts_with('/') || path.find("/../") != std::string_view::npos) return FileResult::outside;
    if (const auto refused = refused_.find(path); refused != refused_.end()) return refused->second;
    const auto found = files_.find(path);
    if (found == files_.end()) return FileResult::missing;
    if (found->second.size() > limit) return FileResult::too_large;
    bytes = found->second;
    return FileResult::done;
  }

  [[nodiscard]] std::vector<std::string> list(std::string_view folder) const override {
    const std::string begin = folder.empty() ? "" : std::string(folder) + "/";
    std::vector<std::string> names;
    for (const auto& [path, bytes] : files_) {
      if (!path.starts_with(begin)) continue;
      const std::string name = path.substr(begin.size());
      if (!name.starts_with('.') && name.find('/') == std::string::npos) names.push_back(name);
    }
    return names;
  }

  [[nodiscard]] std::vector<std::string> folders(std::string_view folder) const override {
    const std::string begin = folder.empty() ? "" : std::string(folder) + "/";
    std::vector<std::string> names;
    for (const auto& [path, bytes] : files_) {
      const std::size_t slash = path.find('/', begin.size());
      if (!path.starts_with(begin) || slash == std::string::npos || path[begin.size()] == '.') continue;
      const std::string name = path.substr(begin.size(), slash - begin.size());
      if (names.empty() || names.back() != name) names.push_back(name);
    }
    return names;
  }

  [[nodiscard]] FileResult replace(std::string_view path, std::string_view bytes) override {
    const FileResult result = is_failing() ? fail_with_ : writing_;
    if (result != FileResult::done && result != FileResult::unconfirmed) return result;
    files_[std::string(path)] = std::string(bytes);
    written_.emplace_back(path);
    return result;
  }

  [[nodiscard]] FileResult lock() override { return holder_.empty() ? FileResult::done : FileResult::busy; }
  [[nodiscard]] std::string lock_holder() const override { return holder_; }

 private:
  bool is_failing() const { return fail_in_ > 0 && --fail_in_ == 0; }

  std::map<std::string, std::string, std::less<>> files_;
  std::map<std::string, FileResult, std::less<>> refused_;
  std::vector<std::string> written_;
  mutable std::vector<std::string> reads_;
  FileResult writing_ = FileResult::done;
  mutable int fail_in_ = 0;
  FileResult fail_with_ = FileResult::failed;
  std::string holder_;
};

}  // namespace help
