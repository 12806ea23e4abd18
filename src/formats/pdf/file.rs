//! A PDF as numbered objects. They are found by reading the file through once, not by its tables: so a damaged file
//! is read like a whole one. All work is counted, and ends when the count is used up.

use std::{cell::Cell, collections::HashMap, io::Read};

use super::objects::{Dict, Lexer, Object, hex};

/// Most bytes of one unpacked stream.
const MAX_STREAM: u64 = 8 * 1024 * 1024;
/// Most bytes of all object streams together.
const MAX_PACKED: usize = 24 * 1024 * 1024;
/// Bytes that may be looked at in all, besides the first reading.
const WORK: u64 = 192 * 1024 * 1024;
/// Most objects.
const MAX_OBJECTS: usize = 500_000;

#[derive(Clone, Copy)]
enum Place {
    /// Behind `obj`.
    At(usize),
    /// In an unpacked object stream, at a byte.
    In(usize, usize),
}

/// The file and where its objects stand.
pub(super) struct File<'a> {
    bytes: &'a [u8],
    places: HashMap<u32, Place>,
    packed: Vec<Vec<u8>>,
    /// What the trailers say, the last one first.
    pub(super) trailer: Dict,
    work: Cell<u64>,
}

impl<'a> File<'a> {
    /// Reads through the file.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let mut file = File {
            bytes,
            places: HashMap::new(),
            packed: Vec::new(),
            trailer: Dict::new(),
            work: Cell::new(WORK),
        };
        let mut streams = Vec::new();
        for (at, _) in bytes.windows(3).enumerate().filter(|(_, word)| *word == b"obj") {
            if file.places.len() >= MAX_OBJECTS {
                break;
            }
            if let Some(number) = bytes.get(at.saturating_sub(24)..at).and_then(number_before) {
                file.places.insert(number, Place::At(at + 3));
                let head = bytes.get(at + 3..bytes.len().min(at + 403)).unwrap_or_default();
                let head = head.split(|byte| *byte == b'>').take(3).collect::<Vec<_>>().concat();
                if head.windows(6).any(|word| word == b"ObjStm")
                    || head.windows(4).any(|word| word == b"XRef")
                {
                    streams.push(number);
                }
            }
        }
        for (at, _) in bytes.windows(7).enumerate().filter(|(_, word)| *word == b"trailer") {
            if let Some(Object::Dict(dict)) = file.parse(at + 7) {
                file.trailer.extend(dict);
            }
        }
        for number in streams {
            file.open_stream_of_objects(number);
        }
        file
    }

    /// Takes work from what is left; `None` when nothing is.
    pub(super) fn spend(&self, amount: usize) -> Option<()> {
        let left = self.work.get().checked_sub(u64::try_from(amount).ok()?)?;
        self.work.set(left);
        Some(())
    }

    fn parse(&self, at: usize) -> Option<Object> {
        let mut lexer = Lexer::new(self.bytes, at);
        let object = lexer.next();
        self.spend(lexer.at.saturating_sub(at) + 16)?;
        object
    }

    fn open_stream_of_objects(&mut self, number: u32) {
        let Some(Object::Dict(dict)) = self.get(number) else { return };
        match self.name(&dict, b"Type").as_deref() {
            Some(b"XRef") => self.trailer.extend(dict),
            Some(b"ObjStm") if self.packed.iter().map(Vec::len).sum::<usize>() < MAX_PACKED => {
                let Some(data) = self.stream(number) else { return };
                let value = |key: &[u8]| self.value(&dict, key).and_then(|value| value.whole());
                let (Some(count), Some(first)) = (value(b"N"), value(b"First")) else { return };
                let mut head = Lexer::new(&data, 0);
                for _ in 0..count.min(10_000) {
                    let (Some(number), Some(at)) = (
                        head.next().and_then(|number| number.whole()),
                        head.next()
                            .and_then(|offset| offset.whole())
                            .and_then(|at| usize::try_from(at + first).ok()),
                    ) else {
                        break;
                    };
                    self.places.entry(number).or_insert(Place::In(self.packed.len(), at));
                }
                self.packed.push(data);
            }
            _ => {}
        }
    }

    /// The object of a number.
    pub(super) fn get(&self, number: u32) -> Option<Object> {
        match *self.places.get(&number)? {
            Place::At(at) => self.parse(at),
            Place::In(stream, at) => {
                let mut lexer = Lexer::new(self.packed.get(stream)?, at);
                let object = lexer.next();
                self.spend(lexer.at.saturating_sub(at) + 16)?;
                object
            }
        }
    }

    /// What a reference leads to, at most through a few more.
    pub(super) fn resolve(&self, object: &Object) -> Option<Object> {
        let mut object = object.clone();
        for _ in 0..8 {
            let Object::Ref(number) = object else { return Some(object) };
            object = self.get(number)?;
        }
        None
    }

    /// A value of a dictionary, references followed.
    pub(super) fn value(&self, dict: &Dict, key: &[u8]) -> Option<Object> {
        self.resolve(dict.get(key)?)
    }

    /// A dictionary in a dictionary.
    pub(super) fn dict(&self, dict: &Dict, key: &[u8]) -> Option<Dict> {
        if let Object::Dict(dict) = self.value(dict, key)? { Some(dict) } else { None }
    }

    /// An array in a dictionary.
    pub(super) fn array(&self, dict: &Dict, key: &[u8]) -> Option<Vec<Object>> {
        if let Object::Array(items) = self.value(dict, key)? { Some(items) } else { None }
    }

    /// A name in a dictionary.
    pub(super) fn name(&self, dict: &Dict, key: &[u8]) -> Option<Vec<u8>> {
        if let Object::Name(name) = self.value(dict, key)? { Some(name) } else { None }
    }

    /// The unpacked bytes of a stream; `None` for packings that only pictures use.
    pub(super) fn stream(&self, number: u32) -> Option<Vec<u8>> {
        let Some(Place::At(at)) = self.places.get(&number).copied() else { return None };
        let mut lexer = Lexer::new(self.bytes, at);
        let Some(Object::Dict(dict)) = lexer.next() else { return None };
        if lexer.next()? != Object::Word(b"stream".to_vec()) {
            return None;
        }
        let begin = match self.bytes.get(lexer.at..)? {
            [b'\r', b'\n', ..] => lexer.at + 2,
            _ => lexer.at + 1,
        };
        let rest = self.bytes.get(begin..)?;
        let length = self.value(&dict, b"Length").and_then(|length| usize::try_from(length.whole()?).ok());
        let told = length.and_then(|length| {
            let after = rest.get(length..length.saturating_add(12).min(rest.len()))?;
            after.trim_ascii_start().starts_with(b"endstr").then(|| rest.get(..length))?
        });
        let raw = if let Some(raw) = told {
            raw
        } else {
            let end = rest.windows(9).position(|word| word == b"endstream");
            self.spend(end.unwrap_or(rest.len()))?;
            rest.get(..end?)?
        };
        let filters = match self.value(&dict, b"Filter") {
            None | Some(Object::Null) => Vec::new(),
            Some(Object::Array(filters)) => filters,
            Some(filter) => vec![filter],
        };
        if filters.len() > 3 {
            return None;
        }
        let mut data = raw.to_vec();
        for filter in &filters {
            let Some(Object::Name(filter)) = self.resolve(filter) else { return None };
            data = match filter.as_slice() {
                b"FlateDecode" | b"Fl" => inflate(&data),
                b"ASCIIHexDecode" | b"AHx" => hex(&data),
                b"ASCII85Decode" | b"A85" => ascii85(&data),
                _ => return None,
            };
        }
        self.spend(data.len().max(raw.len()))?;
        Some(data)
    }
}

/// `12 0 ` at the end of the bytes → 12.
fn number_before(bytes: &[u8]) -> Option<u32> {
    let text = bytes.rsplit(|byte| !(byte.is_ascii_digit() || byte.is_ascii_whitespace())).next()?;
    let mut words = str::from_utf8(text).ok()?.split_ascii_whitespace().rev();
    let (_generation, number) = (words.next()?, words.next()?);
    number.parse().ok()
}

/// What can be unpacked: a stream cut short gives its beginning.
fn inflate(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let _ = flate2::read::ZlibDecoder::new(data).take(MAX_STREAM).read_to_end(&mut out);
    if out.is_empty() {
        let _ = flate2::read::DeflateDecoder::new(data).take(MAX_STREAM).read_to_end(&mut out);
    }
    out
}

fn ascii85(data: &[u8]) -> Vec<u8> {
    let (mut out, mut group) = (Vec::new(), Vec::with_capacity(5));
    for byte in data {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            _ => {}
        }
        if group.len() == 5 {
            out.extend(word85(&group).to_be_bytes());
            group.clear();
        }
    }
    if group.len() > 1 {
        let count = group.len() - 1;
        group.resize(5, 84);
        out.extend(word85(&group).to_be_bytes().iter().take(count));
    }
    out
}

fn word85(group: &[u32]) -> u32 {
    group.iter().fold(0, |word: u32, digit| word.wrapping_mul(85).wrapping_add(*digit))
}
