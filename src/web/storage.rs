//! What the data folder holds, by kind, in bytes.

use std::{fs, path::Path};

/// Files that are looked at in one folder; more are not counted, and said to be at least so much.
const MOST: usize = 50_000;

/// Kinds, in the order they are shown, and what of the data folder belongs to each.
const KINDS: [(&str, &[&str]); 6] = [
    ("stored-records", &["school.db", "school.db-wal", "library.db", "library.db-wal"]),
    ("stored-files", &["files"]),
    ("stored-lessons", &["lessons", "locales"]),
    ("stored-packs", &["packs"]),
    ("stored-backups", &["backups"]),
    ("stored-cache", &["cache"]),
];

/// Bytes of each kind. Reads folders: call it where waiting is allowed.
pub(crate) fn by_kind(data: &Path) -> Vec<(&'static str, u64)> {
    let bytes = |names: &[&str]| {
        let mut left = MOST;
        names.iter().map(|name| below(&data.join(name), &mut left)).fold(0, u64::saturating_add)
    };
    KINDS.iter().map(|(kind, names)| (*kind, bytes(names))).collect()
}

/// Links are not followed: what lies elsewhere takes no room here.
fn below(path: &Path, left: &mut usize) -> u64 {
    let Some(rest) = left.checked_sub(1) else { return 0 };
    *left = rest;
    match fs::symlink_metadata(path) {
        Ok(about) if about.is_dir() => {
            let entries = fs::read_dir(path).into_iter().flatten().flatten();
            entries.map(|entry| below(&entry.path(), left)).fold(0, u64::saturating_add)
        }
        Ok(about) if about.is_file() => about.len(),
        _ => 0,
    }
}
