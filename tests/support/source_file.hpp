// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace help::test {

/// The folder of the project.
inline const std::filesystem::path sources(HELP_SOURCE_FOLDER);

/// A whole file; the test fails where it cannot be read.
inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file, path.string(), " cannot be read");
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace help::test
