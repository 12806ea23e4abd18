//! Kinds of text: what begins like a page, a drawing or subtitles is that; the ending chooses among the rest.

use super::FileKind;

/// Characters at the beginning in which the first element of a page or drawing must stand.
const BEGINNING: usize = 1_000;

/// The kind of a text of `length` bytes that begins with `head`; unknown when it is not UTF-8.
pub(super) fn kind(head: &[u8], length: u64, name: &str) -> FileKind {
    let Some(text) = utf8(head, length) else { return FileKind::Unknown };
    let text = text.trim_start_matches('\u{feff}');
    let begin = text.trim_start();
    if text.starts_with("WEBVTT") && text.get(6..7).is_none_or(|next| " \t\r\n".contains(next)) {
        return FileKind::Vtt;
    }
    if let Some(kind) = markup(begin) {
        return kind;
    }
    match FileKind::of_ending(name) {
        Some(kind) if kind.is_plain_text() && kind != FileKind::Vtt => kind,
        _ => FileKind::Text,
    }
}

/// The text, if the bytes are one: valid UTF-8, cut at the end only if the file goes on, no control characters.
fn utf8(head: &[u8], length: u64) -> Option<&str> {
    let text = match str::from_utf8(head) {
        Ok(text) => text,
        Err(error) => {
            let cut = u64::try_from(head.len()).unwrap_or(0) < length && error.error_len().is_none();
            str::from_utf8(head.get(..error.valid_up_to())?).ok().filter(|_| cut)?
        }
    };
    let control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}');
    (!text.contains(control)).then_some(text)
}

/// HTML and SVG by their first element, behind declarations and comments.
fn markup(begin: &str) -> Option<FileKind> {
    let begin: String = begin.chars().take(BEGINNING).collect::<String>().to_ascii_lowercase();
    let mut rest = begin.as_str();
    while let Some(declaration) = rest.strip_prefix("<?").or_else(|| rest.strip_prefix("<!")) {
        if declaration.starts_with("doctype html") {
            return Some(FileKind::Html);
        }
        let end = if declaration.starts_with("--") { "-->" } else { ">" };
        rest = declaration.split_once(end).map_or("", |(_, rest)| rest).trim_start();
        // The internal subset of a document type ends with `]>`.
        if let Some(after) = rest.strip_prefix("]>") {
            rest = after.trim_start();
        }
    }
    let element = rest.strip_prefix('<')?;
    let name: String = element.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == ':').collect();
    match name.as_str() {
        "svg" | "svg:svg" => Some(FileKind::Svg),
        "html" | "head" | "body" | "script" | "iframe" | "title" | "meta" | "style" | "link" | "table" => {
            Some(FileKind::Html)
        }
        _ => None,
    }
}
