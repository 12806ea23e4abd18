//! The header line of a passage: `:: Name [tag tag] {"position":"600,400"}`.

use super::Findings;
use crate::domain::finding::Finding;

/// A header as read.
pub(super) struct Header {
    /// The name, escapes undone; empty when there is none.
    pub(super) name: String,
    /// The tags, escapes undone.
    pub(super) tags: Vec<String>,
    /// Number of the line.
    pub(super) line: u32,
    /// Column of the name.
    pub(super) name_column: u32,
    /// Column of the bracket that opens the tags; of the name when there are none.
    pub(super) tags_column: u32,
}

/// The column of what stands after this many characters.
pub(super) fn column(characters: usize) -> u32 {
    u32::try_from(characters).unwrap_or(u32::MAX).saturating_add(1)
}

/// Reads what stands after `::`.
pub(super) fn read(written: &str, line: u32, findings: &mut Findings) -> Header {
    let column_at = |offset: usize| column(2 + written.get(..offset).unwrap_or("").chars().count());
    let mut error = |id, offset| findings.add(Finding::error(id, line, column_at(offset)));

    let name_end = find(written, 0, &['[', ']', '{', '}']).unwrap_or(written.len());
    let name = unescape(written[..name_end].trim());
    let name_start = written.len() - written.trim_start().len();
    let mut header = Header {
        name,
        tags: Vec::new(),
        line,
        name_column: column_at(name_start.min(name_end)),
        tags_column: column_at(name_start.min(name_end)),
    };
    let mut at = name_end;
    if written[at..].starts_with('[') {
        let Some(close) =
            find(written, at + 1, &[']', '[']).filter(|close| written[*close..].starts_with(']'))
        else {
            error("check-twee-tags-open", at);
            return header;
        };
        header.tags_column = column_at(at);
        header.tags = written[at + 1..close].split_whitespace().map(unescape).collect();
        at = close + 1;
        at += written[at..].len() - written[at..].trim_start().len();
    }
    // Metadata says where the box lies in Twine's editor. As long as it closes, its inside does not matter.
    if written[at..].starts_with('{') {
        if written.trim_end().ends_with('}') {
            return header;
        }
        error("check-twee-metadata-open", at);
    } else if at < written.trim_end().len() {
        error("check-twee-header-rest", at);
    }
    header
}

/// Offset of the first of these characters, from `from`, that has no backslash before it.
fn find(text: &str, from: usize, wanted: &[char]) -> Option<usize> {
    let mut escaped = false;
    for (offset, c) in text[from..].char_indices() {
        if !escaped && wanted.contains(&c) {
            return Some(from + offset);
        }
        escaped = !escaped && c == '\\';
    }
    None
}

/// Undoes backslashes: whatever follows one stands for itself.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.push(if c == '\\' { chars.next().unwrap_or(c) } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Findings, read};

    #[test]
    fn every_part_of_a_header_is_read() {
        let mut findings = Findings::default();
        let header = read(r#" Una \[ y \\ [final  dos\]] {"position":"6,4"}"#, 1, &mut findings);
        assert_eq!(header.name, r"Una [ y \");
        assert_eq!(header.tags, ["final", "dos]"]);
        assert_eq!((header.name_column, header.tags_column), (4, 16));
        assert!(findings.0.is_empty());
    }

    #[test]
    fn a_header_that_does_not_close_is_told_with_its_column() {
        let told = |written: &str| {
            let mut findings = Findings::default();
            read(written, 7, &mut findings);
            findings.0.iter().map(|f| (f.id, f.position.map_or(0, |p| p.column))).collect::<Vec<_>>()
        };
        assert_eq!(told(" A [x"), [("check-twee-tags-open", 6)]);
        assert_eq!(told(" A {\"x\":1"), [("check-twee-metadata-open", 6)]);
        assert_eq!(told(" A [x] y"), [("check-twee-header-rest", 10)]);
        assert_eq!(told(" A ] y"), [("check-twee-header-rest", 6)]);
    }
}
