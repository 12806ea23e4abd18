#!/usr/bin/env bash
# The hotspot without a radio: a network of two namespaces with the very dnsmasq.conf, the program, and a client that asks for
# an address, for names, and for the internet as phones do, in each mode: sudo deploy/hotspot/test.sh PROGRAM
# Needs dnsmasq, busybox, iproute2 and curl. The internet of the machine itself is not touched.
set -euo pipefail
program=$(realpath "${1:?usage: test.sh PROGRAM}")
here=$(cd "$(dirname "$0")" && pwd)
server=amauta-s-$$ client=amauta-c-$$
work=$(mktemp -d)
pids=()
clean() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait "${pids[@]}" 2>/dev/null || true
    ip netns del $server 2>/dev/null || true
    ip netns del $client 2>/dev/null || true
    rm -rf "$work" "/etc/netns/$client"
}
trap clean EXIT
fail() {
    echo "failed: $*"
    cat "$work/dnsmasq.log" "$work/program.log" 2>/dev/null | tail -20
    exit 1
}
within() { ip netns exec "$@"; }

ip netns add $server
ip netns add $client
ip link add wlan0 netns $server type veth peer name wlan0 netns $client
for space in $server $client; do
    ip -n "$space" link set lo up
    ip -n "$space" link set wlan0 up
done
ip -n $server addr add 10.42.0.1/24 dev wlan0
ip -n $server addr add fd42::1/64 dev wlan0 nodad
mkdir -p "/etc/netns/$client"
echo "nameserver 10.42.0.1" >"/etc/netns/$client/resolv.conf"
cat >"$work/lease" <<'END'
#!/bin/sh
[ "$1" != bound ] || ip addr add "$ip/24" dev "$interface"
[ "$1" != bound ] || ip route add default via "$router"
END
chmod +x "$work/lease"

# begin MODE [CONFIGURATION...]: dnsmasq and the program.
begin() {
    local mode=$1
    shift
    mkdir -p "$work/conf.d"
    rm -f "$work"/conf.d/*
    cp "$@" "$work/conf.d/"
    # Only where it notes things differs from a school's: several tests must not share it.
    sed -i "s|^dhcp-leasefile=.*|dhcp-leasefile=$work/leases|" "$work"/conf.d/*
    # Without the function, so that the number is the program's own.
    ip netns exec "$server" dnsmasq --keep-in-foreground --conf-file=/dev/null --conf-dir="$work/conf.d" --user=root \
        --pid-file="$work/dnsmasq.pid" --log-facility="$work/dnsmasq.log" --log-dhcp &
    pids+=($!)
    ip netns exec "$server" "$program" serve --listen '[::]:80' --data "$work/data" --portal "$mode" >"$work/program.log" 2>&1 &
    pids+=($!)
    for _ in $(seq 100); do
        if within $server curl -so /dev/null http://10.42.0.1/es/; then return; fi
        sleep 0.1
    done
    fail "the program does not answer"
}
end() {
    kill "${pids[@]}"
    wait "${pids[@]}" 2>/dev/null || true
    pids=()
}
# asked URL: status and where it leads.
asked() { within $client curl -s -o "$work/body" -w '%{http_code} %{redirect_url}' --max-time 10 "$1" || true; }
is() { [[ $2 = "$3" ]] || fail "$1: $2, not $3"; }

begin off "$here/dnsmasq.conf"
within $client busybox udhcpc -i wlan0 -n -q -t 10 -s "$work/lease" >"$work/udhcpc.log" 2>&1 || fail "no address: $(cat "$work/udhcpc.log")"
for url in http://amauta/es/ http://amauta.lan/qu/; do is "$url" "$(asked $url)" "200 "; done
is "AAAA of amauta" "$(within $client getent ahostsv6 amauta | awk 'NR == 1 { print $1 }')" fd42::1
for _ in $(seq 100); do
    address=$(ip -n $client -6 -o addr show dev wlan0 scope global | awk '{ print $4 }')
    if [[ -n $address ]]; then break; fi
    sleep 0.1
done
[[ $address = fd42:* ]] || fail "no IPv6 address"
[[ -z $(ip -n $client -6 route show default) ]] || fail "IPv6 leads out"
is "a page over IPv6" "$(asked 'http://[fd42::1]/es/')" "200 "
# «There is no such name», at once: nobody waits for an internet that is not there.
begun=$(date +%s%N)
if within $client getent hosts connectivitycheck.gstatic.com >/dev/null; then fail "a name of the internet is answered"; fi
waited=$((($(date +%s%N) - begun) / 1000000))
((waited < 1000)) || fail "no takes $waited ms"
echo "as it comes: an address, the portal by name over IPv4 and IPv6, and no name of the internet, told in $waited ms"
end

for mode in open quiet; do
    begin $mode "$here/dnsmasq.conf" "$here/portal.conf"
    for url in http://connectivitycheck.gstatic.com/generate_204 http://captive.apple.com/hotspot-detect.html \
        http://www.msftconnecttest.com/connecttest.txt http://detectportal.firefox.com/success.txt; do
        case $mode-$url in
        open-*) wanted="303 http://${url#http://}" wanted=${wanted%/*}/ ;;
        quiet-*generate_204) wanted="204 " ;;
        quiet-*) wanted="200 " ;;
        esac
        is "$mode $url" "$(asked $url)" "$wanted"
    done
    is "$mode: the portal" "$(asked http://amauta/es/)" "200 "
    # A name that has an IPv4 address here must not have a wrong one of IPv6.
    is "$mode: AAAA" "$(within $client getent ahostsv6 captive.apple.com | grep -v '::ffff:' || true)" ""
    echo "portal = $mode: phones are told so"
    end
done

# The control: the same names, and a program that was not told.
begin off "$here/dnsmasq.conf" "$here/portal.conf"
is "control" "$(asked http://connectivitycheck.gstatic.com/generate_204)" "404 "
echo "all well"
