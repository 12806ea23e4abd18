//! What is found and searched of a PDF: pages, title, author, language and text. Nothing is drawn.
//!
//! The crates for PDF that were tried nest and search without limits: 800 KB of brackets ended the process, 200 KB of
//! open strings took 44 seconds. So the little that is needed is read here, and all work is counted.

mod file;
mod filters;
mod font;
mod objects;
mod source;
mod text;

use std::{
    collections::HashSet,
    io::{Read, Seek},
    rc::Rc,
};

use self::{
    file::File,
    objects::{Dict, Object},
};
use super::epub::markup::cut_at;
use crate::domain::finding::Finding;

/// Most pages that are counted and read.
pub const MAX_PAGES: usize = 2_000;
/// Most nodes of the tree of pages that wait to be looked at.
const MAX_OPEN: usize = 100_000;

/// How much of a PDF is read. What lies beyond is left out, and [`Document::partial`] says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest file that is read through, in bytes: 1 GiB. It passes; memory does not grow with it.
    pub file: u64,
    /// Bytes of text kept: 2 MiB. For a preview a few kilobytes do; the pages are counted all the same.
    pub text: usize,
    /// Bytes looked at and unpacked besides, all together: 192 MiB.
    pub work: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file: 1 << 30, text: 2 << 20, work: 192 << 20 }
    }
}

/// What is known of a PDF.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Title, when the file tells one.
    pub title: Option<String>,
    /// Author, when the file tells one.
    pub author: Option<String>,
    /// Language tag of the whole, as written in the file.
    pub language: Option<String>,
    /// Plain text of each page; empty for pages without text.
    pub pages: Vec<String>,
    /// No page has text: pictures of pages.
    pub scanned: bool,
    /// More pages or text than the limits, or more work than is spent on a file: what is here is a part.
    pub partial: bool,
}

/// Reads a PDF. A damaged one is read as far as it goes.
///
/// # Errors
/// Too long, protected, without any page, or not readable.
pub fn read<R: Read + Seek>(mut reader: R, limits: &Limits) -> Result<Document, Finding> {
    let unreadable = |_| Finding::error_of_whole("check-archive-unreadable");
    if reader.seek(std::io::SeekFrom::End(0)).map_err(unreadable)? > limits.file {
        let limit = limits.file / (1024 * 1024);
        return Err(Finding::error_of_whole("check-file-pdf-too-long").with("megabytes", limit));
    }
    let file = File::new(&mut reader, limits.work).map_err(unreadable)?;
    if file.trailer.contains_key(b"Encrypt".as_slice()) {
        return Err(Finding::error_of_whole("check-file-pdf-protected"));
    }
    let root = file.dict(&file.trailer, b"Root").unwrap_or_default();
    let pages = pages(&file, &root);
    if pages.is_empty() {
        return Err(Finding::error_of_whole("check-file-pdf-broken"));
    }
    let info = file.dict(&file.trailer, b"Info").unwrap_or_default();
    let mut document = Document {
        title: words(&file, &info, b"Title"),
        author: words(&file, &info, b"Author"),
        language: words(&file, &root, b"Lang"),
        partial: pages.len() >= MAX_PAGES,
        ..Document::default()
    };
    let (mut reader, mut left) = (text::Reader::new(&file), limits.text);
    for (number, above) in &pages {
        let page = if left == 0 { None } else { file.get(*number) };
        let text = if let Some(Object::Dict(page)) = page {
            let own = file.dict(&page, b"Resources");
            reader.page(&page, own.as_ref().unwrap_or(above), left)
        } else {
            String::new()
        };
        let text = cut_at(&text, left);
        left -= text.len();
        document.pages.push(text.to_owned());
    }
    document.scanned = document.pages.iter().all(String::is_empty);
    document.partial |= left == 0 || file.is_cut();
    Ok(document)
}

/// The pages in their order, by their numbers, each with the resources that stand above it.
fn pages(file: &File<'_>, root: &Dict) -> Vec<(u32, Rc<Dict>)> {
    let (mut pages, mut seen) = (Vec::new(), HashSet::new());
    let Some(Object::Ref(first)) = root.get(b"Pages".as_slice()) else { return pages };
    let mut open = vec![(*first, Rc::new(Dict::new()))];
    while let Some((number, above)) = open.pop() {
        if !seen.insert(number) {
            continue;
        }
        let Some(Object::Dict(dict)) = file.get(number) else { continue };
        if file.spend(64).is_none() || pages.len() >= MAX_PAGES {
            break;
        }
        match file.array(&dict, b"Kids") {
            Some(kids) => {
                let above = file.dict(&dict, b"Resources").map_or(above, Rc::new);
                let free = MAX_OPEN.saturating_sub(open.len()).min(MAX_PAGES * 4);
                open.extend(kids.into_iter().take(free).rev().filter_map(|kid| match kid {
                    Object::Ref(kid) => Some((kid, Rc::clone(&above))),
                    _ => None,
                }));
            }
            None => pages.push((number, above)),
        }
    }
    pages
}

/// A text for people: UTF-16 with its mark, UTF-8 with its mark, or Latin-1.
fn words(file: &File<'_>, dict: &Dict, key: &[u8]) -> Option<String> {
    let Some(Object::Text(bytes)) = file.value(dict, key) else { return None };
    let text = if let Some(units) = bytes.strip_prefix(b"\xfe\xff") {
        font::utf16(units)
    } else if let Some(utf8) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        String::from_utf8_lossy(utf8).into_owned()
    } else {
        bytes.iter().map(|byte| char::from(*byte)).collect()
    };
    let text = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let text: String = text.collect::<Vec<_>>().join(" ").chars().take(500).collect();
    (!text.is_empty()).then_some(text)
}
