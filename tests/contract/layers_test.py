#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds the includes of src/ against the table of layers in src/README.md, and looks for two types of one name."""
import pathlib
import re
import sys

source = pathlib.Path(sys.argv[1]) / "src"
readme = (source / "README.md").read_text(encoding="utf-8")
folders = [folder.name for folder in source.iterdir() if folder.is_dir() and any(folder.glob("*.hpp"))]

allowed = {}
for row in re.findall(r"^\| `(\w+)` \| .*? \| (.*?) \|", readme, re.M):
    name, words = row
    named = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]*)`", words))))
    if words.startswith("all but"):
        named = set(folders) - named
    elif words == "all":
        named = set(folders)
    allowed[name] = named | {name}

problems = [f"src/README.md has no row for {name}/" for name in folders if name not in allowed]
checked = 0
for path in sorted(source.glob("*/*.[ch]pp")):
    folder = path.parent.name
    for target in re.findall(r'^#include "(\w+)/', path.read_text(encoding="utf-8"), re.M):
        checked += 1
        if folder in allowed and target not in allowed[folder]:
            problems.append(f"{path.relative_to(source)} includes {target}/, which {folder} may not")
    if folder not in ("render", "generate") and "std::cout" in path.read_text(encoding="utf-8"):
        problems.append(f"{path.relative_to(source)} prints")

# Two types of one name in one program: the linker takes the functions of either, and no compiler says so.
types = {}
for path in sorted(source.glob("*/*.[ch]pp")):
    if path.parent.name == "generate":
        continue
    text = re.sub(r"^namespace \{$.*?^\}  // namespace$", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
    for name in re.findall(r"^(?:struct|class|enum class|enum) (\w+)\b(?!::)[^;\n]*\{", text, re.M):
        types.setdefault(name, []).append(path)
for name, paths in types.items():
    if len(paths) > 1:
        problems.append(f"{name} is defined in {' and '.join(str(path.relative_to(source)) for path in paths)}")

# One door to each outside thing.
for what, pattern, homes in [
    ("yaml-cpp", r"#include <yaml-cpp/", {"store"}),
    ("CLI11", r"#include <CLI/", {"commands", "cli"}),
    ("LEMON", r"#include <lemon/", {"rules"}),
    ("POSIX", r"#include <(fcntl|unistd|sys/[a-z]+)\.h>", {"cli"}),
]:
    for path in sorted(source.glob("*/*.[ch]pp")):
        if re.search(pattern, path.read_text(encoding="utf-8")) and path.parent.name not in homes:
            problems.append(f"{path.relative_to(source)} knows {what}")

print("\n".join(problems))
print(f"{checked} includes in {len(folders)} layers, {len(types)} types, {len(problems)} problems")
sys.exit(1 if problems or checked == 0 or not types else 0)
