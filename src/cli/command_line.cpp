// SPDX-License-Identifier: MIT
#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <optional>  // CLI11 converts into optional only if it was included before
#include <utility>

#include "diag/characters.hpp"
#include "diag/nearest.hpp"

namespace help {
namespace {

constexpr std::array<std::string_view, 8> common_with_value{"-C", "--today",         "--lang", "--color",
                                                            "-O", "--output-format", "-o",     "--output"};
constexpr const char* common_group = "common";

void add_common(CLI::App& app, const Command* command, CommonOptions& common) {
  const auto add = [&](const char* names, std::string& value, const char* description, const char* type) {
    return app.add_option(names, value, description)->type_name(type)->group(common_group);
  };
  const bool has_folder = command == nullptr || command->needs != Needs::nothing;
  if (has_folder) add("-C", common.folder, later("The records folder (otherwise the nearest one from here upwards)"), later("DIR"));
  add("--today", common.today, later("Take this day for today"), later("DATE"));
  if (command != nullptr && !command->formats.empty()) {
    std::string words;
    for (const std::string_view word : command->formats) words += (words.empty() ? "" : "|") + std::string(word);
    add("-O,--output-format", common.format, later("Form of the result; the first is the usual one"), words.c_str());
    add("-o,--output", common.file, later("Write the result into a file; its ending says the form"), later("FILE"));
  }
  if (command != nullptr && command->writes) {
    app.add_flag("--dry-run", common.dry_run, later("Show what would be written, write nothing"))->group(common_group);
  }
  add("--lang", common.language, later("Language of the messages"), "zh|en");
  add("--color", common.colour, later("Colours; auto: on a terminal"), "auto|always|never");
  if (has_folder) {
    // For comparing, in no help: the two readers, and what a view reads with all that it could read.
    app.add_flag("--slow-reader", common.slow_reader)->group("");
    app.add_flag("--read-all", common.read_all)->group("");
  }
}

/// The words of a type like "TEXT:{a,b}" or "zh|en"; nothing for others.
std::vector<std::string> words_of_type(std::string_view type) {
  const std::size_t open = type.find('{');
  const std::size_t close = type.rfind('}');
  const bool braces = open != std::string_view::npos && close != std::string_view::npos && open < close;
  if (!braces && type.find('|') == std::string_view::npos) return {};
  const std::string_view inner = braces ? type.substr(open + 1, close - open - 1) : type;
  std::vector<std::string> words;
  for (std::size_t at = 0; at <= inner.size();) {
    const std::size_t end = std::min(inner.find(braces ? ',' : '|', at), inner.size());
    words.emplace_back(inner.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

/// The bounds of a type like "INT:INT in [0 - 13]", as "0-13".
std::string range_of_type(std::string_view type) {
  const std::size_t open = type.find('[');
  const std::size_t close = type.find(']');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return {};
  std::string range(type.substr(open + 1, close - open - 1));
  std::erase(range, ' ');
  return range;
}

/// "NUMBER" of a type like "NUMBER:NONNEGATIVE": CLI11 puts the name of its check behind the word.
std::string word_of_type(std::string_view type) { return std::string(type.substr(0, type.find(':'))); }

bool is_whole_number(std::string_view type) { return type.starts_with("INT") || type.starts_with("UINT"); }

std::string name_of(const CLI::Option& option, const Catalogue& words) {
  if (!option.get_lnames().empty()) return "--" + option.get_lnames().front();
  if (!option.get_snames().empty()) return "-" + option.get_snames().front();
  return std::string(words.translate(option.get_name(true)));
}

bool takes_value(const CLI::Option& option) { return option.get_items_expected_max() > 0; }

/// What a value should have been.
Message expected_of(const CLI::Option& option, const Catalogue& words) {
  const std::string type = option.get_type_name();
  const std::vector<std::string> values = words_of_type(type);
  if (!values.empty()) return say("one of {0}", joined_text(values, ", "));
  const std::string range = range_of_type(type);
  if (is_whole_number(type) && !range.empty()) return say("a whole number ({0})", range);
  if (is_whole_number(type)) return say("a whole number");
  return as_data(std::string(words.translate(word_of_type(type))));
}

std::vector<Message> wrong_value(const CLI::Option& option, const std::string& value, const Catalogue& words) {
  std::vector<Message> wrong{say("{0}: expected {1}, not '{2}'", name_of(option, words), expected_of(option, words), value)};
  const std::vector<std::string> values = words_of_type(option.get_type_name());
  const std::vector<std::string_view> views(values.begin(), values.end());
  if (const auto near = nearest(value, views)) wrong.push_back(say("did you mean '{0}'?", *near));
  return wrong;
}

/// CLI11 names the option only inside an English sentence, so the option that fails is found by letting each convert again.
template <typename Error>
std::vector<Message> value_that_fails(CLI::App& app, const Catalogue& words) {
  for (CLI::Option* option : app.get_options()) {
    if (option->count() == 0) continue;
    try {
      option->run_callback();
    } catch (const Error&) {
      return wrong_value(*option, option->results().back(), words);
    } catch (const CLI::ParseError&) {
      continue;
    }
  }
  return {say("an option has a wrong value")};
}

std::vector<Message> missing_value_or_repetition(CLI::App& app, std::span<const std::string> others, const Catalogue& words) {
  for (CLI::Option* option : app.get_options()) {
    if (static_cast<int>(option->count()) > option->get_items_expected_max() && takes_value(*option)) {
      return {say("{0} can be given only once", name_of(*option, words))};
    }
  }
  for (std::size_t i = 0; i < others.size(); ++i) {
    const CLI::Option* option = app.get_option_no_throw(others[i]);
    const bool nothing_follows = i + 1 == others.size() || (others[i + 1].size() > 1 && others[i + 1].starts_with('-'));
    if (option != nullptr && !option->get_positional() && takes_value(*option) && nothing_follows) {
      return {say("{0} needs a value: {1}", name_of(*option, words), expected_of(*option, words))};
    }
  }
  return {say("an option has too few or too many values")};
}

std::vector<Message> missing_option(CLI::App& app, const Catalogue& words) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_required() && option->count() == 0) return {say("{0} is missing", name_of(*option, words))};
  }
  return {say("an option is missing")};
}

std::vector<Message> conflict(CLI::App& app, const Catalogue& words) {
  for (const CLI::Option* option : app.get_options()) {
    for (const CLI::Option* other : option->get_excludes()) {
      if (option->count() > 0 && other->count() > 0)
        return {say("{0} and {1} cannot stand together", name_of(*option, words), name_of(*other, words))};
    }
    for (const CLI::Option* other : option->get_needs()) {
      if (option->count() > 0 && other->count() == 0) return {say("{0} needs {1} too", name_of(*option, words), name_of(*other, words))};
    }
  }
  return {say("these options do not fit together")};
}

/// Words that no option or argument takes; options first, since a mistyped option often leaves its value over too.
std::optional<std::vector<Message>> left_over(CLI::App& app) {
  const std::vector<std::string> rest = app.remaining();
  const auto unknown = std::ranges::find_if(rest, [](const std::string& word) { return word.size() > 1 && word.starts_with('-'); });
  if (unknown != rest.end()) {
    const std::string name = unknown->substr(0, unknown->find('='));
    std::vector<Message> wrong{say("there is no option '{0}'", name)};
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options()) {
      if (option->get_group().empty()) continue;
      for (const std::string& known : option->get_lnames()) names.push_back("--" + known);
    }
    names.emplace_back("--help");
    const std::vector<std::string_view> views(names.begin(), names.end());
    if (const auto near = nearest(name, views)) wrong.push_back(say("did you mean '{0}'?", *near));
    return wrong;
  }
  if (rest.empty()) return std::nullopt;
  return std::vector<Message>{say("'{0}' is one word too many", rest.front())};
}

std::vector<Message> wrong_with(CLI::App& app, std::span<const std::string> others, const Catalogue& words, const CLI::ParseError& error) {
  if (auto rest = left_over(app)) return *rest;
  if (dynamic_cast<const CLI::ConversionError*>(&error) != nullptr) return value_that_fails<CLI::ConversionError>(app, words);
  if (dynamic_cast<const CLI::ValidationError*>(&error) != nullptr) return value_that_fails<CLI::ValidationError>(app, words);
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) return missing_value_or_repetition(app, others, words);
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) return missing_option(app, words);
  if (dynamic_cast<const CLI::ExcludesError*>(&error) != nullptr || dynamic_cast<const CLI::RequiresError*>(&error) != nullptr)
    return conflict(app, words);
  return {say("the command line cannot be read: {0}", error.what())};
}

/// An option that is given with an empty value: mostly a variable that is not set. It must not pass for an option that is left out.
std::optional<std::vector<Message>> empty_value(CLI::App& app, std::span<const std::string> others) {
  for (std::size_t i = 0; i < others.size() && others[i] != "--"; ++i) {
    if (!others[i].starts_with('-')) continue;
    const std::size_t equals = others[i].find('=');
    const std::string name = others[i].substr(0, equals);
    const CLI::Option* option = app.get_option_no_throw(name);
    if (option == nullptr || !takes_value(*option) || (equals == std::string::npos && i + 1 == others.size())) continue;
    const std::string value = equals == std::string::npos ? others[++i] : others[i].substr(equals + 1);
    const std::string_view nothing = option->get_delimiter() == ',' ? "," : "";
    if (value.find_first_not_of(nothing) == std::string::npos) return std::vector<Message>{say("{0}: the value is empty", name)};
  }
  return std::nullopt;
}

}  // namespace

Split split_arguments(std::span<const std::string> arguments) {
  Split split;
  bool only_words = false;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    const bool is_option = !only_words && word.size() > 1 && word.starts_with('-');
    if (!is_option && !split.command) {
      split.command = word;
      continue;
    }
    if (is_option && (word == "-h" || word == "--help")) {
      split.wants_help = true;
      continue;
    }
    split.wants_version = split.wants_version || (is_option && word == "--version" && !split.command);
    only_words = only_words || word == "--";
    split.others.push_back(word);
    // The value of an option before the command is no command.
    const bool value_follows = is_option && !split.command && std::ranges::find(common_with_value, word) != common_with_value.end();
    if (value_follows && i + 1 < arguments.size()) split.others.push_back(arguments[++i]);
  }
  return split;
}

CommandLine parse_command_line(const Command* command, std::span<const std::string> others, const Catalogue& words) {
  CommandLine line;
  CLI::App app;
  app.set_help_flag();  // found before, so that it works beside mistakes
  Action action = command != nullptr ? command->bind(app) : Action();
  add_common(app, command, line.common);
  // Each time one value: `--tag study 王芳` must not take the name for a second tag.
  for (CLI::Option* option : app.get_options()) {
    if (!option->get_positional() && option->get_items_expected_max() > 1) option->allow_extra_args(false);
  }
  if (auto empty = empty_value(app, others)) {
    line.wrong = std::move(*empty);
    return line;
  }
  std::vector<std::string> reversed(others.rbegin(), others.rend());
  try {
    app.parse(reversed);
    line.action = std::move(action);
  } catch (const CLI::ParseError& error) {
    line.wrong = wrong_with(app, others, words, error);
  }
  return line;
}

std::string early_value(std::span<const std::string> others, std::string_view option) {
  std::string value;
  for (std::size_t i = 0; i < others.size() && others[i] != "--"; ++i) {
    if (others[i] == option && i + 1 < others.size()) value = others[i + 1];
    if (others[i].starts_with(std::string(option) + "=")) value = others[i].substr(option.size() + 1);
  }
  return value;
}

std::vector<OptionHelp> options_of(const Command* command) {
  CLI::App app;
  app.set_help_flag();
  CommonOptions common;
  if (command != nullptr) (void)command->bind(app);
  add_common(app, command, common);
  std::vector<OptionHelp> options;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;
    OptionHelp help{.description = option->get_description(), .positional = option->get_positional(), .required = option->get_required()};
    for (const std::string& name : option->get_snames()) help.names += (help.names.empty() ? "-" : ", -") + name;
    for (const std::string& name : option->get_lnames()) help.names += (help.names.empty() ? "--" : ", --") + name;
    const std::string type = option->get_type_name();
    help.words = words_of_type(type);
    if (takes_value(*option)) {
      help.value = !help.words.empty()            ? joined_text(help.words, "|")
                   : !range_of_type(type).empty() ? range_of_type(type)
                   : is_whole_number(type)        ? "N"
                                                  : word_of_type(type);
    }
    if (help.positional) {
      help.names = option->get_name(true);
      if (help.value == "TEXT") help.value.clear();
    }
    help.many = option->get_items_expected_max() > 1;
    help.common = option->get_group() == common_group;
    options.push_back(std::move(help));
  }
  return options;
}

std::optional<Format> format_of_word(std::string_view word) {
  if (word == "text" || word == "txt") return Format::text;
  if (word == "json") return Format::json;
  if (word == "csv") return Format::csv;
  if (word == "xlsx") return Format::xlsx;
  if (word == "markdown" || word == "md") return Format::markdown;
  if (word == "ics") return Format::ics;
  if (word == "short") return Format::short_lines;
  if (word == "github") return Format::github;
  return std::nullopt;
}

bool gives(const Command& command, Format format) {
  return std::ranges::any_of(command.formats, [&](std::string_view word) { return format_of_word(word) == format; });
}

}  // namespace help
