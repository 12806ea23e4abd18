//! Taking a pack away, and whether another one fits.

use std::{fs, path::Path};

use super::{
    Options,
    disk::{self, Lock, sync_folder},
    installed::{CURRENT, PACKS},
};
use crate::domain::{finding::Finding, id::Slug};

/// Takes a pack away with all its versions; `false` when there is none of this name. It is served until the next load.
///
/// # Errors
/// The disk; an import that runs.
pub fn remove(data: &Path, name: &Slug) -> Result<bool, Finding> {
    let packs = data.join(PACKS);
    let home = packs.join(name.as_str());
    if !home.join(CURRENT).is_file() {
        return Ok(false);
    }
    let told = |error| disk::told(&error);
    let lock = Lock::take(&packs.join(".lock")).map_err(told)?;
    let _alone = lock.ok_or_else(|| Finding::error_of_whole("check-pack-busy"))?;
    // First what says that it is served: of what a cut leaves behind then nothing shows.
    fs::remove_file(home.join(CURRENT)).and_then(|()| sync_folder(&home)).map_err(told)?;
    fs::remove_dir_all(&home).and_then(|()| sync_folder(&packs)).map_err(told)?;
    Ok(true)
}

/// Whether so many bytes fit beside what the data folder's disk holds.
///
/// # Errors
/// They do not: how much is needed and how much there is.
pub fn room(data: &Path, bytes: u64, options: Options) -> Result<(), Finding> {
    let free = disk::free(data).map_err(|error| disk::told(&error))?;
    if bytes.saturating_add(options.keep_free) <= free {
        return Ok(());
    }
    let megabytes = |bytes: u64| bytes.div_ceil(1 << 20);
    let finding = Finding::error_of_whole("check-pack-no-room").with("needed", megabytes(bytes));
    Err(finding.with("free", megabytes(free.saturating_sub(options.keep_free))))
}
