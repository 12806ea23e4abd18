//! The files of a pack, in a folder or in one ZIP of it. Both come from anybody: links are not followed, names and sizes
//! are judged before anything is read.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read as _, Write},
    path::{Path, PathBuf},
};

use super::{PACK, disk, problem};
use crate::{
    content::open_plain,
    domain::finding::{Finding, Problem},
    formats::archive::{Archive, Limits},
};

/// Most files of a pack.
const MAX_FILES: usize = 60_000;
/// Folders in folders.
const MAX_DEPTH: usize = 20;

pub(super) enum Tree {
    Folder(PathBuf),
    /// The names of a ZIP often begin with one folder.
    Zip(Box<Archive>, String),
}

impl Tree {
    pub(super) fn open(path: &Path) -> Result<Self, Finding> {
        if path.is_dir() {
            return Ok(Self::Folder(path.to_owned()));
        }
        let file = open_plain(path).map_err(|error| disk::told(&error))?;
        let limits = Limits { entries: 60_000, unpacked: 4 << 30, ..Limits::default() };
        let archive = Archive::open(file, &limits)?;
        let begins = archive.names().filter_map(|name| name.strip_suffix(PACK));
        let begin = begins.min_by_key(|begin| begin.len()).unwrap_or_default().to_owned();
        Ok(Self::Zip(Box::new(archive), begin))
    }

    /// Its files with their bytes; what is none is told.
    pub(super) fn files(&self, problems: &mut Vec<Problem>) -> BTreeMap<String, u64> {
        let mut found = BTreeMap::new();
        match self {
            Self::Folder(root) => walk(root, "", 1, &mut found, problems),
            Self::Zip(archive, begin) => {
                let inside =
                    archive.names().filter_map(|name| Some((name, name.strip_prefix(begin.as_str())?)));
                let plain = inside.filter(|(_, name)| !name.split('/').any(left_behind));
                found.extend(plain.map(|(whole, name)| (name.to_owned(), archive.size(whole).unwrap_or(0))));
            }
        }
        found
    }

    /// A small file whole.
    pub(super) fn read(&mut self, name: &str, max: u64) -> Result<Vec<u8>, Finding> {
        let mut bytes = Vec::new();
        self.copy(name, max, &mut bytes)?;
        Ok(bytes)
    }

    /// A small text.
    pub(super) fn text(&mut self, name: &str, max: u64) -> Result<String, Finding> {
        let bytes = self.read(name, max)?;
        String::from_utf8(bytes).map_err(|_| Finding::error("check-file-not-utf8", 1, 1))
    }

    /// Writes a file of at most `max` bytes on; after an error what was written is void.
    pub(super) fn copy(&mut self, name: &str, max: u64, to: &mut impl Write) -> Result<(), Finding> {
        match self {
            Self::Zip(archive, begin) => archive.read_into(&format!("{begin}{name}"), to, max).map(drop),
            Self::Folder(root) => {
                let unread = |_| Finding::error_of_whole("check-file-unreadable");
                let mut file = open_plain(&root.join(name)).map_err(unread)?.take(max.saturating_add(1));
                let mut piece = vec![0; 64 * 1024];
                let mut all = 0;
                loop {
                    let read = match file.read(&mut piece) {
                        Ok(0) => return Ok(()),
                        Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                        read => read.map_err(unread)?,
                    };
                    all += read as u64;
                    if all > max {
                        return Err(Finding::error_of_whole("check-file-too-big").with("kib", max / 1024));
                    }
                    let piece = piece.get(..read).unwrap_or_default();
                    to.write_all(piece).map_err(|error| disk::told(&error))?;
                }
            }
        }
    }
}

fn walk(
    root: &Path,
    below: &str,
    depth: usize,
    found: &mut BTreeMap<String, u64>,
    problems: &mut Vec<Problem>,
) {
    let entries = match fs::read_dir(root.join(below)) {
        Ok(entries) => entries,
        Err(error) => return problems.push(problem(below, disk::told(&error))),
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let shown = format!("{below}{}", name.to_string_lossy());
        let Some(name) = name.to_str() else {
            problems.push(problem(&shown, Finding::error_of_whole("check-file-name")));
            continue;
        };
        if left_behind(name) {
            continue;
        }
        let Ok(about) = entry.metadata() else { continue };
        if about.is_dir() && depth < MAX_DEPTH {
            walk(root, &format!("{shown}/"), depth + 1, found, problems);
        } else if about.is_symlink() {
            problems.push(problem(&shown, Finding::error_of_whole("check-file-symlink")));
        } else if about.is_file() && found.len() < MAX_FILES {
            found.insert(shown, about.len());
        } else {
            problems.push(problem(&shown, Finding::error_of_whole("check-file-unreadable")));
        }
    }
}

/// What file managers and sticks leave in every folder.
fn left_behind(name: &str) -> bool {
    name.starts_with('.')
        || ["Thumbs.db", "desktop.ini", "__MACOSX", "System Volume Information"].contains(&name)
}
