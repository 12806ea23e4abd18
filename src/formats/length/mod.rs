//! How long a recording lasts and how large its picture is, read from heads and tails without decoding. Each
//! container has a file of its own. What kind a file is, is decided in `kind`.

mod flac;
pub(in crate::formats) mod mp3;
pub(in crate::formats) mod mp4;
pub(in crate::formats) mod ogg;
mod wav;
mod webm;

use std::io::{self, Read, Seek};

use super::{kind::FileKind, peek::Peek};

/// Longer recordings are taken for a broken header: a hundred hours, in milliseconds.
const MAX_MS: u64 = 360_000_000;

/// What is known of a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Length {
    /// Duration in milliseconds; `None` when the file does not tell.
    pub duration_ms: Option<u64>,
    /// Width and height of the picture in pixels.
    pub picture: Option<(u32, u32)>,
}

/// Measures a recording by a few short reads, whatever its size. A file that is broken or is no recording has
/// nothing known.
///
/// # Errors
/// Those of the reader.
pub fn measure<R: Read + Seek>(reader: &mut R, kind: FileKind) -> io::Result<Length> {
    let mut peek = Peek::new(reader)?;
    let mut length = match kind {
        FileKind::OggVorbis | FileKind::OggOpus | FileKind::OggSpeex | FileKind::OggFlac | FileKind::Ogv => {
            ogg::measure(&mut peek)?
        }
        FileKind::Mp3 => mp3::measure(&mut peek)?,
        FileKind::Wav => wav::measure(&mut peek)?,
        FileKind::Flac => flac::measure(&mut peek)?,
        FileKind::M4a | FileKind::Mp4 => mp4::read(&mut peek)?.length,
        FileKind::Webm => webm::measure(&mut peek)?,
        _ => Length::default(),
    };
    length.duration_ms = length.duration_ms.filter(|ms| (1..=MAX_MS).contains(ms));
    length.picture = length.picture.filter(|(width, height)| *width > 0 && *height > 0);
    Ok(length)
}

/// Milliseconds that `count` units of which `rate` make a second last.
fn milliseconds(count: u64, rate: u64) -> Option<u64> {
    u64::try_from(u128::from(count).checked_mul(1000)?.checked_div(u128::from(rate))?).ok()
}
