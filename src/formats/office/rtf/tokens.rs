//! RTF cut into groups, control words and bytes, read as a stream.

use std::io::{self, Read};

/// Bytes fetched at a time.
const CHUNK: usize = 16 * 1024;
/// Longest control word; the format allows 32 letters.
const MAX_WORD: usize = 32;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\word` with its number.
    Word(&'t str, Option<i32>),
    /// `\~`, `\*`: a sign with a meaning.
    Sign(u8),
    /// A byte of text, as it stands or as `\'e1`.
    Byte(u8),
}

/// Reads tokens.
pub(super) struct Tokens<R> {
    from: R,
    buffer: Vec<u8>,
    at: usize,
    /// Bytes that may still be fetched.
    left: u64,
    word: String,
}

impl<R: Read> Tokens<R> {
    pub(super) fn new(from: R, limit: u64) -> Self {
        Self { from, buffer: Vec::new(), at: 0, left: limit, word: String::new() }
    }

    /// Whether the limit was reached.
    pub(super) fn is_cut(&self) -> bool {
        self.left == 0
    }

    /// The next token; `None` at the end, or where the limit cuts.
    pub(super) fn next(&mut self) -> io::Result<Option<Token<'_>>> {
        loop {
            let Some(byte) = self.take()? else { return Ok(None) };
            return Ok(Some(match byte {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\r' | b'\n' | 0 => continue,
                b'\\' => return self.control(),
                byte => Token::Byte(byte),
            }));
        }
    }

    fn control(&mut self) -> io::Result<Option<Token<'_>>> {
        let Some(first) = self.take()? else { return Ok(None) };
        if first == b'\'' {
            let digits =
                [self.take()?, self.take()?].map(|digit| digit.and_then(|d| char::from(d).to_digit(16)));
            let [Some(high), Some(low)] = digits else { return Ok(Some(Token::Sign(b'\''))) };
            return Ok(Some(Token::Byte(u8::try_from(high * 16 + low).unwrap_or(b'?'))));
        }
        if !first.is_ascii_alphabetic() {
            return Ok(Some(match first {
                b'{' | b'}' | b'\\' => Token::Byte(first),
                sign => Token::Sign(sign),
            }));
        }
        self.word.clear();
        self.word.push(char::from(first));
        while let Some(letter) = self.peek()?.filter(u8::is_ascii_alphabetic) {
            self.at += 1;
            if self.word.len() <= MAX_WORD {
                self.word.push(char::from(letter));
            }
        }
        let negative = self.peek()? == Some(b'-');
        self.at += usize::from(negative);
        let mut number: Option<i32> = None;
        while let Some(digit) = self.peek()?.filter(u8::is_ascii_digit) {
            self.at += 1;
            number = Some(number.unwrap_or(0).saturating_mul(10).saturating_add(i32::from(digit - b'0')));
        }
        self.at += usize::from(self.peek()? == Some(b' '));
        let number = number.map(|number| if negative { -number } else { number });
        Ok(Some(Token::Word(&self.word, number)))
    }

    /// Passes over text up to the next group or control word.
    pub(super) fn pass_text(&mut self) -> io::Result<()> {
        while self.peek()?.is_some_and(|byte| !matches!(byte, b'{' | b'}' | b'\\')) {
            let rest = self.buffer.get(self.at..).unwrap_or_default();
            let text = rest.iter().position(|byte| matches!(byte, b'{' | b'}' | b'\\'));
            self.at += text.unwrap_or(rest.len());
        }
        Ok(())
    }

    /// Passes over so many bytes.
    pub(super) fn pass(&mut self, mut count: usize) -> io::Result<()> {
        while count > 0 && self.peek()?.is_some() {
            let step = count.min(self.buffer.len() - self.at);
            self.at += step;
            count -= step;
        }
        Ok(())
    }

    fn take(&mut self) -> io::Result<Option<u8>> {
        let byte = self.peek()?;
        self.at += usize::from(byte.is_some());
        Ok(byte)
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        if self.at >= self.buffer.len() && self.left > 0 {
            let most = self.left.min(u64::try_from(CHUNK).unwrap_or(u64::MAX));
            self.buffer.clear();
            self.at = 0;
            self.from.by_ref().take(most).read_to_end(&mut self.buffer)?;
            self.left -= most.min(u64::try_from(self.buffer.len()).unwrap_or(most));
        }
        Ok(self.buffer.get(self.at).copied())
    }
}
