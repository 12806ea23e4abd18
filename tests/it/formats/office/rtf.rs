//! Rich Text Format.

use amauta::formats::{
    kind::FileKind,
    office::{self, Document, Limits},
};
use proptest::prelude::*;

use super::{read, reason};
use crate::formats::fixture;

fn rtf(body: &str) -> Document {
    read(format!("{{\\rtf1\\ansi {body}}}").as_bytes(), FileKind::Rtf).unwrap()
}

#[test]
fn a_document_is_read_as_it_is_shown() {
    let document = read(fixture("agua.rtf").as_bytes(), FileKind::Rtf).unwrap();
    assert_eq!(document.title.as_deref(), Some("El agua de mi pueblo"));
    assert_eq!(document.authors, ["Rosa Quispe", "Juan Mamani"]);
    assert_eq!((document.language.as_deref(), document.date.as_deref()), (Some("es-PE"), Some("2011-05-30")));
    let lines = [
        "El manantial",
        "Agua hervida.",
        "El niño bebe agua & canta “así”.",
        "☃ nieve 😀 t'anta ch'ulla {\\}",
        "enlace",
        "Mayo 12",
        "En un cuadro",
        "Fin",
    ];
    assert_eq!(document.text.lines().collect::<Vec<_>>(), lines);
    assert!(!document.partial);
}

#[test]
fn signs_for_older_programs_are_left_out() {
    assert_eq!(rtf("\\u241\\'f1o").text, "ño");
    assert_eq!(rtf("\\u241?o {\\uc0\\u241 o} \\u241\\b o").text, "ño ño ño");
    assert_eq!(rtf("{\\uc2 a\\u241{}o}").text, "año");
    assert_eq!(rtf("\\u-10179?\\u-8704?!").text, "😀!");
    assert_eq!(rtf("\\u-10179?x\\u-8704?!").text, "x!");
}

#[test]
fn bytes_of_an_unknown_code_page_are_not_guessed() {
    assert_eq!(rtf("\\ansicpg1250 ni\\'f1o").text, "ni\u{FFFD}o");
    assert_eq!(rtf("\\'80 \\'93ni\\'f1o\\'94").text, "€ “niño”");
}

#[test]
fn most_of_the_text_tells_the_language() {
    assert_eq!(rtf("\\deflang1033 a \\lang3179 yaku kawsay \\plain b").language.as_deref(), Some("quz-PE"));
    assert_eq!(rtf("{\\stylesheet{\\lang10250 x;}} agua").language.as_deref(), Some("es-PE"));
    assert_eq!(rtf("agua").language, None);
}

#[test]
fn what_is_cut_off_is_read_as_far_as_it_goes() {
    let document = read(b"{\\rtf1 {\\b uno\\par dos", FileKind::Rtf).unwrap();
    assert_eq!((document.text.as_str(), document.partial), ("uno\ndos", true));
    let limits = Limits { unpacked: 14, ..Limits::default() };
    let cut = office::read(std::io::Cursor::new("{\\rtf1 agua limpia}"), FileKind::Rtf, &limits).unwrap();
    assert_eq!((cut.text.as_str(), cut.partial), ("agua li", true));
}

#[test]
fn what_is_no_rich_text_or_nested_beyond_measure_is_refused() {
    assert_eq!(reason(b"hola", FileKind::Rtf), "check-file-office-broken");
    assert_eq!(reason(b"{\\b hola}", FileKind::Rtf), "check-file-office-broken");
    let deep = format!("{{\\rtf1 {}", "{".repeat(1_000_000));
    assert_eq!(reason(deep.as_bytes(), FileKind::Rtf), "check-file-office-broken");
}

#[test]
fn numbers_beyond_measure_break_nothing() {
    for body in [
        "\\bin99999999999 x",
        "\\bin-5 x",
        "\\u99999999999 x",
        "\\u-99999999999 x",
        "\\uc99999 \\u1 x",
        "{\\info{\\creatim\\yr-5\\mo99\\dy1}}",
        "\\'",
        "\\'g",
        "\\",
    ] {
        let document = rtf(body);
        assert_eq!(document.date, None, "{body}");
    }
    rtf(&format!("\\{} x", "a".repeat(100_000)));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn broken_documents_break_nothing(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..20),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = fixture("agua.rtf").into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len()) + 1);
        let _ = read(&bytes, FileKind::Rtf);
    }

    #[test]
    fn words_and_groups_in_any_order_break_nothing(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "{", "}", "\\par ", "\\u-10179?", "\\'e1", "\\*", "\\info", "\\title ", "\\footnote ", "\\bin3 ",
            "\\uc3 ", "\\pict ", "agua", " ", "\\shptxt", "\\row", "\\lang3082 ", "\\plain", "\\~", "\n",
        ]), 0..60),
    ) {
        let _ = read(format!("{{\\rtf1 {}", pieces.concat()).as_bytes(), FileKind::Rtf);
    }
}
