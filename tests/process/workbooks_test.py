#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Five exams as Excel workbooks, end to end: the roster from the first, all marks by name and class; the figures were computed elsewhere.

    python3 tests/process/workbooks_test.py HELPCTL          (needs $HELP_TEST_DATA; says so and is skipped without it)
"""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SUBJECTS = {"语文": 150, "数学": 150, "英语": 150, "物理": 100, "化学": 100, "生物": 100}
DATES = ["2025-09-20", "2025-10-25", "2025-11-29", "2026-03-20", "2026-04-25"]
TERMS = ["2025-fall"] * 3 + ["2026-spring"] * 2
TODAY = "2026-05-06"
CLASS = "{id: 2024-1, name: 八（1）班, cohort: 2024, entry-grade: 7}"
HELP = """school: {name: 春晖}
terms:
  - {id: 2025-fall, year: 2025, from: 2025-09-01, until: 2026-01-23}
  - {id: 2026-spring, year: 2025, from: 2026-02-25, until: 2026-07-03}
"""
ROSTER = f"""import: {{id: roster}}
student: {{id: {{row-number: true, prefix: s, width: 2}}}}
roster:
  classes: [{CLASS}]
  class: {{fixed: 2024-1}}
  name: {{column: 姓名}}
  from: 2025-09-01
"""
POLICY = """policy: {{id: p, name: P}}
identify:
  - {{id: r, kind: failed-in-a-row, exams: {{kind: any}}, basis: per-subject, times: {in_a_row}, ending: latest, missing: break, below: pass}}
"""


def run(helpctl, folder, *arguments, status=0):
    command = [helpctl, *arguments, "--today", TODAY, "--lang", "en"]
    done = subprocess.run(command, cwd=folder, text=True, capture_output=True, encoding="utf-8")
    if done.returncode != status:
        sys.exit(f"helpctl {' '.join(arguments)}: status {done.returncode}, not {status}\n{done.stdout}{done.stderr}")
    return done.stdout if status == 0 else done.stdout + done.stderr


def expect(what, found, due):
    if found != due:
        sys.exit(f"{what}: {found}, not {due}")


def exam_id(number):
    return f"{DATES[number - 1]}-exam-{number}"


def mapping(number):
    exam = exam_id(number)
    return (f"import: {{id: exam-{number}}}\nstudent: {{name: {{column: 姓名}}, class: {{fixed: 2024-1}}}}\nmarks:\n  subjects: {{"
            + ", ".join(f"{name}: {{full: {full}}}" for name, full in SUBJECTS.items())
            + f"}}\n  exams:\n    - {{id: {exam}, kind: monthly, term: {TERMS[number - 1]}, date: {DATES[number - 1]}, columns: {{"
            + ", ".join(f"{name}: {name}" for name in SUBJECTS) + "}}\n")


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.yaml")}


def main():
    data = os.environ.get("HELP_TEST_DATA")
    source = Path(data) / "xlsx-fengyec2" if data else None
    if source is None or not source.is_dir():
        print("skipped: HELP_TEST_DATA has no xlsx-fengyec2")
        sys.exit(77)
    helpctl = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        run(helpctl, root, "init", "school")
        folder = root / "school"
        (folder / "help.yaml").write_text(HELP, encoding="utf-8")
        maps = {"roster": ROSTER, **{str(number): mapping(number) for number in range(1, 6)}}
        for key, text in maps.items():
            (root / f"map-{key}.yaml").write_text(text, encoding="utf-8")

        def plan(file, key, *more, status=0):
            return run(helpctl, folder, "import", str(source / file), "--map", str(root / f"map-{key}.yaml"), "--yes", *more, status=status)

        run_roster = json.loads(plan("1.xlsx", "roster", "-O", "json"))
        expect("students of the roster", run_roster["files"][1]["new"], 59)
        for number in range(1, 6):
            answer = json.loads(plan(f"{number}.xlsx", str(number), "-O", "json"))
            expect(f"exam {number}: rows", (answer["rows"], answer["files"][0]["new"], answer["refused"]), (59, 59, []))
        for in_a_row, students, pairs in ((2, 30, 37), (5, 1, 1)):
            (folder / "policy.yaml").write_text(POLICY.format(in_a_row=in_a_row), encoding="utf-8")
            answer = json.loads(run(helpctl, folder, "identify", "-O", "json"))
            expect(f"failed {in_a_row} in a row: students, subjects", (len({item["student"] for item in answer["items"]}), len(answer["items"])), (students, pairs))

        before = files(folder)
        again = json.loads(plan("5_重复编号测试.xlsx", "5", "-O", "json"))
        expect("the same file again", (again["nothing_new"], again["files"][0]["same"]), (True, 59))
        # The absentee: no row, so nothing to say of him; his marks of before stay.
        absentee = json.loads(plan("4_中途缺考测试.xlsx", "4", "-O", "json"))
        expect("a missing row", (absentee["rows"], absentee["refused"], absentee["files"][0]["same"]), (58, [], 58))
        newcomer = plan("5_新同学测试.xlsx", "5", status=3)
        expect("the newcomer is refused", "no student of class 八（1）班 is called" in newcomer and "1 row is refused" in newcomer, True)
        (root / "map-rank.yaml").write_text(mapping(5).replace("生物: 生物}", "生物: 级名}"), encoding="utf-8")
        misnamed = plan("5_缺列测试.xlsx", "rank", status=2)
        expect("the misnamed column", "has no column '级名'" in misnamed and "did you mean '！级名'?" in misnamed, True)
        expect("nothing was written by any of these", files(folder) == before, True)
        alone = root / "alone"
        run(helpctl, root, "init", alone.name)
        for path in ("help.yaml", "roster/students.yaml", "roster/classes.yaml"):
            (alone / path).write_bytes((folder / path).read_bytes())
        folder = alone
        absentee = json.loads(plan("4_中途缺考测试.xlsx", "4", "-O", "json"))
        expect("without the absentee", (absentee["files"][0]["new"], (alone / f"grades/{exam_id(4)}.yaml").read_text().count('  "s')), (58, 58))
    print("59 students, five exams: as expected")


main()
