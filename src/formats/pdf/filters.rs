//! Streams unpacked (ISO 32000-1, 7.4): Flate and LZW with their predictors, and the two ways of writing bytes as
//! letters. Packings of pictures are not known.

use std::io::Read;

use super::objects::hex;

/// Most bytes of one unpacked stream.
pub(super) const MAX_STREAM: usize = 4 * 1024 * 1024;

/// How a packer foretold bytes from those before.
#[derive(Clone, Copy)]
pub(super) struct Predictor {
    /// 1: not at all; 2: TIFF; from 10 on: PNG, each row by its own way.
    pub(super) kind: u32,
    pub(super) colors: usize,
    pub(super) bits: usize,
    pub(super) columns: usize,
    /// LZW changes its width one code early.
    pub(super) early: bool,
}

/// What can be unpacked of the data: a stream cut short gives its beginning. `None` for an unknown filter.
pub(super) fn unpack(filter: &[u8], data: &[u8], predictor: Predictor) -> Option<Vec<u8>> {
    Some(match filter {
        b"FlateDecode" | b"Fl" => predicted(inflate(data), predictor),
        b"LZWDecode" | b"LZW" => predicted(lzw(data, predictor.early), predictor),
        b"ASCIIHexDecode" | b"AHx" => hex(data),
        b"ASCII85Decode" | b"A85" => ascii85(data),
        _ => return None,
    })
}

fn inflate(data: &[u8]) -> Vec<u8> {
    let limit = u64::try_from(MAX_STREAM).unwrap_or(0);
    let mut out = Vec::new();
    let _ = flate2::read::ZlibDecoder::new(data).take(limit).read_to_end(&mut out);
    if out.is_empty() {
        let _ = flate2::read::DeflateDecoder::new(data).take(limit).read_to_end(&mut out);
    }
    out
}

fn lzw(data: &[u8], early: bool) -> Vec<u8> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    // Where in the output the string of each code from 258 on stands, and its length.
    let mut table: Vec<(usize, usize)> = Vec::new();
    let (mut out, mut last) = (Vec::new(), None::<(usize, usize)>);
    let (mut bits, mut held) = (0_usize, 0_u32);
    for byte in data {
        bits = (bits << 8 | usize::from(*byte)) & 0xFF_FFFF;
        held += 8;
        let width = match END + 1 + table.len() + usize::from(early) {
            ..=511 => 9,
            512..=1023 => 10,
            1024..=2047 => 11,
            _ => 12,
        };
        if held < width {
            continue;
        }
        held -= width;
        let code = bits >> held & ((1 << width) - 1);
        let begin = out.len();
        match code {
            CLEAR => {
                table.clear();
                last = None;
                continue;
            }
            END => break,
            code if code < CLEAR => out.extend(u8::try_from(code)),
            code => {
                // The code about to be made repeats the last string and its first byte.
                let string = match table.get(code - 258) {
                    Some(known) => Some(*known),
                    None if code - 258 == table.len() => last.map(|(from, length)| (from, length + 1)),
                    None => None,
                };
                let Some((from, length)) = string else { break };
                for at in from..from + length {
                    out.extend(out.get(at).copied());
                }
            }
        }
        if let Some((from, length)) = last.filter(|_| table.len() < 4096 - 258) {
            table.push((from, length + 1));
        }
        last = Some((begin, out.len() - begin));
        if out.len() >= MAX_STREAM {
            break;
        }
    }
    out
}

/// Takes the foretelling back.
fn predicted(data: Vec<u8>, predictor: Predictor) -> Vec<u8> {
    let Predictor { kind, colors, bits, columns, .. } = predictor;
    let pixel = (colors.saturating_mul(bits)).div_ceil(8).max(1);
    let row = colors.saturating_mul(bits).saturating_mul(columns).div_ceil(8).max(1);
    match kind {
        2 if bits == 8 => {
            let mut data = data;
            for line in data.chunks_mut(row) {
                for at in pixel..line.len() {
                    let left = line.get(at - pixel).copied().unwrap_or(0);
                    if let Some(byte) = line.get_mut(at) {
                        *byte = byte.wrapping_add(left);
                    }
                }
            }
            data
        }
        10.. => png(&data, row, pixel),
        _ => data,
    }
}

fn png(data: &[u8], row: usize, pixel: usize) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(data.len());
    for line in data.chunks(row.saturating_add(1)) {
        let Some((way, line)) = line.split_first() else { continue };
        let begin = out.len();
        for (at, byte) in line.iter().enumerate() {
            let of = |place: Option<usize>| place.and_then(|place| out.get(place)).copied().unwrap_or(0);
            let left = if at < pixel { 0 } else { of((begin + at).checked_sub(pixel)) };
            let above = of((begin + at).checked_sub(row));
            let corner = if at < pixel { 0 } else { of((begin + at).checked_sub(row + pixel)) };
            let foretold = match way {
                1 => left,
                2 => above,
                3 => u8::midpoint(left, above),
                4 => paeth(left, above, corner),
                _ => 0,
            };
            out.push(byte.wrapping_add(foretold));
        }
    }
    out
}

fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let guess = i16::from(left) + i16::from(above) - i16::from(corner);
    let far = |byte: u8| (guess - i16::from(byte)).abs();
    if far(left) <= far(above) && far(left) <= far(corner) {
        left
    } else if far(above) <= far(corner) {
        above
    } else {
        corner
    }
}

fn ascii85(data: &[u8]) -> Vec<u8> {
    let (mut out, mut group) = (Vec::new(), Vec::with_capacity(5));
    for byte in data {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            _ => {}
        }
        if group.len() == 5 {
            out.extend(word85(&group).to_be_bytes());
            group.clear();
        }
    }
    if group.len() > 1 {
        let count = group.len() - 1;
        group.resize(5, 84);
        out.extend(word85(&group).to_be_bytes().iter().take(count));
    }
    out
}

fn word85(group: &[u32]) -> u32 {
    group.iter().fold(0, |word: u32, digit| word.wrapping_mul(85).wrapping_add(*digit))
}
