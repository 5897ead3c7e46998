// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "commands/command.hpp"
#include "diag/message.hpp"
#include "render/catalogue.hpp"

namespace help {

/// The options that every command understands, as typed.
struct CommonOptions {
  std::string folder = {};  ///< -C
  std::string today = {};
  std::string language = {};
  std::string colour = {};
  std::string format = {};
  std::string file = {};  ///< -o
  bool dry_run = false;
  bool slow_reader = false;
  bool read_all = false;
};

/// The arguments, divided before any option is looked at.
struct Split {
  std::optional<std::string> command = {};  ///< the first word that is no option
  std::vector<std::string> others = {};     ///< all but the program's name and the command, in order
  bool wants_help = false;                  ///< -h or --help stands somewhere before `--`
  bool wants_version = false;
};
[[nodiscard]] Split split_arguments(std::span<const std::string> arguments);

/// A command line that was read, or what is wrong with it.
struct CommandLine {
  CommonOptions common = {};
  Action action = {};               ///< null where there is no command, or an error
  std::vector<Message> wrong = {};  ///< not empty: the first says what is wrong, the others help
};

/// Reads the options of `command` (null: only the common ones). `words` gives the names of arguments, for what is wrong with them.
[[nodiscard]] CommandLine parse_command_line(const Command* command, std::span<const std::string> others, const Catalogue& words);

/// The value of a common option as far as it can be seen before parsing (--lang is needed to say what is wrong); empty: none.
[[nodiscard]] std::string early_value(std::span<const std::string> others, std::string_view option);

/// One option, or positional argument, as --help shows it.
struct OptionHelp {
  std::string names;        ///< "-o, --output"; of a positional argument its name
  std::string value;        ///< what follows: "FILE", "text|json"; empty: nothing
  std::string description;  ///< an id of the catalogue
  bool positional = false;
  bool required = false;
  bool many = false;
  bool common = false;                  ///< every command has it
  std::vector<std::string> words = {};  ///< the values that it takes, if they can be counted
};
[[nodiscard]] std::vector<OptionHelp> options_of(const Command* command);

/// The word of a format as -O takes it ("markdown" and "md" are one).
[[nodiscard]] std::optional<Format> format_of_word(std::string_view word);
/// Whether a command gives a format.
[[nodiscard]] bool gives(const Command& command, Format format);

}  // namespace help
