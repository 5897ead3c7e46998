#!/bin/sh
# SPDX-License-Identifier: MIT
# The real program in a real process: statuses, full and closed outputs, rights of files, a bare environment.
# usage: process_test.sh PROGRAM FOLDER_OF_SCHEMAS
set -u
schemas=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$1" "$scratch/help"
help=$scratch/help
export HELP_LANG=en
unset HELP_DIR
cd "$scratch" || exit 1

failed=0
ran=0
# expect WHAT WANTED ACTUAL
expect() {
  ran=$((ran + 1))
  if [ "$2" != "$3" ]; then
    failed=$((failed + 1))
    printf 'FAILED: %s\n  wanted: %s\n  actual: %s\n' "$1" "$2" "$3"
  fi
}
status_of() {
  "$@" >out 2>err
  echo $?
}

expect 'done is 0' 0 "$(status_of "$help" --version)"
expect 'wrong usage is 2' 2 "$(status_of "$help" nosuch)"
expect 'and says so on stderr alone' '0 yes' "$(wc -c <out | tr -d ' ') $([ -s err ] && echo yes)"
expect 'a copy in a bare environment speaks Chinese' '没有“nosuch”这个命令' "$(env -i "$help" nosuch 2>&1 | sed -n '1s/^help: //p')"

"$help" --help >/dev/full 2>err
expect 'a full output is 2' 2 $?
expect 'a full output is said' 1 "$(grep -c 'could not be written' err)"
"$help" --help >&- 2>err
expect 'a closed output is 2' 2 $?
expect 'a reader that goes away is no failure' '0' "$({ "$help" --help 2>err; echo $? >status; } | head -n 1 >/dev/null; cat status; cat err)"
expect 'a result in a full file is 2' 2 "$(status_of "$help" schema -o /dev/full)"

for file in "$schemas"/*.schema.json; do
  name=$(basename "$file" .schema.json)
  expect "help schema $name is the schema" "$(cksum <"$file")" "$("$help" schema "$name" | cksum)"
done

umask 000
"$help" init school >out 2>err
expect 'init is 0' 0 $?
expect 'new files are private' '' "$(find school ! -type l -perm /077)"
expect 'nothing is left over' '' "$(find school -name '.help.tmp-*')"
expect 'the new folder is sound' 0 "$(status_of "$help" -C school check)"
before=$(find school -type f -exec cksum {} +)
"$help" init school >out 2>err
expect 'a second init is refused' yes "$([ $? -gt 1 ] && echo yes)"
expect 'a second init changes nothing' "$before" "$(find school -type f -exec cksum {} +)"

mkdir school/deep
expect 'the folder is found from below' 0 "$(cd school/deep && "$help" check >/dev/null 2>&1; echo $?)"
mkdir empty
ln -s ../empty school/counts
expect 'a linked folder is an error, not an empty folder' 1 "$(status_of "$help" -C school check)"
expect 'the linked folder is named' 1 "$(grep -c '^counts: error: ' out)"
rm school/counts
ln -s /etc/passwd school/roster/link
mv school/roster/students.yaml hidden.yaml
ln -s ../../hidden.yaml school/roster/students.yaml
expect 'a link is never followed' 1 "$(status_of "$help" -C school check)"
rm school/roster/students.yaml
mkfifo school/roster/students.yaml
expect 'a pipe does not make us wait' 1 "$(status_of timeout 5 "$help" -C school check)"

echo "$ran checks, $failed failed"
[ "$failed" = 0 ] && [ "$ran" -gt 0 ]
