//! A copy of a book with an NCX, for readers that know no other table of contents: Sugar's Read stops at a book whose
//! `spine` names none. Everything else is copied as it is packed.
//! Source: OPF 2.0.1 §2.4.1.

use std::{
    io::{Read, Seek, Write},
    ops::Range,
};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::domain::finding::Finding;

use super::{
    super::{book::ncx, xml},
    Book, MAX_PACKAGE, container,
    markup::{Token, Tokens, attribute, escaped, local_name},
};

const NCX_TYPE: &str = "application/x-dtbncx+xml";
/// Signs that are escaped in an address inside the book.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

impl Book {
    /// Whether `spine` names an NCX that is there: only such a book opens in Sugar's Read.
    pub fn has_ncx(&self) -> bool {
        self.package.ncx.as_ref().is_some_and(|path| self.archive.contains(path))
    }
}

/// Writes a copy of a book that has an NCX named by `spine`, made of the book's table of contents when it had none:
/// `mimetype` first and stored, the package document with one more item, all else as it was packed. Gives the writer
/// back. A book that has one is copied in the same way, its package untouched.
///
/// # Errors
/// As [`Book::open`]; `check-archive-write` when the writer fails; `check-epub-no-spine` for a package whose manifest
/// is empty.
pub fn with_ncx<R: Read + Seek + Send + 'static, W: Write + Seek>(
    reader: R,
    writer: W,
) -> Result<W, Finding> {
    let mut book = Book::open(reader)?;
    let new = if book.has_ncx() { None } else { Some(additions(&mut book)?) };
    let mut zip = ZipWriter::new(writer);
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let stored = options.compression_method(CompressionMethod::Stored);
    let packed = options.compression_method(CompressionMethod::Deflated);
    add(&mut zip, "mimetype", container::MEDIA_TYPE, stored)?;
    let names = book.archive.names().map(str::to_owned).collect::<Vec<_>>();
    for name in names.iter().filter(|name| *name != "mimetype") {
        match &new {
            Some(new) if *name == book.package_path => add(&mut zip, name, &new.package, packed)?,
            _ => book.archive.copy_packed(name, &mut zip)?,
        }
    }
    if let Some((name, text)) = new.and_then(|new| new.ncx) {
        add(&mut zip, &name, &text, packed)?;
    }
    zip.finish().map_err(|_| unwritten())
}

fn add<W: Write + Seek>(
    zip: &mut ZipWriter<W>,
    name: &str,
    text: &str,
    options: SimpleFileOptions,
) -> Result<(), Finding> {
    zip.start_file(name, options).map_err(|_| unwritten())?;
    zip.write_all(text.as_bytes()).map_err(|_| unwritten())
}

fn unwritten() -> Finding {
    Finding::error_of_whole("check-archive-write")
}

struct Additions {
    package: String,
    /// Path and text; `None` when the book holds an NCX that only has to be named.
    ncx: Option<(String, String)>,
}

fn additions(book: &mut Book) -> Result<Additions, Finding> {
    let bytes = book.archive.read(&book.package_path, MAX_PACKAGE)?;
    let package = xml::text(&bytes, &book.package_path)?;
    let there = book.package.items.iter().find(|item| item.media_type == NCX_TYPE);
    if let Some(item) = there.filter(|item| book.archive.contains(&item.path)) {
        return Ok(Additions { package: named(&package, &item.id, None)?, ncx: None });
    }
    let folder = book.package_path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let free_name = (1..).map(|n| if n == 1 { "toc.ncx".to_owned() } else { format!("toc-{n}.ncx") });
    let mut free = free_name.map(|name| {
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        (name, path)
    });
    let taken = |path: &str| {
        let same = |other: &str| other.eq_ignore_ascii_case(path);
        book.archive.names().any(same) || book.package.items.iter().any(|item| same(&item.path))
    };
    let (name, path) = free.find(|(_, path)| !taken(path)).ok_or_else(unwritten)?;
    let mut ids = (1..).map(|n| if n == 1 { "ncx".to_owned() } else { format!("ncx-{n}") });
    let id = ids.find(|id| !package.contains(&format!("\"{id}\"")) && !package.contains(&format!("'{id}'")));
    let id = id.ok_or_else(unwritten)?;
    let package = named(&package, &id, Some(&name))?;
    Ok(Additions { package, ncx: Some((path, contents(book, folder))) })
}

/// The package document whose `spine` names the item `id`; with `new`, an item of that name is added first.
fn named(text: &str, id: &str, new: Option<&str>) -> Result<String, Finding> {
    // Place of what goes, and what comes instead.
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    let mut tokens = Tokens::new(text);
    let (mut in_manifest, mut named) = (false, false);
    while let Some((token, range)) = tokens.next_with_range() {
        let Token::Start { name, attributes, .. } = token else { continue };
        let local = local_name(name);
        if let Some(new) = new.filter(|_| in_manifest && local == "item") {
            let prefix = name.split_once(':').map_or(String::new(), |(prefix, _)| format!("{prefix}:"));
            let item = format!("<{prefix}item id=\"{id}\" href=\"{new}\" media-type=\"{NCX_TYPE}\"/>\n    ");
            changes.push((range.start..range.start, item));
            in_manifest = false;
        }
        in_manifest |= local == "manifest" && changes.is_empty();
        if local == "spine" && !named {
            named = true;
            let name_end = range.start + 1 + name.len();
            changes.push(match attribute(attributes, "toc") {
                Some(old) => {
                    let at = old.as_ptr().addr().saturating_sub(text.as_ptr().addr());
                    (at..at + old.len(), escaped(id).into_owned())
                }
                None => (name_end..name_end, format!(" toc=\"{}\"", escaped(id))),
            });
        }
    }
    if changes.len() != 1 + usize::from(new.is_some()) {
        return Err(Finding::error_of_whole("check-epub-no-spine"));
    }
    let declaration = text.starts_with("<?xml").then(|| text.find("?>")).flatten();
    changes.push((
        0..declaration.map_or(0, |end| end + 2),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned(),
    ));
    changes.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(text.len() + 200);
    let mut done = 0;
    for (range, change) in changes {
        out.push_str(text.get(done..range.start).unwrap_or_default());
        out.push_str(&change);
        done = range.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Ok(out)
}

/// The book's table of contents as an NCX that stands in `folder`.
fn contents(book: &Book, folder: &str) -> String {
    let metadata = &book.package.metadata;
    let addresses = book.toc.iter().zip(&book.toc_fragments).map(|(entry, fragment)| {
        let path = book.package.spine.get(entry.chapter).map_or("", |item| item.path.as_str());
        let mut src = utf8_percent_encode(&relative(folder, path), ESCAPED).to_string();
        if let Some(fragment) = fragment {
            src.push('#');
            src.extend(utf8_percent_encode(fragment, ESCAPED));
        }
        src
    });
    let addresses = addresses.collect::<Vec<_>>();
    let points = book.toc.iter().zip(&addresses);
    let points = points.map(|(entry, src)| (entry.depth, entry.title.as_str(), src.as_str()));
    ncx::ncx(&metadata.identifier, &metadata.title, &points.collect::<Vec<_>>())
}

/// A path from the archive's root, as seen from a folder.
fn relative(folder: &str, path: &str) -> String {
    let mut from = folder.split('/').filter(|part| !part.is_empty()).peekable();
    let mut to = path.split('/').peekable();
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    let up = from.map(|_| "..");
    up.chain(to).collect::<Vec<_>>().join("/")
}
