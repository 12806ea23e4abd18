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
    let mut closes = Closes::default();
    let mut link_end = 0;
    while let Some(c) = cursor.rest().chars().next() {
        let position = cursor.position;
        let error = |id| Finding::error(id, position.line, position.column);
        if cursor.rest().starts_with("/%") {
            let Some(length) = cursor.rest().find("%/") else {
                findings.add(error("check-twee-comment-open"));
                break;
            };
            cursor.advance(length + 2);
            continue;
        }
        if cursor.at >= link_end && cursor.rest().starts_with("[[") {
            let Some(close) = closes.next(body, cursor.at + 2) else {
                findings.add(error("check-twee-link-open").with("text", excerpt(cursor.rest())));
                cursor.advance(2);
                continue;
            };
            match link(&body[cursor.at + 2..close]) {
                Ok((label, target)) => {
                    if !text.is_empty() {
                        pieces.push(RawPiece::Text(std::mem::take(&mut text)));
                    }
                    pieces.push(RawPiece::Link { text: label, target, position });
                }
                Err(id) => findings.add(error(id).with("text", excerpt(cursor.rest()))),
            }
            // The inside of a link is walked as well, for code in it.
            link_end = close + 2;
            cursor.advance(2);
            continue;
        }
        // Inside a link the `<` of an arrow is no code; `[[a<-b]]` is.
        if let Some((found, length)) = code::at(body, cursor.at, last_close) {
            let shown = body.get(cursor.at..cursor.at + length).unwrap_or("");
            findings.add(error(found.id()).with("text", shown));
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

/// Where the next `]]` and the next line end stand, each searched once.
#[derive(Default)]
struct Closes {
    bracket: usize,
    line: usize,
}

impl Closes {
    /// Offset of the next `]]` from `at` on, when it stands on the same line.
    fn next(&mut self, body: &str, at: usize) -> Option<usize> {
        let find = |what: &str| body[at..].find(what).map_or(body.len(), |found| at + found);
        if self.bracket < at {
            self.bracket = find("]]");
        }
        if self.line < at {
            self.line = find("\n");
        }
        (self.bracket < self.line).then_some(self.bracket)
    }
}

/// Text and target of what stands between `[[` and `]]`, cut as Twine does: at the rightmost `->`, else at the
/// leftmost `<-`, else at the last `|`.
fn link(inside: &str) -> Result<(String, String), &'static str> {
    let (text, target) = if let Some(cut) = inside.rfind("->") {
        (&inside[..cut], &inside[cut + 2..])
    } else if let Some((target, text)) = inside.split_once("<-") {
        (text, target)
    } else {
        inside.rsplit_once('|').unwrap_or((inside, inside))
    };
    let (text, target) = (text.trim(), target.trim());
    if target.contains("][") {
        return Err("check-twee-link-setter");
    }
    if text.is_empty() || target.is_empty() {
        return Err("check-twee-link-empty");
    }
    Ok((text.to_owned(), target.to_owned()))
}

/// The beginning of a link, short enough for a message.
fn excerpt(text: &str) -> String {
    text.chars().take(40).take_while(|c| *c != '\n').collect()
}
