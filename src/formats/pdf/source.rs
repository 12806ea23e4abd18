//! The bytes of a PDF, fetched where they are wanted; and one passage through all of them, that tells where objects
//! may begin.

use std::io::{self, Read, Seek, SeekFrom};

/// Bytes of one step of the passage.
const STEP: usize = 64 * 1024;
/// What is looked at before and behind a word.
const BEFORE: usize = 24;
const BEHIND: usize = 400;

/// A file, a place in memory.
pub(super) trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// What the passage meets.
pub(super) enum Mark {
    /// `12 0 obj`: the number, the place behind the word, and whether it says that it holds objects or a table.
    Object(u32, u64, bool),
    /// The place behind `trailer`.
    Trailer(u64),
}

/// A file of any length.
pub(super) struct Source<'a> {
    from: &'a mut dyn ReadSeek,
    pub(super) length: u64,
}

impl<'a> Source<'a> {
    pub(super) fn new(from: &'a mut dyn ReadSeek) -> io::Result<Self> {
        let length = from.seek(SeekFrom::End(0))?;
        Ok(Self { from, length })
    }

    /// Up to `count` bytes from a place; fewer at the end, none where nothing can be read.
    pub(super) fn bytes(&mut self, at: u64, count: usize) -> Vec<u8> {
        let left = usize::try_from(self.length.saturating_sub(at)).unwrap_or(usize::MAX);
        let count = count.min(left);
        let mut bytes = Vec::with_capacity(count);
        if count > 0 && self.from.seek(SeekFrom::Start(at)).is_ok() {
            let _ = self.from.take(u64::try_from(count).unwrap_or(0)).read_to_end(&mut bytes);
        }
        bytes
    }

    /// Goes through the whole file once; `met` says whether to go on.
    pub(super) fn pass(&mut self, mut met: impl FnMut(Mark) -> bool) {
        let mut begin = 0;
        while begin < self.length {
            let from = begin.saturating_sub(u64::try_from(BEFORE).unwrap_or(0));
            let before = usize::try_from(begin - from).unwrap_or(0);
            let bytes = self.bytes(from, before + STEP + BEHIND);
            if bytes.len() <= before {
                return;
            }
            for at in before..bytes.len().min(before + STEP) {
                let rest = bytes.get(at..).unwrap_or_default();
                let place = |length: usize| from + u64::try_from(at + length).unwrap_or(0);
                let mark = match rest {
                    [b'o', b'b', b'j', behind @ ..] => {
                        let number = bytes.get(at.saturating_sub(BEFORE)..at).and_then(number_before);
                        number.map(|number| Mark::Object(number, place(3), holds_objects(behind)))
                    }
                    [b't', b'r', b'a', b'i', b'l', b'e', b'r', ..] => Some(Mark::Trailer(place(7))),
                    _ => None,
                };
                if mark.is_some_and(|mark| !met(mark)) {
                    return;
                }
            }
            begin += u64::try_from(STEP).unwrap_or(0);
        }
    }
}

/// `12 0 ` at the end of the bytes → 12.
fn number_before(bytes: &[u8]) -> Option<u32> {
    let text = bytes.rsplit(|byte| !(byte.is_ascii_digit() || byte.is_ascii_whitespace())).next()?;
    let mut words = str::from_utf8(text).ok()?.split_ascii_whitespace().rev();
    let (_generation, number) = (words.next()?, words.next()?);
    number.parse().ok()
}

/// Whether the beginning of an object says that it is a stream of objects or of a table of places.
fn holds_objects(behind: &[u8]) -> bool {
    let head = behind.get(..BEHIND.min(behind.len())).unwrap_or_default();
    let head = head.split(|byte| *byte == b'>').take(3).collect::<Vec<_>>().concat();
    head.windows(6).any(|word| word == b"ObjStm") || head.windows(4).any(|word| word == b"XRef")
}
