#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Adds five years of a log to a records folder that make_school.py has made: some 391,000 records in 74 MB.

The same numbers give the same bytes on every machine. Beside the folder, FOLDER.log.csv holds the same records for programs that read
tables.
"""
import argparse
import datetime
import pathlib
import random
import re

DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
PIECES = ["今天课间谈了二十分钟", "作业拖拉，约定每天午休来问一题", "数学应用题读不懂题意", "家长在外地，由奶奶照看", "答应先补上学期的计算",
          "情绪比上周好", "上课能举手了", "默写错十二个字", "约定周三检查", "和同桌结成学习伙伴", "“只要肯来问，就不晚”", "回家后先写作业再玩",
          "班会上表扬了一次", "单元测验进步了 7 分", "还是怕英语听写", "与家长商量了作息"]
KINDS = [("talk", 40), ("one-on-one", 12), ("tutoring", 18), ("phone-call", 8), ("home-visit", 4), ("message", 6), ("spot-check", 5), ("praise", 3),
         ("study-meeting", 2), ("report", 2)]
MONTHS = [9, 10, 11, 12, 1, 3, 4, 5, 6]


def record_id(rng):
    bits = rng.getrandbits(50)
    return "".join(DIGITS[bits >> shift & 31] for shift in range(45, -1, -5))


def is_like_a_number(text):
    return re.fullmatch(r"[0-9]+(e[0-9]+)?", text) is not None or text.startswith("0x")


def line_of(rng, made, month, day, students, earlier):
    kind = rng.choices([one for one, _ in KINDS], [weight for _, weight in KINDS])[0]
    text = f"- {{id: {made}"
    if earlier and rng.random() < 0.04:
        if rng.random() < 0.3:
            return f'{text}, at: {month}-{day:02}, voids: {earlier.pop()}, because: "记了两次"}}', None
        text += f", at: {month}-{day:02}, fixes: {earlier.pop()}"
    text += f", date: {month}-{day:02}, kind: {kind}"
    who = rng.sample(students, rng.randint(2, 6)) if kind == "study-meeting" else [rng.choice(students)]
    text += f', student: "{who[0]}"' if len(who) == 1 else ", students: [" + ", ".join(f'"{one}"' for one in who) + "]"
    if kind == "tutoring":
        text += f", subject: {rng.choice(['语文', '数学', '英语'])}"
    if kind == "report":
        text += ", to: [grade-leader]"
    if kind in ("phone-call", "home-visit"):
        text += f", channel: {'phone' if kind == 'phone-call' else 'in-person'}"
    if kind == "home-visit":
        text += f", present: [{rng.choice(['mother', 'father', 'grandmother'])}], student-present: {rng.choice(['true', 'false'])}"
    if rng.random() < 0.3:
        text += f", minutes: {rng.choice([5, 10, 15, 20, 30, 40])}"
    if rng.random() < 0.5:
        text += f", tags: [{rng.choice(['study', 'behaviour', 'family', 'safety'])}]"
    if rng.random() < 0.05:
        text += f", follow-up: {month}-28"
    note = "；".join(rng.sample(PIECES, rng.choice([2, 2, 3, 3])))
    return f'{text}, note: "{note}"}}', (made, f"{month}-{day:02}", kind, len(who))


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
    table = ["id,date,kind,students,staff"]
    written = total = 0
    for place, (month, one) in enumerate(files):
        count = options.records * (place + 1) // len(files) - written
        written += count
        lines, earlier = ["# yaml-language-server: $schema=../../schemas/log.schema.json"], []
        for day in sorted(rng.randint(1, 28) for _ in range(count)):
            made = record_id(rng)
            while is_like_a_number(made):
                made = record_id(rng)
            line, row = line_of(rng, made, month, day, cared[one], earlier)
            lines.append(line)
            if row:
                earlier.append(made)
                table.append(",".join(map(str, row)) + f",{one}")
        path = folder / "log" / month / f"{one}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        data = ("\n".join(lines) + "\n").encode()
        total += len(data)
        path.write_bytes(data)
    folder.with_name(folder.name + ".log.csv").write_text("\n".join(table) + "\n", encoding="utf-8")
    print(f"{written} records, {len(files)} files, {total} bytes")


main()
