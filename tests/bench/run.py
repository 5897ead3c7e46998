#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures `help` beside sqlite3, pandas, ledger, hledger, GLPK and yaml-cpp on one invented school, in turn, and prints the ratios with their floors.

CPU time (user and system) of whole processes, medians; page cache warm, no index. Exit status 1 if a floor is not reached.
"""
import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
BUILD = HERE.parents[1] / "build/release"
PROGRAMS = BUILD / "tests/bench"
HELP = BUILD / "src/help"
PYTHON = "/usr/bin/python3"  # Debian's, which has Debian's pandas
TODAY = "2026-07-01"
IN_TERM = "2026-06-10"


class Costs(dict):
    """Medians by name: CPU and wall in milliseconds, peak in MiB."""

    def measure(self, rounds, commands):
        lines = "".join("\t".join([name, *map(str, command)]) + "\n" for name, command in commands.items())
        out = subprocess.run([PROGRAMS / "measure", str(rounds)], input=lines, text=True, check=True, stdout=subprocess.PIPE).stdout
        for line in out.splitlines():
            name, cpu, wall, peak, status = line.split("\t")
            if int(status) > 1:
                sys.exit(f"{name} ended with status {status}: {' '.join(map(str, commands[name]))}")
            self[name] = {"cpu": int(cpu) / 1000, "wall": int(wall) / 1000, "peak": int(peak) / 1024}
        return self

    def cpu(self, name):
        return self[name]["cpu"]


def make_school(folder, students, exams):
    subprocess.run([PYTHON, HERE / "make_school.py", folder, "--students", str(students), "--exams", str(exams)], check=True)
    return folder


def output(*command, cwd=None):
    return subprocess.run([str(part) for part in command], check=True, text=True, stdout=subprocess.PIPE, cwd=cwd).stdout.strip()


def make_import(folder):
    """A folder without marks, and the marks as a table of 202,500 rows beside it."""
    subprocess.run([PYTHON, HERE / "make_import.py", make_school(folder / "school", 2500, 9)], check=True)
    return folder


def make_log(folder):
    subprocess.run([PYTHON, HERE / "make_log.py", folder], check=True)
    return folder


def make_cases(folder, cases, mentors):
    subprocess.run([PYTHON, HERE / "make_cases.py", folder, "--cases", str(cases), "--mentors", str(mentors)], check=True)
    return folder


def overdue(folder, *options):
    return [HELP, "-C", folder, "overdue", *options]


def compliance(folder):
    return overdue(folder, "--all-years", "--rate", "--today", TODAY)


def identify(folder):
    return [HELP, "-C", folder, "identify", "--today", TODAY]


def answers(work, school):
    """The same number from everyone, or it is no comparison."""
    ours = len(json.loads(output(*identify(school), "-O", "json"))["items"])
    sqlite = int(output("sqlite3", ":memory:", f".read {HERE}/failed_twice.sql", cwd=work))
    pandas = int(output(PYTHON, HERE / "failed_twice.py", work / "school.csv"))
    print(f"failed the same subject twice in a row: ours {ours}, sqlite3 {sqlite}, pandas {pandas} students")
    grades, events = output(PROGRAMS / "read_grades", school), output(PROGRAMS / "yaml_cpp_events", school / "grades")
    print(f"marks and their sum: ours {grades}, yaml-cpp {events}")
    return ours == sqlite == pandas and grades == events


def log_answers(work, logged):
    """In how many months each student was spoken with, in all, and how many contacts with a student there were."""
    ours = json.loads(output(*compliance(logged), "-O", "json"))["counts"]["on_time"]
    sqlite = int(output("sqlite3", ":memory:", f".read {HERE}/contacts.sql", cwd=work))
    pandas = int(output(PYTHON, HERE / "contacts.py", work / "logged.contacts.csv"))
    print(f"months in which a student was spoken with: ours {ours}, sqlite3 {sqlite}, pandas {pandas}")
    (entries, contacts), theirs = output(PROGRAMS / "read_log", logged).split(), output(PROGRAMS / "yaml_cpp_log", logged / "log")
    booked = output("ledger", "-f", work / "logged.journal", "bal", "--depth", "1", "contact").split()[0]
    print(f"interactions in force: ours {entries}, yaml-cpp {theirs}; students in them: ours {contacts}, ledger {booked}")
    return ours == sqlite == pandas and entries == theirs and contacts == booked


SCHOOL = (500, 120, 120)  # a large school: every mentor may take every student
DISTRICT = (20000, 4000, 20)
FOR_GLPSOL = [(9000, 1800, 20), (6000, 1200, 20), (3000, 600, 20)]  # the largest first


def appoint(size, *options):
    return [PROGRAMS / "appoint", *size, *options]


def solved_by_glpsol(work, costs):
    """The largest assignment that glpsol solves within a minute of its own time, and the cost of the best one by both."""
    lp, out = work / "assignment.lp", work / "assignment.out"
    for size in FOR_GLPSOL:
        ours = output(*appoint(size, "--lp", lp)).split()[0]
        costs.measure(1, {"glpsol --lp": ["glpsol", "--tmlim", 60, "--lp", lp, "-o", out]})
        text = out.read_text()
        if "OPTIMAL" in text:
            objective = next(line for line in text.splitlines() if line.startswith("Objective:"))
            return size, ours, objective.split("=")[1].split()[0]
    sys.exit("glpsol solved none of the assignments in a minute")


def assignments(work, rounds, costs):
    """The same best assignment from GLPK and from us, or it is no comparison. Gives what solving alone takes for a school, too."""
    size, ours, theirs = solved_by_glpsol(work, costs)
    print(f"cost of the best assignment of {size[0]} x {size[1]}: ours {ours}, glpsol {theirs}")
    costs.measure(rounds, {
        "assign, same as glpsol": appoint(size),
        "assign, school": appoint(SCHOOL, "--prices"),
        "assign, district": appoint(DISTRICT),
        "assign, district, prices": appoint(DISTRICT, "--prices"),
        "assign, half a district": appoint([DISTRICT[0] // 2, DISTRICT[1] // 2, DISTRICT[2]]),
    })
    alone = sorted(float(output(*appoint(SCHOOL)).split()[1]) for _ in range(max(rounds, 21)))
    return float(ours) == float(theirs), alone[len(alone) // 2]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="runs of each command (default 7)")
    parser.add_argument("--keep", type=pathlib.Path, help="make the data in this folder and leave it")
    options = parser.parse_args()
    work = options.keep or pathlib.Path(tempfile.mkdtemp(prefix="help-bench-"))
    work.mkdir(parents=True, exist_ok=True)
    try:
        sys.exit(0 if bench(work.resolve(), options.rounds) else 1)
    finally:
        if not options.keep:
            shutil.rmtree(work)


def bench(work, rounds):
    school = make_school(work / "school", 3000, 40)
    same = answers(work, school)
    costs = Costs().measure(rounds, {
        "identify, 40 exams": identify(school),
        "check": [HELP, "-C", school, "check", "--today", TODAY],
        "sqlite3 .import + query": ["sqlite3", "-cmd", f".cd {work}", ":memory:", f".read {HERE}/failed_twice.sql"],
        "pandas read_csv + rule": [PYTHON, HERE / "failed_twice.py", work / "school.csv"],
        "load all": [PROGRAMS / "read_grades", school],
        "load without grades": [PROGRAMS / "read_grades", school, "--without-grades"],
        "yaml-cpp events, grades": [PROGRAMS / "yaml_cpp_events", school / "grades"],
        "read() + newline count": [PROGRAMS / "count_lines", school / "grades"],
    })
    costs.measure(max(rounds, 51), {"empty static program": [PROGRAMS / "empty"], "help --version": [HELP, "--version"]})

    tables = make_import(work / "import")
    into_empty = 'rm -f "$1"/school/grades/* && exec "$0" -C "$1/school" import "$1/long.csv" --map "$1/long.yaml" --today ' + TODAY + " --yes"
    costs.measure(rounds, {
        "import, 202,500 rows": ["sh", "-c", into_empty, HELP, tables],
        "sqlite3 .import + group by": ["sqlite3", "-cmd", f".cd {tables}", ":memory:", f".read {tables}/long.sql"],
        "import, nothing new": [HELP, "-C", tables / "school", "import", tables / "long.csv", "--map", tables / "long.yaml", "--today", TODAY],
    })
    table_size = (tables / "long.csv").stat().st_size / 2**20

    small = [make_school(work / f"small-{number}", 300, 4) for number in range(100)]
    run_all = 'for folder; do "$0" -C "$folder" identify --today ' + TODAY + " || exit; done"
    costs.measure(rounds, {f"identify, {count} small folders": ["sh", "-c", run_all, HELP, *small[:count]] for count in (1, 10, 100)})
    half = make_school(work / "half", 3000, 20)
    costs.measure(rounds, {"identify, 20 exams": identify(half)})

    logged = make_log(make_school(work / "logged", 3000, 4))
    same = log_answers(work, logged) and same
    costs.measure(rounds, {
        "overdue, all years": compliance(logged),
        "overdue, one term": overdue(logged, "--today", IN_TERM),
        "sqlite3 .import + query, log": ["sqlite3", "-cmd", f".cd {work}", ":memory:", f".read {HERE}/contacts.sql"],
        "pandas read_csv + groupby": [PYTHON, HERE / "contacts.py", work / "logged.contacts.csv"],
        "check, 5 years of log": [HELP, "-C", logged, "check", "--today", TODAY],
        "load log": [PROGRAMS / "read_log", logged],
        "load log of one term": [PROGRAMS / "read_log", logged, "--term", IN_TERM],
        "load without log": [PROGRAMS / "read_log", logged, "--without-log"],
        "read() + newline count, log": [PROGRAMS / "count_lines", logged / "log"],
    })
    journal = work / "logged.journal"
    costs.measure(1, {
        "yaml-cpp events, log": [PROGRAMS / "yaml_cpp_log", logged / "log"],
        "ledger bal": ["ledger", "-f", journal, "bal"],
        "hledger bal": ["hledger", "-f", journal, "bal"],
    })
    note = [HELP, "-C", logged, "note", "202100001", "talk", "约定每天午休来问一题", "--staff", "T001", "--today", IN_TERM]
    costs.measure(max(rounds, 21), {"note --dry-run": [*note, "--dry-run"]})
    costs.measure(max(rounds, 21), {"note": note})

    same_assignment, school_alone = assignments(work, rounds, costs)
    cases = make_cases(make_school(work / "cases", 3000, 4), *SCHOOL[:2])
    costs.measure(rounds, {"assign, command": [HELP, "-C", cases, "assign", "--today", "2022-05-01"]})
    same = same and same_assignment

    print(f"\n{'median of ' + str(rounds):28} {'CPU ms':>9} {'wall ms':>9} {'peak MiB':>9}")
    for name, cost in costs.items():
        print(f"{name:28} {cost['cpu']:9.2f} {cost['wall']:9.2f} {cost['peak']:9.1f}")

    ours, empty = costs.cpu("identify, 40 exams"), costs.cpu("empty static program")
    grades = costs.cpu("load all") - costs.cpu("load without grades")
    floors = [
        ("identify faster than sqlite3, times", costs.cpu("sqlite3 .import + query") / ours, ">=", 10),
        ("identify faster than pandas, times", costs.cpu("pandas read_csv + rule") / ours, ">=", 25),
        ("grade tables faster than yaml-cpp events, times", (costs.cpu("yaml-cpp events, grades") - empty) / grades, ">=", 40),
        ("import faster than sqlite3, times", costs.cpu("sqlite3 .import + group by") / costs.cpu("import, 202,500 rows"), ">=", 1),
        ("peak memory of import against the file, times", costs["import, 202,500 rows"]["peak"] / table_size, "<", 8),
        ("peak memory of identify, MiB", costs["identify, 40 exams"]["peak"], "<", 64),
        ("--version over an empty program, ms", costs.cpu("help --version") - empty, "<", 10),
        ("check against identify, times", costs.cpu("check") / ours, "<", 3),
        ("100 folders against 100 times one", costs.cpu("identify, 100 small folders") / costs.cpu("identify, 1 small folders") / 100, "<", 1.5),
        ("check of the log faster than yaml-cpp events, times", costs.cpu("yaml-cpp events, log") / costs.cpu("check, 5 years of log"), ">=", 40),
        ("check of the log against read() + newline count", costs.cpu("check, 5 years of log") / costs.cpu("read() + newline count, log"), "<", 6),
        ("overdue of all years faster than hledger bal, times", costs.cpu("hledger bal") / costs.cpu("overdue, all years"), ">=", 100),
        ("overdue of all years faster than ledger bal, times", costs.cpu("ledger bal") / costs.cpu("overdue, all years"), ">=", 25),
        ("overdue of all years faster than pandas, times", costs.cpu("pandas read_csv + groupby") / costs.cpu("overdue, all years"), ">=", 10),
        ("overdue of all years faster than sqlite3, times", costs.cpu("sqlite3 .import + query, log") / costs.cpu("overdue, all years"), ">=", 4),
        ("overdue of one term, start and roster apart, against all years",
         (costs.cpu("overdue, one term") - costs.cpu("load without log")) / costs.cpu("overdue, all years"), "<=", 0.1),
        ("peak memory with the log, MiB", max(costs[one]["peak"] for one in ("check, 5 years of log", "overdue, all years")), "<", 128),
        ("note over an empty program, ms", costs.cpu("note --dry-run") - empty, "<", 15),
        ("best assignment of 500 x 120, ms", school_alone, "<", 50),
        ("assign of 500 x 120 as a command, ms", costs.cpu("assign, command"), "<", 100),
        ("best assignment of 20,000 x 4,000, s", costs.cpu("assign, district") / 1000, "<", 5),
        ("the same with the price of every pair, s", costs.cpu("assign, district, prices") / 1000, "<", 10),
        ("peak memory of the district, MiB", costs["assign, district, prices"]["peak"], "<", 1024),
        ("best assignment faster than glpsol --lp, times", costs.cpu("glpsol --lp") / costs.cpu("assign, same as glpsol"), ">=", 20),
        ("40 exams against 2 times 20", ours / costs.cpu("identify, 20 exams") / 2, "<", 1.5),
    ]
    print()
    good = same
    for name, value, sign, floor in floors:
        reached = {">=": value >= floor, "<=": value <= floor, "<": value < floor}[sign]
        good = good and reached
        print(f"{name:64} {value:8.2f}   {sign} {floor:<5} {'yes' if reached else 'NO'}")
    print(f"{'district against two halves':64} {costs.cpu('assign, district') / costs.cpu('assign, half a district') / 2:8.2f}")
    print(f"{'grade tables against read() + newline count, times':64} {grades / (costs.cpu('read() + newline count') - empty):8.2f}")
    print(f"{'whole identify against yaml-cpp events, times':64} {costs.cpu('yaml-cpp events, grades') / ours:8.2f}")
    return good


main()
