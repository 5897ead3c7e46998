#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The calendar of `overdue -O ics`, read by an independent parser (python3-icalendar).

    python3 tests/process/calendar_test.py HELPCTL SCHOOL          (without the parser it says so and passes)
"""
import json
import pathlib
import subprocess
import sys

try:
    import icalendar
except ImportError:
    print("skipped: python3-icalendar is not installed")
    sys.exit(0)


def run(helpctl, school, *arguments):
    done = subprocess.run([helpctl, "-C", school, "overdue", *arguments], capture_output=True)
    if done.returncode != 0:
        sys.exit(f"overdue {' '.join(arguments)}: status {done.returncode}\n{done.stderr.decode()}")
    return done.stdout


def expect(what, found, due):
    if found != due:
        sys.exit(f"{what}: {found!r}, not {due!r}")


def events(data):
    for line in data.split(b"\r\n"):
        expect("bytes in a line, at most 75", min(len(line), 75), len(line))
    expect("line ends", data.count(b"\n"), data.count(b"\r\n"))
    calendar = icalendar.Calendar.from_ical(data)
    found = {}
    for event in calendar.walk("VEVENT"):
        uid = str(event["UID"])
        expect("an id met twice", uid in found, False)
        expect("an event of one day", (event["DTEND"].dt - event["DTSTART"].dt).days, 1)
        found[uid] = event
    return found


def main():
    helpctl, school = sys.argv[1], str(pathlib.Path(sys.argv[2]).resolve())
    number = 0
    for language in ("zh", "en"):
        for today in ("2026-03-12", "2026-03-13", "2026-06-29"):
            arguments = ("--today", today, "--lang", language)
            found = events(run(helpctl, school, *arguments, "-O", "ics"))
            owed = json.loads(run(helpctl, school, *arguments, "-O", "json"))
            items = owed["items"] + owed["archives"]
            expect(f"{today}: events", len(found), len(items))
            days = sorted(today if item["state"] == "overdue" else item["due"] for item in items)
            expect(f"{today}: days", sorted(event["DTSTART"].dt.isoformat() for event in found.values()), days)
            number += len(found)
    # What is still to be done on the next day has the same id then, in every language.
    first = events(run(helpctl, school, "--today", "2026-03-12", "--lang", "zh", "-O", "ics"))
    second = events(run(helpctl, school, "--today", "2026-03-13", "--lang", "en", "-O", "ics"))
    if not set(first) & set(second):
        sys.exit("no event of one day has its id on the next")
    print(f"{number} events read")


main()
