#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Whoever adds a code or a kind of rule is told what is still owed.

    codes_test.py codes    every code of src/diag/codes.cpp is used in the sources and stands in a golden case, and the other way round
    codes_test.py rules    every kind of rule stands in the schema, in a golden case, and in an example policy or the corpus
"""
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
TABLE = ROOT / "src" / "diag" / "codes.cpp"
CODE = r"[a-z0-9]+/[a-z0-9-]+"


def listed_codes():
    return re.findall(rf'^    \{{"({CODE})"', TABLE.read_text(encoding="utf-8"), re.MULTILINE)


def used_codes(families):
    """Literals of the sources that are codes: of a known family, so that a path or a MIME type is none."""
    used = {}
    for path in sorted((ROOT / "src").rglob("*.cpp")):
        if path == TABLE or "generate" in path.parts:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for literal in re.findall(rf'"({CODE})"', line):
                if literal.split("/")[0] in families:
                    used.setdefault(literal, f"{path.relative_to(ROOT)}:{number}")
    return used


def golden_text():
    """What cases print, without their comments."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(GOLDEN.glob("**/*.test")))
    return "\n".join(line for line in text.splitlines() if not line.startswith("# "))


def check_codes():
    listed = listed_codes()
    used = used_codes({code.split("/")[0] for code in listed})
    printed = set(re.findall(rf"\[({CODE})\]", golden_text())) | set(re.findall(rf'"code": "({CODE})"', golden_text()))
    for code in sorted(set(listed) - used.keys()):
        yield f"{code}: stands in src/diag/codes.cpp, but no source uses it"
    for code in sorted(used.keys() - set(listed)):
        yield f"{code}: used in {used[code]}, but `help check --explain` does not know it: add it to src/diag/codes.cpp"
    for code in sorted(set(listed) - printed):
        yield f"{code}: no golden case shows it: add one to tests/golden/codes-*.test"
    for code in sorted(printed - set(listed)):
        yield f"{code}: a golden case shows it, but src/diag/codes.cpp does not have it"
    if listed != sorted(listed):
        yield "src/diag/codes.cpp is not sorted by code"


def rule_kinds():
    table = (ROOT / "src" / "rules" / "kinds.cpp").read_text(encoding="utf-8")
    return re.findall(r'^    \{"([a-z-]+)", later\(', table, re.MULTILINE)


def kinds_of_schema(node):
    if isinstance(node, dict):
        if isinstance(node.get("const"), str):
            yield node["const"]
        yield from (word for word in node.get("enum", []) if isinstance(word, str))
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from kinds_of_schema(each)


def check_rules():
    kinds = rule_kinds()
    if len(kinds) < 11:
        yield f"only {len(kinds)} kinds of rule were found in src/rules/kinds.cpp: does its table look otherwise now?"
    schema = set(kinds_of_schema(json.loads((ROOT / "schemas" / "policy.schema.json").read_text(encoding="utf-8"))))
    catalogue = (ROOT / "src" / "rules" / "kinds.cpp").read_text(encoding="utf-8")
    translated = (ROOT / "src" / "messages" / "zh_CN.po").read_text(encoding="utf-8").replace('"\n"', "")
    policies = list((ROOT / "examples" / "policies").glob("*.yaml")) + list((ROOT / "tests" / "corpus" / "policy" / "good").glob("*.yaml"))
    examples = "\n".join(path.read_text(encoding="utf-8") for path in policies)
    contract = (ROOT / "schemas" / "README.md").read_text(encoding="utf-8")
    golden = golden_text()
    for kind in kinds:
        word = re.compile(rf"kind: {kind}(?![a-z-])")
        if kind not in schema:
            yield f"{kind}: not in schemas/policy.schema.json: run write_schemas"
        if not word.search(golden):
            yield f"{kind}: no golden case: add one to tests/golden/identify-kinds.test"
        if not word.search(examples):
            yield f"{kind}: neither in examples/policies nor in tests/corpus/policy/good"
        if f"| `{kind}` |" not in contract:
            yield f"{kind}: not in the table of schemas/README.md"
        meaning = re.search(rf'\{{"{kind}", later\("(.*?)"\)', catalogue)
        entry = meaning and re.search(rf'msgid "{re.escape(meaning[1])}"\nmsgstr "(.+)"', translated)
        if not entry:
            yield f"{kind}: its meaning is not translated in src/messages/zh_CN.po"


def main():
    owed = list({"codes": check_codes, "rules": check_rules}[sys.argv[1]]())
    print("\n".join(owed) if owed else f"{sys.argv[1]}: nothing is owed")
    return 1 if owed else 0


sys.exit(main())
