// SPDX-License-Identifier: MIT
#include "cli/process.hpp"
#include "cli/run.hpp"

int main(int count, char** arguments) {
  help::World world = help::real_world(count, arguments);
  return help::run(world);
}
