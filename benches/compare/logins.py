"""Thirty pupils or teachers of one class who log in at the same second, each server with its own way and its own hashes."""

import json
import re
import socket
from urllib.parse import urlencode

import client
from process import Failed

PASSWORD = "una llama azul"
PEOPLE = 30


def logins(run):
    """Seconds until the last of thirty is in."""
    for turn in range(3):
        for name, way in (("amauta", ours), ("kolibri", theirs)):
            server = run.peers.all.get(name)
            if server is None:
                continue
            server.start(run.peers.work)
            try:
                jobs = [way(server, f"docente{number}") for number in range(PEOPLE)]
                used = server.cpu()
                run.figures.add("logins", name, client.at_once(jobs))
                run.figures.add("login-cpu", name, (server.cpu() - used) / PEOPLE * 1000)
            except Failed as failure:
                run.figures.note(f"log-ins of {name}: {failure}")
            finally:
                server.stop()


def send(server, path, headers, body):
    """One POST on a connection of its own: head and body of the reply."""
    with socket.create_connection(("127.0.0.1", server.port), 120) as stream:
        head = client.head_of(path, {"Host": "127.0.0.1", **headers, "Connection": "close"}, "POST", len(body))
        stream.sendall(head + body)
        status, _, text, head = client.read_reply(stream)
    return status, head.decode("latin-1"), text.decode("utf-8", "replace")


def door(server, path):
    """A form is asked for: the headers and the seal with which it is sent."""
    with socket.create_connection(("127.0.0.1", server.port), 20) as stream:
        stream.sendall(client.head_of(path, {"Host": "127.0.0.1", "Connection": "close"}))
        _, _, text, head = client.read_reply(stream)
    visit = re.search(r"visita=([^;\s]+)", head.decode("latin-1"))[1]
    seal = re.search(r'name="sello" value="([^"]+)"', text.decode())[1]
    return {"Cookie": f"visita={visit}", "Content-Type": "application/x-www-form-urlencoded"}, seal


def ours(server, login):
    """The form is fetched ahead; the job is to send it."""
    headers, seal = door(server, "/es/entrar")
    body = urlencode({"sello": seal, "usuario": login, "clave": PASSWORD}).encode()

    def job():
        status, head, _ = send(server, "/es/entrar", headers, body)
        if "sesion=" not in head:
            raise Failed(f"{login} is not in: {status}")
    return job


def theirs(server, login):
    """As Kolibri's own page sends it."""
    body = json.dumps({"username": login, "password": PASSWORD}).encode()

    def job():
        status, head, text = send(server, "/api/auth/session/", {"Content-Type": "application/json"}, body)
        if status != 200 or login not in text:
            raise Failed(f"{login} is not in: {status} {text[:200]}")
    return job
