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

draw logo 1.3333333   # 84 px, for the language page
draw favicon 1
draw banda 1
draw paisaje 1
draw llama 1

strip=""
for icon in $icons; do
    draw "iconos/$icon" 1
    strip="$strip iconos/$icon.png"
done

# The sprite: icons (48 px) in one column; at x = 96 px the logo of the header (42 px) and, far below it, the small hand
# of the help button (32 px), so that neither peeps into the other when letters are made larger.
rsvg-convert -w 42 -h 42 logo.svg -o "$work/logo.png"
rsvg-convert -w 32 -h 32 iconos/ayuda.svg -o "$work/hand.png"
# shellcheck disable=SC2086  # a list of names without spaces
convert -background none $strip -append "$work/strip.png"
convert -background none "$work/strip.png" -extent 138x720 \
    "$work/logo.png" -geometry +96+0 -composite "$work/hand.png" -geometry +96+400 -composite PNG32:"$work/sprite.png"
squeeze "$work/sprite.png" iconos.png
