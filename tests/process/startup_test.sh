#!/bin/sh
# SPDX-License-Identifier: MIT
# The program must start at once: `help --version` may cost at most 20 ms of CPU over an empty static program, in the build of every day
# with its shared libraries and on a busy machine. What is installed may cost 10 on a quiet one: ./dev bench.
# usage: startup_test.sh MEASURE EMPTY PROGRAM
set -eu
printf 'empty\t%s\nversion\t%s\t--version\n' "$2" "$3" | "$1" 31 | awk -F '\t' '
  $5 != 0 { print $1 " ended with status " $5; exit 1 }
  { cpu[$1] = $2 }
  END {
    over = (cpu["version"] - cpu["empty"]) / 1000
    printf "help --version costs %.2f ms over an empty program\n", over
    exit over >= 20
  }'
