//! Books: read chapter by chapter, cleaned, cut into parts, copied with an NCX; hostile ones are refused or disarmed.

use std::{
    fs,
    io::Cursor,
    path::{Path, PathBuf},
};

use amauta::formats::epub::{Book, Link, PART_BYTES, with_ncx};
use proptest::prelude::*;

use super::archive::zipped;

const GIF: &[u8] = b"GIF89a\x58\x04\x64\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

/// The fixture book, with some files changed.
pub(crate) fn book_with(changes: &[(&str, &str)]) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats/libro-agua");
    let names = [
        "mimetype",
        "META-INF/container.xml",
        "EPUB/package.opf",
        "EPUB/nav.xhtml",
        "EPUB/uno.xhtml",
        "EPUB/dos.xhtml",
        "EPUB/notas.xhtml",
    ];
    let mut files = vec![("EPUB/gota.gif", GIF.to_vec())];
    for name in names {
        files.push((name, fs::read(folder.join(name)).unwrap()));
    }
    for (name, text) in changes {
        files.retain(|(other, _)| other != name);
        files.push((name, text.as_bytes().to_vec()));
    }
    zipped(&files)
}

fn open(bytes: Vec<u8>) -> Book {
    Book::open(Cursor::new(bytes)).unwrap()
}

fn address(link: Link<'_>) -> String {
    match link {
        Link::Chapter { index, part, fragment } => {
            format!("{index}-{part}{}", fragment.map(|f| format!("#{f}")).unwrap_or_default())
        }
        Link::Image(path) => format!("img/{path}"),
    }
}

fn chapter_of(body: &str) -> String {
    let text = format!("<html><body>{body}</body></html>");
    open(book_with(&[("EPUB/uno.xhtml", &text)])).chapter(0, &mut address).unwrap().html()
}

#[test]
fn a_book_tells_its_metadata_contents_and_cover() {
    let book = open(book_with(&[]));
    assert_eq!(book.metadata().title, "El agua de mi pueblo");
    assert_eq!(book.metadata().languages, ["es", "qu"]);
    assert_eq!((book.chapters(), book.is_linear(0), book.is_linear(2)), (3, true, false));
    let toc = book.toc().iter().map(|e| (e.title.as_str(), e.chapter, e.fragment.as_deref(), e.depth));
    let told =
        [("El manantial", 0, None, 0), ("Cómo lo cuidamos", 0, Some("l-cuidar"), 1), ("Yaku", 1, None, 0)];
    assert_eq!(toc.collect::<Vec<_>>(), told);
    assert_eq!(book.cover(), Some("EPUB/gota.gif"));
    assert_eq!(book.warnings(), []);
}

#[test]
fn a_chapter_is_plain_html_whose_notes_and_pictures_work() {
    let mut book = open(book_with(&[]));
    let chapter = book.chapter(0, &mut address).unwrap();
    let html = chapter.html();
    for piece in [
        "<h2>El manantial</h2>",
        "<a href=\"0-0#l-n1\">1</a>",
        "<a href=\"2-0#l-n2\">2</a>",
        "<div id=\"l-n1\">",
        "<h3 id=\"l-cuidar\">",
        "<img src=\"img/EPUB/gota.gif\" width=\"560\" height=\"50\" alt=\"Una gota\">",
        "<td>12</td>",
    ] {
        assert!(html.contains(piece), "{piece} in {html}");
    }
    assert!(chapter.text().contains("Mes Baldes Mayo 12 Arriba: en el cerro."), "{}", chapter.text());
    assert_eq!(book.chapter(1, &mut address).unwrap().lang.as_deref(), Some("qu"));
    assert_eq!(book.image("EPUB/gota.gif").unwrap().1, "image/gif");
    assert_eq!(book.image("EPUB/uno.xhtml").unwrap_err().id, "check-epub-image");
    assert_eq!(book.chapter(9, &mut address).unwrap_err().id, "check-epub-no-chapter");
}

#[test]
fn nothing_active_and_no_outside_address_passes() {
    let html = chapter_of(
        "<script>alert(1)</script><style>p{}</style><p onclick=\"x()\" style=\"a\" class=\"b\">uno\
         <a href=\"javascript:x()\">dos</a><a href=\"https://example.org/\">tres</a><a href=\"data:text/html,x\">c</a>\
         <img src=\"https://example.org/a.png\" alt=\"lejos\"/></p><iframe src=\"x\"/><form><input/></form>\
         <svg><script>x()</script><image xlink:href=\"gota.gif\"/></svg><math><mi>y</mi></math>",
    );
    for word in [
        "script", "alert", "style", "onclick", "class", "http", "data:", "iframe", "form", "svg", "math",
        "x()",
    ] {
        assert!(!html.contains(word), "{word} in {html}");
    }
    for piece in ["uno", "dos", "tres", "lejos", "<img src=\"img/EPUB/gota.gif\""] {
        assert!(html.contains(piece), "{piece} in {html}");
    }
}

#[test]
fn an_empty_element_written_short_swallows_nothing() {
    let html =
        chapter_of("<p><a id=\"x\"/>uno</p><p/><title/><p>dos &amp; tres &eacute;</p><a href=\"#x\">v</a>");
    assert_eq!(
        html,
        "<p><span id=\"l-x\"></span>uno</p><p></p><p>dos &amp; tres é</p><a href=\"0-0#l-x\">v</a>"
    );
}

#[test]
fn a_long_chapter_is_cut_into_parts_that_fit_and_links_find_theirs() {
    let paragraphs = (0..400).map(|n| format!("<p id=\"p{n}\">{}</p>", "agua clara ".repeat(25)));
    let body = format!("<div><a href=\"#p399\">fin</a>{}</div>", paragraphs.collect::<String>());
    let text = format!("<html><body>{body}</body></html>");
    let mut book = open(book_with(&[("EPUB/uno.xhtml", &text)]));
    let chapter = book.chapter(0, &mut address).unwrap();
    let last = chapter.parts.len() - 1;
    assert!(last >= 3);
    assert!(chapter.parts.iter().all(|part| part.html.len() <= PART_BYTES));
    assert!(chapter.parts[0].html.contains(&format!("href=\"0-{last}#l-p399\"")));
    assert!(chapter.parts[last].html.contains("id=\"l-p399\""));
    assert_eq!(book.part_of(0, Some("l-p399")).unwrap(), last);
    // One paragraph without end is cut between words.
    let mut book =
        open(book_with(&[("EPUB/uno.xhtml", &format!("<p><b>{}</b></p>", "agua ".repeat(20_000)))]));
    let chapter = book.chapter(0, &mut address).unwrap();
    assert!(chapter.parts.len() >= 4 && chapter.parts.iter().all(|part| part.html.len() <= PART_BYTES));
    assert!(chapter.parts.iter().all(|part| part.html.starts_with("<p><b>agua")));
}

#[test]
fn hostile_chapters_cost_little() {
    for body in [
        "<div>".repeat(100_000),
        "<p><b id=\"a\">".repeat(20_000),
        format!("<table>{}", "<b>x<tr>y".repeat(8_000)),
        "<a href='#'>".repeat(50_000),
        "</p>".repeat(200_000),
        "<!--".repeat(100_000),
        format!("<ol>{}", "<li><i>".repeat(25_000)),
        "<svg>".repeat(50_000),
        "&".repeat(500_000),
        "&x;".repeat(100_000),
        "<".repeat(100_000),
        ">".repeat(500_000),
        "\u{A0}".repeat(300_000),
        format!("<p title='{0}'>{0}</p>", "&amp;".repeat(100_000)),
        format!("<a href='{}'>x</a>", "&".repeat(100_000)),
    ] {
        let mut book = open(book_with(&[("EPUB/uno.xhtml", &body)]));
        if let Ok(chapter) = book.chapter(0, &mut address) {
            assert!(chapter.html().len() < 8 * body.len() + 65_536);
        }
    }
}

#[test]
fn hostile_books_are_refused_with_the_reason() {
    let refused = |changes: &[(&str, &str)]| Book::open(Cursor::new(book_with(changes))).err().map(|f| f.id);
    let laughs = "<!DOCTYPE package [<!ENTITY a \"ja\"><!ENTITY b \"&a;&a;\">]><package>&b;</package>";
    assert_eq!(refused(&[("EPUB/package.opf", laughs)]), Some("check-xml-entities"));
    let outside = "<!DOCTYPE c [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><container>&a;</container>";
    assert_eq!(refused(&[("META-INF/container.xml", outside)]), Some("check-xml-entities"));
    assert_eq!(refused(&[("EPUB/package.opf", &"<a>".repeat(100_000))]), Some("check-xml-broken"));
    assert_eq!(refused(&[("EPUB/package.opf", "<package>")]), Some("check-xml-broken"));
    assert_eq!(refused(&[("mimetype", "application/pdf")]), Some("check-epub-other-type"));
    let drm = "<encryption><EncryptedData><EncryptionMethod Algorithm=\"aes\"/></EncryptedData></encryption>";
    assert_eq!(refused(&[("META-INF/encryption.xml", drm)]), Some("check-epub-protected"));
    let fonts = drm.replace("aes", "http://www.idpf.org/2008/embedding");
    assert_eq!(refused(&[("META-INF/encryption.xml", &fonts)]), None);
    let mut book = open(book_with(&[("EPUB/gota.gif", "<svg onload='x()'/>")]));
    assert_eq!(book.image("EPUB/gota.gif").unwrap_err().id, "check-epub-image");
    assert!(book.chapter(0, &mut address).unwrap().html().contains("<p>Una gota</p>"));
    let mut book = open(book_with(&[("EPUB/uno.xhtml", laughs)]));
    assert_eq!(book.chapter(0, &mut address).unwrap_err().id, "check-xml-entities");
}

#[test]
fn a_copy_gets_an_ncx_that_says_the_same() {
    let source = book_with(&[]);
    assert!(!open(source.clone()).has_ncx());
    let copy = with_ncx(Cursor::new(source.clone()), Cursor::new(Vec::new())).unwrap().into_inner();
    assert_eq!(&copy[30..58], b"mimetypeapplication/epub+zip");
    let book = open(copy.clone());
    assert!(book.has_ncx());
    // Without its navigation document the book is read by the NCX alone.
    let old = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats/libro-agua/EPUB/package.opf"),
    );
    let old = old.unwrap().replace(" properties=\"nav\"", "").replace("version=\"3.0\"", "version=\"2.0\"");
    let two =
        with_ncx(Cursor::new(book_with(&[("EPUB/package.opf", &old)])), Cursor::new(Vec::new())).unwrap();
    assert_eq!(open(two.into_inner()).toc().len(), 3);
    assert_eq!(book.toc(), open(source).toc());
}

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/epub");
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "epub")).collect()
}

#[test]
fn real_books_open_whole_and_get_an_ncx() {
    for path in samples() {
        let bytes = fs::read(&path).unwrap();
        let mut book = open(bytes.clone());
        for chapter in 0..book.chapters() {
            let chapter = book.chapter(chapter, &mut address).unwrap();
            assert!(chapter.parts.iter().all(|part| part.html.len() <= PART_BYTES), "{}", path.display());
        }
        let copy = with_ncx(Cursor::new(bytes), Cursor::new(Vec::new())).unwrap().into_inner();
        let copied = open(copy);
        assert!(copied.has_ncx() && copied.toc() == book.toc(), "{}", path.display());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_changed_byte_breaks_a_book(at in 0_usize..6_000, byte: u8, cut in 0_usize..200) {
        let mut bytes = book_with(&[]);
        let length = bytes.len();
        bytes[at % length] = byte;
        bytes.truncate(length - if cut < 100 { 0 } else { cut });
        if let Ok(mut book) = Book::open(Cursor::new(bytes.clone())) {
            for chapter in 0..book.chapters() {
                let _ = book.chapter(chapter, &mut address);
            }
        }
        let _ = with_ncx(Cursor::new(bytes), Cursor::new(Vec::new()));
    }

    #[test]
    fn no_markup_breaks_a_chapter(pieces in prop::collection::vec(prop::sample::select(vec![
        "<p>", "</p>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<li>", "<ul>", "</ul>", "<b>", "</b>",
        "<a href='#x'>", "</a>", "<a id='x'/>", "<svg>", "</svg>", "<math>", "</math>", "<script>", "</script>",
        "<![CDATA[", "]]>", "<!--", "-->", "<", "&", "agua ", "<img src='gota.gif'/>", "<h1>", "</h1>", "\"", "'",
        "<dl>", "<dt>", "ñ", "<pre>", "<br/>", "<caption>", "<tbody>", "<?x", "<!DOCTYPE [",
    ]), 0..60)) {
        let mut book = open(book_with(&[("EPUB/uno.xhtml", &pieces.concat())]));
        let chapter = book.chapter(0, &mut address).unwrap();
        prop_assert!(!chapter.html().contains("<script"));
    }
}
