#!/usr/bin/env python3
"""Writes the materials of a school that does not exist: as many as asked, the same for the same seed.

usage: generate.py FOLDER [--resources N] [--seed S] [--queries FILE] [--html FOLDER]

Of 100 resources about 60 are short texts, 20 PDFs, 5 documents, 5 pictures, 8 recordings with what is said in them, and 1 is
a book of 20 chapters (2,000 chapters for 10,000 resources); a quarter is in Quechua. Words come from this repository's
lessons and word lists and from made-up names, as often as in any text: the n-th word about 1/n as often as the first.
--queries writes what pupils would search for; --html the same texts as pages, for other servers.
"""

import argparse
import csv
import html
import itertools
import pathlib
import random
import re
import struct
import zipfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHAPTERS = 20
TOPICS = {
    "agua": ("ciencia-y-tecnologia", "agua río lluvia laguna manantial puquio riego canal pozo nube hielo granizo nevado cuenca lago"),
    "animales": ("ciencia-y-tecnologia", "zorro cóndor llama alpaca vicuña puma cuy perro gato vaca oveja caballo pájaro pez sapo rana"),
    "plantas": ("ciencia-y-tecnologia", "papa maíz quinua oca haba semilla raíz hoja flor fruto árbol bosque huerto cosecha tierra"),
    "cuerpo": ("ciencia-y-tecnologia", "mano ojo corazón sangre hueso pie cabeza boca oreja piel pulmón salud enfermedad vacuna fiebre"),
    "numeros": ("matematica", "número suma resta fracción mitad tercio medida metro kilo litro ángulo triángulo cuadrado gráfico tabla"),
    "comercio": ("matematica", "mercado precio moneda sol venta compra cambio ahorro cuenta balanza docena deuda ganancia feria trueque"),
    "cuentos": ("comunicacion", "cuento leyenda fábula héroe condorito noche luna estrella miedo astucia viaje camino gigante tesoro"),
    "poesia": ("comunicacion", "poema verso rima canto voz palabra adivinanza trabalenguas carta diario noticia entrevista afiche"),
    "historia": ("ciencias-sociales", "inca imperio templo muralla quipu chasqui guerra independencia república virrey rebelión mapa siglo"),
    "lugares": ("ciencias-sociales", "pueblo ciudad provincia cordillera valle costa selva frontera puente carretera plaza comunidad región"),
    "convivencia": ("personal-social", "amigo acuerdo respeto ayuda norma conflicto paz turno disculpa confianza derecho deber familia asamblea"),
    "redes": ("tutoria", "internet mensaje contraseña perfil foto engaño enlace virus permiso privacidad pantalla celular correo clave"),
    "arte": ("arte-y-cultura", "danza música flauta tambor tejido color pintura barro máscara fiesta quena charango pincel teatro dibujo"),
    "trabajo": ("ept", "herramienta madera clavo martillo tela aguja hilo ladrillo motor taller oficio proyecto cocina receta molde"),
}
GRADES = ["p1", "p2", "p3", "p4", "p5", "p6", "s1", "s2", "s3", "s4", "s5"]
LICENCES = ["CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0"]
SPANISH = re.compile(r"[a-záéíóúüñ]{2,18}")
QUECHUA = re.compile(r"[a-zñ'’]{2,24}")
GLUE = "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ya".split()


def words_of(lang, pattern):
    """Words of the lessons, the commonest first."""
    seen = {}
    for path in sorted((ROOT / "lessons").glob(f"*/{lang}/*.md")):
        for word in pattern.findall(path.read_text(encoding="utf-8").lower()):
            seen[word] = seen.get(word, 0) + 1
    return sorted(seen, key=lambda word: (-seen[word], word))


def names(rng, count):
    """Names of people and places: the long tail of every text."""
    parts = "cha lla qui ma ta su ra pi hua ya nu co lo san tu ri wa ña ki mar bel zo".split()
    found = dict.fromkeys("".join(rng.choices(parts, k=rng.randint(2, 4))) for _ in range(count))
    return list(found)


class Tongue:
    """What is said in one language, by topic."""

    def __init__(self, rng, lang, common, pools, tail):
        self.rng, self.lang, self.pools = rng, lang, pools
        self.common, self.tail = common, tail
        self.weights = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(common))))
        self.rare = list(itertools.accumulate(1 / (rank + 20) for rank in range(len(tail))))

    def sentences(self, topic, count):
        """Sentences of 6 to 14 words: glue, words of the topic, a name now and then."""
        rng = self.rng
        sizes = [rng.randint(6, 14) for _ in range(count)]
        total = sum(sizes)
        common = iter(rng.choices(self.common, cum_weights=self.weights, k=total))
        pool = self.pools[topic]
        own = iter(rng.choices(pool, weights=[1 / (rank + 1) for rank in range(len(pool))], k=total))
        rare = iter(rng.choices(self.tail, cum_weights=self.rare, k=total))
        out = []
        for size in sizes:
            words = []
            for dice in (rng.random() for _ in range(size)):
                words.append(next(own) if dice < 0.14 else next(rare).capitalize() if dice < 0.18 else next(common))
            text = " ".join(words)
            out.append(text[0].upper() + text[1:] + ".")
        return out

    def paragraphs(self, topic, count):
        lines = self.sentences(topic, count * 5)
        return [" ".join(lines[at:at + 5]) for at in range(0, len(lines), 5)]

    def title(self, topic):
        rng = self.rng
        one, other = rng.sample(self.pools[topic], 2)
        name = rng.choices(self.tail, cum_weights=self.rare)[0].capitalize()
        if self.lang == "qu":
            return f"{one.capitalize()} {other} {name}"
        return rng.choice(["El {0} y {1} de {2}", "Aprendemos sobre {0} y {1} en {2}", "{0}, {1} y {2}", "Historia de {2}: {0}, {1}"]).format(one, other, name)


def pdf(title, pages):
    """A PDF of text pages in Helvetica, each packed."""
    def literal(line):
        return line.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", None,
               b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
               b"<</Title(" + literal(title) + b")>>"]
    kids = []
    for page in pages:
        lines = [line for text in page for line in re.findall(r".{1,90}(?:\s|$)", text)]
        body = b"BT /F1 11 Tf 14 TL 50 780 Td " + b"".join(b"(" + literal(line) + b") ' " for line in lines) + b"ET"
        packed = zlib.compress(body)
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed))
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>" % len(objects))
        kids.append(len(objects))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer<</Size %d/Root 1 0 R/Info 4 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))


def packed(path, files):
    """A ZIP that is the same every time."""
    with zipfile.ZipFile(path, "w") as archive:
        for at, (name, text) in enumerate(files):
            info = zipfile.ZipInfo(name, (2024, 3, 1, 8, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if at == 0 and name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, text)


def page(lang, title, body):
    return (f'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" lang="{lang}">'
            f"<head><title>{html.escape(title)}</title></head><body><h1>{html.escape(title)}</h1>{body}</body></html>")


def body(paragraphs):
    return "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)


def epub(path, lang, title, author, chapters):
    items = "".join(f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters)))
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    contents = "".join(f'<li><a href="c{n}.xhtml">{html.escape(name)}</a></li>' for n, (name, _) in enumerate(chapters))
    nav = page(lang, title, f'<nav xmlns:epub="http://www.idpf.org/2007/ops" epub:type="toc"><ol>{contents}</ol></nav>')
    opf = (f'<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i"><metadata '
           f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">{path.stem}</dc:identifier><dc:title>'
           f"{html.escape(title)}</dc:title><dc:language>{lang}</dc:language><dc:creator>{author}</dc:creator></metadata><manifest>"
           f'<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>{items}</manifest>'
           f"<spine>{spine}</spine></package>")
    container = ('<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
                 '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>')
    files = [("mimetype", "application/epub+zip"), ("META-INF/container.xml", container), ("OEBPS/book.opf", opf), ("OEBPS/nav.xhtml", nav)]
    files += [(f"OEBPS/c{n}.xhtml", page(lang, name, body(text))) for n, (name, text) in enumerate(chapters)]
    packed(path, files)


def odt(path, title, paragraphs):
    text = "".join(f"<text:p>{html.escape(line)}</text:p>" for line in [title, *paragraphs])
    content = ('<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
               f'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>{text}</office:text></office:body></office:document-content>')
    packed(path, [("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content)])


def docx(path, title, paragraphs):
    text = "".join(f"<w:p><w:r><w:t>{html.escape(line)}</w:t></w:r></w:p>" for line in [title, *paragraphs])
    types = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    document = f'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{text}</w:body></w:document>'
    packed(path, [("[Content_Types].xml", types), ("word/document.xml", document)])


def rtf(title, paragraphs):
    text = "\\par ".join([title, *paragraphs])
    return ("{\\rtf1\\ansi " + "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text) + "}").encode()


def png(rng):
    width, height = rng.randint(80, 400), rng.randint(60, 300)
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    row = b"\0" + bytes([rng.randint(0, 255)]) * width
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b""))


GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"


def ogg(rng):
    """The first and last page of a Vorbis recording: as long as a recording, without the sound."""
    rate, serial = 22050, rng.getrandbits(32)
    head = b"\x01vorbis" + struct.pack("<IBIIII", 0, 1, rate, 0, 64000, 0) + b"\xb8\x01"
    def sheet(kind, granule, number, data):
        return b"OggS\0" + struct.pack("<BqIIIB", kind, granule, serial, number, 0, 1) + bytes([len(data)]) + data
    return sheet(2, 0, 0, head) + sheet(4, rate * rng.randint(30, 600), 1, b"\0" * 40)


WEBM = (b"\x1aE\xdf\xa3\x93B\x82\x84webmB\x87\x81\x02B\x85\x81\x02\x18S\x80g\x95\x15I\xa9f\x8e*\xd7\xb1\x83\x0fB@D\x89\x84F\x1c@\x00")


def vtt(lines):
    def clock(seconds):
        return f"{seconds // 60:02}:{seconds % 60:02}.000"
    return "WEBVTT\n\n" + "".join(f"{clock(at * 4)} --> {clock(at * 4 + 4)}\n{line}\n\n" for at, line in enumerate(lines))


def slip(rng, word):
    """The same word as fingers in a hurry write it."""
    at = rng.randrange(1, max(2, len(word) - 1))
    return rng.choice([word[:at] + word[at + 1:], word[:at] + word[at] + word[at:], word[:at - 1] + word[at] + word[at - 1] + word[at + 1:]])


def queries(rng, tongues, count):
    """Distinct queries: of 20, 8 with one word, 6 with several, 3 misspelled, 2 unfinished, 1 a name that is rare."""
    found = {}
    for turn in itertools.count():
        if len(found) == count or turn > count * 50:
            return list(found)
        tongue = tongues["qu"] if turn % 4 == 3 else tongues["es"]
        topic = rng.choice(list(TOPICS))
        pool = tongue.pools[topic]
        dice = turn % 20
        if dice < 8:
            query = rng.choice(pool if dice < 5 else tongue.common[30:1500])
        elif dice < 14:
            query = " ".join([*rng.sample(pool, rng.randint(1, 2)), rng.choice(tongue.common[:1500])])
        elif dice < 17:
            query = slip(rng, rng.choice([word for word in pool if len(word) > 4] or pool))
        elif dice < 19:
            query = rng.choice(pool)[:rng.randint(3, 5)]
        else:
            query = rng.choice(tongue.tail)
        found[query] = None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--resources", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--queries", type=pathlib.Path)
    parser.add_argument("--html", type=pathlib.Path)
    asked = parser.parse_args()
    rng = random.Random(asked.seed)

    tail = names(rng, 12_000)
    spanish = words_of("es", SPANISH)
    spanish = GLUE + [word for word in spanish if word not in GLUE]
    quechua = words_of("qu", QUECHUA)
    with open(ROOT / "locales/qu/pairs.tsv", encoding="utf-8") as lines:
        pairs = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")][1:]
    roots = [word for pair in pairs for word in pair[1].split("|")]
    endings = ["", "", "ta", "pi", "manta", "kuna", "kunata", "qa", "wan", "paq"]
    quechua_pools = {topic: [word + rng.choice(endings) for word in rng.sample(roots, 24)] for topic in TOPICS}
    spanish_pools = {topic: pool.split() + rng.sample(spanish[200:], 25) for topic, (_, pool) in TOPICS.items()}
    tongues = {"es": Tongue(rng, "es", spanish, spanish_pools, tail), "qu": Tongue(rng, "qu", quechua, quechua_pools, tail)}

    rows, chapters = {}, 0
    if asked.html:
        asked.html.mkdir(parents=True)

    def show(name, lang, title, text):
        if asked.html:
            (asked.html / f"{name}.html").write_text(page(lang, title, body(text)), encoding="utf-8")

    for number in range(asked.resources):
        topic = rng.choice(list(TOPICS))
        lang = "qu" if rng.random() < 0.25 else "es"
        tongue = tongues[lang]
        title = tongue.title(topic)
        stem = f"{topic}-{number:05}"
        folder = asked.folder / topic / f"{number % 17:02}"
        folder.mkdir(parents=True, exist_ok=True)
        author = " ".join(name.capitalize() for name in rng.choices(tail, k=2))
        summary = tongue.sentences(topic, 1)[0]
        kind, slot = "articulo", number % 100
        if slot == 50:
            kind, ending = "libro", "epub"
            parts = [(tongue.title(topic), tongue.paragraphs(topic, rng.randint(4, 12))) for _ in range(CHAPTERS)]
            epub(folder / f"{stem}.epub", lang, title, author, parts)
            chapters += len(parts)
            for at, (name, text) in enumerate(parts):
                show(f"{stem}-{at:02}", lang, name, text)
        elif slot < 20:
            kind, ending = "documento", "pdf"
            pages = [tongue.paragraphs(topic, rng.randint(2, 4)) for _ in range(rng.randint(1, 4))]
            (folder / f"{stem}.pdf").write_bytes(pdf(title, pages))
            show(stem, lang, title, [line for sheet in pages for line in sheet])
        elif slot < 25:
            kind, ending = "documento", ("odt", "docx", "rtf")[slot % 3]
            text = tongue.paragraphs(topic, 3)
            if ending == "rtf":
                (folder / f"{stem}.rtf").write_bytes(rtf(title, text))
            else:
                (odt if ending == "odt" else docx)(folder / f"{stem}.{ending}", title, text)
            show(stem, lang, title, [summary])
        elif slot < 30:
            kind, ending = "imagen", "gif" if slot == 25 else "png"
            (folder / f"{stem}.{ending}").write_bytes(GIF if ending == "gif" else png(rng))
            show(stem, lang, title, [summary])
        elif slot < 38:
            kind, ending = ("video", "webm") if slot < 32 else ("audio", "ogg")
            (folder / f"{stem}.{ending}").write_bytes(WEBM if ending == "webm" else ogg(rng))
            lines = tongue.sentences(topic, rng.randint(10, 60))
            (folder / f"{stem}.{lang}.vtt").write_text(vtt(lines), encoding="utf-8")
            show(stem, lang, title, [" ".join(lines)])
        else:
            ending = "md"
            text = tongue.paragraphs(topic, rng.randint(2, 9))
            (folder / f"{stem}.md").write_text(f"# {title}\n\n" + "\n\n".join(text) + "\n", encoding="utf-8")
            show(stem, lang, title, text)
        grades = rng.sample(GRADES, rng.choice([1, 1, 2]))
        area, minutes = TOPICS[topic][0], rng.choice([10, 20, 40, 60])
        if rng.random() < 0.1:
            said = (f'title = "{title}"\nsummary = "{summary}"\nkind = "{kind}"\nlangs = ["{lang}"]\ngrades = {grades}\n'
                    f'areas = ["{area}"]\nauthors = ["{author}"]\nlicence = "{rng.choice(LICENCES)}"\nduration = {minutes}\n')
            (folder / f"{stem}.{ending}.toml").write_text(said, encoding="utf-8")
        elif rng.random() < 0.95:
            line = [f"{stem}.{ending}", title, summary, kind, "|".join(grades), area, lang, author, rng.choice(LICENCES), str(minutes)]
            rows.setdefault(folder, []).append(line)
    for folder, lines in rows.items():
        with open(folder / "recursos.csv", "w", encoding="utf-8", newline="") as file:
            table = csv.writer(file, delimiter=";")
            table.writerow("archivo titulo resumen clase grados areas idioma autor licencia duracion".split())
            table.writerows(lines)
    if asked.queries:
        asked.queries.write_text("\n".join(queries(rng, tongues, 600)) + "\n", encoding="utf-8")
    print(f"{asked.resources} resources; their books have {chapters} chapters")


if __name__ == "__main__":
    main()
