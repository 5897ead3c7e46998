#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every message of the sources stands translated in src/messages/zh_CN.po, and nothing else does; schemas speak both languages.

    python3 tests/contract/messages_test.py             check (the CTest `messages`)
    python3 tests/contract/messages_test.py --update    take over new messages, drop unused ones; then fill the empty msgstr
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src"
CATALOGUE = SOURCES / "messages" / "zh_CN.po"
# Which arguments of a call are messages, counted from 1.
KEYWORDS = {"say": (1,), "counted": (2, 3), "later": (1,)}
# Calls whose message is not a literal: tables of constants, whose literals are marked with later().
FROM_TABLES = {
    "found->name",
    "info->meaning",
    "message",
    "row.hint",
    "row.message",
    "shape.fields[i].meaning",
}


def run(*command):
    done = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, encoding="utf-8")
    if done.returncode != 0:
        sys.exit("\n".join([f"{command[0]} failed:", *done.stderr.splitlines()[:20]]))
    return done


def sources():
    return sorted(str(path.relative_to(ROOT)) for ending in ("*.cpp", "*.hpp") for path in SOURCES.rglob(ending))


def collect(template):
    """The messages of all sources; what xgettext has to say against them."""
    keywords = [f"--keyword={name}:{','.join(map(str, places))}" for name, places in KEYWORDS.items()]
    done = run("xgettext", "--from-code=UTF-8", "--language=C++", "--keyword", *keywords, "--force-po", "--add-location=file",
               "-o", str(template), *sources())
    # xgettext takes a % in a text for printf's; ours is a percent sign.
    template.write_text(re.sub(r"^#, c-format\n", "", template.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8")
    return [line for line in done.stderr.splitlines() if line.strip()]


def merge(old, template, merged):
    # By file, so that what belongs together stands together; without the file names, so that moving code changes nothing here.
    run("msgmerge", "--quiet", "--no-fuzzy-matching", "--no-wrap", "--sort-by-file", "--no-location", "-o", str(merged), str(old), str(template))


def unescaped(quoted):
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "t": "\t"}.get(found[1], found[1]), quoted[1:-1])


def entries(path):
    """The entries of a catalogue, each a dict of its fields; `flags` holds its `#,` line, `obsolete` says that it begins with `#~`."""
    found = []
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        entry = {"flags": "", "obsolete": False}
        field = None
        for line in block.splitlines():
            if line.startswith("#~"):
                entry["obsolete"] = True
                line = line[2:].strip()
            if line.startswith("#,"):
                entry["flags"] += line[2:]
            named = re.match(r'(msg\w+(?:\[\d\])?)\s+(".*")$', line)
            if named:
                field = named[1]
                entry[field] = unescaped(named[2])
            elif line.startswith('"') and field:
                entry[field] += unescaped(line)
        if entry.get("msgid") or entry["obsolete"]:
            found.append(entry)
    return found


def placeholders(text):
    """`{0}`, `{1}` … of a pattern, read as the program reads it: two braces are one brace of the text."""
    return sorted(set(re.findall(r"\{\d{1,3}\}", text.replace("{{{", "{"))))


# One Chinese word for each kind of thing: 办法 is a policy, 规则 a rule, 任务 a duty, 科目 a subject, 错过 a duty that is missed.
# The offices 学科组 and 学科辅导 are called so by schools.
OTHER_WORDS = re.compile(r"规定|职责|学科(?!组|辅导)|未完成")


def faults(entry):
    """What is wrong with one entry."""
    if entry["obsolete"]:
        return ["is used nowhere (obsolete)"]
    if "fuzzy" in entry["flags"]:
        return ["is only guessed (fuzzy)"]
    original = entry.get("msgid_plural", entry["msgid"])
    translation = entry.get("msgstr", entry.get("msgstr[0]", ""))
    if not translation:
        return ["is not translated"]
    wrong = []
    wrong += [f"uses '{word}' in Chinese, which has another word in this program" for word in OTHER_WORDS.findall(translation)]
    if placeholders(original) != placeholders(translation):
        wrong.append(f"has other placeholders in Chinese: {placeholders(original)}, {placeholders(translation)}")
    if original.count("{{") != translation.count("{{") or original.count("}}") != translation.count("}}"):
        wrong.append("has other doubled braces in Chinese")
    # Between backticks stands what people type: keys, words of a file, commands.
    if sorted(re.findall(r"`[^`]*`", original)) != sorted(re.findall(r"`[^`]*`", translation)):
        wrong.append("has other words between backticks in Chinese")
    for name, pattern in (("begin", r"^\s*"), ("end", r"\s*$")):
        # ", " joins a list; Chinese has a mark of its own without a space.
        if original.strip(" ,") and re.search(pattern, original)[0] != re.search(pattern, translation)[0]:
            wrong.append(f"does not {name} with the same spaces in Chinese")
    return wrong


TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/|R"(?P<mark>[^()\s\\]*)\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+'|\w+|\s+|.""", re.DOTALL)


def arguments(tokens, at):
    """The arguments of the call whose opening bracket stands at `at`, each a list of tokens without spaces and comments."""
    found, depth = [[]], 0
    for token in tokens[at:]:
        if token in ("(", "[", "{"):
            depth += 1
            if depth == 1:
                continue
        if token in (")", "]", "}"):
            depth -= 1
            if depth == 0:
                return found
        if token == "," and depth == 1:
            found.append([])
        elif not token.isspace() and not token.startswith(("//", "/*")):
            found[-1].append(token)
    return found


def non_literals(path, text):
    """Calls whose message xgettext cannot see, or sees only in part."""
    tokens = [match[0] for match in TOKEN.finditer(text)]
    line = 1
    for at, token in enumerate(tokens):
        line += token.count("\n")
        if token not in KEYWORDS or at + 1 == len(tokens) or tokens[at + 1] != "(" or path.endswith("diag/message.hpp"):
            continue
        given = arguments(tokens, at + 1)
        for place in KEYWORDS[token]:
            words = given[place - 1] if place <= len(given) else []
            if not (words and all(word.startswith('"') for word in words)) and "".join(words) not in FROM_TABLES:
                yield f"{path}:{line}: {token}({''.join(words)}): a message must be a literal"


def descriptions(schema):
    if isinstance(schema, dict):
        if isinstance(schema.get("description"), str):
            yield schema["description"]
        for part in schema.values():
            yield from descriptions(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from descriptions(part)


def one_language(path):
    """Descriptions of a schema that are not "Chinese / English": later() is missing around a meaning."""
    for text in sorted(set(descriptions(json.loads(path.read_text(encoding="utf-8"))))):
        if not re.search("[\u4e00-\u9fff].* / ", text):
            yield f"{path.relative_to(ROOT)}: “{text}” is in one language only"


def check(template):
    problems = collect(template)
    # help.NAME.schema.json are of the program's output, for other programs.
    for path in sorted((ROOT / "schemas").glob("*.schema.json")):
        if not path.name.startswith("help.") or path.name == "help.schema.json":
            problems += one_language(path)
    for path in sources():
        problems += non_literals(path, (ROOT / path).read_text(encoding="utf-8"))
    in_sources = {entry["msgid"] for entry in entries(template)}
    in_catalogue = entries(CATALOGUE)
    for entry in in_catalogue:
        wrong = faults(entry)
        if not wrong and entry["msgid"] not in in_sources:
            wrong = ["is used nowhere"]
        problems += [f"“{entry['msgid']}” {what}" for what in wrong]
    missing = in_sources - {entry["msgid"] for entry in in_catalogue}
    problems += [f"“{message}” is not in the catalogue" for message in sorted(missing)]
    if not problems:
        # Their verdict too, for what is beyond this reader: the header, plural forms, two entries of one message.
        run("msgfmt", "--check", "-o", "/dev/null", str(CATALOGUE))
        run("msgcmp", "--no-fuzzy-matching", str(CATALOGUE), str(template))
    return problems


def update(template, merged):
    for problem in collect(template):
        print(problem, file=sys.stderr)
    merge(CATALOGUE, template, merged)
    # msgmerge takes over the template's time; a catalogue that changes with the clock is a needless difference.
    kept = run("msgattrib", "--no-obsolete", "--no-wrap", str(merged)).stdout
    CATALOGUE.write_text(re.sub(r'^"(POT-Creation-Date|Report-Msgid-Bugs-To): .*\n', "", kept, flags=re.MULTILINE), encoding="utf-8")
    empty = sum("is not translated" in faults(entry) for entry in entries(CATALOGUE))
    print(f"{CATALOGUE.relative_to(ROOT)}: messages to translate: {empty}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "messages.pot"
        if sys.argv[1:] == ["--update"]:
            update(template, Path(folder) / "merged.po")
            return 0
        problems = check(template)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"problems: {len(problems)}; python3 tests/contract/messages_test.py --update, then fill the empty msgstr", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
