#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs what the READMEs show and compares: usage: readme_test.py PROGRAM README…

In a block marked `console`, a line `$ COMMAND` is run by sh in an empty folder, where `help` and `helpctl` are PROGRAM; the lines up to the next
`$` are its output, both streams as a terminal shows them. A line `…` stands for any lines. README.zh-CN.md is run in Chinese.
"""
import difflib
import os
import pathlib
import re
import subprocess
import sys
import tempfile


def blocks_of(text):
    return re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def commands_of(block):
    """Pairs of a command and its lines."""
    commands = []
    for line in block.splitlines():
        if line.startswith("$ "):
            commands.append((line[2:], []))
        elif commands:
            commands[-1][1].append(line)
    return commands


def same(shown, real):
    """Whether the real lines are as shown; `…` is any number of lines."""
    if not shown:
        return not real
    if shown[0] == "…":
        return any(same(shown[1:], real[at:]) for at in range(len(real) + 1))
    return bool(real) and shown[0] == real[0] and same(shown[1:], real[1:])


def run(command, folder, environment):
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    lines = done.stdout.decode("utf-8").splitlines()
    # An empty line before the next prompt belongs to the page, not to the output.
    while lines and not lines[-1]:
        lines.pop()
    return lines


def check(readme, program):
    failures = count = 0
    with tempfile.TemporaryDirectory() as work:
        programs, folder = pathlib.Path(work, "bin"), pathlib.Path(work, "here")
        programs.mkdir()
        folder.mkdir()
        for name in ("help", "helpctl"):
            (programs / name).symlink_to(program)
        environment = {"PATH": f"{programs}:{os.environ['PATH']}", "HOME": work, "HELP_LANG": "zh" if "zh-CN" in readme.name else "en"}
        for block in blocks_of(readme.read_text(encoding="utf-8")):
            for command, shown in commands_of(block):
                count += 1
                while shown and not shown[-1]:
                    shown.pop()
                real = run(command, folder, environment)
                if not same(shown, real):
                    failures += 1
                    print(f"{readme.name}: $ {command}")
                    print("\n".join(difflib.unified_diff(shown, real, "shown", "real", lineterm="")))
    if count == 0:
        print(f"{readme.name}: no console block was found")
    return failures == 0 and count > 0


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    results = [check(pathlib.Path(readme), program) for readme in sys.argv[2:]]
    sys.exit(0 if results and all(results) else 1)


main()
