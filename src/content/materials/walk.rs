//! The loose files of a folder: all that belongs to no lesson. Links, hidden files and devices are not followed, and nothing is
//! opened here.

use std::{fs, path::Path, time::UNIX_EPOCH};

use sha2::{Digest, Sha256};

use crate::{
    content::{channels, load::VOCABULARY, meta},
    domain::finding::{Finding, Problem},
};

/// Folders inside folders that are looked into.
const MAX_DEPTH: usize = 12;

/// Most loose files of one folder; what comes after them is left out with a problem.
const MAX_FILES: usize = 400_000;

/// A file that belongs to no lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Loose {
    /// Path below the source, with `/`.
    pub(super) path: String,
    /// Bytes.
    pub(super) size: u64,
    /// Nanoseconds since 1970 at the last change, as the file system says.
    pub(super) changed: u128,
}

/// The loose files of a folder, sorted by path.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// The files.
    pub(super) files: Vec<Loose>,
    /// What was passed over, and why.
    pub(super) problems: Vec<Problem>,
}

impl Listing {
    /// Adds what distinguishes these files from those of another day.
    pub(super) fn sign(&self, hash: &mut Sha256) {
        for file in &self.files {
            hash.update(&file.path);
            hash.update([0]);
            hash.update(file.size.to_le_bytes());
            hash.update(file.changed.to_le_bytes());
        }
    }
}

/// Whether a folder at the top of a source is a lesson's.
pub(in crate::content) fn is_lesson(folder: &Path) -> bool {
    folder.join(meta::FILE).is_file() || folder.join("es").is_dir()
}

/// Lists the loose files below a folder.
pub(super) fn loose_files(root: &Path) -> Listing {
    let mut listing = Listing::default();
    walk(root, "", 1, &mut listing);
    listing.files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    listing
}

fn walk(root: &Path, below: &str, depth: usize, listing: &mut Listing) {
    let mut problem = |path: String, finding| listing.problems.push(Problem { file: path, finding });
    let Ok(entries) = fs::read_dir(root.join(below)) else {
        problem(below.to_owned(), Finding::error_of_whole("check-folder-unreadable"));
        return;
    };
    let mut folders = Vec::new();
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            let shown = format!("{below}{}", name.to_string_lossy());
            problem(shown, Finding::warning_of_whole("check-file-name"));
            continue;
        };
        if passed_over(name, depth) {
            continue;
        }
        let path = format!("{below}{name}");
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_symlink() {
            problem(path, Finding::warning_of_whole("check-file-symlink"));
        } else if kind.is_dir() {
            if depth == 1 && is_lesson(&entry.path()) {
                continue;
            }
            if depth < MAX_DEPTH {
                folders.push(format!("{path}/"));
            } else {
                problem(path, Finding::warning_of_whole("check-material-deep").with("limit", MAX_DEPTH));
            }
        } else if kind.is_file() {
            if listing.files.len() >= MAX_FILES {
                problem(path, Finding::error_of_whole("check-folder-too-many").with("limit", MAX_FILES));
                return;
            }
            let Ok(about) = entry.metadata() else {
                problem(path, Finding::warning_of_whole("check-file-unreadable"));
                continue;
            };
            let changed = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
            let changed = changed.map_or(0, |since| since.as_nanos());
            listing.files.push(Loose { path, size: about.len(), changed });
        } else {
            problem(path, Finding::warning_of_whole("check-file-unreadable"));
        }
    }
    folders.sort_unstable();
    for folder in folders {
        walk(root, &folder, depth + 1, listing);
    }
}

/// What no school means as a material: hidden files, what file managers leave behind, and the files that describe.
fn passed_over(name: &str, depth: usize) -> bool {
    let shared = depth == 1 && [VOCABULARY, channels::FILE].contains(&name);
    let left_behind = ["Thumbs.db", "desktop.ini", "__MACOSX", "System Volume Information", "lost+found"];
    let readme = name.split('.').next().is_some_and(|stem| ["README", "LEEME"].contains(&stem));
    name.starts_with('.') || name.starts_with("~$") || shared || left_behind.contains(&name) || readme
}
