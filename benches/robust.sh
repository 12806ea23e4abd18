#!/usr/bin/env bash
# The running server under attack, from outside. Three attacks of slowhttptest (heads, bodies and readers that never end, more
# of them than there are places) while somebody reads pages: each page must come, and soon. Then wapiti, a scanner of web
# applications, as a passer-by and as a teacher: whatever it finds ends this with an error.
# Needs curl, slowhttptest (Debian) and wapiti (PyPI: wapiti3), which is fetched into a folder of its own when it is not here.
# Ends with 3 where one of them cannot be had. usage: benches/robust.sh [attacks|scan]   (AMAUTA: the program; SECONDS_EACH: of an attack)
set -euo pipefail
cd "$(dirname "$0")/.."
what=${1:-all}
binary=${AMAUTA:-target/release/amauta}
port=${PORT:-18086}
seconds=${SECONDS_EACH:-20}
site=http://127.0.0.1:$port
# More than the places that there are by default.
attackers=700
# The slowest page that one of a class may wait for meanwhile.
budget_ms=1000
work=$(mktemp -d)
server=
# shellcheck disable=SC2317,SC2329
cleanup() { kill "$server" 2>/dev/null || true; rm -rf "$work"; }
trap cleanup EXIT
ulimit -n 4096

start() {
    "$binary" serve --listen 127.0.0.1:"$port" --data "$work/data" --free-floor 0 >"$work/log" 2>&1 &
    server=$!
    until curl -sf -o /dev/null "$site/es/"; do
        kill -0 "$server" || { cat "$work/log" >&2; exit 1; }
        sleep 0.1
    done
}
counter() { curl -s "$site/metrics" | awk -v name="$1" '$1 == name { print $2 }'; }

# Reads pages until the file `stop` is there; each on a new connection, as a pupil who comes.
reader() {
    while [[ ! -e $work/stop ]]; do
        curl -s -o /dev/null -m 30 -w '%{http_code} %{time_total}\n' "$site/es/lecciones/mi-frase-clave/1" >>"$work/pages" || true
        sleep 0.05
    done
}

failed=0
# NAME ARGUMENTS: an attack, and what a reader sees of it.
attack() {
    local name=$1
    shift
    rm -f "$work/stop" "$work/pages"
    local gave_before memory
    gave_before=$(counter amauta_connections_gave_way_total)
    slowhttptest -c $attackers -r 300 -l "$seconds" -p 5 "$@" >"$work/$name.log" 2>&1 &
    local tester=$!
    sleep 2
    reader &
    local reading=$!
    memory=0
    while kill -0 $tester 2>/dev/null; do
        local now
        now=$(awk '/^VmRSS/ { print $2 }' "/proc/$server/status")
        ((now > memory)) && memory=$now
        sleep 0.5
    done
    touch "$work/stop"
    wait $reading || true
    wait $tester || true
    # Prints the row; fails when a page did not come, or came late.
    sort -k2 -n "$work/pages" | awk -v name="$name" -v budget=$budget_ms -v gave="$(($(counter amauta_connections_gave_way_total) - gave_before))" -v memory="$memory" '
        { time[NR] = $2 * 1000; if ($1 != 200) bad++ }
        END {
            printf "%-12s %5d pages, %d not served; p50 %.1f ms, p99 %.1f ms, slowest %.1f ms (budget %d); %d connections gave way; memory at most %.1f MB\n",
                name, NR, bad, time[int((NR + 1) / 2)], time[int(NR * 0.99 + 0.5)], time[NR], budget, gave, memory / 1024
            exit bad > 0 || NR == 0 || time[NR] > budget
        }' || failed=1
}

if [[ $what != scan ]]; then
    command -v slowhttptest >/dev/null || { echo "slowhttptest is not here (Debian: slowhttptest): the attacks were not tried" >&2; exit 3; }
    start
    echo "$attackers attackers, $seconds s each, one who reads"
    attack heads -H -i 5 -x 24 -u "$site/es/"
    attack bodies -B -i 5 -s 8192 -x 10 -u "$site/es/entrar"
    attack readers -X -w 10 -y 20 -n 5 -z 32 -k 3 -u "$site/descargas/mi-frase-clave.epub"
    curl -sf -o /dev/null "$site/es/"
    kill -TERM "$server"
    wait "$server" || failed=1
    rm -rf "$work/data"
fi

if [[ $what != attacks ]]; then
    wapiti=$(command -v wapiti || true)
    if [[ -z $wapiti ]]; then
        { python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q wapiti3; } >"$work/pip.log" 2>&1 ||
            { echo "wapiti cannot be had: the scan was not done" >&2; exit 3; }
        wapiti=$work/venv/bin/wapiti
    fi
    start
    code=$(grep -oE '[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}' "$work/log" | head -1)
    web() { curl -sf -b "$work/jar" -c "$work/jar" -o "$work/page" "$@"; }
    seal() { grep -o 'name="sello" value="[^"]*"' "$work/page" | head -1 | cut -d'"' -f4; }
    web "$site/es/primera-vez"
    web -L -d "sello=$(seal)" -d "codigo=$code" -d nombre=Rosa -d usuario=rosa -d 'clave=tres llamas verdes' \
        -d 'otra=tres llamas verdes' "$site/es/primera-vez"
    web "$site/es/personas"
    web -d "sello=$(seal)" -d funcion=teacher "$site/es/personas/invitar"
    code=$(grep -oE '[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}' "$work/page" | head -1)
    rm "$work/jar"
    web "$site/es/invitacion"
    web -L -d "sello=$(seal)" -d "codigo=$code" -d nombre=Luz -d usuario=luz -d 'clave=cuatro llamas verdes' \
        -d 'otra=cuatro llamas verdes' "$site/es/invitacion"
    cookie=$(awk '$6 == "sesion" { print $6 "=" $7 }' "$work/jar")
    # NAME START ARGUMENTS: a scan, and what it found.
    scan() {
        local name=$1 from=$2
        shift 2
        # Filters in every combination are the same page over and over, and so are books to take home.
        "$wapiti" -u "$from" --scope domain -d 3 --max-links-per-page 40 --max-files-per-dir 25 --max-attack-time 60 \
            --flush-session --store-session "$work/wapiti-$name" --store-config "$work/wapiti" --no-bugreport -t 10 \
            -x "$site/es/salir" -x "$site/qu/salir" -x "$site/*recursos?*&*" -x "$site/descargas/*" -f json -o "$work/$name.json" "$@" >"$work/$name.log" 2>&1 || { tail -20 "$work/$name.log"; failed=1; return; }
        python3 - "$name" "$work/$name.json" <<'PY' || failed=1
import json, sys

# What is so on purpose: a school's network has no authority that gives certificates, and browsers of 2009 speak no TLS of today.
ON_PURPOSE = {"Secure Flag cookie", "Unencrypted Channels", "HTTP Strict Transport Security (HSTS)"}
name, path = sys.argv[1:]
told = json.load(open(path))
print(f"{name}: {told['infos'].get('crawled_pages_nbr', '?')} pages crawled")
bad = 0
for kind in ("vulnerabilities", "anomalies"):
    for title, found in told[kind].items():
        found = [each for each in found if title not in ON_PURPOSE and "Strict-Transport-Security" not in each["info"]]
        bad += len(found)
        for each in found[:5]:
            print(f"  {title}: {each['method']} {each['path']} {each.get('parameter', '')}: {each['info']}")
sys.exit(bad > 0)
PY
    }
    scan passer-by "$site/es/"
    scan teacher "$site/es/taller" -H "Cookie: $cookie"
    if grep -E ' ERROR |panicked' "$work/log"; then
        echo "the program complained" >&2
        failed=1
    fi
    [[ $(counter amauta_panics_total) == 0 ]] || failed=1
    kill -TERM "$server"
    wait "$server" || failed=1
fi
exit $failed
