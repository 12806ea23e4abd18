#!/usr/bin/env bash
# A machine whose power is really cut. A guest with its own kernel and disk works; every write of its disk is logged; from the log, disks are built as a cut
# at any moment leaves them, with half of what was not flushed lost; each is mounted, looked through and served from. Two controls, which do not wait for
# the disk as they should, must lose something.
#
#     deploy/prove/power-cut.sh [STATES]      # 200 states of the disk for the program, as many for each control; root, Debian, amd64
#
# Ends with 3 where what it needs cannot be had, and says so.
set -euo pipefail
cd "$(dirname "$0")/../.."
states=${1:-200}
work=$PWD/target/power-cut
mkdir -p "$work"
say() { printf '\n== %s\n' "$*"; }

say "tools"
if ! command -v qemu-system-x86_64 >/dev/null || ! command -v busybox >/dev/null; then
    apt-get update -qq || true
    need=(qemu-system-x86)
    command -v busybox >/dev/null || need+=(busybox-static)
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${need[@]}" >"$work/apt.log" 2>&1 || true
fi
for tool in qemu-system-x86_64 busybox mke2fs mount; do
    command -v "$tool" >/dev/null || { echo "$tool cannot be had: no power was cut"; exit 3; }
done
[[ $(id -u) == 0 ]] || { echo "only root may mount disks: no power was cut"; exit 3; }

say "kernel"
if [[ ! -e $work/vmlinuz ]]; then
    package=$(apt-cache depends linux-image-cloud-amd64 | sed -n 's/.*Depends: //p' | head -1)
    (cd "$work" && apt-get download -qq "$package" 2>/dev/null) || { echo "no kernel can be had: no power was cut"; exit 3; }
    (cd "$work" && dpkg -x "$package"_*.deb kernel && rm "$package"_*.deb)
    cp "$work"/kernel/boot/vmlinuz-* "$work/vmlinuz"
fi

say "program, with the controls in it"
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1
if [[ ! -e $work/amauta || -n $(find src lessons locales Cargo.lock -newer "$work/amauta" -print -quit) ]]; then
    cargo build --locked --quiet --release --features fault --bin amauta --target-dir "${POWER_CUT_TARGET:-$work/build}"
    cp "${POWER_CUT_TARGET:-$work/build}/release/amauta" "$work/amauta"
fi
unset CARGO_PROFILE_RELEASE_LTO CARGO_PROFILE_RELEASE_CODEGEN_UNITS CARGO_PROFILE_RELEASE_OPT_LEVEL

say "guest"
root=$work/root
rm -rf "$root"
mkdir -p "$root"/{bin,dev,proc,sys,data,tmp,modules}
cp "$(command -v busybox)" "$root/bin/busybox"
cp "$work/amauta" "$root/bin/amauta"
{ ldd "$work/amauta"; ldd "$root/bin/busybox" || true; } 2>/dev/null | grep -o '/[^ ]*' | sort -u | while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
done
for module in virtio virtio_ring virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci virtio_blk failover net_failover virtio_net; do
    find "$work/kernel/lib/modules" -name "$module.ko" -exec cp {} "$root/modules/" \;
done
cat >"$root/init" <<INIT
#!/bin/busybox sh
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t devtmpfs dev /dev; mount -t tmpfs tmpfs /tmp
for again in 1 2 3; do for module in /modules/*.ko; do insmod "\$module" 2>/dev/null; done; done
ip link set lo up; ip link set eth0 up; ip addr add 10.0.2.15/24 dev eth0; ip route add default via 10.0.2.2
mount -t ext4 -o data=ordered,barrier=1 /dev/vda /data || echo "no disk"
for word in \$(cat /proc/cmdline); do case \$word in fault=?*) export AMAUTA_FAULT=\${word#fault=};; esac; done
amauta serve --listen 0.0.0.0:8080 --data /data &
stty -F /dev/ttyS1 raw -echo
echo ready >/dev/ttyS1
while read -r pack; do
    if amauta import "/data/memoria/\$pack" --trust --data /data; then echo "done \$pack"; else echo "failed \$pack"; fi >/tmp/said 2>&1
    tail -n 1 /tmp/said >/dev/ttyS1; cat /tmp/said
done </dev/ttyS1
INIT
chmod +x "$root/init"
(cd "$root" && find . | busybox cpio -o -H newc 2>/dev/null | gzip -1) >"$work/initrd.gz"

say "power cuts"
cargo test --locked --quiet --features fault --test plug -- --guest "$work" --rounds "$states"
