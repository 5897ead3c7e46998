#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""UCI Student Performance, end to end: init, import by the mappings of examples/import, identify; the figures were computed elsewhere.

    python3 tests/process/uci_test.py HELPCTL          (needs $HELP_TEST_DATA; says so and passes without it)
"""
import json
import os
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
    arguments = ("import", str(data / file), "--map", str(EXAMPLES / f"uci-{subject}{ending}.yaml"))
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
    print(f"{len(FOUND) * 2} lists of students as expected")


main()
