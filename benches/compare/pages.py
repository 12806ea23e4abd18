"""The same pages for everyone: taken from Amauta as it serves them, laid down as files, as a ZIM and as a ZIP.

A page of the address /es/lecciones/x/1 becomes the file es/lecciones/x/1.html, because a file cannot also be a folder.
"""

import gzip
import hashlib
import http.client
import os
import re
import struct
import subprocess
import zipfile
import zlib
from pathlib import Path

from process import XO, Failed

LESSON = "/es/lecciones/mi-frase-clave/1"
FILM = "pelicula.mp4"
FILM_BYTES = 10 << 20


def as_file(address):
    """The name of a page among static files."""
    if address.endswith("/"):
        return f"{address}index.html"
    return address if "." in address.rpartition("/")[2] else f"{address}.html"


def read(connection, address, headers=None):
    """One reply on a kept connection: status, kind, body as it was sent."""
    connection.request("GET", address, headers=headers or {})
    reply = connection.getresponse()
    return reply.status, reply.getheader("Content-Type", ""), reply.read()


def crawl(port, folder):
    """Writes every page of the lessons that leads from the first one, and what the pages need to be shown, into `folder`;
    tells the addresses of the pages."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    seen, waiting, found = {"/es/", "/qu/"}, ["/es/", "/qu/"], []
    while waiting:
        address = waiting.pop()
        status, kind, body = read(connection, address)
        if status != 200:
            continue
        if "text/html" in kind:
            found.append(address)
            for link in re.findall(r'(?:href|src)="?(/[^"\s>#?]*)', body.decode()):
                if link not in seen and wanted(link):
                    seen.add(link)
                    waiting.append(link)
        path = Path(folder) / as_file(address).lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        if "text/" in kind:
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(body, 9, mtime=0))
    connection.close()
    if LESSON not in found or len(found) < 100:
        raise Failed(f"only {len(found)} pages were found")
    return sorted(found)


def wanted(link):
    """What pupils read, and nothing that is made for a stick, needs an account or is another list of the same."""
    return not re.search(r"/(descargas|entrar|avisar|taller|opds|primera-vez|tecnico)\b|\.(xml|zip|epub|xol|json)$", link)


def film(path):
    """A file of 10 MiB that says in its first bytes that it is a film."""
    path.write_bytes(b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2" + os.urandom(FILM_BYTES - 24))


def icon():
    """The picture that a ZIM must have: 48 × 48, black."""
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 48, 48, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(48 * 145))) + chunk(b"IEND", b"")


def zim(folder, target, work):
    """A ZIM of all files of a folder but the compressed ones. Files are linked, not copied."""
    source = Path(work) / f"{target.stem}-zim"
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file() and path.suffix != ".gz":
            link = source / path.relative_to(folder)
            link.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, link)
    names = sorted(path.relative_to(source).as_posix() for path in source.rglob("*.html"))
    links = "".join(f'<li><a href="{name}">{name}</a></li>' for name in names)
    (source / "index.html").write_text(f"<html><head><title>Escuela</title></head><body><ul>{links}</ul></body></html>")
    (source / "icon.png").write_bytes(icon())
    made = subprocess.run(["zimwriterfs", "--welcome=index.html", "--illustration=icon.png", "--language=spa", "--name=school",
                           "--title=Escuela", "--description=Textos", "--creator=Escuela", "--publisher=Escuela",
                           source, target], capture_output=True, text=True, timeout=600)
    if made.returncode or not target.exists():
        raise Failed(f"zimwriterfs: {made.stdout[-300:]} {made.stderr[-300:]}")


def lesson_zip(folder, store):
    """The lesson page as Kolibri keeps a lesson of HTML: a ZIP under its MD5. Tells the name."""
    made = Path(store) / "lesson.zip"
    store.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.write(Path(folder) / as_file(LESSON).lstrip("/"), "index.html")
    return kept(made, store, "zip")


def kept(path, store, ending):
    """Moves a file to where Kolibri looks for it; tells its name."""
    name = f"{hashlib.md5(path.read_bytes()).hexdigest()}.{ending}"
    place = Path(store) / name[0] / name[1]
    place.mkdir(parents=True, exist_ok=True)
    path.rename(place / name)
    return name


def whole_reply(port):
    """The bytes of Amauta's answer for the lesson page, compressed: what the floor writes."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", LESSON, headers=XO)
    reply = connection.getresponse()
    head = "".join(f"{name}: {value}\r\n" for name, value in reply.getheaders())
    body = reply.read()
    connection.close()
    if reply.status != 200 or reply.getheader("Content-Encoding") != "gzip":
        raise Failed("the lesson page does not come compressed")
    return f"HTTP/1.1 200 OK\r\n{head}\r\n".encode() + body
