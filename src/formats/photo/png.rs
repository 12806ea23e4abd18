//! PNG (W3C, third edition): chunks. What stays: those that the picture needs, those that tell its colours and size, and
//! those that make it move.

use super::{Clean, MAX_PROFILE, Problem};
use crate::formats::peek::{be32, find};

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Harmless chunks of those that a reader may pass over.
const HARMLESS: [&[u8]; 15] = [
    b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYS", b"hIST", b"sPLT", b"acTL", b"fcTL",
    b"fdAT", b"cICP", b"mDCV", b"cLLI",
];

/// Cleans a PNG.
pub(super) fn clean(bytes: &[u8]) -> Result<Clean<'_>, Problem> {
    let mut out = Clean::of(bytes);
    out.keep(0..SIGNATURE.len())?;
    let (mut at, mut shows, mut turned) = (SIGNATURE.len(), false, false);
    loop {
        let length =
            be32(bytes, at).and_then(|length| usize::try_from(length).ok()).ok_or(Problem::Broken)?;
        let start = at;
        at = start.checked_add(12).and_then(|at| at.checked_add(length)).ok_or(Problem::Broken)?;
        let chunk = bytes.get(start + 4..at).ok_or(Problem::Broken)?;
        let (name, content) = chunk.split_at_checked(4).ok_or(Problem::Broken)?;
        let content = content.get(..length).ok_or(Problem::Broken)?;
        if (start == SIGNATURE.len()) != (name == b"IHDR") {
            return Err(Problem::Broken);
        }
        shows |= name == b"IDAT";
        match name {
            b"IEND" => {
                out.keep(start..at)?;
                return if shows { Ok(out) } else { Err(Problem::Broken) };
            }
            b"eXIf" => {
                let alone = out.look_at_exif(content).filter(|_| !turned);
                turned |= alone.is_some();
                match alone {
                    Some(alone) if alone == content => out.keep(start..at)?,
                    Some(alone) => {
                        let mut crc = flate2::Crc::new();
                        crc.update(name);
                        crc.update(&alone);
                        out.make(b"\0\0\0\x1aeXIf")?;
                        out.make(&alone)?;
                        out.make(&crc.sum().to_be_bytes())?;
                    }
                    None => {}
                }
            }
            b"iTXt" if find(content.get(..20).unwrap_or_default(), b"adobe.xmp").is_some() => {
                out.look_at_xmp(content);
            }
            b"iCCP" if length <= MAX_PROFILE => out.keep(start..at)?,
            [first, ..] if first.is_ascii_uppercase() || HARMLESS.contains(&name) => out.keep(start..at)?,
            _ => {}
        }
    }
}
