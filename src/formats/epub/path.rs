//! Addresses inside a book: resolved against the file they stand in, never leaving the archive; and fragments as the
//! pages write them.

use std::fmt::Write as _;

use percent_encoding::percent_decode_str;

/// What stands before every `id` of a book in a page, so that none is taken for one of the page's own.
pub const ANCHOR_PREFIX: &str = "l-";

/// A place inside the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::formats) struct Place {
    /// Path from the archive's root.
    pub(in crate::formats) path: String,
    /// Fragment as written in the book, decoded.
    pub(super) fragment: Option<String>,
}

/// Resolves an address written in the file `from`. `None` when it leads out of the book: another scheme, another
/// host, above the root.
pub(in crate::formats) fn resolve(from: &str, address: &str) -> Option<Place> {
    let address = address.trim();
    let (path, fragment) = match address.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment)),
        None => (address, None),
    };
    let path = path.split('?').next().unwrap_or_default();
    if path.starts_with('/') || has_scheme(path) || path.contains('\\') {
        return None;
    }
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let fragment = fragment.filter(|fragment| !fragment.is_empty());
    let fragment = match fragment {
        Some(fragment) => Some(percent_decode_str(fragment).decode_utf8().ok()?.into_owned()),
        None => None,
    };
    if path.is_empty() {
        return Some(Place { path: from.to_owned(), fragment });
    }
    let mut parts = from.split('/').collect::<Vec<_>>();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    (!path.is_empty() && path.len() <= 1024).then_some(Place { path, fragment })
}

/// `http:`, `javascript:`, `data:` …: letters before the first colon, no slash.
fn has_scheme(path: &str) -> bool {
    path.split_once(':').is_some_and(|(scheme, _)| !scheme.contains('/'))
}

/// An `id` of a book as a page writes it: with [`ANCHOR_PREFIX`], in letters that need no escape in an address. Two
/// different ids stay different. `None` for an empty or overlong one.
pub(super) fn anchor(id: &str) -> Option<String> {
    let id = id.trim();
    if id.is_empty() || id.len() > 200 {
        return None;
    }
    let mut out = String::from(ANCHOR_PREFIX);
    for c in id.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '-' | '.') {
            out.push(c);
        } else if c == '_' {
            out.push_str("__");
        } else {
            let _ = write!(out, "_{:x}.", u32::from(c));
        }
    }
    Some(out)
}
