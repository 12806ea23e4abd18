//! Lessons and collections that are taken home, as whoever opens the file finds them.

mod files;
mod kept;
mod kiosk;
mod pages;

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
    path::Path,
    sync::OnceLock,
};

use amauta::web::{Settings, shelf::Folders};

use crate::support::{portal::school, school::School};

/// A school that keeps books in this folder.
fn keeping_in(data: &Path) -> School {
    let folders = Folders { content: None, data: Some(data.to_owned()) };
    School::with(Settings { folders, ..Settings::default() })
}

/// The files of an archive by name, in the order of the archive.
fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let files = archive.len();
    let file = |at: usize| {
        let mut file = archive.by_index(at).expect("an entry");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("it unpacks");
        (file.name().expect("a name").into_owned(), bytes)
    };
    (0..files).map(file).collect()
}

/// A book as a reader's device sees it.
#[derive(Debug)]
struct Opened {
    /// Its address on the server.
    path: String,
    /// Whether it is an EPUB, else a bundle.
    epub: bool,
    bytes: Vec<u8>,
    /// Its files by their path from the book's root.
    files: BTreeMap<String, Vec<u8>>,
}

impl Opened {
    fn new(name: &str, epub: bool) -> Self {
        let (ending, root) = if epub { ("epub", "OEBPS") } else { ("xol", name) };
        let path = format!("/descargas/{name}.{ending}");
        let reply = school().get(&path);
        assert_eq!(reply.status, 200, "{path}");
        let root = format!("{root}/");
        let files = unpacked(&reply.body).into_iter();
        let files = files.filter_map(|(name, bytes)| Some((name.strip_prefix(&root)?.to_owned(), bytes)));
        Self { path, epub, bytes: reply.body.to_vec(), files: files.collect() }
    }

    fn text(&self, file: &str) -> &str {
        let bytes = self.files.get(file).unwrap_or_else(|| panic!("{} has no {file}", self.path));
        std::str::from_utf8(bytes).expect("text")
    }

    /// Pages and what their XHTML says.
    fn pages(&self) -> impl Iterator<Item = (&str, &str)> {
        let ending = if self.epub { ".xhtml" } else { ".html" };
        let pages = self.files.keys().filter(move |name| name.ends_with(ending));
        pages.map(|name| (name.as_str(), self.text(name)))
    }
}

fn lessons() -> Vec<String> {
    school().app.shelf().library.lessons().map(|lesson| lesson.id().to_string()).collect()
}

/// Every lesson and some collections, in both shapes.
fn books() -> &'static [Opened] {
    static BOOKS: OnceLock<Vec<Opened>> = OnceLock::new();
    BOOKS.get_or_init(|| {
        let theme = school().app.shelf().library.vocabulary().themes[0].to_string();
        let collections = ["todas".to_owned(), "nivel-secundaria".to_owned(), format!("tema-{theme}")];
        let names = lessons().into_iter().chain(collections);
        let both = names.flat_map(|name| [Opened::new(&name, true), Opened::new(&name, false)]);
        both.collect()
    })
}

fn book(path: &str) -> &'static Opened {
    books().iter().find(|book| book.path == path).unwrap_or_else(|| panic!("{path} is not among the books"))
}
