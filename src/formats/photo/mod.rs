//! What leaves a picture before pupils see it: the place where it was taken, who took it, with what, small copies of what it
//! showed before it was cut, comments, and all that hangs on after its end. The picture itself stays as it is, byte for byte.
//!
//! What is known to be harmless stays, all else goes: what a telephone of tomorrow writes is not known today. Which way is up
//! stays where it is told, alone: old browsers show such a picture lying down with or without it, new ones need it.
//!
//! Lives here: JPEG, PNG, GIF and WebP, each in a file; EXIF (`exif`); pictures made smaller for pupils (`small`), which are
//! decoded and written anew and so tell nothing at all.

mod exif;
mod gif;
mod jpeg;
mod png;
mod small;
mod webp;

use std::ops::Range;

use super::peek::find;

pub use small::{Most, fitted, shrinks, size, small, small_bytes};

/// Most bytes of a colour profile that stays. Those of telephones and screens have some hundred; larger ones are for printing.
const MAX_PROFILE: usize = 4 * 1024;

/// Most pieces that a picture is put together of; honest ones have a dozen.
const MAX_PIECES: usize = 1000;

/// Why a picture cannot be cleaned, and so is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// It is no picture, or of another kind.
    #[error("this is no JPEG, PNG, GIF or WebP")]
    Unknown,
    /// Its parts do not fit together, or there is no picture in it.
    #[error("the picture is damaged or cut off")]
    Broken,
}

/// A picture without what it should not tell.
#[derive(Debug)]
pub struct Clean<'a> {
    bytes: &'a [u8],
    pieces: Vec<Piece>,
    had_location: bool,
}

#[derive(Debug)]
enum Piece {
    /// A part of the picture as it came.
    Kept(Range<usize>),
    Made(Vec<u8>),
}

/// Cleans a picture. All of it is in memory, and nothing of it is copied.
///
/// # Errors
/// It is no picture that is known here, or a broken one.
pub fn clean(bytes: &[u8]) -> Result<Clean<'_>, Problem> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => jpeg::clean(bytes),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => gif::clean(bytes),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => webp::clean(bytes),
        _ if bytes.starts_with(png::SIGNATURE) => png::clean(bytes),
        _ => Err(Problem::Unknown),
    }
}

/// Whether a picture tells where it was taken. A broken one tells nothing that could be found.
pub fn has_location(bytes: &[u8]) -> bool {
    clean(bytes).is_ok_and(|clean| clean.had_location())
}

impl<'a> Clean<'a> {
    /// What to write, in order.
    pub fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        self.pieces.iter().map(|piece| match piece {
            Piece::Kept(range) => self.bytes.get(range.clone()).unwrap_or_default(),
            Piece::Made(bytes) => bytes,
        })
    }

    /// The picture in one piece.
    pub fn to_vec(&self) -> Vec<u8> {
        self.pieces().collect::<Vec<_>>().concat()
    }

    /// Whether anything was taken away. If not, the picture is as it came.
    pub fn is_changed(&self) -> bool {
        !matches!(self.pieces.as_slice(), [Piece::Kept(range)] if *range == (0..self.bytes.len()))
    }

    /// Whether it told where it was taken, in EXIF or XMP.
    pub fn had_location(&self) -> bool {
        self.had_location
    }

    fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, pieces: Vec::new(), had_location: false }
    }

    fn keep(&mut self, range: Range<usize>) -> Result<(), Problem> {
        match self.pieces.last_mut() {
            Some(Piece::Kept(last)) if last.end == range.start => last.end = range.end,
            _ => self.push(Piece::Kept(range))?,
        }
        Ok(())
    }

    fn make(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        self.push(Piece::Made(bytes.to_vec()))
    }

    fn push(&mut self, piece: Piece) -> Result<(), Problem> {
        if self.pieces.len() == MAX_PIECES {
            return Err(Problem::Broken);
        }
        self.pieces.push(piece);
        Ok(())
    }

    fn len(&self) -> usize {
        self.pieces().map(<[u8]>::len).sum()
    }

    /// Takes note of EXIF that goes. Returns what of it stays, if anything does.
    fn look_at_exif(&mut self, tiff: &[u8]) -> Option<[u8; exif::ORIENTATION]> {
        self.had_location |= exif::has_location(tiff);
        exif::orientation_alone(tiff)
    }

    /// Takes note of XMP that goes: `exif:GPSLatitude` and the like.
    fn look_at_xmp(&mut self, text: &[u8]) {
        self.had_location |= find(text, b"GPSL").is_some();
    }
}
