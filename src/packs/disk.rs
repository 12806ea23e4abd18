//! What packs ask of a disk: room, a lock, sums of what passes. How a small file is written whole is `store::durable`'s.

use std::{
    fs::File,
    io::{self, Write},
    path::Path,
};

use sha2::{Digest as _, Sha256};

use crate::domain::finding::Finding;
pub(super) use crate::store::durable::{replace, sync_folder};

/// What a disk that refuses is told as.
pub(super) fn told(error: &io::Error) -> Finding {
    Finding::error_of_whole("check-pack-disk").with("cause", error)
}

/// One import at a time: held until dropped, by this process alone.
pub(super) struct Lock(File);

impl Lock {
    /// `None` when another import runs.
    pub(super) fn take(file: &Path) -> io::Result<Option<Self>> {
        let file = File::create(file)?;
        Ok(file.try_lock().is_ok().then_some(Self(file)))
    }
}

impl Drop for Lock {
    /// Said, not left to the closing: a child that another thread starts may hold the file open for a moment longer.
    fn drop(&mut self) {
        self.0.unlock().ok();
    }
}

/// Bytes that may be written on the disk of this folder.
pub(super) fn free(folder: &Path) -> io::Result<u64> {
    let room = rustix::fs::statvfs(folder)?;
    Ok(room.f_bavail.saturating_mul(room.f_frsize))
}

/// Passes on what is written, and takes its SHA-256.
pub(super) struct Hashing<W> {
    to: W,
    hash: Sha256,
}

impl<W: Write> Hashing<W> {
    pub(super) fn new(to: W) -> Self {
        Self { to, hash: Sha256::new() }
    }

    pub(super) fn finish(self) -> (W, [u8; 32]) {
        (self.to, self.hash.finalize().into())
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Whether a plain file has this SHA-256.
pub(super) fn is(file: &Path, sum: &[u8; 32]) -> bool {
    let mut hashing = Hashing::new(io::sink());
    let read = crate::content::open_plain(file).and_then(|mut file| io::copy(&mut file, &mut hashing));
    read.is_ok() && hashing.finish().1 == *sum
}
