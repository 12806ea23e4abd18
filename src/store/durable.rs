//! Small files that are there whole or not at all, whenever the plug is pulled: bytes to the disk first, then the name, then the
//! folder that holds the name.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::Path,
};

use crate::fault;

/// Puts a text in the place of a file, or makes it.
///
/// # Errors
/// The disk; the old file stays.
pub fn replace(file: &Path, text: &str) -> io::Result<()> {
    let aside = file.with_extension("part");
    let mut out = File::create(&aside)?;
    out.write_all(text.as_bytes())?;
    out.sync_all()?;
    fault::here("pack-aside")?;
    fs::rename(&aside, file)?;
    fault::here("pack-renamed")?;
    file.parent().map_or(Ok(()), sync_folder)
}

/// Brings a folder's names to the disk.
///
/// # Errors
/// The disk.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(feature = "fault")]
    if fault::sins("folders") {
        return Ok(());
    }
    File::open(folder)?.sync_all()
}
