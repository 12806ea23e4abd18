//! What a file is, whatever its name says.

use std::io::Cursor;

use amauta::formats::kind::{self, FileKind};

use super::lengths::{mp4, ogg_page};

fn sniff(bytes: &[u8], name: &str) -> FileKind {
    kind::sniff(&mut Cursor::new(bytes), name).expect("bytes in memory are read")
}

/// A ZIP of the entries, not packed, without checksums: enough to be recognised.
fn zip(entries: &[(&str, &str)]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in entries {
        let offset = u32::try_from(bytes.len()).expect("short");
        let lengths = |out: &mut Vec<u8>| {
            out.extend([0; 4]);
            out.extend(u32::try_from(text.len()).expect("short").to_le_bytes().repeat(2));
            out.extend(u16::try_from(name.len()).expect("short").to_le_bytes());
            out.extend([0; 2]);
        };
        bytes.extend(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0");
        lengths(&mut bytes);
        bytes.extend(name.as_bytes());
        bytes.extend(text.as_bytes());
        directory.extend(b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0");
        lengths(&mut directory);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (at, size) = (bytes.len(), directory.len());
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(u16::try_from(entries.len()).expect("few").to_le_bytes().repeat(2));
    bytes.extend(u32::try_from(size).expect("short").to_le_bytes());
    bytes.extend(u32::try_from(at).expect("short").to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}

#[test]
fn a_file_is_what_its_first_bytes_say() {
    for (bytes, kind) in [
        (b"%PDF-1.4\n".as_slice(), FileKind::Pdf),
        (b"\x89PNG\r\n\x1a\n\0\0", FileKind::Png),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", FileKind::Jpeg),
        (b"GIF89a\x01\0", FileKind::Gif),
        (b"RIFF\x10\0\0\0WEBPVP8 ", FileKind::Webp),
        (b"RIFF\x10\0\0\0WAVEfmt ", FileKind::Wav),
        (b"fLaC\0\0\0\x22", FileKind::Flac),
        (b"ID3\x03\0\0\0\0\0\0", FileKind::Mp3),
        (b"{\\rtf1\\ansi hola}", FileKind::Rtf),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", FileKind::Webm),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska", FileKind::Unknown),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nHola", FileKind::Vtt),
        (b"<?xml version=\"1.0\"?>\n<!-- hecho a mano -->\n<svg xmlns=\"x\"/>", FileKind::Svg),
        (b"<!DOCTYPE html>\n<p>Hola", FileKind::Html),
        (b"  <script>alert(1)</script>", FileKind::Html),
        (b"ZIM\x04\x05\0", FileKind::Zim),
        (b"\0\x01\x02\x03", FileKind::Unknown),
        (b"MZ\x90\0\x03", FileKind::Unknown),
    ] {
        assert_eq!(sniff(bytes, "archivo"), kind, "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn the_ending_chooses_only_among_texts() {
    for (name, kind) in [
        ("a.txt", FileKind::Text),
        ("a.MD", FileKind::Markdown),
        ("a.gift", FileKind::Gift),
        ("a.twee", FileKind::Twee),
        ("a.tw", FileKind::Twee),
        ("a.srt", FileKind::Srt),
        ("a.csv", FileKind::Csv),
        ("a.pdf", FileKind::Text),
        ("a", FileKind::Text),
    ] {
        assert_eq!(sniff("Así se escribe ñandú.".as_bytes(), name), kind, "{name}");
    }
    assert_eq!(sniff(b"Espa\xf1a", "a.txt"), FileKind::Unknown, "not UTF-8");
    let long = "ñ".repeat(40_000);
    assert_eq!(sniff(long.as_bytes(), "a.txt"), FileKind::Text);
    assert_eq!(sniff(&[b"a", long.as_bytes()].concat(), "a.txt"), FileKind::Text, "a letter across the cut");
    assert_eq!(sniff(&long.as_bytes()[..101], "a.txt"), FileKind::Unknown, "a letter cut at the end");
}

#[test]
fn a_zip_is_what_it_holds() {
    let odt = FileKind::Odt.media_type();
    for (entries, kind) in [
        (vec![("mimetype", "application/epub+zip"), ("META-INF/container.xml", "")], FileKind::Epub),
        (vec![("META-INF/container.xml", ""), ("mimetype", "application/epub+zip")], FileKind::Epub),
        (vec![("mimetype", odt), ("content.xml", "")], FileKind::Odt),
        (vec![("[Content_Types].xml", ""), ("word/document.xml", "")], FileKind::Docx),
        (vec![("[Content_Types].xml", ""), ("ppt/presentation.xml", "")], FileKind::Pptx),
        (vec![("[Content_Types].xml", ""), ("xl/workbook.xml", "")], FileKind::Xlsx),
        (vec![("h5p.json", "{}"), ("content/content.json", "{}")], FileKind::H5p),
        (vec![("cuentos/library/library.info", ""), ("cuentos/index.html", "")], FileKind::Xol),
        (vec![("imsmanifest.xml", ""), ("index.html", "")], FileKind::Scorm),
        (vec![("contentv3.xml", "")], FileKind::Elp),
        (vec![("foto.jpg", "")], FileKind::Zip),
        (vec![], FileKind::Zip),
    ] {
        assert_eq!(sniff(&zip(&entries), "x.zip"), kind, "{entries:?}");
    }
    // The entry that tells stands behind many others.
    let names: Vec<String> = (0..1_500).map(|n| format!("ppt/media/imagen-{n:040}.png")).collect();
    let mut entries: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    entries.extend([("[Content_Types].xml", ""), ("ppt/presentation.xml", "")]);
    assert_eq!(sniff(&zip(&entries), "x"), FileKind::Pptx);
}

#[test]
fn ogg_and_mp4_are_told_apart_by_what_they_carry() {
    let theora: &[u8] = b"\x80theora\x03\x02\x01\0\x14\0\x0f\0\x01\x40\0\0\xf0\0\0\0\0\0\x1e\0\0\0\x01\0\0\x01\0\0\x01\0\0\0\0\0\x30\xc0";
    let vorbis: &[u8] = b"\x01vorbis\0\0\0\0\x01\x44\xac\0\0\0\0\0\0";
    let both = [ogg_page(2, 0, 1, theora), ogg_page(2, 0, 2, vorbis)].concat();
    assert_eq!(sniff(&ogg_page(2, 0, 2, vorbis), "a.ogg"), FileKind::OggVorbis);
    assert_eq!(sniff(&both, "a.ogv"), FileKind::Ogv);
    assert_eq!(
        sniff(&ogg_page(2, 0, 2, b"OpusHead\x01\x02\x38\x01\x80\xbb\0\0"), "a.ogg"),
        FileKind::OggOpus
    );
    assert_eq!(sniff(&ogg_page(2, 0, 2, b"algo"), "a.ogg"), FileKind::Unknown);
    assert_eq!(sniff(&mp4(true), "a"), FileKind::Mp4);
    assert_eq!(sniff(&mp4(false), "a"), FileKind::M4a);
}

#[test]
fn an_ending_that_claims_another_kind_lies() {
    for (name, kind, lies) in [
        ("lectura.pdf", FileKind::Pdf, false),
        ("lectura.PDF", FileKind::Pdf, false),
        ("lectura.pdf", FileKind::Html, true),
        ("lectura.txt", FileKind::Html, true),
        ("foto.png", FileKind::Jpeg, true),
        ("foto.jpeg", FileKind::Jpeg, false),
        ("canto.ogg", FileKind::OggOpus, false),
        ("canto.ogg", FileKind::Ogv, false),
        ("canto.mp3", FileKind::OggVorbis, true),
        ("libro.zip", FileKind::Xol, false),
        ("libro.zip", FileKind::Epub, true),
        ("notas.txt", FileKind::Markdown, false),
        ("sin-final", FileKind::Png, false),
        ("copia.bak", FileKind::Png, false),
        ("video.mp4", FileKind::M4a, false),
        ("foto.png", FileKind::Unknown, true),
    ] {
        assert_eq!(kind::lies(name, kind), lies, "{name} {kind:?}");
    }
}

#[test]
fn a_refused_file_hears_why() {
    let id = |name: &str, kind| kind::refusal(name, kind).map(|finding| finding.id);
    assert_eq!(id("a.pdf", FileKind::Html), Some("check-file-lies"));
    assert_eq!(id("a.pdf", FileKind::Unknown), Some("check-file-not-claimed"));
    assert_eq!(id("a.exe", FileKind::Unknown), Some("check-file-unknown"));
    assert_eq!(id("a.pdf", FileKind::Pdf), None);
}

#[test]
fn every_kind_has_its_own_ending_and_type() {
    for kind in FileKind::ALL.iter().filter(|kind| **kind != FileKind::Unknown) {
        assert!(kind.extension().bytes().all(|byte| byte.is_ascii_alphanumeric()), "{kind:?}");
        assert!(kind.media_type().contains('/'), "{kind:?}");
        assert!(!kind::lies(&format!("a.{}", kind.extension()), *kind), "{kind:?}");
    }
}
