//! What is found and searched of a PDF: pages, title, author, language and text. Nothing is drawn.
//!
//! The crates for PDF that were tried nest and search without limits: 800 KB of brackets ended the process, 200 KB of
//! open strings took 44 seconds. So the little that is needed is read here, and all work is counted.

mod file;
mod font;
mod objects;
mod text;

use std::collections::HashSet;

use self::{
    file::File,
    objects::{Dict, Object},
};
use crate::domain::finding::Finding;

/// Longest file that is read, in bytes.
pub const MAX_BYTES: usize = 100 * 1024 * 1024;
/// Most pages that are counted and read.
pub const MAX_PAGES: usize = 2_000;
/// Most bytes of text that are kept.
pub const MAX_TEXT: usize = 2 * 1024 * 1024;

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
/// Too long, protected, or without any page.
pub fn read(bytes: &[u8]) -> Result<Document, Finding> {
    if bytes.len() > MAX_BYTES {
        let limit = MAX_BYTES / (1024 * 1024);
        return Err(Finding::error_of_whole("check-file-pdf-too-long").with("megabytes", limit));
    }
    let file = File::new(bytes);
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
    let (mut reader, mut left) = (text::Reader::new(&file), MAX_TEXT);
    for (page, resources) in &pages {
        let text = if left == 0 { String::new() } else { reader.page(page, resources, left) };
        let end = (0..=left.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        left -= end;
        document.pages.push(text.get(..end).unwrap_or_default().to_owned());
    }
    document.scanned = document.pages.iter().all(String::is_empty);
    document.partial |= left == 0 || file.spend(1_000).is_none();
    Ok(document)
}

/// The pages in their order, each with its resources, which may stand above it.
fn pages(file: &File<'_>, root: &Dict) -> Vec<(Dict, Dict)> {
    let (mut pages, mut seen) = (Vec::new(), HashSet::new());
    let mut open = vec![(root.get(b"Pages".as_slice()).cloned().unwrap_or(Object::Null), Dict::new())];
    while let Some((node, above)) = open.pop() {
        if let Object::Ref(number) = node
            && !seen.insert(number)
        {
            continue;
        }
        let Some(Object::Dict(dict)) = file.resolve(&node) else { continue };
        if file.spend(64 * (1 + above.len())).is_none() || pages.len() >= MAX_PAGES {
            break;
        }
        let resources = file.dict(&dict, b"Resources").unwrap_or(above);
        match file.array(&dict, b"Kids") {
            Some(kids) => {
                let kids = kids.into_iter().rev().take(MAX_PAGES * 4);
                open.extend(
                    kids.map(|kid| (kid, resources.clone())).filter(|(kid, _)| matches!(kid, Object::Ref(_))),
                );
            }
            None => pages.push((dict, resources)),
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
