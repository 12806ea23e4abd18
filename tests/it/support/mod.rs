//! What tests stand on: a school with a frozen clock, and a browser that knows links and forms and nothing else.

pub(crate) mod browser;
pub(crate) mod html;
pub(crate) mod lessons;
pub(crate) mod portal;
pub(crate) mod school;
pub(crate) mod socket;
pub(crate) mod style_sheet;

use std::path::{Path, PathBuf};

/// The repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder, without what git ignores.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.map(|entry| entry.expect("a folder can be read").path()) {
            if entry.is_dir() { folders.push(entry) } else { found.push(entry) }
        }
    }
    found.sort();
    found
}
