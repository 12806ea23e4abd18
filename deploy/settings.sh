#!/bin/sh
# Prints the settings of an installed server, made from what the binary itself knows: settings.sh BINARY
set -eu
settings=$("${1:?usage: settings.sh BINARY}" config |
    sed -e 's|^#listen = .*|listen = ["[::]:80"]|' -e 's|^#data = .*|data = "/var/lib/amauta"|')
for key in listen data; do
    echo "$settings" | grep -q "^$key = " || { echo "the program knows no setting named $key" >&2; exit 1; }
done
echo "$settings"
