#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Workbooks that are made to stop a computer, or to make it read other files: each is refused in under a second and under 128 MiB,
and nothing is written.

    python3 tests/process/bombs_test.py HELPCTL [SLOWER]          (SLOWER: by how much the build is slower and larger than a release)
    python3 tests/process/bombs_test.py HELPCTL --keep FOLDER     (only makes the files)
"""
import os
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
MOST_SECONDS, MOST_MEBIBYTES = 1.0, 128
MAP = """import: {id: m}
student: {id: {column: id}}
marks:
  subjects: {a: {full: 100}}
  exams: [{id: 2026-05-15-unit, kind: unit, term: 2026-spring, date: 2026-05-15, columns: {a: a}}]
"""


def sheet(rows, after=""):
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(worksheet, shared=None):
    relation = '<Relationship Id="{}" Type="' + OFFICE + '/{}" Target="{}"/>'
    made = {
        "[Content_Types].xml": HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}">{relation.format("r1", "officeDocument", "xl/workbook.xml")}</Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}">{relation.format("r1", "worksheet", "worksheets/s.xml")}'
                                      + (relation.format("r2", "sharedStrings", "t.xml") if shared else "") + "</Relationships>",
    }
    if shared:
        made["xl/t.xml"] = shared
    made["xl/worksheets/s.xml"] = worksheet
    return made


class Repeated:
    """A text with a part that is repeated many times; it is deflated once, and never held whole."""

    def __init__(self, whole, part, times):
        self.head, self.tail = (each.encode("utf-8") for each in whole.split("@"))
        self.part, self.times = part.encode("utf-8"), times

    def packed(self):
        """(deflated bytes, checksum, size)"""
        each = max(1, min(self.times, (1 << 20) // len(self.part)))
        block, rest = self.part * each, self.part * (self.times % each) + self.tail
        checksum = zlib.crc32(self.head)
        for _ in range(self.times // each):
            checksum = zlib.crc32(block, checksum)
        kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
        start = kernel.compress(self.head) + kernel.flush(zlib.Z_FULL_FLUSH)
        middle = kernel.compress(block) + kernel.flush(zlib.Z_FULL_FLUSH)
        end = kernel.compress(rest) + kernel.flush()
        size = len(self.head) + len(block) * (self.times // each) + len(rest)
        return start + middle * (self.times // each) + end, zlib.crc32(rest, checksum), size


def archive(path, made, claimed=None):
    """Writes a workbook; `claimed`: the size that both headers give the last part."""
    body, directory = b"", b""
    for name, content in made.items():
        if isinstance(content, str):
            content = Repeated(content + "@", " ", 0)
        packed, checksum, size = content.packed()
        if claimed and name == list(made)[-1]:
            size = claimed
        head = struct.pack("<5H3I2H", 20, 0, 8, 0, 0, checksum, len(packed), size, len(name), 0)
        directory += b"PK\x01\x02\x14\x00" + head + struct.pack("<3H2I", 0, 0, 0, 0, len(body)) + name.encode()
        body += b"PK\x03\x04" + head + name.encode() + packed
    path.write_bytes(body + directory + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, len(made), len(made), len(directory), len(body), 0))


ROW_OF_CELLS = "<row>" + "<c><v>1</v></c>" * 900 + "</row>"


def many_cells(path):
    archive(path, parts(Repeated(sheet("@"), ROW_OF_CELLS, 80_000)))


def lying_about_size(path):
    """As many_cells; both headers say that the sheet has 1000 bytes."""
    archive(path, parts(Repeated(sheet("@"), ROW_OF_CELLS, 80_000)), claimed=1000)


def one_text_in_every_cell(path):
    shared = f'{HEAD}<sst xmlns="{MAIN}"><si><t>{"x" * 32_767}</t></si></sst>'
    archive(path, parts(Repeated(sheet("@"), "<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>", 1000), shared))


def last_cell(path):
    archive(path, parts(sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')))


def entities(path):
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<!DOCTYPE worksheet [<!ENTITY e0 "0123456789">{levels}]>'
    archive(path, parts(sheet('<row><c t="inlineStr"><is><t>&e9;</t></is></c></row>').replace(HEAD, HEAD + text)))


def other_file(path):
    text = '<!DOCTYPE worksheet [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    archive(path, parts(sheet('<row><c t="inlineStr"><is><t>&e;</t></is></c></row>').replace(HEAD, HEAD + text)))


def path_out_of_the_folder(path):
    archive(path, {"../../x": "x", **parts(sheet("<row><c><v>1</v></c></row>"))})


def shared_bytes(path):
    """Many entries whose bytes are the same ten mebibytes of zeros, deflated."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = kernel.compress(bytes(10 << 20)) + kernel.flush()
    checksum = zlib.crc32(bytes(10 << 20))
    plain = path.with_suffix(".part")
    archive(plain, parts(sheet("<row><c><v>1</v></c></row>")))
    data = plain.read_bytes()
    plain.unlink()
    end = data.rfind(b"PK\x05\x06")
    count, size, offset = struct.unpack("<HII", data[end + 10:end + 20])
    body, directory = data[:offset], data[offset:end]
    at, name = len(body), b"xl/media/0000"
    body += struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, checksum, len(packed), 10 << 20, len(name), 0) + name + packed
    for number in range(900):
        name = b"xl/media/0000"
        directory += struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, checksum, len(packed), 10 << 20, len(name), 0, 0, 0, 0, 0, at)
        directory += b"xl/media/%04d" % number if number else name
    path.write_bytes(body + directory + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count + 900, count + 900, len(directory), len(body), 0))


def shared_bytes_same_name(path):
    """As shared_bytes, of two entries whose own headers are right: only the bytes are shared."""
    inner = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 0, zlib.crc32(b"x"), 1, 1, 1, 0) + b"b" + b"x"
    outer = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 0, zlib.crc32(inner), len(inner), len(inner), 1, 0) + b"a" + inner
    directory = b""
    for name, content, at in ((b"a", inner, 0), (b"b", b"x", 31)):
        directory += struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, zlib.crc32(content), len(content), len(content), 1, 0, 0, 0, 0, 0, at) + name
    path.write_bytes(outer + directory + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 2, 2, len(directory), len(outer), 0))


def deep(path):
    archive(path, parts(Repeated(sheet("<row>@"), "<x>", 20_000_000)))


def endless_tag(path):
    archive(path, parts(Repeated(sheet('<row spans="@'), "1", 60_000_000)))


def wide_rows(path):
    archive(path, parts(sheet("".join(f'<row r="{n}"><c r="ALL{n}"><v>1</v></c></row>' for n in range(1, 900_001)))))


def merged(path):
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 20_001))
    archive(path, parts(Repeated(sheet(rows, "<mergeCells>@</mergeCells>"), '<mergeCell ref="A1:ALL20000"/>', 90_000)))


def many_texts(path):
    shared = Repeated(f'{HEAD}<sst xmlns="{MAIN}">@</sst>', "<si/>", 12_000_000)
    archive(path, parts(sheet('<row><c t="s"><v>0</v></c></row>'), shared))


def most_that_is_read(path):
    """Not refused for its size: as many cells and bytes as are allowed."""
    row = "".join(f"<c><v>{n % 100}</v></c>" for n in range(990))
    archive(path, parts(Repeated(sheet('<row><c t="inlineStr"><is><t>no</t></is></c></row>@'), f"<row>{row}</row>", 1000)))


BOMBS = [
    # (file, why it is refused)
    (many_cells, "xlsx/too-large"), (lying_about_size, "xlsx/damaged"), (one_text_in_every_cell, "xlsx/too-large"), (last_cell, "xlsx/too-large"),
    (entities, "xlsx/unsafe"), (other_file, "xlsx/unsafe"), (path_out_of_the_folder, "xlsx/unsafe"), (shared_bytes, "xlsx/"),
    (shared_bytes_same_name, "xlsx/unsafe"), (deep, "xlsx/damaged"), (endless_tag, "xlsx/damaged"), (wide_rows, "xlsx/too-large"),
    (merged, "xlsx/too-large"), (many_texts, "xlsx/too-large"), (most_that_is_read, "import/"),
]


def run(helpctl, folder, *arguments):
    begun = time.monotonic()
    child = subprocess.Popen([helpctl, *arguments, "--lang", "en"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    text = child.stdout.read().decode("utf-8")
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, text, time.monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    if len(sys.argv) == 4:
        for make, _ in BOMBS:
            make(Path(sys.argv[3]) / f"{make.__name__}.xlsx")
        return
    helpctl = str(Path(sys.argv[1]).resolve())
    slower = int(sys.argv[2]) if len(sys.argv) == 3 else 1
    most_seconds, most_mebibytes = slower * MOST_SECONDS, slower * MOST_MEBIBYTES
    faults = []
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        run(helpctl, root, "init", "school")
        (root / "map.yaml").write_text(MAP, encoding="utf-8")
        # In another process: memory that was used here would be counted as the program's.
        (root / "bombs").mkdir()
        subprocess.run([sys.executable, __file__, helpctl, "--keep", str(root / "bombs")], check=True)
        before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for make, code in BOMBS:
            path = root / "bombs" / f"{make.__name__}.xlsx"
            status, text, _, seconds, mebibytes = run(helpctl, root / "school", "import", str(path), "--map", str(root / "map.yaml"))
            print(f"{make.__name__:24} {path.stat().st_size:9} bytes {seconds:6.2f} s {mebibytes:6.1f} MiB  {text.splitlines()[0][-90:]}")
            if status not in (2, 3) or f"[{code}" not in text or seconds > most_seconds or mebibytes > most_mebibytes or "root:" in text:
                faults.append(f"{make.__name__}: status {status}, {seconds:.2f} s, {mebibytes:.0f} MiB, not {code}: {text[:400]}")
        if {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} != before:
            faults.append("something was written")
    if faults:
        sys.exit("\n".join(faults))
    print(f"{len(BOMBS)} files: refused in time, nothing written")


main()
