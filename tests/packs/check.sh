#!/usr/bin/env bash
# A pack of ours in the hands of tools we did not write: sha256sum, minisign and the RO-Crate validator of CRS4. Each must also
# refuse a pack that is hurt.
#
# usage: check.sh BINARY OUT_DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
binary=$(realpath "$1")
out=$2/packs
key=$here/../fixtures/packs/minisign/escuela
rm -rf "$out" && mkdir -p "$out/from/lessons" "$out/usb"
cp -r "$here/../fixtures/packs/cusco/." "$out/from/"
cp -r "$here/../fixtures/lessons-ok/mi-turno" "$out/from/lessons/"
"$binary" pack build "$out/from" "$out/usb" --key "$key.key" --signer "UGEL Quispicanchi"
pack=$out/usb/cusco-quechua-1.2.0
cp -r "$pack" "$out/hurt"
echo " " >>"$out/hurt/resources/feria.md"
echo "0000000000000000000000000000000000000000000000000000000000000000  de-mas" >>"$out/hurt/SHA256SUMS"
refused() { echo "$1 takes a pack that is hurt" >&2; exit 1; }

(cd "$pack" && sha256sum --strict --quiet -c SHA256SUMS) && echo "sha256sum: $(wc -l <"$pack/SHA256SUMS") files are what they were"
if (cd "$out/hurt" && sha256sum --strict --quiet -c SHA256SUMS) >"$out/hurt.log" 2>&1; then refused sha256sum; fi

if command -v minisign >/dev/null; then
    minisign -V -p "$key.pub" -m "$pack/SHA256SUMS"
    if minisign -V -p "$key.pub" -m "$out/hurt/SHA256SUMS" >"$out/hurt.log" 2>&1; then refused minisign; fi
else
    echo "SKIPPED: minisign is not installed, so nobody but us checked the signature"
fi

python3 -m venv "$out/venv"
if "$out/venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt" >"$out/pip.log" 2>&1; then
    "$out/venv/bin/python" "$here/crate.py" "$pack"
    sed -i '/"datePublished"/d' "$out/hurt/ro-crate-metadata.json"
    if "$out/venv/bin/python" "$here/crate.py" "$out/hurt" >"$out/hurt.log" 2>&1; then refused "the RO-Crate validator"; fi
else
    echo "SKIPPED: the RO-Crate validator cannot be installed ($(tail -n 1 "$out/pip.log"))"
fi
