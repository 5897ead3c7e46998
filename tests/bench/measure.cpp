// SPDX-License-Identifier: MIT
// Runs commands in turn and prints what each cost. A small static program, because a child's peak memory counts from that of its parent.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

namespace {

struct Cost {
  long cpu = 0;   ///< microseconds, user and system
  long wall = 0;  ///< microseconds
  long peak = 0;  ///< KiB
};

struct Command {
  std::string name;
  std::vector<std::string> arguments;
  std::vector<Cost> costs;
  int status = 0;  ///< of the last run
};

/// Lines of standard input: name and arguments, parted by tabs.
std::vector<Command> commands_of_input() {
  std::vector<Command> commands;
  for (std::string line; std::getline(std::cin, line);) {
    Command command;
    for (std::size_t at = 0; at <= line.size();) {
      const auto end = std::min(line.find('\t', at), line.size());
      command.arguments.push_back(line.substr(at, end - at));
      at = end + 1;
    }
    command.name = command.arguments.front();
    command.arguments.erase(command.arguments.begin());
    if (!command.arguments.empty()) commands.push_back(command);
  }
  return commands;
}

[[noreturn]] void become(Command& command) {
  const int nothing = open("/dev/null", O_RDWR);
  dup2(nothing, STDIN_FILENO);
  dup2(nothing, STDOUT_FILENO);
  std::vector<char*> arguments;
  for (auto& argument : command.arguments) arguments.push_back(argument.data());
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  std::perror(arguments[0]);
  _exit(127);
}

long microseconds(const timeval& time) { return time.tv_sec * 1'000'000L + time.tv_usec; }

void run(Command& command) {
  const auto began = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) become(command);
  rusage used = {};
  int status = 0;
  if (child < 0 || wait4(child, &status, 0, &used) != child) {
    std::perror("measure");
    std::exit(2);
  }
  const auto wall = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
  command.costs.push_back({microseconds(used.ru_utime) + microseconds(used.ru_stime), static_cast<long>(wall.count()), used.ru_maxrss});
  command.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

long median(const Command& command, long Cost::*part) {
  std::vector<long> values;
  for (const auto& cost : command.costs) values.push_back(cost.*part);
  std::ranges::sort(values);
  return values[values.size() / 2];
}

}  // namespace

int main(int count, char** arguments) {
  const int rounds = count == 2 ? std::atoi(arguments[1]) : 0;  // NOLINT(cert-err34-c): 0 is refused below
  auto commands = commands_of_input();
  if (rounds < 1 || commands.empty()) {
    std::fputs(
        "usage: measure ROUNDS < lines of NAME<tab>PROGRAM<tab>ARGUMENT…\nprints NAME, median CPU and wall microseconds, peak KiB, exit "
        "status\n",
        stderr);
    return 2;
  }
  for (int round = 0; round < rounds; ++round) {
    for (auto& command : commands) run(command);
  }
  for (const auto& command : commands) {
    const auto peak = std::ranges::max(command.costs, {}, &Cost::peak).peak;
    std::cout << command.name << '\t' << median(command, &Cost::cpu) << '\t' << median(command, &Cost::wall) << '\t' << peak << '\t'
              << command.status << '\n';
  }
}
