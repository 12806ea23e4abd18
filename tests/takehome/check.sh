#!/usr/bin/env bash
# What is taken home is accepted by those who know: EPUBs by epubcheck and by the reader of Sugar's Read, bundles by
# Sugar's own toolkit.
# usage: check.sh BASE_URL
set -euo pipefail
base=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/books" "$work/home"
# Everything, which holds the pages of all lessons, and lessons with a story, sources and a game of their own.
names=(todas nivel-secundaria mi-frase-clave paquete-de-fuentes mis-datos-mis-llaves)
for name in "${names[@]}"; do
    for ending in epub xol; do
        curl -fsS -o "$work/books/$name.$ending" "$base/descargas/$name.$ending"
    done
done
for name in "${names[@]}"; do
    java -jar /usr/share/java/epubcheck.jar --failonwarnings "$work/books/$name.epub" >"$work/said" 2>&1 ||
        { cat "$work/said"; exit 1; }
    echo "epubcheck accepts $name"
done
# Debian's Python: no other knows Sugar.
HOME=$work/home UNZIP=-qq /usr/bin/python3 -W ignore "$here/bundle.py" "$work"/books/*.xol 2>"$work/said" || { cat "$work/said"; exit 1; }
/usr/bin/python3 -W ignore "$here/book.py" "$work"/books/*.epub
