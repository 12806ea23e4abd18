#!/usr/bin/env bash
# What a school of N resources costs: start, index, memory, catalogue, search. Fails when 10,000 are over the budget.
# Of several sizes the cost curve is printed at the end: benches/scale.sh 100 1000 10000 50000
# Needs python3, curl and wrk. usage: benches/scale.sh [N...]   (AMAUTA: the program; default: target/release/amauta)
set -euo pipefail
cd "$(dirname "$0")/.."
binary=${AMAUTA:-target/release/amauta}
port=18098
site=http://127.0.0.1:$port
work=$(mktemp -d)
server=
stop() { if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; server=; fi; }
trap 'stop; rm -rf "$work"' EXIT

now() { date +%s%N; }
since() { echo $((($(now) - $1) / 1000000)); }
# Ends all when the program has ended by itself: nothing measured of it then would be true.
alive() { kill -0 "$server" 2>/dev/null || { echo "the program has ended:" >&2; cat "$work/out" >&2; exit 1; }; }
# Starts the program and waits for the first page; sets `first`, in milliseconds.
start() {
    local began
    began=$(now)
    "$binary" serve --listen 127.0.0.1:$port --data "$work/data" --content "$work/school" >"$work/out" 2>&1 &
    server=$!
    until curl -s -f -o /dev/null "$site/es/"; do alive; sleep 0.005; done
    first=$(since "$began")
}
waiting() { curl -s "$site/es/recursos" | grep 'Estamos leyendo los materiales' >/dev/null; }
# A figure of /proc/PID/FILE, in MB.
memory() { awk -v key="$2:" '$1 == key { sum += $2 } END { printf "%.1f", sum / 1024 }' "/proc/$server/$1"; }
# Forgets the highest use of memory so far.
forget() { echo 5 >"/proc/$server/clear_refs" 2>/dev/null || true; }
# ADDRESSES CLIENTS SECONDS PAUSE → p50 p99 (ms) requests a second, requests, errors
load() { ADDRESSES=$1 PAUSE=$4 wrk -t1 -c"$2" -d"$3"s --latency -s benches/load.lua "$site" | awk '$1 == "RESULT" { print $2, $3, $4, $5, $6 }'; }

over=0
# NAME VALUE BUDGET UNIT
tell() {
    local verdict=
    if [ "$3" != - ]; then
        verdict=OK
        if awk -v a="$2" -v b="$3" 'BEGIN { exit !(a > b) }'; then
            verdict=OVER
            if [ "$size" = 10000 ]; then over=1; fi
        fi
    fi
    printf '%s\t%s\t%s\t%s\n' "$size" "$1" "$2" "$4" >>"$work/told"
    printf '%8s  %-44s %10s  %8s %-4s %s\n' "$size" "$1" "$2" "$3" "$4" "$verdict"
}

[ $# -gt 0 ] || set -- 10000
printf '%8s  %-44s %10s  %8s\n' size what measured budget
for size; do
    rm -rf "$work/school" "$work/data"
    mkdir -p "$work/school" "$work/data"
    python3 benches/school/generate.py "$work/school" --resources "$size" --queries "$work/queries" >/dev/null
    python3 benches/addresses.py searches "$work/queries" >"$work/searches"
    python3 benches/addresses.py catalogue >"$work/pages"

    began=$(now)
    start
    tell 'first start: first page' "$first" - ms
    seen=0 lessons=0
    while waiting; do
        seen=$((seen + 1))
        took=$(curl -s -f -o /dev/null -w '%{time_total}' "$site/es/lecciones/mi-frase-clave" | awk '{ print int($1 * 1000) }')
        if [ "$took" -gt "$lessons" ]; then lessons=$took; fi
        sleep 0.1
    done
    alive
    tell 'first start: index made' "$(awk -v ms="$(since "$began")" 'BEGIN { printf "%.1f", ms / 1000 }')" 60 s
    tell 'progress shown meanwhile (times looked)' "$seen" - ''
    tell 'slowest lesson page meanwhile' "$lessons" - ms
    tell 'memory at most while the index is made' "$(memory status VmHWM)" 48 MB
    tell 'library.db' "$(du -k "$work/data/library.db" | awk '{ printf "%.1f", $1 / 1024 }')" - MB
    stop

    best=
    for turn in 1 2 3; do
        start
        if [ -z "$best" ] || [ "$first" -lt "$best" ]; then best=$first; fi
        [ "$turn" = 3 ] || stop
    done
    sleep 1
    tell 'later start: first page (best of 3)' "$best" 150 ms
    tell 'memory at rest' "$(memory status VmRSS)" 24 MB
    tell 'memory at rest, private' "$(awk '/^Private/ { sum += $2 } END { printf "%.1f", sum / 1024 }' "/proc/$server/smaps_rollup")" - MB

    read -r p50 p99 rate _ errors < <(load "$work/pages" 1 5 0)
    tell 'catalogue page, p50' "$p50" 5 ms
    tell 'catalogue page, p99' "$p99" 5 ms
    read -r p50 p99 rate _ wrong < <(load "$work/searches" 1 8 0)
    tell 'search, one client, p50' "$p50" - ms
    tell 'search, one client, p99' "$p99" 30 ms
    forget
    read -r p50 p99 rate _ worse < <(load "$work/searches" 50 10 2000)
    tell '50 clients, a search every 2 s each: p50' "$p50" - ms
    tell '50 clients, a search every 2 s each: p99' "$p99" 30 ms
    read -r p50 p99 rate _ worst < <(load "$work/searches" 50 8 0)
    tell '50 clients without a pause: p50' "$p50" - ms
    tell '50 clients without a pause: p99' "$p99" - ms
    tell '50 clients without a pause: searches' "$rate" - /s
    tell 'memory at most with 50 searching clients' "$(memory status VmHWM)" 48 MB
    tell 'refused or failed' "$((errors + wrong + worse + worst))" 0 ''
    stop
done
if [ $# -gt 1 ]; then
    printf '\ncost curve, %s\n%-49s' "$(awk -F': *' '/^model name/ { print $2; exit }' /proc/cpuinfo) x $(nproc)" resources
    printf ' %10s' "$@"
    awk -F'\t' '
        !($2 in unit) { unit[$2] = $4; order[++rows] = $2 }
        !($1 in seen) { seen[$1]; sizes[++columns] = $1 }
        { cell[$2, $1] = $3 }
        END {
            for (row = 1; row <= rows; row++) {
                printf "\n%-44s %4s", order[row], unit[order[row]]
                for (column = 1; column <= columns; column++) printf " %10s", cell[order[row], sizes[column]]
            }
            print ""
        }' "$work/told"
fi
exit $over
