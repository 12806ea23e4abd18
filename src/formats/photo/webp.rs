//! WebP (RFC 9649): chunks of RIFF. What stays: the picture, its transparency, its frames, a small colour profile, the
//! orientation.

use std::ops::Range;

use super::{Clean, MAX_PROFILE, Problem};
use crate::formats::peek::le32;

/// Flags of `VP8X`.
const HAS_PROFILE: u8 = 0x20;
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;

struct Chunk<'a> {
    name: &'a [u8],
    content: &'a [u8],
    /// All of it, with the byte that fills up to an even length.
    range: Range<usize>,
}

/// Cleans a WebP.
pub(super) fn clean(bytes: &[u8]) -> Result<Clean<'_>, Problem> {
    let length = le32(bytes, 4).and_then(|length| usize::try_from(length).ok()).ok_or(Problem::Broken)?;
    let end = length.checked_add(8).filter(|end| *end <= bytes.len()).ok_or(Problem::Broken)?;
    let mut body = Clean::of(bytes);
    let (mut at, mut shows, mut turned, mut lost, mut extended) = (12, false, false, 0, None);
    while at < end {
        let chunk = chunk(bytes, at, end).ok_or(Problem::Broken)?;
        at = chunk.range.end;
        shows |= [&b"VP8 "[..], b"VP8L", b"ANMF"].contains(&chunk.name);
        match chunk.name {
            b"VP8X" if extended.is_none() && body.pieces.is_empty() => extended = Some(chunk),
            b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ANMF" => body.keep(chunk.range)?,
            b"ICCP" if chunk.content.len() <= MAX_PROFILE => body.keep(chunk.range)?,
            b"ICCP" => lost |= HAS_PROFILE,
            b"EXIF" => {
                let tiff = chunk.content.strip_prefix(b"Exif\0\0").unwrap_or(chunk.content);
                // Nobody asks a picture without `VP8X` which way is up.
                let alone = body.look_at_exif(tiff).filter(|_| extended.is_some() && !turned);
                turned |= alone.is_some();
                match alone {
                    Some(alone) if alone == chunk.content => body.keep(chunk.range)?,
                    Some(alone) => {
                        body.make(b"EXIF\x1a\0\0\0")?;
                        body.make(&alone)?;
                    }
                    None => lost |= HAS_EXIF,
                }
            }
            b"XMP " => {
                body.look_at_xmp(chunk.content);
                lost |= HAS_XMP;
            }
            _ => {}
        }
    }
    if !shows {
        return Err(Problem::Broken);
    }
    whole(bytes, extended, if turned { lost & !HAS_EXIF } else { lost }, body)
}

/// Head, what `VP8X` announces, and the chunks.
fn whole<'a>(
    bytes: &'a [u8],
    extended: Option<Chunk<'a>>,
    lost: u8,
    body: Clean<'a>,
) -> Result<Clean<'a>, Problem> {
    let mut out = Clean { had_location: body.had_location, ..Clean::of(bytes) };
    let announced = extended.as_ref().map_or(0, |chunk| chunk.range.len());
    let length = u32::try_from(4 + announced + body.len()).map_err(|_| Problem::Broken)?;
    if le32(bytes, 4) == Some(length) {
        out.keep(0..12)?;
    } else {
        out.make(b"RIFF")?;
        out.make(&length.to_le_bytes())?;
        out.make(b"WEBP")?;
    }
    if let Some(Chunk { content, range, .. }) = extended {
        let flags = content.first().ok_or(Problem::Broken)?;
        if flags & lost == 0 {
            out.keep(range)?;
        } else {
            out.keep(range.start..range.start + 8)?;
            out.make(&[flags & !lost])?;
            out.keep(range.start + 9..range.end)?;
        }
    }
    for piece in body.pieces {
        match piece {
            super::Piece::Kept(range) => out.keep(range)?,
            super::Piece::Made(bytes) => out.make(&bytes)?,
        }
    }
    Ok(out)
}

fn chunk(bytes: &[u8], at: usize, end: usize) -> Option<Chunk<'_>> {
    let length = usize::try_from(le32(bytes, at + 4)?).ok()?;
    let last = at.checked_add(8)?.checked_add(length)?.checked_next_multiple_of(2)?;
    let range = at..last;
    let content = bytes.get(at + 8..last)?.get(..length)?;
    (last <= end).then_some(Chunk { name: bytes.get(at..at + 4)?, content, range })
}
