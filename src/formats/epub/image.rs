//! Pictures of a book: what one is, is told by its bytes, not by its name or by what the package says.

use crate::formats::photo;

/// Largest picture given out, in bytes: 20 MiB.
pub(in crate::formats) const MAX_IMAGE: u64 = 20 << 20;
/// Bytes read to learn a picture's size; a JPEG may carry a long note before it.
pub(in crate::formats) const HEAD: u64 = 256 * 1024;
/// Most pixels: more would not fit the memory of an XO.
const MAX_PIXELS: usize = 40_000_000;

/// Media type by the first bytes: PNG, JPEG or GIF.
pub(in crate::formats) fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some("image/png"),
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        _ => None,
    }
}

/// Width and height in pixels, upright, if it is a picture that can be shown.
pub(in crate::formats) fn size(head: &[u8]) -> Option<(usize, usize)> {
    media_type(head)?;
    let (width, height) = photo::size(head)?;
    let (width, height) = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
    (width.saturating_mul(height) <= MAX_PIXELS).then_some((width, height))
}
