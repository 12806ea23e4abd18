//! Photographs and drawings made small: what is seen stays, upright, in a file that an XO can take.

use std::io::Write as _;

use amauta::formats::photo::{Most, Problem, size, small_bytes};
use flate2::{Compression, write::ZlibEncoder};
use jpeg_decoder::Decoder;
use jpeg_encoder::{ColorType, Encoder};
use proptest::prelude::*;

const MOST: Most = Most { bytes: 20_000, width: 100, height: 200 };

const RED: [u8; 3] = [250, 10, 10];
const GREEN: [u8; 3] = [10, 250, 10];
const BLUE: [u8; 3] = [10, 10, 250];
const WHITE: [u8; 3] = [255, 255, 255];

/// Four fields of colour: above red and green, below blue and white.
fn fields(width: usize, height: usize) -> Vec<u8> {
    let field = |x: usize, y: usize| {
        let plain = match (x * 2 < width, y * 2 < height) {
            (true, true) => RED,
            (false, true) => GREEN,
            (true, false) => BLUE,
            (false, false) => WHITE,
        };
        // Rough, as what a camera sees.
        let rough = u8::try_from((x * 7 + y * 13 + x * y) % 11).expect("small");
        plain.map(|part| if part > 100 { part - rough } else { part + rough })
    };
    (0..height).flat_map(|y| (0..width).flat_map(move |x| field(x, y))).collect()
}

/// EXIF that says how the camera was held.
fn held(orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0".to_vec();
    exif[25] = orientation;
    exif
}

pub(crate) fn photograph(width: u16, height: u16, orientation: u8, progressive: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 90);
    encoder.set_progressive(progressive);
    encoder.add_app_segment(1, held(orientation)).expect("short");
    encoder.add_app_segment(13, b"SECRETO".to_vec()).expect("short");
    let pixels = fields(width.into(), height.into());
    encoder.encode(&pixels, width, height, ColorType::Rgb).expect("a photograph");
    bytes
}

/// Width, height and the colours in the middle of each quarter, in reading order.
fn seen(jpeg: &[u8]) -> (u16, u16, [[u8; 3]; 4]) {
    let mut decoder = Decoder::new(jpeg);
    let pixels = decoder.decode().expect("a JPEG");
    let info = decoder.info().expect("its size");
    let (width, height) = (usize::from(info.width), usize::from(info.height));
    let depth = pixels.len() / (width * height);
    let at = |x: usize, y: usize| {
        let start = (y * height / 4 * width + x * width / 4) * depth;
        [0, 1, 2].map(|part| pixels[start + part.min(depth - 1)])
    };
    (info.width, info.height, [at(1, 1), at(3, 1), at(1, 3), at(3, 3)])
}

fn alike(seen: [[u8; 3]; 4], wanted: [[u8; 3]; 4]) -> bool {
    seen.as_flattened().iter().zip(wanted.as_flattened()).all(|(seen, wanted)| seen.abs_diff(*wanted) < 30)
}

fn small(bytes: &[u8]) -> Vec<u8> {
    small_bytes(bytes, MOST).expect("it can be read").expect("it is made small")
}

#[test]
fn a_photograph_is_as_wide_as_the_page_and_tells_nothing_but_what_it_shows() {
    for progressive in [false, true] {
        let photograph = photograph(2400, 1800, 1, progressive);
        assert!(photograph.len() > 20_000, "{}", photograph.len());
        let small = small(&photograph);
        let (width, height, colours) = seen(&small);
        assert_eq!((width, height), (100, 75));
        assert!(alike(colours, [RED, GREEN, BLUE, WHITE]), "{colours:?}");
        assert!(small.len() < 5000, "{}", small.len());
        for told in [&b"Exif"[..], b"SECRETO"] {
            assert!(!small.windows(told.len()).any(|piece| piece == told));
        }
    }
}

#[test]
fn a_photograph_stands_upright_however_the_camera_was_held() {
    let [a, b, c, d] = [RED, GREEN, BLUE, WHITE];
    for (orientation, wanted) in [
        (1, [a, b, c, d]),
        (2, [b, a, d, c]),
        (3, [d, c, b, a]),
        (4, [c, d, a, b]),
        (5, [a, c, b, d]),
        (6, [c, a, d, b]),
        (7, [d, b, c, a]),
        (8, [b, d, a, c]),
    ] {
        let photograph = photograph(2400, 1600, orientation, false);
        let (width, height, colours) = seen(&small(&photograph));
        let upright = if orientation >= 5 { (1600, 2400) } else { (2400, 1600) };
        assert_eq!(size(&photograph), Some(upright), "{orientation}");
        assert_eq!((width, height), if orientation >= 5 { (100, 150) } else { (100, 66) }, "{orientation}");
        assert!(alike(colours, wanted), "{orientation}: {colours:?}");
    }
}

#[test]
fn what_is_small_and_upright_already_is_shown_as_it_is() {
    assert_eq!(small_bytes(&photograph(300, 200, 1, false), MOST), Ok(None));
    // Lying on its side it is turned, and it never grows.
    let (width, height, _) = seen(&small(&photograph(60, 40, 6, false)));
    assert_eq!((width, height), (40, 60));
    assert_eq!(small_bytes(&drawing(2, 8, &[0; 12], (2, 2), &[], false), MOST), Ok(None));
}

fn chunk(name: [u8; 4], content: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(&name);
    crc.update(content);
    let length = u32::try_from(content.len()).expect("short").to_be_bytes();
    [&length[..], &name, content, &crc.sum().to_be_bytes()].concat()
}

/// A PNG of lines as they come, each written with another filter; `apart` are chunks before its data.
fn drawing(
    colours: u8,
    bits: u8,
    lines: &[u8],
    (width, height): (u32, u32),
    apart: &[u8],
    interlaced: bool,
) -> Vec<u8> {
    let line = lines.len() / height as usize;
    let samples = [1, 0, 3, 1, 2, 0, 4][usize::from(colours)];
    let step = (samples * usize::from(bits)).div_ceil(8);
    let mut data = ZlibEncoder::new(Vec::new(), Compression::none());
    let mut above = vec![0; line];
    for (number, raw) in lines.chunks_exact(line).enumerate() {
        let filter = u8::try_from(number % 5).expect("small");
        let mut out = vec![filter];
        for at in 0..line {
            let of = |row: &[u8]| if at >= step { row[at - step] } else { 0 };
            let (left, up, corner) = (of(raw), above[at], of(&above));
            let guess = match filter {
                0 => 0,
                1 => left,
                2 => up,
                3 => u8::midpoint(left, up),
                _ => {
                    let guess = i32::from(left) + i32::from(up) - i32::from(corner);
                    let by = |side: u8| (guess - i32::from(side)).abs();
                    if by(left) <= by(up) && by(left) <= by(corner) {
                        left
                    } else if by(up) <= by(corner) {
                        up
                    } else {
                        corner
                    }
                }
            };
            out.push(raw[at].wrapping_sub(guess));
        }
        data.write_all(&out).expect("in memory");
        above = raw.to_vec();
    }
    let data = data.finish().expect("in memory");
    let sides = [width.to_be_bytes(), height.to_be_bytes()].concat();
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    png.extend(chunk(*b"IHDR", &[&sides[..], &[bits, colours, 0, 0, u8::from(interlaced)]].concat()));
    png.extend(chunk(*b"tEXt", b"Comment\0SECRETO"));
    png.extend_from_slice(apart);
    // In several pieces, one of them empty, as writers do.
    png.extend(chunk(*b"IDAT", &[]));
    for piece in data.chunks(5000) {
        png.extend(chunk(*b"IDAT", piece));
    }
    png.extend(chunk(*b"IEND", &[]));
    png
}

#[test]
fn a_drawing_of_any_kind_is_made_small_with_its_colours_on_white() {
    let (width, height) = (400, 300);
    let rgb = fields(400, 300);
    let rgba = rgb.chunks(3).flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]).collect::<Vec<_>>();
    let clear = rgb.chunks(3).flat_map(|pixel| [pixel[0], pixel[1], pixel[2], pixel[0] % 2]);
    let clear = clear.collect::<Vec<_>>();
    let deep = rgb.iter().flat_map(|value| [*value, 0]).collect::<Vec<_>>();
    for (name, png, wanted) in [
        ("RGB", drawing(2, 8, &rgb, (width, height), &[], false), [RED, GREEN, BLUE, WHITE]),
        ("RGB of 16 bits", drawing(2, 16, &deep, (width, height), &[], false), [RED, GREEN, BLUE, WHITE]),
        ("RGB and alpha", drawing(6, 8, &rgba, (width, height), &[], false), [RED, GREEN, BLUE, WHITE]),
        ("see-through", drawing(6, 8, &clear, (width, height), &[], false), [WHITE; 4]),
    ] {
        let small = small(&png);
        let (wide, high, colours) = seen(&small);
        assert_eq!((wide, high), (100, 75), "{name}");
        assert!(alike(colours, wanted), "{name}: {colours:?}");
        assert!(!small.windows(7).any(|piece| piece == b"SECRETO"));
    }
}

#[test]
fn a_drawing_with_few_colours_is_made_small() {
    let (width, height) = (1200, 900);
    // Two bits a pixel, four pixels a byte: above 0 and 1, below 2 and 3.
    let line = |left: u8, right: u8| [[left * 0b0101_0101; 150], [right * 0b0101_0101; 150]].concat();
    let lines = (0..900).flat_map(|y| if y < 450 { line(0, 1) } else { line(2, 3) }).collect::<Vec<_>>();
    let palette = chunk(*b"PLTE", &[RED, GREEN, BLUE, RED].concat());
    let apart = [palette, chunk(*b"tRNS", &[255, 255, 255, 0])].concat();
    let (_, _, colours) = seen(&small(&drawing(3, 2, &lines, (width, height), &apart, false)));
    assert!(alike(colours, [RED, GREEN, BLUE, WHITE]), "{colours:?}");
    let (_, _, greys) = seen(&small(&drawing(0, 2, &lines, (width, height), &[], false)));
    assert!(alike(greys, [[0; 3], [85; 3], [170; 3], WHITE]), "{greys:?}");
    let shades = (0..900).flat_map(|_| [[200, 255].repeat(600), [200, 0].repeat(600)].concat());
    let (_, _, greys) =
        seen(&small(&drawing(4, 8, &shades.collect::<Vec<_>>(), (width, height), &[], false)));
    assert!(alike(greys, [[200; 3], WHITE, [200; 3], WHITE]), "{greys:?}");
}

#[test]
fn what_is_no_picture_or_too_much_to_hold_is_refused() {
    let rgb = fields(400, 300);
    let whole = drawing(2, 8, &rgb, (400, 300), &[], false);
    assert_eq!(small_bytes(&drawing(2, 8, &rgb, (400, 300), &[], true), MOST), Err(Problem::Unknown));
    assert_eq!(small_bytes(&whole[..whole.len() / 2], MOST), Err(Problem::Broken));
    assert_eq!(small_bytes(b"GIF89a", MOST), Err(Problem::Unknown));
    assert_eq!(small_bytes(b"", MOST), Err(Problem::Unknown));
    let photograph = photograph(2400, 1800, 1, false);
    assert!(small_bytes(&photograph[..2000], MOST).is_ok(), "a small file, cut off: not looked at further");
    // A bomb: a header of 20,000 × 20,000 pixels, and nothing.
    let sides = [20_000_u32.to_be_bytes(), 20_000_u32.to_be_bytes()].concat();
    let head = chunk(*b"IHDR", &[&sides[..], &[8, 2, 0, 0, 0]].concat());
    let bomb = [&b"\x89PNG\r\n\x1a\n"[..], &head, &chunk(*b"IDAT", &vec![0; 30_000])].concat();
    assert_eq!(small_bytes(&bomb, MOST), Err(Problem::Unknown));
    // And a photograph that says so.
    let mut huge = photograph;
    let frame = huge.windows(2).position(|mark| mark == [0xff, 0xc0]).expect("a frame");
    huge[frame + 5..frame + 9].copy_from_slice(&[0xff; 4]);
    assert_eq!(small_bytes(&huge, MOST), Err(Problem::Unknown));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damaged_pictures_never_panic(
        flips in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<proptest::sample::Index>(),
        which in 0_usize..3,
    ) {
        let none = Most { bytes: 0, width: 50, height: 50 };
        let mut bytes = match which {
            0 => photograph(96, 64, 6, false),
            1 => photograph(96, 64, 1, true),
            _ => drawing(6, 8, &[7; 4 * 40 * 30], (40, 30), &[], false),
        };
        for (at, byte) in &flips {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        let _ = small_bytes(&bytes, none);
        let _ = small_bytes(&bytes[..cut.index(bytes.len())], none);
    }
}
