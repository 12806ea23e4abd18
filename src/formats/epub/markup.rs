//! Markup as a run of tags and texts: reads XHTML as books write it, broken or not, and the clean HTML made of it.
//! Knows no element; never fails: what is not closed is left out.

use std::{borrow::Cow, ops::Range};

/// One piece of markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::formats) enum Token<'t> {
    /// `<name attributes>`; `closed` for `<name/>`.
    Start { name: &'t str, attributes: &'t str, closed: bool },
    /// `</name>`
    End { name: &'t str },
    /// Text as written, references not resolved.
    Text(&'t str),
    /// Text of a CDATA section: nothing in it is a reference.
    Verbatim(&'t str),
}

/// The tokens of a text, in order.
#[derive(Debug, Clone)]
pub(in crate::formats) struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Tokens<'t> {
    pub(in crate::formats) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The next token and where it stands, in bytes.
    pub(super) fn next_with_range(&mut self) -> Option<(Token<'t>, Range<usize>)> {
        loop {
            let start = self.at;
            let rest = self.rest();
            if rest.is_empty() {
                return None;
            }
            let Some(markup) = rest.strip_prefix('<') else {
                let text = rest.find('<').map_or(rest, |end| rest.get(..end).unwrap_or(rest));
                self.at += text.len();
                return Some((Token::Text(text), start..self.at));
            };
            let token = match markup.as_bytes().first() {
                Some(b'!') => self.declaration(markup),
                Some(b'?') => {
                    self.pass(markup, "?>", 1);
                    None
                }
                Some(b'/') => Some(self.end_tag(markup)),
                Some(c) if c.is_ascii_alphabetic() => self.start_tag(markup),
                _ => {
                    self.at += 1;
                    rest.get(..1).map(Token::Text)
                }
            };
            if let Some(token) = token {
                return Some((token, start..self.at));
            }
        }
    }

    /// Passes over everything up to and with `</name>`: what stands in a script is not markup.
    pub(super) fn skip_raw(&mut self, name: &str) -> &'t str {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let mut from = 0;
        while let Some(found) = bytes.get(from..).and_then(|b| b.windows(2).position(|pair| pair == b"</")) {
            let at = from + found;
            let named = bytes.get(at + 2..at + 2 + name.len());
            if named.is_some_and(|named| named.eq_ignore_ascii_case(name.as_bytes())) {
                let inner = rest.get(..at).unwrap_or_default();
                let after = rest.get(at..).unwrap_or_default();
                self.at += at + after.find('>').map_or(after.len(), |end| end + 1);
                return inner;
            }
            from = at + 2;
        }
        self.at = self.text.len();
        rest
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Moves behind `end`, looked for in `markup` (what follows the `<`) from byte `from`.
    fn pass(&mut self, markup: &str, end: &str, from: usize) -> Option<usize> {
        let found = markup.get(from..).and_then(|rest| rest.find(end)).map(|at| from + at);
        self.at = found.map_or(self.text.len(), |at| self.at + 1 + at + end.len());
        found
    }

    fn declaration(&mut self, markup: &'t str) -> Option<Token<'t>> {
        const VERBATIM: &str = "![CDATA[";
        if markup.starts_with("!--") {
            self.pass(markup, "-->", 3);
            return None;
        }
        if markup.starts_with(VERBATIM) {
            let end = self.pass(markup, "]]>", VERBATIM.len()).unwrap_or(markup.len());
            return markup.get(VERBATIM.len()..end).map(Token::Verbatim);
        }
        // A DOCTYPE may hold declarations of its own between brackets.
        let own = markup.find(['[', '>']).filter(|at| markup.as_bytes().get(*at) == Some(&b'['));
        match own {
            Some(at) => {
                let close = markup.get(at..).and_then(|rest| rest.find(']')).map_or(markup.len(), |e| at + e);
                self.pass(markup, ">", close)
            }
            None => self.pass(markup, ">", 1),
        };
        None
    }

    fn end_tag(&mut self, markup: &'t str) -> Token<'t> {
        let end = self.pass(markup, ">", 1).unwrap_or(markup.len());
        let inner = markup.get(1..end).unwrap_or_default();
        Token::End { name: inner.split(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default() }
    }

    fn start_tag(&mut self, markup: &'t str) -> Option<Token<'t>> {
        let name_end = markup.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>');
        let name_end = name_end.unwrap_or(markup.len());
        let mut quote = None;
        let end = markup.bytes().enumerate().skip(name_end).find(|(_, byte)| match (quote, byte) {
            (None, b'>') => true,
            (None, b'"' | b'\'') => {
                quote = Some(*byte);
                false
            }
            (Some(open), byte) => {
                if open == *byte {
                    quote = None;
                }
                false
            }
            _ => false,
        });
        let Some((end, _)) = end else {
            self.at = self.text.len();
            return None;
        };
        self.at += 1 + end + 1;
        let attributes = markup.get(name_end..end).unwrap_or_default();
        let open = attributes.strip_suffix('/');
        Some(Token::Start {
            name: markup.get(..name_end).unwrap_or_default(),
            attributes: open.unwrap_or(attributes),
            closed: open.is_some(),
        })
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        self.next_with_range().map(|(token, _)| token)
    }
}

/// The name without its prefix, in small letters.
pub(super) fn local_name(name: &str) -> String {
    name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase()
}

/// Name and raw value of each attribute of a tag; one without a value has an empty one.
pub(in crate::formats) fn attributes(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/' || c == '=');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=').unwrap_or(rest.len());
        let (name, after) = rest.split_at_checked(end)?;
        let Some(value) = after.trim_ascii_start().strip_prefix('=') else {
            rest = after;
            return Some((name, ""));
        };
        let value = value.trim_ascii_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = if let Some(quote) = quote {
            let inner = value.get(1..).unwrap_or_default();
            inner.split_once(quote).unwrap_or((inner, ""))
        } else {
            let end = value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len());
            value.split_at_checked(end)?
        };
        rest = after;
        Some((name, value))
    })
}

/// The raw value of the attribute of this local name.
pub(in crate::formats) fn attribute<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    attributes(text).find(|(key, _)| key.rsplit(':').next() == Some(name)).map(|(_, value)| value)
}

/// References resolved: the five of XML, numbers, and the named ones of Spanish texts. Others stay as written.
pub(in crate::formats) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let end = after.bytes().take(12).position(|byte| byte == b';');
        let reference = end.and_then(|end| after.get(..end));
        if let (Some(c), Some(end)) = (reference.and_then(named), end) {
            out.push(c);
            rest = after.get(end + 1..).unwrap_or_default();
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn named(reference: &str) -> Option<char> {
    if let Some(number) = reference.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control() || c.is_whitespace());
    }
    NAMED.iter().find(|(name, _)| *name == reference).map(|(_, c)| *c)
}

const NAMED: [(&str, char); 37] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{A0}'),
    ("shy", '\u{AD}'),
    ("aacute", 'á'),
    ("eacute", 'é'),
    ("iacute", 'í'),
    ("oacute", 'ó'),
    ("uacute", 'ú'),
    ("uuml", 'ü'),
    ("ntilde", 'ñ'),
    ("Aacute", 'Á'),
    ("Eacute", 'É'),
    ("Iacute", 'Í'),
    ("Oacute", 'Ó'),
    ("Uacute", 'Ú'),
    ("Uuml", 'Ü'),
    ("Ntilde", 'Ñ'),
    ("iexcl", '¡'),
    ("iquest", '¿'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("hellip", '…'),
    ("deg", '°'),
    ("ordm", 'º'),
    ("ordf", 'ª'),
    ("copy", '©'),
    ("middot", '·'),
];

/// Text as markup: `&`, `<`, `>` and `"` written as references.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Adds text to `out` with every run of spaces as one, none at the beginning.
pub(in crate::formats) fn push_collapsed(out: &mut String, text: &str) {
    for c in text.chars() {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
}

/// The text up to a byte, or up to the sign before it when it lies inside one.
pub(in crate::formats) fn cut_at(text: &str, at: usize) -> &str {
    let at = at.min(text.len());
    (at.saturating_sub(3)..=at).rev().find_map(|at| text.get(..at)).unwrap_or_default()
}
