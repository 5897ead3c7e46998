// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/files.hpp"

namespace help {

/// Lends a folder that the test keeps to a program that wants one of its own.
class LentFiles final : public Files {
 public:
  explicit LentFiles(Files& files) : files_(files) {}
  [[nodiscard]] FileResult read(std::string_view path, std::string& bytes, std::uint64_t limit) const override {
    return files_.read(path, bytes, limit);
  }
  [[nodiscard]] std::vector<std::string> list(std::string_view folder) const override { return files_.list(folder); }
  [[nodiscard]] std::vector<std::string> folders(std::string_view folder) const override { return files_.folders(folder); }
  [[nodiscard]] FileResult replace(std::string_view path, std::string_view bytes) override { return files_.replace(path, bytes); }
  [[nodiscard]] FileResult lock() override { return files_.lock(); }
  [[nodiscard]] std::string lock_holder() const override { return files_.lock_holder(); }

 private:
  Files& files_;
};

}  // namespace help
