#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Clones of one records folder, merged by git as `init` sets it up: nothing stops, nothing is lost, nothing is altered.

    python3 merge_test.py PROGRAM PEOPLE STEPS SEED…

A quarter of the people have two machines. Each step is one commit: mostly a note (some of them into the file of a colleague), now and then a
correction, a withdrawal, or a comment that somebody types between two lines. Now and then a clone is brought together with the others.
Then the cases by hand: CRLF, a last line without its end, rebase, cherry-pick, a line that stands twice.
"""
import collections
import datetime
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
PEOPLE, STEPS, SEEDS = int(sys.argv[2]), int(sys.argv[3]), [int(one) for one in sys.argv[4:]]
ENVIRONMENT = {"HELP_LANG": "en", "PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1",
               "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b",
               "GIT_AUTHOR_DATE": "2026-03-02T00:00:00Z", "GIT_COMMITTER_DATE": "2026-03-02T00:00:00Z"}
# Some ten thousand calls of git: in memory where that can be had.
PLACE = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
# For every git that git itself starts too. Nothing here is to survive a power cut, and nothing is worth tidying.
QUICK = "[core]\n fsync = none\n[gc]\n auto = 0\n[maintenance]\n auto = false\n[receive]\n autoGC = false\n[pack]\n threads = 1\n"
FIRST_LINE = "# yaml-language-server: $schema=../../schemas/log.schema.json"
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
    return run("git", *words, cwd=clone, ok=ok)


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
    git(None, "clone", "-q", "--bare", first, parent / "origin")
    return parent / "origin"


def clone_of(origin, place, *options):
    git(None, "clone", "-q", *options, origin, place)
    return place


def log_of(clone):
    """Every line of the log but the first, which names the schema, with the path of its file and how often it stands there."""
    return {path.relative_to(clone).as_posix(): collections.Counter(line for line in path.read_text(encoding="utf-8").splitlines() if line and line != FIRST_LINE)
            for path in clone.glob("log/*/*.yaml")}


class Clone:
    """The working tree of one machine. All share one store of objects, so that to fetch and to push is to move a reference: what is tried
    here is the merging. The cases by hand fetch and push for real, and so does the last clone of each run."""

    def __init__(self, origin, place, person):
        self.place, self.person = clone_of(origin, place), person
        shutil.rmtree(place / ".git/objects")
        (place / ".git/objects").symlink_to(origin / "objects")
        self.head = origin_head(origin)
        self.heads = []  # the records that can be corrected here, with their files
        self.written = set()  # every line that must stand here, with its file


def origin_head(origin):
    return git(origin, "rev-parse", "main").stdout.strip()


class School:
    def __init__(self, parent, seed):
        self.rng, self.seed, self.parent = random.Random(seed), seed, parent
        self.origin = make_origin(parent)
        self.clones = [Clone(self.origin, parent / f"clone-{person}-{machine}", f"T{person:03}")
                       for person in range(PEOPLE) for machine in range(2 if person % 4 == 0 else 1)]
        self.main, self.written = self.clones[0].head, set()  # what was pushed last, and the lines of it
        self.stops = self.merges = self.doubled = 0

    def note(self, clone, day, *words):
        done = run(PROGRAM, "-C", clone.place, "note", *words, "--staff", clone.person, "--today", day)
        path, line = re.search(r"^(log/\S+)\n(?:  .*\n)*?  (- \{id: .*\})$", done.stdout, re.M).groups()
        clone.written.add((path, line))
        return line[7:17], path

    def step(self, number):
        rng = self.rng
        clone = rng.choice(self.clones)
        day = str(datetime.date(2026, 3, 1) + datetime.timedelta(days=number * 91 // STEPS))
        heads = clone.heads
        what = rng.random()
        if what < 0.9 or not heads:
            owner = rng.choice(self.clones).person if rng.random() < 0.07 else clone.person
            heads.append(self.note(clone, day, f"2025{rng.randrange(40):04}", "talk", f"第{number}步" + "谈" * rng.randrange(30), "--for", owner))
        elif what < 0.95:
            target, _ = heads.pop(rng.randrange(len(heads)))
            heads.append(self.note(clone, day, "--fix", target, f"2025{rng.randrange(40):04}", "talk", f"更正第{number}步"))
        elif what < 0.98:
            _, path = rng.choice(heads)
            lines = (clone.place / path).read_text(encoding="utf-8").splitlines(keepends=True)
            comment = f"# 第{number}步的批注"
            lines.insert(rng.randrange(len(lines) + 1), comment + "\n")
            (clone.place / path).write_text("".join(lines), encoding="utf-8", newline="\n")
            clone.written.add((path, comment))
        else:
            target, _ = heads.pop(rng.randrange(len(heads)))
            self.note(clone, day, "--void", target, f"第{number}步作废")
        git(clone.place, "add", "log")
        git(clone.place, "commit", "-qm", f"step {number}")
        clone.head = self.head_of(clone)
        if rng.random() < 0.3:
            self.sync(clone)

    def head_of(self, clone):
        return (clone.place / ".git/refs/heads/main").read_text().strip()

    def sync(self, clone):
        before = clone.head
        if git(clone.place, "merge", "-q", "--no-edit", self.main, ok=None).returncode != 0:
            self.stops += 1
            git(clone.place, "merge", "--abort", ok=None)
            return
        clone.head = self.head_of(clone)
        if clone.head != before:
            self.merges += 1
            clone.written |= self.written
            self.compare(clone.place, clone.written, f"seed {self.seed}, merge {self.merges}")
        self.main, self.written = clone.head, set(clone.written)

    def compare(self, place, written, what):
        """Every line of both sides stands here, byte for byte, and no other."""
        present = {(path, line) for path, lines in log_of(place).items() for line in lines}
        check(written <= present, f"{what}: lost are {written - present}")
        check(present <= written, f"{what}: altered are {present - written}")

    def judge(self):
        for clone in self.clones * 2:
            self.sync(clone)
        what = f"seed {self.seed}"
        check(self.stops == 0, f"{what}: {self.stops} merges stopped")
        check(all(clone.head == self.main for clone in self.clones), f"{what}: the clones have not come together")
        git(self.origin, "update-ref", "refs/heads/main", self.main)
        last = clone_of(f"file://{self.origin}", self.parent / "last")
        git(last, "fsck", "--connectivity-only")
        self.compare(last, self.written, f"{what}, cloned anew")
        self.doubled = sum(count - 1 for lines in log_of(last).values() for line, count in lines.items() if line.startswith("- "))
        for place in (self.clones[0].place, self.clones[-1].place, last):
            sound(place, what)
        records = sum(line.startswith("- ") for _, line in self.written)
        print(f"seed {self.seed}: {STEPS} commits in {len(self.clones)} clones, {records} records, {self.merges} merges, {self.stops} stops, {self.doubled} doubled lines")


def simulate(parent, seed):
    school = School(folder_in(parent, f"seed-{seed}"), seed)
    for number in range(STEPS):
        school.step(number)
    school.judge()


def folder_in(parent, name):
    (parent / name).mkdir()
    return parent / name


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


def begin(parent):
    """What every case by hand begins with: two clones of one folder with one note."""
    origin = make_origin(parent)
    ours = clone_of(origin, parent / "ours")
    note(ours, "起头", "aaaaaaaaaa")
    commit(ours, "begin")
    git(ours, "push", "-q", "origin", "HEAD:main")
    clone_of(origin, parent / "theirs")


def by_hand(parent, name, *options):
    folder = parent / name
    shutil.copytree(parent / "begin", folder)
    ours, theirs = folder / "ours", folder / "theirs"
    for config in (ours / ".git/config", theirs / ".git/config"):
        config.write_text(config.read_text().replace(str(parent / "begin"), str(folder)))
    if options:
        shutil.rmtree(theirs)
        clone_of(folder / "origin", theirs, *options)
    return ours, theirs


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


def talks_that_count(clone):
    done = run(PROGRAM, "-C", clone, "overdue", "--rule", "talk", "--why", "--today", "2026-03-31", ok=(0,))
    return re.search(r"\((\d+) of 9\)", done.stdout)[1]


def doubled_line(parent):
    """A comment near the top on one side and a line below on the other: git keeps what lies between them twice."""
    ours, theirs = by_hand(parent, "doubled")
    (ours / "policy.yaml").write_text("policy: {id: base, name: 底本}\ncadence:\n"
                                      "  - {id: talk, name: 谈心, who: mentor, does: talk, for: each pair, every: month, at-least: 9}\n", encoding="utf-8")
    (ours / "pairs").mkdir()
    (ours / "pairs/2026-spring.yaml").write_text('- {id: dyskmk7d2j, student: "20250001", staff: T000, role: mentor, subject: 数学, from: 2026-02-27, '
                                                 'until: 2026-07-03, because: "任教"}\n', encoding="utf-8")
    path = ours / "log/2026-03/T000.yaml"
    first, *others = lines_in(ours).decode().splitlines(keepends=True)
    path.write_text("".join([first, "# 手写的批注\n", *others]), encoding="utf-8", newline="\n")
    commit(ours, "comment")
    note(theirs, "他们", "bbbbbbbbbb")
    commit(theirs, "theirs")
    git(theirs, "push", "-q", "origin", "HEAD:main")
    check(git(ours, "pull", "-q", "--no-rebase", "--no-edit", ok=None).returncode == 0, "a comment near the top: the merge does not stop")
    merged = lines_in(ours)
    if merged.count(b"aaaaaaaaaa") < 2:  # another git may be wiser
        path.write_bytes(merged + others[0].encode())
    check(lines_in(ours).count(others[0].encode()) == lines_in(ours).count(b"aaaaaaaaaa") == 2, "a doubled line: both are the same, byte for byte")
    sound(ours, "a doubled line")
    check(talks_that_count(ours) == "2", f"a doubled line counts: {talks_that_count(ours)} of 2")
    path.write_bytes(lines_in(ours) + others[0].replace("aaaaaaaaaa", "cccccccccc").encode())
    check(talks_that_count(ours) == "3", "the same words under another id are another contact")


def main():
    if shutil.which("git") is None:
        print("skipped: merges: no git")
        sys.exit(77)
    # Who stops us finds no folder left.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="help-merge-", dir=PLACE) as place:
        parent = pathlib.Path(place)
        (parent / "gitconfig").write_text(QUICK)
        ENVIRONMENT["GIT_CONFIG_GLOBAL"] = str(parent / "gitconfig")
        for seed in SEEDS:
            simulate(parent, seed)
        begin(folder_in(parent, "begin"))
        for case in (windows, no_last_end, rebase_and_cherry_pick, doubled_line, one_id_two_texts):
            case(parent)
    print(f"{checks} checks, {len(failures)} failed")
    sys.exit(1 if failures or checks == 0 else 0)


main()
