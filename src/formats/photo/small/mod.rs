//! A photograph or drawing made small enough for a laptop of a school: as wide as a page shows it, upright, a plain JPEG that
//! browsers of 2009 draw. The original stays what it is.
//!
//! Memory: a photograph is decoded at an eighth to a whole of its size, whichever is still wide enough, a drawing line by
//! line. A progressive photograph has to be held whole and may have fewer pixels.
//!
//! Lives here: choosing the size, shrinking, turning, writing. Does not: where the result is kept.

mod drawing;
mod shrink;

use std::io::{BufRead, Cursor};

use jpeg_decoder::{CodingProcess, Decoder, PixelFormat};
use jpeg_encoder::{ColorType, Encoder};

use self::shrink::Shrink;
use super::{Problem, exif, find, png};

/// Most pixels of a photograph or drawing.
const MAX_PIXELS: u64 = 40_000_000;
/// Most pixels of a progressive photograph: three bytes of memory for each.
const MAX_PROGRESSIVE: u64 = 8_000_000;
/// Most bytes that decoding one may ask for.
const MAX_DECODED: usize = 24 << 20;
/// First bytes of a JPEG.
const JPEG: &[u8] = &[0xff, 0xd8, 0xff];
/// From here on, EXIF's orientations have width and height changed.
const ON_ITS_SIDE: u8 = 5;
/// Quality of the JPEG, of 100.
const QUALITY: u8 = 78;

/// Rows of pixels of a picture that was made small.
struct Raster {
    width: usize,
    height: usize,
    /// Bytes of a pixel: 1 (grey) or 3 (RGB).
    depth: usize,
    pixels: Vec<u8>,
}

/// What is larger than a page can use.
#[derive(Debug, Clone, Copy)]
pub struct Most {
    /// Bytes of a file.
    pub bytes: u64,
    /// Pixels from left to right, once it stands upright.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

/// Makes a JPEG or PNG of `size` bytes smaller; `None` when it may be shown as it is.
///
/// # Errors
/// It is no JPEG or PNG, a damaged one, or one of a kind or size that is not decoded here: four colours, interlaced, more than
/// 40 million pixels (8 if progressive).
pub fn small(picture: &mut dyn BufRead, size: u64, most: Most) -> Result<Option<Vec<u8>>, Problem> {
    let head = picture.fill_buf().map_err(|_| Problem::Broken)?;
    let raster = if head.starts_with(JPEG) {
        photograph(picture, size, most)?
    } else if head.starts_with(png::SIGNATURE) {
        drawing::read(picture, size, most)?
    } else {
        return Err(Problem::Unknown);
    };
    let Some(raster) = raster else { return Ok(None) };
    let (Ok(width), Ok(height)) = (u16::try_from(raster.width), u16::try_from(raster.height)) else {
        return Err(Problem::Broken);
    };
    let mut bytes = Vec::new();
    let colours = if raster.depth == 1 { ColorType::Luma } else { ColorType::Rgb };
    let written = Encoder::new(&mut bytes, QUALITY).encode(&raster.pixels, width, height, colours);
    written.map_err(|_| Problem::Broken)?;
    Ok(Some(bytes))
}

/// Whether a picture is of a kind that is made smaller here, by its first bytes.
pub fn shrinks(head: &[u8]) -> bool {
    head.starts_with(JPEG) || head.starts_with(png::SIGNATURE)
}

/// Width and height in pixels of a picture as it is shown: upright. Known from its head.
pub fn size(head: &[u8]) -> Option<(u32, u32)> {
    const MARK: &[u8] = b"Exif\0\0";
    let size = imagesize::blob_size(head).ok()?;
    let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
    let exif = if head.starts_with(JPEG) { find(head, MARK) } else { None };
    let exif = exif.and_then(|at| head.get(at + MARK.len()..));
    let on_its_side = exif.is_some_and(|exif| orientation(exif) >= ON_ITS_SIDE);
    let upright = if on_its_side { (height, width) } else { (width, height) };
    (width > 0 && height > 0).then_some(upright)
}

/// 1 to 8, as EXIF counts; 1 is upright.
fn orientation(exif: &[u8]) -> u8 {
    exif::orientation_alone(exif).and_then(|alone| alone.get(19).copied()).unwrap_or(1)
}

/// Width and height as large as they may be, the proportions kept; at least one pixel each.
pub fn fitted((width, height): (u32, u32), most: Most) -> (u32, u32) {
    let (width, height) = (u64::from(width.max(1)), u64::from(height.max(1)));
    let (mut wide, mut high) = (width, height);
    if wide > u64::from(most.width) {
        (wide, high) = (u64::from(most.width), height * u64::from(most.width) / width);
    }
    if high > u64::from(most.height) {
        (wide, high) = (width * u64::from(most.height) / height, u64::from(most.height));
    }
    let pixels = |many: u64| u32::try_from(many.max(1)).unwrap_or(u32::MAX);
    (pixels(wide), pixels(high))
}

fn photograph(picture: &mut dyn BufRead, size: u64, most: Most) -> Result<Option<Raster>, Problem> {
    let mut decoder = Decoder::new(picture);
    decoder.set_max_decoding_buffer_size(MAX_DECODED);
    let broken = |_| Problem::Broken;
    decoder.read_info().map_err(broken)?;
    let info = decoder.info().ok_or(Problem::Broken)?;
    let pixels = u64::from(info.width) * u64::from(info.height);
    let progressive = info.coding_process == CodingProcess::DctProgressive;
    let turned = decoder.exif_data().map_or(1, orientation);
    if turned == 1 && size <= most.bytes && pixels <= MAX_PIXELS {
        return Ok(None);
    }
    let depth = match info.pixel_format {
        PixelFormat::L8 => 1,
        PixelFormat::RGB24 => 3,
        PixelFormat::L16 | PixelFormat::CMYK32 => return Err(Problem::Unknown),
    };
    if pixels > MAX_PIXELS || progressive && pixels > MAX_PROGRESSIVE {
        return Err(Problem::Unknown);
    }
    // On its side, what is high on the page is what is wide in the file.
    let on_its_side = turned >= ON_ITS_SIDE;
    let lying = if on_its_side { Most { width: most.height, height: most.width, ..most } } else { most };
    let to = fitted((u32::from(info.width), u32::from(info.height)), lying);
    let ask = |pixels: u32| u16::try_from(pixels).unwrap_or(u16::MAX);
    let (width, height) = decoder.scale(ask(to.0), ask(to.1)).map_err(broken)?;
    let decoded = decoder.decode().map_err(broken)?;
    drop(decoder);
    let from = (usize::from(width), usize::from(height));
    let to = (usize::from(ask(to.0).min(width)), usize::from(ask(to.1).min(height)));
    let mut shrink = Shrink::new(from, to, depth);
    for row in decoded.chunks_exact(from.0.max(1) * depth) {
        shrink.row(row);
    }
    drop(decoded);
    Ok(Some(shrink.finish()?.turned(turned)))
}

impl Raster {
    /// Turned and mirrored until it stands upright. `how` as EXIF counts.
    fn turned(self, how: u8) -> Self {
        if !(2..=8).contains(&how) {
            return self;
        }
        let (from_wide, from_high, depth) = (self.width, self.height, self.depth);
        let (width, height) =
            if how >= ON_ITS_SIDE { (from_high, from_wide) } else { (from_wide, from_high) };
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for y in 0..height {
            for x in 0..width {
                let (right, below) = (width - 1 - x, height - 1 - y);
                let (from_x, from_y) = match how {
                    2 => (right, y),
                    3 => (right, below),
                    4 => (x, below),
                    5 => (y, x),
                    6 => (y, right),
                    7 => (below, right),
                    _ => (below, x),
                };
                let at = (from_y * from_wide + from_x) * depth;
                pixels.extend_from_slice(self.pixels.get(at..at + depth).unwrap_or_default());
            }
        }
        Self { width, height, depth, pixels }
    }
}

/// A picture that lies in memory, made smaller.
///
/// # Errors
/// As [`small`].
pub fn small_bytes(picture: &[u8], most: Most) -> Result<Option<Vec<u8>>, Problem> {
    small(&mut Cursor::new(picture), picture.len() as u64, most)
}
