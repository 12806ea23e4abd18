//! Ogg: the codecs of the first pages (RFC 3533), and the last page of each stream, whose granule position tells
//! how long it lasts.

use std::io::{self, Read, Seek};

use super::{Length, flac, milliseconds};
use crate::formats::peek::{Peek, be16, be32, le16, le32, le64};

/// Streams looked at.
const MAX_STREAMS: usize = 16;
/// Bytes at the end in which the last pages must begin: a page has at most 65,307.
const TAIL: usize = 192 * 1024;

/// What a stream holds, with what its clock needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::formats) enum Codec {
    /// Sound of Vorbis; samples a second.
    Vorbis { rate: u32 },
    /// Sound of Opus; samples at 48 kHz before the sound begins.
    Opus { skip: u16 },
    /// Sound of Speex; samples a second.
    Speex { rate: u32 },
    /// Sound of FLAC; samples a second.
    Flac { rate: u64 },
    /// Pictures of Theora: frames a second as a fraction, bits of the frame number since the key frame, size.
    Theora { frames: u32, seconds: u32, shift: u16, picture: (u32, u32) },
}

/// A stream: its serial number and codec.
pub(in crate::formats) type Stream = (u32, Codec);

/// The streams that the first pages announce; those of other codecs are left out.
pub(in crate::formats) fn streams<R: Read + Seek>(peek: &mut Peek<'_, R>) -> io::Result<Vec<Stream>> {
    let (mut offset, mut streams) = (0_u64, Vec::new());
    for _ in 0..MAX_STREAMS {
        let page = peek.at(offset, 27 + 255 + 128)?;
        let begins = page.get(5).is_some_and(|flags| flags & 2 != 0);
        let (true, true, Some(serial), Some(segments)) =
            (page.starts_with(b"OggS"), begins, le32(&page, 14), page.get(26))
        else {
            break;
        };
        let body = 27 + usize::from(*segments);
        let Some(table) = page.get(27..body) else { break };
        let size: u64 = table.iter().map(|segment| u64::from(*segment)).sum();
        streams.extend(page.get(body..).and_then(codec).map(|codec| (serial, codec)));
        offset += 27 + u64::from(*segments) + size;
    }
    Ok(streams)
}

/// The codec of a first packet.
fn codec(packet: &[u8]) -> Option<Codec> {
    if packet.starts_with(b"\x01vorbis") {
        return Some(Codec::Vorbis { rate: le32(packet, 12)? });
    }
    if packet.starts_with(b"OpusHead") {
        return Some(Codec::Opus { skip: le16(packet, 10)? });
    }
    if packet.starts_with(b"Speex   ") {
        return Some(Codec::Speex { rate: le32(packet, 36)? });
    }
    if packet.starts_with(b"\x7fFLAC") {
        let (rate, _) = flac::rate_and_samples(packet.get(17..)?)?;
        return Some(Codec::Flac { rate });
    }
    if packet.starts_with(b"\x80theora") {
        let picture = (be32(packet, 13)? & 0xff_ffff, be32(packet, 16)? & 0xff_ffff);
        let shift = (be16(packet, 40)? >> 5) & 31;
        return Some(Codec::Theora { frames: be32(packet, 22)?, seconds: be32(packet, 26)?, shift, picture });
    }
    None
}

/// Milliseconds at a granule position.
fn time(codec: Codec, granule: u64) -> Option<u64> {
    match codec {
        Codec::Vorbis { rate } | Codec::Speex { rate } => milliseconds(granule, rate.into()),
        Codec::Flac { rate } => milliseconds(granule, rate),
        Codec::Opus { skip } => milliseconds(granule.saturating_sub(skip.into()), 48_000),
        Codec::Theora { frames, seconds, shift, .. } => {
            let key = granule.checked_shr(shift.into())?;
            let count = key.checked_add(granule & ((1_u64 << shift) - 1))?;
            milliseconds(count.checked_mul(seconds.into())?, frames.into())
        }
    }
}

pub(super) fn measure<R: Read + Seek>(peek: &mut Peek<'_, R>) -> io::Result<Length> {
    let streams = streams(peek)?;
    let tail = peek.at(peek.length().saturating_sub(u64::try_from(TAIL).unwrap_or(0)), TAIL)?;
    let mut duration_ms = None;
    for (at, _) in tail.windows(4).enumerate().filter(|(_, window)| window == b"OggS") {
        let (Some(granule), Some(serial)) = (le64(&tail, at + 6), le32(&tail, at + 14)) else { continue };
        let stream = streams.iter().find(|(known, _)| *known == serial);
        if let Some((_, codec)) = stream.filter(|_| granule != u64::MAX) {
            duration_ms = duration_ms.max(time(*codec, granule));
        }
    }
    let picture = streams.iter().find_map(|(_, codec)| match codec {
        Codec::Theora { picture, .. } => Some(*picture),
        _ => None,
    });
    Ok(Length { duration_ms, picture })
}
