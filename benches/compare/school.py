"""A school with a library: its materials, the searches of its pupils, and the same texts in kiwix-serve."""

import re
import subprocess
import sys
import time
from pathlib import Path

import client
import pages
from process import Failed, tool

BENCHES = Path(__file__).resolve().parents[1]
READING = "Estamos leyendo los materiales"


class School:
    """Amauta with so many materials and a film of 10 MiB, its index made."""

    def __init__(self, peers, size):
        self.folder = peers.work / f"school-{size}"
        self.folder.mkdir()
        self.texts, self.queries, self.searches = self.folder / "html", self.folder / "queries", self.folder / "searches"
        content = self.folder / "content"
        content.mkdir()
        python = [sys.executable, BENCHES / "school" / "generate.py", content, "--resources", str(size)]
        subprocess.run([*python, "--queries", self.queries, "--html", self.texts], check=True, capture_output=True)
        pages.film(content / pages.FILM)
        self.searches.write_text(addresses("searches", self.queries))
        self.server = peers.amauta(f"amauta-{size}", peers.base + 10, self.folder / "data", content)
        peers.people(self.server)
        self.server.start(peers.work)
        until = time.time() + 120
        while READING in self.ask("/es/recursos"):
            if time.time() > until:
                raise Failed(f"the index of {size} resources was not made in two minutes")
            time.sleep(0.2)
        self.film = re.search(r'href="(/a/[^"]+)"', self.ask("/es/materiales/pelicula"))[1]
        self.server.stop()

    def ask(self, path):
        """A page as text."""
        return client.fetch(self.server, path)[2].decode("utf-8", "replace")


def addresses(kind, queries):
    """The addresses of `benches/addresses.py`."""
    command = [sys.executable, BENCHES / "addresses.py", kind, queries]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def search(run):
    """Searches of 50 laptops in a library of thousands, beside kiwix-serve with the same texts, and the memory of both."""
    school = run.school(run.resources)
    servers = [(school.server, school.searches)]
    if tool("zimwriterfs") and tool("kiwix-serve"):
        made = school.folder / "school.zim"
        pages.zim(school.texts, made, school.folder)
        theirs = school.folder / "kiwix"
        theirs.write_text(addresses("kiwix", school.queries))
        kiwix = run.peers.a_kiwix("kiwix-serve", run.peers.base + 11, made)
        kiwix.page = "/"
        servers.append((kiwix, theirs))
        run.figures.add("search-disk", "kiwix-serve", made.stat().st_size / 2**20)
    run.figures.add("search-disk", "amauta", (school.folder / "data" / "library.db").stat().st_size / 2**20)
    try:
        for server, _ in servers:
            server.start(run.peers.work)
            server.freeze()
        for _ in range(run.rounds):
            for server, asked in servers:
                name = "amauta" if server is school.server else server.name
                server.thaw()
                run.figures.load("search", name, client.wrk(server, 50, run.seconds * 2, None, asked))
                run.figures.add("search-peak", name, server.memory("VmHWM"))
                server.freeze()
    finally:
        for server, _ in servers:
            server.stop()
