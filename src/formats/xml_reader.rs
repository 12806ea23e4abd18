//! XML of any length, read piece by piece: tags and text, one at a time, in memory that does not grow with the file.
//! Names are given without their prefix. Nothing is checked that reading text does not need; no entity that a
//! document declares is ever looked at: such a document is refused.
//!
//! Trees of small documents are in `xml`.

use std::{
    borrow::Cow,
    io::{self, Read},
};

use crate::domain::finding::Finding;

use super::archive::shown;

/// Bytes fetched at a time, and most of a run of text given at once.
const CHUNK: usize = 16 * 1024;
/// Longest tag, comment or CDATA section, in bytes: a drawing may be one long attribute.
const MAX_TOKEN: usize = 2 << 20;
/// Deepest nesting of elements.
const MAX_DEPTH: usize = 256;

/// One piece.
#[derive(Clone, Copy)]
pub(super) enum Event<'x> {
    /// An element begins; one written short ends with the next event.
    Open(Tag<'x>),
    /// An element of that name ends.
    Close(&'x str),
    /// Text, its entities resolved; a long run comes in several pieces.
    Text(&'x str),
}

/// The tag that begins an element.
#[derive(Clone, Copy)]
pub(super) struct Tag<'x> {
    /// Name without its prefix.
    pub(super) name: &'x str,
    /// The prefix as written, with its colon; empty when there is none.
    pub(super) prefix: &'x str,
    attributes: &'x str,
}

impl Tag<'_> {
    /// Values of the attributes of that name, whatever their prefixes.
    pub(super) fn attributes(&self, name: &str) -> impl Iterator<Item = Cow<'_, str>> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            loop {
                let (key, after) = rest.split_once('=')?;
                let after = after.trim_start();
                let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
                let (value, after) = after.get(1..)?.split_once(quote)?;
                rest = after;
                if split(key.trim()).1 == name {
                    return Some(unescaped(value));
                }
            }
        })
    }

    /// The value of the first attribute of that name.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        self.attributes(name).next()
    }
}

/// Reads a document from a stream.
pub(super) struct Reader<'n, R> {
    from: R,
    name: &'n str,
    buffer: Vec<u8>,
    at: usize,
    ended: bool,
    /// Bytes that may still be fetched.
    left: u64,
    /// The last tag was an element written short, to be closed next; its name is in `text`.
    short: bool,
    /// Text of the last event, where it is not as in the buffer.
    text: String,
    depth: usize,
}

impl<'n, R: Read> Reader<'n, R> {
    /// A reader of at most `limit` bytes; `name` is for findings. A document cut by the limit just ends.
    pub(super) fn new(from: R, name: &'n str, limit: u64) -> Self {
        let buffer = Vec::new();
        let text = String::new();
        Self { from, name, buffer, at: 0, ended: false, left: limit, short: false, text, depth: 0 }
    }

    /// Bytes of the limit that were not used.
    pub(super) fn left(&self) -> u64 {
        self.left
    }

    /// Reads over what is inside the element that the last event began, and its end.
    ///
    /// # Errors
    /// As [`Reader::next`].
    pub(super) fn skip(&mut self) -> Result<(), Finding> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside && self.next()?.is_some() {}
        Ok(())
    }

    /// The next piece; `None` at the end, or where the limit cuts.
    ///
    /// # Errors
    /// `check-archive-file-damaged`: cannot be read, or is no XML; `check-xml-encoding`: not UTF-8;
    /// `check-xml-entities`: it declares entities.
    pub(super) fn next(&mut self) -> Result<Option<Event<'_>>, Finding> {
        if self.short {
            self.short = false;
            self.depth -= 1;
            return Ok(Some(Event::Close(&self.text)));
        }
        let (begin, end) = loop {
            if self.at > CHUNK {
                self.buffer.drain(..self.at);
                self.at = 0;
            }
            let begin = self.at;
            let end = match [self.byte(0)?, self.byte(1)?, self.byte(2)?] {
                [None, ..] if self.depth == 0 => return Ok(None),
                [None, ..] => return self.cut(),
                [Some(0 | 0xFE | 0xFF), ..] => {
                    return Err(Finding::error_of_whole("check-xml-encoding").with("name", shown(self.name)));
                }
                [Some(b'<'), Some(b'?'), _] => self.find(b"?>")?,
                [Some(b'<'), Some(b'!'), Some(b'-')] => self.find(b"-->")?,
                [Some(b'<'), Some(b'!'), Some(b'[')] => self.find(b"]]>")?,
                [Some(b'<'), ..] => self.tag_end()?,
                _ => Some(self.text_end()?),
            };
            let Some(end) = end else { return self.cut() };
            self.at = end;
            // Instructions, comments and a plain type say nothing.
            if !matches!(self.buffer.get(begin..end), Some([b'<', b'?', ..] | [b'<', b'!', b'-' | b'D', ..]))
            {
                break (begin, end);
            }
        };
        let token = self.buffer.get(begin..end).unwrap_or_default();
        match token {
            [b'<', b'!', b'[', b'C', b'D', b'A', b'T', b'A', b'[', text @ .., b']', b']', b'>'] => {
                self.text = String::from_utf8_lossy(text).into_owned();
                Ok(Some(Event::Text(&self.text)))
            }
            [b'<', b'!', ..] => Err(damaged(self.name)),
            [b'<', b'/', name @ .., b'>'] => {
                self.depth = self.depth.checked_sub(1).ok_or_else(|| damaged(self.name))?;
                let name = str::from_utf8(name).map_err(|_| damaged(self.name))?;
                Ok(Some(Event::Close(split(name.trim_end()).1)))
            }
            [b'<', inside @ .., b'>'] => {
                let inside = str::from_utf8(inside).map_err(|_| damaged(self.name))?;
                let whole = inside.strip_suffix('/');
                self.short = whole.is_some();
                let inside = whole.unwrap_or(inside);
                let (name, attributes) =
                    inside.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((inside, ""));
                self.depth += 1;
                if name.is_empty() || self.depth > MAX_DEPTH {
                    return Err(damaged(self.name));
                }
                let (prefix, name) = split(name);
                if self.short {
                    name.clone_into(&mut self.text);
                }
                Ok(Some(Event::Open(Tag { name, prefix, attributes })))
            }
            text => {
                self.text = match String::from_utf8_lossy(text) {
                    Cow::Borrowed(text) => unescaped(text).into_owned(),
                    Cow::Owned(text) => unescaped(&text).into_owned(),
                };
                Ok(Some(Event::Text(&self.text)))
            }
        }
    }

    /// The document ends before its end: that is only right where the limit cuts.
    fn cut(&self) -> Result<Option<Event<'_>>, Finding> {
        if self.left == 0 { Ok(None) } else { Err(damaged(self.name)) }
    }

    /// Fetches more; `false` at the end.
    fn fetch(&mut self) -> Result<bool, Finding> {
        let most = usize::try_from(self.left).unwrap_or(CHUNK).min(CHUNK);
        let length = self.buffer.len();
        self.buffer.resize(length + most, 0);
        let space = self.buffer.get_mut(length..).unwrap_or_default();
        let count = loop {
            match self.from.read(space) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        let count = count.map_err(|_| damaged(self.name))?;
        self.buffer.truncate(length + count);
        self.left = self.left.saturating_sub(u64::try_from(count).unwrap_or(u64::MAX));
        self.ended |= count == 0;
        Ok(count > 0)
    }

    fn byte(&mut self, ahead: usize) -> Result<Option<u8>, Finding> {
        while self.buffer.len() <= self.at + ahead && !self.ended {
            self.fetch()?;
        }
        Ok(self.buffer.get(self.at + ahead).copied())
    }

    /// Where the run of text from here ends: before a tag, or at a space when it is long.
    fn text_end(&mut self) -> Result<usize, Finding> {
        let (mut seen, mut spaceless) = (self.at, self.at + 1);
        loop {
            let new = self.buffer.get(seen..).unwrap_or_default();
            if let Some(end) = new.iter().position(|byte| *byte == b'<') {
                return Ok(seen + end);
            }
            if self.buffer.len() - self.at > CHUNK {
                let run = self.buffer.get(spaceless..).unwrap_or_default();
                if let Some(space) = run.iter().rposition(u8::is_ascii_whitespace) {
                    return Ok(spaceless + space);
                }
                spaceless = self.buffer.len();
            }
            seen = self.buffer.len();
            if seen - self.at > MAX_TOKEN {
                return Err(damaged(self.name));
            }
            if self.ended || !self.fetch()? {
                return Ok(seen);
            }
        }
    }

    /// Where the mark from here ends.
    fn find(&mut self, mark: &[u8]) -> Result<Option<usize>, Finding> {
        let mut seen = self.at + 2;
        loop {
            let new = self.buffer.get(seen..).unwrap_or_default();
            if let Some(at) = new.windows(mark.len()).position(|window| window == mark) {
                return Ok(Some(seen + at + mark.len()));
            }
            seen = seen.max((self.buffer.len() + 1).saturating_sub(mark.len()));
            if !self.more_of_token()? {
                return Ok(None);
            }
        }
    }

    /// Where the tag from here ends, behind its `>`.
    fn tag_end(&mut self) -> Result<Option<usize>, Finding> {
        let (mut seen, mut quote) = (self.at + 1, None);
        let declaration = self.byte(1)? == Some(b'!');
        loop {
            for byte in self.buffer.get(seen..).unwrap_or_default() {
                seen += 1;
                match (byte, quote) {
                    (b'>', None) => return Ok(Some(seen)),
                    (b'"' | b'\'', None) => quote = Some(*byte),
                    // A type with declarations inside.
                    (b'[', None) if declaration => {
                        return Err(
                            Finding::error_of_whole("check-xml-entities").with("name", shown(self.name))
                        );
                    }
                    (b'<', _) => return Err(damaged(self.name)),
                    (byte, Some(open)) if *byte == open => quote = None,
                    _ => {}
                }
            }
            if !self.more_of_token()? {
                return Ok(None);
            }
        }
    }

    fn more_of_token(&mut self) -> Result<bool, Finding> {
        if self.buffer.len() - self.at > MAX_TOKEN {
            return Err(damaged(self.name));
        }
        Ok(!self.ended && self.fetch()?)
    }
}

/// `w:p` → `w:` and `p`.
fn split(name: &str) -> (&str, &str) {
    name.split_at(name.rfind(':').map_or(0, |colon| colon + 1))
}

fn damaged(name: &str) -> Finding {
    Finding::error_of_whole("check-archive-file-damaged").with("name", shown(name))
}

/// The five entities of XML and numbered characters; others stay as written.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let end = after.bytes().take(10).position(|byte| byte == b';');
        let known = end.and_then(|end| Some((entity(after.get(..end)?)?, after.get(end + 1..)?)));
        out.push(known.map_or('&', |(c, _)| c));
        rest = known.map_or(after, |(_, after)| after);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control() || c.is_whitespace())?
        }
    })
}
