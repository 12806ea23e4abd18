#!/usr/bin/env bash
# Makes a small library of every kind out of the fixtures, for browsers to read. usage: tests/browser/library.sh FOLDER
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$1
mkdir -p "$folder"
cp -r tests/fixtures/library/. "$folder"
mkdir -p "$folder/imagenes" "$folder/audios"
cp lessons/mi-frase-clave/media/cover.png "$folder/imagenes/salon.png"
python3 - "$folder" <<'PY'
import pathlib, struct, sys, wave, zipfile

folder, fixtures = pathlib.Path(sys.argv[1]), pathlib.Path("tests/fixtures/formats")
gif = b"GIF89a\2\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\2\0\1\0\0\2\2\4\n\0;"


def pack(name, source, more):
    with zipfile.ZipFile(folder / name, "w") as archive:
        files = sorted((f for f in source.rglob("*") if f.is_file()), key=lambda f: f.name != "mimetype")
        for file in files:
            archive.write(file, file.relative_to(source).as_posix())
        for path, data in more.items():
            archive.writestr(path, data)


types = {"[Content_Types].xml": b"<Types/>"}
pack("agua.epub", fixtures / "libro-agua", {"EPUB/gota.gif": gif})
pack("charla.pptx", fixtures / "agua-pptx", {**types, "ppt/media/gota.png": gif})
pack("acta.docx", fixtures / "agua-docx", types)
with wave.open(str(folder / "audios/quena.wav"), "wb") as sound:
    sound.setparams((1, 1, 8000, 8000, "NONE", ""))
    sound.writeframes(bytes([128]) * 8000)
(folder / "audios/quena.vtt").write_text("WEBVTT\n\n00:00.500 --> 00:01.000\n<v Rosa>Suena la quena.\n")
page = b"BT /F1 12 Tf 72 700 Td (El agua nace en la laguna) Tj ET"
(folder / "laguna.pdf").write_bytes(
    b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1"
    b"/Resources<</Font<</F1 5 0 R>>>>>> endobj\n3 0 obj <</Type/Page/Contents 4 0 R>> endobj\n4 0 obj <</Length "
    + str(len(page)).encode() + b">>\nstream\n" + page + b"\nendstream endobj\n"
    b"5 0 obj <</Type/Font/Subtype/Type1/Encoding/WinAnsiEncoding>> endobj\ntrailer <</Root 1 0 R>>\n"
)
PY
