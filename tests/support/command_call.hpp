// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/run.hpp"
#include "support/lent_files.hpp"
#include "support/memory_files.hpp"

namespace help::test {

/// Calls of one command, in English, on a folder in memory that stays between them.
struct CommandCall {
  std::string command;
  std::string me;  ///< HELP_STAFF
  std::string today;
  MemoryFiles files;
  std::string out = {};                         ///< of the last call
  std::string err = {};                         ///< of the last call
  std::vector<std::string> edited = {};         ///< what the editor leaves, the last one first; no editor once it is empty
  std::vector<std::string> edited_before = {};  ///< what it was given

  /// The status of the program.
  int run(std::vector<std::string> words) { return run_with(std::move(words), {}, false); }
  /// As on a terminal on which `lines` are typed; then the input ends.
  int type(std::vector<std::string> words, std::vector<std::string> lines) {
    std::ranges::reverse(lines);
    return run_with(std::move(words), std::move(lines), true);
  }

 private:
  static std::optional<std::string> last_of(std::vector<std::string>& texts) {
    if (texts.empty()) return std::nullopt;
    std::optional<std::string> text(std::move(texts.back()));
    texts.pop_back();
    return text;
  }

  int run_with(std::vector<std::string> words, std::vector<std::string> typed, bool terminal) {
    MemoryFiles outside;
    World world;
    world.arguments = {"help", command};
    world.arguments.insert(world.arguments.end(), words.begin(), words.end());
    world.environment = [this](const char* name) {
      return std::string(name) == "HELP_STAFF" ? me : std::string(name) == "HELP_LANG" ? "en" : "";
    };
    world.out = [this](std::string_view text) {
      out += text;
      return Printed::done;
    };
    world.err = [this](std::string_view text) {
      err += text;
      return Printed::done;
    };
    world.current_folder = "/school";
    world.today = [this] { return *parse_date(today); };
    world.in_is_terminal = terminal;
    world.err_is_terminal = terminal;
    world.read_line = [&typed] { return last_of(typed); };
    world.edit = [this](const std::string& before) {
      if (!edited.empty()) edited_before.push_back(before);
      return last_of(edited);
    };
    world.random = [] { return std::uint64_t{0x123456789ABCDEF0}; };
    world.open_folder = [this](const std::string&, bool, FileResult& result) {
      result = FileResult::done;
      return std::make_unique<LentFiles>(files);
    };
    world.outside = std::make_unique<LentFiles>(outside);
    out.clear();
    err.clear();
    return help::run(world);
  }
};

}  // namespace help::test
