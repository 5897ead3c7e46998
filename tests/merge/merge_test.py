#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Clones of one records folder, merged by git as `init` sets it up: nothing stops, nothing is lost, nothing is altered.

    python3 merge_test.py PROGRAM PEOPLE STEPS SEED…

A quarter of the people have two machines. Each step is one commit: mostly a note (some of them into the file of a colleague), now and then a
correction, a withdrawal, or a comment that somebody types between two lines. Now and then a clone is brought together with the others.
Then the cases by hand: CRLF, a last line without its end, rebase, cherry-pick, a line that stands twice.
"""
import datetime
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
PEOPLE, STEPS, SEEDS = int(sys.argv[2]), int(sys.argv[3]), [int(one) for one in sys.argv[4:]]
ENVIRONMENT = {"HELP_LANG": "en", "PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
               "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b",
               "GIT_AUTHOR_DATE": "2026-03-02T00:00:00Z", "GIT_COMMITTER_DATE": "2026-03-02T00:00:00Z"}
# Some ten thousand calls of git: in memory where that can be had.
PLACE = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
failures = []
checks = 0


def check(holds, what):
    global checks
    checks += 1
    if not holds:
        failures.append(what)
        print("FAILED:", what, flush=True)


def run(*words, cwd=None, ok=(0,)):
    done = subprocess.run([str(word) for word in words], cwd=cwd, env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if ok is not None and done.returncode not in ok:
        sys.exit(f"{words} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done


def git(clone, *words, ok=(0,)):
    return run("git", "-c", "core.fsync=none", "-c", "gc.auto=0", *words, cwd=clone, ok=ok)


def make_origin(parent):
    first = parent / "first"
    run(PROGRAM, "init", first)
    shutil.rmtree(first / "schemas")
    (first / "help.yaml").write_text("school: {name: 春晖实验学校}\npolicy: policy.yaml\nterms:\n"
                                     "  - {id: 2026-spring, year: 2025, from: 2026-02-25, until: 2026-07-03}\n", encoding="utf-8")
    (first / "policy.yaml").write_text("policy: {id: base, name: 底本}\n", encoding="utf-8")
    (first / "roster/staff.yaml").write_text("".join(f"- {{id: T{n:03}, name: 教师{chr(0x4e00 + n)}}}\n" for n in range(PEOPLE)), encoding="utf-8")
    (first / "roster/students.yaml").write_text("".join(f'- {{id: "2025{n:04}", name: 学生{chr(0x4e00 + n)}}}\n' for n in range(40)), encoding="utf-8")
    git(first, "init", "-q", "-b", "main")
    git(first, "add", ".")
    git(first, "commit", "-qm", "records folder")
    run("git", "clone", "-q", "--bare", first, parent / "origin")
    return parent / "origin"


def clone_of(origin, place, *options):
    run("git", "clone", "-q", *options, origin, place)
    return place


class School:
    def __init__(self, parent, seed):
        self.rng = random.Random(seed)
        self.origin = make_origin(parent)
        self.clones = [(clone_of(self.origin, parent / f"clone-{person}-{machine}"), f"T{person:03}")
                       for person in range(PEOPLE) for machine in range(2 if person % 4 == 0 else 1)]
        self.lines = {}  # every line that was ever written, by its file
        self.heads = {}  # by clone: the records that can be corrected there
        self.stops = self.merges = self.doubled = 0

    def note(self, clone, person, day, *words):
        done = run(PROGRAM, "-C", clone, "note", *words, "--staff", person, "--today", day)
        path, line = re.search(r"^(log/\S+)\n  (- \{id: .*\})$", done.stdout, re.M).groups()
        self.lines.setdefault(path, set()).add(line)
        return path, line, line[7:17]

    def step(self, number):
        rng = self.rng
        clone, me = rng.choice(self.clones)
        day = str(datetime.date(2026, 3, 1) + datetime.timedelta(days=number * 91 // STEPS))
        heads = self.heads.setdefault(clone, [])
        what = rng.random()
        if what < 0.9 or not heads:
            owner = rng.choice(self.clones)[1] if rng.random() < 0.07 else me
            path, _, made = self.note(clone, me, day, f"2025{rng.randrange(40):04}", "talk", f"第{number}步" + "谈" * rng.randrange(30), "--for", owner)
            heads.append((made, path))
        elif what < 0.95:
            target, path = heads.pop(rng.randrange(len(heads)))
            path, _, made = self.note(clone, me, day, "--fix", target, f"2025{rng.randrange(40):04}", "talk", f"更正第{number}步")
            heads.append((made, path))
        elif what < 0.98:
            path = rng.choice(heads)[1]
            lines = (clone / path).read_text(encoding="utf-8").splitlines(keepends=True)
            comment = f"# 第{number}步的批注"
            lines.insert(rng.randrange(len(lines) + 1), comment + "\n")
            (clone / path).write_text("".join(lines), encoding="utf-8", newline="\n")
            self.lines.setdefault(path, set()).add(comment)
        else:
            target, path = heads.pop(rng.randrange(len(heads)))
            path, _, _ = self.note(clone, me, day, "--void", target, f"第{number}步作废")
        git(clone, "add", "log")
        git(clone, "commit", "-qm", f"step {number}")
        if rng.random() < 0.3:
            self.sync(clone)

    def sync(self, clone):
        for _ in range(3):
            git(clone, "fetch", "-q")
            head = clone / ".git/refs/heads/main"
            before = head.read_text()
            merged = git(clone, "merge", "-q", "--no-edit", "origin/main", ok=None)
            self.merges += head.read_text() != before
            if merged.returncode != 0:
                self.stops += 1
                git(clone, "merge", "--abort", ok=None)
                return
            if git(clone, "push", "-q", "origin", "HEAD:main", ok=None).returncode == 0:
                return

    def judge(self, seed):
        for _ in range(2):
            for clone, _ in self.clones:
                self.sync(clone)
        check(self.stops == 0, f"seed {seed}: {self.stops} of {self.merges} merges stopped")
        for clone, _ in (self.clones[0], self.clones[-1]):
            present = {path.relative_to(clone).as_posix(): path.read_text(encoding="utf-8").splitlines() for path in clone.glob("log/*/*.yaml")}
            for path, lines in self.lines.items():
                now = present.get(path, [])
                lost = lines - set(now)
                altered = [line for line in now if line and line not in lines and not line.startswith("# yaml-language-server")]
                self.doubled += sum(now.count(line) - 1 for line in set(now) if line.startswith("- "))
                check(not lost, f"seed {seed}: {path} has lost {lost}")
                check(not altered, f"seed {seed}: {path} has {altered}")
            found = run(PROGRAM, "-C", clone, "check", "--today", "2026-07-01", ok=None)
            check(found.returncode == 0, f"seed {seed}: check says {found.stdout}")
        print(f"seed {seed}: {STEPS} commits in {len(self.clones)} clones, {self.merges} merges, {self.stops} stops, {self.doubled} doubled lines")


def simulate(seed):
    with tempfile.TemporaryDirectory(prefix="help-merge-", dir=PLACE) as parent:
        school = School(pathlib.Path(parent), seed)
        for number in range(STEPS):
            school.step(number)
        school.judge(seed)


def lines_in(clone, path="log/2026-03/T000.yaml"):
    return (clone / path).read_bytes()


def commit(clone, what):
    git(clone, "add", "log")
    git(clone, "commit", "-qm", what)


def note(clone, text, record):
    return run(PROGRAM, "-C", clone, "note", "20250001", "talk", text, "--staff", "T000", "--today", "2026-03-02", "--id", record, ok=None)


def sound(clone, what):
    done = run(PROGRAM, "-C", clone, "check", "--today", "2026-07-01", ok=None)
    check(done.returncode == 0, f"{what}: check says {done.stdout}")


def two_clones(parent, *options):
    origin = make_origin(parent)
    ours, theirs = clone_of(origin, parent / "ours"), clone_of(origin, parent / "theirs", *options)
    note(ours, "起头", "aaaaaaaaaa")
    commit(ours, "begin")
    git(ours, "push", "-q", "origin", "HEAD:main")
    git(theirs, "pull", "-q")
    return ours, theirs


def by_hand(parent, name, *options):
    folder = parent / name
    folder.mkdir()
    return two_clones(folder, *options)


def windows(parent):
    ours, theirs = by_hand(parent, "windows", "-c", "core.autocrlf=true")
    check(b"\r" not in lines_in(theirs), "a clone with autocrlf: eol=lf keeps the line ends")
    # An editor of Windows has changed them all the same.
    (theirs / "log/2026-03/T000.yaml").write_bytes(lines_in(theirs).replace(b"\n", b"\r\n"))
    check(note(theirs, "从 Windows 写", "bbbbbbbbbb").returncode == 0, "a file with CRLF is written to")
    check(lines_in(theirs).count(b"\r\n") == lines_in(theirs).count(b"\n"), "and keeps its line ends")
    commit(theirs, "theirs")
    note(ours, "从 Linux 写", "cccccccccc")
    commit(ours, "ours")
    git(theirs, "push", "-q", "origin", "HEAD:main")
    check(git(ours, "pull", "-q", "--no-rebase", "--no-edit", ok=None).returncode == 0, "CRLF: the merge does not stop")
    check(lines_in(ours).count(b"- {id: ") == 3 and b"\r" not in lines_in(ours), "CRLF: three lines, each once, with LF")
    sound(ours, "CRLF")


def no_last_end(parent):
    ours, theirs = by_hand(parent, "no-last-end")
    for clone, record in ((ours, "bbbbbbbbbb"), (theirs, "cccccccccc")):
        path = clone / "log/2026-03/T000.yaml"
        path.write_bytes(lines_in(clone) + f'- {{id: {record}, date: 2026-03-02, kind: talk, student: "20250001"}}'.encode())
        commit(clone, record)
    git(theirs, "push", "-q", "origin", "HEAD:main")
    check(git(ours, "pull", "-q", "--no-rebase", "--no-edit", ok=None).returncode == 0, "no end of the last line: the merge does not stop")
    check(lines_in(ours).count(b"- {id: ") == 3 and len(lines_in(ours).splitlines()) == 4, "no end of the last line: the lines stay apart")
    check(note(ours, "之后", "dddddddddd").returncode == 0, "no end of the last line: the next note goes on a line of its own")
    sound(ours, "no end of the last line")


def rebase_and_cherry_pick(parent):
    ours, theirs = by_hand(parent, "rebase")
    for number in range(3):
        note(ours, f"我们{number}", f"bbbbbbbbb{number}")
        commit(ours, f"ours {number}")
        note(theirs, f"他们{number}", f"ccccccccc{number}")
        commit(theirs, f"theirs {number}")
    git(theirs, "push", "-q", "origin", "HEAD:main")
    check(git(ours, "pull", "-q", "--rebase", ok=None).returncode == 0, "rebase: it does not stop")
    check(all(lines_in(ours).count(record.encode()) == 1 for record in ["aaaaaaaaaa", *[f"{one * 9}{n}" for one in "bc" for n in range(3)]]), "rebase: every line once")
    sound(ours, "rebase")
    note(ours, "只此一条", "dddddddddd")
    commit(ours, "picked")
    check(git(theirs, "fetch", "-q", ours, "HEAD").returncode == 0 and git(theirs, "cherry-pick", "FETCH_HEAD", ok=None).returncode == 0, "cherry-pick: it does not stop")
    git(ours, "push", "-q", "origin", "HEAD:main")
    check(git(theirs, "pull", "-q", "--no-rebase", "--no-edit", ok=None).returncode == 0, "cherry-pick: merging it again does not stop")
    check(lines_in(theirs).count(b"dddddddddd") >= 1, "cherry-pick: the line is there")
    sound(theirs, "cherry-pick")


def one_id_two_texts(parent):
    ours, theirs = by_hand(parent, "one-id")
    note(ours, "甲", "bbbbbbbbbb")
    note(theirs, "乙", "bbbbbbbbbb")
    commit(ours, "ours")
    commit(theirs, "theirs")
    git(theirs, "push", "-q", "origin", "HEAD:main")
    git(ours, "pull", "-q", "--no-rebase", "--no-edit", ok=None)
    found = run(PROGRAM, "-C", ours, "check", "--today", "2026-07-01", "-O", "short", ok=None)
    check(found.returncode == 1 and "record/id-reused" in found.stdout, "one id with two texts: check refuses the merge")
    check(note(ours, "之后", "cccccccccc").returncode == 3, "one id with two texts: nothing is written behind it")


def main():
    if shutil.which("git") is None:
        print("skipped: no git")
        return
    for seed in SEEDS:
        simulate(seed)
    with tempfile.TemporaryDirectory(prefix="help-merge-", dir=PLACE) as parent:
        for case in (windows, no_last_end, rebase_and_cherry_pick, one_id_two_texts):
            case(pathlib.Path(parent))
    print(f"{checks} checks, {len(failures)} failed")
    sys.exit(1 if failures or checks == 0 else 0)


main()
