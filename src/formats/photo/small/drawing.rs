//! A PNG (W3C, third edition) read line by line. Read here and not by a crate: the one there is brings a second and a third
//! DEFLATE with it, and no other reads by lines. What is see-through shows white, as on paper. Interlaced ones are not read:
//! they would have to be held whole.

use std::io::{BufRead, Read, Take};

use flate2::bufread::ZlibDecoder;

use super::{MAX_PIXELS, Most, Raster, fitted, shrink::Shrink};
use crate::formats::{
    peek::be32,
    photo::{Problem, png::SIGNATURE},
};

/// Widest drawing, in pixels: two lines are in memory.
const MAX_WIDTH: u32 = 20_000;
/// Longest chunk that is read whole: a palette with its transparency has less.
const MAX_CHUNK: u32 = 4096;

/// What the header says.
struct Header {
    wide: u32,
    high: u32,
    width: usize,
    height: usize,
    /// Bits of a sample: 1, 2, 4, 8 or 16.
    bits: usize,
    /// 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha.
    colours: u8,
}

impl Header {
    fn read(chunk: &[u8]) -> Result<Self, Problem> {
        let side = |at| be32(chunk, at).filter(|side| *side > 0).ok_or(Problem::Broken);
        let (wide, high) = (side(0)?, side(4)?);
        let [bits, colours, 0, 0, interlaced] = *chunk.get(8..13).ok_or(Problem::Broken)? else {
            return Err(Problem::Broken);
        };
        let fits = match colours {
            0 => [1, 2, 4, 8, 16].contains(&bits),
            3 => [1, 2, 4, 8].contains(&bits),
            2 | 4 | 6 => [8, 16].contains(&bits),
            _ => false,
        };
        if !fits {
            return Err(Problem::Broken);
        }
        if interlaced != 0 || wide > MAX_WIDTH || u64::from(wide) * u64::from(high) > MAX_PIXELS {
            return Err(Problem::Unknown);
        }
        let pixels = |side: u32| usize::try_from(side).map_err(|_| Problem::Unknown);
        Ok(Self { wide, high, width: pixels(wide)?, height: pixels(high)?, bits: usize::from(bits), colours })
    }

    fn samples(&self) -> usize {
        match self.colours {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        }
    }

    /// Bytes of a line.
    fn line(&self) -> usize {
        (self.width * self.samples() * self.bits).div_ceil(8)
    }
}

/// Reads a drawing and makes it small; `None` when it may be shown as it is.
pub(super) fn read(picture: &mut dyn BufRead, size: u64, most: Most) -> Result<Option<Raster>, Problem> {
    let mut signature = [0; 8];
    picture.read_exact(&mut signature).map_err(|_| Problem::Broken)?;
    if signature != SIGNATURE {
        return Err(Problem::Unknown);
    }
    let (mut header, mut palette, mut clear) = (None, Vec::new(), Vec::new());
    let (header, length) = loop {
        let (length, name) = chunk_head(picture)?;
        match &name {
            b"IDAT" => break (header.ok_or(Problem::Broken)?, length),
            b"IHDR" => header = Some(Header::read(&chunk(picture, length)?)?),
            b"PLTE" => palette = chunk(picture, length)?,
            b"tRNS" => clear = chunk(picture, length)?,
            b"IEND" => return Err(Problem::Broken),
            _ => skip(picture, u64::from(length) + 4)?,
        }
    };
    if size <= most.bytes {
        return Ok(None);
    }
    let from = (header.width, header.height);
    let depth = if [0, 4].contains(&header.colours) { 1 } else { 3 };
    let to = fitted((header.wide, header.high), most);
    let pixels = |side| usize::try_from(side).unwrap_or(1);
    let mut shrink = Shrink::new(from, (pixels(to.0), pixels(to.1)), depth);
    let mut lines = ZlibDecoder::new(Data { picture: picture.take(u64::from(length)), ended: false });
    let step = (header.samples() * header.bits).div_ceil(8);
    let (mut line, mut above) = (vec![0; header.line()], vec![0; header.line()]);
    let mut pixels = Vec::with_capacity(header.width * depth);
    for _ in 0..header.height {
        let mut filter = [0];
        lines.read_exact(&mut filter).map_err(|_| Problem::Broken)?;
        lines.read_exact(&mut line).map_err(|_| Problem::Broken)?;
        unfilter(filter[0], step, &mut line, &above)?;
        pixels.clear();
        colour(&header, &line, &palette, &clear, &mut pixels);
        shrink.row(&pixels);
        std::mem::swap(&mut line, &mut above);
    }
    shrink.finish().map(Some)
}

fn chunk_head(picture: &mut dyn Read) -> Result<(u32, [u8; 4]), Problem> {
    let mut head = [0; 8];
    picture.read_exact(&mut head).map_err(|_| Problem::Broken)?;
    let [a, b, c, d, name @ ..] = head;
    Ok((u32::from_be_bytes([a, b, c, d]), name))
}

/// A chunk's content; its sum of control goes unread: a wrong colour hurts nobody.
fn chunk(picture: &mut dyn Read, length: u32) -> Result<Vec<u8>, Problem> {
    if length > MAX_CHUNK {
        return Err(Problem::Broken);
    }
    let mut content = vec![0; length as usize];
    picture.read_exact(&mut content).map_err(|_| Problem::Broken)?;
    skip(picture, 4)?;
    Ok(content)
}

fn skip(picture: &mut dyn Read, count: u64) -> Result<(), Problem> {
    let skipped =
        std::io::copy(&mut picture.take(count), &mut std::io::sink()).map_err(|_| Problem::Broken)?;
    if skipped == count { Ok(()) } else { Err(Problem::Broken) }
}

/// What lies in the IDAT chunks, which follow one another.
struct Data<R> {
    picture: Take<R>,
    ended: bool,
}

impl<R: BufRead> Data<R> {
    /// Goes on to the next chunk when one is read to its end.
    fn go_on(&mut self) -> std::io::Result<()> {
        while self.picture.limit() == 0 && !self.ended {
            let inner = self.picture.get_mut();
            let ends = skip(inner, 4).and_then(|()| chunk_head(inner));
            match ends {
                Ok((length, name)) if name == *b"IDAT" => self.picture.set_limit(u64::from(length)),
                Ok(_) => self.ended = true,
                Err(_) => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            }
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Data<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        self.go_on()?;
        self.picture.read(out)
    }
}

impl<R: BufRead> BufRead for Data<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.go_on()?;
        self.picture.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.picture.consume(count);
    }
}

/// Section 9 of the specification: each byte was written as its difference from neighbours. `step` bytes lie between a byte
/// and the one to its left.
fn unfilter(filter: u8, step: usize, line: &mut [u8], above: &[u8]) -> Result<(), Problem> {
    if filter > 4 {
        return Err(Problem::Broken);
    }
    if filter == 0 {
        return Ok(());
    }
    for at in 0..line.len() {
        let before = |row: &[u8]| at.checked_sub(step).and_then(|at| row.get(at)).copied().unwrap_or(0);
        let (left, corner) = (before(line), before(above));
        let up = above.get(at).copied().unwrap_or(0);
        let guess = match filter {
            1 => left,
            2 => up,
            3 => u8::try_from(u16::midpoint(u16::from(left), u16::from(up))).unwrap_or(0),
            _ => paeth(left, up, corner),
        };
        if let Some(byte) = line.get_mut(at) {
            *byte = byte.wrapping_add(guess);
        }
    }
    Ok(())
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(up), i16::from(corner));
    let guess = a + b - c;
    let (by_left, by_up, by_corner) = ((guess - a).abs(), (guess - b).abs(), (guess - c).abs());
    if by_left <= by_up && by_left <= by_corner {
        left
    } else if by_up <= by_corner {
        up
    } else {
        corner
    }
}

/// A line as grey or RGB, eight bits each, on white.
fn colour(header: &Header, line: &[u8], palette: &[u8], clear: &[u8], out: &mut Vec<u8>) {
    let on_white = |value: u8, alpha: u8| {
        let mixed = (u16::from(value) * u16::from(alpha) + 255 * (255 - u16::from(alpha))) / 255;
        u8::try_from(mixed).unwrap_or(u8::MAX)
    };
    let sample = |at: usize| match header.bits {
        16 => line.get(at * 2).copied().unwrap_or(0),
        8 => line.get(at).copied().unwrap_or(0),
        bits => {
            let byte = line.get(at * bits / 8).copied().unwrap_or(0);
            (byte >> (8 - bits - at * bits % 8)) & ((1 << bits) - 1)
        }
    };
    // All of its bits set: white.
    let full = if header.bits < 8 { (1_u8 << header.bits) - 1 } else { 255 };
    for x in 0..header.width {
        match header.colours {
            0 => out.push(u8::try_from(u16::from(sample(x)) * 255 / u16::from(full)).unwrap_or(u8::MAX)),
            2 => out.extend((0..3).map(|part| sample(x * 3 + part))),
            3 => {
                let index = usize::from(sample(x));
                let alpha = clear.get(index).copied().unwrap_or(255);
                let at = |part| palette.get(index * 3 + part).copied().unwrap_or(0);
                out.extend((0..3).map(|part| on_white(at(part), alpha)));
            }
            4 => out.push(on_white(sample(x * 2), sample(x * 2 + 1))),
            _ => {
                let alpha = sample(x * 4 + 3);
                out.extend((0..3).map(|part| on_white(sample(x * 4 + part), alpha)));
            }
        }
    }
}
