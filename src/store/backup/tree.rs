//! What a school keeps in its data folder beside its records: its own lessons and languages, the packs it was brought, the
//! keys it trusts and signs with, its settings; and the list of them in a backup.
//!
//! `contents.txt` names each file by the path it has in the data folder, as `sha256sum -c` reads it there. What may be made
//! again (the catalogue, the cache, the workshop's folders) is not in it.

use std::{
    fmt::Write as _,
    fs::{self, DirEntry},
    io,
    path::{Component, Path, PathBuf},
};

use super::{Error, FILES, disk};

/// The list of what a backup holds, in its folder.
pub(super) const CONTENTS: &str = "contents.txt";

/// Folders of the data, and one file, that go along.
pub(super) const ROOMS: [&str; 5] = ["keys", "packs", "locales", "lessons", "amauta.toml"];

/// Folders deeper than this are nobody's lesson.
const DEEPEST: usize = 16;

/// A file of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) path: PathBuf,
    pub(super) bytes: u64,
}

/// Every file of the rooms, in order of their paths, relative to the data folder. Links are not followed but at the top, where
/// a school may have put its lessons on another disk; hidden files, halves of an import and names that no text can
/// hold are left out.
pub(super) fn walk(data: &Path) -> Result<Vec<Entry>, Error> {
    let mut found = Vec::new();
    for room in ROOMS {
        match fs::metadata(data.join(room)) {
            Ok(about) if about.is_dir() => folder(data, Path::new(room), 0, &mut found)?,
            Ok(about) if about.is_file() => {
                found.push(Entry { path: PathBuf::from(room), bytes: about.len() });
            }
            _ => {}
        }
    }
    found.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn folder(data: &Path, below: &Path, depth: usize, found: &mut Vec<Entry>) -> Result<(), Error> {
    let here = data.join(below);
    let entries = match fs::read_dir(&here) {
        Ok(entries) => entries,
        // Taken away since its name was read.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Error::io(&here, error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| Error::io(&here, error))?;
        let Some(name) = carried(&entry) else { continue };
        let path = below.join(name);
        // Of the entry itself, not of what a link names.
        let Ok(about) = entry.metadata() else { continue };
        if about.is_dir() && depth < DEEPEST {
            folder(data, &path, depth + 1, found)?;
        } else if about.is_file() {
            found.push(Entry { path, bytes: about.len() });
        }
    }
    Ok(())
}

/// The name of what goes along.
fn carried(entry: &DirEntry) -> Option<String> {
    let name = entry.file_name().into_string().ok()?;
    let half = Path::new(&name).extension().is_some_and(|extension| extension == "part");
    let odd = name.starts_with('.') || name.contains(['\n', '\r', '\\']);
    (!half && !odd).then_some(name)
}

/// What `contents.txt` says: sums and paths.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Contents {
    /// Files of the tree, by path.
    pub(super) tree: Vec<(PathBuf, String)>,
    /// Files that people brought; the name is the sum.
    pub(super) files: Vec<String>,
}

impl Contents {
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        for (path, hash) in &self.tree {
            writeln!(out, "{hash}  {}", path.display()).ok();
        }
        for hash in &self.files {
            writeln!(out, "{hash}  {}", disk::place(Path::new(FILES), hash).display()).ok();
        }
        out
    }

    /// `None` when a line is not what a backup writes: a path that leaves the data folder, or one that is none of ours.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut contents = Self::default();
        for line in text.lines() {
            let (hash, path) = line.split_once("  ").filter(|(hash, _)| disk::is_hash(hash))?;
            let path = Path::new(path);
            if path == disk::place(Path::new(FILES), hash) {
                contents.files.push(hash.to_owned());
            } else if belongs(path) {
                contents.tree.push((path.to_owned(), hash.to_owned()));
            } else {
                return None;
            }
        }
        Some(contents)
    }
}

fn belongs(path: &Path) -> bool {
    let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    let room = path.components().next().and_then(|part| part.as_os_str().to_str());
    plain && room.is_some_and(|room| ROOMS.contains(&room))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let tree = vec![(PathBuf::from("lessons/mi casa/lesson.toml"), HASH.to_owned())];
        let contents = Contents { tree, files: vec![HASH.to_owned()] };
        assert_eq!(Contents::parse(&contents.text()), Some(contents));
    }

    #[test]
    fn a_path_that_leaves_the_data_folder_is_refused() {
        for path in ["/etc/passwd", "../x", "lessons/../../x", "school.db", "x", "files/01/02", ""] {
            assert_eq!(Contents::parse(&format!("{HASH}  {path}\n")), None, "{path}");
        }
    }
}
