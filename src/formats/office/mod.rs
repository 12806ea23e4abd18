//! What is found and searched of documents of office programs: title, authors, language, date and plain text; of
//! presentations the slides, each with the names of its pictures. Nothing is laid out, no macro is looked at, and a
//! file of any size is read in little memory.
//!
//! Sources: `OpenDocument` 1.3, ECMA-376 (`WordprocessingML`, `PresentationML`, `SpreadsheetML`), RTF 1.9.1.

mod odf;
mod old;
mod ooxml;
mod parts;
mod rtf;
mod slides;
mod words;

use std::io::{Read, Seek};

use crate::domain::finding::Finding;

use self::{parts::Parts, words::Words};
use super::{archive::shown, epub::image, kind::FileKind};

/// Most slides that are read.
pub const MAX_SLIDES: usize = 2_000;
/// Most pictures named for one slide.
pub const MAX_PICTURES: usize = 20;

/// How much of a document is read. What lies beyond is left out, and [`Document::partial`] says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of text kept, the names of pictures counted: 2 MiB. For a preview a few kilobytes do, and the reading stops early.
    pub text: usize,
    /// Bytes read of the file's text parts, unpacked, all together: 128 MiB. They pass through; memory does not grow.
    pub unpacked: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { text: 2 << 20, unpacked: 128 << 20 }
    }
}

/// What is known of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Title, when the file tells one; not what programs fill in by themselves.
    pub title: Option<String>,
    /// Authors as the file names them, at most 10. Often the name of a computer's account.
    pub authors: Vec<String>,
    /// Language tag that the file tells or most of its text is marked with, as written: `es-PE`, `quz-PE`. A hint:
    /// programs mark all with the language that they were installed in.
    pub language: Option<String>,
    /// Day of writing, or of the last change, as `2011-05-30`.
    pub date: Option<String>,
    /// Pages, when the program that wrote the file counted them. For slides see their list.
    pub pages: Option<u32>,
    /// Text, a line for each paragraph or row. Empty for presentations.
    pub text: String,
    /// Slides that are shown, in their order. Empty but for presentations.
    pub slides: Vec<Slide>,
    /// There is more than the limits allow, or the file is cut off: what is here is the beginning.
    pub partial: bool,
}

/// One slide of a presentation. Notes for the speaker are not in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Slide {
    /// Its title, when one of its frames is marked so.
    pub title: Option<String>,
    /// The other text, a line for each paragraph.
    pub text: String,
    /// Its pictures, as far as they are PNG, JPEG or GIF by their names; at most 20.
    pub pictures: Vec<Picture>,
}

/// A picture on a slide.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picture {
    /// Name in the file, for [`picture`].
    pub name: String,
    /// What the author says that it shows; often empty.
    pub alt: String,
}

/// Whether a file of this kind is read here.
pub fn reads(kind: FileKind) -> bool {
    matches!(
        kind,
        FileKind::Odt
            | FileKind::Odp
            | FileKind::Ods
            | FileKind::Docx
            | FileKind::Pptx
            | FileKind::Xlsx
            | FileKind::Rtf
    )
}

/// Reads a document. `kind` is what [`super::kind::sniff`] said, or, for a file unknown to it, what the ending claims.
///
/// # Errors
/// `check-file-office-protected`: a password is needed; `check-file-office-old`: a file of the years before 2007;
/// `check-file-office-broken`: the part with the text is missing; or a finding of `check-archive.ftl` about the ZIP.
/// The file itself may still be handed on.
pub fn read<R: Read + Seek + Send + 'static>(
    mut reader: R,
    kind: FileKind,
    limits: &Limits,
) -> Result<Document, Finding> {
    if let Some(finding) = old::refusal(&mut reader) {
        return Err(finding);
    }
    let (mut document, mut words) = (Document::default(), Words::new(limits.text));
    if kind == FileKind::Rtf {
        rtf::read(reader, limits.unpacked, &mut document, &mut words)?;
    } else {
        let mut parts = Parts::open(reader, limits.unpacked)?;
        match kind {
            FileKind::Odt | FileKind::Ods | FileKind::Odp => {
                odf::read(&mut parts, &mut document, &mut words)?;
            }
            FileKind::Docx => ooxml::text(&mut parts, &mut document, &mut words)?,
            FileKind::Xlsx => ooxml::tables(&mut parts, &mut document, &mut words)?,
            FileKind::Pptx => slides::read(&mut parts, &mut document, &mut words)?,
            _ => return Err(broken()),
        }
        document.partial |= parts.cut;
        for picture in document.slides.iter_mut().map(|slide| &mut slide.pictures) {
            picture.retain(|picture| parts.archive.contains(&picture.name));
        }
    }
    document.partial |= words.full;
    document.text = words.take();
    Ok(document)
}

/// A picture of a document by its name in the file, with its media type.
///
/// # Errors
/// `check-file-office-picture`: no such picture, larger than 20 MiB, or not PNG, JPEG or GIF by its bytes.
pub fn picture(
    reader: impl Read + Seek + Send + 'static,
    name: &str,
) -> Result<(Vec<u8>, &'static str), Finding> {
    let refuse = || Finding::error_of_whole("check-file-office-picture").with("name", shown(name));
    let mut parts = Parts::open(reader, 0)?;
    if !parts.archive.contains(name) {
        return Err(refuse());
    }
    image::size(&parts.archive.head(name, image::HEAD)?).ok_or_else(refuse)?;
    let bytes = parts.archive.read(name, image::MAX_IMAGE)?;
    let media_type = image::media_type(&bytes).ok_or_else(refuse)?;
    Ok((bytes, media_type))
}

impl Slide {
    /// Adds a picture, if it is one that browsers of 2009 show and is not there yet.
    fn add_picture(&mut self, name: String, alt: &str, words: &mut Words) -> bool {
        let shown = FileKind::of_ending(&name).is_some_and(FileKind::is_picture);
        let fresh =
            self.pictures.len() < MAX_PICTURES && self.pictures.iter().all(|other| other.name != name);
        if !shown || !fresh {
            return false;
        }
        let alt = words::alt(alt);
        let kept = words.charge(name.len() + alt.len());
        if kept {
            self.pictures.push(Picture { name, alt });
        }
        kept
    }
}

fn broken() -> Finding {
    Finding::error_of_whole("check-file-office-broken")
}
