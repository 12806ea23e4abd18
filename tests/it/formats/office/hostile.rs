//! Documents that are locked, damaged, or made to hurt: refused with a reason, in time, never by a panic.

use std::{
    io::Write,
    time::{Duration, Instant},
};

use amauta::{
    formats::{archive::Limits, kind::FileKind, office},
    i18n::{self, Messages},
};
use proptest::prelude::*;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{packed, read, reason};
use crate::formats::archive::zipped;

fn content(xml: &str) -> Vec<u8> {
    packed("agua-odt", &[("content.xml", xml)])
}

#[test]
fn documents_with_a_password_are_told_apart() {
    let manifest = "<m><manifest:file-entry manifest:full-path=\"content.xml\"><manifest:encryption-data/>\
                    </manifest:file-entry></m>";
    let locked = packed("agua-odt", &[("META-INF/manifest.xml", manifest), ("content.xml", "\u{1}\u{2}")]);
    assert_eq!(reason(&locked, FileKind::Odt), "check-file-office-protected");

    let compound = |stream: &str| {
        let mut bytes = vec![0_u8; 2048];
        bytes[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
        bytes[30] = 9;
        bytes[48] = 1;
        for (at, unit) in stream.encode_utf16().enumerate() {
            bytes[1024 + 128 + at * 2..][..2].copy_from_slice(&unit.to_le_bytes());
        }
        bytes
    };
    assert_eq!(reason(&compound("EncryptedPackage"), FileKind::Docx), "check-file-office-protected");
    assert_eq!(reason(&compound("WordDocument"), FileKind::Docx), "check-file-office-old");
    assert_eq!(reason(&compound("")[..9], FileKind::Pptx), "check-file-office-old");
}

#[test]
fn a_document_without_its_text_is_refused() {
    let empty = zipped(&[("otra.xml", b"<a/>".to_vec())]);
    let kinds = [
        FileKind::Odt,
        FileKind::Ods,
        FileKind::Odp,
        FileKind::Docx,
        FileKind::Pptx,
        FileKind::Xlsx,
        FileKind::Png,
    ];
    for kind in kinds {
        assert_eq!(reason(&empty, kind), "check-file-office-broken", "{kind:?}");
    }
    assert_eq!(reason(b"hola", FileKind::Odt), "check-archive-not-zip");
    let whole = packed("agua-odt", &[]);
    assert_eq!(reason(&whole[..whole.len() - 30], FileKind::Odt), "check-archive-truncated");
}

#[test]
fn entities_and_types_with_declarations_are_refused() {
    let laughs = "<!DOCTYPE a [<!ENTITY a \"ja\"><!ENTITY b \"&a;&a;\">]><a><text:p>&b;</text:p></a>";
    assert_eq!(reason(&content(laughs), FileKind::Odt), "check-xml-entities");
    let outside = "<!DOCTYPE a [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><a><text:p>&a;</text:p></a>";
    assert_eq!(reason(&content(outside), FileKind::Odt), "check-xml-entities");
    let plain = "<!DOCTYPE a SYSTEM \"http://example.org/a.dtd\"><a><text:p>&nada; uno</text:p></a>";
    assert_eq!(read(&content(plain), FileKind::Odt).unwrap().text, "&nada; uno");
}

#[test]
fn broken_and_deep_xml_is_refused() {
    let deep = "<a>".repeat(100_000);
    for xml in [
        "<a><text:p>uno",
        "<a><text:p>uno</text:p></a></a>",
        "<a b=\"<\"></a>",
        "<a",
        "<a b='>",
        "<>",
        "<!-- uno",
        "<![CDATA[ uno",
        "<a>\u{1}</a><",
        &deep,
        &format!("<a {}", "x".repeat(3 << 20)),
        &format!("<a>{}</a>", "x".repeat(3 << 20)),
    ] {
        let beginning = xml.get(..20.min(xml.len())).unwrap();
        assert_eq!(reason(&content(xml), FileKind::Odt), "check-archive-file-damaged", "{beginning}");
    }
    let wide: Vec<u8> = "<a/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = zipped(&[("content.xml", [b"\xFF\xFE".as_slice(), &wide].concat())]);
    assert_eq!(reason(&wide, FileKind::Odt), "check-xml-encoding");
}

#[test]
fn a_picture_that_packs_well_does_not_hinder_the_text() {
    let blank = " ".repeat(usize::try_from(Limits::default().ratio_from).unwrap() * 3);
    let bytes = packed("agua-odt", &[("Pictures/blanco.wmf", &blank)]);
    assert!(read(&bytes, FileKind::Odt).unwrap().text.starts_with("El manantial"));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a stopwatch, not a clock")]
fn files_made_to_hurt_are_read_in_time() {
    let mut bomb = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    bomb.start_file("content.xml", SimpleFileOptions::default()).unwrap();
    bomb.write_all(b"<a><text:p>").unwrap();
    for _ in 0..40 {
        bomb.write_all(&b"agua ".repeat(100_000)).unwrap();
    }
    let relations: String =
        (0..5_000).map(|n| format!("<R Id=\"r{n}\" Target=\"slides/s{n}.xml\"/>")).collect();
    let order: String = (0..5_000).map(|n| format!("<p:sldId r:id=\"r{n}\"/>")).collect();
    let hurting = [
        (bomb.finish().unwrap().into_inner(), FileKind::Odt),
        (content(&format!("<a><text:p>{}</text:p></a>", "&".repeat(1 << 19))), FileKind::Odt),
        (content(&"<draw:page>".repeat(200)), FileKind::Odp),
        (content(&format!("<a {}/>", "b=\"c\" ".repeat(100_000))), FileKind::Odp),
        (
            packed(
                "agua-pptx",
                &[
                    ("ppt/_rels/presentation.xml.rels", &format!("<a>{relations}</a>")),
                    ("ppt/presentation.xml", &format!("<a>{order}</a>")),
                ],
            ),
            FileKind::Pptx,
        ),
        (format!("{{\\rtf1 {}", "\\pict 00 {".repeat(100_000)).into_bytes(), FileKind::Rtf),
        (format!("{{\\rtf1 {}", "\\footnote ".repeat(500_000)).into_bytes(), FileKind::Rtf),
        (content(&format!("<a>{}", "<text:p></x>".repeat(500_000))), FileKind::Odt),
        (content(&format!("<a><p>{}", format!(" {}</b><b>", "x".repeat(100_000)).repeat(50))), FileKind::Odt),
        (
            packed(
                "agua-pptx",
                &[
                    (
                        "ppt/slides/_rels/slide1.xml.rels",
                        &format!("<a>{}</a>", relations.replace("slides/s", "../media/")),
                    ),
                    (
                        "ppt/slides/slide1.xml",
                        &format!(
                            "<a><p:cNvPr descr=\"{}\"/>{}</a>",
                            "agua ".repeat(100_000),
                            "<a:blip r:embed=\"r4999\"/><dgm:relIds r:dm=\"r4999\"/>".repeat(50_000)
                        ),
                    ),
                ],
            ),
            FileKind::Pptx,
        ),
    ];
    for (at, (bytes, kind)) in hurting.iter().enumerate() {
        let begun = Instant::now();
        let _ = read(bytes, *kind);
        assert!(begun.elapsed() < Duration::from_secs(8), "{at} took {:?}", begun.elapsed());
    }
}

#[test]
fn names_of_pictures_count_as_text() {
    let frame =
        |n: usize| format!("<draw:frame><draw:image xlink:href=\"Pictures/{n:040}.png\"/></draw:frame>");
    let slide: String = (0..10).map(frame).collect();
    let slides = format!("<draw:page>{slide}</draw:page>").repeat(100);
    let bytes = packed("agua-odp", &[("content.xml", &format!("<a>{slides}</a>"))]);
    let limits = office::Limits { text: 1_000, ..office::Limits::default() };
    let document = office::read(std::io::Cursor::new(bytes), FileKind::Odp, &limits).unwrap();
    assert!(document.partial && document.slides.len() < 4, "{}", document.slides.len());
}

#[test]
fn each_refusal_has_its_sentence_and_cure() {
    let (messages, _) = Messages::load(i18n::embedded());
    for word in ["protected", "old", "broken", "picture"] {
        for id in [format!("check-file-office-{word}"), format!("check-file-office-{word}.cure")] {
            assert!(messages.has(amauta::domain::lang::Lang::ES, &id), "{id}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_break_nothing(
        which in 0_usize..6,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<prop::sample::Index>(),
        cuts in any::<bool>(),
    ) {
        let (folder, kind) = KINDS[which];
        let mut bytes = packed(folder, &[]);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if cuts {
            bytes.truncate(cut.index(bytes.len()) + 1);
        }
        let _ = read(&bytes, kind);
    }

    #[test]
    fn damaged_xml_breaks_nothing(
        which in 0_usize..6,
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(vec![
            "<", ">", "/", "\"", "&", "</a>", "<p>", "<!--", "]]>", "ñ", "<page>", "<frame>", "<table-row>",
        ])), 1..8),
    ) {
        let (folder, kind, part) = TEXTS[which];
        let path = format!("{folder}/{part}");
        let mut text = crate::formats::fixture(&path);
        for (at, piece) in changes {
            let at = (0..=at.index(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            text.insert_str(at, piece);
        }
        let _ = read(&packed(folder, &[(part, &text)]), kind);
    }
}

const KINDS: [(&str, FileKind); 6] = [
    ("agua-odt", FileKind::Odt),
    ("agua-odp", FileKind::Odp),
    ("agua-ods", FileKind::Ods),
    ("agua-docx", FileKind::Docx),
    ("agua-pptx", FileKind::Pptx),
    ("agua-xlsx", FileKind::Xlsx),
];

const TEXTS: [(&str, FileKind, &str); 6] = [
    ("agua-odt", FileKind::Odt, "content.xml"),
    ("agua-odp", FileKind::Odp, "content.xml"),
    ("agua-ods", FileKind::Ods, "content.xml"),
    ("agua-docx", FileKind::Docx, "word/document.xml"),
    ("agua-pptx", FileKind::Pptx, "ppt/slides/slide1.xml"),
    ("agua-xlsx", FileKind::Xlsx, "xl/sharedStrings.xml"),
];
