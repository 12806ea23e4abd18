//! What a picture tells beside what it shows, and that it is gone.

use amauta::formats::photo::{Problem, clean, has_location};
use proptest::prelude::*;

/// Stands wherever something may hide; no picture that was cleaned holds it.
const SECRET: &[u8] = b"SECRETO";

fn be16(number: usize) -> [u8; 2] {
    u16::try_from(number).expect("short").to_be_bytes()
}

/// EXIF with a maker's name, an orientation and, where wanted, a place.
fn exif(orientation: u16, located: bool, little: bool) -> Vec<u8> {
    let short = |number: u16| if little { number.to_le_bytes() } else { number.to_be_bytes() };
    let long = |number: u32| if little { number.to_le_bytes() } else { number.to_be_bytes() };
    let mut tiff = if little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
    tiff.extend(long(8));
    tiff.extend(short(3));
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&short(tag)[..], &short(kind), &long(count), &value].concat()
    };
    tiff.extend(entry(0x010f, 2, 7, long(50)));
    let turned = short(orientation);
    tiff.extend(entry(0x0112, 3, 1, [turned[0], turned[1], 0, 0]));
    tiff.extend(entry(0x8825, 4, 1, long(58)));
    tiff.extend(long(0));
    tiff.extend(SECRET);
    tiff.push(0);
    assert_eq!(tiff.len(), 58);
    // A telephone that may not ask writes the version of the directory alone.
    let version = entry(0, 1, 4, [2, 3, 0, 0]);
    let latitude = entry(2, 5, 3, long(100));
    tiff.extend(short(if located { 2 } else { 1 }));
    tiff.extend(version);
    if located {
        tiff.extend(latitude);
    }
    tiff.extend(long(0));
    tiff.extend(SECRET);
    tiff
}

const XMP: &[u8] = b"<x:xmpmeta SECRETO exif:GPSLatitude=\"13,31.5S\"/>";

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    [&[0xff, marker], &be16(content.len() + 2)[..], content].concat()
}

/// What a JPEG is made of: tables, a frame, two scans with stuffed bytes and a restart.
fn jpeg_picture() -> Vec<u8> {
    [
        segment(0xdb, &[1; 65]),
        segment(0xc2, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]),
        segment(0xc4, &[2; 20]),
        segment(0xda, &[1, 1, 0, 0, 0, 0]),
        b"\x12\xff\x00\x34\xff\xd0\x56".to_vec(),
        segment(0xc4, &[3; 20]),
        segment(0xda, &[1, 1, 0, 1, 63, 0]),
        b"\x78\xff\xff\x00\x9a".to_vec(),
    ]
    .concat()
}

const JFIF: &[u8] = b"JFIF\0\x01\x02\x00\x00\x48\x00\x48\0\0";

/// A JPEG as telephones make them.
fn jpeg(exif: &[u8]) -> Vec<u8> {
    let mut bytes = b"\xff\xd8".to_vec();
    bytes.extend(segment(0xe0, JFIF));
    bytes.extend(segment(0xe1, &[b"Exif\0\0", exif].concat()));
    bytes.extend(segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0", XMP].concat()));
    bytes.extend(segment(0xe2, &[b"ICC_PROFILE\0\x01\x01small", &[0; 20][..]].concat()));
    bytes.extend(segment(0xe2, &[b"MPF\0", SECRET].concat()));
    bytes.extend(segment(0xed, &[b"Photoshop 3.0\0", SECRET].concat()));
    bytes.extend(segment(0xee, b"Adobe\0\x64\0\0\0\0\x01"));
    bytes.extend(segment(0xef, SECRET));
    bytes.extend(segment(0xfe, SECRET));
    bytes.extend(jpeg_picture());
    bytes.extend(b"\xff\xd9");
    // A second picture behind the first.
    bytes.extend([b"\xff\xd8\xff\xe1", SECRET, b"\xff\xd9"].concat());
    bytes
}

fn jpeg_cleaned(app1: &[u8]) -> Vec<u8> {
    [
        b"\xff\xd8",
        &segment(0xe0, JFIF)[..],
        app1,
        &segment(0xe2, &[b"ICC_PROFILE\0\x01\x01small", &[0; 20][..]].concat()),
        &segment(0xee, b"Adobe\0\x64\0\0\0\0\x01"),
        &jpeg_picture(),
        b"\xff\xd9",
    ]
    .concat()
}

/// EXIF of which the orientation alone is left.
fn turned(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0".to_vec();
    tiff[19] = orientation;
    tiff
}

fn chunk(name: &[u8], content: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(name);
    crc.update(content);
    let length = u32::try_from(content.len()).expect("short").to_be_bytes();
    [&length[..], name, content, &crc.sum().to_be_bytes()].concat()
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

fn png_picture(exif: &[u8]) -> Vec<u8> {
    let mut bytes = PNG.to_vec();
    bytes.extend(chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]));
    bytes.extend(chunk(b"gAMA", &[0, 0, 177, 143]));
    bytes.extend(chunk(b"iCCP", b"small\0\0x"));
    bytes.extend(exif);
    bytes.extend(chunk(b"tRNS", &[0, 0]));
    bytes.extend(chunk(b"IDAT", &[4; 30]));
    bytes.extend(chunk(b"IDAT", &[5; 30]));
    bytes.extend(chunk(b"IEND", b""));
    bytes
}

fn png(exif: &[u8]) -> Vec<u8> {
    let mut hidden = chunk(b"tEXt", SECRET);
    for (name, content) in [
        (b"eXIf", exif),
        (b"zTXt", SECRET),
        (b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", XMP].concat()),
        (b"tIME", SECRET),
        (b"caBX", SECRET),
        (b"iCCP", &SECRET.repeat(600)),
    ] {
        hidden.extend(chunk(name, content));
    }
    let mut bytes = png_picture(&hidden);
    bytes.extend(SECRET);
    bytes
}

const FRAME: &[u8] = b"!\xf9\x04\x08\x0a\0\0\0,\0\0\0\0\x01\0\x01\0\x80abcdef\x02\x03\x44\x01\x05\0";
const LOOP: &[u8] = b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";

fn gif(hidden: bool) -> Vec<u8> {
    let mut bytes = b"GIF89a\x01\0\x01\0\x80\0\0rgbrgb".to_vec();
    let extension = |head: &[u8], content: &[u8]| {
        [head, &[u8::try_from(content.len()).expect("short")], content, b"\0"].concat()
    };
    let hide = |bytes: &mut Vec<u8>| {
        if hidden {
            bytes.extend(extension(b"!\xfe", SECRET));
            bytes.extend(extension(b"!\xff\x0bXMP DataXMP", XMP));
            bytes.extend(extension(b"!\xff\x0bNETSCAPE2.0", &SECRET.repeat(3)));
            bytes.extend(extension(b"!\xff\x0bICCRGBG1012", SECRET));
        }
    };
    hide(&mut bytes);
    bytes.extend(LOOP);
    bytes.extend(FRAME);
    hide(&mut bytes);
    bytes.extend(FRAME);
    bytes.extend(b";");
    if hidden {
        bytes.extend(SECRET);
    }
    bytes
}

fn riff(chunks: &[(&[u8], &[u8])]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (name, content) in chunks {
        body.extend(*name);
        body.extend(u32::try_from(content.len()).expect("short").to_le_bytes());
        body.extend(*content);
        body.extend(&[0][..content.len() % 2]);
    }
    let length = u32::try_from(body.len()).expect("short").to_le_bytes();
    [b"RIFF", &length[..], &body].concat()
}

fn vp8x(flags: u8) -> [u8; 10] {
    [flags, 0, 0, 0, 9, 0, 0, 9, 0, 0]
}

fn webp(exif: &[u8]) -> Vec<u8> {
    let profile = SECRET.repeat(600);
    let mut bytes = riff(&[
        (b"VP8X", &vp8x(0x3c)),
        (b"ICCP", &profile),
        (b"ALPH", &[1, 2, 3]),
        (b"VP8 ", &[7; 31]),
        (b"EXIF", exif),
        (b"XMP ", XMP),
        (b"ABCD", SECRET),
    ]);
    bytes.extend(SECRET);
    bytes
}

fn cleaned(bytes: &[u8]) -> Vec<u8> {
    clean(bytes).expect("a picture").to_vec()
}

fn holds_secret(bytes: &[u8]) -> bool {
    bytes.windows(SECRET.len()).any(|window| window == SECRET)
}

/// A picture of each kind that tells all it can.
fn telling() -> [Vec<u8>; 4] {
    [jpeg(&exif(6, true, true)), png(&exif(6, true, false)), gif(true), webp(&exif(6, true, true))]
}

#[test]
fn a_photograph_keeps_what_it_shows_and_which_way_is_up() {
    for little in [true, false] {
        for orientation in 2..=8 {
            let app1 = segment(0xe1, &[&b"Exif\0\0"[..], &turned(orientation)].concat());
            let photo = jpeg(&exif(orientation.into(), true, little));
            assert_eq!(cleaned(&photo), jpeg_cleaned(&app1), "{orientation}");
        }
        for orientation in [0, 1, 9, 300] {
            assert_eq!(cleaned(&jpeg(&exif(orientation, true, little))), jpeg_cleaned(b""), "{orientation}");
        }
    }
    assert_eq!(cleaned(&jpeg(b"garbage")), jpeg_cleaned(b""));
}

#[test]
fn a_small_copy_of_the_picture_goes_with_the_rest() {
    let thumbnail = [&JFIF[..12], &[1, 1], b"rgb"].concat();
    let photo = [b"\xff\xd8", &segment(0xe0, &thumbnail)[..], &jpeg_picture(), b"\xff\xd9"].concat();
    let without = [b"\xff\xd8", &segment(0xe0, JFIF)[..], &jpeg_picture(), b"\xff\xd9"].concat();
    assert_eq!(cleaned(&photo), without);
    let extension =
        [b"\xff\xd8", &segment(0xe0, b"JFXX\0\x10...")[..], &jpeg_picture(), b"\xff\xd9"].concat();
    assert_eq!(cleaned(&extension), [b"\xff\xd8", &jpeg_picture()[..], b"\xff\xd9"].concat());
}

#[test]
fn a_photograph_without_its_end_gets_one() {
    let photo = jpeg(&exif(1, true, true));
    let end = photo.windows(2).position(|pair| pair == b"\xff\xd9").expect("an end");
    assert_eq!(cleaned(&photo[..end]), jpeg_cleaned(b""));
    assert_eq!(cleaned(&gif(false)[..gif(false).len() - 1]), gif(false));
}

#[test]
fn drawings_keep_what_they_show() {
    let alone = chunk(b"eXIf", &turned(6));
    assert_eq!(cleaned(&png(&exif(6, true, true))), png_picture(&alone));
    assert_eq!(cleaned(&png(&exif(1, true, true))), png_picture(b""));
    assert_eq!(cleaned(&gif(true)), gif(false));
}

#[test]
fn a_webp_announces_what_is_left() {
    let left = |exif: Option<Vec<u8>>| {
        let flags = vp8x(if exif.is_some() { 0x18 } else { 0x10 });
        let mut chunks: Vec<(&[u8], &[u8])> =
            vec![(b"VP8X", &flags), (b"ALPH", &[1, 2, 3]), (b"VP8 ", &[7; 31])];
        chunks.extend(exif.iter().map(|exif| (&b"EXIF"[..], &exif[..])));
        riff(&chunks)
    };
    assert_eq!(cleaned(&webp(&exif(6, true, true))), left(Some(turned(6))));
    assert_eq!(cleaned(&webp(&[b"Exif\0\0", &exif(8, true, true)[..]].concat())), left(Some(turned(8))));
    assert_eq!(cleaned(&webp(&exif(1, true, true))), left(None));
    let simple = riff(&[(b"VP8L", &[1, 2, 3])]);
    assert!(!clean(&simple).expect("a picture").is_changed());
}

#[test]
fn nothing_is_told_any_more() {
    for bytes in telling() {
        assert!(holds_secret(&bytes) && has_location(&bytes));
        let picture = clean(&bytes).expect("a picture");
        assert!(picture.is_changed() && picture.had_location());
        let clean_bytes = picture.to_vec();
        assert_eq!(picture.pieces().collect::<Vec<_>>().concat(), clean_bytes);
        assert!(!holds_secret(&clean_bytes) && !has_location(&clean_bytes));
    }
}

#[test]
fn a_clean_picture_stays_as_it_is() {
    for bytes in telling() {
        let once = cleaned(&bytes);
        let again = clean(&once).expect("a picture");
        assert!(!again.is_changed());
        assert_eq!(again.to_vec(), once);
    }
}

#[test]
fn a_place_is_told_by_coordinates_and_by_nothing_less() {
    let without_xmp = |exif: &[u8]| {
        [b"\xff\xd8", &segment(0xe1, &[b"Exif\0\0", exif].concat())[..], &jpeg_picture(), b"\xff\xd9"]
            .concat()
    };
    for little in [true, false] {
        assert!(has_location(&without_xmp(&exif(1, true, little))));
        assert!(!has_location(&without_xmp(&exif(1, false, little))));
    }
    let xmp = segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0", XMP].concat());
    assert!(has_location(&[b"\xff\xd8", &xmp[..], &jpeg_picture(), b"\xff\xd9"].concat()));
    assert!(!has_location(b"%PDF-1.4 GPSLatitude"));
}

#[test]
fn what_is_no_picture_or_a_broken_one_is_told() {
    let problem = |bytes: &[u8]| clean(bytes).err();
    for bytes in [&b""[..], b"%PDF-1.4", b"<svg/>", b"BM", b"GIF88a", b"RIFF\0\0\0\0WAVE"] {
        assert_eq!(problem(bytes), Some(Problem::Unknown));
    }
    let mut empty = PNG.to_vec();
    empty.extend(chunk(b"IHDR", &[0; 13]));
    empty.extend(chunk(b"IEND", b""));
    let headless = [PNG, &chunk(b"IDAT", b"x")[..], &chunk(b"IEND", b"")].concat();
    for bytes in [
        &b"\xff\xd8\xff"[..],
        b"\xff\xd8\xff\xd9",
        &jpeg(b"")[..60],
        PNG,
        &empty,
        &headless,
        &png(b"")[..120],
        b"GIF89a",
        b"GIF89a\x01\0\x01\0\0\0\0;",
        &gif(true)[..100],
        b"RIFF\x04\0\0\0WEBP",
        &riff(&[(b"VP8X", &vp8x(0))]),
        &webp(b"")[..200],
    ] {
        assert_eq!(problem(bytes), Some(Problem::Broken), "{bytes:?}");
    }
    let alternating = [segment(0xfe, b""), segment(0xdb, b"")].concat().repeat(2000);
    let many = [b"\xff\xd8", &alternating[..], &jpeg_picture(), b"\xff\xd9"].concat();
    assert_eq!(problem(&many), Some(Problem::Broken));
}

/// Whether a picture that can be cleaned is clean then.
fn holds(bytes: &[u8]) -> bool {
    let Ok(once) = clean(bytes) else { return true };
    let once = once.to_vec();
    clean(&once).is_ok_and(|again| !again.is_changed() && !again.had_location())
}

proptest! {
    #[test]
    fn no_damage_breaks_the_reader(
        kind in 0..4_usize,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<prop::sample::Index>(),
        whole in any::<bool>(),
    ) {
        let mut bytes = telling()[kind].clone();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if !whole {
            bytes.truncate(cut.index(bytes.len()));
        }
        prop_assert!(holds(&bytes));
    }

    #[test]
    fn no_bytes_after_the_first_break_the_reader(
        kind in prop::sample::select(vec![&b"\xff\xd8\xff"[..], PNG, b"GIF89a", b"RIFF\x40\0\0\0WEBP"]),
        pieces in prop::collection::vec(prop_oneof![
            prop::sample::select(vec![
                &b"\xff\xe1\0\x28Exif\0\0II*\0\x08\0\0\0"[..], b"\xff", b"\0", b"\xda\0\x02", b"\xd9", b"\0\0\0\x04", b"IHDR",
                b"IDAT", b"IEND", b"eXIf", b"!", b"\xf9", b",", b";", b"VP8X", b"VP8 ", b"EXIF", b"\x04\0\0\0", b"\xff\xff\xff\xff",
                b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0",
            ]).prop_map(<[u8]>::to_vec),
            prop::collection::vec(any::<u8>(), 0..20),
        ], 0..30),
    ) {
        prop_assert!(holds(&[kind, &pieces.concat()].concat()));
    }
}
