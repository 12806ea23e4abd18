#!/usr/bin/env python3
"""Amauta beside what a school would use instead: nginx, lighttpd, kiwix-serve, Kolibri, and a bare loop in C as the floor.

All serve the same pages on this machine: a server on one core, the load (wrk) on another, in interleaved rounds. Every
figure that has a goal is printed beside it, as a ratio where the goal is one. Nothing else should run meanwhile; how much of
a core other programs took is told.

Needs taskset and wrk; whatever else is installed of nginx, lighttpd, kiwix-serve and zimwriterfs (Debian: nginx-light,
lighttpd, lighttpd-mod-deflate, kiwix-tools, zim-tools), strace and a C compiler is used; Kolibri from a folder of its own:
    python3 -m venv kolibri && kolibri/bin/pip install kolibri
"""

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

import curves
import measures
import peers as others
import report
from logins import logins
from process import CORES, Failed, tool
from school import School, search

ROOT = Path(__file__).resolve().parents[2]
WHAT = {
    "size": measures.size, "cached": measures.cached, "syscalls": measures.syscalls, "start": measures.starts,
    "memory": measures.memory, "crowd": measures.crowd, "idle": measures.idle, "view": measures.view,
    "uncached": measures.uncached, "logins": logins, "search": search, "clients": curves.clients, "content": curves.content,
}
PEERS = ["floor", "nginx", "nginx-plain", "lighttpd", "kiwix-serve", "kolibri"]


class Run:
    """One run: who takes part, how long, and what was found."""

    def __init__(self, asked, work):
        self.rounds, self.seconds, self.resources = asked.rounds, asked.seconds, asked.resources
        self.peers = others.Peers(asked.amauta.resolve(), asked.kolibri and asked.kolibri.absolute(), work, asked.port)
        self.figures, self.curve, self.versions, self.took = measures.Figures(), [], [], 0
        self.schools = {}

    def school(self, size):
        """A school with a library, made when it is first asked for."""
        if size not in self.schools:
            self.schools[size] = School(self.peers, size)
        return self.schools[size]

    def tell_versions(self):
        """Which versions were compared."""
        self.versions.append(others.version([self.peers.program, "--version"]))
        commands = {"nginx": ["nginx", "-v"], "lighttpd": ["lighttpd", "-v"], "kiwix-serve": ["kiwix-serve", "--version"],
                    "kolibri": [str(self.peers.kolibri_program), "--version"]}
        for name, (program, flag) in commands.items():
            if name in self.peers.all:
                self.versions.append(others.version([tool(program) or program, flag]))


def arguments():
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--amauta", type=Path, default=ROOT / "target/release/amauta", help="the program (default: %(default)s)")
    parser.add_argument("--kolibri", type=Path, help="Kolibri's program, such as kolibri/bin/kolibri")
    parser.add_argument("--only", action="append", metavar="WHAT", choices=WHAT, help=f"measure this alone, may be repeated: {', '.join(WHAT)}")
    parser.add_argument("--without", action="append", metavar="PEER", default=[], choices=PEERS, help="leave this one out")
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds (default: %(default)s)")
    parser.add_argument("--seconds", type=int, default=2, help="length of each load (default: %(default)s)")
    parser.add_argument("--resources", type=int, default=10_000, help="size of the library that is searched (default: %(default)s)")
    parser.add_argument("--port", type=int, default=18200, help="the first of twelve ports to use (default: %(default)s)")
    parser.add_argument("--report", type=Path, help="write the tables to this file, as Markdown")
    parser.add_argument("--strict", action="store_true", help="end with 1 when a goal is missed or was not measured")
    return parser.parse_args()


def main():
    asked = arguments()
    lacking = [name for name in ("taskset", "wrk") if tool(name) is None]
    if lacking or len(CORES) < 2 or not asked.amauta.exists():
        sys.exit(f"needs two cores, {asked.amauta} and: {', '.join(lacking) or 'nothing else'}")
    work = Path(tempfile.mkdtemp(prefix="compare-"))
    run, began = Run(asked, work), time.time()
    try:
        say("making the pages and setting up the servers")
        run.peers.prepare([name for name in PEERS if name not in asked.without])
        run.tell_versions()
        for name in asked.only or WHAT:
            say(f"{name} ({time.time() - began:.0f} s)")
            try:
                WHAT[name](run)
            except (Failed, OSError) as failure:
                run.figures.note(f"{name}: {failure}")
                say(f"  {failure}")
    finally:
        for server in [*run.peers.all.values(), *(school.server for school in run.schools.values())]:
            server.stop()
        shutil.rmtree(work, ignore_errors=True)
    run.took = time.time() - began
    text = report.markdown(run)
    if asked.report:
        asked.report.write_text(text)
    print(text)
    _, missed, unknown = report.goals(run.figures)
    return 1 if asked.strict and missed + unknown else 0


def say(text):
    """What is being done, beside the tables."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
