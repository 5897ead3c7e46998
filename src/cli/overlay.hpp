// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "store/files.hpp"

namespace help {

/// A folder as it would be after changes that are not made yet.
class Overlay final : public Files {
 public:
  /// `base` may be null: a folder that is not there yet.
  explicit Overlay(const Files* base) : base_(base) {}

  [[nodiscard]] FileResult read(std::string_view path, std::string& bytes, std::uint64_t limit) const override;
  [[nodiscard]] std::vector<std::string> list(std::string_view folder) const override;
  [[nodiscard]] std::vector<std::string> folders(std::string_view folder) const override;
  [[nodiscard]] FileResult replace(std::string_view path, std::string_view bytes) override;
  [[nodiscard]] FileResult state_of_folder(std::string_view folder) const override;

 private:
  const Files* base_;
  std::map<std::string, std::string, std::less<>> changed_;
};

}  // namespace help
