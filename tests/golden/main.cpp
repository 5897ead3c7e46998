// SPDX-License-Identifier: MIT
// golden_tests REPOSITORY FILE.test: runs the cases of the file. With UPDATE_GOLDEN=1 it writes what comes out into the file instead.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "support/golden.hpp"

int main(int count, char** arguments) {
  if (count != 3) {
    std::fputs("usage: golden_tests REPOSITORY FILE.test\n", stderr);
    return 2;
  }
  std::ifstream file(arguments[2], std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) {
    std::fprintf(stderr, "%s cannot be read\n", arguments[2]);
    return 2;
  }
  const help::GoldenResult result = help::run_golden(text.str(), arguments[1]);
  const char* update = std::getenv("UPDATE_GOLDEN");
  if (update != nullptr && std::string_view(update) == "1") {
    std::ofstream(arguments[2], std::ios::binary) << result.rewritten;
    return 0;
  }
  std::fputs(result.problems.c_str(), stdout);
  std::printf("%d cases%s\n", result.cases, result.problems.empty() ? ", all as expected" : "");
  return result.problems.empty() && result.cases > 0 ? 0 : 1;
}
