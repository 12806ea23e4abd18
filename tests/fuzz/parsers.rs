//! All parsers of the program under libFuzzer. Which one is chosen by AMAUTA_PARSER, so that all of them are one program;
//! `run.sh` goes through the names below. A parser may refuse what it likes; it may not panic, hang or take memory without end.
#![no_main]
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic, missing_docs)]

use std::{
    fs,
    io::{Cursor, Write as _},
    path::PathBuf,
    sync::LazyLock,
};

use amauta::{
    config::{Config, Environment, apply_file},
    content::{self, Source, materials},
    domain::{
        finding::Finding,
        lang::Lang,
        marking::{self, Answer, mark},
        story::PassagePiece,
    },
    formats::{
        archive::{self, Archive},
        epub::{Book, Link},
        gift,
        kind::{FileKind, lies, refusal, sniff},
        length::measure,
        minisign::{PublicKey, SecretKey, Signature},
        multipart::{Event, Problem, Reader},
        office, pdf, photo, sums, twee, vtt,
    },
    i18n::{negotiate, quechua, words},
    web::{file, form::Form, routes::Route},
};
use libfuzzer_sys::fuzz_target;

type Parser = fn(&[u8]);

/// Name → parser. `run.sh` reads the names from these lines.
const PARSERS: &[(&str, Parser)] = &[
    ("gift", gift),
    ("twee", twee),
    ("vtt", vtt),
    ("sums", sums),
    ("minisign", minisign),
    ("archive", archive),
    ("book", book),
    ("office", office),
    ("rtf", rtf),
    ("pdf", pdf),
    ("photo", photo),
    ("small", small),
    ("length", length),
    ("multipart", multipart),
    ("form", form),
    ("marking", marking),
    ("routes", routes),
    ("range", range),
    ("words", words),
    ("settings", settings),
    ("lesson", lesson),
    ("material", material),
];

static CHOSEN: LazyLock<Parser> = LazyLock::new(|| {
    let name = std::env::var("AMAUTA_PARSER").expect("AMAUTA_PARSER names a parser");
    PARSERS.iter().find(|(known, _)| *known == name).expect("a parser of this name").1
});

fuzz_target!(|data: &[u8]| CHOSEN(data));

fn text(data: &[u8]) -> &str {
    std::str::from_utf8(data).unwrap_or_default()
}

fn gift(data: &[u8]) {
    let (questions, findings) = gift::parse(text(data));
    for position in
        findings.iter().filter_map(|finding| finding.position).chain(questions.iter().map(|q| q.position))
    {
        assert!(position.line >= 1 && position.column >= 1);
    }
    // What can be written simply is read again as the same.
    if let Some(simple) = gift::simple(&questions) {
        let (again, findings) = gift::parse(&gift::write(&simple));
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(gift::simple(&again), Some(simple));
    }
}

fn twee(data: &[u8]) {
    let Ok(story) = twee::parse(text(data)) else { return };
    let count = story.passages.len();
    assert!(story.start < count && story.unreachable().len() < count);
    for piece in story.passages.iter().flat_map(|passage| &passage.pieces) {
        assert!(!matches!(piece, PassagePiece::Link { target, .. } if *target >= count));
    }
}

fn vtt(data: &[u8]) {
    if let Ok(transcript) = vtt::parse(text(data)) {
        transcript.paragraphs();
    }
}

fn sums(data: &[u8]) {
    if let Ok(read) = sums::read(text(data)) {
        assert_eq!(sums::read(&sums::write(&read)).unwrap(), read);
        assert!(read.keys().all(|path| sums::good_path(path).is_ok()));
    }
}

fn minisign(data: &[u8]) {
    let text = text(data);
    let key = PublicKey::parse(text);
    if let (Ok(key), Ok(signature)) = (&key, Signature::parse(text)) {
        // A key and a signature in one text that agree over nothing: not found by chance.
        assert!(key.verify(b"nada", &signature).is_err());
    }
    if let Ok(secret) = SecretKey::parse(text) {
        let signature = Signature::parse(&secret.sign(b"hola", "x")).unwrap();
        secret.public().verify(b"hola", &signature).unwrap();
    }
}

fn small_limits() -> archive::Limits {
    archive::Limits { unpacked: 1 << 22, ..archive::Limits::default() }
}

fn archive(data: &[u8]) {
    let Ok(mut archive) = Archive::open(Cursor::new(data), &small_limits()) else { return };
    let names: Vec<String> = archive.names().map(str::to_owned).collect();
    for name in names {
        assert!(!name.starts_with('/') && !name.split('/').any(|part| part == ".."), "{name:?}");
        if let Ok(bytes) = archive.read(&name, 1 << 20) {
            assert!(bytes.len() <= 1 << 20);
        }
    }
}

/// Packs parts into a ZIP: chance does not find checksums. A part begins with a line `@@ name`; `run.sh` writes the seeds so.
fn packed(data: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for part in split(data, b"\n@@ ") {
        let mut halves = part.splitn(2, |byte| *byte == b'\n');
        let name = String::from_utf8_lossy(halves.next().unwrap_or_default()).into_owned();
        if zip.start_file(name, stored).is_ok() {
            zip.write_all(halves.next().unwrap_or_default()).ok();
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn split<'a>(data: &'a [u8], by: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let mut rest = Some(data);
    std::iter::from_fn(move || {
        let all = rest?;
        let at = all.windows(by.len()).position(|window| window == by);
        rest = at.map(|at| &all[at + by.len()..]);
        Some(&all[..at.unwrap_or(all.len())])
    })
}

fn book(data: &[u8]) {
    let Ok(mut book) = Book::open_within(Cursor::new(packed(data)), &small_limits()) else { return };
    let chapters = book.chapters();
    assert!(chapters > 0);
    for entry in book.toc() {
        assert!(entry.chapter < chapters);
    }
    let mut link = |_: Link<'_>| "x".to_owned();
    for chapter in 0..chapters.min(4) {
        if let Ok(chapter) = book.chapter(chapter, &mut link) {
            let html = format!("{chapter:?}").to_lowercase();
            assert!(!html.contains("<script") && !html.contains("javascript:"), "{html}");
        }
    }
    if let Some(cover) = book.cover().map(str::to_owned) {
        book.image(&cover).ok();
    }
}

fn office(data: &[u8]) {
    let bytes = packed(data);
    let limits = office::Limits { text: 1 << 16, unpacked: 1 << 22 };
    for kind in [FileKind::Odt, FileKind::Odp, FileKind::Ods, FileKind::Docx, FileKind::Pptx, FileKind::Xlsx]
    {
        if let Ok(document) = office::read(Cursor::new(&bytes), kind, &limits) {
            for picture in document.slides.iter().flat_map(|slide| &slide.pictures) {
                office::picture(Cursor::new(&bytes), &picture.name).ok();
            }
        }
    }
}

fn rtf(data: &[u8]) {
    let limits = office::Limits { text: 1 << 16, unpacked: 1 << 22 };
    office::read(Cursor::new(data), FileKind::Rtf, &limits).ok();
}

fn pdf(data: &[u8]) {
    let limits = pdf::Limits { text: 1 << 16, work: 4 << 20, ..pdf::Limits::default() };
    pdf::read(Cursor::new(data), &limits).ok();
}

fn photo(data: &[u8]) {
    photo::has_location(data);
    if let Ok(clean) = photo::clean(data) {
        let cleaned = clean.to_vec();
        assert!(!photo::has_location(&cleaned));
        let again = photo::clean(&cleaned).unwrap();
        assert_eq!(again.to_vec(), cleaned, "what is clean stays as it is");
    }
}

fn small(data: &[u8]) {
    // A picture of many pixels in few bytes takes its time on purpose: not what is looked for.
    if photo::size(data).is_none_or(|(width, height)| u64::from(width) * u64::from(height) > 250_000) {
        return;
    }
    photo::shrinks(data);
    let most = photo::Most { bytes: 64, width: 16, height: 16 };
    if let Ok(Some(picture)) = photo::small_bytes(data, most) {
        let (width, height) = photo::size(&picture).unwrap();
        assert!(width <= 16 && height <= 16, "{width} x {height}");
    }
}

fn length(data: &[u8]) {
    for name in ["a", "a.mp3", "a.ogv", "a.webm", "a.mp4", "a.txt", "a.odt"] {
        let Ok(kind) = sniff(&mut Cursor::new(data), name) else { continue };
        lies(name, kind);
        refusal(name, kind);
        measure(&mut Cursor::new(data), kind).ok();
    }
}

fn multipart(data: &[u8]) {
    // The first line is the type, the second tells how the rest is cut.
    let mut lines = data.splitn(3, |byte| *byte == b'\n');
    let (kind, cut, body) = (
        lines.next().unwrap_or_default(),
        lines.next().unwrap_or_default(),
        lines.next().unwrap_or_default(),
    );
    let Ok(whole) = Reader::new(text(kind)) else { return };
    let read = |mut reader: Reader, pieces: &mut dyn Iterator<Item = &[u8]>| {
        let mut told: Vec<String> = Vec::new();
        for piece in pieces {
            let fed = reader.feed(piece, |event| -> Result<(), Problem> {
                match (event, told.last_mut()) {
                    (Event::Bytes(bytes), Some(last)) if last.starts_with("Bytes") => {
                        last.push_str(&format!("{bytes:?}"))
                    }
                    (Event::Bytes(bytes), _) => told.push(format!("Bytes{bytes:?}")),
                    (other, _) => told.push(format!("{other:?}")),
                }
                Ok(())
            });
            if fed.is_err() {
                return None;
            }
        }
        reader.finish().ok().map(|()| told.concat().replace("][", ", "))
    };
    let at_once = read(whole, &mut std::iter::once(body));
    let size = usize::from(cut.first().copied().unwrap_or(1) % 17) + 1;
    let in_pieces = read(Reader::new(text(kind)).unwrap(), &mut body.chunks(size));
    assert_eq!(at_once, in_pieces, "what a form says hangs on where it was cut");
}

fn form(data: &[u8]) {
    let form = Form::parse(data);
    for (name, value) in form.iter() {
        assert!(form.get(name).is_some() && form.all(name).contains(&value));
    }
}

fn marking(data: &[u8]) {
    // A question as GIFT, and an answer to it as a browser sends it.
    let mut halves = split(data, b"\n@@ ");
    let (questions, _) = gift::parse(text(halves.next().unwrap_or_default()));
    let form = Form::parse(halves.next().unwrap_or_default());
    for question in &questions {
        let field = |name: &str| form.all(name).into_iter().map(str::to_owned).collect();
        if let Ok(answer) = Answer::from_form(question, field)
            && let Ok(outcome) = mark(question, &answer)
        {
            if let Some(index) = marking::named(question, &outcome) {
                marking::counterpart(question, index, question);
            }
        }
        marking::shown_order(question);
    }
}

fn routes(data: &[u8]) {
    let Ok(route) = Route::parse(text(data)) else { return };
    let path = route.path();
    assert_eq!(Route::parse(&path).map(|again| again.path()).as_deref(), Ok(&*path), "one right spelling");
    assert!(!path.contains("/../") && !path.contains('\0'));
}

fn range(data: &[u8]) {
    let mut headers = http::HeaderMap::new();
    for (name, value) in
        ["range", "if-range", "if-none-match", "if-match"].into_iter().zip(split(data, b"\n"))
    {
        if let Ok(value) = http::HeaderValue::from_bytes(value) {
            headers.insert(name, value);
        }
    }
    let describe =
        file::Describe { content_type: "text/plain", etag: "abc", cache: "no-cache", download: None };
    let bytes = file::Source::Bytes(bytes::Bytes::from_static(&[7; 1000]));
    let reply = file::reply(&http::Method::GET, &headers, bytes, &describe);
    assert!([200, 206, 304, 412, 416].contains(&reply.status().as_u16()));
    file::disposition(text(data));
}

fn words(data: &[u8]) {
    let text = text(data);
    for word in words::words(text) {
        for lang in [Lang::ES, Lang::QU] {
            words::Folding::whole(word.text, lang);
        }
    }
    // A longer one that needs many rounds is hostile and stays as it is.
    let short: String = text.chars().take(8).collect();
    let folded = quechua::fold(&short);
    assert_eq!(quechua::fold(&folded), folded, "{short:?}");
    negotiate::from_accept_language(Some(text), &[Lang::ES, Lang::QU]);
    negotiate::canonical(text);
}

fn settings(data: &[u8]) {
    static ENVIRONMENT: LazyLock<Environment> = LazyLock::new(Environment::read);
    let mut config = Config::defaults(&ENVIRONMENT);
    apply_file(&mut config, &PathBuf::from("amauta.toml"), text(data));
}

/// A folder for files that are read from a disk.
static FOLDER: LazyLock<tempfile::TempDir> =
    LazyLock::new(|| tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap());

fn lesson(data: &[u8]) {
    // The parts of one lesson's folder.
    let folder = FOLDER.path().join("lecciones/prueba");
    fs::remove_dir_all(&folder).ok();
    for part in split(data, b"\n@@ ") {
        let mut halves = part.splitn(2, |byte| *byte == b'\n');
        let name = text(halves.next().unwrap_or_default());
        if name.split('/').all(|part| {
            !part.is_empty()
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))
                && !part.starts_with('.')
        }) {
            let path = folder.join(name);
            path.parent().map(fs::create_dir_all);
            fs::write(path, halves.next().unwrap_or_default()).ok();
        }
    }
    let today = jiff::civil::date(2026, 3, 1);
    let (library, _) = content::load(&[Source::folder(FOLDER.path().join("lecciones"))], today);
    assert!(library.lessons().len() <= 1, "one folder is one lesson");
    for lesson in library.lessons() {
        lesson.texts.get(&Lang::ES);
    }
}

fn material(data: &[u8]) {
    // A text of a school's library: its first line tells the ending.
    let mut halves = data.splitn(2, |byte| *byte == b'\n');
    let ending = match halves.next() {
        Some(b"csv") => "recursos.csv",
        Some(b"toml") => "texto.md.toml",
        _ => "texto.md",
    };
    let folder = FOLDER.path().join("material");
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("texto.md"), "Un texto.").unwrap();
    fs::write(folder.join(ending), halves.next().unwrap_or_default()).unwrap();
    let sources = [Source::folder(folder)];
    let (library, _) = content::load(&[], jiff::civil::date(2026, 3, 1));
    let survey = materials::survey(&sources, library.vocabulary(), Default::default());
    let mut problems = Vec::new();
    for at in 0..survey.len() {
        if let Some(reading) = survey.read(at, &sources, &mut problems) {
            for page in 1..4 {
                let shown: Result<_, Finding> =
                    materials::text_page(&sources, &reading.material, Lang::ES, page);
                if let Ok(Some((_, page))) = shown {
                    let html = format!("{page:?}").to_lowercase();
                    assert!(!html.contains("<script"), "{html}");
                }
            }
        }
    }
}
