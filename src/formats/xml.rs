//! XML and XHTML from outside: bytes into text by their declared encoding, and a guarded tree of small documents. No
//! entity that a document declares is ever looked at: such a document is refused.

use std::borrow::Cow;

use roxmltree::{Document, ParsingOptions};

use crate::domain::finding::Finding;

use super::archive::shown;

/// Most nodes of a package document, a table of contents …
const MAX_NODES: u32 = 200_000;
/// Deepest nesting of elements in a document that becomes a tree.
const MAX_DEPTH: usize = 200;

/// The text of a document in UTF-8, UTF-16, ISO-8859-1, Windows-1252 or ASCII, without its byte-order mark.
///
/// # Errors
/// `check-xml-encoding`: another encoding, or bytes that are not of it; `check-xml-entities`: it declares entities.
pub(crate) fn text<'b>(bytes: &'b [u8], name: &str) -> Result<Cow<'b, str>, Finding> {
    let wrong = || Finding::error_of_whole("check-xml-encoding").with("name", shown(name));
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => Cow::Borrowed(str::from_utf8(rest).map_err(|_| wrong())?),
        [0xFE, 0xFF, rest @ ..] => Cow::Owned(utf16(rest, u16::from_be_bytes).ok_or_else(wrong)?),
        [0xFF, 0xFE, rest @ ..] => Cow::Owned(utf16(rest, u16::from_le_bytes).ok_or_else(wrong)?),
        [0, b'<', ..] => Cow::Owned(utf16(bytes, u16::from_be_bytes).ok_or_else(wrong)?),
        [b'<', 0, ..] => Cow::Owned(utf16(bytes, u16::from_le_bytes).ok_or_else(wrong)?),
        _ => match declared(bytes).as_deref() {
            None | Some("utf-8" | "utf8" | "us-ascii" | "ascii") => {
                Cow::Borrowed(str::from_utf8(bytes).map_err(|_| wrong())?)
            }
            Some("iso-8859-1" | "iso8859-1" | "latin1" | "windows-1252" | "cp1252") => {
                Cow::Owned(bytes.iter().map(|byte| windows_1252(*byte)).collect())
            }
            Some(_) => return Err(wrong()),
        },
    };
    if text.contains("<!ENTITY") {
        return Err(Finding::error_of_whole("check-xml-entities").with("name", shown(name)));
    }
    if text.contains('\0') {
        return Err(wrong());
    }
    Ok(text)
}

/// The tree of a document, of at most 200,000 nodes, nested at most 200 deep. A plain DOCTYPE is read over.
///
/// # Errors
/// `check-xml-broken`, with the place.
pub(crate) fn tree<'t>(text: &'t str, name: &str) -> Result<Document<'t>, Finding> {
    let broken = |line, column| Finding::error("check-xml-broken", line, column).with("name", shown(name));
    if too_deep(text) {
        return Err(broken(1, 1));
    }
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MAX_NODES, entity_resolver: None };
    Document::parse_with_options(text, options).map_err(|error| {
        let place = error.pos();
        broken(place.row, place.col)
    })
}

/// Whether more tags are open at once than allowed. Counts roughly (comments and text in quotes too): enough to keep
/// a tree from being built that nothing honest needs.
fn too_deep(text: &str) -> bool {
    let mut depth = 0_usize;
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('<') {
        let tag_end = after.find(['<', '>']).unwrap_or(after.len());
        match after.as_bytes().first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') | None => {}
            Some(_) if after.get(..tag_end).is_some_and(|tag| tag.ends_with('/')) => {}
            Some(_) => depth += 1,
        }
        if depth > MAX_DEPTH {
            return true;
        }
        rest = after;
    }
    false
}

/// What an XML declaration, or a `charset` near the beginning, says; in small letters.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let head = head.iter().map(|byte| char::from(*byte).to_ascii_lowercase()).collect::<String>();
    let declaration = head.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let (_, after) = match declaration {
        Some((declaration, _)) => declaration.split_once("encoding")?,
        None => head.split_once("charset")?,
    };
    let value = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.:".contains(c)));
    let value = value.get(..end.unwrap_or(value.len()))?;
    (!value.is_empty()).then(|| value.to_owned())
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect::<Result<String, _>>().ok()
}

/// As browsers read both Windows-1252 and ISO-8859-1.
pub(super) fn windows_1252(byte: u8) -> char {
    const FROM_80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
    ];
    let at = usize::from(byte).wrapping_sub(0x80);
    FROM_80.get(at).copied().unwrap_or_else(|| char::from(byte))
}
