#!/usr/bin/env bash
# Draws the PNG of every lesson drawing anew from its SVG, in the size the PNG has (480 px wide for a new one),
# with at most 48 colours. Needs rsvg-convert and pngquant.
# usage: deploy/render-media.sh [FOLDER]      --check FOLDER only tells which PNG no longer look like their SVG
set -euo pipefail
cd "$(dirname "$0")/.."
check=no
[ "${1:-}" = --check ] && { check=yes; shift; }
bad=0
while IFS= read -r svg; do
    png=${svg%.svg}.png
    width=480
    [ -f "$png" ] && width=$(od -An -j16 -N4 -tu1 "$png" | awk '{print ($1*256+$2)*65536+$3*256+$4}')
    if [ $check = yes ]; then
        drawn=$(mktemp --suffix=.png)
        rsvg-convert -w "$width" "$svg" -o "$drawn"
        # 0 is the same picture; fewer colours cost a little, another drawing costs much.
        far=$(compare -metric RMSE "$drawn" "$png" null: 2>&1 || true)
        far=${far##*(}
        far=${far%%)*}
        rm -f "$drawn"
        if awk "BEGIN { exit !($far > 0.06) }"; then
            echo "$png does not look like $svg ($far)"
            bad=1
        fi
        continue
    fi
    rsvg-convert -w "$width" "$svg" -o "$png"
    pngquant --force --skip-if-larger --ext .png 48 "$png" || true
done < <(find "${1:-lessons}" -path '*/media/*.svg' | sort)
exit $bad
