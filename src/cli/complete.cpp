// SPDX-License-Identifier: MIT
#include "cli/complete.hpp"

#include <algorithm>

#include "cli/command_line.hpp"
#include "commands/list.hpp"

namespace help {
namespace {

/// Whether `name` is one of "-o, --output".
bool is_named(const OptionHelp& option, std::string_view name) {
  if (option.positional) return false;
  for (std::size_t at = 0; at < option.names.size();) {
    const std::size_t end = std::min(option.names.find(", ", at), option.names.size());
    if (option.names.compare(at, end - at, name) == 0) return true;
    at = end + 2;
  }
  return false;
}

std::vector<std::string> long_names(const std::vector<OptionHelp>& options) {
  std::vector<std::string> names;
  for (const OptionHelp& option : options) {
    if (option.positional) continue;
    const std::size_t begin = option.names.rfind(", ");
    names.push_back(begin == std::string::npos ? option.names : option.names.substr(begin + 2));
  }
  names.emplace_back("--help");
  return names;
}

std::vector<std::string> candidates(std::span<const Command* const> commands, std::span<const std::string> words) {
  std::vector<std::string> arguments{"help"};
  arguments.insert(arguments.end(), words.begin(), words.end() - 1);
  const Split split = split_arguments(arguments);
  const Command* command = split.command ? find_command(commands, *split.command) : nullptr;
  const std::vector<OptionHelp> options = options_of(command);
  const std::string before = words.size() > 1 ? words[words.size() - 2] : "";
  const auto asking = std::ranges::find_if(options, [&](const OptionHelp& option) { return is_named(option, before); });
  if (asking != options.end() && !asking->value.empty()) return asking->words;
  if (words.back().starts_with('-')) return long_names(options);
  std::vector<std::string> found;
  if (!split.command) {
    for (const Command* each : commands) found.emplace_back(each->name);
    return found;
  }
  for (const OptionHelp& option : options) {
    if (option.positional) found.insert(found.end(), option.words.begin(), option.words.end());
  }
  return found;
}

}  // namespace

std::vector<std::string> completions(std::span<const Command* const> commands, std::span<const std::string> words) {
  if (words.empty()) return {};
  std::vector<std::string> found = candidates(commands, words);
  std::erase_if(found, [&](const std::string& word) { return !word.starts_with(words.back()); });
  return found;
}

}  // namespace help
