//! Objects of PDF (ISO 32000-1, 7.3) out of bytes: depth and number are limited, nothing is followed.

use std::collections::BTreeMap;

/// Deepest nesting of arrays and dictionaries.
const MAX_DEPTH: usize = 32;
/// Most parts of one object.
const MAX_PARTS: usize = 100_000;

pub(super) type Dict = BTreeMap<Vec<u8>, Object>;

/// A value, or in a content stream an operator.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Object {
    Null,
    Number(f64),
    Text(Vec<u8>),
    Name(Vec<u8>),
    Array(Vec<Object>),
    Dict(Dict),
    /// A reference to the object of that number.
    Ref(u32),
    /// Any other word: an operator, `obj`, `stream`, `true`.
    Word(Vec<u8>),
}

impl Object {
    /// The number as a whole one from 0 up.
    pub(super) fn whole(&self) -> Option<u32> {
        match self {
            Self::Number(value) if (0.0..4e9).contains(value) => format!("{value:.0}").parse().ok(),
            _ => None,
        }
    }

    pub(super) fn number(&self) -> Option<f64> {
        if let Self::Number(value) = self { Some(*value) } else { None }
    }
}

/// Reads objects one after another.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
    parts: usize,
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_regular(byte: u8) -> bool {
    !is_blank(byte) && !b"()<>[]{}/%".contains(&byte)
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, parts: 0 }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at.checked_add(ahead)?).copied()
    }

    fn skip(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.peek(0).is_some_and(&wanted) {
            self.at += 1;
        }
    }

    fn blanks(&mut self) {
        self.skip(is_blank);
        while self.peek(0) == Some(b'%') {
            self.skip(|byte| !matches!(byte, 10 | 13));
            self.skip(is_blank);
        }
    }

    /// The next object or word; `None` at the end, or when it is nested or long beyond measure.
    pub(super) fn next(&mut self) -> Option<Object> {
        self.parts = 0;
        self.object(0)
    }

    fn object(&mut self, depth: usize) -> Option<Object> {
        self.blanks();
        self.parts += 1;
        let byte = self.peek(0)?;
        if depth > MAX_DEPTH || self.parts > MAX_PARTS {
            return None;
        }
        match byte {
            b'/' => {
                self.at += 1;
                Some(Object::Name(self.name()))
            }
            b'(' => Some(Object::Text(self.literal())),
            b'<' if self.peek(1) == Some(b'<') => {
                self.at += 2;
                self.dict(depth)
            }
            b'<' => {
                self.at += 1;
                let begin = self.at;
                self.skip(|byte| byte != b'>');
                let digits = self.bytes.get(begin..self.at)?;
                self.at += 1;
                Some(Object::Text(hex(digits)))
            }
            b'[' => {
                self.at += 1;
                self.array(depth)
            }
            b'>' if self.peek(1) == Some(b'>') => {
                self.at += 2;
                Some(Object::Word(b">>".to_vec()))
            }
            b'+' | b'-' | b'.' | b'0'..=b'9' => Some(self.number_or_reference()),
            byte if is_regular(byte) => {
                let begin = self.at;
                self.skip(is_regular);
                let word = self.bytes.get(begin..self.at)?;
                Some(if word == b"null" { Object::Null } else { Object::Word(word.to_vec()) })
            }
            byte => {
                self.at += 1;
                Some(Object::Word(vec![byte]))
            }
        }
    }

    fn name(&mut self) -> Vec<u8> {
        let mut name = Vec::new();
        while let Some(byte) = self.peek(0).filter(|byte| is_regular(*byte)) {
            self.at += 1;
            let code = self
                .bytes
                .get(self.at..self.at + 2)
                .filter(|code| byte == b'#' && code.iter().all(u8::is_ascii_hexdigit));
            if let Some(code) = code {
                name.extend(hex(code));
                self.at += 2;
            } else {
                name.push(byte);
            }
        }
        name
    }

    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let (mut text, mut open) = (Vec::new(), 1_usize);
        while let Some(byte) = self.peek(0) {
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => open -= 1,
                b'\\' => {
                    text.extend(self.escape());
                    continue;
                }
                _ => {}
            }
            if open == 0 {
                break;
            }
            text.push(byte);
        }
        text
    }

    fn escape(&mut self) -> Option<u8> {
        let byte = self.peek(0)?;
        self.at += 1;
        Some(match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' | b'f' => b' ',
            b'\r' => {
                self.at += usize::from(self.peek(0) == Some(b'\n'));
                return None;
            }
            b'\n' => return None,
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit) = self.peek(0).filter(|digit| (b'0'..=b'7').contains(digit)) else {
                        break;
                    };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                u8::try_from(code & 0xff).ok()?
            }
            other => other,
        })
    }

    fn dict(&mut self, depth: usize) -> Option<Object> {
        let mut dict = Dict::new();
        loop {
            match self.object(depth + 1)? {
                Object::Name(key) => {
                    let value = self.object(depth + 1)?;
                    if value == Object::Word(b">>".to_vec()) {
                        break;
                    }
                    dict.insert(key, value);
                }
                Object::Word(word) if word == b"endobj" || word == b">>" => break,
                _ => {}
            }
        }
        Some(Object::Dict(dict))
    }

    fn array(&mut self, depth: usize) -> Option<Object> {
        let mut items = Vec::new();
        loop {
            match self.object(depth + 1)? {
                Object::Word(word) if word == b"]" || word == b"endobj" => break,
                item => items.push(item),
            }
        }
        Some(Object::Array(items))
    }

    fn digits(&mut self) -> &'a [u8] {
        let begin = self.at;
        self.skip(|byte| matches!(byte, b'+' | b'-' | b'.' | b'0'..=b'9'));
        self.bytes.get(begin..self.at).unwrap_or_default()
    }

    /// A number, or `12 0 R`.
    fn number_or_reference(&mut self) -> Object {
        let first = self.digits();
        let after = self.at;
        if let Some(number) = str::from_utf8(first).ok().and_then(|digits| digits.parse::<u32>().ok()) {
            self.skip(is_blank);
            let generation = self.digits();
            let spaced = self.peek(0).is_some_and(is_blank);
            self.skip(is_blank);
            let ends = !self.peek(1).is_some_and(is_regular);
            if (1..=5).contains(&generation.len()) && spaced && self.peek(0) == Some(b'R') && ends {
                self.at += 1;
                return Object::Ref(number);
            }
            self.at = after;
        }
        Object::Number(str::from_utf8(first).ok().and_then(|digits| digits.parse().ok()).unwrap_or(0.0))
    }
}

/// Bytes of hexadecimal digits; an odd last digit counts as if a 0 followed, other characters not at all.
pub(super) fn hex(digits: &[u8]) -> Vec<u8> {
    let values: Vec<u8> = digits
        .iter()
        .filter_map(|digit| char::from(*digit).to_digit(16).and_then(|value| u8::try_from(value).ok()))
        .collect();
    values.chunks(2).map(|pair| pair.first().unwrap_or(&0) << 4 | pair.get(1).unwrap_or(&0)).collect()
}
