"""Where the search begins: real files of this repository, as each parser takes them. usage: seeds.py FOLDER [SAMPLES]"""

import hashlib, io, pathlib, sys, zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = pathlib.Path(sys.argv[1])
SAMPLES = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 and sys.argv[2] else None
MOST = 32768
FIXTURES = ROOT / "tests/fixtures"


def keep(parser, content):
    if isinstance(content, str):
        content = content.encode()
    if len(content) <= MOST:
        folder = OUT / parser
        folder.mkdir(parents=True, exist_ok=True)
        (folder / hashlib.sha1(content).hexdigest()).write_bytes(content)


def every(pattern):
    yield from (path for path in ROOT.glob(pattern) if path.is_file())
    if SAMPLES:
        yield from (path for path in SAMPLES.rglob(pathlib.Path(pattern).name) if path.is_file())


def parts(folder):
    """A folder in one text: see `packed` in parsers.rs."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return b"\n@@ ".join(str(path.relative_to(folder)).encode() + b"\n" + path.read_bytes() for path in files)


for parser, patterns in {
    "gift": ["tests/fixtures/**/*.gift", "lessons/*/es/*.gift"],
    "twee": ["tests/fixtures/**/*.twee", "lessons/*/es/*.twee"],
    "vtt": ["tests/fixtures/**/*.vtt"],
    "rtf": ["tests/fixtures/**/*.rtf"],
    "pdf": ["tests/fixtures/**/*.pdf"],
    "archive": ["tests/fixtures/**/*.zip", "tests/fixtures/**/*.epub", "tests/fixtures/**/*.xol"],
    "photo": ["lessons/*/media/*.png", "tests/fuzz/pictures/*"],
    "small": ["lessons/*/media/*.png", "tests/fuzz/pictures/*"],
    "length": ["lessons/*/media/*.png", "tests/fuzz/pictures/*", "tests/fixtures/**/*.rtf"],
    "minisign": ["tests/fixtures/packs/minisign/*"],
    "words": ["tests/fixtures/lessons-ok/*/*/lesson.md"],
}.items():
    for pattern in patterns:
        for path in every(pattern):
            keep(parser, path.read_bytes())

keep("vtt", "WEBVTT\n\nNOTE nada\n\nuno\n00:01.000 --> 00:02.500 line:0\n<v Ana>Hola <b>agua</b> &amp; luz\n\n01:00:00.000 --> 01:00:01.000\n- Sí\n")
keep("sums", "".join(f"{hashlib.sha256(path.name.encode()).hexdigest()}  {path.relative_to(FIXTURES)}\n" for path in sorted(FIXTURES.glob("lessons-ok/mi-clave/*/*"))))
for folder in sorted(FIXTURES.glob("formats/*-*")) + sorted(FIXTURES.glob("lessons-ok/*")):
    if not folder.is_dir():
        continue
    whole = parts(folder)
    keep({"libro": "book", "agua": "office"}.get(folder.name.split("-")[0], "lesson") if folder.parent.name == "formats" else "lesson", whole)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            archive.write(path, path.relative_to(folder))
    keep("archive", packed.getvalue())
page = b"BT /F1 12 Tf 10 100 Td (Hola agua) Tj [(la) -300 (luz)] TJ ET"
keep("pdf", b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/Lang(es)>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
     b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n"
     b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[65/a/ntilde]>>>>endobj\ntrailer<</Root 1 0 R/Info<</Title(Agua)>>>>\n" % (len(page), page))
keep("multipart", 'multipart/form-data; boundary=x\n3\n--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nuno\r\n--x\r\nContent-Disposition: form-data; name="f"; filename="ñ.txt"\r\nContent-Type: text/plain\r\n\r\n\r\n--\r\n--x--\r\n')
keep("form", "a=1&a=2&b=%C3%B1+%26&c&=d")
for path in every("tests/fixtures/formats/*.gift"):
    for question in path.read_text().split("\n\n"):
        for answer in ("r=0", "r=0&r=1", "r=TRUE", "r1=0&r2=1&r3=2", "r=agua", "r=3%2C5"):
            keep("marking", f"{question}\n@@ {answer}")
for line in (FIXTURES / "access.tsv").read_text().splitlines()[2:]:
    keep("routes", line.split("\t")[0])
for path in ("/m/mi-clave/0123456789abcdef/cover.png", "/a/agua/0123456789abcdef/plan.rtf", "/es/materiales/agua/3", "/descargas/todas.epub", "/qu/lecciones/mi-clave/2/cuento/inicio", "/%C3%B1/%2e%2e/"):
    keep("routes", path)
keep("range", 'bytes=0-99,200-\n"abc"\nW/"abc", *\n"x"')
keep("range", "bytes=-5")
keep("words", "Ñandú qhichwa p'unchay es-PE,es;q=0.8,qu;q=0.5 ʼ ́ 👍")
keep("settings", 'listen = ["127.0.0.1:80"]\nschool_name = "Escuela"\nmax_body = 1024\nportal = "quiet"\nidle_timeout = 15\n')
for path in sorted(FIXTURES.glob("library/*/*.md"))[:20]:
    keep("material", b"md\n" + path.read_bytes())
keep("material", "md\n# Uno\n\n---\n\n## Dos\n\n- a\n- [b](http://x) ![c](d.png)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<b>x</b> `y` **z**\n")
keep("material", "csv\n" + "\n".join((FIXTURES / "library/recursos.csv").read_text().splitlines()[:5]).replace("tutoria/", ""))
keep("material", 'toml\ntitle = { es = "Un texto" }\nlevels = ["primaria"]\nlicence = "CC-BY-4.0"\n')
