//! WAV: bytes a second of the `fmt ` chunk, size of the `data` chunk.

use std::io::{self, Read, Seek};

use super::{Length, milliseconds};
use crate::formats::peek::{Peek, le32};

/// Chunks looked at before the sound.
const MAX_CHUNKS: usize = 64;

pub(super) fn measure<R: Read + Seek>(peek: &mut Peek<'_, R>) -> io::Result<Length> {
    let (mut offset, mut rate) = (12_u64, 0_u64);
    for _ in 0..MAX_CHUNKS {
        let chunk = peek.at(offset, 24)?;
        let (Some(name), Some(size)) = (chunk.get(..4), le32(&chunk, 4)) else { break };
        let body = offset + 8;
        match name {
            b"fmt " => rate = le32(&chunk, 16).map_or(0, u64::from),
            b"data" => {
                // A recording cut short, or one still written, claims more than there is.
                let there = u64::from(size).min(peek.length().saturating_sub(body));
                return Ok(Length { duration_ms: milliseconds(there, rate), picture: None });
            }
            _ => {}
        }
        offset = body + u64::from(size) + u64::from(size % 2);
    }
    Ok(Length::default())
}
