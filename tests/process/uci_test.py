#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""UCI Student Performance, end to end: init, import by the mappings of examples/import, identify; the figures were computed elsewhere.

    python3 tests/process/uci_test.py HELPCTL          (needs $HELP_TEST_DATA; says so and passes without it)
"""
import csv
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "import"
TODAY = "2015-07-01"
SUBJECTS = {"math": ("student-mat.csv", 395), "portuguese": ("student-por.csv", 649)}
EXAMS = ["2014-11-20-g1", "2015-04-16-g2", "2015-06-25-g3"]
# Marks below 10 in each exam.
BELOW = {"math": [142, 146, 130], "portuguese": [157, 145, 100]}
# Policy, mapping's ending, students found in mathematics and in Portuguese.
FOUND = [
    ("uci-policy-last-two", "", 122, 89),
    ("uci-policy-any-two", "", 140, 116),
    ("uci-policy-all-three", "", 100, 80),
    ("uci-policy-first", "", 142, 157),
    ("uci-policy-last-two", "-zero-missing", 106, 81),
    ("uci-policy-last-two-break", "-zero-missing", 86, 74),
]


def run(helpctl, folder, *arguments):
    done = subprocess.run([helpctl, *arguments, "--today", TODAY, "--lang", "en"], cwd=folder, text=True, capture_output=True, encoding="utf-8")
    if done.returncode != 0:
        sys.exit(f"helpctl {' '.join(arguments)}: status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def expect(what, found, due):
    if found != due:
        sys.exit(f"{what}: {found}, not {due}")


def imported(helpctl, root, data, subject, ending):
    """A new folder with the table in it."""
    file, students = SUBJECTS[subject]
    folder = root / (subject + ending)
    run(helpctl, root, "init", folder.name)
    arguments = ("import", str(data / file), "--map", str(EXAMPLES / f"uci-{subject}{ending}.yaml"), "--yes")
    plan = json.loads(run(helpctl, folder, *arguments, "--dry-run", "-O", "json"))
    expect(f"{subject}: rows", plan["rows"], students)
    expect(f"{subject}: new rows of each file", [file["new"] for file in plan["files"]], [1] + [students] * 4)
    run(helpctl, folder, *arguments)
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    again = json.loads(run(helpctl, folder, *arguments, "-O", "json"))
    expect(f"{subject}: nothing new", again["nothing_new"], True)
    expect(f"{subject}: the same bytes", {path: path.read_bytes() for path in folder.rglob("*.yaml")} == before, True)
    return folder


def marks(folder, exam):
    text = (folder / "grades" / f"{exam}.yaml").read_text(encoding="utf-8")
    return [int(mark) for mark in re.findall(r'^  "[mp]\d{3}": \[(\d+)\]$', text, re.MULTILINE)]


def spoiled(helpctl, root, data):
    """The same marks with ids, as schools would send them: every way of writing the file gives the same folder, byte for byte."""
    with open(data / "student-mat.csv", encoding="utf-8", newline="") as file:
        marks = [[row["G1"], row["G2"], row["G3"]] for row in csv.DictReader(file, delimiter=";")]
    rows = [[f"m{number:03}", *each] for number, each in enumerate(marks, 1)]
    shuffled = random.Random(1).sample(rows, len(rows))

    def text(titles, rows, separator=",", end="", before=""):
        return before + "".join(separator.join(row) + end + "\r\n" for row in [titles, *rows])

    plain, chinese = ["id", "G1", "G2", "G3"], ["学号", "第一次", "第二次", "第三次"]
    ways = {
        "plain": (plain, text(plain, rows).encode("utf-8")),
        "stray-separator": (plain, text(plain, rows, ";", ";").encode("utf-8")),
        "shuffled": (plain, text(plain, shuffled, ";").encode("utf-8")),
        "renamed": (chinese, text(chinese, rows, "\t").encode("utf-8-sig")),
        "gb18030": (chinese, text(chinese, shuffled, ",").encode("gb18030")),
        "utf-16": (chinese, text(chinese, rows, "\t").encode("utf-16")),
        "utf-16be": (chinese, b"\xFE\xFF" + text(chinese, rows, "|").encode("utf-16-be")),
        "titles-below": (chinese, text(chinese, rows, ";", "", "三次考试成绩\r\n\r\n制表：教务处;;;\r\n").encode("gb18030")),
    }
    mapping = (EXAMPLES / "uci-math.yaml").read_text(encoding="utf-8")
    expect("the mapping's lines are known", mapping.count('table: {separator: ";", header: 1}'), 1)
    mapping = mapping.replace('table: {separator: ";", header: 1}\n', "").replace("{row-number: true, prefix: m, width: 3}", "{column: id}")
    folders = {}
    for way, (titles, table) in ways.items():
        folder = root / ("spoiled-" + way)
        run(helpctl, root, "init", folder.name)
        text_of_mapping = mapping
        for old, new in zip(plain, titles):
            text_of_mapping = re.sub(rf": {old}\}}", f": {new}}}", text_of_mapping)
        (root / "map.yaml").write_text(text_of_mapping, encoding="utf-8")
        (root / "table.csv").write_bytes(table)
        run(helpctl, folder, "import", str(root / "table.csv"), "--map", str(root / "map.yaml"), "--yes")
        folders[way] = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.yaml")}
    for way, files in folders.items():
        expect(f"{way}: files that differ from those of the plain table", [path for path in files if files[path] != folders["plain"].get(path)], [])
    expect("grades of the plain table", sum(path.startswith("grades/") for path in folders["plain"]), 3)
    return len(ways)


def main():
    data = os.environ.get("HELP_TEST_DATA")
    if not data:
        print("skipped: HELP_TEST_DATA is not set")
        return
    helpctl = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        folders = {}
        for subject in SUBJECTS:
            for ending in ("", "-zero-missing"):
                folders[subject + ending] = imported(helpctl, root, Path(data) / "uci", subject, ending)
            for exam, due in zip(EXAMS, BELOW[subject]):
                expect(f"{subject} {exam}: below 10", sum(mark < 10 for mark in marks(folders[subject], exam)), due)
        for policy, ending, *due in FOUND:
            for subject, number in zip(SUBJECTS, due):
                folder = folders[subject + ending]
                (folder / "policy.yaml").write_bytes((EXAMPLES / f"{policy}.yaml").read_bytes())
                answer = json.loads(run(helpctl, folder, "identify", "-O", "json"))
                expect(f"{subject}{ending}, {policy}", len(answer["items"]), number)
        ways = spoiled(helpctl, root, Path(data) / "uci")
    print(f"{len(FOUND) * 2} lists of students as expected; {ways} ways to write one table, one result")


main()
