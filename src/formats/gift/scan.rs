//! The smallest pieces of GIFT: places in a block, the backslash, texts with a format in front.
//! What the pieces mean together is the work of `question` and `answers`.

use crate::domain::quiz::TextFormat;

/// A stretch of a block's text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
}

impl Span {
    /// What the span covers.
    pub(super) fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// The span without white space at both ends.
    pub(super) fn trim(self, text: &str) -> Self {
        let whole = self.of(text);
        let start = self.start + (whole.len() - whole.trim_start().len());
        Self { start, end: start + whole.trim().len() }
    }

    /// Before and after the byte at `at`.
    pub(super) fn split(self, at: usize) -> (Self, Self) {
        (Self { start: self.start, end: at }, Self { start: (at + 1).min(self.end), end: self.end })
    }

    /// Offset of the first of these signs that no backslash protects.
    pub(super) fn find(self, text: &str, signs: &[u8]) -> Option<usize> {
        let bytes = self.of(text).as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at] == b'\\' && bytes.get(at + 1).is_some_and(|next| ESCAPED.contains(next)) {
                at += 2;
            } else if signs.contains(&bytes[at]) {
                return Some(self.start + at);
            } else {
                at += 1;
            }
        }
        None
    }

    /// Offset of the last run of `sign` of this length that no backslash protects.
    pub(super) fn find_last_run(self, text: &str, sign: u8, length: usize) -> Option<usize> {
        let (mut from, mut run, mut found) = (self, 0, None);
        while let Some(at) = from.find(text, &[sign]) {
            run = if at == from.start && run > 0 { run + 1 } else { 1 };
            if run >= length {
                found = Some(at + 1 - length);
            }
            from = Self { start: at + 1, end: self.end };
        }
        found
    }
}

/// What a backslash may stand before. Before anything else it is a backslash (Markdown has uses for it).
const ESCAPED: &[u8] = b"\\:#={}~n";

/// The text with its backslashes undone; `\n` becomes a line break.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let escaped = if c == '\\' {
            chars.next_if(|c| u8::try_from(*c).is_ok_and(|b| ESCAPED.contains(&b)))
        } else {
            None
        };
        out.push(match escaped {
            Some('n') => '\n',
            Some(other) => other,
            None => c,
        });
    }
    out
}

/// What `[…]` in front of a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prefix {
    /// No format; the text begins at once.
    None,
    /// A format of this many bytes, brackets included.
    Format(TextFormat, usize),
    /// A single word in brackets that is no format, this many bytes long.
    Unknown(usize),
}

/// Reads the format in front of a trimmed text. A Markdown link or picture and a bracket with more than one
/// word are text; Moodle shows an unknown word as text too, so it is told apart only to warn.
pub(super) fn prefix(text: &str) -> Prefix {
    let Some((word, after)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']')) else {
        return Prefix::None;
    };
    let format = match word {
        "html" => TextFormat::Html,
        "moodle" => TextFormat::Moodle,
        "plain" => TextFormat::Plain,
        "markdown" => TextFormat::Markdown,
        _ => {
            let a_word = (2..=20).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_alphabetic());
            let a_link = after.starts_with(['(', '[', ':']);
            return if a_word && !a_link { Prefix::Unknown(word.len() + 2) } else { Prefix::None };
        }
    };
    Prefix::Format(format, word.len() + 2)
}

/// The beginning of a text, short enough for a message.
pub(super) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 40;
    let line = text.trim().lines().next().unwrap_or("");
    match line.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", line[..cut].trim_end()),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Prefix, Span, TextFormat, excerpt, prefix, unescape};

    #[test]
    fn a_backslash_protects_signs_of_gift_and_nothing_else() {
        assert_eq!(unescape(r"\{a\}\~\=\#\: \\n \n|\*á\"), "{a}~=#: \\n \n|\\*á\\");
        let text = r"\~ \\~ ~";
        assert_eq!(Span { start: 0, end: text.len() }.find(text, b"~"), Some(5));
    }

    #[test]
    fn the_last_run_of_signs_is_found() {
        let find = |text: &str| Span { start: 0, end: text.len() }.find_last_run(text, b'#', 4);
        assert_eq!(find("a#b####c"), Some(3));
        assert_eq!(find("####a####b"), Some(5));
        assert_eq!(find("#####"), Some(1));
        assert_eq!(find(r"##\###"), None);
    }

    #[test]
    fn only_a_lone_word_in_brackets_is_a_format() {
        assert_eq!(prefix("[html]x"), Prefix::Format(TextFormat::Html, 6));
        assert_eq!(prefix("[wiki]x"), Prefix::Unknown(6));
        for text in ["[aquí](recurso:x)", "[Rosa mira]", "[]", "[x", "x"] {
            assert_eq!(prefix(text), Prefix::None, "{text}");
        }
    }

    #[test]
    fn an_excerpt_is_one_short_line() {
        assert_eq!(excerpt(" a\nb"), "a");
        assert_eq!(excerpt(&"ñ".repeat(50)), format!("{}…", "ñ".repeat(40)));
    }
}
