//! ZIP files from outside, read so that nothing in them can hurt: every name, count and size is judged before the first
//! byte is unpacked, and counted again while unpacking. A hostile archive is refused whole, with the reason.
//!
//! What a book or a bundle means is not known here; nothing is written to a disk.

mod directory;
mod names;
mod pack;

use std::{
    collections::HashMap,
    io::{self, Read, Seek, Write},
};

use zip::{
    CompressionMethod, ZipArchive,
    read::{ArchiveOffset, Config},
    result::ZipError,
};

use crate::domain::finding::Finding;

pub(crate) use names::{Seen, judge, shown};
pub use pack::Pack;

/// How much an archive may hold. The defaults fit a book or a bundle of lessons; who expects more says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Entries, folders included: 10,000.
    pub entries: u64,
    /// Bytes of the list of entries at the end of the file: 8 MiB.
    pub directory_bytes: u64,
    /// Bytes of all entries together, unpacked: 1 GiB.
    pub unpacked: u64,
    /// How many times larger than packed an entry, or the whole, may be: 200.
    pub ratio: u64,
    /// Bytes up to which [`Limits::ratio`] is not asked for: 1 MiB.
    pub ratio_from: u64,
    /// Folders in folders, the file counted too: 20.
    pub depth: usize,
    /// Bytes of a name with its folders: 240.
    pub name_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            entries: 10_000,
            directory_bytes: 8 << 20,
            unpacked: 1 << 30,
            ratio: 200,
            ratio_from: 1 << 20,
            depth: 20,
            name_bytes: 240,
        }
    }
}

struct Entry {
    name: String,
    size: u64,
    /// Place in the archive's own list.
    index: usize,
}

/// What an archive is read from. Of one kind for all of them: each would be forty kilobytes of program.
type Reader = Box<dyn ReadSeek + Send>;

trait ReadSeek: Read + Seek {}

impl<R: Read + Seek> ReadSeek for R {}

/// An archive whose list of entries was found sound. Folders are not listed; files are read by name.
pub struct Archive {
    zip: ZipArchive<Reader>,
    files: Vec<Entry>,
    by_name: HashMap<String, usize>,
}

impl Archive {
    /// Reads the list of entries and judges it.
    ///
    /// # Errors
    /// A finding of `check-archive.ftl`: not a ZIP, cut off, more than the limits allow, or an entry that no honest
    /// tool writes (a path that leaves the folder, a link, a name twice, a password …).
    pub fn open(reader: impl Read + Seek + Send + 'static, limits: &Limits) -> Result<Self, Finding> {
        Self::open_any(Box::new(reader), limits)
    }

    fn open_any(mut reader: Reader, limits: &Limits) -> Result<Self, Finding> {
        let end = directory::find(&mut reader, limits)?;
        let config = Config { archive_offset: ArchiveOffset::Known(0) };
        let zip = ZipArchive::with_config(config, reader).map_err(|_| damaged())?;
        if zip.central_directory_start() != end.start {
            return Err(damaged());
        }
        // The reader keeps one entry for each name, so a name written twice shows as a difference.
        if zip.has_duplicate_names() || u64::try_from(zip.len()) != Ok(end.entries) {
            return Err(Finding::error_of_whole("check-archive-name-twice-somewhere"));
        }
        let mut files = Vec::new();
        let mut ranges = Vec::with_capacity(zip.len());
        let mut tally = Tally { limits, total: 0, file_length: end.file_length };
        let mut seen = names::Seen::default();
        for index in 0..zip.len() {
            let entry = zip.by_index_data(index).map_err(|_| damaged())?;
            let name = entry.name().map_err(|_| names::unreadable(&names::shown_bytes(entry.name_raw())))?;
            let folder = name.ends_with('/');
            names::judge(&name, limits)?;
            seen.add(&name)?;
            if entry.is_symlink() || !plain_mode(entry.unix_mode(), folder) {
                return Err(Finding::error_of_whole("check-archive-link").with("name", shown(&name)));
            }
            if entry.encrypted() {
                return Err(Finding::error_of_whole("check-archive-password").with("name", shown(&name)));
            }
            match entry.compression() {
                CompressionMethod::Deflated => {}
                CompressionMethod::Stored if entry.size() == entry.compressed_size() => {}
                CompressionMethod::Stored => return Err(damaged_entry(&name)),
                _ => return Err(Finding::error_of_whole("check-archive-method").with("name", shown(&name))),
            }
            tally.add(&name, entry.size(), entry.compressed_size())?;
            let head = 30 + u64::try_from(entry.name_raw().len()).unwrap_or(u64::MAX);
            ranges.push((entry.header_start(), head.saturating_add(entry.compressed_size())));
            if !folder {
                files.push(Entry { name: name.into_owned(), size: entry.size(), index });
            } else if entry.size() > 0 {
                return Err(damaged_entry(&name));
            }
        }
        tally.whole()?;
        seen.no_file_is_a_folder()?;
        apart(ranges, end.start)?;
        let by_name = files.iter().enumerate().map(|(at, entry)| (entry.name.clone(), at)).collect();
        Ok(Self { zip, files, by_name })
    }

    /// Names of all files, in the archive's order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|entry| entry.name.as_str())
    }

    /// Whether there is a file of this name, spelled exactly so.
    pub fn contains(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// Bytes of a file, unpacked, as the archive declares them (reading never gives more).
    pub fn size(&self, name: &str) -> Option<u64> {
        self.entry(name).map(|entry| entry.size)
    }

    /// A file whole, of at most `max` bytes.
    ///
    /// # Errors
    /// No such file, larger than `max`, larger than declared, or damaged.
    pub fn read(&mut self, name: &str, max: u64) -> Result<Vec<u8>, Finding> {
        let mut bytes = Vec::new();
        self.read_into(name, &mut bytes, max)?;
        Ok(bytes)
    }

    /// A file of at most `max` bytes, written on; gives how many bytes. After an error what was written is void.
    ///
    /// # Errors
    /// As [`Archive::read`]; also when the writer fails (`check-archive-write`).
    pub fn read_into(&mut self, name: &str, to: &mut impl Write, max: u64) -> Result<u64, Finding> {
        let entry = self.entry(name).ok_or_else(|| missing(name))?;
        let (index, size) = (entry.index, entry.size);
        if size > max {
            return Err(Finding::error_of_whole("check-archive-file-too-big")
                .with("name", shown(name))
                .with("kilobytes", max / 1024));
        }
        let mut file = self.zip.by_index(index).map_err(|_| damaged_entry(name))?;
        let mut buffer = [0_u8; 16 * 1024];
        let mut read = 0_u64;
        loop {
            let count = match file.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(_) => return Err(damaged_entry(name)),
            };
            read = read.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
            if read > size {
                return Err(Finding::error_of_whole("check-archive-size-lies").with("name", shown(name)));
            }
            let piece = buffer.get(..count).unwrap_or_default();
            to.write_all(piece).map_err(|_| Finding::error_of_whole("check-archive-write"))?;
        }
        if read == size { Ok(read) } else { Err(damaged_entry(name)) }
    }

    /// The first bytes of a file, at most `count`: what tells a picture's type and size.
    ///
    /// # Errors
    /// No such file, or damaged where it begins.
    pub fn head(&mut self, name: &str, count: u64) -> Result<Vec<u8>, Finding> {
        let index = self.entry(name).ok_or_else(|| missing(name))?.index;
        let file = self.zip.by_index(index).map_err(|_| damaged_entry(name))?;
        let mut bytes = Vec::new();
        file.take(count).read_to_end(&mut bytes).map_err(|_| damaged_entry(name))?;
        Ok(bytes)
    }

    /// A file as a stream; what it gives is not counted, so the reader must.
    ///
    /// # Errors
    /// No such file, or damaged where it begins.
    pub(crate) fn stream(&mut self, name: &str) -> Result<impl Read, Finding> {
        let index = self.entry(name).ok_or_else(|| missing(name))?.index;
        self.zip.by_index(index).map_err(|_| damaged_entry(name))
    }

    /// Copies a file, packed as it is, into another archive.
    pub(crate) fn copy_packed<W: Write + Seek>(
        &mut self,
        name: &str,
        to: &mut zip::ZipWriter<W>,
    ) -> Result<(), Finding> {
        let index = self.entry(name).ok_or_else(|| missing(name))?.index;
        let file = self.zip.by_index_raw(index).map_err(|_| damaged_entry(name))?;
        to.raw_copy_file(file).map_err(|error| match error {
            ZipError::Io(_) => Finding::error_of_whole("check-archive-write"),
            _ => damaged_entry(name),
        })
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        self.by_name.get(name).and_then(|at| self.files.get(*at))
    }
}

impl std::fmt::Debug for Archive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Archive").field("files", &self.files.len()).finish_non_exhaustive()
    }
}

/// Sizes added up against the limits.
struct Tally<'l> {
    limits: &'l Limits,
    total: u64,
    file_length: u64,
}

impl Tally<'_> {
    fn add(&mut self, name: &str, size: u64, packed: u64) -> Result<(), Finding> {
        self.total = self.total.saturating_add(size);
        if self.total > self.limits.unpacked {
            return Err(Finding::error_of_whole("check-archive-too-big")
                .with("megabytes", self.limits.unpacked >> 20));
        }
        if self.is_bomb(size, packed) {
            return Err(Finding::error_of_whole("check-archive-bomb").with("name", shown(name)));
        }
        Ok(())
    }

    fn whole(&self) -> Result<(), Finding> {
        if self.is_bomb(self.total, self.file_length) {
            return Err(Finding::error_of_whole("check-archive-bomb-whole"));
        }
        Ok(())
    }

    fn is_bomb(&self, size: u64, packed: u64) -> bool {
        size > self.limits.ratio_from && size / packed.max(1) > self.limits.ratio
    }
}

/// A file, a folder, or a system that has no such bits.
fn plain_mode(mode: Option<u32>, folder: bool) -> bool {
    match mode.map(|mode| mode & 0o170_000) {
        None | Some(0) => true,
        Some(0o100_000) => !folder,
        Some(0o040_000) => folder,
        Some(_) => false,
    }
}

/// No entry lies in another, and all before the list of entries.
fn apart(mut ranges: Vec<(u64, u64)>, list: u64) -> Result<(), Finding> {
    ranges.sort_unstable();
    let ends = ranges.iter().map(|(start, length)| start.saturating_add(*length));
    let nexts = ranges.iter().skip(1).map(|(start, _)| *start).chain([list]);
    if ends.zip(nexts).any(|(end, next)| end > next) {
        return Err(Finding::error_of_whole("check-archive-overlap"));
    }
    Ok(())
}

fn damaged() -> Finding {
    Finding::error_of_whole("check-archive-damaged")
}

fn damaged_entry(name: &str) -> Finding {
    Finding::error_of_whole("check-archive-file-damaged").with("name", shown(name))
}

fn missing(name: &str) -> Finding {
    Finding::error_of_whole("check-archive-missing").with("name", shown(name))
}
