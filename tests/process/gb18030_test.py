#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every code of GB18030 against Python's codec.

    python3 tests/process/gb18030_test.py PROGRAM          (PROGRAM: gb18030_codes)

Python's is the standard of 2000. That of 2005 gave 24 codes to characters that stood in Unicode's private area before, and exchanged one
with its neighbour: only these may differ.
"""
import array
import subprocess
import sys

REFUSED = 0xFFFFFFFF
# Two bytes: private characters of 2000, real ones of 2005.
CHANGED = {
    **{bytes([0xA6, 0xD9 + n]): point for n, point in enumerate([0xFE10, 0xFE12, 0xFE11, 0xFE13, 0xFE14, 0xFE15, 0xFE16])},
    b"\xA6\xEC": 0xFE17, b"\xA6\xED": 0xFE18, b"\xA6\xF3": 0xFE19, b"\xA8\xBC": 0x1E3F,
    b"\xFE\x51": 0x20087, b"\xFE\x52": 0x20089, b"\xFE\x53": 0x200CC, b"\xFE\x59": 0x9FB4, b"\xFE\x61": 0x9FB5, b"\xFE\x66": 0x9FB6,
    b"\xFE\x67": 0x9FB7, b"\xFE\x6C": 0x215D7, b"\xFE\x6D": 0x9FB8, b"\xFE\x76": 0x2298F, b"\xFE\x7E": 0x9FB9, b"\xFE\x90": 0x9FBA,
    b"\xFE\x91": 0x241FE, b"\xFE\xA0": 0x9FBB,
}


def codes():
    for one in range(0x100):
        yield bytes([one])
    for one in range(0x80, 0x100):
        for two in range(0x100):
            yield bytes([one, two])
    for one in range(0x81, 0xFF):
        for two in range(0x30, 0x3A):
            for three in range(0x81, 0xFF):
                for four in range(0x30, 0x3A):
                    yield bytes([one, two, three, four])


def by_python(code):
    try:
        text = code.decode("gb18030")
    except UnicodeDecodeError:
        return REFUSED
    return ord(text) if len(text) == 1 else REFUSED - 1


def main():
    found = array.array("I")
    found.frombytes(subprocess.run([sys.argv[1]], stdout=subprocess.PIPE, check=True).stdout)
    if sys.byteorder != "little":
        found.byteswap()
    accepted, differing, reached = 0, {}, set()
    for code, point in zip(codes(), found, strict=True):
        accepted += point != REFUSED
        if point < 0x110000:
            reached.add(point)
        if point != by_python(code):
            differing[code] = point
    unexpected = {code: point for code, point in differing.items() if CHANGED.get(code) != point and len(code) < 4}
    if unexpected or not set(CHANGED) <= set(differing):
        sys.exit(f"two bytes: {[(code.hex(), hex(point)) for code, point in unexpected.items()]}")
    # Where four bytes differ, 2005 has moved one of the characters above: the place is free now, or holds the private character.
    fours = {code: point for code, point in differing.items() if len(code) == 4}
    moved = set(CHANGED.values()) | {ord(code.decode("gb18030")) for code in CHANGED}
    for code, point in fours.items():
        if by_python(code) not in moved and point not in moved:
            sys.exit(f"four bytes: {code.hex()} is {by_python(code):X} for Python, {point:X} here")
    missing = [point for point in range(0x110000) if not 0xD800 <= point < 0xE000 and point not in reached]
    print(f"{len(found)} codes, {accepted} accepted; as Python's but for {len(CHANGED)} of two bytes and {len(fours)} of four; "
          f"{len(reached)} characters, not written by any code: {[f'U+{point:04X}' for point in missing]}")


main()
