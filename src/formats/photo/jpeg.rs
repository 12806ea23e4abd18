//! JPEG (ITU-T T.81): segments with markers, and scans between them. What stays of the application segments: JFIF without
//! its small copy, Adobe's, which tells how colours are written, a small colour profile, the orientation.

use std::ops::Range;

use super::{Clean, MAX_PROFILE, Problem};
use crate::formats::peek::be16;

const SOS: u8 = 0xda;
const EOI: u8 = 0xd9;
const PROFILE: &[u8] = b"ICC_PROFILE\0\x01\x01";

struct Segment {
    marker: u8,
    /// Where the marker begins.
    start: usize,
    body: Range<usize>,
}

/// Cleans a JPEG. One whose end is missing is shown by browsers as far as it goes: it gets an end.
pub(super) fn clean(bytes: &[u8]) -> Result<Clean<'_>, Problem> {
    let mut out = Clean::of(bytes);
    out.keep(0..2)?;
    let (mut at, mut scans, mut turned) = (2, false, false);
    while let Some(Segment { marker, start, body }) = next(bytes, at) {
        at = body.end;
        let content = bytes.get(body).unwrap_or_default();
        match marker {
            EOI if scans => {
                out.keep(start..at)?;
                return Ok(out);
            }
            EOI => return Err(Problem::Broken),
            SOS => {
                at = end_of_scan(bytes, at);
                out.keep(start..at)?;
                scans = true;
            }
            0xe0 if content.starts_with(b"JFIF\0") && content.len() >= 14 => {
                if content.len() == 14 && content.ends_with(b"\0\0") {
                    out.keep(start..at)?;
                } else {
                    out.make(b"\xff\xe0\0\x10")?;
                    out.make(content.get(..12).unwrap_or_default())?;
                    out.make(b"\0\0")?;
                }
            }
            0xe1 => {
                if let Some(tiff) = content.strip_prefix(b"Exif\0\0") {
                    let alone = out.look_at_exif(tiff).filter(|_| !turned && !scans);
                    turned |= alone.is_some();
                    match alone {
                        Some(alone) if alone == tiff => out.keep(start..at)?,
                        Some(alone) => {
                            out.make(b"\xff\xe1\0\x22Exif\0\0")?;
                            out.make(&alone)?;
                        }
                        None => {}
                    }
                } else {
                    out.look_at_xmp(content);
                }
            }
            0xe2 if content.starts_with(PROFILE) && content.len() <= MAX_PROFILE => out.keep(start..at)?,
            0xee if content.starts_with(b"Adobe") => out.keep(start..at)?,
            // Frames, tables, restarts: what the picture is made of.
            0xc0..=0xcf | 0xdb..=0xdf => out.keep(start..at)?,
            // Other application segments, comments, what nobody defined.
            _ => {}
        }
    }
    if !scans {
        return Err(Problem::Broken);
    }
    out.make(&[0xff, EOI])?;
    Ok(out)
}

/// The next segment; bytes between segments belong to nothing.
fn next(bytes: &[u8], mut at: usize) -> Option<Segment> {
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        let marker = *bytes.get(at + 1)?;
        let alone = at + 2..at + 2;
        match marker {
            EOI => return Some(Segment { marker, start: at, body: alone }),
            // A byte that fills up.
            0xff => at += 1,
            // What has no length, and stands in scans alone.
            0x00 | 0x01 | 0xd0..=0xd8 => at += 2,
            _ => {
                let body = at + 4..at + 2 + usize::from(be16(bytes, at + 2)?);
                let whole = body.start <= body.end && body.end <= bytes.len();
                return whole.then_some(Segment { marker, start: at, body });
            }
        }
    }
}

/// Where the next marker stands after the head of a scan, or the end of the file.
fn end_of_scan(bytes: &[u8], mut at: usize) -> usize {
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(found) = rest.iter().position(|byte| *byte == 0xff) else { return bytes.len() };
        match rest.get(found + 1) {
            None => return bytes.len(),
            Some(0x00 | 0xd0..=0xd7) => at += found + 2,
            Some(0xff) => at += found + 1,
            Some(_) => return at + found,
        }
    }
}
