#!/usr/bin/env bash
# A film and a PDF of 1 GB each: read into the catalogue, then given out twice at once. The same is done first with the same
# two files of a kilobyte, and the program's most memory is compared: what is over comes from the size, and fails past the
# budget of 2 MB. The files are sparse: they take no room on the disk.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-target/release/amauta}
budget=2048
work=$(mktemp -d)
server=
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

memory() { awk -v key="$1:" '$1 == key { print $2 }' "/proc/$server/status"; }
get() { curl -sf -o "${2:-/dev/null}" "http://127.0.0.1:18081$1"; }

# most SIZE: sets `indexed` and `served`, the most memory in KB after the catalogue was made and after the files were given out.
most() {
    local size=$1 library=$work/$1 name href waiting=()
    mkdir "$library"
    # An MP4 says in its first bytes that it is one; what follows may be anything.
    printf '\0\0\0\030ftypisom\0\0\002\0isomiso2' >"$library/pelicula.mp4"
    truncate -s "$size" "$library/pelicula.mp4"
    cat >"$library/libro.pdf" <<'PDF'
%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page>> endobj
trailer <</Root 1 0 R>>
PDF
    truncate -s "$size" "$library/libro.pdf"
    "$program" serve --listen 127.0.0.1:18081 --data "$work/data-$size" --content "$library" >"$work/log" 2>&1 &
    server=$!
    for _ in $(seq 600); do
        if get /es/materiales/libro "$work/page"; then break; fi
        sleep 0.1
    done
    indexed=$(memory VmHWM)
    rm -f "$work/taken"
    for name in libro pelicula; do
        get "/es/materiales/$name" "$work/page"
        href=$(grep -o 'href="/a/[^"]*"' "$work/page" | head -1 | cut -d'"' -f2)
        for _ in 1 2; do
            curl -sf "http://127.0.0.1:18081$href" | head -c "$size" | wc -c >>"$work/taken" &
            waiting+=($!)
        done
    done
    wait "${waiting[@]}"
    [[ $(sort -u "$work/taken") == "$size" && $(wc -l <"$work/taken") == 4 ]] || { echo "a file did not arrive whole"; exit 1; }
    served=$(memory VmHWM)
    kill "$server"
    wait "$server" || true
}

most 1024
small_indexed=$indexed small_served=$served
most $((1 << 30))
printf 'most memory with two files of 1 KB: %d KB; with two of 1 GB: %+d KB when read into the catalogue, %+d KB when four were given out (budget +%d KB)\n' \
    "$small_served" $((indexed - small_indexed)) $((served - small_served)) $budget
((served - small_served <= budget))
