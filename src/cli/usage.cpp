// SPDX-License-Identifier: MIT
#include "cli/usage.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "cli/command_line.hpp"
#include "commands/list.hpp"
#include "render/width.hpp"

namespace help {
namespace {

using Rows = std::vector<std::pair<std::string, std::string>>;

/// Two columns under a heading; the second is broken inside its column.
void append_rows(std::string& out, std::string_view heading, const Rows& rows, const UsageLook& look) {
  if (rows.empty()) return;
  constexpr std::size_t widest_name = 30;
  std::size_t names = 0;
  for (const auto& [name, text] : rows) {
    if (display_width(name) <= widest_name) names = std::max(names, display_width(name));
  }
  const std::size_t indent = 2 + names + 2;
  out += "\n" + std::string(heading) + "\n";
  for (const auto& [name, text] : rows) {
    const auto lines = wrap(text, std::max<std::size_t>(look.width, indent + 20) - indent);
    const bool beside = display_width(name) <= names;
    out += "  " + (beside ? pad_right(name, names) + "  " + lines.front() : name) + "\n";
    for (std::size_t i = beside ? 1 : 0; i < lines.size(); ++i) out += std::string(indent, ' ') + lines[i] + "\n";
  }
}

void append_prose(std::string& out, const std::string& text, const UsageLook& look) {
  for (const std::string& line : wrap(text, look.width)) out += line + "\n";
}

std::string text_of(const Message& message, const UsageLook& look) { return look.catalogue.shown_text(message); }

void append_commands(std::string& out, std::span<const Command* const> commands, const UsageLook& look) {
  bool any_writes = false;
  std::vector<std::string_view> moments;
  for (const Command* command : commands) {
    if (std::ranges::find(moments, command->moment) == moments.end()) moments.emplace_back(command->moment);
    any_writes = any_writes || command->writes;
  }
  std::size_t names = 0;
  for (const Command* command : commands) names = std::max(names, command->name.size() + 2);
  for (const std::string_view moment : moments) {
    Rows rows;
    for (const Command* command : commands) {
      if (command->moment != moment) continue;
      // Padded here, so that all moments share one column.
      rows.emplace_back(pad_right(std::string(command->name) + (command->writes ? " *" : ""), names),
                        look.catalogue.translate(command->summary));
    }
    append_rows(out, look.catalogue.translate(moment), rows, look);
  }
  if (any_writes) out += "\n" + text_of(say("* can write files; every other command only reads"), look) + "\n";
}

std::string value_text(const OptionHelp& option, const UsageLook& look) {
  if (option.value.empty()) return {};
  return option.value == "TEXT" ? std::string(look.catalogue.translate(later("TEXT")))
                                : std::string(look.catalogue.translate(option.value));
}

/// Words like "a|b|c" as "a | b | c", so that a line can end between them.
std::string spaced(std::string_view words) {
  std::string out;
  for (const char letter : words) out += letter == '|' ? std::string(" | ") : std::string(1, letter);
  return out;
}

Rows rows_of(const std::vector<OptionHelp>& options, bool positional, bool common, const UsageLook& look) {
  Rows rows;
  for (const OptionHelp& option : options) {
    if (option.positional != positional || option.common != common) continue;
    std::string left = option.names;
    if (positional) left = std::string(look.catalogue.translate(option.names));
    const std::string value = value_text(option, look);
    std::string right(look.catalogue.translate(option.description));
    // Many values would make the left column wider than the screen.
    if ((positional && !option.words.empty()) || display_width(value) > 20) {
      right = text_of(say("{0}: {1}", right, spaced(value)), look);
    } else if (!value.empty() && !positional) {
      left += " " + value;
    }
    rows.emplace_back(std::move(left), std::move(right));
  }
  if (common) rows.emplace_back("-h, --help", look.catalogue.translate(later("Show this help")));
  return rows;
}

/// Up to three commands to go on with, of those that there are.
Rows next_steps(std::span<const Command* const> commands, bool in_folder, const UsageLook& look) {
  using Step = std::pair<std::string_view, const char*>;
  static constexpr std::array inside{
      Step{"check", later("are the records in order?")}, Step{"identify", later("who needs support, and why")},
      Step{"import", later("bring in a roster or marks")}, Step{"schema", later("the keys of each kind of file")}};
  static constexpr std::array outside{Step{"init", later("make a records folder")},
                                      Step{"shell-init", later("make `help` work in your shell")},
                                      Step{"schema", later("the keys of each kind of file")}};
  Rows rows;
  const std::span<const Step> steps = in_folder ? std::span<const Step>(inside) : std::span<const Step>(outside);
  for (const auto& [name, text] : steps) {
    if (rows.size() < 3 && find_command(commands, name) != nullptr) {
      rows.emplace_back(std::string(look.program) + " " + std::string(name), look.catalogue.translate(text));
    }
  }
  if (rows.size() < 3) rows.emplace_back(std::string(look.program) + " --help", look.catalogue.translate(later("all options")));
  return rows;
}

std::string opening(const UsageLook& look) {
  return text_of(say("See which students struggle, give each a person who cares, and make sure that the care happens."), look);
}

}  // namespace

std::string home_screen(std::span<const Command* const> commands, bool in_folder, const UsageLook& look) {
  std::string out;
  append_prose(out, opening(look), look);
  append_commands(out, commands, look);
  if (!in_folder) out += "\n" + text_of(say("There is no records folder (help.yaml) here or above."), look) + "\n";
  append_rows(out, look.catalogue.translate(later("Next")), next_steps(commands, in_folder, look), look);
  return out;
}

std::string help_of_all(std::span<const Command* const> commands, const UsageLook& look) {
  std::string out = text_of(say("usage: {0} [options] COMMAND [options]", look.program), look) + "\n\n";
  append_prose(out, opening(look), look);
  append_commands(out, commands, look);
  Rows rows = rows_of(options_of(nullptr), false, true, look);
  rows.emplace_back("--version", look.catalogue.translate(later("Show the version")));
  append_rows(out, look.catalogue.translate(later("Options of every command")), rows, look);
  append_rows(out, look.catalogue.translate(later("Exit status")),
              {{"0", std::string(look.catalogue.translate(later("done")))},
               {"1", std::string(look.catalogue.translate(later("something was found (check)")))},
               {"2", std::string(look.catalogue.translate(later("wrong usage, or data that could not be read")))},
               {"3", std::string(look.catalogue.translate(later("refused to write; nothing was lost")))},
               {"4", std::string(look.catalogue.translate(later("written, but not confirmed by the disk")))},
               {"130", std::string(look.catalogue.translate(later("interrupted")))}},
              look);
  out += '\n';
  append_prose(out, text_of(say("'{0} COMMAND --help' says more about one command.", look.program), look), look);
  append_prose(out, text_of(say("In scripts, hooks and timetables write helpctl: in some shells 'help' is the shell's own command."), look),
               look);
  return out;
}

std::string help_of(const Command& command, const UsageLook& look) {
  const std::vector<OptionHelp> options = options_of(&command);
  std::string positionals;
  for (const OptionHelp& option : options) {
    if (!option.positional) continue;
    const std::string name = std::string(look.catalogue.translate(option.names)) + (option.many ? "..." : "");
    positionals += option.required ? " " + name : " [" + name + "]";
  }
  std::string out = text_of(say("usage: {0} {1} [options]{2}", look.program, command.name, positionals), look) + "\n\n";
  append_prose(out, std::string(look.catalogue.translate(command.summary)), look);
  append_rows(out, look.catalogue.translate(later("Arguments")), rows_of(options, true, false, look), look);
  append_rows(out, look.catalogue.translate(later("Options")), rows_of(options, false, false, look), look);
  append_rows(out, look.catalogue.translate(later("Options of every command")), rows_of(options, false, true, look), look);
  return out;
}

}  // namespace help
