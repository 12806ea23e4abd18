//! Records that cannot be trusted are laid aside under another name, never written to and never deleted: what of them can be
//! saved, somebody may save. While they lie there and nothing stands in their place, there are no accounts: a school that
//! was hurt must not look like a new one, whose first technician is whoever comes.

use std::{
    ffi::OsString,
    fs::{self, File},
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use rusqlite::ErrorCode;

use super::{OpenError, StoreError};
use crate::{fault, store::backup};

/// The first bytes of every database.
const SQLITE: &[u8; 16] = b"SQLite format 3\0";

/// What follows the name of the records in that of a copy of their journal.
const SPARE: &str = "-wal.spare";

/// What follows the name of the records, and a number from 1.
const HURT: &str = ".hurt-";

impl OpenError {
    /// Whether the file itself is damaged, and not only out of reach or a newer program's.
    pub fn is_damage(&self) -> bool {
        let (Self::Sql(error) | Self::Unread(StoreError::Sql(error))) = self else {
            return matches!(self, Self::NotASchool | Self::Damaged(_));
        };
        // What SQLite has no code of its own for is a table that is gone.
        let of_the_file = [ErrorCode::DatabaseCorrupt, ErrorCode::NotADatabase, ErrorCode::Unknown];
        error.sqlite_error_code().is_some_and(|code| of_the_file.contains(&code))
    }
}

/// Whether a file without a byte was once more than that: `SQLite` would take it for a new one, and delete its journal.
pub fn is_emptied(path: &Path) -> bool {
    let backups = path.with_file_name(backup::IN_DATA);
    let more = || !is_empty(&with(path, "-wal")) || backup::list(&backups).is_ok_and(|all| !all.is_empty());
    path.is_file() && is_empty(path) && more()
}

/// Copies the journal of records whose head is not `SQLite`'s: when they cannot be opened after all, it deletes that.
///
/// # Errors
/// The disk refuses.
pub fn spare_journal(path: &Path) -> io::Result<()> {
    let mut head = [0; SQLITE.len()];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    let journal = with(path, "-wal");
    if is_empty(&journal) || read.is_ok() && head == *SQLITE {
        return Ok(());
    }
    fs::copy(journal, with(path, SPARE)).map(drop)
}

/// Takes the copy away again.
pub fn drop_spare(path: &Path) {
    fs::remove_file(with(path, SPARE)).ok();
}

fn is_empty(file: &Path) -> bool {
    fs::metadata(file).map_or(true, |about| about.len() == 0)
}

/// The records that were laid aside last, while none stand at `path`.
pub fn laid_aside(path: &Path) -> Option<PathBuf> {
    if path.exists() {
        return None;
    }
    last(path).map(|number| hurt(path, number))
}

/// Lays records aside with what their journal holds; gives where they lie.
///
/// # Errors
/// The disk refuses; then they are where they were.
pub fn lay_aside(path: &Path) -> io::Result<PathBuf> {
    let aside = hurt(path, last(path).unwrap_or_default().saturating_add(1));
    // The journal first: beside new records it would be taken for theirs.
    for journal in ["-wal", SPARE] {
        match fs::rename(with(path, journal), with(&aside, "-wal")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    fault::here("school-journal-aside")?;
    fs::rename(path, &aside)?;
    fs::remove_file(with(path, "-shm")).ok();
    fault::here("school-aside")?;
    File::open(folder(path))?.sync_all()?;
    Ok(aside)
}

/// The highest number under which records were laid aside and still lie there.
fn last(path: &Path) -> Option<u32> {
    let begin = format!("{}{HURT}", path.file_name()?.to_str()?);
    let names = fs::read_dir(folder(path)).ok()?.flatten().map(|entry| entry.file_name());
    names.filter_map(|name| name.to_str()?.strip_prefix(&begin)?.parse().ok()).max()
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn hurt(path: &Path, number: u32) -> PathBuf {
    with(path, &format!("{HURT}{number}"))
}

fn with(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().map_or_else(OsString::new, ToOwned::to_owned);
    name.push(ending);
    path.with_file_name(name)
}
