#!/usr/bin/env bash
# A teacher brings a file of 1 GB, while another reads. Prints how much the program's memory grew and fails past the budget
# of 8 MB, or when the file is not kept whole, or when a reader waited for it.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-target/release/amauta}
budget=8192
size=$((1 << 30))
at=http://127.0.0.1:18082
work=$(mktemp -d)
server=
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

"$program" serve --listen 127.0.0.1:18082 --data "$work/data" --free-floor 0 >"$work/log" 2>&1 &
server=$!
memory() { awk -v key="$1:" '$1 == key { print $2 }' "/proc/$server/status"; }
web() { curl -sf -b "$work/jar" -c "$work/jar" -o "$work/page" "$@"; }
seal() { grep -o 'name="sello" value="[^"]*"' "$work/page" | head -1 | cut -d'"' -f4; }
until curl -sf -o /dev/null "$at/es/"; do sleep 0.1; done
code=$(grep -oE '[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}' "$work/log" | head -1)
web "$at/es/primera-vez"
web -L -d "sello=$(seal)" -d "codigo=$code" -d nombre=Rosa -d usuario=rosa -d 'clave=tres llamas verdes' \
    -d 'otra=tres llamas verdes' "$at/es/primera-vez"
web "$at/es/taller/nuevo/archivo"
printf '\0\0\0\030ftypisom\0\0\002\0isomiso2' >"$work/pelicula.mp4"
truncate -s $size "$work/pelicula.mp4"

# The hash of the password took its memory; from here on only the file counts.
echo 5 >"/proc/$server/clear_refs"
before=$(memory VmHWM)
began=$(date +%s%N)
web -L -F "sello=$(seal)" -F revision=0 -F "archivo=@$work/pelicula.mp4" -F titulo-es=Película "$at/es/taller/nuevo/archivo" &
bringing=$!
slowest=0
while kill -0 $bringing 2>/dev/null; do
    taken=$(curl -sf -o /dev/null -w '%{time_total}' "$at/es/lecciones/mi-frase-clave/1")
    slowest=$(awk -v a="$slowest" -v b="$taken" 'BEGIN { print (a > b) ? a : b }')
    sleep 0.05
done
wait $bringing
seconds=$((($(date +%s%N) - began) / 1000000000))
grew=$(($(memory VmHWM) - before))
kept=$(find "$work/data/files" -type f -size "${size}c" | wc -l)
printf 'a file of 1 GB in %d s: memory +%d KB (budget +%d KB); slowest page meanwhile %s s\n' \
    "$seconds" "$grew" "$budget" "$slowest"
((kept == 1)) || { echo "the file is not there whole"; exit 1; }
((grew <= budget))
awk -v slowest="$slowest" 'BEGIN { exit slowest > 1 }'
