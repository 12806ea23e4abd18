//! A PDF as numbered objects. They are found by reading the file through once, not by its tables: so a damaged file
//! is read like a whole one. Only where they stand is kept, and each is fetched when it is asked for. All work is
//! counted, and ends when the count is used up.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    io,
};

use super::{
    filters::{MAX_STREAM, Predictor, unpack},
    objects::{Dict, Lexer, Object},
    source::{Mark, ReadSeek, Source},
};

/// Most bytes of all object streams together.
const MAX_PACKED: usize = 12 * 1024 * 1024;
/// Most objects.
const MAX_OBJECTS: usize = 500_000;
/// Bytes fetched for one object: few at first, more when it does not end in them.
const WINDOWS: [usize; 4] = [1 << 10, 16 << 10, 256 << 10, 2 << 20];

#[derive(Clone, Copy)]
enum Place {
    /// Behind `obj`.
    At(u64),
    /// In an unpacked object stream, at a byte; and where that stream itself stands.
    In(usize, usize, u64),
}

/// The file and where its objects stand.
pub(super) struct File<'a> {
    source: RefCell<Source<'a>>,
    places: HashMap<u32, Place>,
    packed: Vec<Vec<u8>>,
    /// What the trailers say, the last one first.
    pub(super) trailer: Dict,
    work: Cell<u64>,
    /// Something was larger than is unpacked.
    cut: Cell<bool>,
}

impl<'a> File<'a> {
    /// Reads through the file; `work` is how many bytes may be looked at besides.
    pub(super) fn new(from: &'a mut dyn ReadSeek, work: u64) -> io::Result<Self> {
        let mut source = Source::new(from)?;
        let (mut places, mut streams, mut trailers) = (HashMap::new(), Vec::new(), Vec::new());
        source.pass(|mark| {
            match mark {
                Mark::Object(number, at, holds_objects) => {
                    places.insert(number, Place::At(at));
                    if holds_objects {
                        streams.push(number);
                    }
                }
                Mark::Trailer(at) => trailers.push(at),
            }
            places.len() < MAX_OBJECTS && trailers.len() < MAX_OBJECTS && streams.len() < MAX_OBJECTS
        });
        let mut file = File {
            source: RefCell::new(source),
            cut: Cell::new(places.len() >= MAX_OBJECTS),
            places,
            packed: Vec::new(),
            trailer: Dict::new(),
            work: Cell::new(work),
        };
        for at in trailers {
            if let Some((Object::Dict(dict), _)) = file.parse(at) {
                file.trailer.extend(dict);
            }
        }
        for number in streams {
            file.open_stream_of_objects(number);
        }
        Ok(file)
    }

    /// Takes work from what is left; `None` when nothing is.
    pub(super) fn spend(&self, amount: usize) -> Option<()> {
        let left = self.work.get().checked_sub(u64::try_from(amount).ok()?);
        self.work.set(left.unwrap_or(0));
        left.map(drop)
    }

    /// Whether something was left out, or no work is left.
    pub(super) fn is_cut(&self) -> bool {
        self.cut.get() || self.spend(1_000).is_none()
    }

    /// The object that begins at a place, and where it ends.
    fn parse(&self, at: u64) -> Option<(Object, u64)> {
        for window in WINDOWS {
            self.spend(64)?;
            let mut source = self.source.try_borrow_mut().ok()?;
            let bytes = source.bytes(at, window);
            let mut lexer = Lexer::new(&bytes, 0);
            let object = lexer.next();
            self.spend(lexer.at)?;
            // The lexer may look a reference further than the object.
            let whole = lexer.at + 32 < bytes.len() || bytes.len() < window;
            if whole {
                return Some((object?, at + u64::try_from(lexer.at).ok()?));
            }
        }
        self.cut.set(true);
        None
    }

    fn open_stream_of_objects(&mut self, number: u32) {
        let (Some(Object::Dict(dict)), Some(Place::At(here))) =
            (self.get(number), self.places.get(&number).copied())
        else {
            return;
        };
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
                            .and_then(|at| usize::try_from(at.checked_add(first)?).ok()),
                    ) else {
                        break;
                    };
                    // What was written later holds.
                    let older = match self.places.get(&number) {
                        Some(Place::At(at) | Place::In(_, _, at)) => *at < here,
                        None => self.places.len() < MAX_OBJECTS,
                    };
                    if older {
                        self.places.insert(number, Place::In(self.packed.len(), at, here));
                    }
                }
                self.packed.push(data);
            }
            Some(b"ObjStm") => self.cut.set(true),
            _ => {}
        }
    }

    /// The object of a number.
    pub(super) fn get(&self, number: u32) -> Option<Object> {
        match *self.places.get(&number)? {
            Place::At(at) => self.parse(at).map(|(object, _)| object),
            Place::In(stream, at, _) => {
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
        let (Object::Dict(dict), end) = self.parse(at)? else { return None };
        let head = self.bytes(end, 64)?;
        let mut lexer = Lexer::new(&head, 0);
        if lexer.next()? != Object::Word(b"stream".to_vec()) {
            return None;
        }
        let line = if head.get(lexer.at..)?.starts_with(b"\r\n") { 2 } else { 1 };
        let begin = end + u64::try_from(lexer.at + line).ok()?;
        let length = self.value(&dict, b"Length").and_then(|length| usize::try_from(length.whole()?).ok());
        let mut data = match length {
            Some(length) if self.ends_at(begin, length) => self.bytes(begin, length.min(MAX_STREAM))?,
            _ => self.bytes_to_end(begin)?,
        };
        self.cut.set(self.cut.get() || data.len() >= MAX_STREAM);
        let list = |key: &[u8]| match self.value(&dict, key) {
            None | Some(Object::Null) => Vec::new(),
            Some(Object::Array(items)) => items,
            Some(item) => vec![item],
        };
        let (filters, settings) = (list(b"Filter"), list(b"DecodeParms"));
        if filters.len() > 3 {
            return None;
        }
        for (at, filter) in filters.iter().enumerate() {
            let Some(Object::Name(filter)) = self.resolve(filter) else { return None };
            let setting = settings.get(at).and_then(|setting| self.resolve(setting));
            data = unpack(&filter, &data, self.predictor(setting))?;
            self.spend(data.len())?;
            self.cut.set(self.cut.get() || data.len() >= MAX_STREAM);
        }
        Some(data)
    }

    fn predictor(&self, setting: Option<Object>) -> Predictor {
        let setting = if let Some(Object::Dict(setting)) = setting { setting } else { Dict::new() };
        let value = |key: &[u8], usual| {
            let value = self.value(&setting, key).and_then(|value| value.whole());
            value.unwrap_or(usual).min(1_000_000)
        };
        let size = |key: &[u8], usual| usize::try_from(value(key, usual)).unwrap_or(1);
        Predictor {
            kind: value(b"Predictor", 1),
            colors: size(b"Colors", 1),
            bits: size(b"BitsPerComponent", 8),
            columns: size(b"Columns", 1),
            early: value(b"EarlyChange", 1) == 1,
        }
    }

    fn bytes(&self, at: u64, count: usize) -> Option<Vec<u8>> {
        self.spend(count)?;
        Some(self.source.try_borrow_mut().ok()?.bytes(at, count))
    }

    /// Whether a stream of the told length ends there.
    fn ends_at(&self, begin: u64, length: usize) -> bool {
        let after = u64::try_from(length).ok().and_then(|length| self.bytes(begin.checked_add(length)?, 12));
        after.is_some_and(|after| after.trim_ascii_start().starts_with(b"endstr"))
    }

    /// The bytes before `endstream`, for streams that do not tell their length or lie.
    fn bytes_to_end(&self, begin: u64) -> Option<Vec<u8>> {
        let mut count = 64 << 10;
        loop {
            let mut bytes = self.bytes(begin, count)?;
            let end = bytes.windows(9).position(|word| word == b"endstream");
            if let Some(end) = end {
                bytes.truncate(end);
                return Some(bytes);
            }
            if bytes.len() < count || count >= MAX_STREAM {
                return None;
            }
            count *= 4;
        }
    }
}
