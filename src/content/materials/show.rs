//! What the pages of a material are made from: its files, opened again when somebody reads them. A file that has gone or
//! changed since it was indexed is an error, never a wrong page.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufReader},
};

use super::text::{self, TextPage};
use crate::{
    content::source::Source,
    domain::{
        finding::Finding,
        lang::Lang,
        lesson::Media,
        material::{Material, MaterialFile, Role},
    },
    formats::{
        epub::Book,
        kind::FileKind,
        office, photo,
        vtt::{self, Paragraph},
    },
};

/// Opens a file of a material.
///
/// # Errors
/// It has gone, is another now, or cannot be read.
pub fn open(sources: &[Source], file: &MaterialFile) -> io::Result<File> {
    let open = sources.get(file.source).ok_or(io::ErrorKind::NotFound)?.open(&file.path)?;
    if open.metadata()?.len() == file.size { Ok(open) } else { Err(io::ErrorKind::NotFound.into()) }
}

/// Opens a book.
///
/// # Errors
/// As [`open`] and [`Book::open`].
pub fn book(sources: &[Source], file: &MaterialFile) -> Result<Book, Finding> {
    Book::open(opened(sources, file)?)
}

/// A page, from 1, of a text in Markdown in the best language, with that language; `None` beyond the last.
///
/// # Errors
/// As [`open`]; too long or not UTF-8.
pub fn text_page(
    sources: &[Source],
    material: &Material,
    lang: Lang,
    number: usize,
) -> Result<Option<(Option<Lang>, TextPage)>, Finding> {
    let texts = || material.of_role(Role::Main).filter(|file| is_text(file));
    let Some(file) = texts().find(|file| file.lang == Some(lang)).or_else(|| texts().next()) else {
        return Ok(None);
    };
    let source = read(sources, file)?;
    let pages = text::pages(&source, material.shape);
    let page = number.checked_sub(1).and_then(|at| pages.get(at));
    let media = media(material);
    Ok(page.map(|page| (file.lang, text::render(page, material.shape, &media))))
}

/// A slide of a presentation file and its pictures.
#[derive(Debug)]
pub struct SlidePage {
    /// Its title.
    pub title: String,
    /// Its other words, a line for each paragraph.
    pub text: String,
    /// Its pictures.
    pub pictures: Vec<SlidePicture>,
}

/// A picture of a slide.
#[derive(Debug)]
pub struct SlidePicture {
    /// Name in the file, for [`slide_picture`].
    pub name: String,
    /// What the author says that it shows; often empty.
    pub alt: String,
    /// Bytes.
    pub size: u64,
    /// Whether it is of a kind that is made smaller.
    pub shrinks: bool,
    /// Width and height in pixels, upright.
    pub dimensions: (u32, u32),
}

/// Most pictures of one slide.
const MAX_SLIDE_PICTURES: usize = 6;

/// A slide, from 1, of a presentation file; `None` beyond the last. Pictures that old browsers cannot show are left out.
///
/// # Errors
/// As [`open`] and [`office::read`].
pub fn slide(sources: &[Source], file: &MaterialFile, number: usize) -> Result<Option<SlidePage>, Finding> {
    let mut document = office::read(opened(sources, file)?, kind(file), &office::Limits::default())?;
    let Some(at) = number.checked_sub(1).filter(|at| *at < document.slides.len()) else { return Ok(None) };
    let slide = document.slides.swap_remove(at);
    let mut pictures = Vec::new();
    for picture in slide.pictures.into_iter().take(MAX_SLIDE_PICTURES) {
        let Ok((bytes, _)) = office::picture(opened(sources, file)?, &picture.name) else { continue };
        let Some(dimensions) = photo::size(&bytes) else { continue };
        let (name, alt, size) = (picture.name, picture.alt, bytes.len() as u64);
        pictures.push(SlidePicture { name, alt, size, shrinks: photo::shrinks(&bytes), dimensions });
    }
    Ok(Some(SlidePage { title: slide.title.unwrap_or_default(), text: slide.text, pictures }))
}

/// A picture of a slide, with its media type.
///
/// # Errors
/// As [`open`] and [`office::picture`].
pub fn slide_picture(
    sources: &[Source],
    file: &MaterialFile,
    name: &str,
) -> Result<(Vec<u8>, &'static str), Finding> {
    office::picture(opened(sources, file)?, name)
}

/// The presentation file of a material, best in this language.
pub fn slides_file(material: &Material, lang: Lang) -> Option<&MaterialFile> {
    let files =
        || material.of_role(Role::Main).filter(|file| matches!(kind(file), FileKind::Odp | FileKind::Pptx));
    files().find(|file| file.lang == Some(lang)).or_else(|| files().next())
}

fn kind(file: &MaterialFile) -> FileKind {
    let known = FileKind::ALL.iter().find(|kind| kind.media_type() == file.media_type);
    known.copied().unwrap_or(FileKind::Unknown)
}

fn opened(sources: &[Source], file: &MaterialFile) -> Result<BufReader<File>, Finding> {
    let open = open(sources, file).map_err(|_| Finding::error_of_whole("check-file-unreadable"))?;
    Ok(BufReader::new(open))
}

/// What is said in a recording, as a text in Markdown or as paragraphs with the time of each.
///
/// # Errors
/// As [`open`]; too long, not UTF-8, or without anything said.
pub fn transcript(sources: &[Source], file: &MaterialFile) -> Result<Vec<Paragraph>, Finding> {
    let text = read(sources, file)?;
    if is_text(file) {
        let plain = text::plain(&text, crate::domain::material::Shape::Text);
        let paragraph = |line: &str| Paragraph { start_ms: 0, voice: None, text: line.to_owned() };
        return Ok(plain.lines().map(paragraph).collect());
    }
    Ok(vtt::parse(&text)?.paragraphs())
}

fn read(sources: &[Source], file: &MaterialFile) -> Result<String, Finding> {
    let source = sources.get(file.source).ok_or_else(|| Finding::error_of_whole("check-file-unreadable"))?;
    source.text(&file.path)
}

/// Whether a file is read as a page of its own.
/// Whether a file is a text in Markdown or without any marks.
pub fn is_text(file: &MaterialFile) -> bool {
    [FileKind::Markdown, FileKind::Text].iter().any(|kind| kind.media_type() == file.media_type)
}

/// Pictures beside a text, by the name the text knows them by.
fn media(material: &Material) -> BTreeMap<String, Media> {
    let files = material.of_role(Role::Inside).map(|file| {
        let media_type = kind(file).media_type();
        let media =
            Media { media_type, size: file.size, hash: file.tag.clone(), dimensions: file.dimensions };
        (file.name().to_owned(), media)
    });
    files.collect()
}
