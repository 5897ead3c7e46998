#!/bin/sh
# SPDX-License-Identifier: MIT
# The program in real shells: what `helpctl shell-init` prints, completion, and the names of the commands against bash's own help.
# usage: shells_test.sh PROGRAM
set -u
program=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin" "$scratch/home"
ln -s "$program" "$scratch/bin/helpctl"
PATH=$scratch/bin:$PATH
HOME=$scratch/home
HELP_LANG=en
XDG_CONFIG_HOME=$HOME/.config
export PATH HOME HELP_LANG XDG_CONFIG_HOME
unset HELP_DIR
cd "$HOME" || exit 1

failed=0
ran=0
# expect WHAT WANTED ACTUAL: WANTED is a pattern of the shell.
expect() {
  ran=$((ran + 1))
  # shellcheck disable=SC2254
  case $3 in
    $2) ;;
    *)
      failed=$((failed + 1))
      printf 'FAILED: %s\n  wanted: %s\n  actual: %s\n' "$1" "$2" "$3"
      ;;
  esac
}
have() {
  command -v "$1" >/dev/null && return 0
  echo "skipped: $1 is not installed"
  return 1
}

if have bash; then
  in_bash() { bash --norc --noprofile -euc "eval \"\$(helpctl shell-init bash)\"; $1" 2>&1; }
  expect 'bash: help COMMAND is ours' 'kind of file *' "$(in_bash 'help schema' | head -n 1)"
  expect 'bash: an option is ours' 'help [0-9]*' "$(in_bash 'help --version')"
  expect 'bash: without arguments it is ours' '*Next*' "$(in_bash 'help')"
  expect 'bash: help cd stays the help of bash' 'cd: cd *' "$(in_bash 'help cd' | head -n 1)"
  expect 'bash: help -s cd stays the help of bash' 'cd: cd *' "$(in_bash 'help -s cd' | head -n 1)"
  expect 'bash: what nobody knows is answered by us' "*there is no command 'chekc'*did you mean 'check'*" "$(in_bash 'help chekc' | tr '\n' ' ')"
  expect 'bash: the status comes through' '2' "$(in_bash 'help shell-init nosuch >/dev/null 2>&1 || echo $?')"
  expect 'bash: twice is no harm' 'help [0-9]*' "$(in_bash 'eval "$(helpctl shell-init bash)"; help --version')"
  completed() {
    in_bash "COMP_WORDS=($1); COMP_CWORD=$2; _helpctl_words; printf '%s,' \"\${COMPREPLY[@]}\""
  }
  expect 'bash completes commands' 'schema,' "$(completed 'helpctl sch' 1)"
  expect 'bash completes values' 'bash,zsh,fish,' "$(completed "helpctl shell-init ''" 2)"
  expect 'bash completes its own topics too' '*pushd,*' "$(completed 'help push' 1)"
  # bash looks a word up by its beginning, and says "done" for what it knows: such a word would be taken from us in every script.
  for name in $(helpctl __complete ''); do
    if bash --norc --noprofile -c "help -- $name" >/dev/null 2>&1; then expect "bash itself has no help for $name" 'none' 'some'; fi
    ran=$((ran + 1))
  done
  expect 'the list of commands is not empty' '*schema*' "$(helpctl __complete '' | tr '\n' ' ')"
fi

if have zsh; then
  in_zsh() { zsh -f -c "$1" 2>&1; }
  expect 'zsh: help COMMAND is ours' 'kind of file *' "$(in_zsh 'eval "$(helpctl shell-init zsh)"; help schema' | head -n 1)"
  expect 'zsh: without arguments it is ours' '*Next*' "$(in_zsh 'eval "$(helpctl shell-init zsh)"; help')"
  expect 'zsh: an alias of before stays for the rest' 'theirs cd' \
    "$(in_zsh 'theirs() { echo theirs "$@" }; alias help=theirs; eval "$(helpctl shell-init zsh)"; help cd')"
  expect 'zsh: with an alias of before, commands are ours' 'kind of file *' \
    "$(in_zsh 'theirs() { echo theirs "$@" }; alias help=theirs; eval "$(helpctl shell-init zsh)"; help schema' | head -n 1)"
  expect 'zsh: help cd stays the help of zsh' 'cd \[*POSIX_CD*' "$(in_zsh 'PAGER=cat; eval "$(helpctl shell-init zsh)"; help cd')"
  expect 'zsh: what nobody knows is answered by us' "*did you mean 'check'*" "$(in_zsh 'eval "$(helpctl shell-init zsh)"; help chekc')"
  expect 'zsh completes' 'schema' \
    "$(in_zsh 'eval "$(helpctl shell-init zsh)"; compadd() { shift; print -l -- "$@" }; words=(helpctl sch); CURRENT=2; _helpctl_words')"
  expect 'zsh completes after a command' 'zsh' \
    "$(in_zsh 'eval "$(helpctl shell-init zsh)"; compadd() { shift; print -l -- "$@" }; words=(helpctl shell-init z); CURRENT=3; _helpctl_words')"
fi

if have fish; then
  in_fish() { fish --no-config -c "$1" 2>&1; }
  # BROWSER=echo: the help of fish shows the address of its page.
  expect 'fish: help COMMAND is ours' 'kind of file *' "$(in_fish 'helpctl shell-init fish | source; help schema' | head -n 1)"
  expect 'fish: without arguments it is ours' '*Next*' "$(in_fish 'helpctl shell-init fish | source; help')"
  expect 'fish: an option is ours' 'help [0-9]*' "$(in_fish 'helpctl shell-init fish | source; help --version')"
  expect 'fish: help cd stays the help of fish' '*cmds/cd.html*' "$(in_fish 'set -gx BROWSER echo; helpctl shell-init fish | source; help cd; sleep 0.2')"
  expect 'fish: twice is no harm' '*cmds/cd.html*' \
    "$(in_fish 'set -gx BROWSER echo; helpctl shell-init fish | source; helpctl shell-init fish | source; help cd; sleep 0.2')"
  expect 'fish: what nobody knows is answered by us' "*did you mean 'check'*" "$(in_fish 'helpctl shell-init fish | source; help chekc')"
  expect 'fish completes' 'schema' "$(in_fish 'helpctl shell-init fish | source; complete -C "helpctl sch"')"
  expect 'fish completes help as helpctl' 'schema' "$(in_fish 'helpctl shell-init fish | source; complete -C "help sch"')"
fi

echo "$ran checks, $failed failed"
[ "$failed" = 0 ] && [ "$ran" -gt 0 ]
