//! Texts and tables of `OpenDocument` and Microsoft's programs.

use std::io::Cursor;

use amauta::formats::{
    kind::FileKind,
    office::{self, Limits},
};

use super::{packed, read, zipped};

#[test]
fn a_text_of_opendocument_is_read_as_it_is_shown() {
    let document = read(&packed("agua-odt", &[]), FileKind::Odt).unwrap();
    assert_eq!(document.title.as_deref(), Some("El agua de mi pueblo"));
    assert_eq!(document.authors, ["Rosa Quispe"]);
    assert_eq!((document.language.as_deref(), document.date.as_deref()), (Some("es-PE"), Some("2011-05-30")));
    assert_eq!((document.pages, document.partial), (Some(3), false));
    let lines = [
        "El manantial",
        "Agua hervida.",
        "El niño bebe agua & canta «así».",
        "Mayo 12",
        "Yaku kawsay kanmi",
        "Fin",
    ];
    assert_eq!(document.text.lines().collect::<Vec<_>>(), lines);
}

#[test]
fn a_text_of_word_is_read_as_it_is_shown() {
    let document = read(&packed("agua-docx", &[]), FileKind::Docx).unwrap();
    assert_eq!(document.title.as_deref(), Some("El agua de mi pueblo"));
    assert_eq!(document.authors, ["Rosa Quispe", "Juan Mamani"]);
    assert_eq!((document.language.as_deref(), document.date.as_deref()), (Some("es-PE"), Some("2011-05-30")));
    assert_eq!((document.pages, document.partial), (Some(3), false));
    let lines = [
        "El manantial",
        "El niño bebe agua & canta «así».",
        "enlace",
        "Mayo",
        "12",
        "En un cuadro",
        "Yaku kawsay kanmi",
        "Agua hervida.",
    ];
    assert_eq!(document.text.lines().collect::<Vec<_>>(), lines);
}

#[test]
fn most_of_the_text_tells_the_language() {
    let body = "<w:p><w:r><w:t>uno</w:t></w:r></w:p><w:p><w:r><w:rPr><w:lang w:val=\"quz-PE\"/></w:rPr>\
                <w:t>Yaku kawsayninchik</w:t></w:r></w:p>";
    let document = read(&packed("agua-docx", &[("word/document.xml", body)]), FileKind::Docx).unwrap();
    assert_eq!(document.language.as_deref(), Some("quz-PE"));
}

#[test]
fn tables_give_their_words() {
    let document = read(&packed("agua-ods", &[]), FileKind::Ods).unwrap();
    assert_eq!(document.text, "Mes Baldes\nMayo 12");
    let document = read(&packed("agua-xlsx", &[]), FileKind::Xlsx).unwrap();
    assert_eq!(document.text, "Lluvia\nMes\nBaldes");
    let sheet = "<row><c t=\"inlineStr\"><is><t>Mayo</t></is></c><c><v>12</v></c></row>";
    let workbook = "<workbook><sheet name=\"Lluvia\"/></workbook>";
    let bytes = zipped(&[
        ("xl/workbook.xml", workbook.as_bytes().to_vec()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes().to_vec()),
    ]);
    assert_eq!(read(&bytes, FileKind::Xlsx).unwrap().text, "Lluvia\nMayo");
}

#[test]
fn what_a_document_does_not_tell_is_not_made_up() {
    let bytes = packed("agua-ods", &[("meta.xml", "<a><dc:title> </dc:title><dc:date>ayer</dc:date></a>")]);
    let document = read(&bytes, FileKind::Ods).unwrap();
    assert_eq!((document.title, document.date, document.language), (None, None, None));
    assert_eq!(document.authors, [] as [&str; 0]);
}

#[test]
fn a_long_text_is_read_up_to_the_limit_and_says_so() {
    let body = "<text:p>ñandú ñandú</text:p>".repeat(1_000);
    let bytes = packed("agua-odt", &[("content.xml", &format!("<office:text>{body}</office:text>"))]);
    let with = |limits| office::read(Cursor::new(bytes.clone()), FileKind::Odt, &limits).unwrap();
    let short = with(Limits { text: 20, ..Limits::default() });
    assert_eq!((short.text.as_str(), short.partial), ("ñandú ñandú\nñand", true));
    assert_eq!(short.title.as_deref(), Some("El agua de mi pueblo"));
    let cut = with(Limits { unpacked: 20_000, ..Limits::default() });
    assert!(cut.partial && cut.text.starts_with("ñandú ñandú\n") && cut.text.len() < 20_000, "{}", cut.text);
    let whole = with(Limits::default());
    assert!(!whole.partial && whole.text.lines().count() == 1_000);
}

#[test]
fn a_text_larger_than_any_buffer_stays_whole() {
    let long = "agua limpia ".repeat(20_000);
    let drawing = format!("<draw:path svg:d=\"{}\"/>", "M 0 0 ".repeat(50_000));
    let body = format!("<!-- {long} --><text:p>{long}{drawing}<![CDATA[fin <b>]]></text:p>");
    let document = read(&packed("agua-odt", &[("content.xml", &body)]), FileKind::Odt).unwrap();
    assert_eq!(document.text, format!("{long}fin <b>"));
}
