#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Adds cases and mentors to a records folder that make_school.py has made: the first students of the roster become cases, each class gets
a teacher for each subject, and the policy wants a mentor for each case.

The same numbers give the same bytes on every machine.
"""
import argparse
import pathlib
import random
import re

DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
SUBJECTS = ["语文", "数学", "英语"]
POLICY = """assign:
  - {id: mentors, role: mentor, for: each case, who: subject-teacher, mode: appointed, load: {most: 8}}
"""


def record_id(rng):
    bits = rng.getrandbits(50)
    return "".join(DIGITS[bits >> shift & 31] for shift in range(45, -1, -5))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--mentors", type=int, default=120)
    options = parser.parse_args()
    folder, rng = options.folder, random.Random(options.cases)

    policy = folder / "policy.yaml"
    policy.write_text(policy.read_text(encoding="utf-8") + POLICY, encoding="utf-8")
    mentors = [f"M{number:04}" for number in range(1, options.mentors + 1)]
    with open(folder / "roster/staff.yaml", "a", encoding="utf-8") as staff:
        staff.writelines(f"- {{id: {mentor}, name: 老师{number}}}\n" for number, mentor in enumerate(mentors, 1))
    roster = (folder / "roster/students.yaml").read_text(encoding="utf-8")
    classes = sorted(set(re.findall(r"class: ([^,]+),", roster)))
    posts = [(subject, one) for one in classes for subject in SUBJECTS]
    (folder / "roster/teaching.yaml").write_text("".join(
        f"- {{staff: {mentors[place % len(mentors)]}, subject: {subject}, class: {one}}}\n" for place, (subject, one) in enumerate(posts)),
        encoding="utf-8")
    (folder / "events").mkdir(exist_ok=True)
    for student in rng.sample(re.findall(r'id: "(\d+)"', roster), options.cases):
        (folder / f"events/{student}.yaml").write_text(
            f"- {{id: {record_id(rng)}, date: 2021-11-20, kind: confirmed, subject: {rng.choice(SUBJECTS)}, by: {mentors[0]}, role: subject-teacher}}\n",
            encoding="utf-8")


main()
