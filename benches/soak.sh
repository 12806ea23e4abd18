#!/usr/bin/env bash
# A class of thirty pupils and a teacher, for a long time: reading, answering, searching, taking books home; signing in and out,
# bringing files, publishing and withdrawing them. Fails at any error, and when memory, file handles or threads grow.
# Needs python3 and curl. usage: benches/soak.sh [MINUTES]   (AMAUTA: the program; PAUSE: most seconds between two pages of a pupil)
set -euo pipefail
cd "$(dirname "$0")/.."
minutes=${1:-120}
binary=${AMAUTA:-target/release/amauta}
port=${PORT:-18085}
work=$(mktemp -d)
server=
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
# As the service files do: with an arena for each thread, glibc keeps three times the memory.
MALLOC_ARENA_MAX=1 "$binary" serve --listen 127.0.0.1:"$port" --data "$work/data" --free-floor 0 >"$work/log" 2>&1 &
server=$!
until curl -sf -o /dev/null "http://127.0.0.1:$port/es/"; do
    kill -0 $server || { cat "$work/log" >&2; exit 1; }
    sleep 0.1
done
code=$(grep -oE '[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}' "$work/log" | head -1)
python3 benches/soak.py "$port" "$server" "$code" "$minutes" "${PAUSE:-1}" || { tail -5 "$work/log" >&2; exit 1; }
if grep -iE ' (WARN|ERROR) ' "$work/log"; then
    echo "the program complained" >&2
    exit 1
fi
kill -TERM $server
wait $server
