//! Compound files (MS-CFB): the programs of before 2007 wrote them, and a DOCX, PPTX or XLSX with a password is one.
//! They are not read, only told apart.

use std::io::{Read, Seek};

use crate::{
    domain::finding::Finding,
    formats::peek::{Peek, find, le16, le32},
};

const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Why such a file is not read; `None` for files of other kinds.
pub(super) fn refusal<R: Read + Seek>(reader: &mut R) -> Option<Finding> {
    let mut peek = Peek::new(reader).ok()?;
    let head = peek.at(0, 512).ok()?;
    if !head.starts_with(&SIGNATURE) {
        return None;
    }
    // The first entries of the list of streams; their names are in UTF-16.
    let sector = 1_u64 << le16(&head, 30).unwrap_or(9).min(12);
    let list = u64::from(le32(&head, 48).unwrap_or(0)).saturating_add(1).saturating_mul(sector);
    let list = peek.at(list, 4096).unwrap_or_default();
    let name: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    let id = match find(&list, &name) {
        Some(_) => "check-file-office-protected",
        None => "check-file-office-old",
    };
    Some(Finding::error_of_whole(id))
}
