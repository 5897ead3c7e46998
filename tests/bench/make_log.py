#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Adds five years of a log to a records folder that make_school.py has made: some 391,000 records in 69 MB, with the terms and the duty
that they answer (each student is spoken with in each month of school).

The same numbers give the same bytes on every machine. Beside the folder, FOLDER.contacts.csv holds a row for each student of each record in
force for programs that read tables, and FOLDER.journal a transaction for each record for those that keep accounts (a withdrawn one is
booked back).
"""
import argparse
import pathlib
import random
import re

DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
PIECES = ["今天课间谈了二十分钟", "作业拖拉，约定每天午休来问一题", "数学应用题读不懂题意", "家长在外地，由奶奶照看", "答应先补上学期的计算",
          "情绪比上周好", "上课能举手了", "默写错十二个字", "约定周三检查", "和同桌结成学习伙伴", "“只要肯来问，就不晚”", "回家后先写作业再玩",
          "班会上表扬了一次", "单元测验进步了 7 分", "还是怕英语听写", "与家长商量了作息"]
KINDS = [("talk", 40), ("one-on-one", 12), ("tutoring", 18), ("phone-call", 8), ("home-visit", 4), ("message", 6), ("spot-check", 5), ("praise", 3),
         ("study-meeting", 2), ("report", 2)]
FIELDS = ["subject", "to", "channel", "present", "student-present", "minutes", "tags", "follow-up"]
MONTHS = [9, 10, 11, 12, 1, 3, 4, 5, 6]
POLICY = """policy: {id: bench, name: 每月联系, label: 学困生}
cadence:
  - {id: contact, who: class-teacher, does: [KINDS], for: each student, every: month, make-up: none, source: bench}
"""


def record_id(rng):
    bits = rng.getrandbits(50)
    return "".join(DIGITS[bits >> shift & 31] for shift in range(45, -1, -5))


def is_like_a_number(text):
    return re.fullmatch(r"[0-9]+(e[0-9]+)?", text) is not None or text.startswith("0x")


class Record:
    """What one record says: fields in the order in which they are written, and whom it names."""

    def __init__(self, rng, month, day, students):
        self.date = f"{month}-{day:02}"
        self.kind = rng.choices([one for one, _ in KINDS], [weight for _, weight in KINDS])[0]
        self.students = rng.sample(students, rng.randint(2, 6)) if self.kind == "study-meeting" else [rng.choice(students)]
        self.fields = {}
        if self.kind == "tutoring":
            self.fields["subject"] = rng.choice(["语文", "数学", "英语"])
        if self.kind == "report":
            self.fields["to"] = "[grade-leader]"
        if self.kind in ("phone-call", "home-visit"):
            self.fields["channel"] = "phone" if self.kind == "phone-call" else "in-person"
        if self.kind == "home-visit":
            self.fields["present"] = f"[{rng.choice(['mother', 'father', 'grandmother'])}]"
            self.fields["student-present"] = rng.choice(["true", "false"])
        if rng.random() < 0.3:
            self.fields["minutes"] = str(rng.choice([5, 10, 15, 20, 30, 40]))
        if rng.random() < 0.5:
            self.fields["tags"] = f"[{rng.choice(['study', 'behaviour', 'family', 'safety'])}]"
        if rng.random() < 0.05:
            self.fields["follow-up"] = f"{month}-28"
        self.note = "；".join(rng.sample(PIECES, rng.choice([2, 2, 3, 3])))

    def line(self, made, correction):
        who = f'student: "{self.students[0]}"' if len(self.students) == 1 else "students: [" + ", ".join(f'"{one}"' for one in self.students) + "]"
        fields = "".join(f", {key}: {value}" for key, value in self.fields.items())
        return f'- {{id: {made}{correction}, date: {self.date}, kind: {self.kind}, {who}{fields}, note: "{self.note}"}}'

    def rows(self, made, staff):
        fields = ",".join(self.fields.get(key, "").strip("[]") for key in FIELDS)
        return [f"{made},{self.date},{self.kind},{staff},{student},{fields},{self.note}" for student in self.students]

    def transaction(self, made, staff, amount):
        fields = "".join(f"    ; {key}: {value}\n" for key, value in self.fields.items())
        contacts = "".join(f"    contact:{staff}:{student}  {amount}\n" for student in self.students)
        return f"{self.date} ({made}) {self.kind}\n{fields}    ; {self.note}\n{contacts}    log\n"


def calendar(years):
    """Terms of whole months, so that a month of school is a month."""
    terms = []
    for year in range(2021, 2021 + years):
        terms += [f"  - {{id: {year}-fall, year: {year}, from: {year}-09-01, until: {year + 1}-01-31}}",
                  f"  - {{id: {year + 1}-spring, year: {year}, from: {year + 1}-03-01, until: {year + 1}-06-30}}"]
    return "\n".join(["school: {name: 测量学校}", "language: zh", "policy: policy.yaml", "terms:"] + terms) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--records", type=int, default=391_000)
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder, rng = options.folder, random.Random(options.seed)
    staff = re.findall(r"^- \{id: (T\w+)", (folder / "roster/staff.yaml").read_text(encoding="utf-8"), re.M)
    students = re.findall(r'^- \{id: "(\w+)"', (folder / "roster/students.yaml").read_text(encoding="utf-8"), re.M)
    months = [f"{2021 + year + (month < 9)}-{month:02}" for year in range(options.years) for month in MONTHS]
    cared = {one: students[place * 50:place * 50 + 50] or students[:50] for place, one in enumerate(staff)}
    files = [(month, one) for month in months for one in staff]
    (folder / "help.yaml").write_text(calendar(options.years), encoding="utf-8")
    (folder / "policy.yaml").write_text(POLICY.replace("KINDS", ", ".join(kind for kind, _ in KINDS)), encoding="utf-8")
    table, journal = ["id,date,kind,staff,student," + ",".join(FIELDS) + ",note"], []
    written = total = 0
    for place, (month, one) in enumerate(files):
        count = options.records * (place + 1) // len(files) - written
        written += count
        lines, in_force = ["# yaml-language-server: $schema=../../schemas/log.schema.json"], {}
        for day in sorted(rng.randint(1, 28) for _ in range(count)):
            made = record_id(rng)
            while is_like_a_number(made):
                made = record_id(rng)
            # One in twenty-five corrects what was written earlier in the month.
            earlier = list(in_force)[-1] if in_force and rng.random() < 0.04 else None
            withdrawn = in_force.pop(earlier) if earlier else None
            if withdrawn:
                journal.append(withdrawn.transaction(earlier, one, -1))
            if withdrawn and rng.random() < 0.3:
                lines.append(f'- {{id: {made}, at: {month}-{day:02}, voids: {earlier}, because: "记了两次"}}')
                continue
            record = in_force[made] = Record(rng, month, day, cared[one])
            lines.append(record.line(made, f", at: {record.date}, fixes: {earlier}" if withdrawn else ""))
            journal.append(record.transaction(made, one, 1))
        table += [row for made, record in in_force.items() for row in record.rows(made, one)]
        path = folder / "log" / month / f"{one}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        data = ("\n".join(lines) + "\n").encode()
        total += len(data)
        path.write_bytes(data)
    folder.with_name(folder.name + ".contacts.csv").write_text("\n".join(table) + "\n", encoding="utf-8")
    folder.with_name(folder.name + ".journal").write_text("\n".join(journal) + "\n", encoding="utf-8")
    print(f"{written} records, {len(files)} files, {total} bytes")


main()
