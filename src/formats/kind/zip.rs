//! What a ZIP holds, by its first entry and the names of its directory, read in bounded steps. Taking entries out is
//! the work of others.

use std::io::{self, Read, Seek};

use super::FileKind;
use crate::formats::peek::{Peek, le16, le32};

/// Names looked at.
const MAX_NAMES: usize = 2_000;
/// The end of the directory stands in the last bytes: 22, and a comment of at most 65,535.
const TAIL: usize = 22 + 65_535;

pub(super) fn kind<R: Read + Seek>(peek: &mut Peek<'_, R>) -> io::Result<FileKind> {
    let first = peek.at(0, 30 + 8 + 256)?;
    if let Some(kind) = by_mimetype(&first) {
        return Ok(kind);
    }
    Ok(by_names(&names(peek)?))
}

/// The kind by a first entry `mimetype` that is not packed, as EPUB and `OpenDocument` ask for.
fn by_mimetype(first: &[u8]) -> Option<FileKind> {
    let (stored, size) = (le16(first, 8)? == 0, usize::try_from(le32(first, 18)?).ok()?);
    let (name, extra) = (usize::from(le16(first, 26)?), usize::from(le16(first, 28)?));
    if !stored || first.get(30..30 + name)? != b"mimetype" {
        return None;
    }
    let media = first.get(30 + name + extra..)?;
    let media = media.get(..size.min(media.len()))?.trim_ascii();
    let known = [FileKind::Epub, FileKind::Odt, FileKind::Ods, FileKind::Odp];
    known.into_iter().find(|kind| kind.media_type().as_bytes() == media)
}

/// The first names of the directory; none when it is not found.
fn names<R: Read + Seek>(peek: &mut Peek<'_, R>) -> io::Result<Vec<String>> {
    let tail = peek.at(peek.length().saturating_sub(u64::try_from(TAIL).unwrap_or(0)), TAIL)?;
    let end = tail.windows(4).rposition(|window| window == b"PK\x05\x06");
    let mut names = Vec::new();
    let Some(mut offset) = end.and_then(|end| le32(&tail, end + 16)).map(u64::from) else { return Ok(names) };
    let mut bytes = Vec::new();
    let mut at = 0;
    while names.len() < MAX_NAMES {
        if bytes.len() < at + 46 + 1024 {
            offset += u64::try_from(at).unwrap_or(0);
            bytes = peek.at(offset, 64 * 1024)?;
            at = 0;
        }
        let (Some(name), Some(extra), Some(comment)) =
            (le16(&bytes, at + 28), le16(&bytes, at + 30), le16(&bytes, at + 32))
        else {
            break;
        };
        if bytes.get(at..at + 4) != Some(b"PK\x01\x02".as_slice()) {
            break;
        }
        let begin = at + 46;
        let end = begin + usize::from(name);
        names.extend(bytes.get(begin..end).map(|name| String::from_utf8_lossy(name).into_owned()));
        at = end + usize::from(extra) + usize::from(comment);
        if at > bytes.len() {
            offset += u64::try_from(at).unwrap_or(0);
            bytes = peek.at(offset, 64 * 1024)?;
            at = 0;
        }
    }
    Ok(names)
}

fn by_names(names: &[String]) -> FileKind {
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let info = |name: &String| name.ends_with("/library/library.info") && name.matches('/').count() == 2;
    if has("META-INF/container.xml") {
        FileKind::Epub
    } else if has("[Content_Types].xml") && has("word/document.xml") {
        FileKind::Docx
    } else if has("[Content_Types].xml") && has("ppt/presentation.xml") {
        FileKind::Pptx
    } else if has("[Content_Types].xml") && has("xl/workbook.xml") {
        FileKind::Xlsx
    } else if has("h5p.json") {
        FileKind::H5p
    } else if names.iter().any(info) {
        FileKind::Xol
    } else if has("contentv3.xml") || (has("content.xml") && names.iter().any(|name| name == "content.xsd")) {
        FileKind::Elp
    } else if has("imsmanifest.xml") {
        FileKind::Scorm
    } else {
        FileKind::Zip
    }
}
