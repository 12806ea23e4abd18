#!/usr/bin/env bash
# Reads the OPDS feeds of a running portal with programs we did not write: feedparser, jing, webpub_manifest_parser; and
# as Sugar's Get Books does.
#
# usage: check.sh BASE_URL OUT_DIR
set -euo pipefail
here=$(dirname "$0")
base=$1
out=$2/opds
rm -rf "$out" && mkdir -p "$out/feeds"
python3 -m venv "$out/venv"
"$out/venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
"$out/venv/bin/python" "$here/feeds.py" "$base" "$out/feeds"
jing -c "$here/opds.rnc" "$out"/feeds/*.xml
"$out/venv/bin/python" "$here/get_books.py" "$base"
