//! The text of a passage: links and comments. What counts as code is decided in `code`.

use super::{Findings, code};
use crate::domain::finding::{Finding, Position};

/// A part of a passage, its link still by name.
pub(super) enum RawPiece {
    /// Markdown.
    Text(String),
    /// A link.
    Link {
        /// What the reader sees.
        text: String,
        /// Name of the passage it leads to.
        target: String,
        /// Where it stands.
        position: Position,
    },
}

/// Reads the text of a passage whose first line has this number.
pub(super) fn read(body: &str, first_line: u32, findings: &mut Findings) -> Vec<RawPiece> {
    let mut cursor = Cursor { body, at: 0, position: Position { line: first_line, column: 1 } };
    let last_close = body.rfind('>').unwrap_or(0);
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut link_end = 0;
    while let Some(c) = cursor.rest().chars().next() {
        let position = cursor.position;
        let mut error = |id, found: &str| {
            findings.add(Finding::error(id, position.line, position.column).with("text", found));
        };
        if cursor.rest().starts_with("/%") {
            let Some(length) = cursor.rest().find("%/") else {
                error("check-twee-comment-open", "/%");
                break;
            };
            cursor.advance(length + 2);
            continue;
        }
        if cursor.at >= link_end && cursor.rest().starts_with("[[") {
            match link(cursor.rest()) {
                Ok(link) => {
                    if !text.is_empty() {
                        pieces.push(RawPiece::Text(std::mem::take(&mut text)));
                    }
                    link_end = cursor.at + link.length;
                    pieces.push(RawPiece::Link { text: link.text, target: link.target, position });
                }
                Err((id, found)) => error(id, &found),
            }
            // The inside of a link is walked as well, for code in it.
            cursor.advance(2);
            if cursor.at > link_end {
                text.push_str("[[");
            }
            continue;
        }
        // Inside a link the `<` of an arrow is no code; `[[a<-b]]` is.
        if let Some((found, length)) = code::at(body, cursor.at, last_close) {
            error(found.id(), body.get(cursor.at..cursor.at + length).unwrap_or(""));
            cursor.advance(length);
            continue;
        }
        if cursor.at >= link_end {
            text.push(c);
        }
        cursor.advance(c.len_utf8());
    }
    if !text.is_empty() {
        pieces.push(RawPiece::Text(text));
    }
    pieces
}

/// A place in a passage and its position in the file, moved together.
struct Cursor<'b> {
    body: &'b str,
    at: usize,
    position: Position,
}

impl<'b> Cursor<'b> {
    fn rest(&self) -> &'b str {
        &self.body[self.at..]
    }

    fn advance(&mut self, bytes: usize) {
        for c in self.rest().get(..bytes).unwrap_or("").chars() {
            if c == '\n' {
                self.position = Position { line: self.position.line.saturating_add(1), column: 1 };
            } else {
                self.position.column = self.position.column.saturating_add(1);
            }
        }
        self.at += bytes;
    }
}

/// A link as written.
struct Link {
    text: String,
    target: String,
    /// Bytes, brackets included.
    length: usize,
}

/// Reads the link at the beginning of a text, as Twine does: up to the first `]]` of the line, cut at the
/// rightmost `->`, else at the leftmost `<-`, else at the last `|`.
fn link(rest: &str) -> Result<Link, (&'static str, String)> {
    let line = rest.split('\n').next().unwrap_or("");
    let found = || line.chars().take(40).collect::<String>();
    let inside = line.get(2..).and_then(|inside| inside.split_once("]]")).map(|(inside, _)| inside);
    let Some(inside) = inside else {
        return Err(("check-twee-link-open", found()));
    };
    let (text, target) = if let Some(cut) = inside.rfind("->") {
        (&inside[..cut], &inside[cut + 2..])
    } else if let Some((target, text)) = inside.split_once("<-") {
        (text, target)
    } else {
        inside.rsplit_once('|').unwrap_or((inside, inside))
    };
    let (text, target) = (text.trim(), target.trim());
    if target.contains("][") {
        return Err(("check-twee-link-setter", found()));
    }
    if text.is_empty() || target.is_empty() {
        return Err(("check-twee-link-empty", found()));
    }
    Ok(Link { text: text.to_owned(), target: target.to_owned(), length: inside.len() + 4 })
}
