"""The other side: load by wrk on its own core, laptops that keep connections, laptops that stand still, a first view.

All are as strict with every server: an answer that is not 200 or not whole is a failure.
"""

import gzip
import http.client
import os
import re
import resource
import socket
import subprocess
import threading
import time
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from process import LOAD_CORE, PLAIN, XO, Failed, busy, on_core

LUA = Path(__file__).resolve().parents[1] / "load.lua"
UNITS = {"us": 0.001, "ms": 1, "s": 1000, "m": 60000}


def wrk(server, clients, seconds, headers=None, addresses=None):
    """Loads a server and tells requests, their rate, p50 and p99 in ms, the server's microseconds of processor for each, and
    how much of a core others used meanwhile. `addresses` is a file of paths to ask for in turn instead of its page."""
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--latency", "--timeout", "10s"]
    for name, value in (headers or {}).items():
        command += ["-H", f"{name}: {value}"]
    env = dict(os.environ)
    if addresses:
        command += ["-s", LUA]
        env["ADDRESSES"] = str(addresses)
    command.append(f"http://127.0.0.1:{server.port}{server.page}")
    before, all_before, load_before, began = server.cpu(), busy(), children(), time.perf_counter()
    run = subprocess.run(on_core(LOAD_CORE, command), capture_output=True, text=True, env=env, timeout=seconds + 60)
    wall = time.perf_counter() - began
    used, load = server.cpu() - before, children() - load_before
    text = run.stdout
    found = re.search(r"(\d+) requests in ([\d.]+)(\w+),", text)
    if run.returncode or not found or int(found[1]) == 0:
        raise Failed(f"{server.name}: wrk got nothing: {text} {run.stderr}")
    requests, took = int(found[1]), float(found[2]) * UNITS[found[3]] / 1000
    refused = sum(map(int, re.findall(r"Non-2xx or 3xx responses: (\d+)", text)))
    broken = sum(map(int, re.findall(r"(?:connect|read|write|timeout) (\d+)", text)))
    return {
        "requests": requests, "rate": requests / took, "p50": percentile(text, 50), "p99": percentile(text, 99),
        "cpu_us": used / requests * 1e6, "others": max(0.0, (busy() - all_before - used - load) / wall),
        "refused": refused, "broken": broken,
    }


def percentile(text, which):
    """A percentile of wrk's table, in ms."""
    found = re.search(rf"^\s+{which}%\s+([\d.]+)(\w+)$", text, re.M)
    return float(found[1]) * UNITS[found[2]]


def children():
    """Seconds of processor that programs started from here have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def head_of(path, headers, method="GET", length=0):
    """The bytes of a request's head."""
    more = f"Content-Length: {length}\r\n" if length else ""
    return (f"{method} {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            + more + "\r\n").encode()


def read_reply(stream, buffer=b""):
    """Reads one reply: its status, and how many bytes of head and body came."""
    while b"\r\n\r\n" not in buffer:
        piece = stream.recv(65536)
        if not piece:
            raise Failed("the connection was closed")
        buffer += piece
    head, _, body = buffer.partition(b"\r\n\r\n")
    status, text = int(head.split()[1]), head.decode("latin-1").lower()
    length = re.search(r"^content-length: *(\d+)", text, re.M)
    if length:
        want = int(length[1])
        while len(body) < want:
            piece = stream.recv(65536)
            if not piece:
                raise Failed("the reply broke off")
            body += piece
    elif "chunked" in text:
        while not body.endswith(b"0\r\n\r\n"):
            piece = stream.recv(65536)
            if not piece:
                raise Failed("the reply broke off")
            body += piece
    return status, len(head) + 4, body, head


class Laptops:
    """Clients that keep their connections."""

    def __init__(self, server, count):
        self.server = server
        self.streams = [socket.create_connection(("127.0.0.1", server.port), 20) for _ in range(count)]

    def ask(self, path=None):
        """Each asks for a page on its connection, or on a new one where the server has closed it."""
        for number, stream in enumerate(self.streams):
            for turn in (1, 2):
                try:
                    stream.sendall(head_of(path or self.server.page, XO))
                    status = read_reply(stream)[0]
                    break
                except (OSError, Failed):
                    if turn == 2:
                        raise
                    stream.close()
                    stream = self.streams[number] = socket.create_connection(("127.0.0.1", self.server.port), 20)
            if status != 200:
                raise Failed(f"{self.server.name} answered {status}")

    def kept(self):
        """How many connections the server still keeps."""
        count = 0
        for stream in self.streams:
            stream.setblocking(False)
            try:
                count += stream.recv(1, socket.MSG_PEEK) != b""
            except BlockingIOError:
                count += 1
            except OSError:
                pass
            stream.settimeout(20)
        return count

    def close(self):
        """All go home."""
        for stream in self.streams:
            stream.close()


class Stalled:
    """Laptops that begin to take a large file and then stand still, their lids shut."""

    def __init__(self, server, path, count):
        self.streams = []
        for _ in range(count):
            stream = socket.socket()
            stream.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            stream.settimeout(20)
            stream.connect(("127.0.0.1", server.port))
            stream.sendall(head_of(path, PLAIN))
            status = int(stream.recv(64).split()[1])
            if status != 200:
                raise Failed(f"{server.name} answered {status} to {path}")
            self.streams.append(stream)

    def close(self):
        """All go home."""
        for stream in self.streams:
            stream.close()


def first_view(server, path):
    """What a browser with an empty cache asks for to show a page, without what scripts ask for later: requests, bytes of all
    replies, and bytes of the page and its style sheets alone."""
    asked, requests, total, text_bytes = set(), 0, 0, 0
    waiting = [path]
    while waiting:
        address = waiting.pop(0)
        if address in asked:
            continue
        asked.add(address)
        reply, size, body = fetch(server, address)
        requests, total = requests + 1, total + size
        if reply.status in (301, 302, 303, 307, 308):
            waiting.append(urlsplit(urljoin(address, reply.getheader("Location"))).path)
            continue
        kind = reply.getheader("Content-Type", "")
        if reply.status != 200:
            continue
        if "css" in kind or "html" in kind:
            text_bytes += size
        if "html" in kind:
            waiting += [urlsplit(urljoin(address, found)).path for found in needed(body.decode("utf-8", "replace"))]
    return {"requests": requests, "bytes": total, "text_bytes": text_bytes}


def needed(page):
    """The addresses that a page needs to be shown: style sheets, scripts, pictures."""
    found = []
    for tag in re.findall(r"<(?:link|script|img)\b[^>]*>", page):
        if tag.startswith("<link") and not re.search(r'rel="?(?:stylesheet|shortcut icon|icon)\b', tag):
            continue
        if address := re.search(r'(?:href|src)="?([^"\s>]+)', tag):
            if not address[1].startswith("data:"):
                found.append(address[1].replace("&amp;", "&"))
    return found


def fetch(server, address):
    """One reply, how many bytes it took on the wire, and its body unpacked."""
    with socket.create_connection(("127.0.0.1", server.port), 30) as stream:
        stream.sendall(head_of(address, {**XO, "Connection": "close"}))
        reply = http.client.HTTPResponse(stream)
        reply.begin()
        body = reply.read()
        head = sum(len(name) + len(value) + 4 for name, value in reply.getheaders()) + 19
    size = head + len(body)
    if reply.getheader("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return reply, size, body


def at_once(jobs):
    """Runs them all at the same moment, each in a thread, and tells the seconds until the last has ended."""
    ready = threading.Barrier(len(jobs) + 1)
    failures = []

    def run(job):
        ready.wait()
        try:
            job()
        except Exception as failure:  # told below, of whatever kind
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    if failures:
        raise Failed(f"{len(failures)} of {len(jobs)} failed, the first: {failures[0]!r}")
    return took
