#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The real program while it writes: killed at every system call, every call failing, the disk full, the plug pulled, sixteen writers at once.

    python3 durability_test.py PROGRAM quick|slow [PART…]

`quick` takes some seconds (a sample of the points of failure), `slow` all of them. After each attack the log must be what it was, or that
and the new line whole; a note that was confirmed (status 0) must stand there; and the next note must work.

What cannot be tried here (no root, no loop device, no strace) is said in a line that begins with "skipped:"; where nothing could be tried the
status is 77.
"""
import concurrent.futures
import fcntl
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time

# Ordinary users have no such place in theirs.
os.environ["PATH"] = os.environ.get("PATH", "/usr/bin:/bin") + ":/usr/sbin:/sbin"
PROGRAM, MODE = str(pathlib.Path(sys.argv[1]).resolve()), sys.argv[2]
SLOW = MODE == "slow"
TODAY = "2026-03-02"
PATH = "log/2026-03/T012.yaml"
FOLDER_FILES = {
    "help.yaml": "school: {name: 春晖实验学校}\npolicy: policy.yaml\nterms:\n  - {id: 2026-spring, year: 2025, from: 2026-02-25, until: 2026-07-03}\n",
    "policy.yaml": "policy: {id: base, name: 底本}\n",
    "roster/students.yaml": "".join(f'- {{id: "2025{n:04}", name: 学生{chr(0x4e00 + n)}}}\n' for n in range(30)),
    "roster/staff.yaml": "".join(f"- {{id: T{n:03}, name: 教师{chr(0x4e00 + n)}}}\n" for n in range(20)),
    "roster/classes.yaml": "",
}
OLD = ("# 三月，手写的注释\n"
       "- {id: k7f3q2w9xc, date: 2026-03-01, kind: talk, student: \"20250001\", note: \"作业拖拉\"}\n"
       "- {id: p2c9xw4tn1, date: 2026-03-01, kind: talk, student: \"20250002\"}   # 补记\n\n")
EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"
ENVIRONMENT = {"HELP_LANG": "en", "PATH": os.environ["PATH"]}
# In memory where that can be had: only the pulled plug needs a disk, and brings its own.
PLACE = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
failures = []
skips = []
checks = 0
harmed = []
next_notes = []  # seconds that the note after an attack took


def check(holds, what):
    global checks
    checks += 1
    if not holds:
        failures.append(what)
        print("FAILED:", what, flush=True)


def skip(what):
    skips.append(what)
    print("skipped:", what, flush=True)


def make_folder(parent):
    folder = pathlib.Path(tempfile.mkdtemp(dir=parent))
    for path, text in FOLDER_FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    (folder / PATH).parent.mkdir(parents=True)
    (folder / PATH).write_text(OLD, encoding="utf-8")
    return folder


def command(folder, text, record=None, staff="T012"):
    words = [PROGRAM, "-C", str(folder), "note", "20250003", "talk", text, "--staff", staff, "--today", TODAY]
    return words + (["--id", record] if record else [])


def note(folder, text, record=None, before=(), **options):
    return subprocess.run([*before, *command(folder, text, record)], env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, text=True, **options)


def line_of(record, text):
    return f'- {{id: {record}, date: {TODAY}, kind: talk, student: "20250003", note: "{text}"}}\n'


def judge(folder, record, text, status, what):
    """Old bytes intact, the entry whole or absent; status 0 only if it is there; 4 only if it may be; the next write works."""
    now = (folder / PATH).read_bytes()
    old, with_line = OLD.encode(), (OLD + line_of(record, text)).encode()
    check(now in (old, with_line), f"{what}: the log is torn: {now!r}")
    if status == 0:
        check(now == with_line, f"{what}: confirmed, but not there")
    if status == 4:
        check(now == with_line, f"{what}: said to be written, and is not")
    if status in (2, 3):
        check(now == old, f"{what}: refused ({status}), and yet written")
    # A lock that is still held would be refused after ten seconds. How long it takes is printed, not judged: the machine may be busy.
    began = time.monotonic()
    again = note(folder, "下一条", "aaaaaaaaaa")
    next_notes.append(time.monotonic() - began)
    check(again.returncode == 0, f"{what}: the next note fails with {again.returncode}: {again.stderr}")
    check((folder / PATH).read_bytes() == now + line_of("aaaaaaaaaa", "下一条").encode(), f"{what}: the next note harms the log")
    left = [path.name for path in (folder / PATH).parent.iterdir() if path.name != "T012.yaml"]
    check(not left, f"{what}: left over: {left}")


def calls_of(parent):
    """The system calls of one note from the first lock on, as (name, the how-manieth of its name)."""
    folder = make_folder(parent)
    trace = folder / "trace"
    done = note(folder, "测", "bbbbbbbbbb", before=["strace", "-f", "-qq", "-o", str(trace)])
    if done.returncode != 0:
        return None
    counts, calls = {}, []
    for row in trace.read_text(errors="replace").splitlines():
        found = re.match(r"\d+ +(\w+)\(", row)
        if not found or found[1] in ("execve", "exit_group", "brk", "mmap", "munmap", "mprotect", "madvise", "arch_prctl", "prlimit64", "rseq", "set_robust_list", "set_tid_address"):
            continue
        counts[found[1]] = counts.get(found[1], 0) + 1
        calls.append((found[1], counts[found[1]]))
    shutil.rmtree(folder)
    return calls


def calls_that_write(calls):
    """Those between the making of the file beside and the end of the fsync of the folder, and what takes the lock and makes folders."""
    renamed = next(i for i, (name, _) in enumerate(calls) if name.startswith("rename"))
    made = max(i for i, (name, _) in enumerate(calls[:renamed]) if name == "openat")
    return [call for i, call in enumerate(calls) if made <= i <= renamed + 2 or call[0] in ("flock", "ftruncate", "pwrite64", "mkdirat")]


def strace(inject):
    # Only calls that are traced are harmed.
    return ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + inject.split("=")[1].split(":")[0], "-e", inject]


def attack(parent, inject, what):
    folder = make_folder(parent)
    done = note(folder, "谈了二十分钟", "cccccccccc", before=strace(inject))
    harmed.append(done.returncode not in (0, 2, 3, 4) if "SIGKILL" in inject else done.returncode != 0)
    judge(folder, "cccccccccc", "谈了二十分钟", done.returncode, what)
    shutil.rmtree(folder)


def kills_and_errors(parent):
    if shutil.which("strace") is None:
        skip("kills and errors at every system call: no strace")
        return
    calls = calls_of(parent)
    if calls is None:
        skip("kills and errors at every system call: strace may not trace here")
        return
    if not SLOW:
        calls = calls_that_write(calls)
    attacks = [(f"inject={name}:signal=SIGKILL:when={nth}", f"killed at {name} {nth}") for name, nth in calls]
    errors = ["ENOSPC", "EIO", "EDQUOT", "EINTR", "EMFILE", "EACCES"] if SLOW else ["EIO"]
    for name, nth in calls:
        for error in errors:
            for more in ("", "+") if SLOW else ("",):
                # A call that is interrupted for ever is made for ever: nothing can be learned from it.
                if not (error == "EINTR" and more):
                    attacks.append((f"inject={name}:error={error}:when={nth}{more}", f"{error} at {name} {nth}{more}"))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda one: attack(parent, *one), attacks))
    check(sum(harmed) > len(attacks) / 2, "the attacks do nothing")
    print(f"{len(calls)} system calls, {len(attacks)} attacks, {sum(harmed)} of which stopped the note")


def short_writes(parent):
    """A limit on the size of files: the write stops at every byte."""
    size = len((OLD + line_of("cccccccccc", "短")).encode())
    limits = range(0, size + 2) if SLOW else list(range(0, size + 2, 151)) + [size - 1, size]
    for limit in limits:
        folder = make_folder(parent)
        done = note(folder, "短", "cccccccccc", preexec_fn=lambda most=limit: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))
        check((done.returncode == 0) == (limit >= size), f"file size limit {limit} of {size}: status {done.returncode}")
        judge(folder, "cccccccccc", "短", done.returncode, f"file size limit {limit}")
        shutil.rmtree(folder)


def full_disk(parent):
    if os.geteuid() != 0:
        skip("full disk: neither root nor a namespace of one's own")
        return
    place = pathlib.Path(tempfile.mkdtemp(dir=parent))
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k" if SLOW else "size=64k", "tmpfs", str(place)], capture_output=True).returncode != 0:
        skip("full disk: nothing may be mounted here")
        return
    try:
        for fill in range(20 if SLOW else 1):
            folder = make_folder(place)
            if not SLOW:
                left = os.statvfs(place)
                (place / "filler").write_bytes(bytes((left.f_bavail - 4) * left.f_bsize))
            confirmed, refused = [], 0
            for number in range(400):
                text = f"第{number}次" + "谈" * ((number * 37 + fill) % 200)
                done = note(folder, text)
                found = re.search(r"id: (\w{10})", done.stdout)
                if done.returncode == 0:
                    confirmed.append(found[1])
                else:
                    refused += 1
                    check(done.returncode == 3, f"full disk: status {done.returncode}: {done.stderr}")
                if refused == (15 if SLOW else 3):
                    break
            check(refused > 0, "full disk: it never became full")
            now = (folder / PATH).read_text(encoding="utf-8")
            check(now.startswith(OLD), "full disk: old bytes are lost")
            lines = now[len(OLD):].splitlines(keepends=True)
            present = [re.match(r"- \{id: (\w{10}), .*\}\n$", one) for one in lines]
            check(all(present), "full disk: a torn line")
            check([one[1] for one in present if one] == confirmed, "full disk: what was confirmed is not what is there")
            shutil.rmtree(folder)
    finally:
        subprocess.run(["umount", str(place)], check=False)


def many_writers(parent, kill=False):
    folder = make_folder(parent)
    writers, times = ((8, 60) if SLOW else (4, 5)) if kill else ((16, 50) if SLOW else (8, 4))

    def write(writer):
        rng = random.Random(writer)
        confirmed = []
        for number in range(times):
            text = f"写者{writer}第{number}条"
            started = subprocess.Popen(command(folder, text), env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            if kill and rng.random() < 0.6:
                time.sleep(rng.random() * 0.02)
                started.kill()
            started.communicate()
            if started.returncode == 0:
                confirmed.append(text)
        return confirmed

    with concurrent.futures.ThreadPoolExecutor(writers) as pool:
        confirmed = [text for each in pool.map(write, range(writers)) for text in each]
    now = (folder / PATH).read_text(encoding="utf-8")
    texts = re.findall(r'note: "(写者\d+第\d+条)"\}\n', now)
    what = "killed writers" if kill else "writers at once"
    check(now.startswith(OLD), f"{what}: old bytes are lost")
    check(len(texts) == len(now[len(OLD):].splitlines()), f"{what}: a torn line")
    check(set(confirmed) <= set(texts) and len(texts) == len(set(texts)), f"{what}: a confirmed note is lost, or stands twice")
    if not kill:
        check(len(texts) == writers * times == len(confirmed), f"{what}: {len(texts)} of {writers * times} are there")
    check(note(folder, "之后").returncode == 0, f"{what}: the next note does not work")
    shutil.rmtree(folder)


def every_other_byte(parent):
    """W6: comments, order, line ends, mode and owner stay; one line more is the whole difference."""
    rng = random.Random(6)
    for number in range(10_000 if SLOW else 20):
        folder = make_folder(parent) if number % 20 == 0 else folder
        path = folder / PATH
        end = rng.choice(["\n", "\r\n"])
        lines = [rng.choice(["# 注释", "", "- {id: %s, date: 2026-03-01, kind: talk, student: \"20250001\", note: \"%s\"}" % (
            "".join(rng.choice("abcdefghjk") for _ in range(10)), "x" * rng.randrange(40))]) for _ in range(rng.randrange(1, 12))]
        old = end.join(lines) + (end if rng.random() < 0.8 else "")
        path.write_bytes(old.encode())
        mode = rng.choice([0o600, 0o640, 0o664])
        path.chmod(mode)
        done = note(folder, "新的一条", "dddddddddd")
        now = path.read_bytes()
        kept = old.encode() if old.endswith("\n") or not old else (old + ("\r\n" if "\r\n" in old else "\n")).encode()
        check(done.returncode == 0, f"a random file: {done.returncode} {done.stderr}")
        check(now.startswith(kept) and now[len(kept):].rstrip(b"\r\n") == line_of("dddddddddd", "新的一条").strip().encode(), f"a random file: {old!r} became {now!r}")
        check(path.stat().st_mode & 0o777 == mode, "a random file: its mode has changed")
        if number % 20 == 19:
            shutil.rmtree(folder)


def statuses(parent):
    """W7 and W8: no lock outlives its holder, stray temporary files are swept, a repeat with the same id changes nothing."""
    folder = make_folder(parent)
    (folder / "log/2026-03/.help.tmp-0123456789abcdef").write_text("left")
    (folder / ".help.lock").write_text("999999")
    check(note(folder, "甲", "eeeeeeeeee").returncode == 0, "a lock file without a holder stops nobody")
    check(not (folder / "log/2026-03/.help.tmp-0123456789abcdef").exists(), "a stray temporary file is swept")
    before = (folder / PATH).read_bytes(), (folder / PATH).stat().st_mtime_ns
    check(note(folder, "甲", "eeeeeeeeee").returncode == 0, "a repeat is no failure")
    check(before == ((folder / PATH).read_bytes(), (folder / PATH).stat().st_mtime_ns), "a repeat changes nothing")
    check(note(folder, "乙", "eeeeeeeeee").returncode == 3, "the same id with other words is refused")
    check(before[0] == (folder / PATH).read_bytes(), "what is refused changes nothing")
    # The last fsync is that of the folder, after the rename.
    calls = calls_of(parent) if shutil.which("strace") is not None else None
    last = max((nth for name, nth in calls or [] if name == "fsync"), default=0)
    if not last:
        skip("written and not confirmed: strace is missing or may not trace here")
    else:
        done = note(folder, "丙", "ffffffffff", before=strace(f"inject=fsync:error=EIO:when={last}"))
        check(done.returncode == 4, f"written and not confirmed is 4, not {done.returncode}")
        check("ffffffffff" in done.stdout, "the id is said all the same")
        check(note(folder, "丙", "ffffffffff").returncode == 0, "repeating it is safe")
        check((folder / PATH).read_text(encoding="utf-8").count("ffffffffff") == 1, "and it stands there once")
    shutil.rmtree(folder)


def owners(parent):
    """W6: a file keeps its owner where the writer may give it back, else its group, and never gives rights to another group."""
    folder = make_folder(parent)
    try:
        os.chown(folder, 1234, 5678)
    except OSError:
        skip("owner of a file: not root")
        return
    os.chmod(folder, 0o755)
    cases = [("root writes", 0, [], (1234, 5678, 0o640), (1234, 5678, 0o640)),
             ("of the group", 4321, [5678], (4321, 5678, 0o660), (4321, 5678, 0o660)),
             ("not of the group", 4321, [], (4321, 5678, 0o660), (4321, 4321, 0o600)),
             ("a colleague of the group", 4321, [5678], (1234, 5678, 0o660), (4321, 5678, 0o660))]
    for what, user, groups, (owner, group, mode), wanted in cases:
        try:
            os.chown(parent, user, user)
            for place, folders, files in os.walk(folder):
                for one in [place, *(os.path.join(place, file) for file in files)]:
                    os.chown(one, user, user)
            os.chown(folder / PATH, owner, group)
            os.chmod(folder / PATH, mode)
            options = {"user": user, "group": user, "extra_groups": groups}
            subprocess.run([PROGRAM, "--version"], check=True, stdout=subprocess.DEVNULL, **options)
        except (OSError, subprocess.CalledProcessError) as problem:
            skip(f"owner of a file, {what}: {problem}")
            continue
        done = note(folder, what, **options)
        now = (folder / PATH).stat()
        check(done.returncode == 0, f"owner, {what}: {done.returncode} {done.stderr}")
        check((now.st_uid, now.st_gid, now.st_mode & 0o7777) == wanted, f"owner, {what}: {now.st_uid}:{now.st_gid} {now.st_mode & 0o7777:o}")
    os.chown(parent, 0, 0)
    shutil.rmtree(folder)


def shared(parent):
    """Two colleagues of a group, one folder: with git's core.sharedRepository, or a folder that gives its group on, neither locks the other out."""
    for what in ("core.sharedRepository", "chmod g+ws", "nothing"):
        folder = make_folder(parent)
        try:
            if what == "core.sharedRepository":
                (folder / ".git").mkdir()
                (folder / ".git/config").write_text("[core]\n\tsharedRepository = group\n")
            shutil.rmtree(folder / "log")
            os.chown(parent, 0, 5678)
            os.chmod(parent, 0o755)
            for place, folders, files in os.walk(folder):
                os.chown(place, 0, 5678)
                os.chmod(place, 0o2775 if what == "chmod g+ws" else 0o775)
                for one in files:
                    os.chown(os.path.join(place, one), 0, 5678)
                    os.chmod(os.path.join(place, one), 0o664)
            users = [{"user": user, "group": user, "extra_groups": [5678]} for user in (1234, 4321)]
            subprocess.run([PROGRAM, "--version"], check=True, stdout=subprocess.DEVNULL, **users[0])
        except (OSError, subprocess.CalledProcessError) as problem:
            skip(f"a folder of two users: {problem}")
            shutil.rmtree(folder)
            return
        done = [note(folder, f"{what} {turn}", **users[turn % 2]).returncode for turn in range(4)]
        text = (folder / PATH).read_text()
        if what == "nothing":
            check(done in ([0, 2, 0, 2], [0, 3, 0, 3]), f"shared, {what}: {done}")
        else:
            check(done == [0] * 4 and all(f"{what} {turn}" in text for turn in range(4)), f"shared, {what}: {done}")
            check((folder / PATH).stat().st_gid == 5678, f"shared, {what}: another group")
        os.chown(parent, 0, 0)
        shutil.rmtree(folder)


class Disk:
    """An ext4 in a file. To pull the plug: from that moment on nothing reaches the disk, not even its journal, and what lay in memory is gone."""

    SHUTDOWN = 0x8004587D  # EXT4_IOC_SHUTDOWN
    WITHOUT_LOG_FLUSH = 2

    def __init__(self, parent):
        self.image, self.place = parent / "disk", parent / "mounted"
        self.empty = parent / "empty"
        self.place.mkdir()

    def make(self):
        """Why it cannot be had here; None if it can."""
        for tool in ("mkfs.ext4", "mount", "losetup"):
            if shutil.which(tool) is None:
                return f"no {tool}"
        if os.geteuid() != 0:
            return "not root"
        with open(self.empty, "wb") as file:
            file.truncate(16 << 20)
        if subprocess.run(["mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0", str(self.empty)], capture_output=True).returncode != 0:
            return "mkfs.ext4 fails"
        shutil.copy(self.empty, self.image)
        why = self.mount("ordered")
        if why is None:
            self.unmount()
        return why

    def mount(self, data):
        # No commit of the journal but by fsync; and writeback without what ext4 does of its own accord for files that are renamed.
        more = ",noauto_da_alloc" if data == "writeback" else ""
        done = subprocess.run(["mount", "-t", "ext4", "-o", f"loop,commit=300,data={data}{more}", str(self.image), str(self.place)],
                              capture_output=True, text=True)
        return None if done.returncode == 0 else "no ext4 on a loop device may be mounted: " + " ".join(done.stderr.split())

    def unmount(self):
        subprocess.run(["umount", str(self.place)], check=True)

    def pull(self):
        number = os.open(self.place, os.O_RDONLY)
        try:
            fcntl.ioctl(number, self.SHUTDOWN, struct.pack("I", self.WITHOUT_LOG_FLUSH))
        finally:
            os.close(number)


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(".help.")}


class Pull:
    """One writer on a disk whose plug is pulled: at a random moment, or as soon as the last of its commands has been confirmed."""

    def __init__(self, disk, number, data, before=()):
        self.disk, self.rng, self.before, self.what = disk, random.Random(number), list(before), f"plug {number}, {data}"
        shutil.copy(disk.empty, disk.image)
        disk.mount(data)
        self.folder = make_folder(disk.place)
        self.data = data
        # Into a file that is there, into a new one, into a new folder.
        self.commands = [(f"第{n}条", staff, day) for n, (staff, day) in enumerate(
            self.rng.sample([("T012", "2026-03-02"), ("T013", "2026-03-02"), ("T012", "2026-04-02"), ("T014", "2026-05-06")], 4) * 2)]
        subprocess.run(["sync", "-f", str(self.folder)], check=True)

    def write(self):
        """What was confirmed, and what was begun."""
        at_random = self.rng.random() < 0.5 and not self.before
        confirmed, begun = [], []
        stop = threading.Timer(self.rng.random() * 0.2, self.disk.pull) if at_random else None
        if stop:
            stop.start()
        for text, staff, day in self.commands if at_random else self.commands[:self.rng.randrange(1, 5)]:
            words = [PROGRAM, "-C", str(self.folder), "note", "20250003", "talk", text, "--staff", staff, "--today", day]
            begun.append(text)
            done = subprocess.run([*self.before, *words], env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, text=True)
            if done.returncode != 0:
                break
            confirmed.append(text)
        if stop:
            stop.join()
        else:
            self.disk.pull()
        return confirmed, begun

    def run(self):
        """How many confirmed notes are lost; all else is checked."""
        try:
            confirmed, begun = self.write()
        finally:
            self.disk.unmount()
        check(self.disk.mount(self.data) is None, f"{self.what}: the disk cannot be read again")
        try:
            logs = [path.read_bytes() for path in sorted(self.folder.glob("log/*/*.yaml"))]
            present = [text for text in begun if any(f'note: "{text}"}}\n'.encode() in log for log in logs)]
            if self.before:
                return len(set(confirmed) - set(present))
            check(set(confirmed) <= set(present), f"{self.what}: confirmed and lost: {set(confirmed) - set(present)}")
            check((self.folder / PATH).read_bytes().startswith(OLD.encode()), f"{self.what}: old bytes are lost")
            for log in logs:
                check(all(re.fullmatch(rb"- \{id: \w{10}, .*\}(   # .*)?|#.*|", line) for line in log.split(b"\n")) and log.endswith(b"\n"),
                      f"{self.what}: a torn log: {log!r}")
            check(note(self.folder, "之后").returncode == 0, f"{self.what}: the next note does not work")
            left = [path.name for path in (self.folder / PATH).parent.iterdir() if path.name.startswith(".help.tmp")]
            check(not left, f"{self.what}: left over: {left}")
            return len(set(confirmed) - set(present))
        finally:
            self.disk.unmount()


def pull_while_saving(disk, number, data, reference):
    """Lists and tables: each file is the old one or the new one, whole; and the new one if that was confirmed."""
    old, steps = reference
    rng, what = random.Random(number), f"plug {number}, {data}, lists and tables"
    shutil.copy(disk.empty, disk.image)
    disk.mount(data)
    folder = disk.place / "school"
    shutil.copytree(EXAMPLES / "school", folder)
    subprocess.run(["sync", "-f", str(folder)], check=True)
    stop = threading.Timer(rng.random() * 0.3, disk.pull) if number % 2 else None
    if stop:
        stop.start()
    confirmed, begun = -1, -1
    for index, (words, _) in enumerate(steps):
        begun = index
        if subprocess.run([PROGRAM, "-C", str(folder), *words], env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True).returncode != 0:
            break
        confirmed = index
    if stop:
        stop.join()
    else:
        disk.pull()
    disk.unmount()
    check(disk.mount(data) is None, f"{what}: the disk cannot be read again")
    now = tree(folder)
    disk.unmount()
    states = [old, *(after for _, after in steps)]
    for path in sorted({path for state in states for path in state} | set(now)):
        allowed = [state.get(path) for state in states[confirmed + 1:begun + 2]]
        check(now.get(path) in allowed, f"{what}: {path} is neither what it was nor what was written")


def reference_of(parent):
    folder = parent / "reference"
    shutil.copytree(EXAMPLES / "school", folder)
    old = tree(folder)
    steps = []
    for words in (["identify", "--save", "--today", "2026-03-02"],
                  ["import", "--map", str(EXAMPLES / "import/unit-wide.yaml"), str(EXAMPLES / "import/unit-wide.csv"), "--yes"]):
        done = subprocess.run([PROGRAM, "-C", str(folder), *words], env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        check(done.returncode == 0 and tree(folder) != (steps[-1][1] if steps else old), f"{words}: {done.returncode} {done.stderr}")
        steps.append((words, tree(folder)))
    return old, steps


def pulled_plug(parent):
    """W5, on ext4 with ordered data and with data written at any time; and without fsync, to see that the pull takes what was not synced."""
    parent = pathlib.Path(tempfile.mkdtemp(dir=parent))
    disk = Disk(parent)
    why = disk.make()
    if why:
        skip(f"pulled plug: {why}")
        return
    reference = reference_of(parent)
    for number in range(200 if SLOW else 1):
        Pull(disk, number, "ordered" if number % 2 else "writeback").run()
    for number in range(40 if SLOW else 1):
        pull_while_saving(disk, number, "ordered" if number % 4 < 2 else "writeback", reference)
    deaf = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:retval=0"]
    if shutil.which("strace") is None or subprocess.run([*deaf, "true"], capture_output=True).returncode != 0:
        skip("pulled plug without fsync, as a proof of the test: strace may not trace here")
        return
    tries = 10 if SLOW else 1
    lost = sum(Pull(disk, number, "ordered", deaf).run() > 0 for number in range(tries))
    check(lost == tries, f"without fsync {tries - lost} of {tries} pulls lose nothing: the plug is not pulled")
    print(f"without fsync {lost} of {tries} pulls lose a confirmed note")


PARTS = {
    "statuses": statuses,
    "short-writes": short_writes,
    "other-bytes": every_other_byte,
    "owners": owners,
    "shared": shared,
    "full-disk": full_disk,
    "writers": many_writers,
    "killed-writers": lambda parent: many_writers(parent, kill=True),
    "calls": kills_and_errors,
    "plug": pulled_plug,
}


def with_own_mounts():
    """Starts again where what is mounted is seen by nobody else and ends with us."""
    if "HELP_OWN_MOUNTS" in os.environ or shutil.which("unshare") is None:
        return
    for how in (["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"]):
        if subprocess.run([*how, "true"], capture_output=True).returncode == 0:
            os.execvpe(how[0], [*how, sys.executable, *sys.argv], {**os.environ, "HELP_OWN_MOUNTS": "yes"})


def main():
    with_own_mounts()
    # Who stops us finds no folder left.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    parent = tempfile.mkdtemp(prefix="help-durability-", dir=PLACE)
    try:
        for name, part in PARTS.items():
            if len(sys.argv) > 3 and name not in sys.argv[3:]:
                continue
            began = time.monotonic()
            part(parent)
            print(f"{name}: {time.monotonic() - began:.1f} s", flush=True)
    finally:
        shutil.rmtree(parent, ignore_errors=True)
    if next_notes:
        print(f"the note after an attack took at most {max(next_notes) * 1000:.0f} ms, half of them at most {sorted(next_notes)[len(next_notes) // 2] * 1000:.0f} ms")
    print(f"{checks} checks, {len(failures)} failed")
    sys.exit(1 if failures else 0 if checks else 77)


main()
