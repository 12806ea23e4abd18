//! Opening a material: what its files really are, which page it gets, what is known about it and which of its words are
//! searched. A file that cannot be shown is passed over with the reason; the others count.

use std::{
    fs::File,
    io::{BufReader, Read as _},
};

use jiff::{Timestamp, civil::Date, tz::Offset};
use sha2::{Digest, Sha256};

use super::{
    description::Facts,
    group::{Group, lang_of},
    text,
    walk::Loose,
};
use crate::{
    content::source::Source,
    digest,
    domain::{
        finding::{Finding, Problem, Severity},
        id::Slug,
        lang::{Lang, Localized},
        material::{Material, MaterialFile, Role, Shape},
    },
    formats::{
        epub::Book,
        kind::{self, FileKind},
        length, office, pdf, photo, vtt,
    },
};

/// Most text of one material that is searched, in bytes.
const MAX_TEXT: usize = 8 << 20;

/// The day of a file that a machine with a dead clock has written.
const OLDEST: Date = jiff::civil::date(2015, 1, 1);

/// A material, and what of it is searched.
#[derive(Debug)]
pub struct Reading {
    /// The material.
    pub material: Material,
    /// Its words.
    pub pieces: Vec<Piece>,
}

/// Words of a material that are found together.
#[derive(Debug)]
pub struct Piece {
    /// Chapter, slide or page, from 1; 0 for a material of one page.
    pub place: u32,
    /// Language of the words.
    pub lang: Lang,
    /// Plain text.
    pub text: String,
}

/// A file that was looked into.
struct Found {
    loose: Loose,
    kind: FileKind,
    lang: Option<Lang>,
}

/// What a material says of itself, gathered while its files are opened.
#[derive(Default)]
struct Said {
    title: Localized<String>,
    authors: Vec<String>,
    langs: Vec<Lang>,
    pages: u32,
    sheets: u32,
    pieces: Vec<Piece>,
    inside: Vec<MaterialFile>,
}

/// Opens a group of files as the material `id`.
pub(super) fn read(
    source: &Source,
    number: usize,
    group: &Group,
    id: Slug,
    problems: &mut Vec<Problem>,
) -> Option<Reading> {
    let mut found = Vec::new();
    for loose in &group.files {
        match look(source, loose) {
            Ok(kind) => found.push(Found { loose: loose.clone(), kind, lang: lang_of(&loose.path) }),
            Err(finding) => problems.push(Problem { file: loose.path.clone(), finding }),
        }
    }
    let subtitles = |file: &Found| matches!(file.kind, FileKind::Vtt | FileKind::Srt);
    if !found.is_empty() && found.iter().all(subtitles) {
        let finding = Finding::warning_of_whole("check-material-subtitles-alone");
        problems.extend(
            found.iter().map(|file| Problem { file: file.loose.path.clone(), finding: finding.clone() }),
        );
        return None;
    }
    let description = group.description.open();
    let slides = description.kind.as_ref().is_some_and(|kind| kind.as_str() == "presentacion");
    let shape = found.iter().map(|file| shape(file.kind, slides)).min_by_key(|(rank, _)| *rank)?.1;
    found.sort_by_key(|file| preference(file.kind));
    let mut said = Said::default();
    let mut files = Vec::new();
    for file in &found {
        let role = role(shape, file.kind, slides);
        files.push(described(source, number, file, role));
        let told = match (role, file.kind) {
            (Role::Main, FileKind::Epub) => book(source, file, &mut said),
            (Role::Main, FileKind::Pdf) => pdf(source, file, &mut said),
            (Role::Main, kind) if office::reads(kind) => office(source, file, &mut said),
            (Role::Main, FileKind::Markdown | FileKind::Text) => {
                words(source, number, file, shape, &mut said)
            }
            (Role::Transcript, _) => spoken(source, file, &mut said),
            _ => Ok(()),
        };
        if let Err(finding) = told {
            problems.push(Problem { file: file.loose.path.clone(), finding });
        }
        if role == Role::Main {
            said.langs.extend(file.lang);
        }
    }
    // A text too long to be read here is taken away like any document.
    let shape = match shape {
        Shape::Text | Shape::Slides if said.pieces.is_empty() && said.pages == 0 => Shape::Document,
        shape => shape,
    };
    // A book that cannot be opened is no book; a document that cannot be read is still a document.
    if shape == Shape::Book && said.pages == 0 {
        return None;
    }
    files.append(&mut said.inside);
    let mut seen = Vec::new();
    said.langs.retain(|lang| {
        !seen.contains(lang) && {
            seen.push(*lang);
            true
        }
    });
    let first = said.langs.first().copied().or_else(|| description.langs.first().copied());
    for piece in &mut said.pieces {
        piece.text = piece.text.trim().to_owned();
    }
    said.pieces.retain(|piece| !piece.text.is_empty());
    let beginning = said.pieces.first().map(|piece| piece.text.chars().take(400).collect::<String>());
    let beginning = beginning.unwrap_or_default();
    let main = found.first()?;
    let animated = shape == Shape::Picture && main.kind == FileKind::Gif && moves(source, &main.loose.path);
    let facts = Facts {
        shape,
        animated,
        path: &main.loose.path,
        title: said.title,
        authors: said.authors,
        langs: said.langs,
        beginning: &beginning,
        modified: day(main.loose.changed),
    };
    let meta = description.complete(id, facts)?;
    let own = meta.translation.0.keys().next().copied().or(first).unwrap_or(Lang::ES);
    // Words in a file that says no language are in the language of the material.
    if let [only] = meta.translation.0.keys().copied().collect::<Vec<_>>().as_slice() {
        said.pieces.iter_mut().for_each(|piece| piece.lang = *only);
    } else {
        said.pieces
            .iter_mut()
            .filter(|piece| !meta.translation.0.contains_key(&piece.lang))
            .for_each(|piece| piece.lang = own);
    }
    let excerpt =
        if shape == Shape::Document { super::description::cut(&beginning, 300) } else { String::new() };
    let material = Material { meta, shape, files, pages: said.pages, sheets: said.sheets, excerpt };
    Some(Reading { material, pieces: said.pieces })
}

/// Looks into a file. It is refused when it is not what its name says, or nothing that has a page here.
fn look(source: &Source, loose: &Loose) -> Result<FileKind, Finding> {
    let unreadable = |_| Finding::warning_of_whole("check-file-unreadable");
    let mut file = source.open(&loose.path).map_err(unreadable)?;
    let found = kind::sniff(&mut file, &loose.path).map_err(unreadable)?;
    let later = match found {
        FileKind::Html => Some("check-material-html"),
        FileKind::Xol | FileKind::H5p | FileKind::Elp | FileKind::Scorm => Some("check-material-package"),
        FileKind::Zip | FileKind::Zim => Some("check-material-archive"),
        FileKind::Gift | FileKind::Twee => Some("check-material-activity"),
        _ => None,
    };
    let refused = later.map(|id| Finding::error_of_whole(id).with("kind", found.extension()));
    match refused.or_else(|| kind::refusal(&loose.path, found)) {
        // A mistake of one file never keeps the rest from the pupils.
        Some(finding) => Err(Finding { severity: Severity::Warning, ..finding }),
        None => Ok(found),
    }
}

/// What a file alone would make of a material; the least number wins among several.
fn shape(kind: FileKind, slides: bool) -> (u8, Shape) {
    match kind {
        _ if kind.is_video() => (0, Shape::Film),
        _ if kind.is_audio() => (1, Shape::Sound),
        FileKind::Epub => (2, Shape::Book),
        FileKind::Markdown if slides => (3, Shape::Slides),
        _ if is_slides(kind) => (3, Shape::Slides),
        FileKind::Markdown | FileKind::Text => (4, Shape::Text),
        _ if kind.is_picture() => (7, Shape::Picture),
        FileKind::Vtt | FileKind::Srt => (8, Shape::Document),
        _ => (6, Shape::Document),
    }
}

/// What a file is to a material of this shape.
fn role(material: Shape, kind: FileKind, slides: bool) -> Role {
    let own = shape(kind, slides).1;
    let recording = matches!(material, Shape::Film | Shape::Sound);
    match kind {
        FileKind::Vtt | FileKind::Srt | FileKind::Markdown | FileKind::Text if recording => Role::Transcript,
        _ if own == material => Role::Main,
        _ if kind.is_picture() => Role::Still,
        // The same in another format: a text that is also there as a PDF.
        _ => Role::Main,
    }
}

/// Among files of one material, what an old laptop opens first.
fn preference(kind: FileKind) -> usize {
    const FIRST: [FileKind; 18] = [
        FileKind::Ogv,
        FileKind::Webm,
        FileKind::Mp4,
        FileKind::OggVorbis,
        FileKind::Mp3,
        FileKind::OggSpeex,
        FileKind::Wav,
        FileKind::OggOpus,
        FileKind::M4a,
        FileKind::Epub,
        FileKind::Markdown,
        FileKind::Text,
        FileKind::Png,
        FileKind::Jpeg,
        FileKind::Gif,
        FileKind::Odt,
        FileKind::Docx,
        FileKind::Pdf,
    ];
    FIRST.iter().position(|first| *first == kind).unwrap_or(FIRST.len())
}

/// What is known about a file without its words.
fn described(source: &Source, number: usize, file: &Found, role: Role) -> MaterialFile {
    let path = &file.loose.path;
    let mut about = MaterialFile {
        path: path.clone(),
        source: number,
        role,
        lang: file.lang,
        media_type: file.kind.media_type().to_owned(),
        ending: file.kind.extension().to_owned(),
        size: file.loose.size,
        tag: tag(&file.loose),
        seconds: None,
        dimensions: None,
    };
    let opened = || source.open(path).ok();
    if file.kind.is_audio() || file.kind.is_video() {
        let length = opened().and_then(|mut open| length::measure(&mut open, file.kind).ok());
        let length = length.unwrap_or_default();
        about.seconds = length.duration_ms.and_then(|ms| u32::try_from(ms.div_ceil(1000)).ok());
        about.dimensions = length.picture;
    } else if file.kind.is_picture() {
        about.dimensions = opened().and_then(size_of);
    }
    about
}

/// Width and height of a picture, upright.
fn size_of(file: File) -> Option<(u32, u32)> {
    let mut head = Vec::new();
    file.take(256 * 1024).read_to_end(&mut head).ok()?;
    photo::size(&head)
}

/// 16 hex digits that are others when the file was changed.
fn tag(loose: &Loose) -> String {
    let mut hash = Sha256::new();
    hash.update(&loose.path);
    hash.update(loose.size.to_le_bytes());
    hash.update(loose.changed.to_le_bytes());
    digest::short(&hash.finalize())
}

/// The day a file was changed last.
fn day(changed: u128) -> Date {
    let seconds = i64::try_from(changed / 1_000_000_000).unwrap_or_default();
    let day = Timestamp::from_second(seconds).map(|at| Offset::UTC.to_datetime(at).date());
    day.unwrap_or(OLDEST).max(OLDEST)
}

/// Whether a GIF has more than one picture.
fn moves(source: &Source, path: &str) -> bool {
    let bytes = source.bytes(path, 8 << 20).unwrap_or_default();
    // Each picture of an animation follows a graphic control extension (GIF89a §23).
    bytes.windows(3).filter(|bytes| *bytes == [0x21, 0xf9, 0x04]).take(2).count() > 1
}

fn book(source: &Source, file: &Found, said: &mut Said) -> Result<(), Finding> {
    let mut book = Book::open(opened(source, file)?).map_err(warning)?;
    let metadata = book.metadata().clone();
    let langs = file.lang.into_iter().chain(metadata.languages.iter().filter_map(|tag| lang(tag)));
    let langs = langs.collect::<Vec<_>>();
    let lang = langs.first().copied();
    said.langs.extend(langs);
    said.title.0.entry(lang.unwrap_or(Lang::ES)).or_insert(metadata.title);
    said.authors.extend(metadata.creators);
    let chapters = book.chapters();
    said.pages = u32::try_from(chapters).unwrap_or(u32::MAX);
    let mut left = MAX_TEXT;
    for number in 0..chapters {
        // A chapter that cannot be read says so on its page.
        let Ok(chapter) = book.chapter(number, &mut |_| String::new()) else { continue };
        let text = chapter.text();
        let text = if text.starts_with(&chapter.title) { text } else { format!("{}\n{text}", chapter.title) };
        if text.len() > left {
            break;
        }
        left -= text.len();
        let place = u32::try_from(number + 1).unwrap_or(u32::MAX);
        let own = chapter.lang.as_deref().and_then(self::lang).or(lang).unwrap_or(Lang::ES);
        said.pieces.push(Piece { place, lang: own, text });
    }
    Ok(())
}

fn pdf(source: &Source, file: &Found, said: &mut Said) -> Result<(), Finding> {
    let document = pdf::read(opened(source, file)?, &pdf::Limits::default()).map_err(warning)?;
    let lang = file.lang.or_else(|| document.language.as_deref().and_then(lang));
    said.langs.extend(lang);
    if let Some(title) = document.title {
        said.title.0.entry(lang.unwrap_or(Lang::ES)).or_insert(title);
    }
    said.authors.extend(document.author);
    said.sheets = u32::try_from(document.pages.len()).unwrap_or(u32::MAX);
    // A text that stands beside in another format is searched there.
    if said.pieces.is_empty() {
        let text = document.pages.join("\n");
        said.pieces.push(Piece { place: 0, lang: lang.unwrap_or(Lang::ES), text });
    }
    Ok(())
}

/// A document of an office program; of a presentation each slide is a page. Its language is not believed: programs mark
/// texts with the language they were installed in.
fn office(source: &Source, file: &Found, said: &mut Said) -> Result<(), Finding> {
    let document =
        office::read(opened(source, file)?, file.kind, &office::Limits::default()).map_err(warning)?;
    let lang = file.lang.unwrap_or(Lang::ES);
    if let Some(title) = document.title {
        said.title.0.entry(lang).or_insert(title);
    }
    if is_slides(file.kind) {
        said.pages = said.pages.max(u32::try_from(document.slides.len()).unwrap_or(u32::MAX));
    } else {
        said.sheets = said.sheets.max(document.pages.unwrap_or_default());
    }
    if !said.pieces.is_empty() {
        return Ok(());
    }
    if document.slides.is_empty() {
        said.pieces.push(Piece { place: 0, lang, text: document.text });
        return Ok(());
    }
    for (place, slide) in (1_u32..).zip(document.slides) {
        let text = format!("{}\n{}", slide.title.unwrap_or_default(), slide.text);
        said.pieces.push(Piece { place, lang, text });
    }
    Ok(())
}

/// Whether a file holds slides.
fn is_slides(kind: FileKind) -> bool {
    matches!(kind, FileKind::Odp | FileKind::Pptx)
}

fn opened(source: &Source, file: &Found) -> Result<BufReader<File>, Finding> {
    let open = source.open(&file.loose.path);
    open.map(BufReader::new).map_err(|_| Finding::warning_of_whole("check-file-unreadable"))
}

fn words(source: &Source, number: usize, file: &Found, shape: Shape, said: &mut Said) -> Result<(), Finding> {
    let text = source.text(&file.loose.path).map_err(warning)?;
    let lang = file.lang.unwrap_or(Lang::ES);
    if let (Some(title), _) = text::heading(&text) {
        said.title.0.entry(lang).or_insert(title);
    }
    let pages = text::pages(&text, shape);
    let many = shape == Shape::Slides || pages.len() > 1;
    if many {
        said.pages = said.pages.max(u32::try_from(pages.len()).unwrap_or(u32::MAX));
    }
    for inside in pictures(source, number, &file.loose.path, &text) {
        if said.inside.iter().all(|known| known.path != inside.path) {
            said.inside.push(inside);
        }
    }
    for (place, page) in (1_u32..).zip(&pages) {
        let place = if many { place } else { 0 };
        said.pieces.push(Piece { place, lang, text: text::plain(page, shape) });
    }
    Ok(())
}

/// The pictures a text shows, from `media/` beside it.
fn pictures(source: &Source, number: usize, path: &str, text: &str) -> Vec<MaterialFile> {
    let folder = path.rfind('/').map_or("", |at| path.split_at(at + 1).0);
    let names = text::pictures(text).into_iter().take(200);
    let file = |name: String| {
        let path = format!("{folder}media/{name}");
        let media = source.media(&path).ok()??;
        let ending = path.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_owned());
        Some(MaterialFile {
            path,
            source: number,
            role: Role::Inside,
            lang: None,
            media_type: media.media_type.to_owned(),
            ending,
            size: media.size,
            tag: media.hash,
            seconds: None,
            dimensions: media.dimensions,
        })
    };
    names.filter_map(file).collect()
}

fn spoken(source: &Source, file: &Found, said: &mut Said) -> Result<(), Finding> {
    let lang = file.lang.or_else(|| said.langs.first().copied()).unwrap_or(Lang::ES);
    let text = source.text(&file.loose.path).map_err(warning)?;
    let text = match file.kind {
        FileKind::Vtt | FileKind::Srt => {
            let spoken = vtt::parse(&text).map_err(warning)?.paragraphs();
            spoken.into_iter().map(|paragraph| paragraph.text).collect::<Vec<_>>().join("\n")
        }
        _ => text::plain(&text, Shape::Text),
    };
    said.pieces.push(Piece { place: 0, lang, text });
    Ok(())
}

/// The language of a tag as files write it: `es-PE`, `quz`.
pub(super) fn lang(tag: &str) -> Option<Lang> {
    let base = tag.split(['-', '_']).next()?.to_ascii_lowercase();
    match base.as_str() {
        "es" | "spa" => Some(Lang::ES),
        "qu" | "que" | "quz" | "quy" => Some(Lang::QU),
        _ => base.parse().ok(),
    }
}

fn warning(finding: Finding) -> Finding {
    Finding { severity: Severity::Warning, ..finding }
}
