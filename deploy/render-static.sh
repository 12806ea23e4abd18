#!/bin/sh
# Draws the PNGs of src/web/static again from their SVG sources. Run it after changing a drawing.
# Needs rsvg-convert (librsvg2-bin), convert (ImageMagick), pngquant and optipng.
set -eu
cd "$(dirname "$0")/../src/web/static"

# The order is the order of the `.ic-…` rules in estilo.css: a new drawing goes to the end.
icons="leccion cuento juego-decision juego-clasificar cuestionario repaso plan-docente guia-familia
sin-conexion fichas recurso ayuda bien todavia peligro"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Fewest colours that lose none of the few these drawings have.
squeeze() {
    pngquant --force --nofs --speed 1 --output "$2" 32 "$1"
    optipng -quiet -o7 -strip all "$2"
}

# draw NAME ZOOM: NAME.svg becomes NAME.png.
draw() {
    rsvg-convert -z "$2" "$1.svg" -o "$work/draw.png"
    squeeze "$work/draw.png" "$1.png"
}

draw logo 1.3333333   # 84 px: shown at 42 in the header, at 84 or 168 on the language page
draw favicon 1
draw banda 1
draw paisaje 1
draw llama 1

strip=""
for icon in $icons; do
    draw "iconos/$icon" 1
    strip="$strip iconos/$icon.png"
done

# The sprite: big icons (48 px) in one column, the small hand of the help button (32 px) below
# them, after a gap so that no neighbour peeps into the button.
rsvg-convert -w 32 -h 32 iconos/ayuda.svg -o "$work/small.png"
# shellcheck disable=SC2086  # a list of names without spaces
convert -background none $strip \( -size 48x12 xc:none \) "$work/small.png" -append PNG32:"$work/sprite.png"
squeeze "$work/sprite.png" iconos.png
