//! GIF (87a, 89a): blocks of short pieces. What stays of the extensions: how a picture follows the other, text that is drawn,
//! and how often it all is repeated.

use super::{Clean, Problem};

const TRAILER: u8 = b';';

/// Bytes of pieces in an extension that tells the repetitions: 4, and 6 for one that nobody heeds.
const LOOP_BYTES: usize = 16;

/// Cleans a GIF. What stands after its last block, and is none, goes.
pub(super) fn clean(bytes: &[u8]) -> Result<Clean<'_>, Problem> {
    let mut out = Clean::of(bytes);
    let mut at = 13 + table(bytes, 10)?;
    if at > bytes.len() {
        return Err(Problem::Broken);
    }
    out.keep(0..at)?;
    let mut shows = false;
    loop {
        let start = at;
        match bytes.get(at) {
            Some(b'!') => {
                let label = *bytes.get(at + 1).ok_or(Problem::Broken)?;
                at = pieces(bytes, at + 2)?;
                let content = bytes.get(start + 2..at).unwrap_or_default();
                let repeats =
                    content.starts_with(b"\x0bNETSCAPE2.0") || content.starts_with(b"\x0bANIMEXTS1.0");
                if matches!(label, 0xf9 | 0x01)
                    || (label == 0xff && repeats && content.len() <= 12 + LOOP_BYTES)
                {
                    out.keep(start..at)?;
                } else if content.starts_with(b"\x0bXMP DataXMP") {
                    out.look_at_xmp(content);
                }
            }
            Some(b',') => {
                // Nine bytes, colours, how many bits a code has.
                at = pieces(bytes, at + 11 + table(bytes, at + 9)?)?;
                out.keep(start..at)?;
                shows = true;
            }
            Some(&TRAILER) if shows => {
                out.keep(start..at + 1)?;
                return Ok(out);
            }
            _ if shows => {
                out.make(&[TRAILER])?;
                return Ok(out);
            }
            _ => return Err(Problem::Broken),
        }
    }
}

/// Bytes of the table of colours that the flags at this place announce.
fn table(bytes: &[u8], at: usize) -> Result<usize, Problem> {
    let flags = *bytes.get(at).ok_or(Problem::Broken)?;
    Ok(if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) })
}

/// Where pieces of up to 255 bytes, each after its length, end with an empty one.
fn pieces(bytes: &[u8], mut at: usize) -> Result<usize, Problem> {
    loop {
        match *bytes.get(at).ok_or(Problem::Broken)? {
            0 => return Ok(at + 1),
            length => at += 1 + usize::from(length),
        }
    }
}
