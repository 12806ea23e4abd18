//! `WebM`: `Duration` and `TimestampScale` of the segment's information, the size of the first picture track (RFC 9559).

use std::io::{self, Read, Seek};

use super::Length;
use crate::formats::peek::{Peek, be32, be64};

/// Elements looked at in the whole file.
const MAX_ELEMENTS: usize = 1_000;

const SEGMENT: u64 = 0x1853_8067;
const INFO: u64 = 0x1549_a966;
const SCALE: u64 = 0x2a_d7b1;
const DURATION: u64 = 0x4489;
const TRACKS: u64 = 0x1654_ae6b;
const TRACK: u64 = 0xae;
const VIDEO: u64 = 0xe0;
const WIDTH: u64 = 0xb0;
const HEIGHT: u64 = 0xba;
const CLUSTER: u64 = 0x1f43_b675;

/// A number of the length that its first bits tell, with or without the mark of the length; and how many bytes it is.
fn number(bytes: &[u8], keep_mark: bool) -> Option<(u64, usize)> {
    let first = *bytes.first()?;
    let size = usize::try_from(first.leading_zeros()).ok()? + 1;
    let rest = bytes.get(1..size.min(9))?;
    if size > 8 {
        return None;
    }
    let start =
        if keep_mark { first } else { first & 0xff_u8.checked_shr(u32::try_from(size).ok()?).unwrap_or(0) };
    Some((rest.iter().fold(start.into(), |value: u64, byte| value << 8 | u64::from(*byte)), size))
}

fn unsigned(bytes: &[u8]) -> u64 {
    bytes.iter().take(8).fold(0, |value, byte| value << 8 | u64::from(*byte))
}

fn float(bytes: &[u8]) -> Option<f64> {
    match bytes.len() {
        4 => be32(bytes, 0).map(|bits| f64::from(f32::from_bits(bits))),
        8 => be64(bytes, 0).map(f64::from_bits),
        _ => None,
    }
}

pub(super) fn measure<R: Read + Seek>(peek: &mut Peek<'_, R>) -> io::Result<Length> {
    let (mut offset, mut scale, mut duration) = (0_u64, 1_000_000_u64, None);
    let (mut width, mut height) = (None, None);
    for _ in 0..MAX_ELEMENTS {
        let head = peek.at(offset, 24)?;
        let Some((id, id_size)) = number(&head, true) else { break };
        let Some((size, size_size)) = head.get(id_size..).and_then(|rest| number(rest, false)) else { break };
        let begin = id_size + size_size;
        let body = head.get(begin..).unwrap_or_default();
        let body = body.get(..usize::try_from(size).unwrap_or(usize::MAX)).unwrap_or_default();
        match id {
            SEGMENT | INFO | TRACKS | TRACK | VIDEO => {
                offset = offset.saturating_add(u64::try_from(begin).unwrap_or(1));
                continue;
            }
            // Sound and pictures begin: what describes them stood before.
            CLUSTER => break,
            SCALE => scale = unsigned(body),
            DURATION => duration = float(body),
            WIDTH => width = width.or_else(|| u32::try_from(unsigned(body)).ok()),
            HEIGHT => height = height.or_else(|| u32::try_from(unsigned(body)).ok()),
            _ => {}
        }
        offset = offset.saturating_add(u64::try_from(begin).unwrap_or(1)).saturating_add(size);
    }
    Ok(Length {
        duration_ms: duration.and_then(|units| whole_milliseconds(units, scale)),
        picture: width.zip(height),
    })
}

/// Units of `scale` nanoseconds as whole milliseconds.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a length need not be exact, and is checked to be between 0 and a hundred years"
)]
fn whole_milliseconds(units: f64, scale: u64) -> Option<u64> {
    let milliseconds = units * scale as f64 / 1_000_000.0;
    (0.0..3.2e12).contains(&milliseconds).then_some(milliseconds as u64)
}
