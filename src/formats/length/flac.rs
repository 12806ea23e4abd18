//! FLAC: the stream information of the first block (RFC 9639, 8.2).

use std::io::{self, Read, Seek};

use super::{Length, milliseconds};
use crate::formats::peek::{Peek, be32, be64};

pub(super) fn measure<R: Read + Seek>(peek: &mut Peek<'_, R>) -> io::Result<Length> {
    let head = peek.at(0, 42)?;
    let info =
        head.strip_prefix(b"fLaC").filter(|block| block.first().is_some_and(|kind| matches!(kind, 0 | 0x80)));
    let duration_ms = info
        .and_then(|block| rate_and_samples(block.get(4..)?))
        .and_then(|(rate, samples)| if samples == 0 { None } else { milliseconds(samples, rate) });
    Ok(Length { duration_ms, picture: None })
}

/// Sample rate and number of samples of a STREAMINFO block without its head.
pub(super) fn rate_and_samples(info: &[u8]) -> Option<(u64, u64)> {
    let rate = u64::from(be32(info, 10)? >> 12);
    let samples = be64(info, 10)? & 0xf_ffff_ffff;
    (rate > 0).then_some((rate, samples))
}
