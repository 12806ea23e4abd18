//! A row of numbers as bars: a small PNG (PNG specification, third edition) of grey levels, readable in print. Words and numbers
//! beside it are the page's.

use std::io::Write as _;

use flate2::{Compression, Crc, write::ZlibEncoder};

use super::minisign::base64;

/// Pixels of a bar, and of the gap after it.
const BAR: usize = 3;
const GAP: usize = 1;
/// Pixels from the foot line to the highest bar.
const HEIGHT: usize = 80;

const WHITE: u8 = 255;
const LINE: u8 = 190;
const INK: u8 = 60;

/// The bars of `values`, the highest as high as the picture; a thin line each `group` bars and at half the height. Gives the picture
/// for the `src` of an `img` with its width and height in pixels.
pub fn bars(values: &[u64], group: usize) -> (String, usize, usize) {
    let width = (values.len() * (BAR + GAP)).max(BAR + GAP);
    let height = HEIGHT + 1;
    let most = values.iter().copied().max().unwrap_or(0).max(1);
    let tall = |value: u64| {
        let pixels = u128::from(value) * HEIGHT as u128 / u128::from(most);
        // Something is never nothing.
        usize::try_from(pixels).unwrap_or(HEIGHT).max(usize::from(value > 0))
    };
    let heights: Vec<usize> = values.iter().map(|value| tall(*value)).collect();
    let mut rows = Vec::with_capacity(height * (width + 1));
    for row in 0..height {
        rows.push(0);
        let above_foot = HEIGHT - row;
        for column in 0..width {
            let (bar, within) = (column / (BAR + GAP), column % (BAR + GAP));
            let inked =
                within < BAR && heights.get(bar).is_some_and(|tall| above_foot > 0 && *tall >= above_foot);
            let lined = row == HEIGHT / 2 || (within >= BAR && group > 0 && (bar + 1) % group == 0);
            rows.push(match (inked || row == HEIGHT, lined) {
                (true, _) => INK,
                (false, true) => LINE,
                (false, false) => WHITE,
            });
        }
    }
    (format!("data:image/png;base64,{}", base64::encode(&png(&rows, width, height))), width, height)
}

/// Rows of grey levels, each after its filter byte, as a file.
fn png(rows: &[u8], width: usize, height: usize) -> Vec<u8> {
    let size = |pixels: usize| u32::try_from(pixels).unwrap_or(u32::MAX).to_be_bytes();
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    // Into memory: nothing can fail.
    packed.write_all(rows).ok();
    let packed = packed.finish().unwrap_or_default();
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    // Eight bits of grey, no interlace.
    let head = [&size(width)[..], &size(height), &[8, 0, 0, 0, 0]].concat();
    for (kind, data) in [(b"IHDR", &head), (b"IDAT", &packed), (b"IEND", &Vec::new())] {
        let mut sum = Crc::new();
        sum.update(kind);
        sum.update(data);
        out.extend_from_slice(&size(data.len()));
        out.extend_from_slice(kind);
        out.extend_from_slice(data);
        out.extend_from_slice(&sum.sum().to_be_bytes());
    }
    out
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    /// The rows of a picture that `bars` made, read back.
    fn rows(values: &[u64], group: usize) -> Vec<Vec<u8>> {
        let (src, width, height) = bars(values, group);
        let text = src.strip_prefix("data:image/png;base64,").unwrap();
        let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let value = |c: char| digits.find(c).unwrap();
        let bits: Vec<usize> = text
            .trim_end_matches('=')
            .chars()
            .flat_map(|c| (0..6).rev().map(move |at| value(c) >> at & 1))
            .collect();
        let byte = |eight: &[usize]| u8::try_from(eight.iter().fold(0, |sum, bit| sum << 1 | bit)).unwrap();
        let bytes: Vec<u8> = bits.chunks_exact(8).map(byte).collect();
        let size = imagesize::blob_size(&bytes).unwrap();
        assert_eq!((size.width, size.height), (width, height));
        let at = bytes.windows(4).position(|four| four == b"IDAT").unwrap() + 4;
        let mut all = Vec::new();
        flate2::read::ZlibDecoder::new(&bytes[at..]).read_to_end(&mut all).unwrap();
        all.chunks_exact(width + 1).map(|row| row[1..].to_vec()).collect()
    }

    #[test]
    fn the_highest_bar_is_as_high_as_the_picture_and_half_of_it_half() {
        let rows = rows(&[100, 50, 0, 1], 2);
        let tall = |bar: usize| rows[..HEIGHT].iter().filter(|row| row[bar * (BAR + GAP)] == INK).count();
        assert_eq!([tall(0), tall(1), tall(2), tall(3)], [HEIGHT, HEIGHT / 2, 0, 1]);
        assert!(rows[HEIGHT].iter().all(|pixel| *pixel == INK), "a foot line");
        assert_eq!(rows[3][2 * (BAR + GAP) - 1], LINE, "a line after each two");
    }

    #[test]
    fn no_numbers_and_the_largest_make_a_picture() {
        assert_eq!(rows(&[], 24).len(), HEIGHT + 1);
        assert_eq!(rows(&[u64::MAX, 0], 0).len(), HEIGHT + 1);
    }
}
