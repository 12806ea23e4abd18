//! MP3: the frame count of a Xing, Info or VBRI head; without one, the bit rate of the first frame for the whole.

use std::io::{self, Read, Seek};

use super::{Length, milliseconds};
use crate::formats::peek::{Peek, be32, find};

/// Bytes after the tag in which the first frame must begin.
const SEARCH: usize = 64 * 1024;

/// Kilobits a second of layer III by the four bits of the head: MPEG 1, then MPEG 2 and 2.5.
const KILOBITS: [[u64; 16]; 2] = [
    [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0],
];

/// What the head of a frame of layer III says.
struct Frame {
    rate: u64,
    kilobits: u64,
    samples: u64,
    /// Bytes of the frame, its head included.
    size: usize,
    /// Bytes of side information between head and sound.
    side: usize,
}

fn frame(bytes: &[u8], at: usize) -> Option<Frame> {
    let head = be32(bytes, at)?;
    let version = (head >> 19) & 3;
    let (layer, kilobits, rate) = ((head >> 17) & 3, (head >> 12) & 15, (head >> 10) & 3);
    if head >> 21 != 0x7ff || version == 1 || layer != 1 {
        return None;
    }
    let first = version == 3;
    let kilobits = *KILOBITS.get(usize::from(!first))?.get(usize::try_from(kilobits).ok()?)?;
    let rate = *[44_100, 48_000, 32_000].get(usize::try_from(rate).ok()?)?;
    let rate = match version {
        3 => rate,
        2 => rate / 2,
        _ => rate / 4,
    };
    let mono = (head >> 6) & 3 == 3;
    let samples = if first { 1152 } else { 576 };
    let size = (samples / 8 * kilobits * 1000).checked_div(rate)? + u64::from((head >> 9) & 1);
    let side = match (first, mono) {
        (true, false) => 32,
        (false, true) => 9,
        _ => 17,
    };
    (kilobits > 0).then_some(Frame { rate, kilobits, samples, size: usize::try_from(size).ok()?, side })
}

/// Where the sound begins: behind an `ID3v2` tag, if there is one.
fn after_tag(head: &[u8]) -> u64 {
    let Some(size) = head.strip_prefix(b"ID3").and_then(|tag| tag.get(3..7)) else { return 0 };
    let size = size.iter().fold(0_u64, |size, byte| size << 7 | u64::from(byte & 0x7f));
    let footer = head.get(5).is_some_and(|flags| flags & 0x10 != 0);
    10 + size + if footer { 10 } else { 0 }
}

/// The first place where a frame stands that another follows.
fn first_frame(bytes: &[u8]) -> Option<(usize, Frame)> {
    (0..bytes.len().saturating_sub(4)).filter(|at| bytes.get(*at) == Some(&0xff)).find_map(|at| {
        let found = frame(bytes, at)?;
        let next = at + found.size;
        (next + 4 > bytes.len() || frame(bytes, next).is_some()).then_some((at, found))
    })
}

/// Whether bytes without a tag begin with frames of layer III.
pub(in crate::formats) fn begins(bytes: &[u8]) -> bool {
    frame(bytes, 0).is_some_and(|first| frame(bytes, first.size).is_some())
}

pub(super) fn measure<R: Read + Seek>(peek: &mut Peek<'_, R>) -> io::Result<Length> {
    let begin = after_tag(&peek.at(0, 10)?);
    let bytes = peek.at(begin, SEARCH)?;
    let Some((at, frame)) = first_frame(&bytes) else { return Ok(Length::default()) };
    let whole = bytes.get(at..).unwrap_or_default();
    let count = count_of_frames(whole, &frame);
    let duration_ms = if let Some(count) = count {
        milliseconds(count.saturating_mul(frame.samples), frame.rate)
    } else {
        let tail = peek.at(peek.length().saturating_sub(128), 3)?;
        let tag = if tail == b"TAG" { 128 } else { 0 };
        let begin = begin.saturating_add(u64::try_from(at).unwrap_or(0));
        milliseconds(peek.length().saturating_sub(begin).saturating_sub(tag), frame.kilobits * 125)
    };
    Ok(Length { duration_ms, picture: None })
}

/// The number of frames that the first one tells, when it holds a head instead of sound.
fn count_of_frames(bytes: &[u8], frame: &Frame) -> Option<u64> {
    let head = bytes.get(4 + frame.side..)?;
    if (head.starts_with(b"Xing") || head.starts_with(b"Info")) && be32(head, 4)? & 1 == 1 {
        return be32(head, 8).map(u64::from);
    }
    let head = bytes.get(36..)?;
    if find(head.get(..4)?, b"VBRI").is_some() { be32(head, 14).map(u64::from) } else { None }
}
