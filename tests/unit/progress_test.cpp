// SPDX-License-Identifier: MIT
#include "cli/progress.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

using namespace help;

TEST_CASE("what is done at once is not spoken of") {
  std::string shown;
  {
    const Progress progress([&](std::string_view text) { shown += text; }, "reading …", std::chrono::minutes(1));
  }
  CHECK(shown.empty());
}

TEST_CASE("what takes long is named once, and the line is taken away when it is done") {
  std::string shown;
  std::atomic<bool> spoke = false;
  {
    const Progress progress(
        [&](std::string_view text) {
          shown += text;
          spoke = true;
        },
        "reading …", std::chrono::milliseconds(1));
    while (!spoke) std::this_thread::yield();
  }
  CHECK(shown == "reading …\r\x1B[K");
}
