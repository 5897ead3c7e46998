// SPDX-License-Identifier: MIT
#include <CLI/CLI.hpp>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "commands/command.hpp"
#include "commands/list.hpp"

namespace help {
namespace {

// In each text, @words@ becomes the names of our commands, separated as the shell wants them.
// The rule is the same everywhere: nothing, an option with two dashes or one of our commands goes to helpctl; what the shell itself can
// explain stays with the shell; what neither knows goes to helpctl, which says what was probably meant.

constexpr std::string_view for_bash = R"sh(# helpctl: `help` runs our commands; bash's own help stays for the rest (help cd).
# Put into ~/.bashrc:  eval "$(helpctl shell-init bash)"
help() {
  case ${1-} in
    '' | --* | -C | -O | -o | -h | @words@) command helpctl "$@" ;;
    *) builtin help "$@" 2>/dev/null || command helpctl "$@" ;;
  esac
}
_helpctl_words() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("$line")
  done < <(command helpctl __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if ((COMP_CWORD == 1 && ${#COMPREPLY[@]} == 0)) && [[ ${COMP_WORDS[0]} == help ]]; then
    COMPREPLY=($(compgen -A helptopic -- "${COMP_WORDS[1]}"))
  fi
}
complete -o bashdefault -o default -F _helpctl_words help helpctl
)sh";

constexpr std::string_view for_zsh =
    R"sh(# helpctl: `help` runs our commands; an earlier alias `help`, else run-help, stays for the rest (help cd).
# Put into ~/.zshrc:  eval "$(helpctl shell-init zsh)"
if (( ${+aliases[help]} )); then
  typeset -g _helpctl_earlier=${aliases[help]}
  unalias help
fi
function help {
  case ${1-} in
    '' | --* | -C | -O | -o | -h | @words@) command helpctl "$@" ;;
    *)
      if [[ -n ${_helpctl_earlier-} ]]; then
        ${=_helpctl_earlier} "$@"
      elif (( ${+builtins[$1]} || ${reswords[(Ie)$1]} )); then
        ( unalias run-help 2>/dev/null; autoload -Uz run-help; 'run-help' "$@" )
      else
        command helpctl "$@"
      fi ;;
  esac
}
function _helpctl_words {
  local -a found
  found=(${(f)"$(command helpctl __complete "${(@)words[2,CURRENT]}" 2>/dev/null)"})
  if (( ${#found} )); then
    compadd -- $found
  else
    _files
  fi
}
if (( ${+functions[compdef]} )); then
  compdef _helpctl_words help helpctl
fi
)sh";

constexpr std::string_view for_fish = R"sh(# helpctl: `help` runs our commands; fish's own help stays for the rest (help cd).
# Put into ~/.config/fish/config.fish:  helpctl shell-init fish | source
if not functions -q __helpctl_fish_help
    functions -q help; and functions -c help __helpctl_fish_help
end
function help --description 'helpctl, or the help of fish'
    if test (count $argv) -eq 0; or string match -q -- '--*' $argv[1]; or contains -- $argv[1] -C -O -o -h @words@
        command helpctl $argv
    else if functions -q __helpctl_fish_help
        __helpctl_fish_help $argv 2>/dev/null; or command helpctl $argv
    else
        command helpctl $argv
    end
end
function __helpctl_words
    set -l typed (commandline -opc) (commandline -ct)
    command helpctl __complete $typed[2..-1] 2>/dev/null
end
complete -c help -e
complete -c helpctl -a '(__helpctl_words)'
complete -c help -w helpctl
)sh";

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> shells{{{"bash", for_bash}, {"zsh", for_zsh}, {"fish", for_fish}}};

std::string snippet(std::string_view shell, std::string_view text) {
  std::string words;
  for (const Command* command : all_commands()) {
    if (!words.empty()) words += shell == "fish" ? " " : " | ";
    words += command->name;
  }
  constexpr std::string_view mark = "@words@";
  std::string out(text);
  const std::size_t at = out.find(mark);
  if (at != std::string::npos) out.replace(at, mark.size(), words);
  return out;
}

Action bind_shell_init(CLI::App& app) {
  const auto wanted = std::make_shared<std::string>();
  std::vector<std::string> names;
  for (const auto& [name, text] : shells) names.emplace_back(name);
  app.add_option(later("SHELL"), *wanted, later("Which shell"))->required()->check(CLI::IsMember(names));
  return [wanted](const Context&) {
    Answer answer;
    for (const auto& [name, text] : shells) {
      if (name == *wanted) answer.raw = snippet(name, text);
    }
    return answer;
  };
}

}  // namespace

extern const Command shell_init_command;
const Command shell_init_command{.name = "shell-init",
                                 .summary = later("Print what makes `help` and completion work in a shell"),
                                 .moment = later("Data and settings"),
                                 .needs = Needs::nothing,
                                 .bind = bind_shell_init};

}  // namespace help
