#!/bin/sh
# Builds the package from a binary and checks it: check.sh BINARY. What is not installed here is named as skipped.
set -eu
binary=${1:?usage: check.sh BINARY}
here=$(cd "$(dirname "$0")" && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
has() { command -v "$1" > /dev/null 2>&1 || { echo "skipped: $1 is not installed"; return 1; }; }
sh "$here/debian/build.sh" "$binary" "$(dpkg --print-architecture)" "$out"
dpkg-deb --info "$out"/*.deb > /dev/null
list=$(dpkg-deb --contents "$out"/*.deb)
for file in /usr/bin/amauta /usr/lib/systemd/system/amauta.service /etc/amauta/amauta.toml /usr/share/doc/amauta/copyright; do
    echo "$list" | grep -q "root/root .* \.$file\$" || { echo "missing in the package: $file"; exit 1; }
done
if has lintian; then lintian --fail-on error "$out"/*.deb; fi
# The threshold is in tenths: 20 is 2.0.
if has systemd-analyze; then
    systemd-analyze security --offline=true --threshold=20 --no-pager "$here/systemd/amauta.service" > "$out/exposure" ||
        { cat "$out/exposure"; exit 1; }
    tail -n 1 "$out/exposure"
fi
if has shellcheck; then shellcheck "$here/check.sh" "$here/debian/build.sh" "$here/settings.sh" "$here/install.sh" "$here/init/amauta"; fi
echo "package checked"
