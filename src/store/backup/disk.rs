//! Files that are on the disk when they are said to be, and their hashes.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Read, Write as _},
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};

use super::Error;
use crate::digest::hex;

/// The SHA-256 of a file, in hex.
pub(in crate::store) fn hash(path: &Path) -> io::Result<String> {
    pump(&mut File::open(path)?, None)
}

/// Reads all, writes it where there is a copy to write, and tells the hash.
fn pump(from: &mut dyn Read, mut copy: Option<&mut File>) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        let read = from.read(&mut piece)?;
        let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else {
            return Ok(hex(&hash.finalize()));
        };
        hash.update(bytes);
        if let Some(copy) = &mut copy {
            copy.write_all(bytes)?;
        }
    }
}

/// Copies a file, waits for the disk, and tells the hash of what was copied.
pub(super) fn copy(from: &mut File, path: &Path) -> Result<String, Error> {
    let copied = create(path).and_then(|mut to| {
        let hash = pump(from, Some(&mut to))?;
        to.sync_all().map(|()| hash)
    });
    copied.map_err(|error| Error::io(path, error))
}

/// Writes a small file and waits for the disk.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Error> {
    let written =
        create(path).and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()));
    written.map_err(|error| Error::io(path, error))
}

/// Hashes of passwords lie in what is copied: nobody else reads it, where the file system knows owners.
fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes a folder and those above it that are missing.
pub(super) fn folder(path: &Path) -> Result<(), Error> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| Error::io(path, error))
}

/// Waits until what was made, renamed or removed in a folder is so on the disk.
pub(super) fn sync(folder: &Path) -> Result<(), Error> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| Error::io(folder, error))
}

pub(super) fn rename(from: &Path, to: &Path) -> Result<(), Error> {
    fs::rename(from, to).map_err(|error| Error::io(to, error))
}

/// Takes a folder or file away with all it holds; none is no fault.
pub(super) fn remove(path: &Path) -> Result<(), Error> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::io(path, error)),
        _ => Ok(()),
    }
}

/// Whether a text names a content-addressed file.
pub(in crate::store) fn is_hash(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// `ab/ab…` below a store of files.
pub(in crate::store) fn place(store: &Path, hash: &str) -> PathBuf {
    store.join(hash.get(..2).unwrap_or_default()).join(hash)
}

/// The names of all content-addressed files in a store; none when there is no store.
pub(super) fn stored(store: &Path) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    for folder in entries(store)? {
        let Some(two) = folder.file_name().and_then(|name| name.to_str()).filter(|name| name.len() == 2)
        else {
            continue;
        };
        for file in entries(&folder)? {
            let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if is_hash(name) && name.starts_with(two) {
                found.push(name.to_owned());
            }
        }
    }
    found.sort_unstable();
    Ok(found)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let all = match fs::read_dir(folder) {
        Ok(all) => all.map(|entry| entry.map(|entry| entry.path())).collect(),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(Vec::new())
        }
        Err(error) => Err(error),
    };
    all.map_err(|error| Error::io(folder, error))
}
