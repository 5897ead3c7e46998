#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Takes the marks of a folder of make_school.py out of it again: as a table with a mark a row (long.csv) and its mapping (long.yaml) beside
the folder, and as a query that groups the same table (long.sql). The folder keeps everything but its marks."""
import argparse
import pathlib
import re


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    folder = parser.parse_args().folder
    names = dict(re.findall(r'^- \{id: "([^"]+)", name: ([^,]+),', (folder / "roster/students.yaml").read_text(encoding="utf-8"), re.M))
    rows, exams, subjects = ["学号,姓名,考试,科目,成绩"], [], {}
    for path in sorted((folder / "grades").glob("*.yaml")):
        head, scores = path.read_text(encoding="utf-8").split("scores:\n")
        exam = re.search(r"^exam: \{(.*)\}$", head, re.M).group(1)
        columns = re.search(r"^columns: \[(.*)\]$", head, re.M).group(1).split(", ")
        subjects.update(re.findall(r"^  (\S+): \{full: (\d+)", head, re.M))
        exams.append(f"    - {{{exam}, label: {path.stem}}}")
        for student, marks in re.findall(r'^  "([^"]+)": \[(.*)\]$', scores, re.M):
            rows += [f"{student},{names[student]},{path.stem},{subject},{'' if mark == '~' else mark}" for subject, mark in zip(columns, marks.split(", "))]
        path.unlink()
    full = ", ".join(f"{subject}: {{full: {mark}}}" for subject, mark in subjects.items())
    mapping = ["import: {id: long}", "student: {id: {column: 学号}, name: {column: 姓名}}", "marks:", f"  subjects: {{{full}}}",
               "  long: {exam: 考试, subject: 科目, mark: 成绩}", "  exams:", *exams, '  states: {absent: [absent], no-entry: [""]}']
    query = [".mode csv", ".import long.csv marks", "select 考试, 科目, count(*), avg(成绩) from marks group by 考试, 科目;"]
    for name, lines in {"long.csv": rows, "long.yaml": mapping, "long.sql": query}.items():
        (folder.parent / name).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(rows) - 1} rows")


main()
