// SPDX-License-Identifier: MIT
// Two files of the log of any bytes (parted by a NUL): the fast reader of lines and the slow reader say the same.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "support/log_text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace help;
  using namespace help::tests;
  static const MemoryFiles school = log_school();
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t middle = bytes.find('\0');
  MemoryFiles files = school;
  files.files()["log/2025-11/T012.yaml"] = bytes.substr(0, middle);
  if (middle != std::string::npos) files.files()["log/2025-12/S2.yaml"] = bytes.substr(middle + 1);
  const std::string fast = read_log_text(files, true);
  const std::string slow = read_log_text(files, false);
  if (fast != slow) {
    std::fprintf(stderr, "fast:\n%sslow:\n%s", fast.c_str(), slow.c_str());
    std::abort();
  }
  return 0;
}
