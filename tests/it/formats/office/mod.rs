//! Documents of office programs: what is told of them, their text and slides, and files made to hurt. The fixtures
//! are what real programs write, cut down to what is read, without the declarations of prefixes.

mod hostile;
mod rtf;
mod slides;
mod text;

use std::{fs, io::Cursor, path::Path};

use amauta::{
    domain::finding::Finding,
    formats::{
        kind::FileKind,
        office::{self, Document, Limits},
    },
};

use super::archive::zipped;
use crate::support::files_below;

const GIF: &[u8] = b"GIF89a\x58\x04\x64\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

/// A document of a folder of fixtures, with some files changed or added.
fn packed(folder: &str, changes: &[(&str, &str)]) -> Vec<u8> {
    let changes: Vec<(&str, &[u8])> = changes.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    packed_bytes(folder, &changes)
}

/// The same with files that are no text.
pub(crate) fn packed_bytes(folder: &str, changes: &[(&str, &[u8])]) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats").join(folder);
    let mut files = Vec::new();
    for file in files_below(&folder) {
        let name = file.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned();
        files.push((name, fs::read(&file).unwrap()));
    }
    for (name, bytes) in changes {
        files.retain(|(other, _)| other != name);
        files.push(((*name).to_owned(), bytes.to_vec()));
    }
    let files: Vec<(&str, Vec<u8>)> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    zipped(&files)
}

fn read(bytes: &[u8], kind: FileKind) -> Result<Document, Finding> {
    office::read(Cursor::new(bytes.to_vec()), kind, &Limits::default())
}

fn reason(bytes: &[u8], kind: FileKind) -> &'static str {
    read(bytes, kind).err().map_or("read", |finding| finding.id)
}
