//! The end record of a ZIP file (APPNOTE 6.3.10, 4.3.16) and a count of the entries it points to, before anything is
//! allocated for them.

use std::io::{Read, Seek, SeekFrom};

use crate::domain::finding::Finding;

use super::{Limits, damaged};

/// Where the list of entries lies.
pub(super) struct End {
    /// Offset of the list.
    pub(super) start: u64,
    /// Entries it holds, counted.
    pub(super) entries: u64,
    /// Bytes of the whole file.
    pub(super) file_length: u64,
}

const END: [u8; 4] = *b"PK\x05\x06";
const END_BYTES: usize = 22;
const ENTRY: [u8; 4] = *b"PK\x01\x02";
const ENTRY_BYTES: u64 = 46;

/// Finds the end record and walks the list once.
pub(super) fn find<R: Read + Seek>(reader: &mut R, limits: &Limits) -> Result<End, Finding> {
    let unread = |_| Finding::error_of_whole("check-archive-unreadable");
    let length = reader.seek(SeekFrom::End(0)).map_err(unread)?;
    let tail_start = length.saturating_sub(u64::from(u16::MAX) + 22);
    let tail = read_at(reader, tail_start, length - tail_start).map_err(unread)?;
    let Some(at) = end_record(&tail) else {
        let head = read_at(reader, 0, length.min(4)).map_err(unread)?;
        let cut_off = head == *b"PK\x03\x04";
        return Err(Finding::error_of_whole(if cut_off {
            "check-archive-truncated"
        } else {
            "check-archive-not-zip"
        }));
    };
    let record = tail.get(at..).unwrap_or_default();
    let here = tail_start + u64::try_from(at).unwrap_or(u64::MAX);
    let declared = u64::from(u16_at(record, 10).ok_or_else(damaged)?);
    let bytes = u64::from(u32_at(record, 12).ok_or_else(damaged)?);
    let start = u64::from(u32_at(record, 16).ok_or_else(damaged)?);
    if declared > limits.entries || declared == u64::from(u16::MAX) {
        return Err(Finding::error_of_whole("check-archive-too-many").with("count", limits.entries));
    }
    // Files of the ZIP64 kind hold more than any limit here allows.
    if bytes > limits.directory_bytes || start == u64::from(u32::MAX) {
        return Err(Finding::error_of_whole("check-archive-too-big").with("megabytes", limits.unpacked >> 20));
    }
    if start.saturating_add(bytes) != here {
        return Err(damaged());
    }
    let list = read_at(reader, start, bytes).map_err(unread)?;
    let entries = count(&list)?;
    reader.rewind().map_err(unread)?;
    if entries == declared { Ok(End { start, entries, file_length: length }) } else { Err(damaged()) }
}

fn read_at<R: Read + Seek>(reader: &mut R, start: u64, count: u64) -> std::io::Result<Vec<u8>> {
    reader.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    reader.by_ref().take(count).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The last end record whose comment reaches exactly to the end of the file.
fn end_record(tail: &[u8]) -> Option<usize> {
    let last = tail.len().checked_sub(END_BYTES)?;
    (0..=last).rev().find(|at| {
        let record = tail.get(*at..).unwrap_or_default();
        let comment = u16_at(record, 20).map(usize::from);
        record.starts_with(&END) && comment == Some(record.len() - END_BYTES)
    })
}

fn count(list: &[u8]) -> Result<u64, Finding> {
    let mut rest = list;
    let mut entries = 0;
    while !rest.is_empty() {
        let lengths = [28, 30, 32].map(|at| u16_at(rest, at).map(u64::from));
        let [Some(name), Some(extra), Some(comment)] = lengths else { return Err(damaged()) };
        let whole = usize::try_from(ENTRY_BYTES + name + extra + comment).map_err(|_| damaged())?;
        if !rest.starts_with(&ENTRY) {
            return Err(damaged());
        }
        rest = rest.get(whole..).ok_or_else(damaged)?;
        entries += 1;
    }
    Ok(entries)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..)?.first_chunk::<2>()?;
    Some(u16::from_le_bytes(*pair))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..)?.first_chunk::<4>()?;
    Some(u32::from_le_bytes(*four))
}
