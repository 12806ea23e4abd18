//! Files that people bring, each once, named by the SHA-256 of what it holds: `files/ab/ab…` in the data folder.
//!
//! A file grows as `files/<number>.part` and gets its name when it is whole and on the disk; the row that names it comes
//! after. A pulled plug so leaves parts and files without a row, which [`Blobs::sweep`] takes away, and never a row without
//! its file. Who writes a file or is about to name it holds a lock on it, so that no sweep of this process or another takes it.
//!
//! Lives here: bytes on the disk. Does not: names, owners, quotas (rows of `school`), what a file is (`formats`).

use std::{
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use sha2::{Digest as _, Sha256};

use super::backup::disk::{hash as hash_of, is_hash, place};
use crate::{digest::hex, fault};

/// After so many bytes the free space is looked at, and what was written is brought to the disk: other writers of the same
/// disk, `school.db` above all, wait for no more than this.
const STEP: u64 = 4 << 20;

/// Ending of a file that grows.
const PART: &str = "part";

/// Why a file was not kept. Nothing of it is left.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Longer than allowed, or than the file system can hold.
    #[error("the file is larger than allowed")]
    TooBig,
    /// It would take the disk's last room, which is kept for the school's records.
    #[error("the disk has less free space than must remain")]
    NoRoom,
    /// The disk, or the owner's share of it, is full.
    #[error("the disk is full: {0}")]
    Full(#[source] io::Error),
    /// The disk refuses for another reason.
    #[error("the file cannot be kept: {0}")]
    Io(#[source] io::Error),
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full(error),
            io::ErrorKind::FileTooLarge => Self::TooBig,
            _ => Self::Io(error),
        }
    }
}

/// How much a file may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Most bytes of the file.
    pub max: u64,
    /// Bytes that must stay free on the disk, within 4 MB.
    pub floor: u64,
}

/// A file that is kept.
#[derive(Debug)]
pub struct Blob {
    /// Its SHA-256 in small hex digits.
    pub hash: String,
    /// Its length in bytes.
    pub size: u64,
    /// Locked: until this is dropped, no sweep takes the file. Hold it until the row that names it is on the disk.
    _held: Held,
}

#[derive(Debug)]
struct Held(File);

impl Drop for Held {
    /// Said, not left to the closing: a child that another thread starts may hold the file open for a moment longer.
    fn drop(&mut self) {
        self.0.unlock().ok();
    }
}

/// What a sweep took away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// A folder of content-addressed files. Copies of this are the same folder.
#[derive(Debug, Clone)]
pub struct Blobs(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    folder: PathBuf,
    next: AtomicU64,
    /// Held while a file gets its name, so that two of the same content do not replace each other. For each two digits:
    /// whether this process has seen to it that their folder is on the disk.
    on_disk: Mutex<[bool; 256]>,
}

impl Blobs {
    /// The store in this folder, `files` of the data folder. It is made with the first file.
    pub fn open(folder: impl Into<PathBuf>) -> Self {
        let (folder, next) = (folder.into(), AtomicU64::new(1));
        Self(Arc::new(Inner { folder, next, on_disk: Mutex::new([false; 256]) }))
    }

    /// Begins a file. This and what follows waits for the disk.
    ///
    /// # Errors
    /// Too little space is free, or the disk refuses.
    pub fn begin(&self, limits: Limits) -> Result<Incoming, Error> {
        make_folder(&self.0.folder)?;
        if self.free()? < limits.floor {
            return Err(Error::NoRoom);
        }
        let (part, file) = self.part()?;
        fault::here("file-begun")?;
        let hash = Sha256::new();
        Ok(Incoming { blobs: self.clone(), part, file, hash, limits, size: 0, next_look: STEP })
    }

    /// Bytes that may be written on the disk of the store.
    ///
    /// # Errors
    /// The disk does not tell; where nothing was kept yet, there is no folder to ask about.
    pub fn free(&self) -> io::Result<u64> {
        let room = rustix::fs::statvfs(&self.0.folder)?;
        Ok(room.f_bavail.saturating_mul(room.f_frsize))
    }

    /// Where a file lies or would lie; `None` when this is no hash.
    pub fn path(&self, hash: &str) -> Option<PathBuf> {
        is_hash(hash).then(|| place(&self.0.folder, hash))
    }

    /// Opens a file for reading.
    ///
    /// # Errors
    /// It is not there or cannot be read.
    pub fn file(&self, hash: &str) -> io::Result<File> {
        File::open(self.path(hash).ok_or(io::ErrorKind::NotFound)?)
    }

    /// Whether a file is there.
    pub fn has(&self, hash: &str) -> bool {
        self.path(hash).is_some_and(|path| path.is_file())
    }

    /// Reads a file from end to end. `false` when it is not there, cannot be read, or holds something else.
    pub fn verify(&self, hash: &str) -> bool {
        self.path(hash).is_some_and(|path| hash_of(&path).is_ok_and(|found| found == hash))
    }

    /// Takes away what was cut off, and files for which `used` says that no row names them. What is being written or is
    /// about to be named stays, as does whatever has another name than files here have. `used` must say yes when it cannot
    /// know. On a file system without locks nothing is taken.
    ///
    /// # Errors
    /// The store cannot be read; that one file cannot be removed is no error.
    pub fn sweep(&self, used: &dyn Fn(&str) -> bool) -> io::Result<Swept> {
        let mut swept = Swept::default();
        for path in entries(&self.0.folder)? {
            if path.extension().is_some_and(|ending| ending == PART) {
                swept.take(&path, || true);
                continue;
            }
            let Some(two) = name(&path).filter(|name| name.len() == 2) else { continue };
            for path in entries(&path)? {
                let Some(hash) = name(&path).filter(|name| is_hash(name) && name.starts_with(two)) else {
                    continue;
                };
                // Asked once more under the lock: who held it may have written the row meanwhile.
                if !used(hash) {
                    swept.take(&path, || !used(hash));
                }
            }
        }
        Ok(swept)
    }

    /// A new file to grow, locked.
    fn part(&self) -> io::Result<(Part, File)> {
        loop {
            let number = self.0.next.fetch_add(1, Ordering::Relaxed);
            let path = self.0.folder.join(format!("{number}.{PART}"));
            let file = match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
                // Of an earlier run that was cut off, or of another process.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                file => file?,
            };
            let part = Part { path, named: false };
            // A sweep that came between has it, or has taken it.
            let taken = matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock));
            if !taken && is_at(&file, &part.path) {
                return Ok((part, file));
            }
        }
    }

    /// Gives a whole file its name and waits until the disk knows it. Returns the file that has the name.
    fn name(&self, part: &mut Part, file: File, hash: &[u8; 32], size: u64) -> io::Result<(String, File)> {
        let (two, hash) = (usize::from(hash[0]), hex(hash));
        let path = place(&self.0.folder, &hash);
        let folder = path.parent().unwrap_or(&self.0.folder);
        let mut on_disk = self.0.on_disk.lock().unwrap_or_else(PoisonError::into_inner);
        make_folder(folder)?;
        let there = there(&path, size);
        let file = if let Some(there) = there {
            there
        } else {
            fs::rename(&part.path, &path)?;
            part.named = true;
            file
        };
        fault::here("file-placed")?;
        // What is there already may be of a process that was killed before this.
        sync(folder)?;
        if let Some(known) = on_disk.get_mut(two).filter(|known| !**known) {
            sync(&self.0.folder)?;
            let above = self.0.folder.parent().filter(|above| !above.as_os_str().is_empty());
            sync(above.unwrap_or(Path::new(".")))?;
            *known = true;
        }
        fault::here("file-kept")?;
        Ok((hash, file))
    }
}

/// A file that grows. Dropped, it is gone.
#[derive(Debug)]
pub struct Incoming {
    blobs: Blobs,
    part: Part,
    file: File,
    hash: Sha256,
    limits: Limits,
    size: u64,
    next_look: u64,
}

impl Incoming {
    /// Adds bytes.
    ///
    /// # Errors
    /// The file becomes too long, the disk too full, or the disk refuses.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let size = self.size.saturating_add(bytes.len() as u64);
        if size > self.limits.max {
            return Err(Error::TooBig);
        }
        self.file.write_all(bytes)?;
        self.hash.update(bytes);
        self.size = size;
        if size >= self.next_look {
            self.next_look = size.saturating_add(STEP);
            self.file.sync_data()?;
            if self.blobs.free()? < self.limits.floor {
                return Err(Error::NoRoom);
            }
        }
        Ok(())
    }

    /// Bytes so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Keeps the file: when this returns, it is on the disk under its name. One of the same content that is there already
    /// serves for both.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn keep(self) -> Result<Blob, Error> {
        let Self { blobs, mut part, file, hash, size, .. } = self;
        file.sync_all()?;
        fault::here("file-written")?;
        let (hash, held) = blobs.name(&mut part, file, &hash.finalize().into(), size)?;
        Ok(Blob { hash, size, _held: Held(held) })
    }
}

/// The place of a file that grows; removed unless it got its name.
#[derive(Debug)]
struct Part {
    path: PathBuf,
    named: bool,
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.named {
            fs::remove_file(&self.path).ok();
        }
    }
}

impl Swept {
    /// Removes a file if nobody holds it and, once nobody can, `unused` still says so.
    fn take(&mut self, path: &Path, unused: impl Fn() -> bool) {
        let Ok(file) = File::open(path) else { return };
        if file.try_lock().is_err() || !is_at(&file, path) || !unused() {
            return;
        }
        let bytes = file.metadata().map_or(0, |about| about.len());
        match fs::remove_file(path) {
            Ok(()) => {
                self.files += 1;
                self.bytes += bytes;
            }
            Err(error) => tracing::warn!(%error, "a leftover file could not be removed"),
        }
        file.unlock().ok();
    }
}

/// The file of a name, locked, if it is there and as long as it should be; another is damaged.
fn there(path: &Path, size: u64) -> Option<File> {
    let file = File::open(path).ok()?;
    // Waits for a sweep that has it; a file system without locks has no sweeps.
    file.lock_shared().ok();
    let whole = file.metadata().is_ok_and(|about| about.is_file() && about.len() == size);
    (whole && is_at(&file, path)).then_some(file)
}

/// Whether an open file is still the one of this name.
fn is_at(file: &File, path: &Path) -> bool {
    let (Ok(open), Ok(named)) = (file.metadata(), fs::symlink_metadata(path)) else { return false };
    (open.dev(), open.ino()) == (named.dev(), named.ino())
}

/// Makes a folder and those above it, when they are missing, for the owner alone.
fn make_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

fn name(path: &Path) -> Option<&str> {
    path.file_name().and_then(|name| name.to_str())
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(all) => all.map(|entry| entry.map(|entry| entry.path())).collect(),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(Vec::new())
        }
        Err(error) => Err(error),
    }
}
