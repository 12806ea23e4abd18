//! EXIF, which is a TIFF file without a picture: which way is up, and whether it tells a place. Everything else is of no
//! interest here.

use crate::formats::peek::{be16, be32, le16, le32};

/// Length in bytes of EXIF that tells the orientation alone.
pub(super) const ORIENTATION: usize = 26;

const TAG_ORIENTATION: u16 = 0x0112;
const TAG_GPS: u16 = 0x8825;
const GPS_LATITUDE: u16 = 2;
const GPS_LONGITUDE: u16 = 4;
const SHORT: u16 = 3;

struct Tiff<'a> {
    bytes: &'a [u8],
    little: bool,
}

struct Entry {
    tag: u16,
    kind: u16,
    /// Where its value stands, or where that is told.
    value: usize,
}

impl<'a> Tiff<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let little = match bytes.get(..4)? {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return None,
        };
        Some(Self { bytes, little })
    }

    fn short(&self, at: usize) -> Option<u16> {
        if self.little { le16(self.bytes, at) } else { be16(self.bytes, at) }
    }

    fn offset(&self, at: usize) -> Option<usize> {
        let long = if self.little { le32(self.bytes, at) } else { be32(self.bytes, at) };
        usize::try_from(long?).ok()
    }

    /// The entries of a directory, as far as they are there.
    fn entries(&self, directory: usize) -> impl Iterator<Item = Entry> {
        let count = usize::from(self.short(directory).unwrap_or(0));
        (0..count).map_while(move |number| {
            let at = directory.checked_add(2)?.checked_add(number * 12)?;
            let (tag, kind) = (self.short(at)?, self.short(at + 2)?);
            self.offset(at + 8)?;
            Some(Entry { tag, kind, value: at + 8 })
        })
    }

    fn first(&self) -> impl Iterator<Item = Entry> {
        self.entries(self.offset(4).unwrap_or(self.bytes.len()))
    }
}

/// EXIF of the orientation, when it is told and is another than upright.
pub(super) fn orientation_alone(exif: &[u8]) -> Option<[u8; ORIENTATION]> {
    let tiff = Tiff::open(exif)?;
    let entry = tiff.first().find(|entry| entry.tag == TAG_ORIENTATION && entry.kind == SHORT)?;
    let turned = tiff.short(entry.value).and_then(|turned| u8::try_from(turned).ok())?;
    let mut alone = *b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    *alone.get_mut(19)? = turned;
    (2..=8).contains(&turned).then_some(alone)
}

/// Whether a latitude or longitude is told. Telephones that may not ask where they are write the directory of places without.
pub(super) fn has_location(exif: &[u8]) -> bool {
    let Some(tiff) = Tiff::open(exif) else { return false };
    let places = tiff.first().filter(|entry| entry.tag == TAG_GPS);
    places.filter_map(|entry| tiff.offset(entry.value)).any(|directory| {
        tiff.entries(directory).any(|entry| [GPS_LATITUDE, GPS_LONGITUDE].contains(&entry.tag))
    })
}
