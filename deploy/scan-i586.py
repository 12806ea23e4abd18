#!/usr/bin/env python3
"""Tells what in a program for 32-bit PCs a Pentium or an XO-1's Geode cannot run: scan-i586.py ELF...

Emulators of such processors let much of it pass (long NOPs, ENDBR, SSE2 with %xmm on some), so the instructions themselves
are read. The ELF must still have its names. Ends with 1 when there is a function that is not in ASKS_FIRST. CMOV is let pass:
a Geode has it, as every processor since the Pentium Pro, and constant-time comparison of passwords is made of it.
"""

import collections
import re
import subprocess
import sys

# Functions that are called only after CPUID has said that the processor has what they use. Each with the crate's own check.
ASKS_FIRST = [
    r"^sha2::sha256::x86_sha::compress$",  # cpufeatures: sha, sse4.1
    r"^<html5ever::tokenizer::Tokenizer<.*>>::data_state_sse2_fast_path$",  # is_x86_feature_detected!("sse2")
]

FORBIDDEN = [
    ("SSE", re.compile(r"%[xyz]mm\d")),
    ("long NOP", re.compile(r"\bnop[wl]\b")),
    ("ENDBR", re.compile(r"\bendbr")),
    ("MMX", re.compile(r"%mm[0-7]")),
    ("other", re.compile(r"\b(fisttp|popcnt|lzcnt|movbe|crc32|rdrand|rdseed|sysenter|monitor|mwait|[lms]fence|prefetch\w*)\b")),
]


def scan(path):
    """Function → kinds of instruction, with how many there are of each."""
    found = collections.defaultdict(collections.Counter)
    lines = functions = 0
    name = None
    listing = subprocess.Popen(["objdump", "-d", "--no-show-raw-insn", "-C", path], stdout=subprocess.PIPE, text=True, errors="replace")
    for line in listing.stdout:
        head = re.match(r"^[0-9a-f]+ <(.*)>:$", line)
        if head:
            name = head.group(1)
            functions += 1
            continue
        lines += 1
        instruction = line.partition("\t")[2]
        for kind, pattern in FORBIDDEN:
            if pattern.search(instruction.partition("<")[0]):
                found[name][kind] += 1
    if listing.wait() != 0 or functions < 2:
        sys.exit(f"{path}: cannot be read, or has no names")
    return found, functions, lines


def main():
    bad = 0
    for path in sys.argv[1:] or sys.exit(__doc__):
        found, functions, lines = scan(path)
        allowed = 0
        for name, kinds in sorted(found.items(), key=lambda item: str(item[0])):
            if any(re.search(pattern, str(name)) for pattern in ASKS_FIRST):
                allowed += 1
                continue
            bad += 1
            if bad <= 60:
                print(f"{path}: {name}: {', '.join(f'{n} {kind}' for kind, n in kinds.items())}")
        print(f"{path}: {lines} instructions in {functions} functions; {allowed} functions ask the processor first, {bad} do not")
    sys.exit(1 if bad else 0)


main()
