//! Copies of the school's data on another folder or a stick, and the way back.
//!
//! A target holds one store of files for all its backups, and a folder for each backup, numbered so that their order does
//! not depend on a clock:
//!
//! ```text
//! files/ab/ab…              each file once, named by its SHA-256
//! 000012-2026-03-01/        school.db, contents.txt, backup.toml, SHA256SUMS (for `sha256sum -c`)
//! ```
//!
//! Lives here: making, restoring, thinning. Does not: when it is done (`cli`), the tables (`school`).

pub(super) mod disk;
mod make;
mod manifest;
mod restore;
mod thin;
mod tree;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;

pub use make::{Made, make};
pub use restore::{Restored, restore};
pub use thin::surplus;

use super::school;
use crate::fault;

/// The folder of backups in a data folder.
pub const IN_DATA: &str = "backups";

/// Folder of content-addressed files, in the data and in a target.
const FILES: &str = "files";

/// Sums of all that belongs to a backup, by paths relative to its folder.
const SUMS: &str = "SHA256SUMS";

/// What a backup is, for people and programs.
const ABOUT: &str = "backup.toml";

/// Why nothing was made or restored. What was there before still is.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The data folder holds no records.
    #[error("{0} holds no records of a school")]
    NoRecords(PathBuf),
    /// The records cannot be copied.
    #[error("the records cannot be copied: {0}")]
    Records(#[source] rusqlite::Error),
    /// The copy is not what was written: the disk of the target is failing.
    #[error("{0} reads back otherwise than it was written")]
    NotWritten(PathBuf),
    /// Another backup into the same target is under way.
    #[error("another backup into {0} is under way")]
    Busy(PathBuf),
    /// No room is left.
    #[error("no room is left for {0}")]
    Full(PathBuf),
    /// Nothing can be written there.
    #[error("{0} is on a disk that cannot be written")]
    ReadOnly(PathBuf),
    /// Something cannot be read or written; a stick that was pulled, too.
    #[error("{path}: {error}")]
    Io {
        /// What.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// No whole backup is there.
    #[error("{0} holds no backup")]
    NoBackup(PathBuf),
    /// The folder to restore into holds something already.
    #[error("{0} is not empty")]
    NotEmpty(PathBuf),
    /// Made by a newer program.
    #[error("the backup is of version {found} of the records, this program knows {known}")]
    Newer {
        /// Version of the records in the backup.
        found: i32,
        /// Newest version that this program reads.
        known: i32,
        /// Version of the program that made it.
        program: String,
    },
}

/// A place where tests pull the plug.
fn here(name: &'static str, path: &Path) -> Result<(), Error> {
    fault::here(name).map_err(|error| Error::io(path, error))
}

impl Error {
    fn io(path: &Path, error: io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full(path),
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly(path),
            _ => Self::Io { path, error },
        }
    }
}

/// One whole backup in a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its place in the order; never given again while it is there.
    pub number: u32,
    /// Name of its folder.
    pub name: String,
    /// When it was made; `None` when the clock could not be believed.
    pub made: Option<Timestamp>,
}

/// The newest backup in a target whose records can be read from end to end. Reads them.
pub fn newest_sound(target: &Path) -> Option<PathBuf> {
    let mut folders = list(target).ok()?.into_iter().rev().map(|kept| target.join(kept.name));
    folders.find(|folder| make::is_sound(&folder.join(school::FILE)))
}

/// The whole backups in a target, oldest first.
pub fn list(target: &Path) -> Result<Vec<Kept>, Error> {
    let mut found = Vec::new();
    for entry in fs::read_dir(target).map_err(|error| Error::io(target, error))? {
        let entry = entry.map_err(|error| Error::io(target, error))?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let Some(number) = number(&name).filter(|_| entry.path().join(SUMS).is_file()) else { continue };
        let made = manifest::About::read(&entry.path()).and_then(|about| about.made());
        found.push(Kept { number, name, made });
    }
    found.sort_unstable_by_key(|kept| kept.number);
    Ok(found)
}

/// What a backup looks like from outside: nothing is restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Bytes of its records and of the files that belong to it. Those it shares with other backups are counted in each.
    pub bytes: u64,
    /// Whether the records are what was written and every file is there. Files are not read.
    pub whole: bool,
}

/// Looks at a backup in a target.
pub fn look(target: &Path, kept: &Kept) -> Look {
    let folder = target.join(&kept.name);
    let sums = manifest::Sums::read(&folder);
    let records = folder.join(school::FILE);
    let size = |path: &Path| fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|about| about.len());
    let mut bytes = size(&records).unwrap_or(0);
    let mut whole = sums.whole && disk::hash(&records).ok() == sums.records;
    if let Some(sum) = &sums.contents {
        whole &= disk::hash(&folder.join(tree::CONTENTS)).is_ok_and(|found| found == *sum);
    }
    let store = target.join(FILES);
    for hash in &sums.files {
        let there = size(&disk::place(&store, hash));
        whole &= there.is_some();
        bytes = bytes.saturating_add(there.unwrap_or(0));
    }
    Look { bytes, whole }
}

/// `000012` or `000012-2026-03-01` → 12.
fn number(name: &str) -> Option<u32> {
    let digits = name.get(..6).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    if name.len() > 6 && name.as_bytes().get(6) != Some(&b'-') {
        return None;
    }
    digits.parse().ok()
}
