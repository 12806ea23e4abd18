"""Figures beside their goals, and as Markdown. What could not be measured is said to be not measured, and is never a pass."""

import os
import platform
import statistics
from pathlib import Path

from curves import CLIENTS, CONTENT
from measures import CLASS, STANDING, STATIC

MOST, LEAST = "≤", "≥"


class Goal:
    """A figure of ours, beside a limit or beside a peer's as a ratio."""

    def __init__(self, what, name, unit, sense, bound, peers=(), form="{:.2f}"):
        self.what, self.name, self.unit, self.sense, self.bound, self.peers, self.form = what, name, unit, sense, bound, peers, form

    def judge(self, figures):
        """Ours, whose, theirs, the ratio, the goal in words, and whether it is met; None where it was not measured."""
        ours = figures.of(self.name, "amauta")
        goal = f"{self.sense} {self.bound:g}" + (" ×" if self.peers else f" {self.unit}".rstrip())
        told = "" if ours is None else f"{self.form.format(ours)} {self.unit}".strip()
        if not self.peers:
            return told, "", "", "", goal, None if ours is None else self.holds(ours)
        best = max if self.sense == LEAST else min
        had = [(figures.of(self.name, peer), peer) for peer in self.peers]
        had = [(value, peer) for value, peer in had if value is not None]
        if ours is None or not had or (self.sense == LEAST and len(had) < len(self.peers)):
            return told, ", ".join(self.peers), "", "", goal, None
        value, peer = best(had)
        ratio = ours / value if value else float("inf")
        return told, peer, f"{self.form.format(value)} {self.unit}".strip(), f"{ratio:.3g}", goal, self.holds(ratio)

    def holds(self, value):
        """Whether the goal is reached."""
        return value <= self.bound if self.sense == MOST else value >= self.bound


NGINX = ("nginx", "nginx-plain")
GOALS = [
    Goal("cached lesson page: system calls each", "syscalls", "", MOST, 2.2),
    Goal("cached lesson page, 50 laptops: processor each", "page50.cpu_us", "µs", MOST, 1.3, ("floor",), "{:.1f}"),
    Goal("cached lesson page, 50 laptops: pages a second", "page50.rate", "", LEAST, 1.2, NGINX, "{:,.0f}"),
    Goal("the same", "page50.rate", "", LEAST, 1, ("lighttpd",), "{:,.0f}"),
    Goal("the same, not compressed", "plain50.rate", "", LEAST, 1.2, NGINX, "{:,.0f}"),
    Goal("the same, not compressed", "plain50.rate", "", LEAST, 1, ("lighttpd",), "{:,.0f}"),
    Goal("cached lesson page, 200 laptops: p99", "page200.p99", "ms", MOST, 1.5, NGINX),
    Goal("the same", "page200.p99", "ms", MOST, 0.1, ("kiwix-serve",)),
    Goal("page that is made anew: processor", "uncached", "ms", MOST, 0.4, form="{:.3f}"),
    Goal("start to the first page", "start", "ms", MOST, 30, form="{:.1f}"),
    Goal("first start of all, with an empty folder", "first-start", "ms", MOST, 30, form="{:.1f}"),
    Goal("memory at rest", "rest", "MB", MOST, 10, form="{:.1f}"),
    Goal("the same", "rest", "MB", MOST, 0.5, ("kiwix-serve",), "{:.1f}"),
    Goal("memory at rest, our own (not the file's)", "rest-own", "MB", MOST, 3, form="{:.1f}"),
    Goal(f"memory with {CLASS} laptops that stay connected", "class", "MB", MOST, 20, form="{:.1f}"),
    Goal(f"{CLASS} laptops, {STANDING} stalled downloads and searches: most memory", "crowd", "MB", MOST, 16, form="{:.1f}"),
    Goal("the same: most threads", "crowd-threads", "", MOST, 8, form="{:.0f}"),
    Goal("woken while nobody asks, a second", "wakeups", "", MOST, 0),
    Goal("first view of a lesson: requests", "view.requests", "", MOST, 8, form="{:.0f}"),
    Goal("first view of a lesson: page and styles", "view.text_bytes", "B", MOST, 14336, form="{:,.0f}"),
    Goal("first view of a lesson: all bytes", "view.bytes", "B", MOST, 0.04, ("kolibri",), "{:,.0f}"),
    Goal("thirty log-ins at once: all are in after", "logins", "s", MOST, 0.1, ("kolibri",)),
    Goal("searches a second, 50 laptops", "search.rate", "", LEAST, 1, ("kiwix-serve",), "{:.0f}"),
    Goal("most memory while they search", "search-peak", "MB", MOST, 1, ("kiwix-serve",), "{:.1f}"),
    Goal("program on the disk", "size", "MB", MOST, 8, form="{:.2f}"),
]

# What each server is measured by, for the table of all: title, figure, form.
SIDE_BY_SIDE = [
    ("pages a second, 50 laptops", "page50.rate", "{:,.0f}"),
    ("processor a page, µs", "page50.cpu_us", "{:.1f}"),
    ("p50, ms", "page50.p50", "{:.2f}"),
    ("p99, ms", "page50.p99", "{:.2f}"),
    ("pages a second, not compressed", "plain50.rate", "{:,.0f}"),
    ("processor a page, not compressed, µs", "plain50.cpu_us", "{:.1f}"),
    ("pages a second, 200 laptops", "page200.rate", "{:,.0f}"),
    ("p99, 200 laptops, ms", "page200.p99", "{:.2f}"),
    ("system calls a page", "syscalls", "{:.2f}"),
    ("start to the first page, ms", "start", "{:.1f}"),
    ("memory at rest, MB", "rest", "{:.1f}"),
    ("of it its own, MB", "rest-own", "{:.1f}"),
    (f"with {CLASS} laptops, MB", "class", "{:.1f}"),
    ("connections kept of them", "class-kept", "{:.0f}"),
    ("all at once: most memory, MB", "crowd", "{:.1f}"),
    ("all at once: most threads", "crowd-threads", "{:.0f}"),
    ("woken a second at rest", "wakeups", "{:.1f}"),
    ("one page after the other, each once: processor, ms", "uncached", "{:.3f}"),
    ("first view: requests", "view.requests", "{:.0f}"),
    ("first view: bytes", "view.bytes", "{:,.0f}"),
    ("thirty log-ins, s", "logins", "{:.2f}"),
    ("processor a log-in, ms", "login-cpu", "{:.1f}"),
    ("searches a second", "search.rate", "{:.0f}"),
    ("a search: p99, ms", "search.p99", "{:.0f}"),
    ("most memory while searching, MB", "search-peak", "{:.1f}"),
    ("index and texts on the disk, MB", "search-disk", "{:.1f}"),
    ("program and its libraries on the disk, MB", "size", "{:.2f}"),
]


def goals(figures):
    """The table of goals as rows of words, and how many were missed and not measured."""
    rows, missed, unknown = [], 0, 0
    for goal in GOALS:
        ours, peer, theirs, ratio, wanted, met = goal.judge(figures)
        missed += met is False
        unknown += met is None
        rows.append([goal.what, ours, f"{peer} {theirs}".strip(), ratio, wanted, {True: "yes", False: "NO", None: "not measured"}[met]])
    return rows, missed, unknown


def side_by_side(figures):
    """Every server's medians, and how far apart its rounds were."""
    names = [name for name in [*STATIC, "kolibri"] if any(name in found for found in figures.numbers.values())]
    rows = [[title, *(cell(figures, figure, name, form) for name in names)] for title, figure, form in SIDE_BY_SIDE
            if figure in figures.numbers]
    return names, rows


def cell(figures, figure, name, form):
    """A median; where rounds differ by more than a tenth, the smallest and largest behind it."""
    value = figures.of(figure, name)
    if value is None:
        return ""
    low, high = figures.spread(figure, name)
    told = form.format(value)
    return f"{told} ({form.format(low)}–{form.format(high)})" if value and (high - low) / value > 0.1 else told


def by_clients(figures):
    """The curve of laptops."""
    rows = []
    for name in STATIC:
        for title, key, form in (("pages/s", "rate", "{:,.0f}"), ("p99, ms", "p99", "{:.2f}"), ("memory, MB", "memory", "{:.1f}")):
            cells = [cell(figures, f"clients{count}.{key}", name, form) for count in CLIENTS if f"clients{count}.{key}" in figures.numbers]
            if any(cells):
                rows.append([f"{name}: {title}", *cells])
    return rows


def machine():
    """What it was measured on."""
    cpu = next((line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                if line.startswith(("model name", "Model", "Hardware"))), platform.machine())
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 2**20
    release = Path("/etc/os-release")
    system = next((line.partition("=")[2].strip('"') for line in release.read_text().splitlines()
                   if line.startswith("PRETTY_NAME=")), "") if release.exists() else ""
    return f"{os.cpu_count()} × {cpu}, {memory:.0f} GB, {system}, Linux {platform.release()}"


def disturbed(figures):
    """How much of a core other programs took while there was load."""
    if not figures.others:
        return ""
    return (f"Other programs took {statistics.median(figures.others):.2f} of a core meanwhile (median of {len(figures.others)} "
            f"measurements; most {max(figures.others):.2f}).")


def table(head, rows, right=1):
    """A table of Markdown; columns from `right` on stand to the right."""
    marks = ["---" if at < right else "--:" for at in range(len(head))]
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, marks, *rows])


def markdown(run):
    """All of it."""
    figures = run.figures
    rows, missed, unknown = goals(figures)
    names, servers = side_by_side(figures)
    parts = [f"{machine()}. {'; '.join(run.versions)}. {disturbed(figures)}".strip(),
             table(["what", "amauta", "beside", "ratio", "goal", "met"], rows)]
    if servers:
        parts.append(table(["", *names], servers))
    if curve := by_clients(figures):
        parts.append(table(["laptops that ask without a pause", *map(str, CLIENTS)], curve))
    if run.curve:
        parts.append(table(["resources", *map(str, CONTENT)], [[title, *cells] for title, cells in run.curve]))
    told = [f"- {name}: not measured: {why}" for name, why in run.peers.absent.items()]
    told += [f"- {note}" for note in figures.notes]
    if told:
        parts.append("\n".join(told))
    parts.append(f"{len(rows) - missed - unknown} goals met, {missed} missed, {unknown} not measured; {run.took:.0f} s.")
    return "\n\n".join(parts) + "\n"
