#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Forms there and back: each form of the example school, in random languages and files, says nothing new when it comes back as it is; after
random edits the preview lists exactly the cells that were edited; once they are imported, the next form shows them, and a form of records of
before takes none of them back. Counts, special groups, archives and staff are filled at random first, since the school has few of them, and
the next form shows what was filled in. A form in a workbook that comes back when the folder has changed puts nothing back: of it counts what
was edited in it, alone.

    round_trip_test.py PROGRAM [SEED]"""
import csv
import io
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

TODAY = "2026-07-31"


class Program:
    def __init__(self, program, folder, where):
        self.words = [program, "-C", str(folder)]
        self.where = where

    def run(self, *arguments, status=(0,)):
        environment = {"PATH": os.environ.get("PATH", ""), "HELP_LANG": "en"}
        made = subprocess.run([*self.words, *arguments], cwd=self.where, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=60, check=False)
        if made.returncode not in status:
            raise SystemExit(f"{' '.join(arguments)}: status {made.returncode}\n{made.stdout.decode()[-3000:]}{made.stderr.decode()[-3000:]}")
        return made.stdout.decode("utf-8")

    def export(self, name, *arguments):
        (self.where / name).unlink(missing_ok=True)
        self.run("import", "--template", *arguments, "--today", TODAY, "-o", name)

    def preview(self, name, *arguments, status=(0,)):
        return json.loads(self.run("import", name, "--today", TODAY, "-O", "json", *arguments, status=status))


def rows_of(path):
    """The cells of each row, and the line on which it begins."""
    reader = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    rows, lines, before = [], [], 0
    for row in reader:
        rows.append(row)
        lines.append(before + 1)
        before = reader.line_num
    return rows, lines


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def change_part(path, part, change):
    """Gives a part of a workbook other bytes."""
    with zipfile.ZipFile(path) as book:
        parts = [(entry.filename, book.read(entry.filename).decode("utf-8")) for entry in book.infolist()]
    with zipfile.ZipFile(path, "w") as book:
        for name, text in parts:
            book.writestr(name, change(text) if name == part else text)


def forget(path):
    """Takes the sheet away in which a form remembers its rows."""
    def without(text):
        made = re.sub(r'<sheet name="_rows"[^>]*/>', "", text)
        assert made != text, f"{path.name} remembers nothing"
        return made
    change_part(path, "xl/workbook.xml", without)


def set_cell(path, row, column, text):
    """Writes a text into a cell that has one; row and column from 0, with the titles."""
    place = f"{chr(ord('A') + column)}{row + 1}"

    def edited(part):
        made, count = re.subn(rf'<c r="{place}"[^>]*>.*?</c>', lambda _: f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>', part)
        assert count == 1, f"{path.name} has no cell {place}"
        return made
    change_part(path, "xl/worksheets/sheet1.xml", edited)


def bytes_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and path.name != ".help.lock"}


def other_number(chance, cell):
    return str(chance.choice([number for number in range(10, 90) if str(number) != cell]))


def other_text(chance, cell):
    while True:
        made = chance.choice(["改过的一句话", "逗号，引号\"和", "=1+1", "两行\n的话"]) + str(chance.randrange(1000)) + ("" if len(cell) < 40 else "…")
        if made != cell:
            return made


def other_name(chance, cell):
    return chance.choice("赵钱孙李周吴郑王") + chance.choice("一二三四五六七八") + chance.choice("甲乙丙丁戊己")


def other_day(chance, cell):
    """Behind the day of the forms: what is over by then is not in them."""
    return chance.choice([day for day in (f"2026-{month:02}-{1 + chance.randrange(28):02}" for month in (9, 10, 11, 12)) if day != cell])


def day_before(chance, cell):
    return chance.choice([day for day in (f"2026-07-{1 + chance.randrange(28):02}" for _ in range(5)) if day != cell] or ["2026-06-30"])


def other_list(chance, cell):
    """Several words, of which no one is there."""
    return "、".join(chance.sample([word for word in ("画画", "唱歌", "跑步", "下棋", "耐心", "细心", "书法") if word not in cell], 2))


def filled(program, form, fill):
    """Fills the rows of a form by `fill`, which gives back how many cells it has filled, and looks whether the next form shows them."""
    program.export("blank.csv", *form, "--lang", "en")
    rows, _ = rows_of(program.where / "blank.csv")
    cells = fill(rows)
    write(program.where / "filled.csv", rows)
    seen = program.preview("filled.csv")
    others = [change for change in seen["changes"] if change["before"] != "~"]
    assert not seen["refused"] and not others and not seen["nothing_new"], f"{form}: filled at random: {seen['refused'][:3]} {others[:3]}"
    program.run("import", "filled.csv", "--today", TODAY, "--yes")
    assert program.preview("filled.csv")["nothing_new"], f"{form}: what was filled in is not nothing new the second time"
    return rows, cells


def shows(program, form, rows):
    program.export("shown.csv", *form, "--lang", "en")
    shown, _ = rows_of(program.where / "shown.csv")
    missing = [row for row in rows if row not in shown]
    assert not missing, f"{form}: filled in and not shown: {missing[:3]}"


def fill_counts(program, chance):
    form = ("counts", "--exam", "2025-12", "--class", "2024-1")

    def fill(rows):
        for row in rows[1:]:
            row[:3] = "2025-11", "2025-11-01", "2025-11-30"
            row[6:] = [str(chance.randrange(30)) for _ in row[6:]]
        return len(rows) * 2

    rows, cells = filled(program, form, fill)
    shows(program, ("counts", "--exam", "2025-11", "--class", "2024-1"), rows)
    return cells


def fill_groups(program, chance):
    form = ("groups", "--class", "2024-1")
    program.export("roster.csv", "roster", "--class", "2024-1", "--lang", "en")
    students, _ = rows_of(program.where / "roster.csv")

    def fill(rows):
        taken = {row[0].split()[-1] for row in rows[1:]}
        for student in chance.sample([row for row in students[1:] if row[0] not in taken], 6):
            rows.append([f"{student[1]} {student[0]}", "2024-1", chance.choice(["留守儿童", "进城务工人员子女"]), day_before(chance, ""), other_day(chance, "")])
        return 6

    rows, cells = filled(program, form, fill)
    shows(program, form, rows)
    return cells


def fill_archives(program, chance):
    form = ("archives", "--class", "2025-2")

    def fill(rows):
        titles = ("Archive opened on", "Causes", "Learnt so far", "Attitude", "Hobbies", "Strengths")
        makes = (day_before, lambda *_: chance.choice(["家庭", "社会", "学校"]), other_text, other_text, other_list, other_list)
        for row in chance.sample([row for row in rows[1:] if not row[2]], 8):
            for title, make in zip(titles, makes):
                row[rows[0].index(title)] = make(chance, "")
        return 48

    rows, cells = filled(program, form, fill)
    # CSV keeps a text that begins like a formula from becoming one.
    shows(program, form, [["'" + cell if cell.startswith("=") else cell for cell in row] for row in rows])
    return cells


def fill_staff(program, chance):
    form = ("staff",)

    def fill(rows):
        for number, surname in enumerate(chance.sample("赵钱孙李周吴郑王", 5)):  # two of one name would be refused
            row = [""] * len(rows[0])
            row[:3] = f"T9{number:02}", surname + other_name(chance, "")[1:], chance.choice(["librarian", "school doctor", "counsellor"])
            row[rows[0].index("In the role from")] = day_before(chance, "")
            row[rows[0].index("In the role until")] = other_day(chance, "")
            rows.append(row)
        return 20

    rows, cells = filled(program, form, fill)
    shows(program, form, rows)
    return cells


FILLS = (fill_counts, fill_groups, fill_archives, fill_staff)

# What form, which of its columns are edited (English titles), how, and where it may be.
FORMS = [
    (("marks", "--exam", "2026-01-16-final", "--class", "2025-1"), ("语文", "数学", "英语"), other_number, None),
    (("roster", "--class", "2024-2"), ("Name",), other_name, None),
    (("counts", "--exam", "2025-12", "--class", "2024-1"), None, other_number, None),
    (("talks", "--from", "2026-02-25", "--class", "2025-2"), ("What was said", "Place"), other_text, "Students"),
    (("talks", "--from", "2026-03-20"), ("What was said",), other_text, None),
    (("observations", "--from", "2025-09-01"), ("Reason",), other_text, None),
    (("preferences", "--from", "2026-02-01"), None, None, None),
    (("classes",), ("Name of the class",), None, None),
    (("teaching",), None, None, None),
    (("staff",), ("In the role until",), other_day, None),
    (("counts", "--exam", "2025-11", "--class", "2024-1"), None, other_number, None),
    (("groups", "--class", "2024-1"), ("Until",), other_day, None),
    (("archives", "--class", "2025-2"), ("Learnt so far", "Attitude"), other_text, None),
    (("archives", "--class", "2025-2"), ("Archive opened on",), day_before, None),
]


WITH_RECORD_IDS = ("talks", "observations", "preferences")


def places_of(rows, columns, needs=None):
    """The cells that may be edited: one that was empty says nothing of what it was."""
    return [(row, column) for row in range(1, len(rows)) for column in columns
            if rows[row][column] not in ("", "~", "absent", "exempt") and (needs is None or rows[row][rows[0].index(needs)])]


def check_old_form(program, folder, chance, form, titles, make):
    where = program.where
    old = where / "old.xlsx"
    program.export("old.xlsx", *form, "--lang", chance.choice(["zh", "en"]))
    program.export("form.csv", *form, "--lang", "en")
    rows, _ = rows_of(where / "form.csv")
    columns = [rows[0].index(title) for title in titles] if titles else range(6, len(rows[0]))
    places = places_of(rows, columns)
    mine, column = chance.choice(places)
    # Of one person several roles, or groups, are several rows.
    others = [place for place in places if rows[place[0]][0] != rows[mine][0] or rows[place[0]][1] != rows[mine][1] or "Name" not in rows[0][:3]]
    others = [place for place in others if place[0] != mine]
    others = chance.sample(others, min(len(others), 4))
    for row, at in others:
        rows[row][at] = make(chance, rows[row][at])
    write(where / "meanwhile.csv", rows)
    program.run("import", "meanwhile.csv", "--today", TODAY, "--replace", "--yes")
    changed = bytes_of(folder)
    seen = program.preview("old.xlsx")
    assert seen["nothing_new"] and seen["as_written"] == len(rows) - 1, f"{form}: the old form says something: {seen['changes'][:3]} {seen['refused'][:3]}"
    program.run("import", "old.xlsx", "--today", TODAY, "--replace", "--yes")
    assert bytes_of(folder) == changed, f"{form}: the old form, as it was written, changes the folder"
    text = make(chance, rows[mine][column])
    while text.startswith("="):  # typed into a workbook it is a formula
        text = make(chance, rows[mine][column])
    set_cell(old, mine, column, text)
    seen = program.preview("old.xlsx", status=(0, 3))
    listed = [(change["line"], change["after"]) for change in seen["changes"]]
    assert listed == [(mine + 1, text)] and not seen["added"] and not seen["refused"], f"{form}: of the old form {listed}, edited was {mine + 1} {text}; {seen['refused'][:3]}"
    assert seen["rows"] == 1 and seen["as_written"] == len(rows) - 2, f"{form}: {seen['rows']} rows, {seen['as_written']} as written"
    program.run("import", "old.xlsx", "--today", TODAY, "--replace", "--yes")
    rows[mine][column] = text
    program.export("after.csv", *form, "--lang", "en")
    shown, meant = sorted(rows_of(where / "after.csv")[0]), sorted(["'" + cell if cell.startswith("=") else cell for cell in row] for row in rows)
    assert shown == meant, f"{form}: after the old form: {[pair for pair in zip(shown, meant) if pair[0] != pair[1]][:3]}"
    return len(others) + 1


def check_form(program, chance, form, titles, make, needs):
    where = program.where
    kind = form[0]
    ending, language = chance.choice([("csv", "zh"), ("xlsx", "zh"), ("xlsx", "en")])
    program.export(f"as-is.{ending}", *form, "--lang", language)
    seen = program.preview(f"as-is.{ending}")
    remembers = ending == "xlsx" and kind not in WITH_RECORD_IDS
    assert not remembers or (seen["nothing_new"] and seen["rows"] == 0 and seen["as_written"] > 0), f"{form}: is not known as it was written"
    if remembers:
        forget(where / "as-is.xlsx")
        seen = program.preview("as-is.xlsx")
    assert seen["as_written"] == 0 and seen["rows"] > 0 and seen["hidden_sheets"] in (None, []), f"{form}: {seen['hidden_sheets']}"
    assert seen["nothing_new"] and not seen["refused"], f"{form}: a form that comes back as it is says something new: {seen['changes'][:3]}"
    if make is None:
        return 0
    program.export("form.csv", *form, "--lang", "en")
    rows, lines = rows_of(where / "form.csv")
    columns = [rows[0].index(title) for title in titles] if titles else range(6, len(rows[0]))
    places = places_of(rows, columns, needs)
    edits = {}
    for row, column in chance.sample(places, min(len(places), 12)):
        rows[row][column] = make(chance, rows[row][column])
        edits[(row, column)] = rows[row][column]
    write(where / "edited.csv", rows)
    _, lines = rows_of(where / "edited.csv")
    seen = program.preview("edited.csv", status=(0, 3))
    listed = sorted((change["line"], change["after"]) for change in seen["changes"])
    wanted = sorted((lines[row], text) for (row, _), text in edits.items())
    assert listed == wanted, f"{form}: edited were {wanted}, listed are {listed}; refused {seen['refused'][:3]}"
    assert not seen["refused"] and not seen["added"], f"{form}: {seen['refused'][:3]} {seen['added'][:3]}"
    program.run("import", "edited.csv", "--today", TODAY, "--replace", "--yes")
    assert program.preview("edited.csv")["nothing_new"], f"{form}: the edited form again is not nothing new"
    if kind in ("talks", "observations"):
        # The form of before the corrections takes none of them back.
        seen = program.preview(f"as-is.{ending}")
        assert seen["nothing_new"] and not seen["refused"], f"{form}: an old form takes back {seen['changes'][:3]} {seen['refused'][:3]}"
    program.export("after.csv", *form, "--lang", "en")
    after, _ = rows_of(where / "after.csv")
    kept = len(rows[0]) - (1 if rows[0][-1] == "Record id" else 0)
    shown = sorted(row[:kept] for row in after)
    # CSV keeps a text that begins like a formula from becoming one.
    meant = sorted(["'" + cell if cell.startswith("=") else cell for cell in row[:kept]] for row in rows)
    assert shown == meant, f"{form}: the next form differs: {[pair for pair in zip(shown, meant) if pair[0] != pair[1]][:3]}"
    return len(edits)


def main():
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20260731
    chance = random.Random(seed)
    edits = 0
    with tempfile.TemporaryDirectory() as directory:
        where = Path(directory)
        folder = where / "school"
        subprocess.run([sys.argv[1], "init", "--example", str(folder)], check=True, stdout=subprocess.DEVNULL)
        program = Program(str(Path(sys.argv[1]).resolve()), folder, where)
        cells = sum(fill(program, chance) for fill in FILLS)
        for form, titles, make, needs in FORMS:
            edits += check_form(program, chance, form, titles, make, needs)
        for form, titles, make, _ in FORMS:
            if make is not None and form[0] not in WITH_RECORD_IDS:
                edits += check_old_form(program, folder, chance, form, titles, make)
        program.run("check", status=(0, 1))
    print(f"{len(FORMS)} forms there and back, {edits} cells edited, {cells} filled in (seed {seed})")


main()
