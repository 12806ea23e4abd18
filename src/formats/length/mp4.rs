//! MP4 and M4A: the movie header and the tracks (ISO/IEC 14496-12).

use std::io::{self, Read, Seek};

use super::{Length, milliseconds};
use crate::formats::peek::{Peek, be32, be64};

/// Boxes looked at in the whole file.
const MAX_BOXES: usize = 2_000;

/// What the movie box says.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::formats) struct Movie {
    /// Duration and picture.
    pub(in crate::formats) length: Length,
    /// Whether a track holds pictures.
    pub(in crate::formats) has_video: bool,
}

/// Reads the movie box wherever in the file it stands.
pub(in crate::formats) fn read<R: Read + Seek>(peek: &mut Peek<'_, R>) -> io::Result<Movie> {
    let mut movie = Movie::default();
    let mut track = None;
    // Boxes still to look at: where, and where the one around them ends.
    let mut offset = 0_u64;
    for _ in 0..MAX_BOXES {
        let head = peek.at(offset, 120)?;
        let (Some(size), Some(name)) = (be32(&head, 0), head.get(4..8)) else { break };
        let (size, begin) = match size {
            0 => (peek.length().saturating_sub(offset), 8),
            1 => (be64(&head, 8).unwrap_or(0), 16),
            size => (u64::from(size), 8),
        };
        let body = head.get(begin..).unwrap_or_default();
        if size < 8 {
            break;
        }
        match name {
            b"moov" | b"trak" | b"mdia" => {
                offset = offset.saturating_add(u64::try_from(begin).unwrap_or(8));
                continue;
            }
            b"mvhd" => movie.length.duration_ms = duration(body),
            b"tkhd" => track = size_of_track(body),
            b"hdlr" if body.get(8..12) == Some(b"vide") => {
                movie.has_video = true;
                movie.length.picture = movie.length.picture.or(track);
            }
            _ => {}
        }
        offset = offset.saturating_add(size);
    }
    Ok(movie)
}

fn duration(body: &[u8]) -> Option<u64> {
    if body.first() == Some(&1) {
        milliseconds(be64(body, 24)?, be32(body, 20)?.into())
    } else {
        milliseconds(be32(body, 16)?.into(), be32(body, 12)?.into())
    }
}

/// Width and height stand at the end of the box as 16.16 numbers.
fn size_of_track(body: &[u8]) -> Option<(u32, u32)> {
    let at = if body.first() == Some(&1) { 88 } else { 76 };
    Some((be32(body, at)? >> 16, be32(body, at + 4)? >> 16))
}
