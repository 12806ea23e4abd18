//! Archives from outside: what is refused, with which reason, and that nothing breaks the reader.

use std::io::{Cursor, Write};

use amauta::formats::archive::{Archive, Limits};
use zip::{ZipWriter, write::SimpleFileOptions};

/// A ZIP of these files.
pub(crate) fn zipped(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The same bytes with every `from` written as `to`, of the same length.
fn swapped(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    for at in 0..=bytes.len() - from.len() {
        if bytes[at..].starts_with(from) {
            bytes[at..at + from.len()].copy_from_slice(to);
        }
    }
    bytes
}

fn reason(bytes: Vec<u8>) -> &'static str {
    Archive::open(Cursor::new(bytes), &Limits::default()).err().map_or("open", |finding| finding.id)
}

#[test]
fn an_honest_archive_is_read_within_the_size_asked_for() {
    let bytes = zipped(&[("a/b.txt", b"agua".to_vec()), ("ñ.txt", b"yaku".to_vec())]);
    let mut archive = Archive::open(Cursor::new(bytes), &Limits::default()).unwrap();
    assert_eq!(archive.names().collect::<Vec<_>>(), ["a/b.txt", "ñ.txt"]);
    assert_eq!(archive.read("ñ.txt", 4).unwrap(), b"yaku");
    assert_eq!(archive.read("ñ.txt", 3).unwrap_err().id, "check-archive-file-too-big");
    assert_eq!(archive.read("c", 3).unwrap_err().id, "check-archive-missing");
}

#[test]
fn names_that_could_hurt_are_refused() {
    let named = |name: &str| reason(swapped(zipped(&[("XXXXXXXX", vec![])]), b"XXXXXXXX", name.as_bytes()));
    for name in ["../a.txt", "a/../../", "/etc/abc", "C:/a.txt", "a\\b\\c\\d.", "a/b/../c"] {
        assert_eq!(named(name), "check-archive-path", "{name}");
    }
    for name in ["a\0bcdefg", "a\nbcdefg", "a//bcdef", "./abcdef", "ab\u{202E}cde"] {
        assert_eq!(named(name), "check-archive-name-odd", "{name:?}");
    }
    assert_eq!(reason(zipped(&[(&"a".repeat(241), vec![])])), "check-archive-name-long");
    assert_eq!(reason(zipped(&[(&format!("{}f", "a/".repeat(20)), vec![])])), "check-archive-deep");
    assert_eq!(reason(zipped(&[("Agua.txt", vec![]), ("agua.TXT", vec![])])), "check-archive-name-twice");
    assert_eq!(reason(zipped(&[("agua", vec![]), ("agua/b", vec![])])), "check-archive-name-twice");
    let twice = swapped(zipped(&[("aaaa1", vec![]), ("aaaa2", vec![])]), b"aaaa2", b"aaaa1");
    assert_eq!(reason(twice), "check-archive-name-twice-somewhere");
}

#[test]
fn links_and_bombs_are_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_symlink("a", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    assert_eq!(reason(zip.finish().unwrap().into_inner()), "check-archive-link");
    assert_eq!(reason(zipped(&[("a", vec![0; 4 << 20])])), "check-archive-bomb");
    let many = Limits { entries: 1, ..Limits::default() };
    let bytes = zipped(&[("a", vec![]), ("b", vec![])]);
    let finding = Archive::open(Cursor::new(bytes.clone()), &many).unwrap_err();
    assert_eq!(finding.id, "check-archive-too-many");
    let small = Limits { unpacked: 3, ..Limits::default() };
    let bytes = zipped(&[("a", vec![1, 2]), ("b", vec![3, 4])]);
    assert_eq!(Archive::open(Cursor::new(bytes), &small).unwrap_err().id, "check-archive-too-big");
}

#[test]
fn what_is_cut_off_or_no_archive_is_told_apart() {
    let whole = zipped(&[("a", b"agua agua agua".to_vec())]);
    assert_eq!(reason(whole[..whole.len() - 5].to_vec()), "check-archive-truncated");
    assert_eq!(reason(b"%PDF-1.4".to_vec()), "check-archive-not-zip");
    assert_eq!(reason(Vec::new()), "check-archive-not-zip");
}

#[test]
fn an_entry_larger_than_declared_is_never_given() {
    let bytes = zipped(&[("a", b"agua agua agua agua".to_vec())]);
    let length = 19_u32.to_le_bytes();
    let mut lying = bytes.clone();
    let list = (0..bytes.len()).rev().find(|at| bytes[*at..].starts_with(b"PK\x01\x02")).unwrap();
    assert_eq!(lying[list + 24..list + 28], length);
    lying[list + 24] = 4;
    let read = Archive::open(Cursor::new(lying), &Limits::default()).and_then(|mut a| a.read("a", 100));
    let id = read.unwrap_err().id;
    assert!(["check-archive-size-lies", "check-archive-file-damaged"].contains(&id), "{id}");
}
