#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes one invented school as a records folder, and the same marks as one CSV file beside it for the programs that read tables.

The same numbers give the same bytes on every machine.
"""
import argparse
import datetime
import pathlib
import random

SUBJECTS = ["语文", "数学", "英语", "物理", "化学", "生物", "历史", "地理", "政治"]
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红健宇轩梓涵子墨欣怡诗雨"
KINDS = [("monthly", "月考", 32), ("midterm", "期中考试", 70), ("monthly", "月考", 100), ("final", "期末考试", 125)]
FIRST_YEAR = 2021


def terms_and_exams(count):
    """As many terms as `count` exams need, four exams a term."""
    terms, exams = [], []
    for number in range((count + 3) // 4):
        year = FIRST_YEAR + number // 2
        season, begin = (("fall", datetime.date(year, 9, 1)), ("spring", datetime.date(year + 1, 2, 20)))[number % 2]
        terms.append((f"{begin.year}-{season}", year, begin, begin + datetime.timedelta(days=135)))
        for kind, name, day in KINDS:
            if len(exams) < count:
                date = begin + datetime.timedelta(days=day)
                exams.append((f"{date}-{kind}", name, kind, terms[-1][0], date))
    return terms, exams


def mark_of(rng, level):
    """A mark as it is written: one in a hundred is missing, one in twenty ends in a half."""
    if rng.random() < 0.01:
        return None
    mark = min(100, max(0, round(rng.gauss(level, 7))))
    return f"{mark}.5" if mark < 100 and rng.random() < 0.05 else str(mark)


def write(path, lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--students", type=int, default=3000)
    parser.add_argument("--exams", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder, rng = options.folder, random.Random(options.seed)
    terms, exams = terms_and_exams(options.exams)
    subjects = SUBJECTS
    classes = range(1, (options.students + 49) // 50 + 1)
    ids = [f"{FIRST_YEAR}{number:05}" for number in range(1, options.students + 1)]

    write(folder / "help.yaml", ["school: {name: 测量学校}", "language: zh", "policy: policy.yaml", "terms:"] + [
        f"  - {{id: {term}, year: {year}, from: {begin}, until: {end}}}" for term, year, begin, end in terms])
    write(folder / "policy.yaml", [
        "policy: {id: bench, name: 连续两次不及格, label: 学困生}", "identify:",
        "  - {id: twice-in-a-row, kind: failed-in-a-row, exams: {kind: routine}, basis: any-subject, times: 2, ending: any, missing: break}"])
    write(folder / "roster/classes.yaml", [
        f"- {{id: {FIRST_YEAR}-{number}, name: {number}班, cohort: {FIRST_YEAR}, entry-grade: 1, leaders: [{{staff: T{number:03}, from: {terms[0][2]}}}]}}"
        for number in classes])
    write(folder / "roster/staff.yaml", [f"- {{id: T{number:03}, name: {rng.choice(SURNAMES)}{rng.choice(GIVEN)}}}" for number in classes])
    write(folder / "roster/students.yaml", [
        f'- {{id: "{student}", name: {rng.choice(SURNAMES)}{rng.choice(GIVEN)}{rng.choice(GIVEN)}, '
        f"classes: [{{class: {FIRST_YEAR}-{place // 50 + 1}, from: {terms[0][2]}}}]}}" for place, student in enumerate(ids)])

    # Of a hundred students some thirty are weak in something: a school, not noise.
    levels = [[rng.gauss(base, 4) for _ in subjects] for base in (rng.gauss(84, 6) for _ in ids)]
    table = ["exam,date,student," + ",".join(subjects)]
    for number, (exam, name, kind, term, date) in enumerate(exams, 1):
        lines = [f"exam: {{id: {exam}, name: {name}, kind: {kind}, term: {term}, date: {date}}}", "subjects:"]
        lines += [f"  {subject}: {{full: 100, pass: 60}}" for subject in subjects]
        lines += [f"columns: [{', '.join(subjects)}]", "scores:"]
        for student, level in zip(ids, levels):
            marks = [mark_of(rng, each) for each in level]
            lines.append(f'  "{student}": [{", ".join(mark or "~" for mark in marks)}]')
            table.append(f"{number},{date},{student},{','.join(mark or '' for mark in marks)}")
        write(folder / f"grades/{exam}.yaml", lines)
    write(folder.with_name(folder.name + ".csv"), table)


main()
