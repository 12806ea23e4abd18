#!/usr/bin/env bash
# System calls of a cached page while 50 laptops ask at once: the figure without noise. Budget: 2.2.
# Needs strace and wrk. usage: benches/syscalls.sh [BINARY]
set -euo pipefail
cd "$(dirname "$0")/.."
binary=${1:-target/release/amauta}
work=$(mktemp -d)
"$binary" serve --listen 127.0.0.1:18099 --data "$work" >"$work/out" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 50); do
    if (exec 3<>/dev/tcp/127.0.0.1/18099) 2>/dev/null; then break; fi
    sleep 0.1
done
curl -s -o /dev/null http://127.0.0.1:18099/es/
strace -q -c -f -p $server -o "$work/calls" &
tracer=$!
sleep 1
wrk -t1 -c50 -d3s -H 'Accept-Encoding: gzip' http://127.0.0.1:18099/es/ >"$work/load"
kill -INT $tracer
wait $tracer || true
requests=$(awk '/requests in/ { print $1 }' "$work/load")
awk -v n="$requests" '$NF == "total" { printf "%.2f system calls a request (%d for %d); budget 2.2\n", $4 / n, $4, n; exit $4 / n > 2.2 }' "$work/calls"
