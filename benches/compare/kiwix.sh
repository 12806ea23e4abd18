#!/usr/bin/env bash
# Amauta beside kiwix-serve: the same texts, the same searches, the same client, one after the other. Fails unless Amauta is
# ahead in both searches a second and memory.
# Needs python3, curl, wrk, zimwriterfs (Debian: zim-tools) and kiwix-serve (kiwix-tools).
# usage: benches/compare/kiwix.sh [N]   (AMAUTA: the program; default: target/release/amauta)
set -euo pipefail
cd "$(dirname "$0")/../.."
for tool in zimwriterfs kiwix-serve wrk python3 curl; do
    command -v $tool >/dev/null || { echo "$tool is not installed" >&2; exit 2; }
done
size=${1:-10000}
binary=${AMAUTA:-target/release/amauta}
work=$(mktemp -d)
servers=()
trap 'kill "${servers[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir "$work/school" "$work/data"
python3 benches/school/generate.py "$work/school" --resources "$size" --html "$work/html" --queries "$work/queries"
python3 benches/addresses.py searches "$work/queries" >"$work/amauta"
python3 benches/addresses.py kiwix "$work/queries" >"$work/kiwix"
python3 - "$work/html" <<'PY'
import pathlib, struct, sys, zlib
folder = pathlib.Path(sys.argv[1])
names = sorted(path.name for path in folder.iterdir())
links = "".join(f'<li><a href="{name}">{name}</a></li>' for name in names)
(folder / "index.html").write_text(f"<html><head><title>Escuela</title></head><body><ul>{links}</ul></body></html>")
chunk = lambda name, data: struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
head = chunk(b"IHDR", struct.pack(">IIBBBBB", 48, 48, 8, 2, 0, 0, 0))
(folder / "icon.png").write_bytes(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(48 * 145))) + chunk(b"IEND", b""))
PY
zimwriterfs --welcome=index.html --illustration=icon.png --language=spa --name=school --title=Escuela \
    --description=Textos --creator=Escuela --publisher=Escuela "$work/html" "$work/school.zim" >"$work/zim.log" 2>&1

"$binary" serve --listen 127.0.0.1:18096 --data "$work/data" --content "$work/school" >"$work/out" 2>&1 &
ours=$!
kiwix-serve --port 18097 --address 127.0.0.1 "$work/school.zim" >"$work/kiwix.log" 2>&1 &
theirs=$!
servers=("$ours" "$theirs")
until curl -s -f -o /dev/null http://127.0.0.1:18097/; do sleep 0.1; done
until curl -s -f -o /dev/null http://127.0.0.1:18096/es/; do sleep 0.1; done
while curl -s http://127.0.0.1:18096/es/recursos | grep 'Estamos leyendo los materiales' >/dev/null; do sleep 0.2; done
# What making the index took is not what searching takes: start again.
kill "$ours"; wait "$ours" || true
"$binary" serve --listen 127.0.0.1:18096 --data "$work/data" --content "$work/school" >"$work/out" 2>&1 &
ours=$!
servers=("$ours" "$theirs")
until curl -s -f -o /dev/null http://127.0.0.1:18096/es/; do sleep 0.1; done

load() { ADDRESSES=$work/$1 wrk -t1 -c50 -d10s --latency -s benches/load.lua "http://127.0.0.1:$2" | awk '$1 == "RESULT" { print $2, $3, $4, $6 }'; }
memory() { awk -v key="$2:" '$1 == key { printf "%.1f", $2 / 1024 }' "/proc/$1/status"; }
bytes() { du -k "$1" | awk '{ printf "%.1f", $1 / 1024 }'; }
rest_a=$(memory "$ours" VmRSS) rest_k=$(memory "$theirs" VmRSS)
best_a=0 best_k=0
for _ in 1 2 3; do
    read -r p50 p99 rate errors < <(load amauta 18096)
    if awk -v a="$rate" -v b="$best_a" 'BEGIN { exit !(a > b) }'; then best_a=$rate p50_a=$p50 p99_a=$p99 errors_a=$errors; fi
    read -r p50 p99 rate errors < <(load kiwix 18097)
    if awk -v a="$rate" -v b="$best_k" 'BEGIN { exit !(a > b) }'; then best_k=$rate p50_k=$p50 p99_k=$p99 errors_k=$errors; fi
done
peak_a=$(memory "$ours" VmHWM) peak_k=$(memory "$theirs" VmHWM)
row() { printf '%-44s %12s %12s %8s\n' "$1" "$2" "$3" "$(awk -v a="$2" -v b="$3" 'BEGIN { printf "%.2f", (b > 0 ? a / b : 0) }')"; }
kiwix-serve --version | sed -n 1p # reads to the end: a pipe closed early would end all
printf '%-44s %12s %12s %8s\n' "$size resources, best of 3 runs" amauta kiwix-serve ratio
row 'searches a second, 50 clients' "$best_a" "$best_k"
row 'p50, ms' "$p50_a" "$p50_k"
row 'p99, ms' "$p99_a" "$p99_k"
row 'memory at rest, MB' "$rest_a" "$rest_k"
row 'memory at most, MB' "$peak_a" "$peak_k"
row 'index and texts on the disk, MB' "$(bytes "$work/data/library.db")" "$(bytes "$work/school.zim")"
row 'refused or failed' "$errors_a" "$errors_k"
awk -v a="$best_a" -v k="$best_k" -v m="$peak_a" -v n="$peak_k" 'BEGIN { exit !(a > k && m < n) }'
