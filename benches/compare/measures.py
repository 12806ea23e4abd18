"""What is measured of the running servers. Each function fills figures: name → server → list of numbers, one a round.

Rounds are interleaved (A B C A B C …), and while one server is measured the others stand still: so what the machine does
besides meets all of them alike.
"""

import re
import statistics
import subprocess
import time
from os.path import getsize

import client
import pages
from process import PLAIN, XO, Failed, tool

STATIC = ["floor", "amauta", "nginx", "nginx-plain", "lighttpd", "kiwix-serve"]
CLASS = 200
STANDING = 40
IDLE_SECONDS = 20


class Figures:
    """All that was measured."""

    def __init__(self):
        self.numbers, self.notes, self.others = {}, [], []

    def add(self, name, server, number):
        """One more number of one server."""
        self.numbers.setdefault(name, {}).setdefault(server, []).append(number)

    def load(self, name, server, told):
        """What wrk told, as several figures."""
        for key in ("rate", "p50", "p99", "cpu_us"):
            self.add(f"{name}.{key}", server, told[key])
        self.others.append(told["others"])
        wrong = told["refused"] + told["broken"]
        if wrong:
            self.note(f"{server}: {wrong} of {told['requests']} requests failed ({name})")

    def note(self, text):
        """Something to be told under the tables, once."""
        if text not in self.notes:
            self.notes.append(text)

    def of(self, name, server):
        """The median, or None if it was not measured."""
        found = self.numbers.get(name, {}).get(server)
        return statistics.median(found) if found else None

    def spread(self, name, server):
        """The smallest and the largest."""
        found = self.numbers[name][server]
        return min(found), max(found)


class Stage:
    """Servers that are started together and measured one at a time."""

    def __init__(self, run, names):
        self.run = run
        self.servers = [run.peers.all[name] for name in names if name in run.peers.all]

    def __enter__(self):
        for server in self.servers:
            server.start(self.run.peers.work)
            server.answers()
            server.freeze()
        return self

    def __exit__(self, *_):
        for server in self.servers:
            server.stop()

    def turn(self, names=None):
        """Each in turn, awake alone."""
        for server in self.servers:
            if names is None or server.name in names:
                server.thaw()
                yield server
                server.freeze()


def cached(run):
    """The lesson page that lies ready: 50 laptops and 200, compressed as an XO asks, and 50 without compression."""
    figures, seconds = run.figures, run.seconds
    with Stage(run, [*STATIC, "kolibri"]) as stage:
        for turn in range(run.rounds):
            for server in stage.turn():
                if server.name == "kolibri":
                    if turn < 2:
                        figures.load("page50", "kolibri", client.wrk(server.at(*server.lesson), 50, seconds, XO))
                        figures.load("learn50", "kolibri", client.wrk(server, 50, seconds, XO))
                    continue
                figures.load("page50", server.name, client.wrk(server, 50, seconds, XO))
            for server in stage.turn(STATIC):
                figures.load("page200", server.name, client.wrk(server, 200, seconds, XO))
            if turn < 3:
                for server in stage.turn(STATIC[1:]):
                    figures.load("plain50", server.name, client.wrk(server, 50, seconds, PLAIN))


def syscalls(run):
    """System calls of a cached page while 50 laptops ask: the figure without noise."""
    if tool("strace") is None:
        raise Failed("strace is not installed")
    with Stage(run, STATIC) as stage:
        for server in stage.turn():
            told = run.peers.work / f"{server.name}.calls"
            command = ["strace", "-q", "-c", "-f", "-o", told]
            for pid in server.pids():
                command += ["-p", str(pid)]
            tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
            time.sleep(1)
            if tracer.poll() is not None:
                raise Failed(f"strace: {tracer.stderr.read().strip()}")
            requests = client.wrk(server, 50, 2, XO)["requests"]
            tracer.send_signal(2)
            tracer.wait(20)
            total = next(line for line in told.read_text().splitlines() if line.endswith(" total"))
            run.figures.add("syscalls", server.name, int(total.split()[3]) / requests)


def starts(run):
    """From the command to the first lesson page: on most mornings, and the first time of all, with an empty folder."""
    peers = run.peers
    for turn in range(run.rounds):
        for name in [*STATIC, "kolibri"]:
            server = peers.all.get(name)
            if server is None or (name == "kolibri" and turn > 1):
                continue
            run.figures.add("start", name, server.start(peers.work))
            server.stop()
        fresh = peers.amauta("amauta-new", peers.base, peers.work / f"new-{turn}")
        run.figures.add("first-start", "amauta", fresh.start(peers.work))
        fresh.stop()


def memory(run):
    """At rest, after one page; with 200 laptops that keep their connections after two pages each."""
    for name in [*STATIC, "kolibri"]:
        server = run.peers.all.get(name)
        if server is None:
            continue
        server.start(run.peers.work)
        try:
            time.sleep(1)
            run.figures.add("rest", name, server.memory())
            run.figures.add("rest-own", name, server.memory("RssAnon"))
            laptops = client.Laptops(server.at(*server.lesson) if name == "kolibri" else server, CLASS)
            laptops.ask("/qu/recursos" if name == "amauta" else None)
            laptops.ask("/es/ayuda" if name == "amauta" else None)
            time.sleep(0.3)
            run.figures.add("class", name, server.memory())
            run.figures.add("class-kept", name, laptops.kept())
            laptops.close()
        except (OSError, Failed) as failure:
            run.figures.note(f"{name} with {CLASS} laptops: {failure}")
        finally:
            server.stop()


def crowd(run):
    """Everything at once: 200 laptops that keep their connections, 40 that stand still in a download of 10 MiB, and 10 that
    search (or ask for pages, where there is no search). The most memory of a process since its start, and its most threads."""
    school = run.school(100)
    servers = [("amauta", school.server, school.film, school.searches)]
    for name in STATIC[2:] + ["kolibri"]:
        if server := run.peers.all.get(name):
            servers.append((name, server, getattr(server, "film", f"/{pages.FILM}"), None))
    for name, server, film, addresses in servers:
        server.start(run.peers.work)
        laptops = stalled = None
        try:
            door = server.at(*server.lesson) if name == "kolibri" else server
            laptops = client.Laptops(door, CLASS)
            laptops.ask()
            stalled = client.Stalled(server, film, STANDING)
            most = server.threads()
            for _ in range(2):
                told = client.wrk(server, 10, 2, PLAIN, addresses)
                run.figures.others.append(told["others"])
                most = max(most, server.threads())
                laptops.ask()
            run.figures.add("crowd", name, server.memory("VmHWM"))
            run.figures.add("crowd-threads", name, max(most, server.threads()))
        except (OSError, Failed) as failure:
            run.figures.note(f"{name} with everything at once: {failure}")
        finally:
            for guests in (laptops, stalled):
                if guests:
                    guests.close()
            server.stop()


def idle(run):
    """How often a server is woken while nobody asks."""
    with Stage(run, [*STATIC, "kolibri"]) as stage:
        for server in stage.servers:
            server.thaw()
        time.sleep(5)
        before = [(server.wakeups(), server.cpu()) for server in stage.servers]
        time.sleep(IDLE_SECONDS)
        for server, (wakeups, cpu) in zip(stage.servers, before):
            run.figures.add("wakeups", server.name, (server.wakeups() - wakeups) / IDLE_SECONDS)
            run.figures.add("idle-cpu", server.name, (server.cpu() - cpu) / IDLE_SECONDS * 100)


def view(run):
    """The first view of a lesson by a browser with an empty cache."""
    with Stage(run, ["amauta", "kiwix-serve", "kolibri"]) as stage:
        for server in stage.turn():
            for key, number in client.first_view(server, server.page).items():
                run.figures.add(f"view.{key}", server.name, number)


def uncached(run):
    """Each page of the lessons once, by one laptop: the server's milliseconds of processor for a page that it makes."""
    for _ in range(3):
        for name in ("amauta", "kiwix-serve"):
            server = run.peers.all.get(name)
            if server is None:
                continue
            server.start(run.peers.work)
            before = server.page[: -len(pages.as_file(pages.LESSON))] if name != "amauta" else ""
            addresses = [address if name == "amauta" else before + pages.as_file(address) for address in run.peers.addresses]
            used = server.fine_cpu()
            ask_each(server, addresses)
            run.figures.add("uncached", name, (server.fine_cpu() - used) / len(addresses) * 1000)
            server.stop()


def ask_each(server, addresses):
    """One laptop asks for each of these once."""
    laptop = client.Laptops(server, 1)
    for address in addresses:
        laptop.ask(address)
    laptop.close()


def size(run):
    """What lies on the disk: the program; of others what must be there besides the system's C library."""
    peers = run.peers
    run.figures.add("size", "amauta", peers.program.stat().st_size / 1e6)
    for name, program in (("nginx", "nginx"), ("lighttpd", "lighttpd"), ("kiwix-serve", "kiwix-serve")):
        if name in peers.all:
            run.figures.add("size", name, closure(tool(program)) / 1e6)
    if "kolibri" in peers.all:
        package = list(peers.kolibri_program.parent.parent.glob("lib/python*/site-packages/kolibri"))
        files = (path for folder in package for path in folder.rglob("*") if path.is_file())
        run.figures.add("size", "kolibri", sum(path.stat().st_size for path in files) / 1e6)


def closure(program):
    """Bytes of a program and of the libraries it loads, without those of the C library."""
    told = subprocess.run(["ldd", program], capture_output=True, text=True).stdout
    libraries = re.findall(r"=> (/\S+)", told)
    system = re.compile(r"/(libc|libm|ld-linux.*|libpthread|libdl|librt|libresolv)\.so")
    return getsize(program) + sum(getsize(library) for library in libraries if not system.search(library))
