//! The texts inside the program, compressed: 0.9 MB of lessons and messages are not needed at once, and what lies in the
//! program lies in memory. A release build has them here; a debug build has none and reads them from disk, which
//! `content::source`, `i18n::source` and `web::templates` do, as they do for pictures. Nothing is kept inflated.
//!
//! A pack is a number of groups, then the groups. A group is the number of its files, the length of its stream, for each
//! file the lengths of its path and of its text, the SHA-256 of the text and the path; then all texts as one DEFLATE
//! stream. Numbers are 32 bits, little-endian. The build script makes it with `write`, from our own files: what
//! cannot be read of it is as if it were not there.

use std::{
    io::{self, Read as _},
    iter,
};

use flate2::read::DeflateDecoder;

#[cfg(test)]
mod write;

/// Texts of one folder of the source tree.
#[derive(Debug, Clone, Copy)]
pub struct Pack(&'static [u8]);

/// `lessons/`, the texts.
#[cfg(packed)]
pub static LESSONS: Pack = Pack(include_bytes!(concat!(env!("OUT_DIR"), "/lessons.pack")));
/// `lessons/`: a debug build has nothing packed.
#[cfg(not(packed))]
pub static LESSONS: Pack = Pack(&[]);

/// `locales/`, the texts.
#[cfg(packed)]
pub static LOCALES: Pack = Pack(include_bytes!(concat!(env!("OUT_DIR"), "/locales.pack")));
/// `locales/`: a debug build has nothing packed.
#[cfg(not(packed))]
pub static LOCALES: Pack = Pack(&[]);

/// `src/web/templates/`.
#[cfg(packed)]
pub static TEMPLATES: Pack = Pack(include_bytes!(concat!(env!("OUT_DIR"), "/templates.pack")));
/// `src/web/templates/`: a debug build has nothing packed.
#[cfg(not(packed))]
pub static TEMPLATES: Pack = Pack(&[]);

/// What is known about a packed text without inflating it.
#[derive(Debug, Clone, Copy)]
struct Entry {
    path: &'static str,
    sha256: [u8; 32],
    length: usize,
}

#[derive(Debug)]
struct Group {
    entries: Vec<Entry>,
    stream: &'static [u8],
}

impl Pack {
    /// The paths of all texts, with `/`.
    pub fn paths(self) -> impl Iterator<Item = &'static str> {
        self.groups().flat_map(|group| group.entries).map(|entry| entry.path)
    }

    /// The SHA-256 of a text.
    pub fn sha256(self, path: &str) -> Option<[u8; 32]> {
        self.groups()
            .flat_map(|group| group.entries)
            .find(|entry| entry.path == path)
            .map(|entry| entry.sha256)
    }

    /// A text. Its group is inflated up to its end.
    pub fn get(self, path: &str) -> Option<Vec<u8>> {
        self.wanted(|entry| entry == path).pop().map(|(_, text)| text)
    }

    /// The texts whose path is wanted. Groups without one are not inflated, others once.
    pub fn wanted(self, wanted: impl Fn(&str) -> bool) -> Vec<(&'static str, Vec<u8>)> {
        let mut found = Vec::new();
        for group in self.groups() {
            let Some(last) = group.entries.iter().rposition(|entry| wanted(entry.path)) else { continue };
            let mut stream = DeflateDecoder::new(group.stream);
            for entry in group.entries.iter().take(last + 1) {
                let mut text = (&mut stream).take(entry.length as u64);
                if wanted(entry.path) {
                    let mut bytes = Vec::with_capacity(entry.length);
                    if text.read_to_end(&mut bytes).is_ok_and(|read| read == entry.length) {
                        found.push((entry.path, bytes));
                    }
                } else if io::copy(&mut text, &mut io::sink()).is_err() {
                    break;
                }
            }
        }
        found
    }

    fn groups(self) -> impl Iterator<Item = Group> {
        let mut rest = self.0;
        let groups = number(&mut rest).unwrap_or_default();
        iter::from_fn(move || group(&mut rest)).take(groups)
    }
}

fn group(rest: &mut &'static [u8]) -> Option<Group> {
    let files = number(rest)?;
    let stream = number(rest)?;
    let mut entries = Vec::new();
    for _ in 0..files {
        let (path, length) = (number(rest)?, number(rest)?);
        let sha256 = *rest.split_off(..32)?.first_chunk()?;
        let path = std::str::from_utf8(rest.split_off(..path)?).ok()?;
        entries.push(Entry { path, sha256, length });
    }
    Some(Group { entries, stream: rest.split_off(..stream)? })
}

fn number(rest: &mut &'static [u8]) -> Option<usize> {
    let bytes = rest.split_off(..4)?.first_chunk()?;
    usize::try_from(u32::from_le_bytes(*bytes)).ok()
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use sha2::{Digest as _, Sha256};

    use super::{Pack, write};

    fn packed(folder: &str) -> Pack {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        Pack(write::pack(&root, |name| name.starts_with('c')).expect("our own files").leak())
    }

    #[test]
    fn every_text_comes_out_as_it_is_on_disk() {
        for (folder, least) in [("lessons", 200), ("locales", 30), ("src/web/templates", 25)] {
            let pack = packed(folder);
            let all = pack.wanted(|_| true);
            assert!(all.len() >= least && all.len() == pack.paths().count(), "{folder}: {}", all.len());
            for (path, text) in all {
                let on_disk =
                    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(path)).expect(path);
                assert!(text == on_disk && pack.get(path) == Some(text), "{path}");
                assert_eq!(pack.sha256(path), Some(Sha256::digest(&on_disk).into()), "{path}");
            }
        }
    }

    #[test]
    fn a_pack_is_the_same_each_time() {
        assert_eq!(packed("locales").0, packed("locales").0);
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        assert!(packed("locales").get("es/none.ftl").is_none());
        assert!(Pack(&[]).paths().next().is_none());
    }

    #[test]
    fn a_cut_pack_gives_what_is_whole() {
        let whole = packed("locales");
        for length in (0..whole.0.len()).step_by(997) {
            let cut = Pack(whole.0.get(..length).unwrap_or_default());
            assert!(cut.wanted(|_| true).len() <= whole.paths().count());
        }
    }
}
