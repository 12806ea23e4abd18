#!/usr/bin/env bash
# A browser without script, cookies and floats shows something: a window of Dillo that is not one colour.
# usage: dillo.sh BASE_URL OUT_DIR
set -euo pipefail
base=$1 out=$2
for path in / /es/ /qu/ /es/recursos /qu/ayuda; do
    shot=$out/shots/dillo$(tr / - <<<"$path").png
    # shellcheck disable=SC2016  # the inner shell has arguments of its own
    xvfb-run -a -s "-screen 0 1200x900x24" bash -c '
        dillo -f -g 1200x900+0+0 "$1" >/dev/null 2>&1 &
        pid=$!
        sleep 3
        import -window root "$2"
        kill $pid
    ' _ "$base$path" "$shot" 2>/dev/null
    colours=$(identify -format %k "$shot")
    if ((colours < 8)); then
        echo "dillo shows nothing at $path ($colours colours)"
        exit 1
    fi
    echo "dillo shows $path ($colours colours)"
done
