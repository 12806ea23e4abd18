"""Who is compared, and how each is set up: as its own handbook says for small files, one process, no log of requests.

A peer that is not installed is left out with the reason; nothing is ever taken for granted of it.
"""

import os
import re
import sqlite3
import subprocess
from pathlib import Path
from urllib.parse import urlencode

import logins
import pages
from logins import PASSWORD, PEOPLE
from process import Failed, Process, tool

HERE = Path(__file__).resolve().parent
PASSES = 5  # over 7 MiB: what the log-in goal names, whatever this machine would choose for itself
HASH = "$argon2id$v=19$m=7168,t=5,p=1$XJ4Wla7+GI/M9WKFe/xIQQ$dnkIhWyLxwUTasg+hJRhjcTWJldQw2zr+oWYUrKTCvU"  # of PASSWORD

NGINX = """
worker_processes 1; daemon off; pid {work}/{name}.pid; error_log {work}/{name}-error.log; {user}
events {{ worker_connections 2048; }}
http {{
  access_log off; sendfile {sendfile}; tcp_nopush {sendfile}; keepalive_requests 1000000000; server_tokens off;
  open_file_cache max=4000 inactive=10m; open_file_cache_valid 10m; gzip_static on; default_type text/html;
  client_body_temp_path {work}; proxy_temp_path {work}; fastcgi_temp_path {work}; uwsgi_temp_path {work}; scgi_temp_path {work};
  types {{ text/html html; text/css css; image/png png; image/gif gif; image/jpeg jpg jpeg; video/mp4 mp4; }}
  server {{ listen 127.0.0.1:{port} backlog=1024; root {root}; index index.html; }}
}}
"""

LIGHTTPD = """
server.document-root = "{root}"
server.port = {port}
server.bind = "127.0.0.1"
server.modules = ( "mod_deflate" )
server.max-keep-alive-requests = 100000000
server.max-keep-alive-idle = 60
server.max-connections = 1024
server.max-fds = 4096
index-file.names = ( "index.html" )
mimetype.assign = ( ".html" => "text/html; charset=utf-8", ".css" => "text/css", ".png" => "image/png", ".gif" => "image/gif",
                    ".jpg" => "image/jpeg", ".mp4" => "video/mp4" )
deflate.mimetypes = ( "text/" )
deflate.allowed-encodings = ( "gzip" )
deflate.cache-dir = "{work}/lighttpd-cache"
"""

USERS = """
from kolibri.core.auth.models import Facility, FacilityUser
facility = Facility.objects.get()
for number in range({people}):
    user = FacilityUser(username="docente%d" % number, full_name="docente%d" % number, facility=facility)
    user.set_password("{password}")
    user.save()
"""


class Peers:
    """All servers of a run. `all` holds those that can be had, `absent` why others cannot."""

    def __init__(self, amauta, kolibri, work, base):
        self.program, self.kolibri_program, self.work, self.base = amauta, kolibri, Path(work), base
        self.all, self.absent = {}, {}
        self.root = self.work / "pages"
        self.addresses = []

    def prepare(self, wanted):
        """Makes the pages and sets up everybody that is wanted."""
        self.all["amauta"] = self.amauta("amauta", self.base, self.work / "data")
        self.people(self.all["amauta"])
        self.all["amauta"].start(self.work)
        self.addresses = pages.crawl(self.base, self.root)
        (self.work / "reply").write_bytes(pages.whole_reply(self.base))
        self.all["amauta"].stop()
        pages.film(self.root / pages.FILM)
        for name, make in (("floor", self.floor), ("nginx", self.nginx), ("nginx-plain", self.nginx_plain),
                           ("lighttpd", self.lighttpd), ("kiwix-serve", self.kiwix), ("kolibri", self.kolibri)):
            if name not in wanted:
                continue
            try:
                self.all[name] = make()
                self.all[name].start(self.work)
                self.all[name].stop()
            except (Failed, OSError, subprocess.SubprocessError) as failure:
                self.absent[name] = str(failure)
                self.all.pop(name, None)

    def amauta(self, name, port, data, content=None, page=pages.LESSON):
        """Amauta as a school starts it."""
        command = [self.program, "serve", "--listen", f"127.0.0.1:{port}", "--data", data]
        server = Process(name, command + (["--content", content] if content else []), port, page)
        server.data = Path(data)
        return server

    def people(self, server):
        """Thirty accounts. The first is made as a technician makes it, which begins the records; nobody measures later how long
        a password should take on this machine."""
        server.start(self.work)
        code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", (self.work / f"{server.name}.log").read_text())
        headers, seal = logins.door(server, "/es/primera-vez")
        wish = {"sello": seal, "codigo": code[0], "nombre": "docente0", "usuario": "docente0", "clave": PASSWORD, "otra": PASSWORD}
        status, head, _ = logins.send(server, "/es/primera-vez", headers, urlencode(wish).encode())
        server.stop()
        if "sesion=" not in head:
            raise Failed(f"no first account: {status}")
        records = sqlite3.connect(server.data / "school.db")
        with records:
            records.execute("INSERT OR REPLACE INTO setting VALUES ('hash-passes', ?)", (str(PASSES),))
            records.execute("UPDATE person SET password = ?", (HASH,))
            records.executemany("INSERT INTO person (name, login, role, password, status) VALUES (?1, ?1, 'teacher', ?2, 'active')",
                                [(f"docente{number}", HASH) for number in range(1, PEOPLE)])
        records.close()

    def floor(self):
        """The bare loop, if there is a compiler for C."""
        needs("cc")
        subprocess.run(["cc", "-O2", "-o", self.work / "floor", HERE / "floor.c"], check=True, capture_output=True)
        return Process("floor", [self.work / "floor", self.base + 1, self.work / "reply"], self.base + 1, pages.LESSON)

    def nginx(self):
        """With the better way for large files: sendfile."""
        return self.an_nginx("nginx", self.base + 2, "on")

    def nginx_plain(self):
        """With the better way for small pages: no sendfile."""
        return self.an_nginx("nginx-plain", self.base + 3, "off")

    def an_nginx(self, name, port, sendfile):
        """Static copies with compressed ones beside them, open files kept, nothing logged."""
        needs("nginx")
        user = "user root;" if os.getuid() == 0 else ""
        config = self.work / f"{name}.conf"
        config.write_text(NGINX.format(work=self.work, name=name, port=port, root=self.root, sendfile=sendfile, user=user))
        return Process(name, [tool("nginx"), "-c", config], port, pages.as_file(pages.LESSON))

    def lighttpd(self):
        """Static copies, compressed once and kept."""
        needs("lighttpd")
        (self.work / "lighttpd-cache").mkdir()
        config = self.work / "lighttpd.conf"
        config.write_text(LIGHTTPD.format(work=self.work, port=self.base + 4, root=self.root))
        return Process("lighttpd", [tool("lighttpd"), "-D", "-f", config], self.base + 4, pages.as_file(pages.LESSON))

    def kiwix(self):
        """The same pages as a ZIM, served as kiwix-serve does by itself."""
        needs("kiwix-serve", "zimwriterfs")
        made = self.work / "school.zim"
        pages.zim(self.root, made, self.work)
        return self.a_kiwix("kiwix-serve", self.base + 5, made)

    def a_kiwix(self, name, port, made):
        """A kiwix-serve of one ZIM; versions differ in what stands before the name of a page."""
        server = Process(name, ["kiwix-serve", "--port", port, "--address", "127.0.0.1", made], port, "/")
        server.start(self.work)
        for before in (f"/{made.stem}", f"/content/{made.stem}"):
            server.page = before + pages.as_file(pages.LESSON)
            if server.answers():
                break
        server.film = f"{before}/{pages.FILM}"
        server.stop()
        return server

    def kolibri(self):
        """Its own start and log-in, a school with thirty pupils who have passwords, and the lesson page as a lesson of HTML."""
        if not self.kolibri_program:
            raise Failed("not given with --kolibri")
        home, port = self.work / "kolibri", self.base + 6
        env = {"KOLIBRI_HOME": str(home), "KOLIBRI_LISTEN_ADDRESS": "127.0.0.1", "KOLIBRI_HTTP_PORT": str(port),
               "KOLIBRI_ZIP_CONTENT_PORT": str(port + 1), "KOLIBRI_DISABLE_PING": "True"}

        def manage(*words):
            command = [self.kolibri_program, "manage", *words]
            made = subprocess.run(command, env={**os.environ, **env}, capture_output=True, text=True, timeout=300)
            if made.returncode:
                raise Failed(f"kolibri {words[0]}: {made.stderr[-300:]}")

        manage("provisiondevice", "--", "--facility", "IE 1234", "--preset", "formal", "--superusername", "admin",
               "--superuserpassword", PASSWORD, "--language_id", "es-419", "--noinput")
        manage("shell", "--", "-c", USERS.format(people=PEOPLE, password=PASSWORD))
        store = home / "content" / "storage"
        lesson = pages.lesson_zip(self.root, store)
        os.link(self.root / pages.FILM, store / pages.FILM)
        film = pages.kept(store / pages.FILM, store, "mp4")
        server = Process("kolibri", [self.kolibri_program, "start", "--foreground"], port, "/es-419/learn/", env, patience=120)
        server.film = f"/content/storage/{film[0]}/{film[1]}/{film}"
        server.lesson = (port + 1, f"/content/zipcontent/{lesson}/index.html")
        return server


def needs(*programs):
    """Fails unless these are installed."""
    lacking = [program for program in programs if tool(program) is None]
    if lacking:
        raise Failed(f"not installed: {', '.join(lacking)}")


def version(command):
    """The first line that says something about a version."""
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return ((told.stdout + told.stderr).strip().splitlines() or ["unknown"])[0]
