#!/usr/bin/env bash
# The program below a ceiling of 24 MB that the kernel enforces: a class reads and answers, a teacher brings 50 MB, thirty log in at the same
# second. Nobody may be killed. A control below a ceiling that nothing of this kind fits must be.
#
#     deploy/prove/small-memory.sh [PROGRAM]      # root, Linux with a memory cgroup, python3
#
# Ends with 3 where there is no such cgroup to be had, and says so.
set -euo pipefail
cd "$(dirname "$0")/../.."
program=${1:-target/release/amauta}
budget() { awk -F '\t' -v what="$1" '$1 == what { print $2 }' deploy/prove/budgets.tsv; }
ceiling=$(budget small-memory-ceiling)
port=18086
work=$(mktemp -d)
group=
server=
finish() {
    [[ -z $server ]] || kill -9 "$server" 2>/dev/null || true
    sleep 0.2
    [[ -z $group ]] || rmdir "$group" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

# Makes the group with a ceiling in MB: of the second kind of cgroups, or the first.
make_group() {
    local name=amauta-prove-$$-$1
    if [[ -e /sys/fs/cgroup/cgroup.controllers ]] && grep -qw memory /sys/fs/cgroup/cgroup.controllers; then
        group=/sys/fs/cgroup/$name
        mkdir "$group" 2>/dev/null || return 1
        echo +memory >/sys/fs/cgroup/cgroup.subtree_control 2>/dev/null || true
        echo $(($1 << 20)) >"$group/memory.max" 2>/dev/null || return 1
        echo 0 >"$group/memory.swap.max" 2>/dev/null || true
    elif [[ -d /sys/fs/cgroup/memory ]]; then
        group=/sys/fs/cgroup/memory/$name
        mkdir "$group" 2>/dev/null || return 1
        echo $(($1 << 20)) >"$group/memory.limit_in_bytes" 2>/dev/null || return 1
    else
        return 1
    fi
}
killed() {
    local told=$group/memory.events
    [[ -e $told ]] || told=$group/memory.oom_control
    awk '$1 == "oom_kill" { print $2 }' "$told"
}
start() {
    make_group "$1" || { echo "no memory cgroup can be made here: no ceiling was tried"; exit 3; }
    rm -rf "$work/data"
    # shellcheck disable=SC2016 # for the shell below
    bash -c 'echo $$ >"$0/cgroup.procs"; exec "$1" serve --listen 127.0.0.1:"$2" --data "$3" --free-floor 0' \
        "$group" "$program" "$port" "$work/data" >"$work/log" 2>&1 &
    server=$!
    for _ in $(seq 100); do
        (exec 3<>/dev/tcp/127.0.0.1/$port) 2>/dev/null && return 0
        kill -0 "$server" 2>/dev/null || return 1
        sleep 0.1
    done
    return 1
}

[[ $(id -u) == 0 ]] || { echo "only root may set a ceiling: none was tried"; exit 3; }
start "$ceiling" || { echo "the program does not start below $ceiling MB"; cat "$work/log"; exit 1; }
code=$(grep -oE '[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}' "$work/log" | head -1)
python3 deploy/prove/class.py "127.0.0.1:$port" "$code" | tee "$work/told"
peak=$group/memory.peak
[[ -e $peak ]] || peak=$group/memory.max_usage_in_bytes
most=$([[ -e $peak ]] && echo "$(($(cat "$peak") >> 20)) MB with the pages of its files" || echo "not told by this kernel")
echo "ceiling $ceiling MB: $(killed) killed (0 may be), most taken $most, own memory $(awk '$1 == "VmHWM:" { print int($2 / 1024) }' "/proc/$server/status") MB at most"
[[ $(killed) == 0 ]]
kill -0 "$server"
worst=$(awk '$1 == "worst-page" { print $2 }' "$work/told")
echo "slowest page $worst s of $(budget small-memory-page-worst)"
awk -v worst="$worst" -v limit="$(budget small-memory-page-worst)" 'BEGIN { exit worst > limit }'
kill "$server"
wait "$server" || true
rmdir "$group"

low=4
if start $low && python3 deploy/prove/class.py "127.0.0.1:$port" "$(grep -oE '[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}' "$work/log" | head -1)" >"$work/told" 2>&1; then
    echo "control: a class fits $low MB too, so the ceiling proves nothing"
    exit 1
fi
echo "control below $low MB: $(killed) killed, as it must be"
[[ $(killed) != 0 ]]
