//! Names in an archive: which are refused, which collide, and how one is shown to a person.

use std::collections::HashSet;

use crate::domain::finding::Finding;

use super::Limits;

/// Refuses a name that would leave the folder it is unpacked into, or that some system reads otherwise.
pub(crate) fn judge(name: &str, limits: &Limits) -> Result<(), Finding> {
    let refuse = |id| Err(Finding::error_of_whole(id).with("name", shown(name)));
    if name.len() > limits.name_bytes {
        return refuse("check-archive-name-long");
    }
    if name.chars().any(odd) {
        return refuse("check-archive-name-odd");
    }
    let drive = name.as_bytes().get(1) == Some(&b':');
    let path = name.strip_suffix('/').unwrap_or(name);
    if name.contains('\\') || name.starts_with('/') || drive || path.split('/').any(|part| part == "..") {
        return refuse("check-archive-path");
    }
    if path.split('/').any(|part| part.is_empty() || part == ".") {
        return refuse("check-archive-name-odd");
    }
    if path.split('/').count() > limits.depth {
        return Err(Finding::error_of_whole("check-archive-deep")
            .with("name", shown(name))
            .with("depth", limits.depth));
    }
    Ok(())
}

/// Control signs, signs that turn the direction of writing, and what stands for a byte that could not be read.
fn odd(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFD}')
}

pub(super) fn unreadable(name: &str) -> Finding {
    Finding::error_of_whole("check-archive-name-odd").with("name", name)
}

/// A name as a message may hold it: of at most 80 characters, without control signs.
pub(crate) fn shown(name: &str) -> String {
    let clean = name.chars().map(|c| if odd(c) { '\u{FFFD}' } else { c });
    let mut shown: String = clean.clone().take(80).collect();
    if clean.count() > 80 {
        shown.push('…');
    }
    shown
}

pub(super) fn shown_bytes(name: &[u8]) -> String {
    shown(&String::from_utf8_lossy(name.get(..400.min(name.len())).unwrap_or_default()))
}

/// Names met so far, as a system sees them that does not tell capitals apart.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    files: HashSet<String>,
    folders: HashSet<String>,
}

impl Seen {
    pub(crate) fn add(&mut self, name: &str) -> Result<(), Finding> {
        let folded = name.to_lowercase();
        let fresh = match folded.strip_suffix('/') {
            Some(folder) => self.folders.insert(folder.to_owned()),
            None => self.files.insert(folded),
        };
        if fresh { Ok(()) } else { Err(twice(name)) }
    }

    /// `a` and `a/b` cannot both be.
    pub(crate) fn no_file_is_a_folder(&self) -> Result<(), Finding> {
        let parents = |name: &str| {
            let parents = name.match_indices('/').map(|(at, _)| name.get(..at).unwrap_or_default());
            parents.map(str::to_owned).collect::<Vec<_>>()
        };
        let within_files = self.files.iter().flat_map(|name| parents(name));
        let within_folders = self.folders.iter().flat_map(|name| parents(name));
        let mut taken = within_files.chain(within_folders).chain(self.folders.iter().cloned());
        match taken.find(|folder| self.files.contains(folder)) {
            Some(name) => Err(twice(&name)),
            None => Ok(()),
        }
    }
}

fn twice(name: &str) -> Finding {
    Finding::error_of_whole("check-archive-name-twice").with("name", shown(name))
}
