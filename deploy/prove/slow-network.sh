#!/usr/bin/env bash
# Forty laptops behind one slow wireless cell that loses frames: how long until each has read its first lesson page, with its style sheet and
# pictures, and whether every byte of it is the right one.
#
#     deploy/prove/slow-network.sh [PROGRAM] [RATE] [LOSS]     # 6 Mbit/s and 3 of a hundred; root, Linux, iproute2, python3
#
# The cell is two network namespaces with a token bucket between them. Frames are lost by netem where the kernel has it, else by a filter of
# nftables, else by a relay that stalls and cuts connections. Ends with 3 where no namespace can be made, and says so.
set -euo pipefail
cd "$(dirname "$0")/../.."
program=${1:-target/release/amauta}
rate=${2:-6mbit}
loss=${3:-3}
clients=40
budget() { awk -F '\t' -v what="$1" '$1 == what { print $2 }' deploy/prove/budgets.tsv; }
here=amauta-srv-$$ there=amauta-cli-$$
work=$(mktemp -d)
server=
# shellcheck disable=SC2317 # called by the trap
finish() {
    [[ -z $server ]] || kill "$server" 2>/dev/null || true
    ip netns del "$here" 2>/dev/null || true
    ip netns del "$there" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

if [[ $(id -u) != 0 ]] || ! ip netns add "$here" 2>/dev/null; then
    echo "no network namespace can be made here: no slow network was tried"
    exit 3
fi
ip netns add "$there"
ip link add amauta0 netns "$here" type veth peer name amauta1 netns "$there"
ip -n "$here" addr add 10.77.0.1/24 dev amauta0
ip -n "$here" link set lo up
ip -n "$here" link set amauta0 up
ip -n "$there" link set lo up
ip -n "$there" link set amauta1 up
for each in $(seq $clients); do ip -n "$there" addr add "10.77.0.$((100 + each))/24" dev amauta1; done
how=
if tc -n "$here" qdisc add dev amauta0 root handle 1: netem delay 20ms 10ms loss "$loss%" rate "$rate" 2>/dev/null &&
    tc -n "$there" qdisc add dev amauta1 root handle 1: netem delay 20ms 10ms loss "$loss%" rate "$rate" 2>/dev/null; then
    how="netem, 20 ms"
elif tc -n "$here" qdisc replace dev amauta0 root tbf rate "$rate" burst 16kb latency 200ms 2>/dev/null &&
    tc -n "$there" qdisc replace dev amauta1 root tbf rate "$rate" burst 16kb latency 200ms 2>/dev/null; then
    how="token bucket"
    filter="table ip cell { chain in { type filter hook input priority 0; ip saddr 10.77.0.0/24 numgen random mod 1000 < $((loss * 10)) counter drop; }; }"
    if ip netns exec "$here" nft "$filter" 2>/dev/null && ip netns exec "$there" nft "$filter" 2>/dev/null; then
        how="token bucket, frames dropped by nftables"
    else
        how="token bucket, a relay that stalls and cuts"
    fi
else
    echo "this kernel slows no network down: none was tried"
    exit 3
fi
ip netns exec "$here" "$program" serve --listen 0.0.0.0:8080 --data "$work/data" >"$work/log" 2>&1 &
server=$!
for _ in $(seq 100); do
    ip netns exec "$here" bash -c 'exec 3<>/dev/tcp/10.77.0.1/8080' 2>/dev/null && break
    sleep 0.1
done
echo "$clients laptops, $rate for all of them, $loss of a hundred frames lost ($how)"
relay=()
[[ $how != *relay* ]] || relay=(relay)
# What is right is asked for inside, where nothing is slow.
ip netns exec "$here" python3 deploy/prove/laptops.py right 10.77.0.1 8080 "$work/right"
ip netns exec "$there" python3 deploy/prove/laptops.py read 10.77.0.1 8080 "$work/right" "$clients" "${relay[@]}" | tee "$work/told"
figure() { awk -v what="$1" '$1 == what { print $2 }' "$work/told"; }
status=0
for what in p50 worst; do
    limit=$(budget slow-network-first-page-$what)
    echo "first page, $what: $(figure $what) s of $limit"
    awk -v took="$(figure $what)" -v limit="$limit" 'BEGIN { exit took > limit }' || status=1
done
[[ $(figure wrong) == 0 ]] || status=1
exit $status
