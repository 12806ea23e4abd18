#!/usr/bin/env bash
# Builds programs that need nothing of the system they run on, for other processors too: static.sh [--tools] [TARGET...]
#   i586     XO-1 and every PC since the Pentium; nothing that a Geode lacks (no SSE, no long NOP): scanned
#   armv6    Raspberry Pi 1 and Zero
#   armv7    XO-1.75, XO-4, Raspberry Pi 2 and later with a system of 32 bits
#   aarch64  Raspberry Pi 3 and later with a system of 64 bits
#   x86_64   other PCs
# Without a name: all. They come to target/static/amauta-TARGET, each a build of some minutes on two cores.
# Needs a rustc that has the source of its standard library (the XO's target comes with no built one), and zig, which is the
# C compiler and the linker for all of them. --tools installs both on Debian.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$PWD/target/static
tools=$out/tools
mkdir -p "$out"

if [[ ${1:-} = --tools ]]; then
    shift
    apt-get install -y --no-install-recommends rustc-web cargo-web rust-web-src libstd-rust-web-dev python3-venv binutils
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet ziglang==0.17.1 cargo-zigbuild==0.24.0
fi
PATH=$tools/bin:$PATH
command -v cargo-zigbuild >/dev/null || { echo "cargo-zigbuild is missing: static.sh --tools"; exit 1; }
# Debian's rustc has the source; one of rustup has it after «rustup component add rust-src».
for RUSTC in "${RUSTC:-}" /usr/bin/rustc rustc; do
    [[ -n $RUSTC ]] && [[ -d $("$RUSTC" --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library ]] && break
    RUSTC=
done
[[ -n $RUSTC ]] || { echo "no rustc here has the source of its standard library: static.sh --tools"; exit 1; }
case $RUSTC in /*) PATH=$tools/bin:$(dirname "$RUSTC"):$PATH ;; esac
# Building the standard library is not in the stable cargo yet; the programs use nothing that is unstable.
export RUSTC PATH RUSTC_BOOTSTRAP=1

build() {
    local name=$1 triple=$2
    shift 2
    # Every set of flags keeps a folder of its own: in a shared one each would build the standard library anew.
    RUSTFLAGS="-C link-self-contained=no -C relocation-model=static $*" \
        cargo-zigbuild zigbuild --locked --release --quiet --target "$triple" \
        -Zbuild-std=std,panic_unwind --target-dir "$out/build-$name"
    cp "$out/build-$name/$triple/release/amauta" "$out/amauta-$name.new"
    if readelf -lW "$out/amauta-$name.new" | grep -q INTERP; then
        echo "amauta-$name asks for a loader: it is not static"
        exit 1
    fi
}

(($#)) || set -- i586 armv6 armv7 aarch64 x86_64
for name; do
    case $name in
    i586)
        # Names are kept until the scan has told which function holds what.
        CARGO_PROFILE_RELEASE_STRIP=none build i586 i586-unknown-linux-musl --cfg 'httparse_disable_simd="1"'
        deploy/scan-i586.py "$out/amauta-i586.new"
        strip "$out/amauta-i586.new"
        ;;
    armv6) build armv6 arm-unknown-linux-musleabihf ;;
    armv7) build armv7 armv7-unknown-linux-musleabihf ;;
    aarch64 | x86_64) build "$name" "$name-unknown-linux-musl" ;;
    *)
        echo "no such target: $name"
        exit 2
        ;;
    esac
    mv "$out/amauta-$name.new" "$out/amauta-$name"
    ls -l "$out/amauta-$name"
done
