"""What more laptops and more materials cost: the same measured at several sizes."""

import os
import re
import subprocess
from pathlib import Path

import client
from measures import Stage
from process import XO, Failed

CLIENTS = [1, 10, 50, 200, 500]
CONTENT = [10, 100, 1000, 10000]
SCALE = Path(__file__).resolve().parents[1] / "scale.sh"


def clients(run):
    """The cached lesson page with more and more laptops that ask without a pause."""
    with Stage(run, ["amauta", "nginx-plain", "lighttpd", "kiwix-serve"]) as stage:
        for _ in range(2):
            for count in CLIENTS:
                for server in stage.turn():
                    run.figures.load(f"clients{count}", server.name, client.wrk(server, count, run.seconds, XO))
                    run.figures.add(f"clients{count}.memory", server.name, server.memory())


def content(run):
    """What a library costs as it grows: `benches/scale.sh`, its figures taken over."""
    env = {**os.environ, "AMAUTA": str(run.peers.program)}
    made = subprocess.run([SCALE, *map(str, CONTENT)], capture_output=True, text=True, env=env, timeout=900)
    _, found, table = made.stdout.partition("cost curve, ")
    if not found:
        raise Failed(f"scale.sh: {made.stdout[-300:]} {made.stderr[-300:]}")
    for line in table.splitlines()[2:]:
        cells = re.split(r"\s{2,}", line.strip())
        if len(cells) > len(CONTENT):
            run.curve.append((" ".join(cells[: -len(CONTENT)]), cells[-len(CONTENT):]))
