"""A server as a process: started on its own core, measured through /proc, stopped whole.

What it serves and how it is set up is known in peers.py.
"""

import copy
import http.client
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, LOAD_CORE = CORES[0], CORES[-1]

# What an XO's browser of 2010 asks with, and the same without compression.
XO = {
    "Host": "127.0.0.1",
    "User-Agent": "Mozilla/5.0 (X11; U; Linux i586; es-PE; rv:1.9.0.14) Gecko/2009090905 OLPC/0.5-py",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "es-pe,es;q=0.8,en-us;q=0.5,en;q=0.3",
    "Accept-Encoding": "gzip,deflate",
    "Accept-Charset": "UTF-8,*",
    "Keep-Alive": "300",
    "Connection": "keep-alive",
}
PLAIN = {name: value for name, value in XO.items() if name != "Accept-Encoding"}


def on_core(core, command):
    """The command, held to one core."""
    return ["taskset", "-c", str(core), *map(str, command)]


class Failed(Exception):
    """A server could not be made to answer, or answered otherwise than it must."""


class Process:
    """One server. `page` is the address of the lesson page that all serve."""

    def __init__(self, name, command, port, page, env=None, patience=30):
        self.name, self.command, self.port, self.page = name, command, port, page
        self.env, self.patience = env, patience
        self.child = None
        self.log = None

    def start(self, folder):
        """Starts it and returns the milliseconds to the first page."""
        environment = {**os.environ, **(self.env or {})}
        self.log = open(Path(folder) / f"{self.name}.log", "ab")
        began = time.perf_counter()
        self.child = subprocess.Popen(on_core(SERVER_CORE, self.command), stdin=subprocess.DEVNULL, stdout=self.log,
                                      stderr=self.log, env=environment, start_new_session=True)
        while True:
            if self.answers():
                return (time.perf_counter() - began) * 1000
            if self.child.poll() is not None:
                raise Failed(f"{self.name} ended at its start: {self.last_words()}")
            if time.perf_counter() - began > self.patience:
                self.stop()
                raise Failed(f"{self.name} did not answer {self.page} within {self.patience} s: {self.last_words()}")
            time.sleep(0.0005)

    def answers(self):
        """Whether the page comes with status 200."""
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            connection.request("GET", self.page)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def last_words(self):
        """The end of what it wrote."""
        return Path(self.log.name).read_text(errors="replace")[-400:].strip()

    def stop(self):
        """Ends it and all it started."""
        if self.child is None:
            return
        for number in (signal.SIGCONT, signal.SIGTERM):
            self.tell(number)
        try:
            self.child.wait(10)
        except subprocess.TimeoutExpired:
            pass
        self.tell(signal.SIGKILL)
        self.child.wait()
        self.child = None
        self.log.close()

    def tell(self, number):
        """A signal to it and all it started."""
        try:
            os.killpg(self.child.pid, number)
        except ProcessLookupError:
            pass

    def at(self, port, page):
        """The same process seen at another of its doors."""
        other = copy.copy(self)
        other.port, other.page = port, page
        return other

    def freeze(self):
        """Takes the processor from it, so that others are measured without it."""
        self.tell(signal.SIGSTOP)

    def thaw(self):
        """Lets it go on."""
        self.tell(signal.SIGCONT)

    def pids(self):
        """It and its children."""
        found, waiting = [], [self.child.pid]
        while waiting:
            pid = waiting.pop()
            try:
                for task in os.listdir(f"/proc/{pid}/task"):
                    waiting += map(int, Path(f"/proc/{pid}/task/{task}/children").read_text().split())
                found.append(pid)
            except (FileNotFoundError, ProcessLookupError):
                continue
        return found

    def status(self, field):
        """A number of /proc/PID/status, added up over all its processes."""
        return sum(int(line.split()[1]) for pid in self.pids() for line in lines(f"/proc/{pid}/status")
                   if line.startswith(f"{field}:"))

    def memory(self, field="VmRSS"):
        """A figure of memory in MB (of 2^20 bytes)."""
        return self.status(field) / 1024

    def threads(self):
        """How many threads it has now."""
        return self.status("Threads")

    def cpu(self):
        """Seconds of processor used so far, those of threads that are gone included; exact to 0.01 s."""
        return sum(sum(map(int, stat(pid)[11:13])) for pid in self.pids()) / TICKS

    def fine_cpu(self):
        """The same of the threads that live, exact to a microsecond."""
        return sum(int(line.split()[0]) for pid in self.pids() for task in tasks(pid)
                   for line in lines(f"{task}/schedstat")) / 1e9

    def wakeups(self):
        """How often its threads were woken so far."""
        return sum(int(line.split()[1]) for pid in self.pids() for task in tasks(pid) for line in lines(f"{task}/status")
                   if "ctxt_switches" in line)


def tasks(pid):
    """The threads of a process, as folders of /proc."""
    return [f"/proc/{pid}/task/{task}" for task in os.listdir(f"/proc/{pid}/task")]


def lines(path):
    """The lines of a file of /proc; none if the process is gone."""
    try:
        return Path(path).read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return []


def stat(pid):
    """The fields of /proc/PID/stat that follow the name."""
    text = "".join(lines(f"/proc/{pid}/stat"))
    return text.rpartition(")")[2].split() or ["0"] * 50


def busy():
    """Seconds of processor used by the whole machine."""
    numbers = list(map(int, Path("/proc/stat").read_text().splitlines()[0].split()[1:]))
    return (sum(numbers[:8]) - numbers[3] - numbers[4]) / TICKS


def tool(name):
    """Where a program stands, or None; those of /usr/sbin are found too."""
    return shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
