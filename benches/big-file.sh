#!/usr/bin/env bash
# A film and a PDF of 1 GB each: read into the catalogue, then given out twice at once. Prints how much the program's memory
# grew, and fails past the budget of 8 MB. The files are sparse: they take no room on the disk.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-target/release/amauta}
budget=8192
work=$(mktemp -d)
server=
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir "$work/library"
size=$((1 << 30))

# An MP4 says in its first bytes that it is one; what follows may be anything.
printf '\0\0\0\030ftypisom\0\0\002\0isomiso2' >"$work/library/pelicula.mp4"
truncate -s $size "$work/library/pelicula.mp4"
cat >"$work/library/libro.pdf" <<'PDF'
%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page>> endobj
trailer <</Root 1 0 R>>
PDF
truncate -s $size "$work/library/libro.pdf"

"$program" serve --listen 127.0.0.1:18081 --data "$work/data" --content "$work/library" >"$work/log" 2>&1 &
server=$!
memory() { awk -v key="$1:" '$1 == key { print $2 }' "/proc/$server/status"; }
get() { curl -sf -o "${2:-/dev/null}" "http://127.0.0.1:18081$1"; }
until get /es/ 2>/dev/null; do sleep 0.1; done
before=$(memory VmHWM)
for _ in $(seq 600); do
    if get /es/materiales/libro "$work/page"; then break; fi
    sleep 0.1
done
indexed=$(memory VmHWM)
for name in libro pelicula; do
    get "/es/materiales/$name" "$work/page"
    href=$(grep -o 'href="/a/[^"]*"' "$work/page" | head -1 | cut -d'"' -f2)
    for _ in 1 2; do
        curl -sf "http://127.0.0.1:18081$href" | head -c $size | wc -c >>"$work/taken" &
        waiting+=($!)
    done
done
wait "${waiting[@]}"
[[ $(sort -u "$work/taken") == "$size" && $(wc -l <"$work/taken") == 4 ]] || { echo "a file did not arrive whole"; exit 1; }
served=$(memory VmHWM)
printf 'most memory: %d KB at the start, +%d KB while two files of 1 GB were read into the catalogue, +%d KB while four were given out (budget +%d KB)\n' \
    "$before" $((indexed - before)) $((served - indexed)) $budget
((served - before <= budget))
