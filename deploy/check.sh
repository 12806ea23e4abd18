#!/bin/sh
# Builds the package from a binary and checks it, and every shell script here: check.sh BINARY
# What is not installed is named as skipped.
set -eu
binary=${1:?usage: check.sh BINARY}
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
has() { command -v "$1" > /dev/null 2>&1 || { echo "skipped: $1 is not installed"; return 1; }; }

sh "$here/debian/build.sh" "$binary" "$(dpkg --print-architecture)" "$out"
mkdir "$out/again"
sh "$here/debian/build.sh" "$binary" "$(dpkg --print-architecture)" "$out/again" > /dev/null
cmp "$out"/*.deb "$out"/again/*.deb
list=$(dpkg-deb --contents "$out"/*.deb)
for file in /usr/bin/amauta /usr/lib/systemd/system/amauta.service /etc/amauta/amauta.toml \
    /usr/share/doc/amauta/copyright /usr/share/man/man1/amauta.1.gz; do
    echo "$list" | grep -q "root/root .* \.$file\$" || { echo "missing in the package: $file"; exit 1; }
done

if has man; then
    LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -E UTF-8 -l "$here/debian/amauta.1" 2> "$out/man" > /dev/null
    if [ -s "$out/man" ]; then cat "$out/man"; exit 1; fi
fi

if has lintian; then
    if [ "$(id -u)" = 0 ]; then set -- --allow-root; else set --; fi
    lintian "$@" --fail-on error,warning "$out"/*.deb
fi
if has systemd-analyze; then
    # It ends well whatever it says, and says nothing of a good unit. A program that is everywhere stands for ours.
    sed 's|^ExecStart=[^ ]*|ExecStart=/bin/true|' "$here/systemd/amauta.service" > "$out/amauta.service"
    systemd-analyze verify --man=no "$out/amauta.service" > "$out/verify" 2>&1 || true
    if [ -s "$out/verify" ]; then cat "$out/verify"; exit 1; fi
    # The threshold is in tenths: 20 is 2.0.
    systemd-analyze security --offline=true --threshold=20 --no-pager "$here/systemd/amauta.service" > "$out/exposure" ||
        { cat "$out/exposure"; exit 1; }
    tail -n 1 "$out/exposure"
fi
if has shellcheck; then
    cd "$root"
    shellcheck .ci/run deploy/init/* deploy/debian/postinst deploy/debian/prerm deploy/debian/postrm
    find benches deploy tests -name '*.sh' -not -path '*/node_modules/*' -exec shellcheck {} +
fi
echo "package checked"
