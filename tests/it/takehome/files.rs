//! The files themselves: what makes an EPUB, what makes a content bundle.

use std::io::Cursor;

use amauta::formats::epub::Book;

use super::{book, books, lessons, unpacked};
use crate::support::portal::school;

#[test]
fn an_epub_opens_in_our_own_reader_with_its_contents() {
    for book in books().iter().filter(|book| book.epub) {
        let mut read =
            Book::open(Cursor::new(&book.bytes)).unwrap_or_else(|f| panic!("{}: {f:?}", book.path));
        assert!(read.warnings().is_empty(), "{}: {:?}", book.path, read.warnings());
        assert!(read.has_ncx(), "{}", book.path);
        assert_eq!(read.metadata().languages, ["es", "qu"], "{}", book.path);
        assert_eq!(read.toc().len(), read.chapters(), "{}", book.path);
        let titles = read.toc().iter().filter(|entry| entry.depth == 0).map(|entry| entry.title.as_str());
        assert_eq!(titles.skip(1).collect::<Vec<_>>(), ["Español", "Runasimi"], "{}", book.path);
        let last = read.chapters() - 1;
        read.chapter(last, &mut |_| String::new()).expect("a chapter");
    }
}

#[test]
fn an_epub_tells_what_it_is_in_its_first_bytes() {
    for book in books().iter().filter(|book| book.epub) {
        let (name, content) = unpacked(&book.bytes).swap_remove(0);
        assert_eq!((name.as_str(), content.as_slice()), ("mimetype", b"application/epub+zip".as_slice()));
        // Stored, and where `file` looks for it.
        assert_eq!(&book.bytes[30..58], b"mimetypeapplication/epub+zip", "{}", book.path);
    }
}

#[test]
fn the_lesson_s_cover_is_the_book_s() {
    let epub = book("/descargas/mi-frase-clave.epub");
    let read = Book::open(Cursor::new(&epub.bytes)).expect("a book");
    let cover = read.cover().expect("a cover");
    let own =
        school().app.shelf().library.lesson("mi-frase-clave").expect("it").media["cover.png"].hash.clone();
    assert!(cover.contains(&own), "{cover}");
    assert_eq!(read.metadata().title, "Mi frase clave y el botón «Salir»");
}

#[test]
fn a_bundle_is_one_folder_with_what_sugar_asks_for() {
    for book in books().iter().filter(|book| !book.epub) {
        let name = book.path.trim_start_matches("/descargas/").trim_end_matches(".xol");
        let root = format!("{name}/");
        assert!(unpacked(&book.bytes).iter().all(|(file, _)| file.starts_with(&root)), "{name}");
        let info = book.text("library/library.info");
        let lines = info.lines().collect::<Vec<_>>();
        assert_eq!(lines[0], "[Library]");
        let value = |key: &str| {
            let line = lines.iter().find_map(|line| line.strip_prefix(&format!("{key} = ")));
            line.unwrap_or_else(|| panic!("{name} has no {key}"))
        };
        assert_eq!(value("global_name"), format!("pe.amauta.{name}"));
        assert!(value("library_version").bytes().all(|byte| byte.is_ascii_digit()));
        assert!(!value("name").is_empty());
        assert!(book.files.contains_key(value("activity_start")));
    }
}

#[test]
fn pictures_are_there_once_and_no_file_is_large() {
    let all = book("/descargas/todas.epub");
    let pictures = all.files.iter().filter(|(name, _)| name.starts_with("img/"));
    let contents = pictures.map(|(_, bytes)| bytes).collect::<Vec<_>>();
    let different = contents.iter().collect::<std::collections::BTreeSet<_>>();
    assert!(contents.len() > 50);
    assert_eq!(different.len(), contents.len());
    for lesson in lessons() {
        let book = book(&format!("/descargas/{lesson}.xol"));
        assert!(book.bytes.len() < 1 << 20, "{lesson}: {} bytes", book.bytes.len());
    }
}

#[test]
fn the_same_bytes_are_offered_as_a_zip() {
    let zip = school().get("/descargas/mi-frase-clave.zip");
    assert_eq!(zip.header("content-type"), "application/zip");
    assert_eq!(zip.body, book("/descargas/mi-frase-clave.xol").bytes);
}
