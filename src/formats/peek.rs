//! Short reads at given places of a file of any size. What the bytes mean is the readers' work.

use std::io::{self, Read, Seek, SeekFrom};

/// Most bytes that one look takes, whatever a header claims.
const MAX_LOOK: usize = 256 * 1024;

/// A file looked at in a few places.
pub(super) struct Peek<'r, R> {
    reader: &'r mut R,
    length: u64,
}

impl<'r, R: Read + Seek> Peek<'r, R> {
    /// Takes the reader and asks for its length.
    pub(super) fn new(reader: &'r mut R) -> io::Result<Self> {
        let length = reader.seek(SeekFrom::End(0))?;
        Ok(Self { reader, length })
    }

    /// Length of the file in bytes.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Up to `count` bytes (at most 256 KB) from `offset`; fewer when the file ends before.
    pub(super) fn at(&mut self, offset: u64, count: usize) -> io::Result<Vec<u8>> {
        let left = usize::try_from(self.length.saturating_sub(offset)).unwrap_or(usize::MAX);
        let mut bytes = Vec::with_capacity(count.min(MAX_LOOK).min(left));
        if left > 0 {
            self.reader.seek(SeekFrom::Start(offset))?;
            let count = u64::try_from(count.min(MAX_LOOK)).unwrap_or(0);
            self.reader.by_ref().take(count).read_to_end(&mut bytes)?;
        }
        Ok(bytes)
    }
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..)?.get(..N)?.try_into().ok()
}

/// Two bytes, the low one first.
pub(super) fn le16(bytes: &[u8], at: usize) -> Option<u16> {
    array(bytes, at).map(u16::from_le_bytes)
}

/// Four bytes, the lowest first.
pub(super) fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(u32::from_le_bytes)
}

/// Eight bytes, the lowest first.
pub(super) fn le64(bytes: &[u8], at: usize) -> Option<u64> {
    array(bytes, at).map(u64::from_le_bytes)
}

/// Two bytes, the high one first.
pub(super) fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    array(bytes, at).map(u16::from_be_bytes)
}

/// Four bytes, the highest first.
pub(super) fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(u32::from_be_bytes)
}

/// Eight bytes, the highest first.
pub(super) fn be64(bytes: &[u8], at: usize) -> Option<u64> {
    array(bytes, at).map(u64::from_be_bytes)
}

/// Where `needle` stands in `bytes`, counted from the beginning.
pub(super) fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len().max(1)).position(|window| window == needle)
}
